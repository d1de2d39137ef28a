import type { QuotaUse } from '../operations/quotas.ts';
import type { GpuCountDto, JobDto, NodeDto, PoolDto, TroubleDto } from '../protocol.ts';

/** What can be listed. */
export const LISTS = ['jobs', 'pools', 'nodes', 'quotas'] as const;
export type ListName = (typeof LISTS)[number];

/** What a list has. */
export type ListItem = JobItem | PoolItem | NodeItem | QuotaItem;

/**
 * What `-o json` and `-o yaml` show. These shapes are promised by `docs/cli.md`: keys are added, never renamed or removed, and what is
 * not known is absent. They are apart from the protocol, which may change with each version.
 */
export interface JobItem {
  name: string;
  namespace: string;
  /** `training`, `inference`, `notebook`, `compute`. */
  kind: string;
  phase: JobDto['phase'];
  /** The phase in words with its reason, in the language of the person. */
  state: string;
  trouble?: TroubleDto;
  gpus: number;
  gpuType?: string;
  pool: string;
  podsWanted: number;
  podsRunning: number;
  submittedBy?: string;
  createdAt?: string;
  startedAt?: string;
  endedAt?: string;
  pods: JobDto['pods'];
}

export interface PoolItem {
  /** `default` stands for the nodes that belong to no pool. */
  name: string;
  description?: string;
  gpus: GpuCountDto[];
  nodes: string[];
}

export interface NodeItem {
  name: string;
  pool: string;
  ready: boolean;
  cordoned: boolean;
  rack?: string;
  gpus: GpuCountDto[];
  /** Jobs that hold its GPUs. */
  jobs: { name: string; namespace: string; gpus: number }[];
}

export interface QuotaItem {
  name: string;
  namespace: string;
  cpu?: { limit: string; used?: string };
  memory?: { limit: string; used?: string };
  gpu?: { limit: string; used?: string };
}

/** The word of the dialect for the nodes that belong to no pool. */
const NO_POOL = 'default';

export function toJobItem({ ref: { name, namespace }, pool, kind, phase, state, gpus, ...rest }: JobDto): JobItem {
  const { trouble, gpuType, podsWanted, podsRunning, submittedBy, createdAt, startedAt, endedAt, pods } = rest;
  return {
    name,
    namespace,
    kind,
    phase,
    state,
    ...(trouble && { trouble }),
    gpus,
    ...(gpuType && { gpuType }),
    pool: pool || NO_POOL,
    podsWanted,
    podsRunning,
    ...(submittedBy && { submittedBy }),
    ...(createdAt && { createdAt }),
    ...(startedAt && { startedAt }),
    ...(endedAt && { endedAt }),
    pods,
  };
}

export const toPoolItem = ({ name, description, gpus, nodes }: PoolDto): PoolItem => ({
  name: name || NO_POOL,
  ...(description && { description }),
  gpus,
  nodes: nodes.map((node) => node.name),
});

export const toNodeItem = ({ name, ready, cordoned, rack, gpus, holders }: NodeDto, pool: PoolDto): NodeItem => ({
  name,
  pool: pool.name || NO_POOL,
  ready,
  cordoned,
  ...(rack && { rack }),
  gpus,
  jobs: holders.map((holder) => ({ name: holder.job, namespace: holder.namespace, gpus: holder.gpus })),
});

export const toQuotaItem = ({ name, namespace, amounts }: QuotaUse): QuotaItem => ({
  name,
  namespace,
  ...Object.fromEntries(amounts.map(({ resource, limit, used }) => [resource, { limit, ...(used && { used }) }])),
});
