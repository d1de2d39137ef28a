import type { Server, Socket } from 'node:net';
import { type Message, message } from '../../../../l10n/index.ts';
import type { ForwardState, ForwardTarget } from '../../protocol.ts';
import { asGpuctlError, cancelled } from '../error.ts';
import { pause } from '../pause.ts';
import type { Cluster, ClusterContext } from '../ports.ts';
import type { Session } from '../session.ts';
import { untilConnected } from '../untilConnected.ts';
import { joinPipes } from './forwardPipe.ts';
import { followPort, type PortPlace } from './forwardPod.ts';
import { listenLocally } from './localPort.ts';

/** What is added to the port of a job to have one of this machine that nobody else wants. */
const ABOVE = 10_000;
/** Milliseconds until a thing that went wrong is tried again, the first time and at the most. */
const RETRY_AFTER = [250, 15_000] as const;
/** Milliseconds that a connection waits while the job is looked for, before it is refused. */
const PATIENCE = 10_000;
/** Connections through one forward, and those that are being made. */
const MOST = 512;
const AT_ONCE = 16;
/** Refusals after which a forward that was ready is given up. */
const REFUSALS = 4;

/** How a forward is doing. */
export interface ForwardView {
  state: ForwardState;
  /** Why it is not ready. */
  why: Message | undefined;
  /** What to do about that. */
  hint: Message | undefined;
  /** What else is to be known of it. */
  note: Message | undefined;
  /** 0 where none could be had. */
  localPort: number;
  context: string | undefined;
}

/**
 * A port of this machine that leads to a port of a job for as long as nobody stops it: through restarts of the job, of the API server and of the
 * connection. The port is held all the time, so that nobody else gets what is meant for the job; who connects while the job is away is refused.
 */
export class Forward {
  readonly target: ForwardTarget;
  private readonly session: Session;
  private readonly changed: () => void;
  private shown: Pick<ForwardView, 'state' | 'why' | 'hint'> = {
    state: 'connecting',
    why: message('forward.connecting'),
    hint: undefined,
  };
  private note: Message | undefined;
  private listening: Server | undefined;
  private port = 0;
  /** Where it leads, once that is known (the empty context: not yet): never anywhere else. */
  private leads: Pick<ClusterContext, 'context'> & Partial<ClusterContext>;
  private readonly sockets = new Set<Socket>();
  private run = new AbortController();
  /** The last start. */
  listens: Promise<void> = Promise.resolve();
  /** Where the program is now; `undefined` while it is away. */
  private place: PortPlace | undefined;
  private settled = Promise.withResolvers<void>();
  private openings = 0;
  /** Refusals that are waited out: none before it was ready. */
  private patience = 0;
  private readonly queue: (() => void)[] = [];

  /** `target.context` absent: where the window is connected first. */
  constructor(session: Session, target: ForwardTarget, changed: () => void) {
    this.session = session;
    this.target = target;
    this.changed = changed;
    this.leads = { context: target.context ?? session.status.heading?.context ?? '' };
  }

  get view(): ForwardView {
    const context = this.leads.context || undefined;
    return { ...this.shown, note: this.note, localPort: this.port, context };
  }

  /** Listens, and begins to look for the job. Done when it listens, or cannot (`failed`). */
  start(): Promise<void> {
    this.listens = this.begin();
    return this.listens;
  }

  private async begin(): Promise<void> {
    const wanted = this.port || this.target.localPort;
    this.run = new AbortController();
    const { signal } = this.run;
    this.show('connecting', message('forward.connecting'));
    try {
      if (!this.listening) {
        const usual = this.target.port < ABOVE ? this.target.port + ABOVE : this.target.port;
        const { server, port } = await listenLocally(wanted, usual, (socket) => void this.take(socket));
        if (signal.aborted) server.close();
        else [this.listening, this.port] = [server, port];
        this.note = wanted && wanted !== port ? message('forward.other-port', { wanted, port }) : undefined;
      }
    } catch {
      return this.show('failed', message('forward.no-port'), message('forward.no-port.hint'));
    }
    if (!signal.aborted) void this.supervise(signal);
  }

  /** Begins anew on the same port; what goes through it is cut off. */
  async restart(): Promise<void> {
    this.cut();
    await this.start();
  }

  /** Ends it and all that goes through it. */
  stop(): void {
    this.cut();
    this.listening?.close();
    this.listening = undefined;
  }

  private cut(): void {
    this.run.abort();
    this.place = undefined;
    for (const socket of [...this.sockets]) socket.resetAndDestroy();
    this.settle();
  }

