import { amountOf } from '../state/amounts.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { NodeRecord } from '../state/records.ts';
import { type Ask, askFor } from './ask.ts';
import { compareNames, countByType, type GpuCount, nodeCapacity, UNLABELLED } from './pools.ts';
import { type QuotaLimit, quotaInTheWay, unnamedInQuota } from './quotas.ts';
import { rackFor } from './rackRooms.ts';
import { counterOf, mostOnNode, NONE_TAKEN, type Room, resourcesOf, roomsFor, type Taken } from './room.ts';
import { pushOut, type Victim, victimsFor } from './victims.ts';

/** Free and in all, of the accelerators that a job asks for on the nodes that it may go to. `type`: `undefined` where they have no one type. */
export interface Numbers {
  type: string | undefined;
  free: number;
  total: number;
}

/** Whether a job can run, judged on what is held of the cluster as the scheduler would. Amounts of resources are as in `Amounts`. */
export type Verdict =
  | ({ is: 'fits'; nodes: string[] } & Numbers)
  /** By pushing out pods of jobs of lower priority. */
  | ({ is: 'preempts'; nodes: string[]; victims: Victim[] } & Numbers)
  /** Its queue decides; `alone` is what would be without one. */
  | { is: 'queued'; queue: string; alone: Verdict }
  | ({ is: 'quota' } & QuotaLimit)
  /** A quota of the namespace wants every job to say how much of this it needs, and refuses those that do not. */
  | { is: 'unsaid'; quota: string; namespace: string; resource: string }
  | ({ is: 'insufficient'; asked: number } & Numbers)
  /** Enough are free, but not together: `nodes` of the `wanted` have a block of `perNode`. */
  | ({
      is: 'fragmented';
      perNode: number;
      nodes: number;
      wanted: number;
      largest: number;
      split?: { nodes: number; gpus: number };
    } & Numbers)
  /** GPUs would do, another resource is taken: there are places for `places` of the `wanted` pods. */
  | { is: 'short'; resource: string; perPod: number; places: number; wanted: number; largest: number }
  /** Free, but not in one rack: the best has places for `most` of the `wanted`. */
  | { is: 'racks-full'; most: number; wanted: number }
  /** It would fit if all nodes took jobs. Of `all.nodes` nodes that are large enough `nodes` do, of `all.gpus` GPUs `total`. */
  | {
      is: 'unavailable';
      type: string | undefined;
      asked: number;
      total: number;
      perNode: number;
      nodes: number;
      wanted: number;
      all: { gpus: number; nodes: number };
    }
  | { is: 'too-many'; type: string | undefined; asked: number; total: number }
  | { is: 'node-too-small'; type: string | undefined; perNode: number; largest: number }
  /** Only `nodes` nodes have so many GPUs, be they free or not. */
  | { is: 'too-few-nodes'; type: string | undefined; perNode: number; nodes: number; wanted: number }
  /** Of another resource than GPUs, even empty nodes have too little: places for `places` of the `wanted` pods. */
  | { is: 'too-large'; resource: string; perPod: number; places: number; wanted: number; largest: number }
  /** No rack holds so many even when it is empty; `most` is `undefined` where nothing tells of racks. */
  | { is: 'no-rack'; most: number | undefined; wanted: number }
  | { is: 'no-such-type'; type: string; has: GpuCount[] }
  /** None that `gpu` asks for; slices and other vendors' devices there may be. */
  | { is: 'no-gpus'; has: GpuCount[] }
  | { is: 'no-such-pool'; known: string[] }
  /** Of nodes without regard to GPUs, there is none that it may go to. */
  | { is: 'no-nodes' }
  /** No pod at all. */
  | { is: 'nothing-asked' };

/**
 * Judges a job. The caller makes sure that nodes and pods are known; see `ConnectionDto.capacity`. `before`: what is submitted before it, and not there yet;
 * `taken`: what that takes of the nodes.
 */
export function judge(state: ClusterState, ask: Ask, taken: Taken = NONE_TAKEN, before: readonly Ask[] = []): Verdict {
  const { pool, queue } = ask;
  if (ask.pods === 0) return { is: 'nothing-asked' };
  const hasPool = pool === undefined || state.pool(pool) !== undefined || !isEmpty(state.nodesIn(pool));
  if (!hasPool) return { is: 'no-such-pool', known: knownPools(state) };
  const rooms = roomsFor(state, ask, taken);
  const never = neverFits(state, ask, rooms);
  if (never) return never;
  const unsaid = unnamedInQuota(state, ask);
  if (unsaid) return { is: 'unsaid', ...unsaid };
  const limit = quotaInTheWay(state, ask, before);
  if (limit?.never) return { is: 'quota', ...limit };
  const now = limit ? ({ is: 'quota', ...limit } as const) : judgeNow(state, ask, rooms);
  return queue === undefined ? now : { is: 'queued', queue, alone: now };
}

/** Whether the job would run, maybe after others were pushed out. */
export const runs = ({ is }: Verdict): boolean => is === 'fits' || is === 'preempts' || is === 'nothing-asked';

