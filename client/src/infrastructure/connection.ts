import * as vscode from 'vscode';
import { type ConnectionDto, Requests, ServerNotifications } from '../../../server/src/protocol.ts';
import { setContextKey } from './contextKeys.ts';
import type { ErrorBoundary } from './errorBoundary.ts';
import type { Server } from './server.ts';
import type { Texts } from './texts.ts';

const NOTHING_KNOWN: ConnectionDto = { phase: 'off', capacity: { known: true } };

/** The last word on the connection to the cluster: what the server said of it, or that the server itself is away. */
export class Connection implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<ConnectionDto>();
  readonly #subscriptions: vscode.Disposable;
  #current = NOTHING_KNOWN;

  readonly onDidChange = this.#changed.event;

  constructor(server: Server, boundary: ErrorBoundary, { t }: Texts) {
    setContextKey('gpuctl.connection', this.#current.phase);
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      server.onNotification(ServerNotifications.connectionChanged, (connection) => this.set(connection)),
      server.onDidStart(() =>
        boundary.runQuietly(async () => this.set(await server.request(Requests.connection, undefined))),
      ),
      server.onDidGoAway(({ ended }) => {
        const phase =
          this.#current.phase === 'connected' || this.#current.phase === 'offline' ? 'offline' : 'connecting';
        const message = ended ? t('ui.server.ended') : t('ui.server.restarting');
        this.set({ ...this.#current, phase: ended && phase === 'connecting' ? 'failed' : phase, message });
      }),
    );
  }

  get current(): ConnectionDto {
    return this.#current;
  }

  /** Takes over what an answer of the server said. */
  set(connection: ConnectionDto): void {
    this.#current = connection;
    setContextKey('gpuctl.connection', connection.phase);
    this.#changed.fire(connection);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
