import { type Message, message } from '../../../l10n/index.ts';
import { toPod } from '../state/project.ts';
import type { PodRecord } from '../state/records.ts';
import type { JobName } from './deleteJob.ts';
import { describeJob } from './describeJob.ts';
import { GpuctlError } from './error.ts';
import type { Cluster } from './ports.ts';
import { asGpuctlError, type Session } from './session.ts';
import { findMain } from './submit.ts';

export interface LogRequest {
  job: JobName;
  /** Only this pod. */
  pod: string | undefined;
  signal: AbortSignal;
  /** Takes text, whole lines; the next batch comes when it has been taken. */
  append(text: string): Promise<void>;
}

/** Lines of the past with which a log begins. */
const TAIL_LINES = 1_000;
/** Characters that are handed on at once at the most. */
const BATCH = 64 * 1024;
const RETRY_AFTER = 1_000;

/**
 * Follows the log of a job: of every pod that it has and gets, in one stream, each line with its rank where there are several. Ends with the
 * job, and says how. Waits for pods that have not started.
 */
export async function followLog(session: Session, request: LogRequest): Promise<Message> {
  const { job, signal } = request;
  const cluster = await session.cluster();
  if (!(await findMain(cluster, job.namespace, job.name, signal)))
    throw new GpuctlError('job.gone', message('delete.gone', { ...job }));
  const stream = new LineStream(request.append);
  const followed = new Map<string, Promise<void>>();
  const follow = (pods: PodRecord[]) => {
    const several =
      request.pod === undefined && (session.state.workload(job.namespace, job.name)?.podsWanted ?? pods.length) > 1;
    for (const pod of pods) {
      if (followed.has(pod.uid) || !hasStarted(pod) || (request.pod !== undefined && pod.name !== request.pod))
        continue;
      const prefix = pod.rank === undefined ? `[${pod.name}] ` : `[rank ${pod.rank}] `;
      const source = stream.source(several ? prefix : '');
      followed.set(pod.uid, followPod(session, cluster, pod, source, signal));
    }
  };
  for (let seen = false; ; ) {
    signal.throwIfAborted();
    const changed = nextChange(session, signal);
    const workload = session.state.workload(job.namespace, job.name);
    seen ||= workload !== undefined;
    follow(session.state.podsOf(job.namespace, job.name));
    const gone = seen && workload === undefined && session.status.phase === 'connected';
    if (gone || workload?.outcome) {
      changed.catch(() => undefined);
      // The news of the end may be faster than that of a short-lived pod: ask once, then end with the last of them.
      follow(await listPods(cluster, job, signal));
      await Promise.all(followed.values());
      await stream.flush();
      return workload
        ? message('log.ended', { state: describeJob(session.state, workload).state })
        : message('log.gone');
    }
    await changed;
  }
}

async function listPods(cluster: Cluster, { namespace, name }: JobName, signal: AbortSignal): Promise<PodRecord[]> {
  const labelSelector = `batch.kubernetes.io/job-name=${name}`;
  const pods = await cluster
    .list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector }, { signal })
    .catch(() => []);
  return pods.map(toPod).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
}

const hasStarted = (pod: PodRecord): boolean =>
  pod.phase === 'Running' ||
  pod.phase === 'Succeeded' ||
  (pod.phase === 'Failed' && pod.startedAt !== undefined) ||
  pod.restarts > 0;

/** One pod to its end. A torn stream is taken up where it broke, a restarted container from its beginning; what cannot be read is said in the log itself. */
async function followPod(
  session: Session,
  cluster: Cluster,
  pod: PodRecord,
  write: Writer,
  signal: AbortSignal,
): Promise<void> {
  const current = () => session.state.podsOf(pod.namespace, pod.job ?? '').find(({ uid }) => uid === pod.uid);
  let past: { tailLines: number } | { sinceTime: string } = { tailLines: TAIL_LINES };
  for (;;) {
    const restarts = current()?.restarts ?? 0;
    try {
      for await (const text of cluster.log(
        { namespace: pod.namespace, name: pod.name },
        { follow: true, signal, ...past },
      )) {
        await write(text);
      }
      // The container has ended: either the pod has, too, or it will be started once more.
      for (let now = current(); now?.restarts === restarts; now = current()) {
        if (now.phase === 'Succeeded' || now.phase === 'Failed') return await write(undefined);
        await nextChange(session, signal);
      }
      if (!current()) return await write(undefined);
      past = { tailLines: TAIL_LINES };
    } catch (failure) {
      const error = asGpuctlError(failure);
      if (signal.aborted || error.code === 'cancelled' || error.status === 404) return await write(undefined);
      if (error.code === 'log.torn') past = { sinceTime: new Date(Date.now() - RETRY_AFTER).toISOString() };
      else if (error.code !== 'log.not-started') return await write(`\n${error.detail ?? error.code}\n`);
      await pause(RETRY_AFTER, signal);
    }
  }
}

/** Takes the next text of one source; `undefined` ends its last line. */
type Writer = (text: string | undefined) => Promise<void>;

/**
 * Joins several sources into one stream of whole lines. While the reader is busy with a batch the next one gathers; who writes into a
 * full one waits.
 */
class LineStream {
  private readonly append: (text: string) => Promise<void>;
  private gathered = '';
  private sending: Promise<void> | undefined;

  constructor(append: (text: string) => Promise<void>) {
    this.append = append;
  }

  source(prefix: string): Writer {
    let rest = '';
    return async (text) => {
      const all = rest + (text ?? (rest && '\n'));
      const end = all.lastIndexOf('\n') + 1;
      rest = all.slice(end);
      if (!end) return;
      const lines = all.slice(0, end);
      this.gathered += prefix ? lines.replace(/^(?!$)|^(?=\n)/gm, prefix) : lines;
      this.sending ??= this.send();
      if (this.gathered.length >= BATCH) await this.sending;
    };
  }

  async flush(): Promise<void> {
    await this.sending;
  }

  private async send(): Promise<void> {
    await Promise.resolve();
    while (this.gathered) {
      const batch = this.gathered.slice(0, BATCH);
      this.gathered = this.gathered.slice(batch.length);
      await this.append(batch);
    }
    this.sending = undefined;
  }
}

function nextChange(session: Session, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const listener = session.onChange(() => done());
    const abort = () => {
      listener.dispose();
      reject(new GpuctlError('cancelled', message('connection.cancelled')));
    };
    const done = () => {
      listener.dispose();
      signal.removeEventListener('abort', abort);
      resolve();
    };
    signal.addEventListener('abort', abort, { once: true });
  });
}

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
