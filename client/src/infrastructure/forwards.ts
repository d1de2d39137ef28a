import * as vscode from 'vscode';
import { type ForwardDto, type ForwardTarget, Requests, ServerNotifications } from '../../../server/src/protocol.ts';
import type { Connection } from './connection.ts';
import { setContextKey } from './contextKeys.ts';
import { mergeForwards, portKey, rememberPort, targetOf } from './forwardMemory.ts';
import type { Infrastructure } from './infrastructure.ts';
import { type Server, ServerAwayError } from './server.ts';
import type { Texts } from './texts.ts';

/** Key of the workspace's memory. */
const REMEMBERED = 'forwards.ports';

/**
 * The ports of jobs that are reached from this machine, whichever feature asked for them. They last until they are stopped or the window closes: a new
 * server is asked for them again, on the same local ports; and a job that had a local port once is offered it again.
 */
export class Forwards implements vscode.Disposable {
  readonly #server: Server;
  readonly #connection: Connection;
  readonly #texts: Texts;
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<readonly ForwardDto[]>();
  readonly #subscriptions: vscode.Disposable;
  /** As the server that runs says. */
  #held: readonly ForwardDto[] = [];
  /** Those of a server that died, until the next one has them. */
  #lost: readonly ForwardDto[] = [];

  /** All of them, whenever one differs. */
  readonly onDidChange = this.#changed.event;

  constructor(
    { server, connection, boundary, texts }: Pick<Infrastructure, 'server' | 'connection' | 'boundary' | 'texts'>,
    memory: vscode.Memento,
  ) {
    this.#server = server;
    this.#connection = connection;
    this.#texts = texts;
    this.#memory = memory;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      server.onNotification(ServerNotifications.forwardsChanged, (forwards) => this.#take(forwards)),
      server.onDidGoAway(() => {
        const why = texts.t('ui.forward.lost');
        const lost = this.#held.map((one) => ({ ...one, id: `lost-${one.id}`, state: 'waiting' as const, why }));
        this.#lost = mergeForwards(lost, this.#lost);
        this.#take([]);
      }),
      server.onDidStart(() => {
        for (const lost of this.#lost) void boundary.runQuietly(() => this.#replay(lost));
      }),
    );
  }

  get current(): readonly ForwardDto[] {
    return mergeForwards(this.#held, this.#lost);
  }

  /** Done when the local port listens. Without `localPort` it is the one that the job had before, if that is free. */
  async start(target: ForwardTarget): Promise<ForwardDto> {
    const context = target.context ?? this.#connection.current.context;
    const named = { ...target, ...(context !== undefined && { context }) };
    const localPort = target.localPort ?? this.#memory.get<Record<string, number>>(REMEMBERED, {})[portKey(named)];
    const started = await this.#server.request(Requests.forwardStart, {
      ...named,
      ...(localPort !== undefined && { localPort }),
    });
    this.#take([...this.#held.filter((one) => portKey(one) !== portKey(started)), started]);
    return started;
  }

  /** Ends it with all that goes through it. */
  async stop({ id }: Pick<ForwardDto, 'id'>): Promise<void> {
    this.#lost = this.#lost.filter((one) => one.id !== id);
    if (this.#held.some((one) => one.id === id)) await this.#server.request(Requests.forwardStop, { id });
    this.#take(this.#held.filter((one) => one.id !== id));
  }

  /** Begins anew on the same local port. */
  async restart(forward: ForwardDto): Promise<ForwardDto> {
    if (!this.#held.some(({ id }) => id === forward.id)) return this.start(targetOf(forward));
    return this.#server.request(Requests.forwardRestart, { id: forward.id });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #replay(lost: ForwardDto): Promise<void> {
    try {
      await this.start(targetOf(lost));
    } catch (error) {
      if (error instanceof ServerAwayError) throw error; // the next server is asked
      this.#lost = this.#lost.map((one) =>
        one.id === lost.id ? { ...one, state: 'failed' as const, why: this.#texts.t('ui.forward.notAgain') } : one,
      );
      this.#changed.fire(this.current);
      throw error;
    }
  }

  #take(forwards: readonly ForwardDto[]): void {
    this.#held = forwards;
    const keys = new Set(forwards.map(portKey));
    this.#lost = this.#lost.filter((one) => !keys.has(portKey(one)));
    const { current } = this;
    setContextKey('gpuctl.forwards', current.length > 0);
    this.#changed.fire(current);
    const before = this.#memory.get<Record<string, number>>(REMEMBERED, {});
    const after = forwards.reduce(rememberPort, before);
    if (after !== before) void this.#memory.update(REMEMBERED, after);
  }
}
