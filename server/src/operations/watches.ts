import { type Message, message } from '../../../l10n/index.ts';
import { FRAMEWORKS } from '../frameworks/index.ts';
import { SYSTEM_NAMESPACE } from '../kinds/pool/manifests.ts';
import type { ConnectionPhase } from '../protocol.ts';
import type { ClusterState } from '../state/clusterState.ts';
import { EVENT_SELECTOR, toEvent } from '../state/events.ts';
import { toNode, toPod, toPool, UNREAD_IN_PODS } from '../state/project.ts';
import { toDefaults, toPriority, toQuota } from '../state/projectLimits.ts';
import type { GpuctlError } from './error.ts';
import { asGpuctlError, isForbidden } from './error.ts';
import type { Cluster, CollectionRef, Delta, KubeObject, WatchStatus } from './ports.ts';

export { SYSTEM_NAMESPACE };

interface Watched {
  status: WatchStatus;
  /** When the cluster last confirmed what is held; milliseconds since 1970. */
  confirmed: number | undefined;
  stop(): void;
}

/** What watches tell. */
interface WatchEvents {
  onStatus(): void;
  onState(): void;
  /** Something may not be watched, or no longer; or it was refused and is allowed again. */
  onRefusal(): void;
}

/** A collection that is followed, and what becomes of it in the held state. */
interface Followed {
  collection: CollectionRef;
  /** In all namespaces where that is allowed, else in the chosen one. */
  wide: boolean;
  /** What to call with what changed; it says whether anything differs. */
  into(state: ClusterState): Sink<unknown>;
}
interface Sink<T> {
  /** Lists within the objects that `project` does not look at. */
  unread?: readonly string[] | undefined;
  project(object: KubeObject): T | undefined;
  apply(deltas: Delta<T>[]): boolean;
}

function follow<T>(
  collection: CollectionRef & { wide?: true },
  project: (object: KubeObject) => T | undefined,
  apply: (state: ClusterState, deltas: Delta<T>[]) => boolean,
  unread?: readonly string[],
): Followed {
  const { wide = false, ...ref } = collection;
  const into = (state: ClusterState): Sink<T> => ({ project, unread, apply: (deltas) => apply(state, deltas) });
  return { collection: ref, wide, into: into as Followed['into'] };
}

const WORKLOADS = FRAMEWORKS.flatMap(({ watches }) => watches);

