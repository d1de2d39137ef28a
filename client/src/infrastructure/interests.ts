import type * as vscode from 'vscode';
import { ClientNotifications } from '../../../server/src/protocol.ts';
import type { Server } from './server.ts';

/** Tells the server which views the person has open, again after each start of it: watches run for those only. */
export class Interests implements vscode.Disposable {
  readonly #server: Server;
  readonly #views = new Set<string>();
  readonly #subscription: vscode.Disposable;

  constructor(server: Server) {
    this.#server = server;
    this.#subscription = server.onDidStart(() => this.#tell());
  }

  set(view: string, open: boolean): void {
    if (this.#views.has(view) === open) return;
    if (open) this.#views.add(view);
    else this.#views.delete(view);
    this.#tell();
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #tell(): void {
    this.#server.notify(ClientNotifications.interests, { views: [...this.#views] });
  }
}
