import { amountOf, minus, NOTHING, namesOf, plus } from '../state/amounts.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { Held } from '../state/nodeUsage.ts';
import type { NodeRecord, PodRecord } from '../state/records.ts';
import type { Ask } from './ask.ts';
import { isMeantFor, isOpenFor } from './matching.ts';

/** How many pods of a job there is room for on a node: never more than the job has. */
export interface Room {
  node: NodeRecord;
  /** Whether it takes the pods at all: ready, not cordoned, no taint in the way. */
  open: boolean;
  /** If nothing ran there. */
  empty: number;
  /** Beside what runs there now. */
  now: number;
  /** What is held there now, without the job's own pods of before. */
  held: Held;
  /** Whether there are such. */
  hasOwn: boolean;
}

/** What others are going to hold, node by node, beside what is held now. */
export type Taken = ReadonlyMap<string, Held>;
export const NONE_TAKEN: Taken = new Map();

/** The nodes that a job is meant for, by its labels, and the room on each. */
export function roomsFor(state: ClusterState, ask: Ask, taken: Taken = NONE_TAKEN): Room[] {
  const own = ownPods(state, ask);
  const counts = counterOf(ask);
  const rooms: Room[] = [];
  for (const node of state.nodesIn(ask.pool)) {
    if (!isMeantFor(ask.needs, node)) continue;
    const mine = own.get(node.name);
    const held = heldOn(state, node, mine, taken.get(node.name));
    const now = hasPorts(ask, state.podsOn(node.name)) ? counts(node, held) : 0;
    const open = isOpenFor(ask.needs, node);
    rooms.push({ node, open, empty: counts(node, NO_ONE), now, held, hasOwn: mine !== undefined });
  }
  return rooms;
}

/** How many pods of a job have room on a node beside what is held there; `only` looks at one resource. */
export type Counter = (node: NodeRecord, held: Held) => number;
export function counterOf({ needs, pods }: Ask, only?: string): Counter {
  const { requests, apart, hostPorts } = needs;
  const most = apart || hostPorts.length ? 1 : pods;
  const wanted = namesOf(requests)
    .filter((name) => only === undefined || name === only)
    .map((name) => [name, amountOf(requests, name)] as const);
  return ({ allocatable, maxPods }, held) => {
    let count = only === undefined || only === 'pods' ? Math.min(most, maxPods - held.pods) : most;
    for (const [name, amount] of wanted) {
      if (count <= 0) return 0;
      const free = amountOf(allocatable, name) - amountOf(held.amounts, name);
      if (free < amount * count) count = Math.floor(free / amount);
    }
    return Math.max(0, count);
  };
}

/** Resources that a job's pods take up, by name; a place for a pod is one of them. */
export const resourcesOf = ({ needs }: Ask): string[] => [...namesOf(needs.requests), 'pods'];

export const NO_ONE: Held = { amounts: NOTHING, pods: 0 };

export const addHeld = (a: Held, b: Held): Held => ({ amounts: plus(a.amounts, b.amounts), pods: a.pods + b.pods });
export const lessHeld = (a: Held, b: Held): Held => ({ amounts: minus(a.amounts, b.amounts), pods: a.pods - b.pods });

function heldOn(state: ClusterState, { name }: NodeRecord, own: Held | undefined, taken: Held | undefined): Held {
  let held: Held = state.usageOf(name);
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
