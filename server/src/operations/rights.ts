import { kindWord, type Message, message } from '../../../l10n/index.ts';
import type { KnownRights, MissingRight } from '../capacity/accessRules.ts';
import { type DocumentModel, isJob } from '../kinds/kind.ts';
import type { QuotaModel } from '../kinds/quota/model.ts';
import type { JobGesture } from '../protocol.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { WorkloadRecord } from '../state/records.ts';
import {
  gesturesFor,
  POOL_RIGHTS,
  quotaRights,
  resourceOf,
  rightsFor,
  rightsToChange,
  rightsToSubmit,
  useOf,
} from './gestures.ts';
import type { Access, Cluster } from './ports.ts';
import type { Session } from './session.ts';

/** What the rights are asked of, and who is told. */
interface Asked {
  /** The open connection; `undefined` while there is none. */
  cluster(): Cluster | undefined;
  /** Whether anybody looks. */
  isWatched(): boolean;
  use<T>(run: (cluster: Cluster) => Promise<T>): Promise<T>;
  /** A right is known now, or is another than before. */
  changed(): void;
}

interface Held {
  access: Access;
  allowed: boolean | undefined;
  /** Milliseconds since 1970 from when on it is to be asked again. */
  until: number;
  /** When somebody last wanted to know. */
  read: number;
  asking: Promise<boolean | undefined> | undefined;
}

/** Milliseconds for which an answer holds; a right that was just given is wanted soon. */
const ALLOWED_HOLDS = 180_000;
const REFUSED_HOLDS = 20_000;
const UNKNOWN_HOLDS = 60_000;
/** Milliseconds for one question, between two rounds of them, and after which what nobody reads is not asked again. */
const PATIENCE = 5_000;
const PAUSE = 1_000;
const WANTED = 3_600_000;
/** Rights that are held; further ones are unknown. */
const KEPT = 500;

/**
 * What the person may do on the open connection, to be read at any moment: nothing here waits, and what is not known yet is asked for in the
 * background. `undefined` is unknown, and is offered. A right that holds in all namespaces is not asked for in each.
 */
export class Rights {
  private readonly asked: Asked;
  private readonly now: () => number;
  private readonly held = new Map<string, Held>();
  private timer: NodeJS.Timeout | undefined;
  private lastRound = 0;
  private doubts = 0;

  constructor(asked: Asked, now: () => number = Date.now) {
    this.asked = asked;
    this.now = now;
  }

  may(access: Access): boolean | undefined {
    const held = this.asked.cluster() && this.hold(access);
    if (!held) return undefined;
    held.read = this.now();
    if (held.until <= held.read) void this.ask(held);
    return held.allowed;
  }

  /** The first right that is known to be missing. */
  lacking(accesses: readonly Access[]): Access | undefined {
    return accesses.filter((access) => this.may(access) === false)[0]; // all of them are looked at, so that all are known soon
  }

  /** The cluster refused something: what was allowed may be refused by now. It is asked for at once. */
  doubt(): void {
    this.doubts++;
    for (const held of this.held.values()) held.until = 0;
    this.schedule();
  }

  /** Another connection, another person: nothing is known. */
  forget(): void {
    clearTimeout(this.timer);
    this.held.clear();
  }

  private hold(access: Access): Held | undefined {
    const { verb, group, namespace = '', name = '' } = access;
    const key = `${verb} ${group}/${resourceOf(access)} ${namespace}/${name}`;
    let held = this.held.get(key);
    if (!held && this.held.size < KEPT) {
      held = { access, allowed: undefined, until: 0, read: 0, asking: undefined };
      this.held.set(key, held);
    }
    return held;
  }

  /** One question for a right at a time. Never fails. */
  private ask(held: Held): Promise<boolean | undefined> {
    held.asking ??= this.answer(held).finally(() => {
      held.asking = undefined;
      this.schedule();
    });
    return held.asking;
  }

