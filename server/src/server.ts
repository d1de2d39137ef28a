import {
  type CancellationToken,
  type Connection,
  type InitializeParams,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
} from 'vscode-languageserver';
import { type Language, message, toText } from '../../l10n/index.ts';
import { registerFeatures } from './language/features.ts';
import { FileChecks } from './language/fileChecks.ts';
import type { OpenFile } from './language/host.ts';
import { OPEN_TEXTS } from './language/longText.ts';
import { Shown } from './language/shown.ts';
import { createWorkspaceIndex } from './language/workspaceIndex.ts';
import { asGpuctlError, GpuctlError } from './operations/error.ts';
import { createLiveValues } from './operations/liveValues.ts';
import { KeepEnded } from './operations/logs/keepEnded.ts';
import { Logs } from './operations/logs/logs.ts';
import { ReadSteps } from './operations/logs/readSteps.ts';
import { ReadActivities } from './operations/notebooks/readActivities.ts';
import type { Clusters } from './operations/ports.ts';
import { Session } from './operations/session.ts';
import { type Say, toConnectionDto } from './operations/views.ts';
import {
  ClientNotifications,
  type ClientOptions,
  ClientRequests,
  type FailureDto,
  type NotificationMethod,
  type OtherClientOptions,
  type RequestMethod,
  ServerNotifications,
} from './protocol.ts';
import { registerConnectionRequests } from './requests/connection.ts';
import { registerDocumentRequests } from './requests/documents.ts';
import { registerFileRequests } from './requests/files.ts';
import { registerForwardRequests } from './requests/forwards.ts';
import { registerInsideRequests } from './requests/inside.ts';
import { registerJobActionRequests } from './requests/jobActions.ts';
import { registerJobPageRequests } from './requests/jobPage.ts';
import { registerJobRequests } from './requests/jobs.ts';
import { registerLogRequests } from './requests/logs.ts';
import { registerNotebookRequests } from './requests/notebooks.ts';
import { registerPoolRequests } from './requests/pools.ts';
import { registerSubmitRequests } from './requests/submit.ts';
import { registerTerminalRequests } from './requests/terminal.ts';

/** What the server needs from outside itself. */
export interface ServerPorts {
  version: string;
  clusters: Clusters;
  /** The text of a file that is not open in the editor. */
  readFile(uri: string): Promise<string>;
  isFile(uri: string): Promise<boolean>;
  /** URI of the folder with the documentation. */
  docs: string;
  /** Calls back when the editor has gone without a word; the server ends soon after. */
  onGone?(gone: () => void): void;
}

/** Tells of a request whose file is still being checked when that is done; `undefined` where it need not wait. */
export type Ready = (message: object) => Promise<void> | undefined;

