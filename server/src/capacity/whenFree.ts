import type { ClusterState } from '../state/clusterState.ts';
import type { Held } from '../state/nodeUsage.ts';
import type { PodRecord } from '../state/records.ts';
import type { Ask } from './ask.ts';
import { type Holder, holdersOf } from './holders.ts';
import { addHeld, counterOf, lessHeld, NO_ONE, type Room, roomsFor } from './room.ts';

/** What must end before a job has room, and when that is at the latest, where time limits tell: ISO. */
export interface WhenFree {
  jobs: Holder[];
  at: string | undefined;
}

/** More jobs than this are not tried: what is told would be no help. */
const TRIED = 200;

/**
 * Of the jobs on the nodes that a job may go to, those that must end before it has room: by their time limits, the soonest first; else the
 * smallest one that is enough alone; else the largest, until it is enough. `undefined` where no end of theirs is enough.
 */
export function whenFree(state: ClusterState, ask: Ask, now = Date.now()): WhenFree | undefined {
  const { rackLabel } = ask;
  const rooms = roomsFor(state, ask).filter(
    ({ node, open }) => open && (rackLabel === undefined || node.labels[rackLabel] !== undefined),
  );
  const pods = rooms.flatMap(({ node }) =>
    [...state.podsOn(node.name)].filter(
      (pod) => !pod.isDaemon && !(pod.job === ask.name && pod.namespace === ask.namespace),
    ),
  );
  const holders = holdersOf(state, pods).slice(0, TRIED);
  const byJob = Map.groupBy(pods, keyOf);
  const podsOf = (jobs: readonly Holder[]) =>
    jobs.flatMap(({ namespace, job }) => byJob.get(`${namespace}/${job}`) ?? []);
  const places = placesWithout(ask, rooms);
  const isEnough = (jobs: readonly Holder[]) => places(podsOf(jobs)) >= ask.pods;

  const timed = holders
    .filter(({ endsAt }) => endsAt !== undefined && Date.parse(endsAt) > now)
    .sort((a, b) => (a.endsAt as string).localeCompare(b.endsAt as string));
  const soonest = upTo(timed, isEnough);
  if (soonest) return { jobs: prune(soonest, isEnough), at: soonest.at(-1)?.endsAt };
  const alone = holders.toReversed().find((one) => isEnough([one]));
  if (alone) return { jobs: [alone], at: undefined };
  const largest = upTo(holders, isEnough);
  return largest && { jobs: prune(largest, isEnough), at: undefined };
}

const keyOf = ({ namespace, job, name }: PodRecord): string => `${namespace}/${job ?? name}`;

/** The first so many that are enough. */
function upTo(holders: readonly Holder[], isEnough: (jobs: readonly Holder[]) => boolean): Holder[] | undefined {
  if (!isEnough(holders)) return undefined;
  let [least, most] = [0, holders.length];
  while (least < most) {
    const middle = (least + most) >> 1;
    if (isEnough(holders.slice(0, middle))) most = middle;
    else least = middle + 1;
  }
  return holders.slice(0, most);
}

/** Without those whose end makes no difference. */
function prune(jobs: readonly Holder[], isEnough: (jobs: readonly Holder[]) => boolean): Holder[] {
  let left = [...jobs];
  for (const job of jobs) {
    const without = left.filter((one) => one !== job);
    if (without.length && isEnough(without)) left = without;
  }
  return left;
}

/** Counts the places once some pods are gone: only the nodes that they are on are looked at. */
function placesWithout(ask: Ask, rooms: readonly Room[]): (gone: readonly PodRecord[]) => number {
  const counts = counterOf(ask);
  const { rackLabel } = ask;
  const rackOf = ({ node }: Room) => (rackLabel === undefined ? '' : node.labels[rackLabel]);
  const byNode = new Map(rooms.map((room) => [room.node.name, room]));
  const now = new Map<string | undefined, number>();
  for (const room of rooms) now.set(rackOf(room), (now.get(rackOf(room)) ?? 0) + room.now);
  return (gone) => {
    const freed = new Map<string, Held>();
    for (const { node, nominatedNode, requests } of gone) {
      const at = (node ?? nominatedNode) as string;
      freed.set(at, addHeld(freed.get(at) ?? NO_ONE, { amounts: requests, pods: 1 }));
    }
    const places = new Map(now);
    for (const [name, less] of freed) {
      const room = byNode.get(name);
      if (!room) continue;
      const more = counts(room.node, lessHeld(room.held, less)) - room.now;
      places.set(rackOf(room), (places.get(rackOf(room)) ?? 0) + more);
    }
    return Math.max(0, ...places.values());
  };
}
