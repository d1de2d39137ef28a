import { type Message, message } from '../../../l10n/index.ts';
import { formatBytes } from '../model/quantity.ts';
import type { JobPhase } from '../protocol.ts';
import { gpuCount } from '../state/amounts.ts';
import type { EventRecord } from '../state/events.ts';
import { EXIT_ROWS, REMOVAL_ROWS, START_ROWS } from '../state/explain/containers.ts';
import { POD_EVENT_ROWS } from '../state/explain/events.ts';
import {
  type Code,
  type Explanation,
  explain,
  type Facts,
  toExplanation,
  withoutSecrets,
} from '../state/explain/explain.ts';
import { explainImage, IMAGE_REASONS } from '../state/explain/images.ts';
import { readCause } from '../state/explain/readCause.ts';
import { explainScheduler } from '../state/explain/scheduler.ts';
import type { PodRecord } from '../state/records.ts';
import type { PoolRoom } from './pools/poolRoom.ts';

/** What is known beside a pod itself. */
export interface AroundPod {
  /** What was said of it, newest first. */
  events?: readonly EventRecord[];
  /** Milliseconds since 1970; now, if absent. */
  now?: number;
  /** What its pool has; absent where that is not known. */
  room?: PoolRoom | undefined;
}

/** A pod in our words. */
export interface PodDescription {
  phase: JobPhase;
  /** A few words, with what is wrong and its numbers. */
  state: Message;
  /** What is wrong, and what to do. */
  trouble?: Explanation;
}

/** A pod's phase in our words, and what is wrong with it. */
export function describePod(pod: PodRecord, around: AroundPod = {}): PodDescription {
  const { phase, reason = '', detail, terminating } = pod;
  if (phase === 'Succeeded') return { phase: 'succeeded', state: message('job.state.succeeded') };
  // Who was asked to go may end as badly as it likes; who was thrown out says by whom.
  const removed = explain(REMOVAL_ROWS, { reason, text: detail });
  if (phase === 'Failed' && (removed || !terminating))
    return told('failed', removed ?? explainEnd(pod), message('job.state.failed'));
  if (terminating) return told('stopped', removed, message('pod.state.ending'));
  if (reason === 'CrashLoopBackOff') return told('failed', restarting(pod), message('job.state.failed'));
  if (IMAGE_REASONS.test(reason)) return told('failed', explainPull(pod, around));
  if (CANNOT_START.test(reason)) return told('failed', explain(START_ROWS, { reason, text: detail }));
  if (phase === 'Running') return describeRunning(pod, around);
  if (phase === 'Unknown') return told('unknown', toExplanation({ code: 'job.node.silent' }, '', {}));
  if (pod.node === undefined) return told('waiting', explainWaiting(pod, around), message('job.state.starting'));
  return told('waiting', explainStarting(around), message('pod.state.starting', { node: pod.node }));
}

/** Whether a try of the job is used up: not where its program never began, nor where it was thrown out. */
export const countsAsTry = ({ phase, reason = '', detail }: PodRecord): boolean =>
  phase === 'Failed' && !explain(REMOVAL_ROWS, { reason, text: detail });

/** Reasons of a container that is there and cannot be started. */
const CANNOT_START =
  /^(?:CreateContainerConfigError|CreateContainerError|RunContainerError|StartError|ContainerCannotRun)$/;

const told = (
  phase: JobPhase,
  trouble: Explanation | undefined,
  otherwise: Message = message('job.state.failed'),
): PodDescription => ({ phase, state: trouble?.state ?? otherwise, ...(trouble && { trouble }) });

function describeRunning(pod: PodRecord, { events = [] }: AroundPod): PodDescription {
  const { restarts, ready, startedAt = '' } = pod;
  const running = restarts ? message('pod.state.running-restarts', { restarts }) : message('job.state.running');
  if (ready) return { phase: 'running', state: running };
  const probe = events.find(({ reason, lastAt = '' }) => reason === 'Unhealthy' && lastAt >= startedAt);
  return told('running', probe && explain(POD_EVENT_ROWS, { reason: probe.reason, text: probe.message }), running);
}

const ends = new WeakMap<PodRecord, Explanation | undefined>();

/** How its program ended: what its last words say, else its exit code. The cluster keeps the end of the log with it. A record never changes. */
function explainEnd(pod: PodRecord): Explanation | undefined {
  if (!ends.has(pod)) ends.set(pod, readEnd(pod));
  return ends.get(pod);
}