  private async answer(held: Held): Promise<boolean | undefined> {
    const connection = this.asked.cluster();
    const { doubts } = this;
    let allowed: boolean | undefined;
    try {
      allowed = (await this.isAllowedEverywhere(held.access)) || (await this.question(held.access));
    } catch {
      allowed = undefined; // the connection tells of its own troubles
    }
    if (connection !== this.asked.cluster()) return undefined;
    const holds = allowed === undefined ? UNKNOWN_HOLDS : allowed ? ALLOWED_HOLDS : REFUSED_HOLDS;
    held.until = doubts === this.doubts ? this.now() + holds : 0;
    if (allowed !== held.allowed) {
      held.allowed = allowed;
      this.asked.changed();
    }
    return allowed;
  }

  private async isAllowedEverywhere({ namespace, ...access }: Access): Promise<boolean> {
    const held = namespace === undefined ? undefined : this.hold(access);
    if (!held) return false;
    held.read = this.now();
    return (held.until > held.read ? held.allowed : await this.ask(held)) === true;
  }

  private question(access: Access): Promise<boolean | undefined> {
    return this.asked.use((cluster) => cluster.mayI(access, { timeout: PATIENCE, fresh: true }));
  }

  /** Asks again in time, as long as somebody looks. */
  private schedule(): void {
    clearTimeout(this.timer);
    const due = Math.min(...this.wanted().map(({ until }) => until));
    if (due === Number.POSITIVE_INFINITY) return;
    const at = Math.max(due, this.lastRound + PAUSE);
    this.timer = setTimeout(() => this.askAgain(), Math.max(0, at - this.now())).unref();
  }

  private askAgain(): void {
    this.lastRound = this.now();
    for (const held of this.wanted()) if (held.until <= this.lastRound) void this.ask(held);
  }

  private wanted(): Held[] {
    if (!this.asked.isWatched()) return [];
    const since = this.now() - WANTED;
    return [...this.held.values()].filter(({ read, asking }) => read > since && !asking);
  }
}

/** What of a session tells what its person may do. */
type Seen = Pick<Session, 'rights' | 'state' | 'status'>;

/** Why gestures on a job are not offered, a sentence each. */
export function refusedGestures(
  { rights, status }: Seen,
  workload: WorkloadRecord,
): Partial<Record<JobGesture, Message>> {
  const refused: Partial<Record<JobGesture, Message>> = {};
  const cluster = status.target?.cluster ?? '';
  const { namespace, jobKind } = workload;
  for (const gesture of gesturesFor(workload)) {
    const right = rights.lacking(rightsFor(gesture, workload));
    if (!right) continue;
    const what =
      gesture === 'log'
        ? message('access.gesture.log')
        : message(`access.gesture.${gesture}`, { kind: kindWord(jobKind) });
    const { verb } = right;
    refused[gesture] = message('access.may-not', { what, namespace, cluster, verb, resource: resourceOf(right) });
  }
  return refused;
}

/** Namespaces of a quota that are looked at. */
const NAMESPACES = 5;

/** What is known of the person's rights, for findings; `undefined` without a connection. */
export function knownRights({ rights, state, status }: Seen): KnownRights | undefined {
  const { target, namespace: chosen } = status;
  if (!target) return undefined;
  const missing = (accesses: readonly Access[]): MissingRight | undefined => {
    const right = rights.lacking(accesses);
    return right && { verb: right.verb, resource: resourceOf(right), namespace: right.namespace };
  };
  return {
    cluster: target.cluster,
    missingToSubmit: (model) => missing(rightsOf(model, chosen, state)),
    mayUsePool: (pool) => (state.pool(pool)?.site.restricted ? rights.may(useOf(pool)) : true),
  };
}

function rightsOf(model: DocumentModel, chosen: string, state: ClusterState): readonly Access[] {
  if (model.kind === 'pool') return POOL_RIGHTS;
  if (model.kind === 'quota')
    return (model as QuotaModel).namespaces.slice(0, NAMESPACES).flatMap(({ name }) => quotaRights(name));
  if (!isJob(model)) return [];
  const namespace = model.namespace ?? chosen;
  const there = state.workload(namespace, model.name);
  return there && !there.outcome ? rightsToChange(model.kind, namespace) : rightsToSubmit(model.kind, namespace);
}
