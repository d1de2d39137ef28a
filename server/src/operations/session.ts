import { type Message, message } from '../../../l10n/index.ts';
import { judge, type Verdict } from '../capacity/verdict.ts';
import type { Demand } from '../kinds/kind.ts';
import type { ConnectionOptions, ConnectionPhase } from '../protocol.ts';
import { ClusterState } from '../state/clusterState.ts';
import { GpuctlError } from './error.ts';
import type { Cluster, ClusterContext, Clusters } from './ports.ts';
import { Watches } from './watches.ts';

/** How the connection is doing; see `ConnectionDto`. */
export interface SessionStatus {
  phase: ConnectionPhase;
  target: ClusterContext | undefined;
  /** Namespace that submits go to where a document names none. */
  namespace: string;
  /** What is wrong. */
  error: GpuctlError | undefined;
  /** Why GPUs cannot be counted; `undefined` where they can. */
  capacityUnknown: Message | undefined;
  /** Milliseconds since 1970 when the held state was last confirmed. */
  asOf: number | undefined;
}

export interface SessionEvents {
  onStatus(): void;
  /** Jobs or pools may differ; comes coalesced. */
  onState(): void;
}

/** Watches go on for a while after the last one who looks has left, so that a change of tabs costs nothing. */
const LINGER = 60_000;
const COALESCE = 50;

/**
 * The one connection of this window, and what is held of its cluster. It connects when somebody looks (`setInterest`) or an operation asks
 * (`cluster`), and repairs itself. Nothing in it throws into its callers' callbacks.
 */
export class Session {
  state = new ClusterState();
  private options: ConnectionOptions = {};
  private trusted = false;
  private interest = false;
  private connection: Promise<Cluster> | undefined;
  private connected: Cluster | undefined;
  private watches: Watches | undefined;
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
      options.context === this.options.context;
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
    this.files = this.trusted ? this.clusters.onChange(this.options, () => this.reconnect()) : undefined;
    if (this.interest) this.look();
    this.events.onStatus();
    this.changed();
  }

  /** The open connection. Throws GpuctlError where there can be none. */
  async cluster(): Promise<Cluster> {
    if (!this.trusted) throw new GpuctlError('connection.untrusted-workspace', message('session.untrusted'));
    this.connection ??= this.connect();
    return this.connection;
  }

  get namespace(): string {
    return this.status.namespace;
  }

  get status(): SessionStatus {
    const target = this.connected?.context;
    const watches = this.watches?.status;
    const namespace = this.options.namespace || target?.namespace || 'default';
    const error = this.failure ?? watches?.error;
    let phase: ConnectionPhase = 'off';
    if (this.failure) phase = this.failure.code.startsWith('kubeconfig.') ? 'none' : 'failed';
    else if (watches) phase = watches.phase;
    else if (this.connection) phase = 'connecting';
    const capacityUnknown = phase === 'connected' ? watches?.capacityUnknown : this.whyUnknown(phase, error);
    return { phase, target, namespace, error, capacityUnknown, asOf: watches?.asOf };
  }

  /** Judges a demand, or says why it cannot be judged. Reads what is held; waits for nothing. */
  judge(demand: Demand): Verdict | { is: 'unknown'; reason: Message } {
    const { capacityUnknown } = this.status;
    return capacityUnknown ? { is: 'unknown', reason: capacityUnknown } : judge(this.state, demand);
  }

  /** Namespaces whose jobs are held; `undefined` for all. */
  get namespaces(): string[] | undefined {
    return this.watches?.namespaces;
  }

  /** Calls back after each (coalesced) change of the state or the status. */
  onChange(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  dispose(): void {
    clearTimeout(this.lingering);
    clearTimeout(this.pending);
    this.files?.dispose();
    this.disconnect();
    this.listeners.clear();
  }

  private whyUnknown(phase: ConnectionPhase, error: GpuctlError | undefined): Message {
    if (phase === 'connecting') return message('session.capacity.connecting');
    return error?.say ?? message('session.capacity.not-connected');
  }

  private async connect(): Promise<Cluster> {
    this.failure = undefined;
    try {
      const cluster = await this.clusters.connect({
        kubeconfig: this.options.kubeconfig,
        context: this.options.context,
      });
      this.connected = cluster;
      return cluster;
    } catch (error) {
      this.connection = undefined;
      this.failure = asGpuctlError(error);
      this.events.onStatus();
      throw this.failure;
    }
  }

  private look(): void {
    if (this.watches || this.failure || !this.trusted) return; // a failure lasts until something changes
    const asked = this.cluster();
    this.events.onStatus();
    asked.then(
      (cluster) => {
        if (this.watches || !this.interest || this.connected !== cluster) return;
        this.watches = new Watches(cluster, this.state, this.status.namespace, {
          onStatus: () => {
            this.events.onStatus();
            this.changed();
          },
          onState: () => this.changed(),
        });
      },
      () => undefined, // said by the status
    );
  }

  private stopLooking(): void {
    this.watches?.dispose();
    this.watches = undefined;
    this.state = new ClusterState();
    this.events.onStatus();
    this.changed();
  }

  private disconnect(): void {
    this.watches?.dispose();
    this.watches = undefined;
    this.connected?.close();
    this.connected = undefined;
    this.connection = undefined;
    this.failure = undefined;
    this.state = new ClusterState();
  }

  private changed(): void {
    this.pending ??= setTimeout(() => {
      this.pending = undefined;
      this.events.onState();
      for (const listener of [...this.listeners]) listener();
    }, COALESCE);
  }
}

/** Whatever was thrown, as the one error of ours. */
export function asGpuctlError(error: unknown): GpuctlError {
  if (error instanceof GpuctlError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new GpuctlError('internal', message('session.internal'), { detail, cause: error });
}