function readEnd(pod: PodRecord): Explanation | undefined {
  const { exitCode, detail = '', requests } = pod;
  const reason = pod.endReason ?? pod.reason ?? '';
  if (CANNOT_START.test(reason)) return explain(START_ROWS, { reason, text: detail });
  if (exitCode === undefined && reason !== 'OOMKilled') return undefined;
  const limit = requests.memoryBytes;
  const code = exitCode ?? OUT_OF_MEMORY;
  const facts = { code, signal: code - 128, ...(limit > 0 && { limit: formatBytes(limit) }) };
  const killed = reason === 'OOMKilled' ? `${reason}${limit > 0 ? ' with limit' : ''}` : reason;
  const end = explain(EXIT_ROWS, { reason: killed, text: String(code) }, facts);
  const cause = reason === 'OOMKilled' || end?.consequence ? undefined : readCause(detail, facts)?.explanation;
  const told = cause ?? end;
  return told && { ...told, raw: cause?.raw ?? (detail === '' ? undefined : withoutSecrets(detail)) };
}

/** The exit code of a program that was killed for its memory. */
const OUT_OF_MEMORY = 137;

/** A program that is started again and again. */
function restarting(pod: PodRecord): Explanation | undefined {
  const end = explainEnd(pod);
  if (!end || end.code.startsWith('job.start.')) return end;
  return { ...end, state: message('job.crash.restarting', { why: end.state, restarts: pod.restarts }) };
}

/** The text of a back-off may say nothing of the cause: then the event of the try does. */
function explainPull({ reason, detail }: PodRecord, { events = [] }: AroundPod): Explanation | undefined {
  const own = explainImage({ reason, text: detail });
  if (own?.code !== 'job.image.unfetched') return own;
  const tried = events.find((event) => event.reason === 'Failed' && /pull/i.test(event.message));
  return tried ? explainImage({ reason: 'ErrImagePull', text: tried.message }) : own;
}

/** Events of a pod that has a node and does not start. */
const STARTING = /^(?:FailedMount|FailedAttachVolume|FailedCreatePodSandBox)$/;
const SCALING = /^(?:TriggeredScaleUp|NotTriggerScaleUp)$/;
/**
 * Milliseconds for which such an event holds. kubelet tries again every 2 minutes, and after 25 events tells of one every 5 minutes (client-go,
 * `EventSourceObjectSpamFilter`): what was not said again by then is over.
 */
const HOLDS_FOR = 8 * 60_000;

function explainStarting({ events = [], now = Date.now() }: AroundPod): Explanation | undefined {
  const event = events.find(
    ({ reason, lastAt = '' }) => STARTING.test(reason) && !(now - Date.parse(lastAt) > HOLDS_FOR),
  );
  return event && explainEvent(event);
}

/** What was said of a pod that does not start or is not ready. */
export function explainEvent(event: EventRecord): Explanation | undefined {
  const said = { reason: event.reason, text: event.message };
  const cannotStart = explain(START_ROWS, said);
  // A missing part is told before the mount that waits for it.
  if (cannotStart && cannotStart.code !== 'job.start.failed') return cannotStart;
  return explain(POD_EVENT_ROWS, said) ?? cannotStart;
}

/** What the scheduler says, with what the pool has, and whether the cluster makes a node. */
function explainWaiting(pod: PodRecord, around: AroundPod): Explanation | undefined {
  const { room, events = [] } = around;
  const event = events.find(({ reason }) => reason === 'FailedScheduling');
  const said = pod.reason
    ? { reason: pod.reason, text: pod.detail }
    : event && { reason: event.reason, text: event.message };
  const found = said && explainScheduler(said, factsOf(pod), room && room.total > 0);
  // The newest holds: an autoscaler that added a node may be at its end now.
  const scaling = events.find(({ reason }) => SCALING.test(reason));
  const scale = scaling && explainEvent(scaling);
  const comesNot = scaling?.reason === 'NotTriggerScaleUp' ? scale : undefined;
  if (scale && !comesNot && found?.code !== 'job.wait.queue') return scale;
  const waits = found && room ? withRoom(found, pod, room) : found;
  if (comesNot && (!found || found.code === 'job.wait.unschedulable')) return comesNot;
  return waits && comesNot?.hint ? { ...waits, hint: comesNot.hint } : waits;
}

/** What a pod asks for, as sentences name it. */
export const factsOf = ({ requests }: PodRecord): Facts => ({
  gpus: gpuCount(requests),
  memory: formatBytes(requests.memoryBytes),
  cores: requests.cpuMillis / 1000,
});

/** The same with the numbers of the pool, where they explain it. */
function withRoom(found: Explanation, pod: PodRecord, room: PoolRoom): Explanation {
  const gpus = gpuCount(pod.requests);
  const tell = (text: Code): Explanation => {
    const { state } = toExplanation({ code: found.code, text }, '', { ...room, gpus });
    return { ...found, state };
  };
  if (found.code === 'job.wait.no-such-node' && room.types) return tell('job.wait.no-such-node.types');
  if (found.code !== 'job.wait.gpus' || room.total === 0 || room.largest >= gpus) return found;
  return tell(room.free === 0 ? 'job.wait.gpus.none' : 'job.wait.gpus.pool');
}
