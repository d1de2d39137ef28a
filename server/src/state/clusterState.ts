import { isDeepStrictEqual } from 'node:util';
import { Collection } from './collection.ts';
import type { Delta } from './delta.ts';
import { type EventRecord, EventStore } from './events.ts';
import { NodeUsage } from './nodeUsage.ts';
import type {
  DefaultsRecord,
  NodeRecord,
  PodRecord,
  PoolRecord,
  PriorityRecord,
  QuotaRecord,
  WorkloadRecord,
} from './records.ts';

/** A node and what is held of it. */
export interface Place {
  readonly node: NodeRecord;
  readonly usage: NodeUsage;
}

/**
 * The cluster as it was last heard of. Changed by deltas alone; every view and verdict is derived from it. Sums per node are kept as
 * pods come and go, so that a verdict reads and does not scan.
 */
export class ClusterState {
  private readonly nodesByName = new Map<string, NodeRecord>();
  private readonly nodesByPool = new Map<string | undefined, Map<string, NodeRecord>>();
  private readonly podsByKey = new Map<string, PodRecord>();
  private readonly podsByJob = new Map<string, Map<string, PodRecord>>();
  private readonly podsByNode = new Map<string, Map<string, PodRecord>>();
  /** Of each node that is known or has pods. */
  private readonly usage = new Map<string, NodeUsage>();
  /** What `placesIn` gave, until a node changes. */
  private readonly places = new Map<string | undefined, readonly Place[]>();
  private readonly workloadsByKey = new Map<string, WorkloadRecord>();
  private readonly poolRecords = new Collection<PoolRecord>();
  private readonly quotaRecords = new Collection<QuotaRecord>();
  private readonly defaultsRecords = new Collection<DefaultsRecord>();
  private readonly priorityRecords = new Collection<PriorityRecord>();
  private readonly eventStore = new EventStore();
  private changes = 0;
  private siteChanges = 0;

  /** Differs after every change. */
  get version(): number {
    return this.changes;
  }
  /** Differs after every change of what a build depends on: nodes and pools. */
  get siteVersion(): number {
    return this.siteChanges;
  }

  get nodes(): Iterable<NodeRecord> {
    return this.nodesByName.values();
  }
  get workloads(): Iterable<WorkloadRecord> {
    return this.workloadsByKey.values();
  }
  get pools(): Iterable<PoolRecord> {
    return this.poolRecords.values();
  }
  get priorities(): Iterable<PriorityRecord> {
    return this.priorityRecords.values();
  }
  get hasNodes(): boolean {
    return this.nodesByName.size > 0;
  }

  node(name: string): NodeRecord | undefined {
    return this.nodesByName.get(name);
  }

  /** Nodes of a pool; `undefined` stands for those that belong to none. */
  nodesIn(pool: string | undefined): Iterable<NodeRecord> {
    return this.nodesByPool.get(pool)?.values() ?? [];
  }

  /** The same with what is held of each; the very same list until a node changes. */
  placesIn(pool: string | undefined): readonly Place[] {
    let places = this.places.get(pool);
    if (!places) {
      places = [...this.nodesIn(pool)].map((node) => ({ node, usage: this.usageOn(node.name) }));
      this.places.set(pool, places);
    }
    return places;
  }

  /** Names of the pools that nodes say they belong to. */
  get poolNames(): string[] {
    return [...this.nodesByPool.keys()].filter((name) => name !== undefined);
  }

