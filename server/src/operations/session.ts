import { isDeepStrictEqual } from 'node:util';
import { type Message, message, toText } from '../../../l10n/index.ts';
import { Outlook } from '../capacity/outlook.ts';
import type { ConnectionOptions, ConnectionPhase } from '../protocol.ts';
import { ClusterState } from '../state/clusterState.ts';
import { asGpuctlError, cancelled, GpuctlError, isForbidden } from './error.ts';
import { fingerprint } from './fingerprint.ts';
import { Steps } from './logs/steps.ts';
import { Activities } from './notebooks/activities.ts';
import type { Cluster, ClusterContext, Clusters } from './ports.ts';
import { findKueue } from './queue.ts';
import { Rights } from './rights.ts';
import { Watches } from './watches.ts';

/** How the connection is doing; see `ConnectionDto`. */
export interface SessionStatus {
  phase: ConnectionPhase;
  target: ClusterContext | undefined;
  /** The same, or where the connection that is made leads, as far as that is known. */
  heading: Heading | undefined;
  /** Namespace that submits go to where a document names none; where no context is known, `default`. */
  namespace: string;
  /** What is wrong. */
  error: GpuctlError | undefined;
  /** Why GPUs cannot be counted; `undefined` where they can. */
  capacityUnknown: Message | undefined;
  /** Milliseconds since 1970 when the held state was last confirmed. */
  asOf: number | undefined;
  /** Whether every pod on every node is held: only then is it known what is used and what is free. */
  podsKnown: boolean;
}

/** A context of which perhaps nothing but the name is known. */
export type Heading = Pick<ClusterContext, 'context'> & Partial<ClusterContext>;

export interface SessionEvents {
  onStatus(): void;
  /** Jobs or pools may differ; comes coalesced. */
  onState(): void;
}

/** Watches go on for a while after the last one who looks has left, so that a change of tabs costs nothing. */
const LINGER = 60_000;
const COALESCE = 50;
/** Milliseconds after which it is asked again who is connected, where that could not be said. */
const ASK_AGAIN = 30_000;
/** Megabytes of logs that are kept where nobody says otherwise. */
const KEPT_LOGS = 500;
/** Codes of errors that other credentials may end. */
const AT_THE_DOOR = /^(credentials\.|kubeconfig\.|connection\.(unauthorized|untrusted)$)/;

/**
 * The one connection of this window, and what is held of its cluster. It connects when somebody looks (`setInterest`) or an operation asks
 * (`cluster`), and repairs itself. Nothing in it throws into its callers' callbacks.
 */
export class Session {
  state = new ClusterState();
  /** What the person may do. */
  readonly rights = new Rights({
    cluster: () => this.connected,
    isWatched: () => this.watches !== undefined,
    use: (run) => this.use(run),
    changed: () => this.changed(),
  });
  /** How words of ours are said in a file. */
  words: (say: Message) => string = (say) => toText(say, 'en');
  /** Megabytes of logs of earlier runs that are kept on this machine; 0 for none. */
  keepLogs = KEPT_LOGS;
  /** How far trainings are. */
  readonly steps = new Steps(() => this.changed());
  /** What runs in notebooks. */
  readonly activities = new Activities(() => this.changed());
  private lastOutlook: Outlook | undefined;
  /** Whether the cluster has queues; `undefined` where that is not known. */
  private queues: boolean | undefined;
  private whoAmI: string | undefined;
  private options: ConnectionOptions = {};
  private trusted = false;
  private interest = false;
  private connection: Promise<Cluster> | undefined;
  private connected: Cluster | undefined;
  /** Where the last connection led, and by which settings. */
  private last: { target: ClusterContext; options: ConnectionOptions } | undefined;
  /** Raised with every end of a connection: what was begun before is late. */
  private generation = 0;
  /** How many operations are at work on a cluster; one that is no longer ours is closed after the last. */
  private readonly users = new Map<Cluster, number>();
  /** What the connection was made from. */
  private origin: string | undefined;
  private disposed = false;
  private watches: Watches | undefined;
  /** What could be watched in each context: right after the start of an API server it refuses what it will allow. */
  private readonly allowed = new Map<string, Set<string>>();
  private failure: GpuctlError | undefined;
  private files: { dispose(): void } | undefined;
  private lingering: NodeJS.Timeout | undefined;
  private pending: NodeJS.Timeout | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly clusters: Clusters;
  private readonly events: SessionEvents;

  constructor(clusters: Clusters, events: SessionEvents) {
    this.clusters = clusters;
    this.events = events;
  }