const FOLLOWED: readonly Followed[] = [
  follow({ apiVersion: 'v1', kind: 'Node' }, toNode, (state, deltas) => state.applyNodes(deltas)),
  follow({ apiVersion: 'v1', kind: 'ConfigMap', namespace: SYSTEM_NAMESPACE }, toPool, (state, deltas) =>
    state.applyPools(deltas),
  ),
  follow(
    { apiVersion: 'v1', kind: 'Pod', wide: true },
    toPod,
    (state, deltas) => state.applyPods(deltas),
    UNREAD_IN_PODS,
  ),
  follow({ apiVersion: 'v1', kind: 'ResourceQuota', wide: true }, toQuota, (state, deltas) =>
    state.applyQuotas(deltas),
  ),
  follow({ apiVersion: 'v1', kind: 'LimitRange', wide: true }, toDefaults, (state, deltas) =>
    state.applyDefaults(deltas),
  ),
  follow({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' }, toPriority, (state, deltas) =>
    state.applyPriorities(deltas),
  ),
  follow({ apiVersion: 'v1', kind: 'Event', fieldSelector: EVENT_SELECTOR, wide: true }, toEvent, (state, deltas) =>
    state.applyEvents(deltas),
  ),
  ...WORKLOADS.map(({ apiVersion, kind, toWorkload }) =>
    follow({ apiVersion, kind, wide: true }, toWorkload, (state, deltas) => state.applyWorkloads(kind, deltas)),
  ),
];

/** What makes verdicts and explanations better; without it, all else is as true as ever. */
const ASIDE: ReadonlySet<string> = new Set(['Event', 'ResourceQuota', 'LimitRange', 'PriorityClass']);

const isSettled = ({ phase }: WatchStatus): boolean => phase === 'live' || phase === 'forbidden';

/**
 * All watches of one connection, and what they say together. What may not be watched in all namespaces is watched in the
 * chosen one; what may not be watched at all is unknown, not empty.
 */
export class Watches {
  private readonly watched = new Map<string, Watched>();
  private readonly cluster: Cluster;
  private readonly events: WatchEvents;
  private namespace: string;
  /** Collections that could be watched once, by their keys; an earlier connection may have found them. */
  private readonly allowed: Set<string>;
  /** Kinds that may not be watched in all namespaces, and how each is watched in the chosen one. */
  private readonly narrow = new Map<string, () => void>();
  private everLive = false;
  private disposed = false;

  constructor(cluster: Cluster, state: ClusterState, namespace: string, allowed: Set<string>, events: WatchEvents) {
    this.cluster = cluster;
    this.allowed = allowed;
    this.namespace = namespace;
    this.events = events;
    for (const { collection, wide, into } of FOLLOWED) {
      const sink = into(state);
      if (wide) this.startWide(collection, sink);
      else this.start(collection, sink);
    }
  }

  /** Another namespace to submit to; it decides what is seen where not all may be. */
  setNamespace(namespace: string): void {
    if (namespace === this.namespace) return;
    this.namespace = namespace;
    for (const startNarrow of this.narrow.values()) startNarrow();
  }

  get namespaces(): string[] | undefined {
    return [...WORKLOADS, { kind: 'Pod' }].some(({ kind }) => this.narrow.has(kind)) ? [this.namespace] : undefined;
  }

  /** Resources of jobs that may not be listed even in the chosen namespace. */
  get hidden(): string[] {
    return WORKLOADS.filter(({ kind }) => this.watched.get(kind)?.status.phase === 'forbidden').map(
      ({ kind }) => `${kind.toLowerCase()}s`,
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
      ]) => (phase === 'live' || phase === 'forbidden' || ASIDE.has(kind) ? [] : [`${kind.toLowerCase()}s`]),
    );
  }

  get status(): {
    phase: ConnectionPhase;
    error: GpuctlError | undefined;
    asOf: number | undefined;
    capacityUnknown: Message | undefined;
    podsKnown: boolean;
  } {
    const watched = [...this.watched].flatMap(([kind, one]) => (ASIDE.has(kind) ? [] : [one]));
    const aside = [...this.watched].flatMap(([kind, { status }]) => (ASIDE.has(kind) ? [status] : []));
    const all = watched.map(({ status }) => status);
    const broken = all.find((status) => status.phase === 'retrying');
    const confirmed = watched.map((one) => one.confirmed).filter((at) => at !== undefined);
    let phase: ConnectionPhase = 'connecting';
    if (broken) phase = this.everLive ? 'offline' : 'failed';
    else if (all.every(isSettled) && aside.every(({ phase }) => phase !== 'listing')) phase = 'connected';
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
  private startWide(collection: CollectionRef, sink: Sink<unknown>): void {
    this.start(collection, sink, () => {
      const startNarrow = () => this.start({ ...collection, namespace: this.namespace }, sink);
      this.narrow.set(collection.kind, startNarrow);
      startNarrow();
    });
  }

  private start(collection: CollectionRef, { project, unread, apply }: Sink<unknown>, onForbidden?: () => void): void {
    const key = `${collection.kind} ${collection.namespace ?? ''}`;
    const replaced = this.watched.get(collection.kind);
    replaced?.stop();
    const entry: Watched = { status: { phase: 'listing' }, confirmed: undefined, stop: () => watch.dispose() };
    this.watched.set(collection.kind, entry);
    const current = () => !this.disposed && this.watched.get(collection.kind) === entry;
    const forget = () => {
      if (apply([{ type: 'reset', items: [] }])) this.events.onState();
    };
    if (replaced) forget(); // what it held may be of a namespace that nobody asks for any more
    const watch = this.cluster.watch<unknown>({
      collection,
      project,
      ...(unread && { unread }),
      wasAllowed: this.allowed.has(key),
      onDelta: (deltas) => {
        if (current() && apply(deltas)) this.events.onState();
      },
      onStatus: (status) => {
        if (!current()) return;
        const isNew = status.phase === 'forbidden' && entry.status.phase !== 'forbidden';
        if (isNew) {
          this.allowed.delete(key);
          this.events.onRefusal();
        }
        if (status.phase === 'forbidden' && onForbidden) {
          onForbidden();
          return;
        }
        if (isNew) forget();
        const was = entry.status;
        entry.status = status;
        if (status.phase === 'live') {
          if (was.phase === 'forbidden' || (was.phase === 'retrying' && isForbidden(was.error)))
            this.events.onRefusal();
          this.everLive = true;
          this.allowed.add(key);
          entry.confirmed = status.at;
        }
        this.events.onStatus();
      },
    });
  }
}
