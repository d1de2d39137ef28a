import { readDocument } from '../kinds/document.ts';
import { MAIN_CONTAINER } from '../kinds/manifests/pod.ts';
import { queueOf } from '../kinds/manifests/queue.ts';
import type { PoolSite } from '../kinds/manifests/site.ts';
import { type KubeObject, ourLabel, prefixOf } from '../model/kubeObject.ts';
import { SECRET_MARKER, secretsIn } from '../model/secrets.ts';
import {
  type Allocated,
  gpuCount,
  NOTHING,
  type PodSpec,
  podRequests,
  type ResourceList,
  toAmounts,
} from './amounts.ts';
import { objectKey } from './delta.ts';
import type { Amounts, NodeRecord, PodRecord, PoolRecord, WorkloadRecord } from './records.ts';
import { shared, sharedAmounts } from './shared.ts';

interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}
const conditionOf = (conditions: Condition[] | undefined, type: string) =>
  conditions?.find((one) => one.type === type && one.status === 'True');

/** What is kept of a Node. */
export function toNode(object: KubeObject): NodeRecord {
  const { metadata } = object;
  const spec = (object.spec ?? {}) as {
    unschedulable?: boolean;
    taints?: { key: string; value?: string; effect: string }[];
  };
  const status = (object.status ?? {}) as {
    allocatable?: ResourceList;
    capacity?: ResourceList;
    conditions?: Condition[];
  };
  const labels = metadata.labels ?? {};
  const allocatable = sharedAmounts(toAmounts(status.allocatable));
  const capacity = toAmounts(status.capacity);
  const gpuProduct = labels['nvidia.com/gpu.product'];
  return {
    key: objectKey(metadata),
    name: metadata.name,
    labels,
    ready: conditionOf(status.conditions, 'Ready') !== undefined,
    cordoned: spec.unschedulable ?? false,
    taints: (spec.taints ?? [])
      .filter(({ effect }) => effect !== 'PreferNoSchedule')
      .map(({ key, value = '', effect }) => ({ key, value, effect })),
    allocatable,
    unhealthy: missingGpus(capacity, allocatable),
    maxPods: Number(status.allocatable?.pods ?? 0),
    pool: ourLabel(labels, 'pool'),
    gpuType:
      gpuCount(allocatable) + gpuCount(capacity) > 0
        ? (ourLabel(labels, 'gpu-type') ?? ourLabel(labels, 'gpuType') ?? gpuProduct ?? 'GPU')
        : undefined,
    gpuProduct,
  };
}

/** Device plugins take a device that is broken out of what can be had, and leave it in what is there. */
function missingGpus(there: Amounts, toBeHad: Amounts): Amounts['gpus'] {
  const missing = Object.entries(there.gpus).flatMap(([name, count]): [string, number][] => {
    const broken = count - (toBeHad.gpus[name] ?? 0);
    return broken > 0 ? [[name, broken]] : [];
  });
  return missing.length ? Object.fromEntries(missing) : NOTHING.gpus;
}

interface ContainerStatus extends Allocated {
  restartCount?: number;
  state?: ContainerState;
  lastState?: ContainerState;
}
interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: { reason?: string; message?: string; exitCode?: number; finishedAt?: string; startedAt?: string };
}

/** Lists within a Pod, at whatever depth, that `toPod` does not look at: nearly half of its text. */
export const UNREAD_IN_PODS: readonly string[] = ['env', 'volumes', 'volumeMounts', 'tolerations'];

