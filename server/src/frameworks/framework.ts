import type { JobModel } from '../kinds/kind.ts';
import type { KubeObject, LabelPrefix } from '../model/kubeObject.ts';
import type { NodeRecord, PoolSite } from '../state/records.ts';

/** What a build depends on besides the document: decided by what the cluster has. */
export interface Site {
  namespace: string;
  /** Prefix of the labels that we write. */
  prefix: LabelPrefix;
  /** Settings of the job's pool. */
  pool: PoolSite;
  /** Nodes of the job's pool, where they are known; their labels decide selectors. */
  poolNodes: readonly NodeRecord[];
  /** Whether the PriorityClass of the job exists (or could be made). */
  priorityClass: boolean;
  annotations: Record<string, string>;
}

/** Everything that one job becomes. The order is that of creation. */
export interface BuiltJob {
  /** The main resource, unable to start: suspended, or with no replicas. */
  main: KubeObject;
  /** What it owns; deleted with it. */
  owned: KubeObject[];
  /** What outlives it: storage. */
  kept: KubeObject[];
  /** Merge patch that lets the main resource start. */
  start: object;
  /** A pod as the cluster will make it, for a dry run of what speaks only at pods: quota, security, webhooks. */
  pod: KubeObject;
}

/** Builds the resources of jobs, and says what is lost of the document on the way. */
export interface Framework {
  readonly name: string;
  /** Kinds of jobs that it builds. */
  readonly builds: readonly string[];
  build(model: JobModel, site: Site): BuiltJob;
}