  /** Pods of a job, in order of rank, then name; those of an earlier job of that name are not among them. */
  podsOf(namespace: string, job: string, main = this.workload(namespace, job)): PodRecord[] {
    const pods = [...(this.podsByJob.get(`${namespace}/${job}`)?.values() ?? [])].filter((pod) => isPodOf(pod, main));
    return pods.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.name.localeCompare(b.name));
  }

  /** What was said of a pod or a main resource, newest first; of a Deployment also what was said of its versions. */
  eventsOf({
    uid,
    namespace,
    name,
    resource,
  }: {
    uid: string;
    namespace: string;
    name: string;
    resource?: string;
  }): EventRecord[] {
    const own = this.eventStore.of(uid);
    return resource === 'Deployment' ? [...own, ...this.eventStore.ofVersions(namespace, name)] : own;
  }

  /** Whether a job, or a pod of that name that is nobody's job, is there. */
  holdsPodsOf(namespace: string, job: string): boolean {
    const key = `${namespace}/${job}`;
    return this.podsByJob.has(key) || this.podsByKey.has(key);
  }

  /** Pods that hold something of a node: those that are there, and those for which it is being emptied. */
  podsOn(node: string): Iterable<PodRecord> {
    return this.podsByNode.get(node)?.values() ?? [];
  }

  usageOf(node: string): NodeUsage {
    return this.usage.get(node) ?? NodeUsage.IDLE;
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
    for (const pool of this.pools) if (pool.name === name) return pool;
    return undefined;
  }

  /** Quotas of a namespace. */
  quotasIn(namespace: string): QuotaRecord[] {
    return [...this.quotaRecords.values()].filter((quota) => quota.namespace === namespace);
  }

  /** What pods of a namespace get that do not say how much they need. */
  defaultsIn(namespace: string): DefaultsRecord | undefined {
    for (const one of this.defaultsRecords.values()) if (one.namespace === namespace) return one;
    return undefined;
  }

  /** All `apply…` say whether anything differs from before. */
  applyNodes(deltas: readonly Delta<NodeRecord>[]): boolean {
    let changed = false;
    for (const delta of deltas) {
      if (delta.type === 'reset') {
        const names = new Set(delta.items.map(({ name }) => name));
        for (const name of [...this.nodesByName.keys()])
          if (!names.has(name)) changed = this.removeNode(name) || changed;
        for (const node of delta.items) changed = this.setNode(node) || changed;
      } else if (delta.type === 'set') changed = this.setNode(delta.item) || changed;
      else changed = this.removeNode(delta.key) || changed;
    }
    if (changed) {
      this.siteChanges++;
      this.places.clear();
    }
    return this.note(changed);
  }

  applyPools(deltas: readonly Delta<PoolRecord>[]): boolean {
    const changed = this.poolRecords.apply(deltas);
    if (changed) this.siteChanges++;
    return this.note(changed);
  }

  applyQuotas(deltas: readonly Delta<QuotaRecord>[]): boolean {
    return this.note(this.quotaRecords.apply(deltas));
  }

  applyDefaults(deltas: readonly Delta<DefaultsRecord>[]): boolean {
    return this.note(this.defaultsRecords.apply(deltas));
  }

  applyPriorities(deltas: readonly Delta<PriorityRecord>[]): boolean {
    return this.note(this.priorityRecords.apply(deltas));
  }

  /** What is said of jobs; whether of one that is held. It decides nothing, so that the version stays. */
  applyEvents(deltas: readonly Delta<EventRecord>[]): boolean {
    const changed = this.eventStore.apply(deltas);
    return changed && deltas.some((delta) => delta.type === 'set' && this.isOfJob(delta.item));
  }

  /** Deltas of one kind of main resource; a `reset` replaces those of that kind only. */
  applyWorkloads(resource: WorkloadRecord['resource'], deltas: readonly Delta<WorkloadRecord>[]): boolean {
    for (const delta of deltas) {
      if (delta.type === 'reset') {
        for (const [key, known] of this.workloadsByKey)
          if (known.resource === resource) this.workloadsByKey.delete(key);
        for (const item of delta.items) this.workloadsByKey.set(item.key, item);
      } else if (delta.type === 'set') this.workloadsByKey.set(delta.item.key, delta.item);
      else this.workloadsByKey.delete(`${resource}/${delta.key}`);
    }
    return this.note(deltas.length > 0);
  }

  applyPods(deltas: readonly Delta<PodRecord>[]): boolean {
    let changed = false;
    for (const delta of deltas) {
      if (delta.type === 'reset') {
        for (const pod of [...this.podsByKey.values()]) this.removePod(pod);
        for (const pod of delta.items) this.addPod(pod);
        changed = true;
      } else {
        const old = this.podsByKey.get(delta.type === 'set' ? delta.item.key : delta.key);
        if (delta.type === 'set' && old && isDeepStrictEqual(old, delta.item)) continue;
        if (old) this.removePod(old);
        if (delta.type === 'set') this.addPod(delta.item);
        changed ||= delta.type === 'set' || old !== undefined;
      }
    }
    return this.note(changed);
  }

  private isOfJob({ kind, namespace, name }: EventRecord): boolean {
    if (kind === 'Pod') return this.podsByKey.get(`${namespace}/${name}`)?.job !== undefined;
    const owner = kind === 'ReplicaSet' ? name.slice(0, name.lastIndexOf('-')) : name;
    return this.workload(namespace, owner) !== undefined;
  }

  private note(changed: boolean): boolean {
    if (changed) this.changes++;
    return changed;
  }

  /** A heartbeat of a node changes nothing that is held: the record stays the one that it was. */
  private setNode(node: NodeRecord): boolean {
    const old = this.nodesByName.get(node.name);
    if (old && isDeepStrictEqual(old, node)) return false;
    if (old) outOf(this.nodesByPool, old.pool, old.name);
    this.nodesByName.set(node.name, node);
    into(this.nodesByPool, node.pool).set(node.name, node);
    return true;
  }

  private removeNode(name: string): boolean {
    const old = this.nodesByName.get(name);
    if (!old) return false;
    this.nodesByName.delete(name);
    outOf(this.nodesByPool, old.pool, name);
    this.dropIdle(name);
    return true;
  }

  private addPod(pod: PodRecord): void {
    this.podsByKey.set(pod.key, pod);
    if (pod.job) into(this.podsByJob, `${pod.namespace}/${pod.job}`).set(pod.key, pod);
    const node = heldNode(pod);
    if (node === undefined) return;
    into(this.podsByNode, node).set(pod.key, pod);
    this.usageOn(node).add(pod);
  }

  private usageOn(node: string): NodeUsage {
    let usage = this.usage.get(node);
    if (!usage) {
      usage = new NodeUsage();
      this.usage.set(node, usage);
    }
    return usage;
  }

  private dropIdle(node: string): void {
    if (!this.nodesByName.has(node) && this.usage.get(node)?.pods === 0) this.usage.delete(node);
  }

  private removePod(pod: PodRecord): void {
    this.podsByKey.delete(pod.key);
    if (pod.job) outOf(this.podsByJob, `${pod.namespace}/${pod.job}`, pod.key);
    const node = heldNode(pod);
    if (node === undefined) return;
    outOf(this.podsByNode, node, pod.key);
    this.usage.get(node)?.remove(pod);
    this.dropIdle(node);
  }
}

/** Only Jobs make their pods themselves: of the others the owner tells nothing. */
const isPodOf = ({ owner }: PodRecord, main: WorkloadRecord | undefined): boolean =>
  main?.resource !== 'Job' || owner === undefined || owner === main.uid;

/** The node of which a pod holds resources: until it has ended, and a terminating one until it is gone. */
const heldNode = ({ node, nominatedNode, phase }: PodRecord): string | undefined =>
  phase === 'Succeeded' || phase === 'Failed' ? undefined : (node ?? nominatedNode);

function into<G, T>(groups: Map<G, Map<string, T>>, group: G): Map<string, T> {
  let members = groups.get(group);
  if (!members) {
    members = new Map();
    groups.set(group, members);
  }
  return members;
}

function outOf<G, T>(groups: Map<G, Map<string, T>>, group: G, key: string): void {
  const members = groups.get(group);
  members?.delete(key);
  if (members?.size === 0) groups.delete(group);
}
