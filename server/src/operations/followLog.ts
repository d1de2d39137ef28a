import { type Message, message } from '../../../l10n/index.ts';
import { MAIN_CONTAINER } from '../kinds/manifests/pod.ts';
import type { KubeObject } from '../model/kubeObject.ts';
import { toWorkload } from '../state/project.ts';
import type { PodRecord, WorkloadRecord } from '../state/records.ts';
import type { JobName } from './deleteJob.ts';
import { describeJob } from './describeJob.ts';
import { asGpuctlError, GpuctlError } from './error.ts';
import { JobWatch } from './jobWatch.ts';
import { type LineSource, LineStream } from './lineStream.ts';
import { findMain } from './mainResource.ts';
import type { Cluster } from './ports.ts';
import type { Session } from './session.ts';

export interface LogRequest {
  job: JobName;
  /** Only this pod. */
  pod: string | undefined;
  /** Lines of the past with which each pod begins; 1,000 if absent. */
  tailLines?: number | undefined;
  signal: AbortSignal;
  /** Takes text, whole lines; the next batch comes when it has been taken. */
  append(text: string): Promise<void>;
}

/** Lines of the past with which a log begins. */
const TAIL_LINES = 1_000;
/** Milliseconds until what broke is tried again, the first time and at the most. */
const RETRY_AFTER = [1_000, 30_000] as const;

/**
 * Follows the log of a job: of every pod that it has and gets, in one stream, each line with its rank where there are several. Ends with the
 * job, and says how. Waits for pods that have not started, and goes on over a new connection to the same cluster.
 */
export async function followLog(session: Session, request: LogRequest): Promise<Message> {
  const { job, signal } = request;
  const { main, ...first } = await session.use(async (open) => ({
    cluster: open,
    main: await findMain(open, job.namespace, job.name, signal),
  }));
  let { cluster } = first;
  const workload = main && toWorkload(main);
  if (!workload) throw new GpuctlError('job.gone', message('delete.gone', { ...job }));
  const log = new JobLog(request, main, workload);
  for (;;) {
    const ended = await log.follow(session, cluster);
    if (ended) return ended;
    const before = cluster;
    cluster = await nextConnection(session, signal);
    if (cluster === before) await pause(RETRY_AFTER[0], signal);
    const { context, server } = before.context;
    if (cluster.context.context !== context || cluster.context.server !== server)
      return message('log.other-cluster', { cluster: before.context.cluster });
  }
}

/** What was read of one pod so far; outlives connections. */
interface PodLog {
  source: LineSource;
  container: string;
  tailLines: number;
  /** When the last text came. */
  last: number | undefined;
  /** How often its container had been restarted when it was read last. */
  restarts: number;
  done: boolean;
}

class JobLog {
  private readonly request: LogRequest;
  private readonly main: KubeObject;
  private readonly workload: WorkloadRecord;
  private readonly stream: LineStream;
  private readonly pods = new Map<string, PodLog>();
  /** Aborted when the reader takes no more. */
  private readonly refused = new AbortController();

  constructor(request: LogRequest, main: KubeObject, workload: WorkloadRecord) {
    this.request = request;
    this.main = main;
    this.workload = workload;
    this.stream = new LineStream(request.append, (error) => this.refused.abort(error));
  }

  /** Follows over one connection, to the end of the job; without a message, to the end of the connection. The first pod that fails ends it. */
  async follow(session: Session, cluster: Cluster): Promise<Message | undefined> {
    if (!session.isOpen(cluster)) return undefined;
    const over = new AbortController();
    const signal = AbortSignal.any([this.request.signal, this.refused.signal, over.signal]);
    const watch = new JobWatch(cluster, this.main.apiVersion, this.workload);
    const connection = session.onChange(() => session.isOpen(cluster) || over.abort(cancelled()));
    const running = new Map<string, Promise<void>>();
    const follow = (pods: PodRecord[]) => {
      for (const pod of pods) {
        const log = running.has(pod.uid) ? undefined : this.logOf(pod);
        if (!log || log.done) continue;
        const run = followPod(cluster, watch, pod, log, signal);
        running.set(
          pod.uid,
          run.catch((error) => over.abort(error)),
        );
      }
    };
    try {
      for (;;) {
        const changed = watch.next(signal);
        changed.catch(() => undefined);
        const { workload } = watch;
        follow(watch.pods);
        if (!workload || workload.outcome) {
          follow(await watch.listPods(signal));
          await Promise.all(running.values());
          await this.stream.flush();
          signal.throwIfAborted();
          return workload
            ? message('log.ended', { state: describeJob(watch.state, workload).state })
            : message('log.gone');
        }
        await changed;
      }
    } catch (error) {
      if (this.request.signal.aborted) throw cancelled();
      if (asGpuctlError(error).code !== 'cancelled') throw error;
      return undefined;
    } finally {
      over.abort(cancelled());
      connection.dispose();
      watch.dispose();
      await Promise.all(running.values());
    }
  }

