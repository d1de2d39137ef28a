import { DEFAULT_ACCELERATOR } from '../../model/accelerators.ts';
import type { LabelPrefix } from '../../model/kubeObject.ts';

/** What a job in a pool needs to know of the site; see `gpuctl-yaml.md`, pool. */
export interface PoolSite {
  rackLabel?: string;
  network?: 'pod' | 'host';
  ncclSocketIfname?: string;
  rdmaResource?: string;
  storageClass?: string;
  queue?: string;
  prometheus?: string;
  restricted?: boolean;
}

/** What a build wants to know of a node. */
export interface SiteNode {
  name: string;
  labels: Readonly<Record<string, string>>;
  /** Its pool, under whichever prefix the label stands. */
  pool: string | undefined;
}

/** How the nodes of a pool share the memory of a GPU, as their device plugin has it (`gpuShare`). */
export interface GpuSharing {
  /** Resource by which the share is asked for: `aliyun.com/gpu-mem`, `nvidia.com/gpumem`. */
  resource: string;
  /** Unit that the resource counts in. */
  unit: 'GiB' | 'MiB';
  /** Whether the share stands in place of the GPU; else a GPU is asked for beside it. */
  inPlaceOfGpu: boolean;
}

/**
 * What the number of replicas can follow: KEDA with a Prometheus at an address, or the pod metrics that an adapter serves by name; with
 * `none` no autoscaler is built, since it would do nothing.
 */
export type ScalingSource =
  | { by: 'keda'; prometheus: string }
  | { by: 'hpa'; podMetrics: readonly string[] }
  | { by: 'none' };

/** What a build depends on besides the document: decided by what the cluster has. Offline: `OFFLINE`. */
export interface Site {
  /** `undefined` offline where the document names none. */
  namespace: string | undefined;
  /** Prefix of the labels that we write. */
  prefix: LabelPrefix;
  /** Settings of the job's pool. */
  pool: PoolSite;
  /** All nodes, where they are known; their labels decide selectors. */
  nodes: readonly SiteNode[];
  /** Whether the PriorityClass of the job exists (or could be made). */
  priorityClass: boolean;
  /** Extended resource by which GPUs are asked for. */
  accelerator: string;
  sharing: GpuSharing | undefined;
  scaling: ScalingSource;
  /** Kueue LocalQueue that decides when the job starts; only where Kueue is served. */
  queue: string | undefined;
  /** The rack that a job with `sameRack: required` is put into: a label of nodes and its value. */
  rack: { label: string; value: string } | undefined;
  /** Token of a notebook that gpuctl chooses; made once, kept by the Secret. */
  token: string;
  /** Which run of the job of this name it is, from 1. */
  run: number;
  /** Annotations without prefix, such as `source` and `spec-hash`. */
  annotations: Readonly<Record<string, string>>;
}

/** What is taken for granted where there is no cluster to ask; `gpuctl-yaml.md`, fine print 14. */
export const OFFLINE: Site = {
  namespace: undefined,
  prefix: 'gpuctl',
  pool: {},
  nodes: [],
  priorityClass: true,
  accelerator: DEFAULT_ACCELERATOR,
  sharing: undefined,
  scaling: { by: 'keda', prometheus: 'http://prometheus.example' },
  queue: undefined,
  rack: undefined,
  token: '<generated>',
  run: 1,
  annotations: {},
};
