import { request } from './method.ts';

/**
 * - `off`: nothing asked for a connection yet, or the workspace is not trusted
 * - `none`: no kubeconfig or no usable context
 * - `connecting`: the first lists are under way
 * - `connected`: watches are live
 * - `offline`: was connected; what is known stays visible, `asOf` tells its age
 * - `failed`: never connected; `message` tells why
 */
export type ConnectionPhase = 'off' | 'none' | 'connecting' | 'connected' | 'offline' | 'failed';

export interface ConnectionDto {
  phase: ConnectionPhase;
  /** Names of the kubeconfig context and cluster, and the namespace that submits go to; said while it connects, too, where that is known. */
  context?: string;
  cluster?: string;
  /** Stands for the address of the cluster: a context of the same name in another kubeconfig has another. */
  id?: string;
  namespace?: string;
  /** One sentence: what is wrong and what to do. */
  message?: string;
  /** The raw cause (a Kubernetes status, a system error), shown only on demand. */
  detail?: string;
  /** What is risky about a connection that works: nobody checks who answers. */
  warning?: string;
  /** Whether GPUs can be counted; else a sentence why not and what to do. */
  capacity: { known: true } | { known: false; reason: string };
  /** When the held state was last confirmed by the cluster. */
  asOf?: string;
}

export interface TargetList {
  current?: string;
  contexts: { name: string; cluster: string; namespace: string; user: string }[];
  /** Namespaces that may be listed; empty where the right is missing (the person may still type one). */
  namespaces: string[];
}

/** Requests about the connection. */
export const connectionRequests = {
  connection: request<void, ConnectionDto>('gpuctl/connection'),
  listTargets: request<void, TargetList>('gpuctl/target/list'),
  selectTarget: request<{ context?: string; namespace?: string }, ConnectionDto>('gpuctl/target/select'),
  reconnect: request<void, ConnectionDto>('gpuctl/connection/reconnect'),
} as const;
