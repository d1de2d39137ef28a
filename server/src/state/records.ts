import type { PoolSite } from '../kinds/manifests/site.ts';
import type { LabelPrefix } from '../model/kubeObject.ts';

/**
 * What is held of the cluster: of each object only what verdicts and views need.
 */

/** Amounts that a node offers or a pod asks for. */
export interface Amounts {
  cpuMillis: number;
  memoryBytes: number;
  /** Accelerators by resource name, e.g. `nvidia.com/gpu`. */
  gpus: Readonly<Record<string, number>>;
  /** Whatever else is counted: `ephemeral-storage` in bytes, extended resources that are no accelerator, such as RDMA devices. */
  others: Readonly<Record<string, number>>;
}

export interface NodeRecord {
  key: string;
  name: string;
  labels: Readonly<Record<string, string>>;
  ready: boolean;
  cordoned: boolean;
  /** Taints that keep pods off which do not tolerate them (`NoSchedule`, `NoExecute`). */
  taints: readonly { key: string; value: string; effect: string }[];
  /** Amounts less what the system keeps; unhealthy devices are already out of it. */
  allocatable: Amounts;
  /** Accelerators that are built in and that their driver takes for broken. */
  unhealthy: Amounts['gpus'];
  /** How many pods it takes at once. */
  maxPods: number;
  pool: string | undefined;
  /** As the pool's label says it, else the product name that the driver reports; `undefined` without GPU. */
  gpuType: string | undefined;
  /** The product name that the driver reports. */
  gpuProduct: string | undefined;
}

export interface PodRecord {
  key: string;
  uid: string;
  namespace: string;
  name: string;
  /** Node it is bound to. */
  node: string | undefined;
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  terminating: boolean;
  /** Whether it is ready to serve. */
  ready: boolean;
  requests: Amounts;
  /** Who has more pushes out who has less. */
  priority: number;
  /** Node that is being emptied for it. */
  nominatedNode: string | undefined;
  /** Whether it runs on every node of its kind, and never ends: of a DaemonSet, or of the node itself. */
  isDaemon: boolean;
  /** Ports of the node that it takes for itself, as `TCP/29500`; `undefined` for none. */
  hostPorts: readonly string[] | undefined;
  /** Name of the job it belongs to, in its namespace. */
  job: string | undefined;
  /** Uid of what made it: a Job (then it tells the runs of one name apart), a ReplicaSet, a StatefulSet. */
  owner: string | undefined;
  rank: number | undefined;
  /** How often its own program was started again; what else runs beside it does not count. */
  restarts: number;
  startedAt: string | undefined;
  /** When its program ended, or ended last where it was started again. */
  endedAt: string | undefined;
  /** Why it is not well: a Kubernetes reason such as `ImagePullBackOff`, `Unschedulable`, `OOMKilled`, `PreemptionByScheduler`, and the raw text. */
  reason: string | undefined;
  detail: string | undefined;
  exitCode: number | undefined;
  /** Of `CrashLoopBackOff`: why the program ended last, such as `OOMKilled`; `detail` and `exitCode` are of that, too. */
  endReason?: string;
}

/** The main resource of a job. */
export interface WorkloadRecord {
  key: string;
  uid: string;
  resource: 'Job' | 'Deployment' | 'StatefulSet';
  namespace: string;
  name: string;
  /** `training`, `inference` … */
  jobKind: string;
  /** Prefix of its labels. */
  prefix: LabelPrefix;
  pool: string | undefined;
  gpuType: string | undefined;
  /** Pods that should run at once. */
  podsWanted: number;
  gpusPerPod: number;
  suspended: boolean;
  /** It is being deleted: it is there until all of it is gone. */
  deleting?: true;
  /** Whether a person stopped it. */
  stopped: boolean;
  /** The queue that decides when it runs. */
  queue: string | undefined;
  /** Ended well (`complete`) or badly (`failed`); Kubernetes' reason for a failure. */
  outcome: 'complete' | 'failed' | undefined;
  reason: string | undefined;
  /** What a service's controller says where it does not get on: a Kubernetes reason and the raw text. */
  trouble?: { reason: string; message: string } | undefined;
  createdAt: string | undefined;
  startedAt: string | undefined;
  endedAt: string | undefined;
  /** Tries after the first that it may fail; of a service, which is tried for ever, `undefined`. */
  retries?: number;
  /** Seconds that it may run, from `startedAt`. */
  timeLimit: number | undefined;
  submittedBy: string | undefined;
  /** Hash of the document that it was submitted from, and where in the workspace that lay. */
  specHash?: string;
  sourcePath?: string;
  /** Which run of its name it is, from 1. */
  run: number;
}

/** What the configuration of a pool says beside its nodes' labels. */
export interface PoolRecord {
  key: string;
  name: string;
  description: string | undefined;
  site: PoolSite;
}

/** How much a namespace may have, and has. Amounts by their names in the quota: `requests.nvidia.com/gpu`, `limits.memory`, `pods`; cpu in millicores, memory and storage in bytes. */
export interface QuotaRecord {
  key: string;
  namespace: string;
  name: string;
  hard: Readonly<Record<string, number>>;
  used: Readonly<Record<string, number>>;
  /** Priority classes of ours to which alone it applies; `undefined` for all. */
  priorityClasses: readonly string[] | undefined;
  /** Whether it applies to pods alone that ask for neither cpu nor memory, or to the others alone; `undefined` for all. */
  bestEffort: boolean | undefined;
}

export interface PriorityRecord {
  key: string;
  name: string;
  value: number;
  /** Whether its pods may push out others. */
  preempts: boolean;
  /** Whether pods that name no class have this one. */
  isDefault: boolean;
}

/** What containers of a namespace get that do not say how much they need. Absent: nothing. */
export interface DefaultsRecord {
  key: string;
  namespace: string;
  /** What is set aside for them. */
  requests: CpuAndMemory;
  /** What they may use. */
  limits: CpuAndMemory;
}

export interface CpuAndMemory {
  cpuMillis: number | undefined;
  memoryBytes: number | undefined;
}
