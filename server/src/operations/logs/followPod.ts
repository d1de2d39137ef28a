import { MAIN_CONTAINER } from '../../kinds/manifests/pod.ts';
import type { PodRecord, WorkloadRecord } from '../../state/records.ts';
import { asGpuctlError, type GpuctlError } from '../error.ts';
import type { JobWatch } from '../jobWatch.ts';
import { pause } from '../pause.ts';
import type { Cluster, LogOptions } from '../ports.ts';
import type { LineSource } from './lineStream.ts';
import { firstContainer, startedAgain, unread } from './logPods.ts';
import type { Openings } from './openings.ts';

/** What was read of one pod so far; outlives connections. */
export interface PodLog {
  source: LineSource;
  /** Its turn to be opened. */
  openings: Openings;
  /** What its tries have in common. */
  of: number | string;
  /** Its job. */
  wanted: WorkloadRecord;
  /** The one that has the log, where it is not ours by name. */
  container: string | undefined;
  tailLines: number;
  /** How often its container had been restarted when it was read last. */
  restarts: number;
  done: boolean;
}

/** Milliseconds until what broke is tried again, the first time and at the most. */
const RETRY_AFTER = [100, 30_000] as const;
/** Milliseconds until a stream that has ended is opened again while its pod runs on: the first time, and at the most, where nothing new comes. */
const AGAIN_AFTER = [1_000, 30_000] as const;
/** Milliseconds for which the log of a job that is over is still asked for where nothing comes of it. */
const LAST_TRIES = 10_000;

/**
 * Reads one pod to its end. A torn stream is taken up where it broke, also that of a container that was restarted. One that ends is opened again
 * until the pod has ended: the API server ends it in the same way where it has lost the node. Throws what no waiting mends.
 */
export async function followPod(
  cluster: Cluster,
  watch: JobWatch,
  { uid, namespace, name }: PodRecord,
  log: PodLog,
  signal: AbortSignal,
): Promise<void> {
  const current = () => watch.pods.find((pod) => pod.uid === uid);
  const isJobOver = () => !watch.workload || watch.workload.outcome !== undefined;
  const { source } = log;
  let wait: number = RETRY_AFTER[0];
  let again: number = AGAIN_AFTER[0];
  let giveUpAt = Number.POSITIVE_INFINITY;
  while (!log.done) {
    const before = current();
    const restarts = before?.restarts ?? log.restarts;
    if (before && restarts !== log.restarts) source.note(startedAgain(before, log.wanted));
    log.restarts = restarts;
    const opened = await log.openings.next();
    const { lines } = source;
    const sinceTime = source.resume();
    const past = sinceTime ? { sinceTime } : { tailLines: log.tailLines };
    const options: LogOptions = {
      container: log.container ?? MAIN_CONTAINER,
      follow: true,
      timestamps: true,
      signal,
      ...past,
    };
    let failure: GpuctlError | undefined;
    try {
      for await (const text of cluster.log({ namespace, name }, options)) {
        opened();
        wait = RETRY_AFTER[0];
        await source.write(text);
      }
    } catch (error) {
      signal.throwIfAborted();
      failure = asGpuctlError(error);
    } finally {
      opened();
    }
    if (source.lines > lines) {
      again = AGAIN_AFTER[0];
      giveUpAt = Number.POSITIVE_INFINITY;
    }
    giveUpAt = isJobOver() ? Math.min(giveUpAt, Date.now() + LAST_TRIES) : Number.POSITIVE_INFINITY;
    const isLast = Date.now() >= giveUpAt;
    if (!failure) {
      const patience = () => (isJobOver() ? AGAIN_AFTER[0] : again);
      // What ended after its stream is read once more: the stream may have ended before.
      log.done = isLast || !before || hasEnded(before) || !(await isThere(watch, before, patience, signal));
      again = Math.min(again * 2, AGAIN_AFTER[1]);
      // Only then is half a line known to be the last one.
      const now = current();
      if (log.done || now?.restarts !== restarts || now.reason === 'CrashLoopBackOff') source.end();
    } else if (failure.status === 404) {
      log.done = true;
      source.end();
    } else if (failure.code === 'log.none' && log.container === undefined) {
      log.container = await firstContainer(cluster, { namespace, name }, failure, signal);
    } else if (!passes(failure)) {
      throw failure;
    } else if (isLast) {
      log.done = true;
      source.end(unread(before ?? { name }, log.wanted, failure));
    } else {
      await pause(isJobOver() ? Math.min(wait, AGAIN_AFTER[0]) : wait, signal);
      wait = Math.min(wait * 2, RETRY_AFTER[1]);
    }
  }
}

const hasEnded = ({ phase }: PodRecord): boolean => phase === 'Succeeded' || phase === 'Failed';

/** Waits until the pod has ended, was restarted or is gone, or until that time. Whether there still is one. */
async function isThere(
  watch: JobWatch,
  { uid, restarts }: PodRecord,
  patience: () => number,
  signal: AbortSignal,
): Promise<boolean> {
  for (const begun = Date.now(); ; ) {
    const now = watch.pods.find((pod) => pod.uid === uid);
    const left = begun + patience() - Date.now();
    if (!now || hasEnded(now) || now.restarts !== restarts || left <= 0) return now !== undefined;
    const late = AbortSignal.timeout(left);
    await watch.next(AbortSignal.any([signal, late])).catch((error) => {
      signal.throwIfAborted();
      if (!late.aborted) throw error;
    });
  }
}

/** Whether it gets better by itself: the container comes up, the network or the API server comes back. */
const passes = ({ code, status }: GpuctlError): boolean =>
  code === 'log.not-started' ||
  code === 'log.torn' ||
  (code.startsWith('connection.') && (status === undefined || status === 429 || status >= 500));