  /** Takes other settings; connects anew where they differ. */
  configure(options: ConnectionOptions, trusted: boolean): void {
    if (trusted === this.trusted && JSON.stringify(options) === JSON.stringify(this.options)) return;
    const onlyNamespace =
      trusted === this.trusted &&
      this.connected &&
      options.kubeconfig === this.options.kubeconfig &&
      options.context === this.options.context &&
      JSON.stringify(options.network) === JSON.stringify(this.options.network);
    this.options = options;
    this.trusted = trusted;
    if (onlyNamespace) {
      this.watches?.setNamespace(this.status.namespace);
      this.events.onStatus();
      this.changed();
    } else this.reconnect();
  }

  get isTrusted(): boolean {
    return this.trusted;
  }

  get connectionOptions(): ConnectionOptions {
    return this.options;
  }

  /** Whether anybody looks at the cluster. Watches start with the first and end a while after the last. */
  setInterest(interest: boolean): void {
    this.interest = interest;
    clearTimeout(this.lingering);
    if (interest) this.look();
    else this.lingering = setTimeout(() => this.stopLooking(), LINGER).unref();
  }

  /** Forgets the connection and makes a new one if it is needed. */
  reconnect(): void {
    this.disconnect();
    this.files?.dispose();
    this.files = this.trusted ? this.clusters.onChange(this.options, () => void this.kubeconfigChanged()) : undefined;
    this.look();
    this.events.onStatus();
    this.changed();
  }

  /** The open connection. Throws GpuctlError where there can be none. */
  async cluster(): Promise<Cluster> {
    if (this.disposed) throw cancelled();
    if (!this.trusted) throw new GpuctlError('connection.untrusted-workspace', message('session.untrusted'));
    if (!this.connection) {
      this.connection = this.connect();
      this.events.onStatus();
    }
    return this.connection;
  }

  /** Runs an operation on the open connection, which stays open until it is done, even if the window has another by then. */
  async use<T>(run: (cluster: Cluster) => Promise<T>): Promise<T> {
    let cluster = await this.cluster();
    while (!this.isOpen(cluster)) cluster = await this.cluster();
    this.users.set(cluster, (this.users.get(cluster) ?? 0) + 1);
    try {
      return await run(cluster);
    } catch (error) {
      if (isForbidden(error)) this.rights.doubt();
      throw error;
    } finally {
      const others = (this.users.get(cluster) ?? 1) - 1;
      if (others) this.users.set(cluster, others);
      else this.users.delete(cluster);
      if (!this.isOpen(cluster)) this.closeUnused(cluster);
    }
  }

  /** Who the cluster says that we are; `undefined` where it does not say. */
  get user(): string | undefined {
    return this.whoAmI;
  }

  /** Whether this is the connection of the window now. */
  isOpen(cluster: Cluster): boolean {
    return this.connected === cluster;
  }

  get namespace(): string {
    return this.status.namespace;
  }

  get status(): SessionStatus {
    const target = this.connected?.context;
    const watches = this.watches?.status;
    const heading = target ?? this.heading;
    const namespace = this.options.namespace || heading?.namespace || 'default';
    const error = this.failure ?? watches?.error;
    let phase: ConnectionPhase = 'off';
    if (this.failure) phase = this.failure.code.startsWith('kubeconfig.') ? 'none' : 'failed';
    else if (watches) phase = watches.phase;
    else if (this.connection && !this.connected) phase = 'connecting';
    const capacityUnknown = phase === 'connected' ? watches?.capacityUnknown : this.whyUnknown(phase, error);
    const podsKnown = watches?.podsKnown ?? false;
    return { phase, target, heading, namespace, error, capacityUnknown, asOf: watches?.asOf, podsKnown };
  }

  /** The held state as jobs are judged on it. Where `status.capacityUnknown` says why, nothing can be judged. */
  get outlook(): Outlook {
    const { labelPrefix, prometheus } = this.options;
    const { namespace } = this.status;
    const settings = { namespace, labelPrefix, prometheus, queues: this.queues };
    const known = this.lastOutlook;
    if (known?.state === this.state && isDeepStrictEqual(known.settings, settings)) return known;
    this.lastOutlook = new Outlook(this.state, settings);
    return this.lastOutlook;
  }

  /** Namespaces whose jobs are held; `undefined` for all. */
  get namespaces(): string[] | undefined {
    return this.watches?.namespaces;
  }

  /** Resources of jobs that may not be listed even in the chosen namespace, e.g. `jobs`. */
  get hidden(): string[] {
    return this.watches?.hidden ?? [];
  }

  /** Resources that are looked at and not known yet, e.g. `pods`. */
  get missing(): string[] {
    return this.watches?.missing ?? [];
  }

