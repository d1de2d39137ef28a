// The demo cluster as data: nodes and pools here, jobs of other people in demoJobs.ts, users and rights in demoRights.ts.

/** A node, as procnodes takes it (procnodes/config.go). Quantities as Kubernetes writes them; GPU memory in MiB. */
export interface ProcessNode {
  name: string;
  labels?: Record<string, string>;
  taints?: { key: string; value?: string; effect: string }[];
  cordoned?: boolean;
  allocatable: Record<string, string>;
  gpuModel?: string;
  gpuMemoryMiB?: number;
}

/** What images with this prefix mean: nothing is ever pulled, the longest matching prefix wins. */
export interface ImageRule {
  prefix: string;
  /** The image cannot be pulled, with this text; `{image}` is its name. */
  pullError?: string;
  /** How long a pull takes, milliseconds. */
  pullMillis?: number;
  entrypoint?: string[];
  cmd?: string[];
  env?: Record<string, string>;
  /** A folder put before PATH: the "contents" of the image. */
  pathPrefix?: string;
}

/** Nodes and their ways. Back-off of crashing containers in seconds; default 10, doubled up to 300, as kubelet's. */
export interface NodesConfig {
  nodes: ProcessNode[];
  images?: ImageRule[];
  backoffSeconds?: number;
  backoffMaxSeconds?: number;
  /** `none`: containers without namespaces, as where there is no root or no Linux. Default `auto`. */
  isolation?: 'auto' | 'overlay' | 'none';
}

/** A pool of the demo; `nodes` includes those that are cordoned or not ready. */
export interface Pool {
  name: string;
  description: string;
  gpuType: string;
  /** In `pool.site` of the pool document. */
  site: Record<string, string>;
  nodes: string[];
}

const RACK_LABEL = 'cloud.provider.com/topology-rack';
const resolveFailure = 'failed to pull and unpack image "docker.io/{image}": failed to resolve reference';

/** Images that behave badly on purpose; every other image is "already present" and brings nothing but its name. */
export const IMAGES: ImageRule[] = [
  { prefix: 'broken/', pullError: `${resolveFailure} "docker.io/{image}": docker.io/{image}: not found` },
  {
    prefix: 'private/',
    pullError:
      `${resolveFailure} "docker.io/{image}": pull access denied, repository does not exist or may require ` +
      'authorization: server message: insufficient_scope: authorization failed',
  },
  { prefix: 'slow/', pullMillis: 5000 },
  { prefix: 'demo/sleep', entrypoint: ['sleep'], cmd: ['infinity'] },
];

interface GpuKind {
  pool: string;
  type: string;
  product: string;
  model: string;
  memoryMiB: number;
  perNode: number;
  cpu: string;
  memory: string;
}

const A100: GpuKind = {
  pool: 'training-pool',
  type: 'A100-80G',
  product: 'NVIDIA-A100-SXM4-80GB',
  model: 'NVIDIA A100-SXM4-80GB',
  memoryMiB: 81_920,
  perNode: 8,
  cpu: '96',
  memory: '960Gi',
};

const A10: GpuKind = {
  pool: 'inference-pool',
  type: 'A10-24G',
  product: 'NVIDIA-A10',
  model: 'NVIDIA A10',
  memoryMiB: 23_028,
  perNode: 4,
  cpu: '48',
  memory: '192Gi',
};

const L40S: GpuKind = {
  pool: 'dev-pool',
  type: 'L40S-48G',
  product: 'NVIDIA-L40S',
  model: 'NVIDIA L40S',
  memoryMiB: 46_068,
  perNode: 2,
  cpu: '32',
  memory: '128Gi',
};

function gpuNode(
  name: string,
  kind: GpuKind,
  zone: string,
  rack: string,
  more: Partial<ProcessNode> = {},
): ProcessNode {
  return {
    name,
    labels: {
      'gpuctl/pool': kind.pool,
      'gpuctl/gpu-type': kind.type,
      'nvidia.com/gpu.product': kind.product,
      'nvidia.com/gpu.count': String(kind.perNode),
      'nvidia.com/gpu.memory': String(kind.memoryMiB),
      'topology.kubernetes.io/zone': zone,
      [RACK_LABEL]: rack,
    },
    allocatable: {
      cpu: kind.cpu,
      memory: kind.memory,
      'ephemeral-storage': '1Ti',
      pods: '110',
      'nvidia.com/gpu': String(kind.perNode),
    },
    gpuModel: kind.model,
    gpuMemoryMiB: kind.memoryMiB,
    ...more,
  };
}

/**
 * The nodes that run. training-pool: n1–n4 (two racks), besides n5, cordoned: its 8 GPUs are there and are not free.
 * dev-pool has NVIDIA's usual taint, so that a toleration that is missing is noticed; the others have none, so that
 * `kubectl run` and hand-written pods get in without knowing about it. c1 belongs to no pool and has no GPU.
 */
export const demoNodes: NodesConfig = {
  images: IMAGES,
  nodes: [
    gpuNode('n1', A100, 'zone-a', 'rack-1'),
    gpuNode('n2', A100, 'zone-a', 'rack-1'),
    gpuNode('n3', A100, 'zone-a', 'rack-2'),
    gpuNode('n4', A100, 'zone-a', 'rack-2'),
    gpuNode('n5', A100, 'zone-a', 'rack-2', { cordoned: true }),
    gpuNode('i1', A10, 'zone-b', 'rack-3'),
    gpuNode('i2', A10, 'zone-b', 'rack-3'),
    gpuNode('d1', L40S, 'zone-b', 'rack-4', {
      taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
    }),
    {
      name: 'c1',
      labels: { 'topology.kubernetes.io/zone': 'zone-b' },
      allocatable: { cpu: '32', memory: '128Gi', 'ephemeral-storage': '1Ti', pods: '110' },
    },
  ],
};

/** Also in training-pool, but only as an object of the API: nothing serves it, so it is NotReady. Its GPUs are not free. */
export const notReadyNode: ProcessNode = gpuNode('n6', A100, 'zone-a', 'rack-2');

/** No nodes, the same images. */
export const noNodes: NodesConfig = { images: IMAGES, nodes: [] };

/** The pools; their membership is what the labels above say. */
export const pools: Pool[] = [
  {
    name: 'training-pool',
    description: 'A100 80 GB, two racks, for training',
    gpuType: A100.type,
    site: { rackLabel: RACK_LABEL },
    nodes: ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'],
  },
  {
    name: 'inference-pool',
    description: 'A10 24 GB, for services',
    gpuType: A10.type,
    site: {},
    nodes: ['i1', 'i2'],
  },
  { name: 'dev-pool', description: 'L40S 48 GB, for notebooks', gpuType: L40S.type, site: {}, nodes: ['d1'] },
];
