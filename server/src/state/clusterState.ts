import { minus, NOTHING, plus } from './amounts.ts';
import type { Delta } from './delta.ts';
import type { Amounts, NodeRecord, PodRecord, PoolRecord, WorkloadRecord } from './records.ts';

/** What a node's pods hold. */
export interface NodeUsage {
  amounts: Amounts;
  pods: number;
}

const IDLE: NodeUsage = { amounts: NOTHING, pods: 0 };

/**
 * The cluster as it was last heard of. Changed by deltas alone; every view and verdict is derived from it. Sums per node are kept as
 * pods come and go, so that a verdict reads and does not scan.
 */
export class ClusterState {
  private readonly nodesByName = new Map<string, NodeRecord>();
  private readonly podsByKey = new Map<string, PodRecord>();
  private readonly podsByJob = new Map<string, Map<string, PodRecord>>();
  private readonly podsByNode = new Map<string, Map<string, PodRecord>>();
  private readonly usage = new Map<string, NodeUsage>();
  private readonly workloadsByKey = new Map<string, WorkloadRecord>();
  private readonly poolsByKey = new Map<string, PoolRecord>();

  get nodes(): Iterable<NodeRecord> {
    return this.nodesByName.values();
  }
  get workloads(): Iterable<WorkloadRecord> {
    return this.workloadsByKey.values();
  }
  get pools(): Iterable<PoolRecord> {
    return this.poolsByKey.values();
  }
  get hasNodes(): boolean {
    return this.nodesByName.size > 0;
  }

  node(name: string): NodeRecord | undefined {
    return this.nodesByName.get(name);
  }

  /** Pods of a job, in order of rank, then name; those of an earlier job of that name are not among them. */
  podsOf(namespace: string, job: string, main = this.workload(namespace, job)): PodRecord[] {
    const pods = [...(this.podsByJob.get(`${namespace}/${job}`)?.values() ?? [])].filter((pod) => isPodOf(pod, main));
    return pods.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.name.localeCompare(b.name));
  }

  /** Pods that hold something of a node. */
  podsOn(node: string): Iterable<PodRecord> {
    return this.podsByNode.get(node)?.values() ?? [];
  }

  usageOf(node: string): NodeUsage {
    return this.usage.get(node) ?? IDLE;
  }

  /** The main resource of a job: the name is unique over the kinds of a namespace. */
  workload(namespace: string, name: string): WorkloadRecord | undefined {
    for (const resource of ['Job', 'Deployment', 'StatefulSet']) {
      const found = this.workloadsByKey.get(`${resource}/${namespace}/${name}`);
      if (found) return found;
    }
    return undefined;
  }

  pool(name: string): PoolRecord | undefined {
    for (const pool of this.poolsByKey.values()) if (pool.name === name) return pool;
    return undefined;
  }

  applyNodes(deltas: readonly Delta<NodeRecord>[]): void {
    applyTo(this.nodesByName, deltas);
  }

  applyPools(deltas: readonly Delta<PoolRecord>[]): void {
    applyTo(this.poolsByKey, deltas);
  }

  /** Deltas of one kind of main resource; a `reset` replaces those of that kind only. */
  applyWorkloads(resource: WorkloadRecord['resource'], deltas: readonly Delta<WorkloadRecord>[]): void {
    for (const delta of deltas) {
      if (delta.type === 'reset') {
        for (const [key, known] of this.workloadsByKey)
          if (known.resource === resource) this.workloadsByKey.delete(key);
        for (const item of delta.items) this.workloadsByKey.set(item.key, item);
      } else if (delta.type === 'set') this.workloadsByKey.set(delta.item.key, delta.item);
      else this.workloadsByKey.delete(`${resource}/${delta.key}`);
    }
  }

  applyPods(deltas: readonly Delta<PodRecord>[]): void {
    for (const delta of deltas) {
      if (delta.type === 'reset') {
        for (const pod of [...this.podsByKey.values()]) this.removePod(pod);
        for (const pod of delta.items) this.addPod(pod);
      } else if (delta.type === 'set') {
        const old = this.podsByKey.get(delta.item.key);
        if (old) this.removePod(old);
        this.addPod(delta.item);
      } else {
        const old = this.podsByKey.get(delta.key);
        if (old) this.removePod(old);
      }
    }
  }

  private addPod(pod: PodRecord): void {
    this.podsByKey.set(pod.key, pod);
    if (pod.job) into(this.podsByJob, `${pod.namespace}/${pod.job}`).set(pod.key, pod);
    if (!holds(pod)) return;
    into(this.podsByNode, pod.node).set(pod.key, pod);
    const { amounts, pods } = this.usageOf(pod.node);
    this.usage.set(pod.node, { amounts: plus(amounts, pod.requests), pods: pods + 1 });
  }

  private removePod(pod: PodRecord): void {
    this.podsByKey.delete(pod.key);
    if (pod.job) outOf(this.podsByJob, `${pod.namespace}/${pod.job}`, pod.key);
    if (!holds(pod)) return;
    outOf(this.podsByNode, pod.node, pod.key);
    const { amounts, pods } = this.usageOf(pod.node);
    if (pods <= 1) this.usage.delete(pod.node);
    else this.usage.set(pod.node, { amounts: minus(amounts, pod.requests), pods: pods - 1 });
  }
}

/** Only Jobs make their pods themselves: of the others the owner tells nothing. */
const isPodOf = ({ owner }: PodRecord, main: WorkloadRecord | undefined): boolean =>
  main?.resource !== 'Job' || owner === undefined || owner === main.uid;

/** A bound pod holds its resources until it has ended; a terminating one until it is gone. */
const holds = (pod: PodRecord): pod is PodRecord & { node: string } =>
  pod.node !== undefined && pod.phase !== 'Succeeded' && pod.phase !== 'Failed';

function applyTo<T extends { key: string }>(map: Map<string, T>, deltas: readonly Delta<T>[]): void {
  for (const delta of deltas) {
    if (delta.type === 'reset') {
      map.clear();
      for (const item of delta.items) map.set(item.key, item);
    } else if (delta.type === 'set') map.set(delta.item.key, delta.item);
    else map.delete(delta.key);
  }
}

function into<T>(groups: Map<string, Map<string, T>>, group: string): Map<string, T> {
  let members = groups.get(group);
  if (!members) {
    members = new Map();
    groups.set(group, members);
  }
  return members;
}

function outOf<T>(groups: Map<string, Map<string, T>>, group: string, key: string): void {
  const members = groups.get(group);
  members?.delete(key);
  if (members?.size === 0) groups.delete(group);
}
