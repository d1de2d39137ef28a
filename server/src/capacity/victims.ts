import type { ClusterState } from '../state/clusterState.ts';
import type { Held } from '../state/nodeUsage.ts';
import type { NodeRecord, PodRecord } from '../state/records.ts';
import type { Ask } from './ask.ts';
import { gpusOf, type Holder, holdersOf } from './holders.ts';
import { addHeld, counterOf, hasPorts, isOwn, lessHeld, NO_ONE, type Room } from './room.ts';

/** A job that would lose pods. */
export type Victim = Holder;

/** Places by node once all pods of lower priority are gone from it; as many as the job has pods at most. */
export function roomAfterPushing(state: ClusterState, ask: Ask, rooms: readonly Room[]): Map<string, number> {
  const counts = counterOf(ask);
  return new Map(
    rooms.map(({ node, held, now, hasOwn }) => {
      if (hasOwn || ask.needs.hostPorts.length) return [node.name, placesWithout(state, ask, node, held)];
      const below = state.usageOf(node.name).below(ask.priority.value);
      return [node.name, below.pods ? counts(node, lessHeld(held, below)) : now];
    }),
  );
}

/** The same, pod by pod. */
function placesWithout(state: ClusterState, ask: Ask, node: NodeRecord, held: Held): number {
  const lower = lowerOn(state, ask, node);
  const left = [...state.podsOn(node.name)].filter((pod) => !lower.includes(pod));
  return hasPorts(ask, left) ? counterOf(ask)(node, lessHeld(held, sumOf(lower))) : 0;
}

/** Pods that may be pushed out of a node: others', of lower priority, and not going already. */
const lowerOn = (state: ClusterState, ask: Ask, { name }: NodeRecord): PodRecord[] =>
  [...state.podsOn(name)].filter((pod) => pod.priority < ask.priority.value && !pod.terminating && !isOwn(ask, pod));

/**
 * Who would be pushed out, as far as it can be foretold: nodes with the least loss first, and on each only what must go, those of the
 * highest priority spared first (as kube-scheduler 1.31–1.36 does).
 */
export function victimsFor(state: ClusterState, ask: Ask, rooms: readonly Room[]): Victim[] {
  let missing = ask.pods - rooms.reduce((places, { now }) => places + now, 0);
  const losses = rooms
    .map((room) => lossOn(state, ask, room))
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => a.gpus / a.gain - b.gpus / b.gain || a.pods.length / a.gain - b.pods.length / b.gain);
  const pods: PodRecord[] = [];
  for (const loss of losses) {
    if (missing <= 0) break;
    missing -= loss.gain;
    pods.push(...loss.pods);
  }
  return holdersOf(state, pods);
}

/** What goes on a node so that as many more pods as possible find a place there. */
function lossOn(state: ClusterState, ask: Ask, { node, held, now }: Room) {
  const counts = counterOf(ask);
  const lower = lowerOn(state, ask, node).sort((a, b) => b.priority - a.priority || gpusOf(b) - gpusOf(a));
  let left: Held = lessHeld(held, sumOf(lower));
  const places = counts(node, left);
  const gone = lower.filter((pod) => {
    const spared = addHeld(left, toHeld(pod));
    if (counts(node, spared) < places) return true;
    left = spared;
    return false;
  });
  return { gain: places - now, pods: gone, gpus: gone.reduce((sum, pod) => sum + gpusOf(pod), 0) };
}

const toHeld = ({ requests }: PodRecord): Held => ({ amounts: requests, pods: 1 });
const sumOf = (pods: readonly PodRecord[]): Held => pods.map(toHeld).reduce(addHeld, NO_ONE);
