import type { RangeDto } from './documents.ts';
import { request } from './method.ts';

/** GPU counts of one type. `unavailable` are those of cordoned or not ready nodes: neither in `total`, `used` nor `free`. What is absent is unknown. */
export interface GpuCountDto {
  type: string;
  total: number;
  used?: number;
  free?: number;
  unavailable: number;
  /** GPUs that their driver takes for broken, in none of the other numbers; absent: none. */
  unhealthy?: number;
  /** Most GPUs that are free together on one node. */
  largestBlock?: number;
}

export interface NodeDto {
  name: string;
  ready: boolean;
  cordoned: boolean;
  /** It takes no jobs for another reason: it is set aside by a taint. */
  closed?: true;
  rack?: string;
  gpus: GpuCountDto[];
  /**
   * Jobs that hold GPUs on this node, and since when. `other`: it cannot be shown among the jobs, since it is none of gpuctl (`no-job`), or since
   * it is not seen (`unseen`).
   */
  holders: { job: string; namespace: string; gpus: number; since?: string; other?: 'no-job' | 'unseen' }[];
}

export interface PoolDto {
  /** Empty for the nodes that belong to no pool. */
  name: string;
  description?: string;
  gpus: GpuCountDto[];
  nodes: NodeDto[];
}

/** What of the window's namespace is limited, and how much of it is taken. */
export interface QuotaDto {
  name: string;
  namespace: string;
  limits: QuotaLimitDto[];
}
/** `used` and `hard` are amounts as people write them; `share` is how much of it is taken, 0 to 1 and more. Both are absent until the cluster has counted. */
export interface QuotaLimitDto {
  what: string;
  used?: string;
  hard: string;
  share?: number;
  /** Whether it counts GPUs. */
  gpus?: true;
}

export interface PoolsDto {
  pools: PoolDto[];
  /** Why nothing can be said of capacity, as a sentence. */
  unknown?: string;
  /** Quotas of the window's namespace; absent where there are none. */
  quotas?: QuotaDto[];
  /** Why the person may not put nodes into pools or take them out, as far as that is known. */
  refused?: string;
}

/** Nodes that are put into a pool, or (without `pool`) taken out of theirs. */
export interface BindParams {
  nodes: string[];
  pool?: string;
  /** Context in which the person chose this; another one by now is refused. */
  context?: string;
  /** The `digest` of the plan that the person agreed to; without it nothing is done. */
  agreed?: string;
}

/** What putting nodes into a pool, or taking them out, changes. */
export interface BindPlanDto {
  context: string;
  cluster: string;
  /** What it means, one sentence each. */
  sentences: string[];
  /** What is done to each object, one line each; none where all is so already. */
  changes: string[];
  warnings: string[];
  /** Stands for this plan. */
  digest: string;
}

/** `done: false`: this is what would be done; it wants agreement, as somebody else changed something since. */
export interface BindResult {
  done: boolean;
  plan: BindPlanDto;
}

/** A job of a file as it would be in another pool. */
export interface ProposedJobDto {
  name: string;
  kind: string;
  namespace: string;
  /** The pool that stands there; absent: none. */
  from?: string;
  /** Whether there is nothing to change: it names that pool already. */
  same?: true;
  /** Whether it would run there now, and why not; or that it is not known. */
  verdict: string;
  fits?: boolean;
  /** Why it cannot be submitted. */
  error?: string;
  /** Which gpuctl document of the file it is, from 0. */
  document: number;
}

/** A file whose jobs would go to another pool. */
export interface ProposalDto {
  context?: string;
  cluster?: string;
  jobs: ProposedJobDto[];
  /** Whether the file holds nothing else. */
  whole: boolean;
  /** The changes of the file's text, in order. */
  edits: { range: RangeDto; text: string }[];
}

/** The pool whose free GPUs the person wants to see: the chosen one, else that of the open file, of the last job, or the only one. */
export interface PoolInUseDto {
  name: string;
  why: 'chosen' | 'document' | 'job' | 'only';
  gpus: GpuCountDto[];
  /** Whether there is no such pool; `unknown`: whether its nodes may not be seen. */
  absent?: true;
  unknown?: true;
}

/** Requests about pools. */
export const poolsRequests = {
  pools: request<void, PoolsDto>('gpuctl/pools/list'),
  bindNodes: request<BindParams, BindResult>('gpuctl/pool/bind'),
  /** What submitting the jobs of a file to a pool would mean. `text` is used where the file is not open. Nothing is done. */
  proposePool: request<{ uri: string; text?: string; pool: string }, ProposalDto>('gpuctl/pool/propose'),
  /** null where no pool is in use. `chosen`: by the person; `uri`: the file before them, and the line of the cursor. */
  poolInUse: request<{ chosen?: string; uri?: string; line?: number }, PoolInUseDto | null>('gpuctl/pool/inUse'),
} as const;
