import { type Message, message } from '../../../l10n/index.ts';
import { SYSTEM_NAMESPACE } from '../kinds/pool/manifests.ts';
import type { ConnectionPhase } from '../protocol.ts';
import type { ClusterState } from '../state/clusterState.ts';
import { toNode, toPod, toPool, toWorkload } from '../state/project.ts';
import type { WorkloadRecord } from '../state/records.ts';
import type { GpuctlError } from './error.ts';
import { asGpuctlError } from './error.ts';
import type { Cluster, CollectionRef, Delta, KubeObject, WatchStatus } from './ports.ts';

export { SYSTEM_NAMESPACE };

interface Watched {
  status: WatchStatus;
  /** When the cluster last confirmed what is held; milliseconds since 1970. */
  confirmed: number | undefined;
  stop(): void;
}

const WORKLOADS: readonly [WorkloadRecord['resource'], string][] = [
  ['Job', 'batch/v1'],
  ['Deployment', 'apps/v1'],
  ['StatefulSet', 'apps/v1'],
];

/**
 * All watches of one connection, and what they say together. What may not be watched in all namespaces is watched in the
 * chosen one; what may not be watched at all is unknown, not empty.
 */
export class Watches {
  private readonly watched = new Map<string, Watched>();
  private readonly cluster: Cluster;
  private readonly events: { onStatus(): void; onState(): void };
  private namespace: string;
  /** Kinds that may not be watched in all namespaces, and how each is watched in the chosen one. */
  private readonly narrow = new Map<string, () => void>();
  private everLive = false;
  private disposed = false;

  constructor(cluster: Cluster, state: ClusterState, namespace: string, events: { onStatus(): void; onState(): void }) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.events = events;
    this.start('Node', { apiVersion: 'v1', kind: 'Node' }, toNode, (deltas) => state.applyNodes(deltas));
    this.start('ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', namespace: SYSTEM_NAMESPACE }, toPool, (deltas) =>
      state.applyPools(deltas),
    );
    this.startWide('Pod', { apiVersion: 'v1', kind: 'Pod' }, toPod, (deltas) => state.applyPods(deltas));
    for (const [kind, apiVersion] of WORKLOADS) {
      this.startWide(kind, { apiVersion, kind }, toWorkload, (deltas) => state.applyWorkloads(kind, deltas));
    }
  }

  /** Another namespace to submit to; it decides what is seen where not all may be. */
  setNamespace(namespace: string): void {
    if (namespace === this.namespace) return;
    this.namespace = namespace;
    for (const startNarrow of this.narrow.values()) startNarrow();
  }

  get namespaces(): string[] | undefined {
    return this.narrow.size ? [this.namespace] : undefined;
  }

  /** Resources of jobs that may not be listed even in the chosen namespace. */
  get hidden(): string[] {
    return WORKLOADS.filter(([kind]) => this.watched.get(kind)?.status.phase === 'forbidden').map(
      ([kind]) => `${kind.toLowerCase()}s`,
    );
  }

  /** Resources that are not known yet, e.g. `pods`. */
  get missing(): string[] {
    return [...this.watched].flatMap(
      ([
        kind,
        {
          status: { phase },
        },
      ]) => (phase === 'live' || phase === 'forbidden' ? [] : [`${kind.toLowerCase()}s`]),
    );
  }

  get status(): {
    phase: ConnectionPhase;
    error: GpuctlError | undefined;
    asOf: number | undefined;
    capacityUnknown: Message | undefined;
    podsKnown: boolean;
  } {
    const watched = [...this.watched.values()];
    const all = watched.map(({ status }) => status);
    const broken = all.find((status) => status.phase === 'retrying');
    const confirmed = watched.map((one) => one.confirmed).filter((at) => at !== undefined);
    let phase: ConnectionPhase = 'connecting';
    if (broken) phase = this.everLive ? 'offline' : 'failed';
    else if (all.every((status) => status.phase === 'live' || status.phase === 'forbidden')) phase = 'connected';
    const asOf = confirmed.length ? Math.min(...confirmed) : undefined;
    return {
      phase,
      error: broken && asGpuctlError(broken.error),
      asOf,
      capacityUnknown: this.whyUnknown(),
      podsKnown: !this.narrow.has('Pod') && this.watched.get('Pod')?.confirmed !== undefined,
    };
  }

  dispose(): void {
    this.disposed = true;
    for (const { stop } of this.watched.values()) stop();
    this.watched.clear();
  }

  /** GPUs can be counted only where all nodes and all pods on them are seen. */
  private whyUnknown(): Message | undefined {
    if (this.watched.get('Node')?.status.phase === 'forbidden')
      return message('session.capacity.no-nodes', { cluster: this.cluster.context.cluster });
    if (this.narrow.has('Pod')) return message('session.capacity.no-pods', { cluster: this.cluster.context.cluster });
    return undefined;
  }

  /** In all namespaces if that is allowed, else in the chosen one. */
  private startWide<T>(
    id: string,
    collection: CollectionRef,
    project: (object: KubeObject) => T | undefined,
    apply: (deltas: Delta<T>[]) => void,
  ): void {
    this.start(id, collection, project, apply, () => {
      const startNarrow = () => this.start(id, { ...collection, namespace: this.namespace }, project, apply);
      this.narrow.set(id, startNarrow);
      startNarrow();
    });
  }

  private start<T>(
    id: string,
    collection: CollectionRef,
    project: (object: KubeObject) => T | undefined,
    apply: (deltas: Delta<T>[]) => void,
    onForbidden?: () => void,
  ): void {
    const replaced = this.watched.get(id);
    replaced?.stop();
    const entry: Watched = { status: { phase: 'listing' }, confirmed: undefined, stop: () => watch.dispose() };
    this.watched.set(id, entry);
    const current = () => !this.disposed && this.watched.get(id) === entry;
    const forget = () => {
      apply([{ type: 'reset', items: [] }]);
      this.events.onState();
    };
    if (replaced) forget(); // what it held may be of a namespace that nobody asks for any more
    const watch = this.cluster.watch<T>({
      collection,
      project,
      onDelta: (deltas) => {
        if (!current()) return;
        apply(deltas);
        this.events.onState();
      },
      onStatus: (status) => {
        if (!current()) return;
        if (status.phase === 'forbidden' && onForbidden) {
          onForbidden();
          return;
        }
        if (status.phase === 'forbidden' && entry.status.phase !== 'forbidden') forget();
        entry.status = status;
        if (status.phase === 'live') {
          this.everLive = true;
          entry.confirmed = status.at;
        }
        this.events.onStatus();
      },
    });
  }
}