/** The only place that wires things together: editor, checks, cluster. */
export function createServer(connection: Connection, params: InitializeParams, ports: ServerPorts): Ready {
  const options = params.initializationOptions as ClientOptions | undefined;
  const ours = options?.version !== undefined;
  let language: Language = options?.language ?? (params.locale?.toLowerCase().startsWith('zh') ? 'zh-cn' : 'en');
  const pulls = (params.initializationOptions as OtherClientOptions | undefined)?.diagnostics === 'pull';
  let views = 0;
  const say: Say = (one) => toText(one, language);
  const documents = new TextDocuments(OPEN_TEXTS);
  const session = new Session(ports.clusters, {
    onStatus: () => {
      tellConnection();
      shown.changed();
    },
    onState: () => {
      checks.stateChanged();
      shown.changed();
      notify(ServerNotifications.stateChanged, { parts: ['jobs', 'pools'] });
    },
  });
  const { codeLens, inlayHint } = params.capabilities.workspace ?? {};
  const asksAgain = { lenses: codeLens?.refreshSupport, hints: inlayHint?.refreshSupport };
  const shown = new Shown((part) => {
    const method = part === 'lenses' ? 'workspace/codeLens/refresh' : 'workspace/inlayHint/refresh';
    if (asksAgain[part]) connection.sendRequest(method).catch(() => undefined);
  });
  const logs = new Logs(session, {
    append: (log, text, places) => ask(ClientRequests.appendLog, { log, text, places }),
    note: (log, text) => ask(ClientRequests.appendLog, { log, text: '', places: {}, note: say(text) }),
    ended: (log, text) => notify(ServerNotifications.logEnded, { log, message: say(text) }),
    changed: () => updateInterest(),
  });
  const readSteps = new ReadSteps(session);
  const readActivities = new ReadActivities(session);
  const keepEnded = ours ? new KeepEnded(session) : undefined;
  const index = createWorkspaceIndex({
    ...(ours && {
      files: {
        list: async (limit) => (await ask(ClientRequests.listFiles, { limit })).uris,
        read: async (uri, limit) => (await ask(ClientRequests.readFile, { uri, limit })).text ?? undefined,
      },
    }),
    changed: (uris) => checks.stateChanged(uris),
  });
  const checks = new FileChecks(documents, session, say, {
    publish: (params) => {
      if (!pulls) void connection.sendDiagnostics(params).catch(() => undefined);
    },
    checked: (file) => index.update(file),
    closed: (uri) => index.close(uri),
    pages,
    tellsYaml: (file) => isGeneric(file),
    elsewhere: (file, placed) => index.findings(file, placed),
    changed: () => updateInterest(),
  });
  const live = createLiveValues(session);
  let toldConnection = '';
  let otherYaml = options?.otherYaml ?? false;
  const configured: (() => void)[] = [];

  connection.onShutdown(async () => {
    shown.dispose();
    readSteps.watched.set(false);
    readActivities.watched.set(false);
    endNotebooks();
    keepEnded?.dispose();
    await endForwards();
    await endInside();
    await endTerminals();
    session.dispose();
  });

  if (pulls) {
    connection.languages.diagnostics.on(({ textDocument }) => {
      const file = checks.get(textDocument.uri);
      return { kind: 'full', items: file ? checks.diagnostics(file) : [] };
    });
  }
  registerFeatures({
    connection,
    ours,
    say,
    get language() {
      return language;
    },
    get pages() {
      return pages();
    },
    live,
    shown,
    get target() {
      return target();
    },
    index,
    file: (uri) => checks.get(uri),
    files: () => checks.files(),
    findings: (file, placed) => checks.findings(file, placed),
    isGeneric,
    client: params.capabilities,
    isGenericYaml: () => !otherYaml,
    isFile: (uri) => ports.isFile(uri).catch(() => false),
    onConfigured: (listener) => void configured.push(listener),
  });

  on(ClientNotifications.interests, (params) => {
    views = params.views.length;
    readSteps.watched.set(params.views.includes('gpuctl.jobs'));
    readActivities.watched.set(params.views.includes('gpuctl.jobs'));
    updateInterest();
  });
  on(ClientNotifications.filesChanged, ({ changed, deleted }) => index.filesChanged(changed, deleted));
  on(ClientNotifications.configure, (params) => {
    language = params.language;
    otherYaml = params.otherYaml ?? false;
    for (const listener of configured) listener();
    checks.setLevels(params.rules ?? {});
    session.keepLogs = params.keepLogs ?? session.keepLogs;
    session.configure(params.connection, params.trusted);
    checks.stateChanged();
    tellConnection();
    shown.changed();
    notify(ServerNotifications.stateChanged, { parts: ['jobs', 'pools'] });
  });

  const host = {
    session,
    clusters: ports.clusters,
    live,
    logs,
    checks,
    document: (uri: string) => documents.get(uri),
    readFile: ports.readFile,
    say,
    // Loaded when it is first asked for: the editor starts without.
    onCluster: () => import('./operations/onCluster.ts'),
    handle,
    ask,
    notify,
    toFailure,
  };
  registerConnectionRequests(host);
  registerJobRequests(host);
  registerPoolRequests(host);
  registerJobActionRequests(host, () => ({ target: target(), live, say }));
  registerJobPageRequests(host);
  registerSubmitRequests(host);
  registerLogRequests(host);
  const endNotebooks = registerNotebookRequests(host);
  registerFileRequests(host);
  const endForwards = registerForwardRequests(host);
  const endInside = registerInsideRequests(host);
  const endTerminals = registerTerminalRequests(host);
  ports.onGone?.(() => void endTerminals());
  const documentClosed = registerDocumentRequests(host);
  documents.onDidClose(({ document }) => documentClosed(document.uri));

  documents.listen(connection);
  checks.setLevels(options?.rules ?? {});
  session.keepLogs = options?.keepLogs ?? session.keepLogs;
  session.words = say;
  if (options) session.configure(options.connection ?? {}, options.trusted);
  return (message) => {
    const { id, params } = message as { id?: number; params?: { textDocument?: { uri?: string } } };
    const uri = params?.textDocument?.uri;
    return id !== undefined && uri ? checks.ready(uri) : undefined;
  };

  function pages(): string {
    return `${ports.docs}findings${language === 'zh-cn' ? '.zh-cn' : ''}.md`;
  }

  function target() {
    const { status } = session;
    return { context: status.heading?.context, cluster: status.target?.cluster, namespace: status.namespace };
  }

  /** Each sign of life confirms the state; only what differs from the last word is told. */
  function tellConnection(): void {
    const dto = toConnectionDto(session, say);
    const now = JSON.stringify({ ...dto, asOf: dto.phase === 'connected' ? undefined : dto.asOf });
    if (now === toldConnection) return;
    toldConnection = now;
    notify(ServerNotifications.connectionChanged, dto);
  }

  function isGeneric({ mode }: OpenFile): boolean {
    return mode === 'gpuctl' || !otherYaml;
  }

  function updateInterest(): void {
    session.setInterest(ours && (views > 0 || logs.count > 0 || checks.hasDocuments));
  }

  function toFailure(error: unknown): FailureDto {
    const { code, say: sentence, hint, detail, actions } = asGpuctlError(error);
    return { code, message: say(sentence), actions, ...(hint && { hint: say(hint) }), ...(detail && { detail }) };
  }

  /** Every request of ours: cancellation reaches the operation, and whatever goes wrong becomes one FailureDto. */
  function handle<P, R>(request: RequestMethod<P, R>, run: (params: P, signal: AbortSignal) => Promise<R>): void {
    connection.onRequest<unknown, FailureDto>(request.method, async (...received: unknown[]) => {
      // A request without parameters comes with its token alone.
      const token = received.at(-1) as CancellationToken;
      const params = (received.length > 1 ? received[0] : undefined) as P;
      const abort = new AbortController();
      const listener = token.onCancellationRequested(() => abort.abort());
      try {
        return (await run(params, abort.signal)) ?? null;
      } catch (error) {
        if (token.isCancellationRequested || (error instanceof GpuctlError && error.code === 'cancelled')) {
          return new ResponseError(LSPErrorCodes.RequestCancelled, say(message('connection.cancelled')));
        }
        const failure = toFailure(error);
        if (failure.code === 'internal') connection.console.error(String((error as Error)?.stack ?? error));
        return new ResponseError(LSPErrorCodes.RequestFailed, failure.message, failure);
      } finally {
        listener.dispose();
      }
    });
  }

  function on<P>(notification: NotificationMethod<P>, run: (params: P) => void): void {
    connection.onNotification(notification.method, run);
  }
  function notify<P>(notification: NotificationMethod<P>, params: P): void {
    if (ours) connection.sendNotification(notification.method, params).catch(() => undefined);
  }
  function ask<P, R>(request: RequestMethod<P, R>, params: P): Promise<R> {
    return connection.sendRequest(request.method, params);
  }
}
