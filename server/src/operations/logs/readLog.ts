import { message } from '../../../../l10n/index.ts';
import { MAIN_CONTAINER } from '../../kinds/manifests/pod.ts';
import type { KubeObject } from '../../model/kubeObject.ts';
import { toWorkload } from '../../state/project.ts';
import type { PodRecord, WorkloadRecord } from '../../state/records.ts';
import type { JobName } from '../deleteJob.ts';
import { asGpuctlError, GpuctlError } from '../error.ts';
import { JobWatch } from '../jobWatch.ts';
import { findMain } from '../mainResource.ts';
import type { Cluster, LogOptions } from '../ports.ts';
import type { Session } from '../session.ts';
import { type LineSource, LineStream, type LineTaker, WHOLE } from './lineStream.ts';
import {
  firstContainer,
  hasStarted,
  inOrder,
  isAsked,
  type PodsAsked,
  prefixOf,
  startedAgain,
  tryOf,
  unread,
} from './logPods.ts';

export interface LogSnapshot extends LineTaker, PodsAsked {
  job: JobName;
  /** How many last lines of each pod; all if absent. */
  tailLines?: number | undefined;
  /** Of each rank the try before the one that runs or ran last. */
  previous?: boolean | undefined;
  signal: AbortSignal;
  /** When it fires, no more is read; what was read is handed on. */
  until?: AbortSignal | undefined;
}

/** Reads what the pods of a job have said so far. Throws `job.gone`, and `log.*` where none has said anything yet. */
export function readLog(session: Session, snapshot: LogSnapshot): Promise<void> {
  const { job, signal } = snapshot;
  return session.use(async (cluster) => {
    const main = await findMain(cluster, job.namespace, job.name, signal);
    if (!main) throw new GpuctlError('job.gone', message('job.none', { ...job }));
    await readLogOf(cluster, main, snapshot);
  });
}

type Tail = Omit<LogSnapshot, 'job'>;

/** Pods whose lines are put in the order of time; of more, each comes for itself, so that there is one connection and not a thousand. */
const MERGED = 32;
/** Milliseconds for which lines wait for a pod whose node does not answer. */
const OPENING = 5_000;

/** The same of a job that was just read. */
export async function readLogOf(cluster: Cluster, main: KubeObject, snapshot: Tail): Promise<void> {
  const { previous, signal, tailLines, until } = snapshot;
  const { name, namespace = '' } = main.metadata;
  const workload = toWorkload(main);
  if (!workload) throw new GpuctlError('job.gone', message('job.none', { namespace, name }));
  const watch = new JobWatch(cluster, main.apiVersion, workload);
  const pods = await watch.listPods(signal).finally(() => watch.dispose());
  const asked = inOrder(pods).filter((pod) => isAsked(pod, snapshot));
  const wanted = previous ? previousTries(asked, workload) : asked.map((pod) => ({ pod, previous: false }));
  let read = 0;
  let failure: GpuctlError | undefined;
  const readPods = async (tries: typeof wanted) => {
    const over = new AbortController();
    const stream = new LineStream(snapshot, (error) => over.abort(error), WHOLE);
    const reading = AbortSignal.any([signal, over.signal, ...(until ? [until] : [])]);
    const seen: PodRecord[] = [];
    // All of them are known to the stream before the first line comes.
    const sources = tries.map(({ pod }) => {
      const source = stream.source(pod.uid, prefixOf(pod, workload, snapshot));
      if (!previous && seen.some((one) => tryOf(one, workload) === tryOf(pod, workload)))
        source.note(startedAgain(pod, workload));
      if (hasStarted(pod)) seen.push(pod);
      return source;
    });
    const reads = tries.map(async ({ pod, previous }, index) => {
      const source = sources[index] as LineSource;
      const options = {
        follow: false,
        timestamps: true,
        signal: reading,
        ...(tailLines !== undefined && { tailLines }),
        ...(previous && { previous }),
      };
      // Who does not answer holds nobody up.
      const late = setTimeout(() => source.end(), OPENING);
      try {
        await readPod(cluster, pod, source, options, () => clearTimeout(late));
        read++;
        source.end();
      } catch (error) {
        const why = asGpuctlError(error);
        const isCut = reading.aborted;
        if (isCut && source.lines) read++;
        if (!isCut) failure ??= why;
        const hasNone = why.code === 'log.not-started' || why.code === 'log.none' || why.status === 404;
        if (!isCut && (why.status === 401 || why.status === 403)) over.abort(why);
        source.end(isCut || hasNone ? undefined : unread(pod, workload, why));
      } finally {
        clearTimeout(late);
      }
    });
    try {
      await Promise.all(reads);
      signal.throwIfAborted();
      over.signal.throwIfAborted();
      await stream.flush();
      over.signal.throwIfAborted();
    } finally {
      await stream.close();
    }
  };
  if (wanted.length > MERGED) for (const one of wanted) await readPods([one]);
  else await readPods(wanted);
  if (read) return;
  if (previous) {
    const wasAgain = asked.some(({ restarts }) => restarts > 0);
    throw new GpuctlError('log.no-previous', message(wasAgain ? 'log.previous-gone' : 'log.no-previous', { name }));
  }
  throw failure ?? new GpuctlError('log.not-started', message('log.no-pod', { namespace, name }));
}

/** Of each rank: the run of its container before this one, else its pod before this one. */
function previousTries(pods: PodRecord[], workload: WorkloadRecord): { pod: PodRecord; previous: boolean }[] {
  const byRank = Map.groupBy(pods.filter(hasStarted), (pod) => tryOf(pod, workload));
  return [...byRank.values()].flatMap((tries): { pod: PodRecord; previous: boolean }[] => {
    const [before, last] = [tries.at(-2), tries.at(-1)];
    if (last?.restarts) return [{ pod: last, previous: true }];
    return before ? [{ pod: before, previous: false }] : [];
  });
}

/** Jobs of older tools name their one container otherwise: it is found, too. */
async function readPod(
  cluster: Cluster,
  pod: PodRecord,
  source: LineSource,
  options: LogOptions,
  begun: () => void,
): Promise<void> {
  const { namespace, name } = pod;
  const copy = async (container: string) => {
    for await (const text of cluster.log({ namespace, name }, { ...options, container })) {
      begun();
      await source.write(text);
    }
  };
  try {
    await copy(MAIN_CONTAINER);
  } catch (failure) {
    const error = asGpuctlError(failure);
    if (error.code !== 'log.none') throw error;
    await copy(await firstContainer(cluster, pod, error, options.signal));
  }
}
