import { DEFAULT_ACCELERATOR } from '../model/accelerators.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { Amounts, NodeRecord } from '../state/records.ts';

/** Counts of one type of accelerator. Those of nodes that take no pods are `unavailable`, and neither total, used nor free. */
export interface GpuCount {
  type: string;
  total: number;
  used: number;
  free: number;
  unavailable: number;
  /** Those that their driver takes for broken: in no other number. Absent: none. */
  unhealthy?: number;
  /** Most that are free together on one node. */
  largestBlock: number;
}

/** A node as capacity sees it. `total`, `used` and `free` count what a plain `gpu: n` asks for, and nothing else. */
export interface NodeCapacity {
  node: NodeRecord;
  /** Ready, not cordoned, and without a taint that jobs with GPUs do not tolerate. */
  usable: boolean;
  total: number;
  used: number;
  /** 0 where the node is not usable. */
  free: number;
  /** Accelerators of every kind that its pods hold, by resource name. */
  held: Amounts['gpus'];
}

export interface PoolCapacity {
  /** `undefined` for the nodes that belong to no pool. */
  pool: string | undefined;
  gpus: GpuCount[];
  nodes: NodeCapacity[];
}

/** Stands for the type of GPUs that no label names. */
export const UNLABELLED = 'GPU';

/** What a node offers now. */
export function nodeCapacity(state: ClusterState, node: NodeRecord): NodeCapacity {
  const usable = node.ready && !node.cordoned && node.taints.every((taint) => isTolerated(taint, node));
  const held = state.usageOf(node.name).amounts.gpus;
  const total = node.allocatable.gpus[DEFAULT_ACCELERATOR] ?? 0;
  const used = held[DEFAULT_ACCELERATOR] ?? 0;
  return { node, usable, total, used, free: usable ? Math.max(0, total - used) : 0, held };
}

/** Whether jobs with GPUs go to a node all the same: `toleratedTaints` in `kinds/manifests/pod.ts` is what they tolerate. */
const isTolerated = ({ key, effect }: NodeRecord['taints'][number], { allocatable }: NodeRecord): boolean =>
  effect === 'NoSchedule' && (key === DEFAULT_ACCELERATOR || Object.hasOwn(allocatable.gpus, key));

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

/**
 * Sums nodes by type of accelerator. Whole GPUs have the type of their node; slices, shares and other vendors' devices are types of
 * their own. Whole GPUs come first, then the larger total. `only` names one resource to look at.
 */
export function countByType(nodes: readonly NodeCapacity[], only?: string): GpuCount[] {
  const counts = new Map<string, GpuCount>();
  const whole = new Set<string>();
  for (const { node, usable, held } of nodes) {
    for (const resource of new Set([...Object.keys(node.allocatable.gpus), ...Object.keys(node.unhealthy)])) {
      const total = node.allocatable.gpus[resource] ?? 0;
      const unhealthy = node.unhealthy[resource] ?? 0;
      if (total + unhealthy === 0 || (only !== undefined && resource !== only)) continue;
      const type = toType(node, resource);
      if (resource === DEFAULT_ACCELERATOR) whole.add(type);
      let count = counts.get(type);
      if (!count) {
        count = { type, total: 0, used: 0, free: 0, unavailable: 0, largestBlock: 0 };
        counts.set(type, count);
      }
      if (unhealthy) count.unhealthy = (count.unhealthy ?? 0) + unhealthy;
      if (!usable) {
        count.unavailable += total;
        continue;
      }
      const used = Math.min(held[resource] ?? 0, total);
      count.total += total;
      count.used += used;
      count.free += total - used;
      count.largestBlock = Math.max(count.largestBlock, total - used);
    }
  }
  return [...counts.values()].sort(
    (a, b) =>
      Number(whole.has(b.type)) - Number(whole.has(a.type)) || b.total - a.total || compareNames(a.type, b.type),
  );
}

/** `nvidia.com/mig-3g.20gb` is `mig-3g.20gb`; where only the vendor tells resources apart (`amd.com/gpu`), the vendor stays. */
function toType({ gpuType = UNLABELLED }: NodeRecord, resource: string): string {
  if (resource === DEFAULT_ACCELERATOR) return gpuType;
  const name = resource.slice(resource.indexOf('/') + 1);
  return name === 'gpu' ? resource : name;
}

/** By name, numbers by their value: n2 before n10. */
const collator = new Intl.Collator('en', { numeric: true });
export const compareNames = (a: string, b: string): number => collator.compare(a, b);
