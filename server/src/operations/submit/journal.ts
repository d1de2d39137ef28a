import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { BuiltJob } from '../../kinds/manifests/built.ts';
import type { Cluster } from '../ports.ts';

/** What a run of a job is made from while the one before it is being deleted, so that nothing is lost if we are killed between. */
export interface NextRun {
  /** Uid of the run that is deleted for it. */
  replaces: string;
  prefix: string;
  built: BuiltJob;
}

/** Folder of what this machine keeps of jobs: the journal and the logs of earlier runs. Only its owner may look into it. */
export const stateFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  env.GPUCTL_STATE || path.join(env.XDG_STATE_HOME || path.join(homedir(), '.local/state'), 'gpuctl');

function fileOf({ context: { server } }: Cluster, namespace: string, name: string): string {
  const key = createHash('sha256')
    .update(JSON.stringify([server, namespace, name]))
    .digest('hex')
    .slice(0, 32);
  return path.join(stateFolder(), 'next-runs', `${key}.json`);
}

/** Writes down what the next run is made from. */
export async function noteNextRun(cluster: Cluster, namespace: string, name: string, next: NextRun): Promise<void> {
  const file = fileOf(cluster, namespace, name);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, JSON.stringify(next), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** The next run that was begun and not finished; `undefined` where there is none. */
export async function readNextRun(cluster: Cluster, namespace: string, name: string): Promise<NextRun | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(cluster, namespace, name), 'utf8')) as NextRun;
  } catch {
    return undefined;
  }
}

/** Forgets the next run: it is there, or is not wanted any more. */
export const forgetNextRun = (cluster: Cluster, namespace: string, name: string): Promise<void> =>
  rm(fileOf(cluster, namespace, name), { force: true });
