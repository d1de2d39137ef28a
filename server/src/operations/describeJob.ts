import { type Message, message } from '../../../l10n/index.ts';
import type { JobPhase } from '../protocol.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { PodRecord, WorkloadRecord } from '../state/records.ts';

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
  const pods = state.podsOf(workload.namespace, workload.name).map((pod) => ({ pod, ...describePod(pod) }));
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
    return workload.startedAt === undefined && workload.resource === 'Job'
      ? { phase: 'waiting', state: message('job.state.held') }
      : { phase: 'stopped', state: message('job.state.stopped') };
  }
  const trouble = pods.find(({ phase }) => phase === 'failed');
  if (running > 0 && (running === workload.podsWanted || !trouble)) {
    return {
      phase: 'running',
      state:
        running === workload.podsWanted
          ? message('job.state.running')
          : message('job.state.running-some', { running, wanted: workload.podsWanted }),
    };
  }
  if (trouble) return { phase: 'waiting', state: message('job.state.retrying', { why: trouble.state }) };
  const waiting = pods.find(({ phase }) => phase === 'waiting');
  return { phase: 'waiting', state: waiting?.state ?? message('job.state.starting') };
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

/** A pod's phase in our words, and what is wrong with it in a few of them. */
export function describePod(pod: PodRecord): { phase: JobPhase; state: Message } {
  if (pod.phase === 'Succeeded') return { phase: 'succeeded', state: message('job.state.succeeded') };
  if (pod.phase === 'Failed') return { phase: 'failed', state: whyEnded(pod) };
  if (pod.terminating) return { phase: 'stopped', state: message('pod.state.ending') };
  switch (pod.reason) {
    case 'CrashLoopBackOff':
      return {
        phase: 'failed',
        state: message('pod.state.crashing', { restarts: pod.restarts, code: pod.exitCode ?? 0 }),
      };
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'InvalidImageName':
      return { phase: 'failed', state: message('pod.state.image') };
    case 'CreateContainerConfigError':
    case 'CreateContainerError':
    case 'RunContainerError':
    case 'StartError':
      return { phase: 'failed', state: message('pod.state.cannot-start', { why: pod.detail ?? pod.reason }) };
    case 'Unschedulable':
      return { phase: 'waiting', state: whyUnschedulable(pod) };
    case 'SchedulingGated':
      return { phase: 'waiting', state: message('pod.state.queued') };
  }
  if (pod.phase === 'Running') {
    return {
      phase: 'running',
      state: pod.restarts
        ? message('pod.state.running-restarts', { restarts: pod.restarts })
        : message('job.state.running'),
    };
  }
  if (pod.phase === 'Unknown') return { phase: 'unknown', state: message('pod.state.unknown') };
  return {
    phase: 'waiting',
    state: pod.node ? message('pod.state.starting', { node: pod.node }) : message('job.state.starting'),
  };
}

function whyEnded(pod: PodRecord): Message {
  if (pod.reason === 'OOMKilled') return message('pod.state.out-of-memory');
  if (pod.reason === 'Evicted') return message('pod.state.evicted');
  if (pod.reason === 'StartError') return message('pod.state.cannot-start', { why: pod.detail ?? '' });
  if (pod.exitCode !== undefined) return message('pod.state.exit-code', { code: pod.exitCode });
  return message('job.state.failed');
}

/** The scheduler's text begins with how many nodes it looked at; a lack of GPUs is what people wait for most. */
function whyUnschedulable(pod: PodRecord): Message {
  const detail = pod.detail ?? '';
  const gpus = Object.values(pod.requests.gpus).reduce((sum, count) => sum + count, 0);
  if (gpus > 0 && /Insufficient [\w.-]+\/(?!.*Insufficient cpu)/.test(detail))
    return message('pod.state.waits-gpus', { gpus });
  if (/Insufficient memory/.test(detail)) return message('pod.state.waits-memory');
  if (/Insufficient cpu/.test(detail)) return message('pod.state.waits-cpu');
  if (/PersistentVolumeClaim|persistentvolumeclaim/.test(detail)) return message('pod.state.waits-storage');
  if (/node affinity\/selector/.test(detail)) return message('pod.state.no-such-node');
  return message('pod.state.unschedulable');
}

function typeOnNodes(state: ClusterState, pods: DescribedPod[]): string | undefined {
  const node = pods.find(({ pod }) => pod.node && Object.keys(pod.requests.gpus).length)?.pod.node;
  if (node === undefined) return undefined;
  for (const one of state.nodes) if (one.name === node) return one.gpuType;
  return undefined;
}
