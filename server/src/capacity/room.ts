import { minus, NOTHING, namesOf, plus } from '../state/amounts.ts';
import type { ClusterState, Place } from '../state/clusterState.ts';
import type { Held, NodeUsage } from '../state/nodeUsage.ts';
import type { NodeRecord, PodRecord } from '../state/records.ts';
import type { Ask } from './ask.ts';
import { isMeantFor, isOpenFor } from './matching.ts';

/** How many pods of a job there is room for on a node: never more than the job has. */
export interface Room {
  node: NodeRecord;
  /** Whether it takes the pods at all: ready, not cordoned, no taint in the way. */
  open: boolean;
  /** Beside what runs there now. */
  now: number;
  /** Once all pods of lower priority are gone: see `pushOut`. */
  after: number;
  /** What is held there now, without the job's own pods of before. */
  held: Held;
  /** Whether there are such. */
  hasOwn: boolean;
  /** All that is held there, by priority, too. */
  usage: NodeUsage;
}

/** What others are going to hold, node by node, beside what is held now. */
export type Taken = ReadonlyMap<string, Held>;
export const NONE_TAKEN: Taken = new Map();

/** The nodes that a job is meant for, by its labels, and the room on each. */
export function roomsFor(state: ClusterState, ask: Ask, taken: Taken = NONE_TAKEN): Room[] {
  const own = ownPods(state, ask);
  const counts = counterOf(ask);
  const isPlain = !own.size && !taken.size && !ask.needs.hostPorts.length;
  return candidatesFor(state, ask).map(({ node, open, usage }): Room => {
    if (isPlain) {
      const now = counts(node, usage);
      return { node, open, now, after: now, held: usage, hasOwn: false, usage };
    }
    const mine = own.get(node.name);
    const held = heldOn(usage, mine, taken.get(node.name));
    const now = hasPorts(ask, state.podsOn(node.name)) ? counts(node, held) : 0;
    return { node, open, now, after: now, held, hasOwn: mine !== undefined, usage };
  });
}

interface Candidate extends Place {
  open: boolean;
}
/** Which nodes a job may go to changes with the nodes alone: it is found once for all the jobs that differ in their demands only. */
const known = new WeakMap<ClusterState, { version: number; candidates: Map<string, readonly Candidate[]> }>();
/** Different ones that are remembered. */
const MOST_KNOWN = 50;

function candidatesFor(state: ClusterState, { pool, needs }: Ask): readonly Candidate[] {
  let of = known.get(state);
  if (of?.version !== state.siteVersion || of.candidates.size > MOST_KNOWN) {
    of = { version: state.siteVersion, candidates: new Map() };
    known.set(state, of);
  }
  const key = JSON.stringify([pool, needs.selector, needs.terms, needs.tolerations]);
  let candidates = of.candidates.get(key);
  if (!candidates) {
    candidates = state
      .placesIn(pool)
      .filter(({ node }) => isMeantFor(needs, node))
      .map(({ node, usage }) => ({ node, usage, open: isOpenFor(needs, node) }));
    of.candidates.set(key, candidates);
  }
  return candidates;
}

/** How many pods of a job have room on a node beside what is held there, once some of that is `gone`. */
export type Counter = (node: NodeRecord, held: Held, gone?: Held) => number;

/** How many pods of a job a node takes, be it as large as it may. */
export const mostOnNode = ({ needs, pods }: Ask): number => (needs.apart || needs.hostPorts.length ? 1 : pods);

/** Counts the room for a job's pods. */
export function counterOf(ask: Ask): Counter {
  const { cpuMillis: cpu, memoryBytes: memory, ...more } = ask.needs.requests;
  const most = mostOnNode(ask);
  const gpus = Object.entries(more.gpus).filter(([, amount]) => amount);
  const others = Object.entries(more.others).filter(([, amount]) => amount);
  const fewer = (count: number, free: number, amount: number) =>
    free < amount * count ? Math.floor(free / amount) : count;
  // Runs for each node of a pool at each key.
  return ({ allocatable: all, maxPods }, { amounts, pods: present }, gone = NO_ONE) => {
    const less = gone.amounts;
    let count = Math.min(most, maxPods - present + gone.pods);
    if (cpu) count = fewer(count, all.cpuMillis - amounts.cpuMillis + less.cpuMillis, cpu);
    if (memory) count = fewer(count, all.memoryBytes - amounts.memoryBytes + less.memoryBytes, memory);
    for (const [name, amount] of gpus)
      count = fewer(count, (all.gpus[name] ?? 0) - (amounts.gpus[name] ?? 0) + (less.gpus[name] ?? 0), amount);
    for (const [name, amount] of others)
      count = fewer(count, (all.others[name] ?? 0) - (amounts.others[name] ?? 0) + (less.others[name] ?? 0), amount);
    return Math.max(0, count);
  };
}

/** Resources that a job's pods take up, by name; a place for a pod is one of them. */
export const resourcesOf = ({ needs }: Ask): string[] => [...namesOf(needs.requests), 'pods'];

export const NO_ONE: Held = { amounts: NOTHING, pods: 0 };

export const addHeld = (a: Held, b: Held): Held => ({ amounts: plus(a.amounts, b.amounts), pods: a.pods + b.pods });
export const lessHeld = (a: Held, b: Held): Held => ({ amounts: minus(a.amounts, b.amounts), pods: a.pods - b.pods });

function heldOn(usage: Held, own: Held | undefined, taken: Held | undefined): Held {
  let held = usage;
  if (own) held = lessHeld(held, own);
  if (taken) held = addHeld(held, taken);
  return held;
}

/** What the job itself holds: its pods of before go when it is submitted again. */
function ownPods(state: ClusterState, { namespace, name }: Ask): Map<string, Held> {
  const own = new Map<string, Held>();
  for (const { node, nominatedNode, phase, requests } of state.podsOf(namespace, name, undefined)) {
    const at = node ?? nominatedNode;
    if (at === undefined || phase === 'Succeeded' || phase === 'Failed') continue;
    own.set(at, addHeld(own.get(at) ?? NO_ONE, { amounts: requests, pods: 1 }));
  }
  return own;
}

/** Whether a pod is one of the job itself. */
export const isOwn = ({ name, namespace }: Ask, pod: PodRecord): boolean =>
  pod.job === name && pod.namespace === namespace;

/** Whether the ports of a node that a job wants are free beside these pods. */
export function hasPorts(ask: Ask, pods: Iterable<PodRecord>): boolean {
  const { hostPorts } = ask.needs;
  if (!hostPorts.length) return true;
  for (const pod of pods) if (!isOwn(ask, pod) && pod.hostPorts?.some((port) => hostPorts.includes(port))) return false;
  return true;
}
