import { type Message, message } from '../../../../l10n/index.ts';
import { countByType, nodeCapacity } from '../../capacity/pools.ts';
import type { ClusterState } from '../../state/clusterState.ts';
import type { WorkloadRecord } from '../../state/records.ts';

/** What the pool of a job has of the GPUs that it waits for. */
export interface PoolRoom {
  pool: string | Message;
  total: number;
  free: number;
  /** Most that are free together on one node. */
  largest: number;
  /** Types that the pool has, of whatever the job asks for: `A100-80G (32)`. */
  types: string;
}

const known = new WeakMap<ClusterState, { version: number; rooms: Map<string, PoolRoom> }>();

/**
 * `undefined` where no node is known. Only of use where all pods on the nodes are seen. The very same until the state changes: hundreds of jobs may
 * wait for one pool.
 */
export function roomFor(state: ClusterState, { pool, gpuType }: WorkloadRecord): PoolRoom | undefined {
  if (!state.hasNodes) return undefined;
  let of = known.get(state);
  if (of?.version !== state.version) {
    of = { version: state.version, rooms: new Map() };
    known.set(state, of);
  }
  const key = JSON.stringify([pool, gpuType]);
  let room = of.rooms.get(key);
  if (!room) {
    room = countRoom(state, pool, gpuType);
    of.rooms.set(key, room);
  }
  return room;
}

function countRoom(state: ClusterState, pool: string | undefined, gpuType: string | undefined): PoolRoom {
  const counts = countByType([...state.nodesIn(pool)].map((node) => nodeCapacity(state, node)));
  const asked = counts.filter(({ type }) => gpuType === undefined || type.toLowerCase() === gpuType.toLowerCase());
  return {
    pool: pool ?? message('finding.capacity.default-pool'),
    total: asked.reduce((sum, { total }) => sum + total, 0),
    free: asked.reduce((sum, { free }) => sum + free, 0),
    largest: Math.max(0, ...asked.map(({ largestBlock }) => largestBlock)),
    types: counts.map(({ type, total }) => `${type} (${total})`).join(', '),
  };
}
