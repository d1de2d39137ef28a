import type { ClusterState } from '../state/clusterState.ts';
import type { Ask } from './ask.ts';
import { counterOf, type Room, roomsFor } from './room.ts';
import { pushOut } from './victims.ts';

/** What a rack holds; no `value` where there are no racks. */
interface RackRooms {
  value: string | undefined;
  places: number;
  rooms: readonly Room[];
}

/**
 * The rack for a job: of those that hold all of it the fullest, so that large blocks stay free; where none does, the one with the most
 * places.
 */
export function rackFor(rooms: readonly Room[], label: string, wanted: number, by: (room: Room) => number): RackRooms {
  let best: RackRooms = { value: undefined, places: 0, rooms: [] };
  for (const [value, members] of Map.groupBy(rooms, ({ node }) => node.labels[label])) {
    if (value === undefined) continue;
    const places = members.reduce((sum, room) => sum + by(room), 0);
    const [holds, held] = [places >= wanted, best.places >= wanted];
    const isBetter = holds && held ? places < best.places : places > best.places;
    const isFirst = places === best.places && (best.value === undefined || value < best.value);
    if (isBetter || isFirst) best = { value, places, rooms: members };
  }
  return best;
}

/** The rack that a job goes to: one that holds it now, else once others are pushed out, else when it is empty; else the largest. */
export function chooseRackFor(state: ClusterState, ask: Ask, label: string): RackRooms & { holds: boolean } {
  const rooms = roomsFor(state, ask).filter(({ open }) => open);
  const counts = counterOf(ask);
  if (ask.priority.preempts) pushOut(state, ask, rooms);
  const ways = [
    ({ now }: Room) => now,
    ({ after }: Room) => after,
    ({ node, usage }: Room) => counts(node, usage.daemons),
  ];
  const racks = ways.map((by) => rackFor(rooms, label, ask.pods, by));
  const chosen = racks.find(({ places }) => places >= ask.pods);
  return chosen ? { ...chosen, holds: true } : { ...(racks.at(-1) as RackRooms), holds: false };
}
