import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MAIN_CONTAINER } from '../kinds/manifests/pod.ts';
import type { KubeObject } from '../model/kubeObject.ts';
import type { GpuctlError } from './error.ts';
import { stateFolder } from './journal.ts';
import type { Cluster } from './ports.ts';

/** Bytes of a pod's log that are kept. */
const MOST = 64 * 2 ** 20;

/**
 * Saves the logs of a job's pods before they are deleted, one file a pod. Gives the folder; `undefined` where nothing was saved: no pod had
 * any left, or it may not be read, or not be written here. Throws only when it is called off.
 */
export async function saveLog(
  cluster: Cluster,
  main: KubeObject,
  run: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { name, namespace = '', uid = '' } = main.metadata;
  const labelSelector = `batch.kubernetes.io/controller-uid=${uid}`;
  const pods = await cluster
    .list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector }, { signal })
    .catch(unlessCancelled);
  const folder = path.join(stateFolder(), 'logs', folderOf(cluster), namespace, `${name}-run-${run}`);
  let saved = 0;
  for (const { metadata } of pods) {
    const pod = { namespace, name: metadata.name };
    try {
      const log = cluster.log(pod, { container: MAIN_CONTAINER, follow: false, signal });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await pipeline(
        Readable.from(first(log, MOST)),
        createWriteStream(path.join(folder, `${pod.name}.log`), { mode: 0o600 }),
      );
      saved++;
    } catch (error) {
      if (signal.aborted) throw error; // what cannot be had or kept is not saved
    }
  }
  return saved ? folder : undefined;
}

/** A name that every file system takes. Clusters that are called alike are told apart by their address. */
function folderOf({ context: { cluster, server } }: Cluster): string {
  const address = createHash('sha256').update(server).digest('hex').slice(0, 8);
  return `${cluster.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 60)}-${address}`;
}

/** What may not be read is not saved: the job goes on all the same. */
function unlessCancelled(error: unknown): KubeObject[] {
  if ((error as GpuctlError).code === 'cancelled') throw error;
  return [];
}

async function* first(chunks: AsyncIterable<string>, bytes: number): AsyncIterable<string> {
  let left = bytes;
  for await (const chunk of chunks) {
    left -= Buffer.byteLength(chunk);
    if (left < 0) return;
    yield chunk;
  }
}
