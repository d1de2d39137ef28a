import { type Message, message } from '../../../l10n/index.ts';
import type { JobPhase } from '../protocol.ts';
import type { ClusterState } from '../state/clusterState.ts';
import { readRefusal } from '../state/explain/admission.ts';
import { ROLLOUT_ROWS } from '../state/explain/events.ts';
import { type Explanation, explain, withoutSecrets } from '../state/explain/explain.ts';
import type { PodRecord, WorkloadRecord } from '../state/records.ts';
import { countsAsTry, describePod, type PodDescription } from './describePod.ts';
import { roomFor } from './pools/poolRoom.ts';

/** What is wrong with a job: as of a pod, or a refusal to make its pods at all. */
export type JobTrouble = Pick<Explanation, 'hint' | 'raw'> & { code: string };

export type DescribedPod = PodDescription & { pod: PodRecord };

/** What can be said of a job in one line. */
export interface JobDescription {
  phase: JobPhase;
  state: Message;
  trouble?: JobTrouble | undefined;
  pods: DescribedPod[];
  podsRunning: number;
  gpuType: string | undefined;
}

type Told = Pick<JobDescription, 'phase' | 'state' | 'trouble'>;

/**
 * Derives a job's phase, and why it waits or failed, from its main resource, its pods and what was said of them. `podsKnown`: whether the pods of
 * all others are seen, so that it can be said what is free.
 */
export function describeJob(state: ClusterState, workload: WorkloadRecord, podsKnown = false): JobDescription {
  let room: ReturnType<typeof roomFor>;
  const pods = state.podsOf(workload.namespace, workload.name, workload).map((pod) => {
    if (podsKnown && pod.node === undefined) room ??= roomFor(state, workload);
    return { pod, ...describePod(pod, { events: state.eventsOf(pod), room }) };
  });
  const running = pods.filter(({ pod, phase }) => phase === 'running' && !pod.terminating);
  return {
    ...describeWorkload(state, workload, pods, running.length),
    pods,
    podsRunning: running.length,
    gpuType: workload.gpuType ?? typeOnNodes(state, pods),
  };
}

function describeWorkload(state: ClusterState, workload: WorkloadRecord, pods: DescribedPod[], running: number): Told {
  const { podsWanted: wanted, resource, deleting } = workload;
  if (deleting) return { phase: 'stopped', state: message('job.state.deleting') };
  if (workload.outcome === 'complete') return { phase: 'succeeded', state: message('job.state.succeeded') };
  if (workload.outcome === 'failed') return whyFailed(workload, pods);
  if (workload.suspended) return describeSuspended(workload);
  const bad = firstBad(pods.filter((one) => one.phase === 'failed' && !isReplaced(one, pods)));
  const isWhole = running >= wanted;
  const isService = resource !== 'Job';
  const newest = isService ? (bad ?? stuckOf(workload)) : undefined;
  if (isWhole && newest) {
    const say = message('job.state.newer-fails', { why: newest.state });
    return { phase: 'running', state: say, trouble: newest.trouble };
  }
  if (isWhole) return { phase: 'running', state: message('job.state.running') };
  if (running > 0 && (!bad || isService)) return runningInPart(workload, pods, running, bad);
  // The cluster says a moment later that it has failed.
  if (bad && workload.retries === 0 && countsAsTry(bad.pod)) return whyFailed(workload, pods);
  const waiting = pods.find(({ phase }) => phase === 'waiting');
  const refused = pods.length < wanted ? whyRefused(state, workload) : undefined;
  if (bad) {
    const why = bad.state;
    if (refused) return { ...refused, state: message('job.state.retrying-waits', { why, waits: refused.state }) };
    const held = waiting?.pod.node === undefined ? waiting : undefined;
    return held?.trouble
      ? {
          phase: 'waiting',
          state: message('job.state.retrying-waits', { why, waits: held.state }),
          trouble: held.trouble,
        }
      : { phase: 'waiting', state: message('job.state.retrying', { why }), trouble: bad.trouble };
  }
  if (refused) return refused;
  return { phase: 'waiting', state: waiting?.state ?? message('job.state.starting'), trouble: waiting?.trouble };
}