/** How many of a job's pods would find a place right now, beside what runs. */
export const placesNow = (state: ClusterState, ask: Ask): number =>
  total(
    roomsFor(state, ask).filter(({ open }) => open),
    placesOn,
  );

/** What no waiting can mend. */
function neverFits(state: ClusterState, ask: Ask, rooms: Room[]): Verdict | undefined {
  const { accelerator, gpusPerPod: perNode, pods: wanted, gpuType, rackLabel } = ask;
  if (perNode > 0) {
    const hasGpu = ({ node }: { node: NodeRecord }) => Boolean(node.allocatable.gpus[accelerator]);
    const members = state.placesIn(ask.pool);
    if (!members.some(hasGpu)) return { is: 'no-gpus', has: countOf(state, members) };
    if (gpuType !== undefined && !rooms.some(hasGpu))
      return { is: 'no-such-type', type: gpuType, has: countOf(state, members.filter(hasGpu), accelerator) };
  }
  if (!rooms.length) return { is: 'no-nodes' };
  if (rackLabel === 'none') return { is: 'no-rack', most: undefined, wanted };
  const ifEmpty = emptyCounter(ask);
  const open = rooms.filter((room) => room.open);
  if (!hasPlaces(open, ifEmpty, wanted))
    return hasPlaces(rooms, ifEmpty, wanted) ? unavailable(ask, rooms, open, ifEmpty) : tooLarge(ask, rooms);
  if (rackLabel === undefined) return undefined;
  const most = rackFor(open, rackLabel, wanted, ifEmpty).places;
  return most < wanted ? { is: 'no-rack', most, wanted } : undefined;
}

/** Places if nothing ran there but what runs on every node. */
function emptyCounter(ask: Ask): (room: Room) => number {
  const counts = counterOf(ask);
  return ({ node, usage }) => counts(node, usage.daemons);
}

/** Whether there are so many places: most jobs need a look at a few nodes only. */
function hasPlaces(rooms: readonly Room[], by: (room: Room) => number, wanted: number): boolean {
  let places = 0;
  return rooms.some((room) => {
    places += by(room);
    return places >= wanted;
  });
}

/** The pool is large enough: whether it has room now. */
function judgeNow(state: ClusterState, ask: Ask, all: Room[]): Verdict {
  const { pods: wanted, rackLabel } = ask;
  const rooms = all.filter(({ open }) => open);
  const numbers = numbersOf(ask, rooms);
  /** The rooms that hold the whole job, in the rack that it will be put into where it must be one. */
  const suiting = (by: (room: Room) => number): Room[] | undefined => {
    const best = rackLabel === undefined ? { places: total(rooms, by), rooms } : rackFor(rooms, rackLabel, wanted, by);
    return best.places >= wanted ? best.rooms.filter((room) => by(room) > 0) : undefined;
  };
  const fitting = suiting(placesOn);
  if (fitting) return { is: 'fits', nodes: fitting.map(nameOf), ...numbers };
  if (ask.priority.preempts) {
    pushOut(state, ask, rooms);
    const emptied = suiting(({ after }) => after);
    if (emptied)
      return { is: 'preempts', nodes: emptied.map(nameOf), victims: victimsFor(state, ask, emptied), ...numbers };
  }
  return busy(ask, rooms, numbers);
}

const nameOf = ({ node }: Room): string => node.name;

/** What others hold now: GPUs, the blocks they would have to be in, the racks, or something else. */
function busy(ask: Ask, rooms: Room[], numbers: Numbers): Verdict {
  const { gpusPerPod: perNode, pods: wanted, rackLabel } = ask;
  const asked = wanted * perNode;
  if (perNode > 0 && asked > numbers.free) return { is: 'insufficient', asked, ...numbers };
  if (rackLabel !== undefined && total(rooms, placesOn) >= wanted)
    return { is: 'racks-full', most: rackFor(rooms, rackLabel, wanted, placesOn).places, wanted };
  const scarce = whatLacks(ask, rooms, ({ held }) => held);
  if (perNode === 0 || scarce.resource !== ask.accelerator) return { is: 'short', ...scarce, wanted };
  const split = findSplit(ask, rooms);
  const largest = Math.max(0, ...rooms.map((room) => freeOn(ask, room)));
  const nodes = rooms.filter((room) => freeOn(ask, room) >= perNode).length;
  return { is: 'fragmented', perNode, nodes, wanted, largest, ...(split && { split }), ...numbers };
}

function tooLarge(ask: Ask, rooms: Room[]): Verdict {
  const { accelerator, gpusPerPod: perNode, pods: wanted } = ask;
  const type = typeOf(ask, rooms);
  const all = rooms.map(({ node }) => node.allocatable.gpus[accelerator] ?? 0);
  const inAll = all.reduce((count, one) => count + one, 0);
  if (perNode * wanted > inAll) return { is: 'too-many', type, asked: perNode * wanted, total: inAll };
  const scarce = whatLacks(ask, rooms, ({ usage }) => usage.daemons);
  if (perNode === 0 || scarce.resource !== accelerator) return { is: 'too-large', ...scarce, wanted };
  const largest = Math.max(0, ...all);
  if (largest < perNode) return { is: 'node-too-small', type, perNode, largest };
  return { is: 'too-few-nodes', type, perNode, nodes: all.filter((gpus) => gpus >= perNode).length, wanted };
}

