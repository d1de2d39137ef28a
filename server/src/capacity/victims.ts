import type { ClusterState } from '../state/clusterState.ts';
import type { Held } from '../state/nodeUsage.ts';
import type { PodRecord } from '../state/records.ts';
import type { Ask } from './ask.ts';
import { type Holder, holdersOf } from './holders.ts';
import { addHeld, counterOf, hasPorts, isOwn, lessHeld, NO_ONE, type Room } from './room.ts';

/** A job that would lose pods. */
export type Victim = Holder;

/** Finds out the places once all pods of lower priority are gone. */
export function pushOut(state: ClusterState, ask: Ask, rooms: readonly Room[]): void {
  const counts = counterOf(ask);
  const isPlain = !ask.needs.hostPorts.length;
  for (const room of rooms) {
    const { node, held, usage, hasOwn } = room;
    if (isPlain && !hasOwn) {
      const below = usage.below(ask.priority.value);
      if (below.pods) room.after = counts(node, held, below);
    } else {
      const lower = lowerOn(state, ask, room);
      const left = [...state.podsOn(node.name)].filter((pod) => !lower.includes(pod));
      room.after = hasPorts(ask, left) ? counts(node, held, sumOf(lower)) : 0;
    }
  }
}

/** Pods that may be pushed out of a node: others', of lower priority, and not going already. */
const lowerOn = (state: ClusterState, ask: Ask, { node }: Room): PodRecord[] =>
  [...state.podsOn(node.name)].filter(
    (pod) => pod.priority < ask.priority.value && !pod.terminating && !isOwn(ask, pod),
  );

/** A node on which pods of the job find places one after the other; `lower` are those left that may be pushed out. */
interface Emptied {
  room: Room;
  held: Held;
  /** Whether a pod of the job has its place here. */
  isUsed: boolean;
  lower: PodRecord[];
  /** Who goes for the next pod of the job, and what that costs; `undefined`: it has no place here. */
  next: { pods: PodRecord[]; cost: number[] } | undefined;
}

/** Nodes that are looked at, beyond those that are needed; the scheduler looks at a part of a large cluster, too. */
const LOOKED_AT = 32;

/**
 * Who would be pushed out, as far as it can be foretold: what is free is filled, then each further pod goes where the most important of
 * those who have to go has the least priority, then where their priorities are the least, they are the fewest, they began last. On a node
 * only those go who must, those of higher priority and those that began earlier spared first. As kube-scheduler 1.31–1.36 does.
 */
export function victimsFor(state: ClusterState, ask: Ask, rooms: readonly Room[]): Victim[] {
  let missing = ask.pods - rooms.reduce((places, { now }) => places + now, 0);
  const emptied = lowestFirst(state, ask, rooms, missing).map((room): Emptied => {
    const lower = lowerOn(state, ask, room).sort(byImportance);
    const held = takePlaces(room.held, ask, room.now);
    return withNext(ask, { room, held, isUsed: room.now > 0, lower, next: undefined });
  });
  const pods: PodRecord[] = [];
  for (; missing > 0; missing--) {
    const best = emptied.reduce<Emptied | undefined>(
      (a, b) => (a?.next && !(b.next && isLess(b.next.cost, a.next.cost)) ? a : b),
      undefined,
    );
    if (!best?.next) break;
    const { pods: gone } = best.next;
    pods.push(...gone);
    best.lower = best.lower.filter((pod) => !gone.includes(pod));
    best.held = takePlaces(lessHeld(best.held, sumOf(gone)), ask, 1);
    best.isUsed = true;
    withNext(ask, best);
  }
  return holdersOf(state, pods);
}

/** Of many nodes some, those first where pods of the least priority make room. */
function lowestFirst(state: ClusterState, ask: Ask, rooms: readonly Room[], missing: number): readonly Room[] {
  const most = missing + LOOKED_AT;
  if (rooms.length <= most) return rooms;
  const counts = counterOf(ask);
  const priorities = [...state.priorities].map(({ value }) => value).filter((value) => value < ask.priority.value);
  const chosen = new Set<Room>();
  for (const priority of [...priorities, 0].sort((a, b) => a - b))
    for (const room of rooms) {
      if (counts(room.node, room.held, room.usage.below(priority + 1)) > room.now) chosen.add(room);
      if (chosen.size === most) return [...chosen];
    }
  return chosen.size ? [...chosen] : rooms.slice(0, most);
}

/** Finds out who goes for the next pod of the job. */
function withNext(ask: Ask, one: Emptied): Emptied {
  const { room, held, isUsed, lower } = one;
  const counts = counterOf({ ...ask, pods: 1 });
  let gone = sumOf(lower);
  one.next = undefined;
  if ((isUsed && ask.needs.apart) || counts(room.node, held, gone) === 0) return one;
  const pods = lower.filter((pod) => {
    const less = lessHeld(gone, toHeld(pod));
    if (counts(room.node, held, less) === 0) return true;
    gone = less;
    return false;
  });
  one.next = { pods, cost: costOf(pods) };
  return one;
}

const startOf = ({ startedAt }: PodRecord): number => (startedAt === undefined ? 0 : Date.parse(startedAt));
const byImportance = (a: PodRecord, b: PodRecord): number => b.priority - a.priority || startOf(a) - startOf(b);

/** What it costs to lose these pods, what weighs most first. */
function costOf(pods: readonly PodRecord[]): number[] {
  const highest = Math.max(...pods.map(({ priority }) => priority));
  const most = pods.filter(({ priority }) => priority === highest);
  return [
    highest,
    // As the scheduler counts: each pod weighs, also one of negative priority.
    pods.reduce((sum, { priority }) => sum + priority + 2 ** 31, 0),
    pods.length,
    -Math.min(...most.map(startOf)),
  ];
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const differs = a.findIndex((amount, index) => amount !== b[index]);
  return differs >= 0 && (a[differs] as number) < (b[differs] as number);
}

const takePlaces = (held: Held, { needs }: Ask, places: number): Held => {
  let after = held;
  for (let left = places; left > 0; left--) after = addHeld(after, { amounts: needs.requests, pods: 1 });
  return after;
};
const toHeld = ({ requests }: PodRecord): Held => ({ amounts: requests, pods: 1 });
const sumOf = (pods: readonly PodRecord[]): Held => pods.map(toHeld).reduce(addHeld, NO_ONE);
