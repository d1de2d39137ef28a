import { message } from '../../../l10n/index.ts';
import { MAIN_CONTAINER } from '../kinds/manifests/pod.ts';
import { toWorkload } from '../state/project.ts';
import type { JobName } from './deleteJob.ts';
import { asGpuctlError, GpuctlError } from './error.ts';
import { JobWatch } from './jobWatch.ts';
import { type LineSource, LineStream } from './lineStream.ts';
import { findMain } from './mainResource.ts';
import type { Cluster, LogOptions } from './ports.ts';
import type { Session } from './session.ts';

export interface LogSnapshot {
  job: JobName;
  /** Only this pod. */
  pod: string | undefined;
  /** How many last lines of each pod; all if absent. */
  tailLines: number | undefined;
  signal: AbortSignal;
  append(text: string): Promise<void>;
}

/**
 * Reads what the pods of a job have said so far, one pod after the other, each line with its rank where there are several. Throws `job.gone`, and
 * `log.*` where none has said anything yet.
 */
export function readLog(session: Session, { job, pod: only, tailLines, signal, append }: LogSnapshot): Promise<void> {
  return session.use(async (cluster) => {
    const main = await findMain(cluster, job.namespace, job.name, signal);
    const workload = main && toWorkload(main);
    if (!workload) throw new GpuctlError('job.gone', message('job.none', { ...job }));
    const watch = new JobWatch(cluster, main.apiVersion, workload);
    const pods = await watch.listPods(signal).finally(() => watch.dispose());
    const asked = pods.filter(({ name }) => only === undefined || name === only);
    const stream = new LineStream(append, () => {});
    let read = 0;
    let failure: GpuctlError | undefined;
    for (const pod of asked) {
      const prefix = pod.rank === undefined ? `[${pod.name}] ` : `[rank ${pod.rank}] `;
      const source = stream.source(asked.length > 1 ? prefix : '');
      const options = { follow: false, signal, ...(tailLines !== undefined && { tailLines }) };
      try {
        await readPod(cluster, pod, source, options);
        read++;
      } catch (error) {
        failure = asGpuctlError(error);
        if (failure.code !== 'log.not-started' && failure.status !== 404) throw failure;
      }
    }
    await stream.flush();
    if (!read) throw failure ?? new GpuctlError('log.not-started', message('log.no-pod', { ...job }));
  });
}

/** Jobs of older tools name their one container otherwise: unnamed, it is found, too. */
async function readPod(
  cluster: Cluster,
  { namespace, name }: { namespace: string; name: string },
  source: LineSource,
  options: LogOptions,
): Promise<void> {
  const copy = async (more: { container?: string }) => {
    for await (const text of cluster.log({ namespace, name }, { ...options, ...more })) await source.write(text);
    await source.end();
  };
  try {
    await copy({ container: MAIN_CONTAINER });
  } catch (error) {
    if (asGpuctlError(error).code !== 'log.none') throw error;
    await copy({});
  }
}