  /** Never fails. */
  private async supervise(signal: AbortSignal): Promise<void> {
    let wait: number = RETRY_AFTER[0];
    while (!signal.aborted) {
      const began = Date.now();
      try {
        await this.connected(signal);
        await this.session.use((cluster) => this.followOver(cluster, signal));
      } catch (failure) {
        if (signal.aborted) return;
        const error = asGpuctlError(failure);
        // Only a person can mend it; but an API server that has just started refuses for a moment what it will allow.
        if (error.status === 403 && this.patience-- <= 0) return this.show('failed', error.say, error.hint);
        if (error.code === 'cancelled') wait = RETRY_AFTER[0];
        else this.show('waiting', error.say, error.hint);
      }
      if (Date.now() - began > RETRY_AFTER[1]) wait = RETRY_AFTER[0];
      await pause(wait, signal);
      wait = Math.min(wait * 2, RETRY_AFTER[1]);
    }
  }

  /** Follows the job over one connection, as long as that is the right one. */
  private async followOver(cluster: Cluster, signal: AbortSignal): Promise<void> {
    if (!this.isSame(cluster.context)) return;
    const { context, server } = cluster.context;
    this.leads = { context, server };
    const { session } = this;
    const over = new AbortController();
    // A window that went elsewhere leaves the forward where it was; one that connected anew to the same cluster takes it along.
    const moves = session.onChange(() => {
      const { target } = session.status;
      if (!session.isOpen(cluster) && target && this.isSame(target)) over.abort(cancelled());
    });
    try {
      const both = AbortSignal.any([signal, over.signal]);
      await followPort(session, cluster, this.target, both, {
        // One that was cut off has nothing to say any more: another run may have begun.
        at: (place) => {
          if (!signal.aborted) this.place = place;
        },
        show: (state, why, hint) => signal.aborted || this.show(state, why, hint),
      });
    } finally {
      moves.dispose();
      if (!signal.aborted) this.place = undefined;
      if (over.signal.aborted && !signal.aborted) this.show('connecting', message('forward.connecting'));
    }
  }

  /** Waits until the window has a connection to where this leads. */
  private async connected(signal: AbortSignal): Promise<void> {
    const { session } = this;
    const fits = (cluster: Cluster) => this.isSame(cluster.context);
    const waits = (other: Cluster | undefined) => {
      const { context } = this.leads;
      const why = other
        ? message('forward.elsewhere', { context, now: other.context.context })
        : session.status.error?.say;
      this.show('waiting', why ?? message('forward.connecting'), other ? undefined : session.status.error?.hint);
    };
    await untilConnected(session, signal, { fits, waits });
  }

  /** The same cluster: a context of that name in another kubeconfig leads elsewhere. */
  private isSame({ context, server }: ClusterContext): boolean {
    const { leads } = this;
    if (leads.server !== undefined) return leads.server === server && leads.context === context;
    return leads.context === '' || leads.context === context;
  }

  /** Somebody connected. */
  private async take(socket: Socket): Promise<void> {
    socket.on('error', () => undefined);
    if (this.sockets.size >= MOST) return void socket.resetAndDestroy();
    this.sockets.add(socket);
    const gone = new AbortController();
    const end = AbortSignal.any([gone.signal, this.run.signal]);
    socket.once('close', () => {
      this.sockets.delete(socket);
      gone.abort();
    });
    if (!this.place && this.shown.state === 'connecting') {
      const late = pause(PATIENCE, end);
      await Promise.race([this.settled.promise, late]);
    }
    const { place } = this;
    if (!place || end.aborted) return void socket.resetAndDestroy();
    const done = await this.turn();
    try {
      const remote = await place.open(end);
      if (end.aborted) remote.destroy();
      else joinPipes(socket, remote);
    } catch {
      socket.resetAndDestroy(); // `place` shows why
    } finally {
      done();
    }
  }

  /** Waits for a turn to connect: a browser asks for very much at once. */
  private async turn(): Promise<() => void> {
    if (this.openings >= AT_ONCE) await new Promise<void>((go) => this.queue.push(go));
    else this.openings++;
    return () => {
      const next = this.queue.shift();
      if (next) next();
      else this.openings--;
    };
  }

  private show(state: ForwardState, why?: Message, hint?: Message): void {
    const before = JSON.stringify(this.shown);
    this.shown = { state, why, hint };
    if (state === 'ready') this.patience = REFUSALS;
    if (state !== 'connecting') this.settle();
    if (JSON.stringify(this.shown) !== before) this.changed();
  }

  /** Whoever waits for it looks again. */
  private settle(): void {
    this.settled.resolve();
    this.settled = Promise.withResolvers();
  }
}