/** What is kept of a Pod. */
export function toPod(object: KubeObject): PodRecord {
  const { metadata } = object;
  const spec = (object.spec ?? {}) as BoundSpec;
  const status = (object.status ?? {}) as {
    phase?: PodRecord['phase'];
    reason?: string;
    message?: string;
    nominatedNodeName?: string;
    conditions?: Condition[];
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
  const labels = metadata.labels ?? {};
  const index =
    labels['batch.kubernetes.io/job-completion-index'] ??
    metadata.annotations?.['batch.kubernetes.io/job-completion-index'];
  const containers = status.containerStatuses ?? [];
  const ended = containers.map(({ state }) => state?.terminated).filter((one) => one !== undefined);
  const trouble = troubleOf(status.reason, status.message, status.conditions, [
    ...(status.initContainerStatuses ?? []),
    ...containers,
  ]);
  return {
    key: objectKey(metadata),
    uid: metadata.uid ?? '',
    namespace: shared(metadata.namespace ?? ''),
    name: metadata.name,
    node: shared(spec.nodeName),
    phase: status.phase ?? 'Pending',
    terminating: metadata.deletionTimestamp !== undefined,
    ready: conditionOf(status.conditions, 'Ready') !== undefined,
    requests: sharedAmounts(podRequests(spec, [...(status.initContainerStatuses ?? []), ...containers])),
    priority: spec.priority ?? 0,
    nominatedNode: status.nominatedNodeName || undefined,
    isDaemon: metadata.ownerReferences?.some(({ kind }) => kind === 'DaemonSet' || kind === 'Node') ?? false,
    hostPorts: hostPortsOf(spec),
    job: shared(
      labels['batch.kubernetes.io/job-name'] ??
        labels['job-name'] ??
        (ourLabel(labels, 'job-type') ? labels.app : undefined),
    ),
    owner: shared(
      labels['batch.kubernetes.io/controller-uid'] ??
        metadata.ownerReferences?.find(({ controller }) => controller)?.uid,
    ),
    rank: index === undefined ? undefined : Number(index),
    restarts: (containers.find(({ name }) => name === MAIN_CONTAINER) ?? containers[0])?.restartCount ?? 0,
    startedAt: containers
      .map(({ state }) => state?.running?.startedAt ?? state?.terminated?.startedAt)
      .find((time) => time && Date.parse(time) > 0), // a container that could not be started says 1970
    endedAt: ended.at(-1)?.finishedAt ?? containers.map(({ lastState }) => lastState?.terminated?.finishedAt).at(-1),
    reason: shared(trouble?.reason),
    detail: shared(withoutOwnSecrets(trouble?.message, spec)),
    exitCode: trouble?.exitCode ?? ended.find(({ exitCode }) => exitCode)?.exitCode,
    ...(trouble?.endReason && { endReason: trouble.endReason }),
  };
}

/** What a container says of its end may be the end of its log, which may hold what it was given. */
const withoutOwnSecrets = (text: string | undefined, spec: BoundSpec): string | undefined =>
  text && spec.nodeName ? secretsIn(spec).reduce((safe, secret) => safe.replaceAll(secret, SECRET_MARKER), text) : text;

/** The parts of a pod's spec that are looked at. */
export interface BoundSpec extends PodSpec {
  nodeName?: string;
  priority?: number;
  hostNetwork?: boolean;
}

/** Ports of its node that a pod takes for itself, as `TCP/29500`; in the network of the node that is each that it names. */
export function hostPortsOf({ hostNetwork, containers = [], initContainers = [] }: BoundSpec): string[] | undefined {
  // What only runs before the others holds no port for long, and the scheduler does not look at it.
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
  const all = [...containers, ...sidecars] as {
    ports?: { hostPort?: number; containerPort: number; protocol?: string }[];
  }[];
  const ports = all.flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort, containerPort, protocol = 'TCP' }) => {
      const port = hostPort || (hostNetwork ? containerPort : 0);
      return port ? [`${protocol}/${port}`] : [];
    }),
  );
  return ports.length ? ports : undefined;
}

interface Trouble {
  reason: string | undefined;
  message: string | undefined;
  exitCode?: number | undefined;
  endReason?: string | undefined;
}

/** Reasons of containers that never came to run their program; the raw text says why. */
const NOT_RUN = ['StartError', 'ContainerCannotRun'];

/** What is not well with a pod: who ended it from outside, else the first container in trouble, else why it has no node. */
function troubleOf(
  reason: string | undefined,
  message: string | undefined,
  conditions: Condition[] | undefined,
  containers: ContainerStatus[],
): Trouble | undefined {
  if (reason) return { reason, message };
  const disrupted = conditionOf(conditions, 'DisruptionTarget');
  if (disrupted) return { reason: disrupted.reason, message: disrupted.message };
  for (const { state, lastState } of containers) {
    const ended = state?.terminated;
    if (ended && ended.exitCode !== 0)
      return { reason: ended.reason, message: ended.message, exitCode: ended.exitCode };
    const waiting = state?.waiting;
    if (waiting?.reason && waiting.reason !== 'ContainerCreating' && waiting.reason !== 'PodInitializing') {
      const last = lastState?.terminated;
      if (last && NOT_RUN.includes(last.reason ?? '')) return { reason: last.reason, message: last.message };
      const crashed = waiting.reason === 'CrashLoopBackOff' && last;
      if (crashed) return { reason: waiting.reason, ...crashOf(last) };
      return { reason: waiting.reason, message: waiting.message, exitCode: last?.exitCode };
    }
  }
  const scheduled = conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  return scheduled && { reason: scheduled.reason, message: scheduled.message };
}

