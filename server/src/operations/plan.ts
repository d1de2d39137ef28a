import { createHash } from 'node:crypto';
import type { Message } from '../../../l10n/index.ts';
import type { ObjectRef } from './ports.ts';

/** What happens to one object. `replace`: it is deleted and made again, since what differs can never be changed in place. */
export interface PlannedChange {
  do: 'create' | 'change' | 'replace' | 'remove' | 'leave';
  object: ObjectRef;
  /** What differs, for `change` and `replace`: paths such as `spec.template.spec.containers[0].image`, in order. */
  fields: string[];
}

/**
 * - `created`: it was not there, or was begun and is finished now
 * - `changed`: it was there and is now what the document says
 * - `replaced`: another of that name is deleted for it
 * - `unchanged`: the very same was submitted before and is still there
 */
export type Outcome = 'created' | 'changed' | 'replaced' | 'unchanged';

/** What a submit would do, before anything is done. */
export interface Plan {
  /** Context and cluster that were looked at. */
  context: string;
  cluster: string;
  /** `undefined` where it belongs to the whole cluster. */
  namespace: string | undefined;
  kind: string;
  name: string;
  /** Uid of the main resource that is there already. */
  uid?: string | undefined;
  outcome: Outcome;
  changes: PlannedChange[];
  /** What others or the person lose by it, one sentence each. Where there is one, it is only done when agreed to. */
  asks: Message[];
  warnings: Message[];
  /** Whether it can be made without being started, since it would only start in part now. */
  canHold?: boolean;
}

/** A plan, and how it is carried out. */
export interface Prepared {
  plan: Plan;
  carryOut(signal: AbortSignal): Promise<void>;
}

/**
 * Stands for what is asked of a person: an agreement holds for this and nothing else. How the job is doing meanwhile makes no difference.
 */
export const digestOf = ({ context, namespace, kind, name, uid, outcome, asks }: Plan): string =>
  createHash('sha256')
    .update(JSON.stringify([context, namespace, kind, name, uid, outcome, asks.map(({ key }) => key)]))
    .digest('hex');
