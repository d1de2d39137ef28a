import type { Cluster } from '../../operations/ports.ts';
import type { Cli } from '../cli.ts';
import { complete, type Names } from '../complete.ts';
import { EXIT } from '../exit.ts';
import { withSession } from '../liveSession.ts';
import { createProgram } from '../program.ts';

/** Milliseconds that a person who pressed Tab waits for a cluster. */
const PATIENCE = 3_000;

/** `__complete`: what may stand in place of the last word, one a line with a tab before what it is about. Says nothing of failures. */
export async function completeWords(cli: Cli, words: string[]): Promise<number> {
  const nothing = () => {};
  const program = createProgram(cli.t, cli.ports.version, { out: nothing, err: nothing }, async () => {});
  const found = await complete(program, [...words.slice(0, -1), (words.at(-1) ?? '').trim()], namesOf(cli)).catch(
    () => [],
  );
  if (found === 'files') await cli.out.line(':files');
  else for (const { value, about } of found) await cli.out.line(about ? `${value}\t${about}` : value);
  return EXIT.ok;
}

const MAIN = [
  ['batch/v1', 'Job'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
] as const;

const namesOf =
  (cli: Cli): Names =>
  (what) => {
    const { kubeconfig } = cli.connection;
    if (what === 'contexts')
      return cli.ports.clusters
        .contents({ ...(kubeconfig && { kubeconfig }) })
        .then(({ contexts }) => contexts.map(({ context }) => context).sort());
    return withSession(cli, (session) => session.use((cluster) => ask(cluster, what, session.namespace)));
  };

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
