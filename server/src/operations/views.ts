import type { Message } from '../../../l10n/index.ts';
import { message } from '../../../l10n/index.ts';
import { holdersOf } from '../capacity/holders.ts';
import { countByType, type GpuCount, type NodeCapacity, poolCapacities } from '../capacity/pools.ts';
import type {
  ConnectionDto,
  GpuCountDto,
  JobDto,
  JobsDto,
  NodeDto,
  PoolsDto,
  TroubleDto,
  WhyDto,
} from '../protocol.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { WorkloadRecord } from '../state/records.ts';
import { describeJob, type JobTrouble } from './describeJob.ts';
import { refusedGestures } from './rights.ts';
import type { Session } from './session.ts';
import type { Why } from './whyFailed.ts';

/** Puts a message into the reader's language. */
export type Say = (message: Message) => string;

/** The connection as the client shows it. */
export function toConnectionDto({ status }: Session, say: Say): ConnectionDto {
  const { phase, target, namespace, error, capacityUnknown, asOf } = status;
  return {
    phase,
    namespace,
    ...(target && { context: target.context, cluster: target.cluster }),
    ...(error && {
      message: [error.say, error.hint]
        .filter((one) => one !== undefined)
        .map(say)
        .join(' '),
    }),
    ...(error?.detail && { detail: error.detail }),
    ...(target?.insecure && { warning: say(message('connection.insecure', { cluster: target.cluster })) }),
    capacity: capacityUnknown ? { known: false, reason: say(capacityUnknown) } : { known: true },
    ...(asOf !== undefined && { asOf: new Date(asOf).toISOString() }),
  };
}

/** All jobs that are held: newest first. */
export function toJobsDto(session: Session, say: Say): JobsDto {
  const { state, namespaces, hidden } = session;
  const jobs = [...state.workloads].map((workload) => toJobDto(session, workload, say));
  jobs.sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? '') || a.ref.name.localeCompare(b.ref.name));
  return {
    jobs,
    ...(namespaces && { namespaces, incomplete: say(whyIncomplete(namespaces.join(', '), hidden)) }),
  };
}

const whyIncomplete = (namespace: string, hidden: string[]): Message =>
  hidden.length
    ? message('jobs.hidden', { namespace, resources: hidden.join(', ') })
    : message('jobs.only-namespace', { namespace });

function toJobDto(session: Session, workload: WorkloadRecord, say: Say): JobDto {
  const { state } = session;
  const { namespace, name } = workload;
  const described = describeJob(state, workload, session.status.podsKnown);
  const { phase, state: line, trouble, pods, podsRunning, gpuType } = described;
  const endedAt = workload.endedAt;
  return {
    ref: { namespace, name },
    kind: workload.jobKind,
    phase,
    state: say(line),
    gpus: workload.gpusPerPod * Math.max(workload.podsWanted, 0),
    podsWanted: workload.podsWanted,
    podsRunning,
    ...(phase === 'waiting' && workload.suspended && workload.queue === undefined && { held: true }),
    ...(trouble && { trouble: toTroubleDto(trouble, say) }),
    pods: pods.map(({ pod, phase: podPhase, state: podLine, trouble: podTrouble }) => ({
      name: pod.name,
      phase: podPhase,
      state: say(podLine),
      restarts: pod.restarts,
      ...(pod.rank !== undefined && { rank: pod.rank }),
      ...(pod.node && { node: pod.node }),
      ...(pod.startedAt && { startedAt: pod.startedAt }),
      ...(podTrouble && { trouble: toTroubleDto(podTrouble, say) }),
    })),
    ...(gpuType && { gpuType }),
    ...(workload.pool && { pool: workload.pool }),
    ...(workload.submittedBy && { submittedBy: workload.submittedBy }),
    ...(workload.createdAt && { createdAt: workload.createdAt }),
    ...(workload.startedAt && { startedAt: workload.startedAt }),
    ...(endedAt && { endedAt }),
    ...toRefused(session, workload, say),
  };
}

/** What is wrong, in the reader's language. */
export const toTroubleDto = ({ code, hint, raw }: JobTrouble, say: Say): TroubleDto => ({
  code,
  ...(hint && { hint: say(hint) }),
  ...(raw && { detail: raw }),
});

/** Why a job failed, in the reader's language. */
export const toWhyDto = ({ say: sentence, trouble, pod, lines, unread }: Why, say: Say): WhyDto => ({
  message: say(sentence),
  ...toTroubleDto(trouble, say),
  ...(pod && { pod: pod.name }),
  ...(pod?.rank !== undefined && { rank: pod.rank }),
  ...(pod?.endedAt && { endedAt: pod.endedAt }),
  lines,
  ...(unread && { unread: say(unread) }),
});

function toRefused(session: Session, workload: WorkloadRecord, say: Say): Pick<JobDto, 'refused'> {
  const refused = Object.entries(refusedGestures(session, workload));
  return refused.length ? { refused: Object.fromEntries(refused.map(([gesture, why]) => [gesture, say(why)])) } : {};
}

/** All pools with their nodes; what is not known is said, not counted. */
export function toPoolsDto(session: Session, say: Say): PoolsDto {
  const { capacityUnknown, phase, podsKnown } = session.status;
  const { state } = session;
  if (!state.hasNodes) return { pools: [], ...(capacityUnknown && { unknown: say(capacityUnknown) }) };
  return {
    pools: poolCapacities(state).map(({ pool, gpus, nodes }) => {
      const known = pool === undefined ? undefined : state.pool(pool);
      const rackLabel = known?.site.rackLabel;
      return {
        name: pool ?? '',
        gpus: toCounts(gpus, podsKnown),
        nodes: nodes.map((node) => toNodeDto(state, node, rackLabel, podsKnown)),
        ...(known?.description && { description: known.description }),
      };
    }),
    ...(capacityUnknown && phase === 'connected' && { unknown: say(capacityUnknown) }),
  };
}

/** Where not all pods are seen, only what the nodes themselves tell is known. */
const toCounts = (gpus: GpuCount[], podsKnown: boolean): GpuCountDto[] =>
  podsKnown
    ? gpus
    : gpus.map(({ type, total, unavailable, unhealthy }) => ({
        type,
        total,
        unavailable,
        ...(unhealthy && { unhealthy }),
      }));

function toNodeDto(
  state: ClusterState,
  capacity: NodeCapacity,
  rackLabel: string | undefined,
  podsKnown: boolean,
): NodeDto {
  const { node } = capacity;
  const rack = rackLabel && node.labels[rackLabel];
  return {
    name: node.name,
    ready: node.ready,
    cordoned: node.cordoned,
    gpus: toCounts(countByType([capacity]), podsKnown),
    holders: podsKnown ? gpuHoldersOf(state, node.name) : [],
    ...(rack && { rack }),
  };
}

/** Jobs that hold GPUs of a node, most first. */
const gpuHoldersOf = (state: ClusterState, node: string): NodeDto['holders'] =>
  holdersOf(state, state.podsOn(node))
    .filter(({ gpus }) => gpus > 0)
    .map(({ job, namespace, gpus, since }) => ({ job, namespace, gpus, ...(since && { since }) }));