  /** The log of a pod that is asked for and has something to say. */
  private logOf(pod: PodRecord): PodLog | undefined {
    const known = this.pods.get(pod.uid);
    if (known) return known;
    const { pod: only } = this.request;
    if (!hasStarted(pod) || (only !== undefined && pod.name !== only)) return undefined;
    const several = only === undefined && this.workload.podsWanted > 1;
    const prefix = pod.rank === undefined ? `[${pod.name}] ` : `[rank ${pod.rank}] `;
    const source = this.stream.source(several ? prefix : '');
    const tailLines = this.request.tailLines ?? TAIL_LINES;
    const log = { source, container: MAIN_CONTAINER, tailLines, last: undefined, restarts: pod.restarts, done: false };
    this.pods.set(pod.uid, log);
    return log;
  }
}

const hasStarted = (pod: PodRecord): boolean =>
  pod.phase === 'Running' ||
  pod.phase === 'Succeeded' ||
  (pod.phase === 'Failed' && pod.startedAt !== undefined) ||
  pod.restarts > 0;

/** One pod to its end. A torn stream is taken up where it broke, a restarted container from its beginning. Throws what no waiting mends. */
async function followPod(
  cluster: Cluster,
  watch: JobWatch,
  { uid, namespace, name }: PodRecord,
  log: PodLog,
  signal: AbortSignal,
): Promise<void> {
  const current = () => watch.pods.find((pod) => pod.uid === uid);
  const { source } = log;
  let wait: number = RETRY_AFTER[0];
  for (;;) {
    const restarts = current()?.restarts ?? log.restarts;
    if (restarts !== log.restarts) log.last = undefined;
    log.restarts = restarts;
    source.rewind();
    // The API server knows whole seconds only: rather a line twice than none.
    const past = log.last ? { sinceTime: new Date(log.last - 1_000).toISOString() } : { tailLines: log.tailLines };
    try {
      const options = { container: log.container, follow: true, signal, ...past };
      for await (const text of cluster.log({ namespace, name }, options)) {
        log.last = Date.now();
        wait = RETRY_AFTER[0];
        await source.write(text);
      }
      // The container has ended: either the pod has, too, or it will be started once more.
      for (let now = current(); now?.restarts === restarts; now = current()) {
        if (now.phase === 'Succeeded' || now.phase === 'Failed') break;
        await watch.next(signal);
      }
      await source.end();
      const now = current();
      log.done = !now || now.restarts === restarts;
    } catch (failure) {
      signal.throwIfAborted();
      const error = asGpuctlError(failure);
      log.done = error.status === 404;
      if (log.done) await source.end();
      else if (error.code === 'log.none' && log.container === MAIN_CONTAINER)
        log.container = await firstContainer(cluster, { namespace, name }, error, signal);
      else if (!passes(error)) throw error;
      else {
        await pause(wait, signal);
        wait = Math.min(wait * 2, RETRY_AFTER[1]);
      }
    }
    if (log.done) return;
  }
}

/** Jobs of older tools name their container otherwise. */
async function firstContainer(
  cluster: Cluster,
  pod: { namespace: string; name: string },
  error: GpuctlError,
  signal: AbortSignal,
): Promise<string> {
  const object = await cluster.read({ apiVersion: 'v1', kind: 'Pod', ...pod }, { signal });
  const first = (object?.spec as { containers?: { name: string }[] } | undefined)?.containers?.[0]?.name;
  if (first === undefined || first === MAIN_CONTAINER) throw error;
  return first;
}

/** Whether it gets better by itself: the container comes up, the network or the API server comes back. */
const passes = ({ code, status }: GpuctlError): boolean =>
  code === 'log.not-started' ||
  code === 'log.torn' ||
  (code.startsWith('connection.') && (status === undefined || status === 429 || status >= 500));

/** The connection that the window has now, or gets: what keeps it from one may be mended while the log is open. */
async function nextConnection(session: Session, signal: AbortSignal): Promise<Cluster> {
  let wake = () => {};
  const woken = () => wake();
  const listener = session.onChange(woken);
  signal.addEventListener('abort', woken);
  try {
    for (;;) {
      if (signal.aborted) throw cancelled();
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      // A failure lasts until something changes: only then is it of use to ask again.
      const cluster = session.status.error ? undefined : await session.cluster().catch(() => undefined);
      if (cluster) return cluster;
      await changed;
    }
  } finally {
    listener.dispose();
    signal.removeEventListener('abort', woken);
  }
}

const cancelled = () => new GpuctlError('cancelled', message('connection.cancelled'));

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });
