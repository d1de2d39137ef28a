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
  requests: Amounts;
  /** Name of the job it belongs to, in its namespace. */
  job: string | undefined;
  /** Uid of what made it: a Job (then it tells the runs of one name apart), a ReplicaSet, a StatefulSet. */
  owner: string | undefined;
  rank: number | undefined;
  restarts: number;
  startedAt: string | undefined;
  endedAt: string | undefined;
  /** Why it is not well: a Kubernetes reason such as `ImagePullBackOff`, `Unschedulable`, `OOMKilled`, `PreemptionByScheduler`, and the raw text. */
  reason: string | undefined;
  detail: string | undefined;
  exitCode: number | undefined;
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
  /** Whether a person stopped it. */
  stopped: boolean;
  /** The queue that decides when it runs. */
  queue: string | undefined;
  /** Ended well (`complete`) or badly (`failed`); Kubernetes' reason for a failure. */
  outcome: 'complete' | 'failed' | undefined;
  reason: string | undefined;
  createdAt: string | undefined;
  startedAt: string | undefined;
  endedAt: string | undefined;
  submittedBy: string | undefined;
}

/** What the configuration of a pool says beside its nodes' labels. */
export interface PoolRecord {
  key: string;
  name: string;
  description: string | undefined;
  site: PoolSite;
}
