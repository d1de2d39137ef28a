import type { Message } from '../../../../l10n/index.ts';
import type { KubeObject } from '../../model/kubeObject.ts';

/** Everything that one document becomes. */
export type Built = BuiltJob | BuiltSettings;

/** What a job becomes. The order is that of creation: kept, main, owned, start. */
export interface BuiltJob {
  /** What outlives it, and is never changed: storage. Made where it is absent. */
  kept: KubeObject[];
  /** The main resource, unable to start: suspended, or with no replicas. */
  main: KubeObject;
  /** What it owns; deleted with it. A Secret among them is made once and never changed. */
  owned: KubeObject[];
  /** Merge patch that lets the main resource start, or a queue start it. */
  start: object;
  /** A pod as the cluster will make it, for a dry run of what speaks only at pods: quota, security, webhooks. */
  pod: KubeObject;
  /** What of the document is not in it, and why. */
  leftOut: Message[];
}

/** What a pool or a quota becomes: objects without a main one, and labels of nodes. */
export interface BuiltSettings {
  /** Made where absent, never changed or removed: namespaces. */
  kept: KubeObject[];
  /** Made or changed, in order. */
  applied: KubeObject[];
  /** What earlier versions of the document made and this one does not: by the labels that all of it bears. */
  obsolete: { apiVersion: string; kind: string; labelSelector: string } | undefined;
  /** Labels that nodes get, or lose (`null`); only those that change. */
  nodes: NodeLabels[];
  leftOut: Message[];
}

export interface NodeLabels {
  node: string;
  labels: Record<string, string | null>;
  /** Pool that the node is in before, where it moves. */
  from: string | undefined;
}

export const isBuiltJob = (built: Built): built is BuiltJob => 'main' in built;
