import { gpuCount } from '../state/amounts.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { NodeRecord } from '../state/records.ts';

/** GPU counts of one type. GPUs of nodes that take no pods are `unavailable`, and neither total, used nor free. */
export interface GpuCount {
  type: string;
  total: number;
  used: number;
  free: number;
  unavailable: number;
  /** Most that are free together on one node. */
  largestBlock: number;
}

/** A node as capacity sees it. */
export interface NodeCapacity {
  node: NodeRecord;
  /** Ready, not cordoned, and without a taint that jobs do not tolerate. */
  usable: boolean;
  total: number;
  used: number;
  /** 0 where the node is not usable. */
  free: number;
}

export interface PoolCapacity {
  /** `undefined` for the nodes that belong to no pool. */
  pool: string | undefined;
  gpus: GpuCount[];
  nodes: NodeCapacity[];
}

/** Taints that every job of ours tolerates. */
export const TOLERATED_TAINTS: readonly string[] = ['nvidia.com/gpu'];

/** What a node offers now. */
export function nodeCapacity(state: ClusterState, node: NodeRecord): NodeCapacity {
  const usable = node.ready && !node.cordoned && node.taints.every(({ key }) => TOLERATED_TAINTS.includes(key));
  const total = gpuCount(node.allocatable);
  const used = gpuCount(state.usageOf(node.name).amounts);
  return { node, usable, total, used, free: usable ? Math.max(0, total - used) : 0 };
}

/** All pools, by name; the nodes without a pool last. Nodes are in order of name. */
export function poolCapacities(state: ClusterState): PoolCapacity[] {
  const pools = new Map<string | undefined, NodeCapacity[]>();
  for (const { name } of state.pools) pools.set(name, []);
  for (const node of state.nodes) {
    const members = pools.get(node.pool);
    if (members) members.push(nodeCapacity(state, node));
    else pools.set(node.pool, [nodeCapacity(state, node)]);
  }
  return [...pools]
    .sort(([a], [b]) => (a === undefined ? 1 : b === undefined ? -1 : compareNames(a, b)))
    .map(([pool, nodes]) => {
      nodes.sort((a, b) => compareNames(a.node.name, b.node.name));
      return { pool, nodes, gpus: countByType(nodes) };
    });
}

/** Sums nodes by GPU type; types in order of their total, largest first. */
export function countByType(nodes: readonly NodeCapacity[]): GpuCount[] {
  const counts = new Map<string, GpuCount>();
  for (const { node, usable, total, used, free } of nodes) {
    if (node.gpuType === undefined) continue;
    let count = counts.get(node.gpuType);
    if (!count) {
      count = { type: node.gpuType, total: 0, used: 0, free: 0, unavailable: 0, largestBlock: 0 };
      counts.set(node.gpuType, count);
    }
    if (!usable) {
      count.unavailable += total;
      continue;
    }
    count.total += total;
    count.used += Math.min(used, total);
    count.free += free;
    count.largestBlock = Math.max(count.largestBlock, free);
  }
  return [...counts.values()].sort((a, b) => b.total - a.total || compareNames(a.type, b.type));
}

/** By name, numbers by their value: n2 before n10. */
const collator = new Intl.Collator('en', { numeric: true });
export const compareNames = (a: string, b: string): number => collator.compare(a, b);
