import { request } from './method.ts';

export type CheckStatus = 'good' | 'missing' | 'unknown';

/** One thing that the cluster has or lacks. */
export interface CheckLineDto {
  /** `version`, `kueue`, `rights.logs` …; stable. */
  id: string;
  status: CheckStatus;
  /** Nothing goes without it. */
  needed: boolean;
  what: string;
  found: string;
  /** What one has of it. */
  gives: string;
  /** How to get it, where it is not good and something can be done. */
  how?: string;
}

export interface ClusterReportDto {
  context: string;
  cluster: string;
  namespace: string;
  /** Whether jobs can be submitted, seen and read. */
  fit: boolean;
  areas: { id: string; title: string; lines: CheckLineDto[] }[];
}

/** Requests that look a cluster over. */
export const checkRequests = {
  checkCluster: request<void, ClusterReportDto>('gpuctl/cluster/check'),
} as const;
