import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import {
  type ClientCapabilities,
  createConnection,
  createMessageConnection,
  type Diagnostic,
  type MessageConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { createClusters } from '../../server/src/cluster/index.ts';
import type { Clusters } from '../../server/src/operations/ports.ts';
import {
  type ClientOptions,
  ClientRequests,
  type ConnectionDto,
  type FileToSubmit,
  type NotificationMethod,
  type RequestMethod,
  Requests,
  ServerNotifications,
  type SubmitAsk,
  type SubmitResultDto,
} from '../../server/src/protocol.ts';
import { startServer } from '../../server/src/startServer.ts';

export interface PairOptions extends Partial<ClientOptions> {
  /** False: an editor that knows nothing of us. */
  ours?: boolean;
  /** How that editor has its diagnostics. */
  diagnostics?: 'push' | 'pull';
  env?: NodeJS.ProcessEnv;
  /** Clusters in memory in place of those of a kubeconfig. */
  clusters?: Clusters;
  /** What the editor can do, beyond the little that every test's editor can. */
  capabilities?: ClientCapabilities;
}

export type SubmitAnswer = 'yes' | 'hold' | 'no';

/** What became of a submit, sorted. */
export interface SubmitOutcome {
  submitted: Extract<SubmitResultDto, { warnings: string[] }>[];
  /** What was asked last. */
  ask: SubmitAsk | undefined;
  failed: Extract<SubmitResultDto, { result: 'failed' }>[];
}

/** A client and the real server, joined in memory by the real protocol. */
export class Pair {
  readonly client: MessageConnection;
  readonly diagnostics = new Map<string, PublishDiagnosticsParams>();
  readonly notifications: { method: string; params: unknown }[] = [];
  /** Text of each log, by its id. */
  readonly logs = new Map<string, string>();
  connection: ConnectionDto | undefined;
  /** What a person says when a submit asks. */
  answer: (ask: SubmitAsk) => SubmitAnswer | Promise<SubmitAnswer> = () => 'no';
  private readonly waiting = new Set<() => void>();
  private versions = new Map<string, number>();

  constructor({ env, clusters }: PairOptions) {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    const [reader, writer] = [new StreamMessageReader(toServer), new StreamMessageWriter(toClient)];
    startServer((options) => createConnection(reader, writer, options), {
      version: '0.1.0',
      clusters: clusters ?? createClusters(env ?? process.env),
      readFile: (uri) => readFile(fileURLToPath(uri), 'utf8'),
      docs: new URL('../../docs/', import.meta.url).href,
      isFile: async (uri) => (await stat(fileURLToPath(uri))).isFile(),
    });
    this.client = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    this.client.onRequest(ClientRequests.appendLog.method, ({ log, text }: { log: string; text: string }) => {
      this.logs.set(log, (this.logs.get(log) ?? '') + text);
      return null;
    });
    this.client.onRequest(ClientRequests.agree.method, async (ask: SubmitAsk) => ({ answer: await this.answer(ask) }));
    for (const method of [
      'textDocument/publishDiagnostics',
      ...Object.values(ServerNotifications).map((one) => one.method),
    ]) {
      this.client.onNotification(method, this.handlerOf(method));
    }
    this.client.listen();
  }

  /** Waits until `look` finds something, looking again at every notification. */
  async until<T>(
    what: string,
    look: () => T | undefined | false | Promise<T | undefined | false>,
    timeout = 20_000,
  ): Promise<T> {
    const end = Date.now() + timeout;
    for (;;) {
      const found = await look();
      if (found) return found;
      assert.ok(Date.now() < end, `${what}: not within ${timeout} ms`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, 100);
        const waiting = this.waiting;
        function done() {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        }
        waiting.add(done);
      });
    }
  }

  ask<P, R>({ method }: RequestMethod<P, R>, ...params: P extends void ? [] : [P]): Promise<R> {
    return params.length ? this.client.sendRequest(method, params[0]) : this.client.sendRequest(method);
  }

  /** Submits a file, or one of its documents; where only that one is there, its failure is thrown. */
  async submit(
    file: FileToSubmit,
    answer: SubmitAnswer | Pair['answer'] = 'no',
    context?: string,
  ): Promise<SubmitOutcome> {
    const outcome: SubmitOutcome = { submitted: [], ask: undefined, failed: [] };
    this.answer = (ask) => {
      outcome.ask = ask;
      return typeof answer === 'string' ? answer : answer(ask);
    };
    const { documents } = await this.ask(Requests.submit, { files: [file], ...(context !== undefined && { context }) });
    for (const one of documents) {
      if ('warnings' in one) outcome.submitted.push(one);
      if (one.result === 'failed') outcome.failed.push(one);
    }
    const [failed] = outcome.failed;
    if (failed && documents.length === 1)
      throw Object.assign(new Error(failed.failure.message), { data: failed.failure });
    return outcome;
  }

  tell<P>({ method }: NotificationMethod<P>, params: P): Promise<void> {
    return this.client.sendNotification(method, params as object);
  }

  /** Opens a document and waits for its findings. */
  async open(uri: string, text: string, languageId = 'gpuctl'): Promise<Diagnostic[]> {
    this.versions.set(uri, 1);
    await this.client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    return this.findings(uri);
  }

  /** Replaces the text of an open document and waits for the findings of that version. */
  async change(uri: string, text: string): Promise<Diagnostic[]> {
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    await this.client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
    return this.findings(uri);
  }

  /** The findings of the newest version of a document. */
  async findings(uri: string): Promise<Diagnostic[]> {
    const version = this.versions.get(uri);
    const published = await this.until(`findings of ${uri}`, () => {
      const found = this.diagnostics.get(uri);
      return found?.version === version ? found : undefined;
    });
    return published.diagnostics;
  }

  async stop(): Promise<void> {
    await this.client.sendRequest('shutdown').catch(() => undefined);
    this.client.dispose();
  }

  private handlerOf(method: string): (params: unknown) => void {
    return (params) => {
      this.notifications.push({ method, params });
      if (method === 'textDocument/publishDiagnostics') {
        const published = params as PublishDiagnosticsParams;
        this.diagnostics.set(published.uri, published);
      } else if (method === ServerNotifications.connectionChanged.method) this.connection = params as ConnectionDto;
      for (const wake of [...this.waiting]) wake();
    };
  }
}

/** Starts a pair and has it initialized. */
export async function startPair(options: PairOptions = {}): Promise<Pair> {
  const pair = new Pair(options);
  const { ours = true, env: _, clusters: __, capabilities, diagnostics, ...given } = options;
  const initializationOptions: ClientOptions = {
    version: '0.1.0',
    language: 'en',
    trusted: true,
    connection: {},
    ...given,
  };
  await pair.client.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    capabilities: capabilities ?? { workspace: { codeLens: { refreshSupport: false } } },
    initializationOptions: ours ? initializationOptions : { diagnostics },
  });
  await pair.client.sendNotification('initialized', {});
  return pair;
}