  /** Calls back after each (coalesced) change of the state or the status. */
  onChange(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.lingering);
    clearTimeout(this.pending);
    this.files?.dispose();
    this.disconnect();
    this.listeners.clear();
  }

  /** Where the next connection leads, as far as one knows before it is made. */
  private get heading(): Heading | undefined {
    const { last, trusted } = this;
    const { kubeconfig, context } = this.options;
    if (!trusted) return undefined;
    const isSame =
      last?.options.kubeconfig === kubeconfig && (context || last?.target.context) === last?.target.context;
    const wasChosen = last?.options.context || undefined;
    // Without a choice the kubeconfig chooses: only whoever left that to it before knows where it led.
    if (last && isSame && (context || !wasChosen)) return last.target;
    return context ? { context } : undefined;
  }

  private whyUnknown(phase: ConnectionPhase, error: GpuctlError | undefined): Message {
    if (phase === 'connecting') return message('session.capacity.connecting');
    return error?.say ?? message('session.capacity.not-connected');
  }

  private async connect(): Promise<Cluster> {
    const { generation, options } = this;
    const isLate = () => generation !== this.generation;
    this.failure = undefined;
    try {
      const origin = await fingerprint(this.clusters, options);
      const { kubeconfig, context, network } = options;
      const cluster = await this.clusters.connect({ kubeconfig, context, network });
      if (isLate()) {
        cluster.close();
        return this.cluster();
      }
      this.connected = cluster;
      this.last = { target: cluster.context, options };
      this.origin = origin;
      this.look();
      this.events.onStatus();
      this.changed();
      return cluster;
    } catch (error) {
      if (isLate()) return this.cluster();
      this.connection = undefined;
      this.failure = asGpuctlError(error);
      this.events.onStatus();
      this.changed();
      throw this.failure;
    }
  }

  /**
   * Other programs write kubeconfigs, too: what does not concern this connection leaves it in peace. A certificate or token that was renewed
   * is taken up by the connection itself; only where it was refused and waits is it woken.
   */
  private async kubeconfigChanged(): Promise<void> {
    const { generation, origin } = this;
    const now = await fingerprint(this.clusters, this.options);
    if (generation !== this.generation) return;
    const isRefused = AT_THE_DOOR.test(this.status.error?.code ?? '');
    if (this.connected && !isRefused && now !== undefined && now === origin) return;
    this.reconnect();
  }

  private look(): void {
    if (this.watches || !this.interest || !this.trusted) return;
    if (this.connected) {
      const { context } = this.connected.context;
      const allowed = this.allowed.get(context) ?? new Set();
      this.allowed.set(context, allowed);
      this.watches = new Watches(this.connected, this.state, this.status.namespace, allowed, {
        onStatus: () => {
          this.events.onStatus();
          this.changed();
        },
        onState: () => this.changed(),
        onRefusal: () => this.rights.doubt(),
      });
      void this.findQueues(this.connected);
      void this.findUser(this.connected);
      this.events.onStatus();
    } else if (!this.failure) this.cluster().catch(() => undefined); // said by the status; a failure lasts until something changes
  }

  private async findQueues(cluster: Cluster): Promise<void> {
    const kueue = await findKueue(cluster, new AbortController().signal).catch(() => ({ seen: false }));
    if (this.connected !== cluster) return;
    this.queues = kueue === undefined ? false : kueue.seen || undefined;
    this.changed();
  }

  private async findUser(cluster: Cluster): Promise<void> {
    let user: string | undefined;
    try {
      user = await cluster.whoAmI();
    } catch (error) {
      // A refusal is an answer; anything else passes.
      const { status } = asGpuctlError(error);
      const isAnswer = status !== undefined && status < 500 && status !== 429;
      if (!isAnswer) setTimeout(() => this.connected === cluster && void this.findUser(cluster), ASK_AGAIN).unref();
    }
    if (this.connected !== cluster || user === this.whoAmI) return;
    this.whoAmI = user;
    this.changed();
  }

  private stopLooking(): void {
    this.watches?.dispose();
    this.watches = undefined;
    this.state = new ClusterState();
    this.lastOutlook = undefined;
    this.events.onStatus();
    this.changed();
  }

  private disconnect(): void {
    this.watches?.dispose();
    this.watches = undefined;
    this.generation++;
    this.rights.forget();
    this.queues = undefined;
    this.whoAmI = undefined;
    const { connected } = this;
    this.connected = undefined;
    if (connected) this.closeUnused(connected);
    this.connection = undefined;
    this.failure = undefined;
    this.state = new ClusterState();
    this.lastOutlook = undefined;
  }

  private closeUnused(cluster: Cluster): void {
    if (!this.users.has(cluster)) cluster.close();
  }

  private changed(): void {
    if (this.disposed) return;
    this.pending ??= setTimeout(() => {
      this.pending = undefined;
      this.events.onState();
      for (const listener of [...this.listeners]) listener();
    }, COALESCE);
  }
}
