import { type Message, message } from '../../../l10n/index.ts';
import type { JobPhase } from '../protocol.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { PodRecord, WorkloadRecord } from '../state/records.ts';
import { describePod } from './describePod.ts';

/** What can be said of a job in one line. */
export interface JobDescription {
  phase: JobPhase;
  state: Message;
  pods: { pod: PodRecord; phase: JobPhase; state: Message }[];
  podsRunning: number;
  gpuType: string | undefined;
}

/** Derives a job's phase, and why it waits or failed, from its main resource and its pods. */
export function describeJob(state: ClusterState, workload: WorkloadRecord): JobDescription {
  const pods = state.podsOf(workload.namespace, workload.name, workload).map((pod) => ({ pod, ...describePod(pod) }));
  const running = pods.filter(({ pod, phase }) => phase === 'running' && !pod.terminating);
  return {
    ...describeWorkload(workload, pods, running.length),
    pods,
    podsRunning: running.length,
    gpuType: workload.gpuType ?? typeOnNodes(state, pods),
  };
}

type DescribedPod = JobDescription['pods'][number];

function describeWorkload(
  workload: WorkloadRecord,
  pods: DescribedPod[],
  running: number,
): { phase: JobPhase; state: Message } {
  if (workload.outcome === 'complete') return { phase: 'succeeded', state: message('job.state.succeeded') };
  if (workload.outcome === 'failed') return { phase: 'failed', state: whyFailed(workload, pods) };
  if (workload.suspended) {
    const { queue, stopped } = workload;
    if (queue !== undefined && !stopped && workload.resource === 'Job')
      return { phase: 'waiting', state: message('job.state.queued', { queue }) };
    // A Job that is suspended forgets when it was started.
    const isHeld = workload.resource === 'Job' && !workload.stopped && workload.startedAt === undefined;
    return isHeld
      ? { phase: 'waiting', state: message('job.state.held') }
      : { phase: 'stopped', state: message('job.state.stopped') };
  }
  const trouble = pods.find(({ phase }) => phase === 'failed');
  if (running > 0 && (running === workload.podsWanted || !trouble)) {
    return {
      phase: 'running',
      state: running === workload.podsWanted ? message('job.state.running') : runningInPart(workload, pods, running),
    };
  }
  if (trouble) return { phase: 'waiting', state: message('job.state.retrying', { why: trouble.state }) };
  const waiting = pods.find(({ phase }) => phase === 'waiting');
  return { phase: 'waiting', state: waiting?.state ?? message('job.state.starting') };
}

/** How many of its pods run, and what holds the rest where they have no place. */
function runningInPart({ podsWanted: wanted }: WorkloadRecord, pods: DescribedPod[], running: number): Message {
  const held = pods.find(({ pod, phase }) => phase === 'waiting' && pod.node === undefined && pod.reason !== undefined);
  return held
    ? message('job.state.running-some-why', { running, wanted, why: held.state })
    : message('job.state.running-some', { running, wanted });
}

/** The first bad rank says more than the Job's own words. */
function whyFailed(workload: WorkloadRecord, pods: DescribedPod[]): Message {
  if (workload.reason === 'DeadlineExceeded') return message('job.state.timed-out');
  const bad = pods
    .filter(({ phase }) => phase === 'failed')
    .sort((a, b) => (a.pod.endedAt ?? '').localeCompare(b.pod.endedAt ?? ''))[0];
  if (!bad) return message('job.state.failed');
  return bad.pod.rank === undefined || workload.podsWanted < 2
    ? message('job.state.failed-why', { why: bad.state })
    : message('job.state.failed-rank', { rank: bad.pod.rank, why: bad.state });
}

function typeOnNodes(state: ClusterState, pods: DescribedPod[]): string | undefined {
  const node = pods.find(({ pod }) => pod.node && Object.keys(pod.requests.gpus).length)?.pod.node;
  return node === undefined ? undefined : state.node(node)?.gpuType;
}
