import type { Demand } from '../kinds/kind.ts';
import { DEFAULT_ACCELERATOR } from '../model/accelerators.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { NodeRecord } from '../state/records.ts';
import { compareNames, countByType, type GpuCount, type NodeCapacity, nodeCapacity, UNLABELLED } from './pools.ts';

/** Whether a job can run, judged by its GPUs on what is held of the cluster. `type` is `undefined` where the GPUs have no one type. */
export type Verdict =
  /** It asks for no GPU. */
  | { is: 'no-gpus-asked' }
  | { is: 'fits'; nodes: string[]; free: number; total: number; type: string | undefined }
  | { is: 'insufficient'; type: string | undefined; asked: number; free: number; total: number }
  /** Enough are free, but not together: `nodes` of the `wanted` have a block of `perNode`. */
  | {
      is: 'fragmented';
      type: string | undefined;
      free: number;
      perNode: number;
      nodes: number;
      wanted: number;
      largest: number;
      split?: { nodes: number; gpus: number };
    }
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
  | { is: 'no-such-type'; type: string; has: GpuCount[] }
  /** None that `gpu` asks for; slices and other vendors' devices there may be. */
  | { is: 'no-gpus'; has: GpuCount[] }
  | { is: 'no-such-pool'; known: string[] };

/** Judges a demand. The caller makes sure that nodes and pods are known; see `ConnectionDto.capacity`. */
export function judge(state: ClusterState, demand: Demand): Verdict {
  const asked = demand.pods * demand.gpusPerPod;
  const members = [...state.nodes].filter((node) => node.pool === demand.pool);
  if (!members.length && demand.pool !== undefined && !state.pool(demand.pool)) {
    return { is: 'no-such-pool', known: knownPools(state) };
  }
  if (asked === 0) return { is: 'no-gpus-asked' };
  const all = members.map((node) => nodeCapacity(state, node));
  const withGpu = all.filter(({ total }) => total > 0);
  if (!withGpu.length) return { is: 'no-gpus', has: countByType(all) };
  const { gpuType } = demand;
  const nodes = gpuType === undefined ? withGpu : withGpu.filter(({ node }) => isOfType(node, gpuType));
  if (!nodes.length)
    return { is: 'no-such-type', type: gpuType as string, has: countByType(withGpu, DEFAULT_ACCELERATOR) };
  return judgeNodes(nodes, demand, asked);
}

/** First what no waiting can mend, then what waits for nodes, then what waits for other jobs. */
function judgeNodes(nodes: NodeCapacity[], demand: Demand, asked: number): Verdict {
  const { gpusPerPod: perNode, pods: wanted } = demand;
  const type = typeOf(nodes, demand);
  const usable = nodes.filter((one) => one.usable);
  const [inAll, total, free] = [sum(nodes, 'total'), sum(usable, 'total'), sum(usable, 'free')];
  if (asked > inAll) return { is: 'too-many', type, asked, total: inAll };
  const [largeEnough, usableEmpty] = [placesIn(nodes, demand, 'total'), placesIn(usable, demand, 'total')];
  if (!largeEnough.names.length)
    return { is: 'node-too-small', type, perNode, largest: Math.max(...nodes.map((one) => one.total)) };
  if (largeEnough.pods < wanted) return { is: 'too-few-nodes', type, perNode, nodes: largeEnough.names.length, wanted };
  if (asked > total || usableEmpty.pods < wanted) {
    const all = { gpus: inAll, nodes: largeEnough.names.length };
    return { is: 'unavailable', type, asked, total, perNode, nodes: usableEmpty.names.length, wanted, all };
  }
  if (asked > free) return { is: 'insufficient', type, asked, free, total };
  const now = placesIn(usable, demand, 'free');
  if (now.pods >= wanted) return { is: 'fits', nodes: now.names, free, total, type };
  const split = findSplit(usable, asked, wanted);
  const largest = Math.max(...usable.map((one) => one.free));
  return {
    is: 'fragmented',
    type,
    free,
    perNode,
    nodes: now.names.length,
    wanted,
    largest,
    ...(split && { split }),
  };
}

/** How many of the demand's pods would find a place right now. */
export function placesNow(state: ClusterState, demand: Demand): number {
  const { pool, gpuType } = demand;
  const nodes = [...state.nodes]
    .filter((node) => node.pool === pool && (gpuType === undefined || isOfType(node, gpuType)))
    .map((node) => nodeCapacity(state, node));
  return placesIn(
    nodes.filter(({ usable }) => usable),
    demand,
    'free',
  ).pods;
}

const sum = (nodes: readonly NodeCapacity[], what: 'total' | 'free'): number =>
  nodes.reduce((before, one) => before + one[what], 0);

/** How many pods of the demand there is room for, and on which nodes: now, or when nothing runs there. */
function placesIn(
  nodes: readonly NodeCapacity[],
  { gpusPerPod, pods, onePodPerNode }: Demand,
  what: 'total' | 'free',
): { pods: number; names: string[] } {
  const places = nodes
    .map((one) => ({
      name: one.node.name,
      pods: Math.min(onePodPerNode ? 1 : pods, Math.floor(one[what] / gpusPerPod)),
    }))
    .filter((one) => one.pods > 0);
  return { pods: places.reduce((count, one) => count + one.pods, 0), names: places.map(({ name }) => name) };
}

/** The one type that all the nodes have; where they have several, the one that was asked for. */
function typeOf(nodes: readonly NodeCapacity[], { gpuType }: Demand): string | undefined {
  const types = new Set(nodes.map(({ node }) => node.gpuType));
  const [only] = types;
  const type = types.size === 1 ? only : gpuType;
  return type === UNLABELLED ? undefined : type;
}

/** The fewest nodes over which the GPUs could be spread evenly right now. */
function findSplit(
  usable: NodeCapacity[],
  asked: number,
  notThis: number,
): { nodes: number; gpus: number } | undefined {
  for (let nodes = 1; nodes <= Math.min(asked, usable.length); nodes++) {
    if (nodes === notThis || asked % nodes !== 0) continue;
    const gpus = asked / nodes;
    if (usable.filter((one) => one.free >= gpus).length >= nodes) return { nodes, gpus };
  }
  return undefined;
}

/** Types are compared without regard to case, with the pool's label and with the product name that the driver reports. */
export function isOfType(node: NodeRecord, type: string): boolean {
  const wanted = type.toLowerCase();
  return node.gpuType?.toLowerCase() === wanted || node.gpuProduct?.toLowerCase() === wanted;
}

/** Names of the pools that have a configuration or nodes, in order. */
export function knownPools(state: ClusterState): string[] {
  const names = new Set([...state.pools].map(({ name }) => name));
  for (const { pool } of state.nodes) if (pool !== undefined) names.add(pool);
  return [...names].sort(compareNames);
}
