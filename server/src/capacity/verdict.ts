import type { Demand } from '../kinds/kind.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { NodeRecord } from '../state/records.ts';
import { countByType, type GpuCount, type NodeCapacity, nodeCapacity } from './pools.ts';

/** Whether a job can run, judged by its GPUs on what is held of the cluster. */
export type Verdict =
  /** It asks for no GPU. */
  | { is: 'no-gpus-asked' }
  | { is: 'fits'; nodes: string[]; free: number; total: number; type: string }
  | { is: 'insufficient'; type: string; asked: number; free: number; total: number }
  /** Enough are free, but not together: `nodes` of the `wanted` have a block of `perNode`. */
  | {
      is: 'fragmented';
      type: string;
      free: number;
      perNode: number;
      nodes: number;
      wanted: number;
      largest: number;
      split?: { nodes: number; gpus: number };
    }
  | { is: 'too-many'; type: string; asked: number; total: number }
  | { is: 'node-too-small'; type: string; perNode: number; largest: number }
  | { is: 'no-such-type'; type: string; has: GpuCount[] }
  | { is: 'no-gpus' }
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
  if (!withGpu.length) return { is: 'no-gpus' };
  const nodes =
    demand.gpuType === undefined ? withGpu : withGpu.filter(({ node }) => isOfType(node, demand.gpuType as string));
  if (!nodes.length) return { is: 'no-such-type', type: demand.gpuType as string, has: countByType(withGpu) };
  return judgeNodes(nodes, demand, asked);
}

function judgeNodes(nodes: NodeCapacity[], demand: Demand, asked: number): Verdict {
  const usable = nodes.filter((one) => one.usable);
  const sum = (pick: (one: NodeCapacity) => number) => usable.reduce((total, one) => total + pick(one), 0);
  const free = sum((one) => one.free);
  const total = sum((one) => one.total);
  const counts = countByType(nodes);
  const type = counts.length === 1 && counts[0] ? counts[0].type : (demand.gpuType ?? 'GPU');
  if (asked > total) return { is: 'too-many', type, asked, total };
  const { gpusPerPod, pods, onePodPerNode } = demand;
  const largestNode = Math.max(...usable.map((one) => one.total));
  if (gpusPerPod > largestNode) return { is: 'node-too-small', type, perNode: gpusPerPod, largest: largestNode };
  if (asked > free) return { is: 'insufficient', type, asked, free, total };
  const places = usable.map((one) => ({
    name: one.node.name,
    pods: Math.min(onePodPerNode ? 1 : pods, Math.floor(one.free / gpusPerPod)),
  }));
  const possible = places.filter((one) => one.pods > 0);
  if (possible.reduce((count, one) => count + one.pods, 0) >= pods)
    return { is: 'fits', nodes: possible.map((one) => one.name), free, total, type };
  const split = findSplit(usable, asked, pods);
  return {
    is: 'fragmented',
    type,
    free,
    perNode: gpusPerPod,
    nodes: possible.length,
    wanted: pods,
    largest: Math.max(...usable.map((one) => one.free)),
    ...(split && { split }),
  };
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

function knownPools(state: ClusterState): string[] {
  const names = new Set([...state.pools].map(({ name }) => name));
  for (const { pool } of state.nodes) if (pool !== undefined) names.add(pool);
  return [...names].sort();
}