function unavailable(ask: Ask, rooms: Room[], open: Room[], ifEmpty: (room: Room) => number): Verdict {
  const { accelerator, gpusPerPod: perNode, pods: wanted } = ask;
  const gpus = (some: Room[]) => total(some, ({ node }) => node.allocatable.gpus[accelerator] ?? 0);
  const nodes = (some: Room[]) => some.filter((room) => ifEmpty(room) > 0).length;
  return {
    is: 'unavailable',
    type: typeOf(ask, rooms),
    asked: perNode * wanted,
    total: gpus(open),
    perNode,
    nodes: nodes(open),
    wanted,
    all: { gpus: gpus(rooms), nodes: nodes(rooms) },
  };
}

/** What is short; where no resource is by itself, what is short beside the GPUs. */
function whatLacks(ask: Ask, rooms: Room[], heldOf: (room: Room) => Room['held']) {
  const scarce = scarcest(ask, rooms, heldOf);
  if (scarce.places < ask.pods || ask.gpusPerPod === 0) return scarce;
  const withGpus = rooms.filter((room) => leftOf(room.node, heldOf(room), ask.accelerator) >= ask.gpusPerPod);
  return scarcest(ask, withGpus, heldOf);
}

/** The resource that leaves the fewest places if it alone is looked at, and the most of it that is together on one node. */
function scarcest(ask: Ask, rooms: Room[], heldOf: (room: Room) => Room['held']) {
  const most = mostOnNode(ask);
  const sums = resourcesOf(ask).map((resource) => {
    const perPod = resource === 'pods' ? 1 : amountOf(ask.needs.requests, resource);
    return { resource, perPod, places: 0, largest: 0 };
  });
  for (const room of rooms) {
    const held = heldOf(room);
    for (const sum of sums) {
      const left = leftOf(room.node, held, sum.resource);
      if (left > sum.largest) sum.largest = left;
      if (left >= sum.perPod) sum.places += Math.min(most, Math.floor(left / sum.perPod));
    }
  }
  return sums.reduce((least, one) => (one.places < least.places ? one : least));
}

const leftOf = ({ allocatable, maxPods }: NodeRecord, { amounts, pods }: Room['held'], resource: string): number =>
  resource === 'pods' ? maxPods - pods : amountOf(allocatable, resource) - amountOf(amounts, resource);

const total = (rooms: readonly Room[], by: (room: Room) => number): number =>
  rooms.reduce((places, room) => places + by(room), 0);
const placesOn = ({ now }: Room): number => now;

/** GPUs that are free on a node. */
const freeOn = ({ accelerator }: Ask, { node, held }: Room): number =>
  Math.max(0, (node.allocatable.gpus[accelerator] ?? 0) - (held.amounts.gpus[accelerator] ?? 0));

function numbersOf(ask: Ask, rooms: Room[]): Numbers {
  const { accelerator } = ask;
  let [free, all] = [0, 0];
  for (const { node, held } of rooms) {
    const total = node.allocatable.gpus[accelerator] ?? 0;
    all += total;
    free += Math.max(0, total - (held.amounts.gpus[accelerator] ?? 0));
  }
  return { type: typeOf(ask, rooms), free, total: all };
}

/** The one type that all the nodes have; where they have several, the one that was asked for. */
function typeOf({ accelerator, gpuType }: Ask, rooms: readonly Room[]): string | undefined {
  const types = new Set<string | undefined>();
  for (const { node } of rooms) if (node.allocatable.gpus[accelerator]) types.add(node.gpuType);
  const [only] = types;
  const type = types.size === 1 ? only : gpuType;
  return type === UNLABELLED ? undefined : type;
}

/** The fewest nodes over which the GPUs could be spread evenly right now. */
function findSplit(ask: Ask, rooms: Room[]): { nodes: number; gpus: number } | undefined {
  const asked = ask.pods * ask.gpusPerPod;
  for (let nodes = 1; nodes <= Math.min(asked, rooms.length); nodes++) {
    if (nodes === ask.pods || asked % nodes !== 0) continue;
    const gpus = asked / nodes;
    const count = counterOf(askFor(ask, nodes, gpus, true));
    const by = ({ node, held }: Room) => count(node, held);
    const { rackLabel } = ask;
    const places = rackLabel === undefined ? total(rooms, by) : rackFor(rooms, rackLabel, nodes, by).places;
    if (places >= nodes) return { nodes, gpus };
  }
  return undefined;
}

const countOf = (state: ClusterState, places: readonly { node: NodeRecord }[], only?: string): GpuCount[] =>
  countByType(
    places.map(({ node }) => nodeCapacity(state, node)),
    only,
  );

const isEmpty = (some: Iterable<unknown>): boolean => some[Symbol.iterator]().next().done === true;

/** Names of the pools that have a configuration or nodes, in order. */
export function knownPools(state: ClusterState): string[] {
  return [...new Set([...[...state.pools].map(({ name }) => name), ...state.poolNames])].sort(compareNames);
}
