import { type Message, message } from '../../../../l10n/index.ts';
import type { KubeObject } from '../../model/kubeObject.ts';
import type { LogPlaces } from '../../protocol.ts';
import { toWorkload } from '../../state/project.ts';
import type { PodRecord, WorkloadRecord } from '../../state/records.ts';
import type { JobName } from '../deleteJob.ts';
import { describeJob } from '../describeJob.ts';
import { asGpuctlError, cancelled, GpuctlError } from '../error.ts';
import { JobWatch } from '../jobWatch.ts';
import { findMain } from '../mainResource.ts';
import { pause } from '../pause.ts';
import type { Cluster } from '../ports.ts';
import type { Session } from '../session.ts';
import { untilConnected } from '../untilConnected.ts';
import { followPod, type PodLog } from './followPod.ts';
import { LineStream, type LineTaker } from './lineStream.ts';
import { hasStarted, inOrder, isAsked, type PodsAsked, prefixOf, startedAgain, tryOf } from './logPods.ts';
import { Openings } from './openings.ts';

export interface LogRequest extends LineTaker, PodsAsked {
  job: JobName;
  /** Lines of the past with which each pod begins; 1,000 if absent. */
  tailLines?: number | undefined;
  /** What was read of it before: those lines do not come again. */
  from?: LogPlaces | undefined;
  signal: AbortSignal;
}

/** Lines of the past with which a log begins. */
const TAIL_LINES = 1_000;
/** Milliseconds until it is looked again whether there is a connection, and why nothing starts; and until the same cause is told with new numbers. */
const AGAIN = 1_000;
const SAME_CAUSE = 10_000;

/**
 * Follows the log of a job: of every pod that it has and gets, in one stream in the order of time, each line with its rank where there are several.
 * Ends with the job, and says how. Says why pods have not started, waits for them, and goes on over a new connection to the same cluster.
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
  const log = new JobLog(session, request, main, workload);
  for (;;) {
    const ended = await log.follow(cluster);
    if (ended) return ended;
    const before = cluster;
    cluster = await untilConnected(session, signal);
    if (cluster === before) await pause(AGAIN, signal);
    const { context, server } = before.context;
    if (cluster.context.context !== context || cluster.context.server !== server)
      return message('log.other-cluster', { cluster: before.context.cluster });
  }
}

class JobLog {
  private readonly session: Session;
  private readonly request: LogRequest;
  private readonly main: KubeObject;
  private readonly workload: WorkloadRecord;
  private readonly stream: LineStream;
  private readonly pods = new Map<string, PodLog>();
  private readonly openings = new Openings();
  /** Aborted when the reader takes no more. */
  private readonly refused = new AbortController();
  private readonly begun = Date.now();
  private told: { say: Message; at: number } | undefined;

  constructor(session: Session, request: LogRequest, main: KubeObject, workload: WorkloadRecord) {
    this.session = session;
    this.request = request;
    this.main = main;
    this.workload = workload;
    const taker: LineTaker = {
      append: async (text, places) => {
        await request.append(text, places);
        session.steps.read(workload.uid, text);
      },
      note: (say) => request.note(say),
    };
    this.stream = new LineStream(taker, (error) => this.refused.abort(error));
  }

  /** Follows over one connection, to the end of the job; without a message, to the end of the connection. The first pod that fails ends it. */
  async follow(cluster: Cluster): Promise<Message | undefined> {
    const { session } = this;
    if (!session.isOpen(cluster)) return undefined;
    const over = new AbortController();
    const signal = AbortSignal.any([this.request.signal, this.refused.signal, over.signal]);
    const watch = new JobWatch(cluster, this.main.apiVersion, this.workload);
    const connection = session.onChange(() => session.isOpen(cluster) || over.abort(cancelled()));
    const running = new Map<string, Promise<void>>();
    const follow = (pods: PodRecord[]) => {
      for (const pod of inOrder(pods)) {
        const log = running.has(pod.uid) ? undefined : this.logOf(pod);
        if (!log || log.done) continue;
        const run = followPod(cluster, watch, pod, log, signal);
        running.set(
          pod.uid,
          run.catch((error) => over.abort(error)),
        );
      }
    };
    let changed: Promise<void> | undefined;
    try {
      for (;;) {
        changed ??= watch.next(signal).finally(() => {
          changed = undefined;
        });
        changed.catch(() => undefined);
        const { workload } = watch;
        follow(watch.pods);
        if (!workload || workload.outcome) {
          follow(await watch.listPods(signal).catch(() => []));
          await Promise.all(running.values());
          await this.stream.flush();
          signal.throwIfAborted();
          return workload
            ? message('log.ended', { state: describeJob(watch.state, workload).state })
            : message('log.gone');
        }
        if (watch.isListed) await this.tellWait(watch, workload);
        await (this.pods.size ? changed : Promise.race([changed, pause(AGAIN, signal)]));
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

  /** Says why a job whose pods have not started waits. */
  private async tellWait(watch: JobWatch, workload: WorkloadRecord): Promise<void> {
    if (this.pods.size || Date.now() - this.begun < AGAIN || Object.keys(this.request.from ?? {}).length) return;
    const { state, status } = this.session;
    // What waits is told with what is free, where that is held.
    const held = state.workload(workload.namespace, workload.name);
    const known = held?.uid === workload.uid && status.podsKnown;
    const say = (known ? describeJob(state, held, true) : describeJob(watch.state, workload)).state;
    const { told } = this;
    if (told?.say.key === say.key && Date.now() - told.at < SAME_CAUSE) return;
    if (told && JSON.stringify(told.say) === JSON.stringify(say)) return;
    this.told = { say, at: Date.now() };
    await this.request.note(message('log.waiting', { why: say }));
  }

  /** The log of a pod that is asked for and has something to say. */
  private logOf(pod: PodRecord): PodLog | undefined {
    const known = this.pods.get(pod.uid);
    if (known) return known;
    if (!hasStarted(pod) || !isAsked(pod, this.request)) return undefined;
    const place = this.request.from?.[pod.uid];
    const source = this.stream.source(pod.uid, prefixOf(pod, this.workload, this.request), place);
    const isNext = [...this.pods.values()].some(({ of }) => of === tryOf(pod, this.workload));
    if (isNext && !place) source.note(startedAgain(pod, this.workload));
    const tailLines = this.request.tailLines ?? TAIL_LINES;
    const log: PodLog = {
      source,
      openings: this.openings,
      of: tryOf(pod, this.workload),
      tailLines,
      restarts: pod.restarts,
      wanted: this.workload,
      container: undefined,
      done: false,
    };
    this.pods.set(pod.uid, log);
    return log;
  }
}
