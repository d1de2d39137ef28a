import os from 'node:os';
import type { Cluster } from '../../operations/ports.ts';
import { Cli, type GlobalOptions } from '../cli.ts';
import { complete, type Names } from '../complete.ts';
import { EXIT } from '../exit.ts';
import { withSession } from '../liveSession.ts';
import { createProgram } from '../program.ts';
import { readLine } from '../typedLine.ts';

/** Milliseconds that a person who pressed Tab waits for a cluster. */
const PATIENCE = 3_000;

export interface CompleteOptions {
  /** The command line as it stands in bash, up to the cursor, instead of words. */
  line?: string;
  /** What bash takes for the end of a word. */
  breaks?: string;
}

/**
 * `__complete`: what may stand in place of the last word, one a line with a tab before what it is about; of a `line`, what bash is to insert.
 * Says nothing of failures.
 */
export async function completeWords(cli: Cli, words: string[], options: CompleteOptions): Promise<number> {
  const nothing = () => {};
  const program = createProgram(cli.t, cli.ports.version, { out: nothing, err: nothing }, async () => {});
  const line = options.line === undefined ? undefined : readLine(options.line, options.breaks ?? '');
  const asked = line?.words.slice(1) ?? [...words.slice(0, -1), (words.at(-1) ?? '').trim()];
  const found = await complete(program, asked, namesOf(cli)).catch(() => []);
  if (found === 'files') await cli.out.line(':files');
  else if (line) {
    const inserted = found.flatMap(({ value }) => line.toInsert(value) ?? []);
    for (const text of inserted) await cli.out.line(text);
  } else for (const { value, about } of found) await cli.out.line(about ? `${value}\t${about}` : value);
  return EXIT.ok;
}

const MAIN = [
  ['batch/v1', 'Job'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
] as const;

const namesOf =
  ({ ports, language, out }: Cli): Names =>
  (what, given) => {
    const cli = new Cli(ports, language, atHome(given), out);
    const { kubeconfig } = cli.connection;
    if (what === 'contexts')
      return ports.clusters
        .contents({ ...(kubeconfig && { kubeconfig }) })
        .then(({ contexts }) => contexts.map(({ context }) => context).sort());
    return withSession(cli, (session) => session.use((cluster) => ask(cluster, what, session.namespace)));
  };

/** Of a word that is still being typed the shell has not replaced the `~`. */
const atHome = ({ kubeconfig, ...given }: GlobalOptions): GlobalOptions => ({
  ...given,
  ...(kubeconfig && { kubeconfig: kubeconfig.replace(/^~(?=\/)/, os.homedir()) }),
});

async function ask(
  cluster: Cluster,
  what: Exclude<Parameters<Names>[0], 'contexts'>,
  namespace: string,
): Promise<string[]> {
  const options = { timeout: PATIENCE };
  const ours = { labelSelector: 'app.kubernetes.io/managed-by=gpuctl' };
  const list = (apiVersion: string, kind: string, more: object = {}) =>
    cluster.listNames({ apiVersion, kind, ...more }, options).catch(() => []);
  switch (what) {
    case 'nodes':
      return list('v1', 'Node');
    case 'namespaces':
      return list('v1', 'Namespace');
    case 'pools':
      return (await list('v1', 'ConfigMap', { namespace: 'gpuctl-system' }))
        .filter((name) => name.startsWith('gpuctl-pool-'))
        .map((name) => name.slice('gpuctl-pool-'.length));
    case 'quotas':
      return [];
    case 'jobs': {
      const found = await Promise.all(MAIN.map(([apiVersion, kind]) => list(apiVersion, kind, { namespace, ...ours })));
      return found.flat().sort();
    }
  }
}
