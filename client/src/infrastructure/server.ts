import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { NotificationMethod, RequestMethod, ServerOptions } from '../../../server/src/protocol.ts';
import { ClientNotifications } from '../../../server/src/protocol.ts';
import type { Configuration } from './configuration.ts';
import { RestartPolicy } from './restartPolicy.ts';

/** The server is away. `ended`: it died too often and is not started again by itself. */
export interface ServerAway {
  ended: boolean;
}

/** The server died under a request, or does not run any more. */
export class ServerAwayError extends Error {}

type Listen = (client: LanguageClient) => vscode.Disposable;

/**
 * The language server in its own process: started when first needed, started again when it dies.
 * What was asked for while it is away waits for the next one.
 */
export class Server implements vscode.Disposable {
  readonly #module: string;
  readonly #configuration: Configuration;
  readonly #output: vscode.LogOutputChannel;
  readonly #policy = new RestartPolicy();
  readonly #started = new vscode.EventEmitter<Partial<ServerOptions>>();
  readonly #away = new vscode.EventEmitter<ServerAway>();
  readonly #listeners: Listen[] = [];
  /** The library holds one handler for a method; several of our views want to know. */
  readonly #heard = new Map<string, vscode.EventEmitter<unknown>>();
  readonly #subscriptions: vscode.Disposable;
  #client: Promise<LanguageClient> | undefined;
  #up = Promise.withResolvers<void>();
  #ended = false;
  #disposed = false;

  /** The server runs, for the first time or again. Whoever wants something of it asks now. */
  readonly onDidStart = this.#started.event;
  readonly onDidGoAway = this.#away.event;

  constructor(module: string, configuration: Configuration, output: vscode.LogOutputChannel) {
    this.#module = module;
    this.#configuration = configuration;
    this.#output = output;
    this.#up.promise.catch(() => {});
    this.#subscriptions = vscode.Disposable.from(
      this.#started,
      this.#away,
      configuration.onDidChange(() => {
        const { version: _, ...options } = configuration.clientOptions;
        if (this.#client) this.notify(ClientNotifications.configure, options);
      }),
    );
  }

  /** Starts the server if it never was. What nobody asked for does not bring back one that ended. */
  async startFirst(): Promise<void> {
    if (!this.#client) await this.start();
  }

  /** Starts the server if it never was, and afresh if it ended. Resolves when it runs. */
  async start(): Promise<void> {
    if (this.#disposed) throw new vscode.CancellationError();
    const client = await this.#created();
    if (this.#ended) {
      this.#ended = false;
      this.#policy.reset();
      this.#renew();
      client.start().catch((error) => this.#output.error(String(error)));
    }
    return this.#up.promise;
  }

  async request<P, R>({ method }: RequestMethod<P, R>, params: P, token?: vscode.CancellationToken): Promise<R> {
    await Promise.race([this.start(), cancellation(token)]);
    const client = await this.#created();
    try {
      return await (params === undefined
        ? client.sendRequest<R>(method, token)
        : client.sendRequest<R>(method, params, token));
    } catch (error) {
      throw isConnectionLoss(error) ? new ServerAwayError() : error;
    }
  }

  /** Tells the server something, if it runs; a server that starts later is told by `onDidStart`. */
  notify<P>({ method }: NotificationMethod<P>, params: P): void {
    this.#client
      ?.then((client) => (client.isRunning() ? client.sendNotification(method, params) : undefined))
      .catch((error) => this.#output.debug(String(error)));
  }

  onNotification<P>({ method }: NotificationMethod<P>, handler: (params: P) => void): vscode.Disposable {
    let heard = this.#heard.get(method);
    if (!heard) {
      const emitter = new vscode.EventEmitter<unknown>();
      this.#heard.set(method, emitter);
      this.#listen((client) => client.onNotification(method, (params) => emitter.fire(params)));
      heard = emitter;
    }
    return heard.event((params) => handler(params as P));
  }

  onRequest<P, R>({ method }: RequestMethod<P, R>, handler: (params: P) => Promise<R>): void {
    this.#listen((client) => client.onRequest<unknown, void>(method, handler));
  }

  dispose(): void {
    this.#disposed = true;
    this.#subscriptions.dispose();
    vscode.Disposable.from(...this.#heard.values()).dispose();
    this.#client?.then((client) => client.dispose()).catch(() => {});
  }

  #listen(listen: Listen): void {
    this.#listeners.push(listen);
    this.#client?.then(listen, () => {});
  }

  #created(): Promise<LanguageClient> {
    this.#client ??= this.#create();
    return this.#client;
  }

  async #create(): Promise<LanguageClient> {
    const { createLanguageClient } = await import('./languageClient.ts');
    const client = createLanguageClient({
      module: this.#module,
      output: this.#output,
      options: () => this.#configuration.clientOptions,
      environment: () => this.#configuration.environment,
      closed: () => this.#closed(),
    });
    for (const listen of this.#listeners) listen(client);
    client.onDidChangeState(() => {
      if (client.isRunning()) client.start().then(() => this.#announce(client));
    });
    client.start().catch((error) => this.#output.error(String(error)));
    return client;
  }

  #announce(client: LanguageClient): void {
    const offered: { gpuctl?: ServerOptions } | undefined = client.initializeResult?.capabilities.experimental;
    this.#up.resolve();
    this.#started.fire(offered?.gpuctl ?? {});
  }

  async #closed(): Promise<boolean> {
    if (this.#disposed) return false;
    this.#renew();
    const delay = this.#policy.next();
    this.#ended = delay === undefined;
    this.#away.fire({ ended: this.#ended });
    if (delay === undefined) {
      this.#up.reject(new ServerAwayError());
      return false;
    }
    await new Promise((resolve) => setTimeout(resolve, delay));
    return !this.#disposed;
  }

  /** Lets the requests that come now wait for the next start, together with those that wait already. */
  #renew(): void {
    const next = Promise.withResolvers<void>();
    next.promise.catch(() => {});
    next.promise.then(this.#up.resolve, this.#up.reject);
    this.#up = next;
  }
}

/** Codes of the JSON-RPC library: `MessageWriteError`, `PendingResponseRejected`, `ConnectionInactive`, closed, disposed. */
const LOST = [-32099, -32097, -32096, 1, 2];

/** Rejects when a person gives up waiting. */
function cancellation(token: vscode.CancellationToken | undefined): Promise<never> {
  return new Promise((_, reject) => {
    token?.onCancellationRequested(() => reject(new vscode.CancellationError()));
  });
}

function isConnectionLoss(error: unknown): boolean {
  return error instanceof Error && 'code' in error && LOST.includes(error.code as number);
}