/** How the program of a container ended that will be started again. */
const crashOf = ({ reason, message, exitCode }: NonNullable<ContainerState['terminated']>) => ({
  message,
  exitCode,
  endReason: reason,
});

/** What is kept of a Job, Deployment or StatefulSet that is one of ours; `undefined` for all others. */
export function toWorkload(object: KubeObject): WorkloadRecord | undefined {
  const { metadata } = object;
  const jobKind = ourLabel(metadata.labels, 'job-type');
  if (jobKind === undefined) return undefined;
  const spec = (object.spec ?? {}) as {
    parallelism?: number;
    replicas?: number;
    suspend?: boolean;
    activeDeadlineSeconds?: number;
    backoffLimit?: number;
    template?: { spec?: PodSpec };
  };
  const status = (object.status ?? {}) as {
    conditions?: Condition[];
    startTime?: string;
    completionTime?: string;
  };
  const isJob = object.kind === 'Job';
  const failed = isJob ? conditionOf(status.conditions, 'Failed') : undefined;
  const complete = isJob ? conditionOf(status.conditions, 'Complete') : undefined;
  const podsWanted = isJob ? (spec.parallelism ?? 1) : (spec.replicas ?? 1);
  const pool = ourLabel(metadata.labels, 'pool');
  return {
    key: `${object.kind}/${objectKey(metadata)}`,
    uid: metadata.uid ?? '',
    resource: object.kind as WorkloadRecord['resource'],
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    jobKind,
    prefix: prefixOf(object),
    pool: pool === 'default' ? undefined : pool,
    gpuType: ourLabel(metadata.annotations, 'gpu-type'),
    podsWanted,
    gpusPerPod: gpuCount(podRequests(spec.template?.spec)),
    suspended: isJob ? (spec.suspend ?? false) : podsWanted === 0,
    stopped: ourLabel(metadata.annotations, 'stopped') !== undefined,
    queue: queueOf(object),
    outcome: failed ? 'failed' : complete ? 'complete' : undefined,
    reason: failed?.reason,
    createdAt: metadata.creationTimestamp,
    startedAt: status.startTime,
    endedAt: status.completionTime ?? failed?.lastTransitionTime,
    timeLimit: isJob ? spec.activeDeadlineSeconds : undefined,
    ...(isJob && spec.backoffLimit !== undefined && { retries: spec.backoffLimit }),
    trouble: isJob ? undefined : rolloutTrouble(status.conditions),
    submittedBy: ourLabel(metadata.annotations, 'submitted-by'),
    ...(metadata.deletionTimestamp !== undefined && { deleting: true as const }),
    ...told(metadata.annotations),
  };
}

/** What was noted down with the submit. */
function told(
  annotations: Record<string, string> | undefined,
): Pick<WorkloadRecord, 'specHash' | 'sourcePath' | 'run'> {
  const [specHash, sourcePath] = [ourLabel(annotations, 'spec-hash'), ourLabel(annotations, 'source-path')];
  const run = Number(ourLabel(annotations, 'run')) || 1;
  return { run, ...(specHash !== undefined && { specHash }), ...(sourcePath !== undefined && { sourcePath }) };
}

/** What a Deployment says where it may not make its pods, or where its newest version does not come up. */
function rolloutTrouble(conditions: Condition[] = []): WorkloadRecord['trouble'] {
  const found =
    conditionOf(conditions, 'ReplicaFailure') ??
    conditions.find(({ type, status }) => type === 'Progressing' && status === 'False');
  return found && { reason: found.reason ?? '', message: found.message ?? '' };
}

/** What is kept of a pool's ConfigMap `gpuctl-pool-<name>`; `undefined` for other ConfigMaps. */
export function toPool(object: KubeObject): PoolRecord | undefined {
  const name = /^gpuctl-pool-(.+)$/.exec(object.metadata.name)?.[1];
  if (name === undefined) return undefined;
  const text = (object.data as Record<string, string> | undefined)?.['pool.yaml'] ?? '';
  // Somebody's hand may have broken it: the labels of the nodes still tell who belongs to the pool.
  const value = readDocument(text, 'gpuctl')?.value as { pool?: { description?: unknown; site?: unknown } } | null;
  const pool = value?.pool;
  const site = typeof pool?.site === 'object' && pool.site !== null ? (pool.site as PoolSite) : {};
  return {
    key: objectKey(object.metadata),
    name,
    description: pool?.description === undefined ? undefined : String(pool.description),
    site,
  };
}
