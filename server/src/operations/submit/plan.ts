import { createHash } from 'node:crypto';
import type { Message } from '../../../../l10n/index.ts';
import type { ObjectRef } from '../ports.ts';

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

/** Arguments of questions that change by themselves: how a job is doing, how many of its pods would start at this moment. */
const STATES: readonly string[] = ['state', 'now'];

/**
 * Stands for what is asked of a person, with all that the questions name, and what it is done to: an agreement holds for this and nothing
 * else. How the job is doing meanwhile makes no difference.
 */
export function digestOf({ context, namespace, kind, name, uid, outcome, changes, asks }: Plan): string {
  // A question lists a few names of many: the objects are all of them.
  const touched = changes.flatMap(({ do: what, object }) => (what === 'leave' ? [] : [{ what, ...object }]));
  const text = JSON.stringify([context, namespace, kind, name, uid, outcome, touched, asks], (key, value) =>
    STATES.includes(key) ? undefined : value,
  );
  return createHash('sha256').update(text).digest('hex');
}
