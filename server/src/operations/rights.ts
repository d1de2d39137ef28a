import { kindWord, type Message, message } from '../../../l10n/index.ts';
import type { KnownRights, MissingRight } from '../capacity/accessRules.ts';
import { type DocumentModel, isJob } from '../kinds/kind.ts';
import type { QuotaModel } from '../kinds/quota/model.ts';
import type { JobGesture, JobRef } from '../protocol.ts';
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
  /** Refusals one after the other. */
  refusals: number;
}

/** Milliseconds for which an answer holds; a gesture and a doubt do not wait for that. */
const KNOWN_HOLDS = 180_000;
/** The same for the first refusal, which is twice as long with each: roles may just be made, or an API server reads its rules still. */
const REFUSED_HOLDS = 15_000;
const UNKNOWN_HOLDS = 60_000;
/** Milliseconds for one question, between two rounds of them, and after which what nobody reads is not asked again. */
const PATIENCE = 5_000;
const PAUSE = 1_000;
const WANTED = 60_000;
/** Questions under way at a time: half of what a connection carries, so that a submit is not behind them. */
const AT_ONCE = 4;
/** Rights that are held; further ones are unknown. */
const KEPT = 500;

/** Who asks on one connection, and the questions that wait for their turn. */
interface Turns {
  taken: number;
  waiting: (() => void)[];
}

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
  private turns: Turns = { taken: 0, waiting: [] };

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

  /** Something is not as it was thought: nor may the rest be. What was read lately is asked for at once, the rest when it is read. */
  doubt(): void {
    this.doubts++;
    for (const held of this.held.values()) held.until = 0;
    this.schedule();
    if (this.held.size) this.asked.changed(); // what is shown is read again
  }

  /** Somebody wants to do now what is thought to be refused: asks the cluster, before all other questions. */
  async renew(accesses: readonly Access[]): Promise<void> {
    const refused = accesses.map((access) => this.held.get(keyOf(access))).filter((held) => held?.allowed === false);
    const answers = await Promise.all(refused.map((held) => held && this.answer(held, true)));
    if (answers.includes(true)) this.doubt();
  }

  /** Another connection, another person: nothing is known. */
  forget(): void {
    clearTimeout(this.timer);
    this.held.clear();
    this.turns = { taken: 0, waiting: [] };
  }

  private hold(access: Access): Held | undefined {
    const key = keyOf(access);
    let held = this.held.get(key);
    if (!held && this.held.size < KEPT) {
      held = { access, allowed: undefined, until: 0, read: 0, asking: undefined, refusals: 0 };
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

  private async answer(held: Held, isUrgent = false): Promise<boolean | undefined> {
    const connection = this.asked.cluster();
    const isOpen = () => connection !== undefined && connection === this.asked.cluster();
    let { doubts } = this;
    const question = async () => {
      if (!isOpen()) return undefined; // or it would open the next connection
      doubts = this.doubts;
      return this.asked.use((cluster) => cluster.mayI(held.access, { timeout: PATIENCE, fresh: true }));
    };
    let allowed: boolean | undefined;
    try {
      allowed = isUrgent
        ? await question()
        : (await this.isAllowedEverywhere(held.access)) || (await this.inTurn(question));
    } catch {
      allowed = undefined; // the connection tells of its own troubles
    }
    if (!isOpen()) return undefined;
    held.refusals = allowed === false ? held.refusals + 1 : 0;
    const holds = allowed === undefined ? UNKNOWN_HOLDS : Math.min(KNOWN_HOLDS, holdsFor(held.refusals));
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

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const { turns } = this;
    if (turns.taken < AT_ONCE) turns.taken++;
    else await new Promise<void>((go) => turns.waiting.push(go));
    try {
      return await work();
    } finally {
      const next = turns.waiting.shift();
      if (next) next();
      else turns.taken--;
    }
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

const holdsFor = (refusals: number): number => (refusals === 0 ? KNOWN_HOLDS : REFUSED_HOLDS * 2 ** (refusals - 1));

const keyOf = (access: Access): string =>
  `${access.verb} ${access.group}/${resourceOf(access)} ${access.namespace ?? ''}/${access.name ?? ''}`;

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
      gesture === 'log' || gesture === 'terminal' || gesture === 'forward'
        ? message(`access.gesture.${gesture}`)
        : message(`access.gesture.${gesture}`, { kind: kindWord(jobKind) });
    const { verb } = right;
    refused[gesture] = message('access.may-not', { what, namespace, cluster, verb, resource: resourceOf(right) });
  }
  return refused;
}

/** Why somebody who wants it now may not do it, as the cluster says now; `undefined` where they may, and where that is not known. */
export async function refusalNow(
  session: Seen,
  { namespace, name }: JobRef,
  gesture: JobGesture,
): Promise<Message | undefined> {
  const workload = session.state.workload(namespace, name);
  if (!workload) return undefined;
  await session.rights.renew(rightsFor(gesture, workload));
  return refusedGestures(session, workload)[gesture];
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