function describeSuspended({ resource, queue, stopped, startedAt }: WorkloadRecord): Told {
  if (queue !== undefined && !stopped && resource === 'Job')
    return { phase: 'waiting', state: message('job.state.queued', { queue }) };
  // A Job that is suspended forgets when it was started.
  const isHeld = resource === 'Job' && !stopped && startedAt === undefined;
  return isHeld
    ? { phase: 'waiting', state: message('job.state.held') }
    : { phase: 'stopped', state: message('job.state.stopped') };
}

/** A failed rank is no trouble any more once its next try runs or has succeeded; one that failed again says why itself. */
export const isReplaced = ({ pod }: DescribedPod, pods: readonly DescribedPod[]): boolean =>
  pod.rank !== undefined &&
  pods.some(
    ({ pod: { rank, endedAt = '' }, phase }) =>
      rank === pod.rank &&
      (phase === 'running' ||
        phase === 'succeeded' ||
        (phase === 'failed' && pod.endedAt !== undefined && endedAt > pod.endedAt)),
  );

/** How many of its pods run, and what holds the rest where they have no place or do not start. */
function runningInPart(
  { podsWanted: wanted }: WorkloadRecord,
  pods: DescribedPod[],
  running: number,
  bad: DescribedPod | undefined,
): Told {
  const held = bad ?? pods.find(({ pod, phase, trouble }) => phase === 'waiting' && trouble && pod.node === undefined);
  return {
    phase: 'running',
    state: held
      ? message('job.state.running-some-why', { running, wanted, why: held.state })
      : message('job.state.running-some', { running, wanted }),
    trouble: held?.trouble,
  };
}

/** Why its pods are not made at all. A Job has no condition for that, so that only an event tells; the other controllers have both. */
function whyRefused(state: ClusterState, workload: WorkloadRecord): Told | undefined {
  const event = state.eventsOf(workload).find(({ reason }) => reason === 'FailedCreate');
  const raw = event?.message ?? workload.trouble?.message;
  const refusal = raw === undefined ? undefined : readRefusal(withoutSecrets(raw));
  if (refusal && raw !== undefined) {
    const code = refusal.code.replace(/^connection\./, 'job.refused.');
    const say = message('job.rollout.refused', { why: refusal.say });
    return { phase: 'waiting', state: say, trouble: { code, hint: refusal.hint, raw: withoutSecrets(raw) } };
  }
  return stuckOf(workload);
}

/** A service whose newest version did not come up in time. */
function stuckOf({ trouble }: WorkloadRecord): Told | undefined {
  const stuck = trouble && explain(ROLLOUT_ROWS, { reason: trouble.reason, text: trouble.message });
  return stuck && { phase: 'waiting', state: stuck.state, trouble: stuck };
}

/**
 * The first that failed: what it says is the cause, what the others say may follow from it. By time of end, which the cluster knows in whole
 * seconds; of the same second, one that did not only lose another.
 */
export function firstBad<T extends DescribedPod>(failed: readonly T[]): T | undefined {
  const second = ({ pod }: T) => (pod.endedAt ?? '9').slice(0, 19);
  return [...failed].sort(
    (a, b) =>
      second(a).localeCompare(second(b)) ||
      Number(a.trouble?.consequence ?? false) - Number(b.trouble?.consequence ?? false),
  )[0];
}

/** The first bad rank says more than the Job's own words. */
function whyFailed(workload: WorkloadRecord, pods: DescribedPod[]): Told {
  if (workload.reason === 'DeadlineExceeded') {
    const trouble = explain([{ code: 'job.node.timed-out' }], {});
    return { phase: 'failed', state: message('job.state.timed-out'), trouble };
  }
  const bad = firstBad(pods.filter((one) => one.phase === 'failed' && !isReplaced(one, pods)));
  if (!bad) return { phase: 'failed', state: message('job.state.failed') };
  const state =
    bad.pod.rank === undefined || workload.podsWanted < 2
      ? message('job.state.failed-why', { why: bad.state })
      : message('job.state.failed-rank', { rank: bad.pod.rank, why: bad.state });
  return { phase: 'failed', state, trouble: bad.trouble };
}

function typeOnNodes(state: ClusterState, pods: DescribedPod[]): string | undefined {
  const node = pods.find(({ pod }) => pod.node && Object.keys(pod.requests.gpus).length)?.pod.node;
  return node === undefined ? undefined : state.node(node)?.gpuType;
}
