import type { Message } from '../../../../l10n/index.ts';
import type { KubeObject } from '../../model/kubeObject.ts';
import type { CheckStatus } from '../../protocol.ts';
import type { CallOptions, Cluster } from '../ports.ts';

/** Areas in the order in which they are told. */
export const CHECK_AREAS = ['connection', 'gpus', 'metrics', 'scheduling', 'storage', 'rights'] as const;
export type CheckArea = (typeof CHECK_AREAS)[number];

/** What a look at one thing found. */
export interface Found {
  status: CheckStatus;
  found: Message;
  /** How to get it, where it is not good. */
  how?: Message | undefined;
}

/** One thing that a cluster has or lacks. */
export interface Check {
  id: string;
  area: CheckArea;
  what: Message;
  /** What one has of it. */
  gives: Message;
  /** Nothing goes without it; `if-seen`: but where it may not be seen, nobody is kept from anything. */
  needed?: 'always' | 'if-seen';
  /** Throws GpuctlError where something may not be seen, or the cluster does not answer. */
  look(probe: Probe): Promise<Found>;
}

/** What a check looks at. Lists that several checks want are asked for once. */
export interface Probe {
  cluster: Cluster;
  /** Namespace that submits go to. */
  namespace: string;
  /** Address of a Prometheus that a setting names. */
  prometheus: string | undefined;
  options: CallOptions & { signal: AbortSignal };
  version(): Promise<string>;
  nodes(): Promise<KubeObject[]>;
  storageClasses(): Promise<KubeObject[]>;
  /** What is kept of pools. */
  pools(): Promise<KubeObject[]>;
}

/** One line of what is told of a cluster. */
export interface CheckLine extends Found, Pick<Check, 'id' | 'area' | 'what' | 'gives'> {
  needed: boolean;
}
