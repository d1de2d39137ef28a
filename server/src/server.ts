import {
  type CancellationToken,
  type Connection,
  type InitializeParams,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
} from 'vscode-languageserver';
import { type Language, message, toText } from '../../l10n/index.ts';
import type { DocumentModel } from './kinds/kind.ts';
import { listRecipes, newDocument } from './language/completion/recipes.ts';
import { registerFeatures } from './language/features.ts';
import { FileChecks } from './language/fileChecks.ts';
import type { OpenFile } from './language/host.ts';
import { OPEN_TEXTS } from './language/longText.ts';
import type { Previews } from './language/preview.ts';
import { Shown } from './language/shown.ts';
import { createWorkspaceIndex } from './language/workspaceIndex.ts';
import { asGpuctlError, GpuctlError } from './operations/error.ts';
import type { JobTarget } from './operations/lifecycle.ts';
import { createLiveValues } from './operations/liveValues.ts';
import { Logs } from './operations/logs.ts';
import type { Clusters } from './operations/ports.ts';
import { refusalNow } from './operations/rights.ts';
import { Session } from './operations/session.ts';
import { listTargets } from './operations/targets.ts';
import { type Say, toConnectionDto, toJobsDto, toPoolsDto, toWhyDto } from './operations/views.ts';
import {
  ClientNotifications,
  type ClientOptions,
  ClientRequests,
  type FailureDto,
  type JobTargetDto,
  type NotificationMethod,
  type OtherClientOptions,
  type RequestMethod,
  Requests,
  ServerNotifications,
  type SubmitAsk,
} from './protocol.ts';

/** What the server needs from outside itself. */
export interface ServerPorts {
  version: string;
  clusters: Clusters;
  /** The text of a file that is not open in the editor. */
  readFile(uri: string): Promise<string>;
  isFile(uri: string): Promise<boolean>;
  /** URI of the folder with the documentation. */
  docs: string;
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
    append: (log, text) => ask(ClientRequests.appendLog, { log, text }),
    ended: (log, text) => notify(ServerNotifications.logEnded, { log, message: say(text) }),
    changed: () => updateInterest(),
  });
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
  // What works on a cluster, and the previews of it, are loaded when they are first asked for.
  const onCluster = () => import('./operations/onCluster.ts');
  let previews: Promise<Previews> | undefined;
  const openPreviews = async () => {
    const [{ Previews }, { heldSite, heldSitesKey }] = await Promise.all([
      import('./language/preview.ts'),
      import('./operations/site.ts'),
    ]);
    const held = {
      name: () => session.status.target?.cluster,
      sitesKey: () => heldSitesKey(session),
      site: (model: DocumentModel) => heldSite(session, model),
    };
    return new Previews(held, say);
  };
  documents.onDidClose(({ document }) => void previews?.then((open) => open.close(document.uri)));
  let toldConnection = '';
  let otherYaml = options?.otherYaml ?? false;
  const configured: (() => void)[] = [];

  connection.onShutdown(() => {
    shown.dispose();
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
    live: createLiveValues(session),
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
    updateInterest();
  });
  on(ClientNotifications.filesChanged, ({ changed, deleted }) => index.filesChanged(changed, deleted));
  on(ClientNotifications.configure, (params) => {
    language = params.language;
    otherYaml = params.otherYaml ?? false;
    for (const listener of configured) listener();
    checks.setLevels(params.rules ?? {});
    session.configure(params.connection, params.trusted);
    checks.stateChanged();
    tellConnection();
    shown.changed();
    notify(ServerNotifications.stateChanged, { parts: ['jobs', 'pools'] });
  });

  handle(Requests.connection, async () => toConnectionDto(session, say));
  handle(Requests.reconnect, async () => {
    session.reconnect();
    return toConnectionDto(session, say);
  });
  handle(Requests.checkCluster, async (_, signal) => {
    const { checkCluster, toReportDto } = await onCluster();
    return toReportDto(await checkCluster(session, signal), say);
  });
  handle(Requests.listTargets, async (_, signal) => listTargets(session, ports.clusters, signal));
  handle(Requests.selectTarget, async ({ context, namespace }) => {
    const { kubeconfig, labelPrefix, prometheus, network } = session.connectionOptions;
    session.configure(
      {
        ...(kubeconfig && { kubeconfig }),
        ...(labelPrefix && { labelPrefix }),
        ...(prometheus && { prometheus }),
        ...(network && { network }),
        ...(context && { context }),
        ...(namespace && { namespace }),
      },
      session.isTrusted,
    );
    return toConnectionDto(session, say);
  });
  handle(Requests.jobs, async () => toJobsDto(session, say));
  handle(Requests.pools, async () => toPoolsDto(session, say));
  handle(Requests.submit, async ({ files, context }, signal) => {
    const read = await Promise.all(
      files.map(async (file) => {
        const open = documents.get(file.uri);
        const text = open?.getText() ?? file.text ?? (await ports.readFile(file.uri));
        return { ...file, text, languageId: open?.languageId ?? 'yaml' };
      }),
    );
    const { submitFiles } = await onCluster();
    const agree = async (asked: SubmitAsk) => (await ask(ClientRequests.agree, asked)).answer;
    const options = { context, levels: checks.levels, signal };
    const submitted = await submitFiles(session, read, options, { say, agree, toFailure });
    session.rights.doubt(); // what was thought to be refused may have been done just now
    return submitted;
  });
  handle(Requests.planDelete, async (job, signal) => {
    const { planDelete } = await onCluster();
    const { removes, keeps, ...plan } = await planDelete(session, job, signal);
    return { job, ...plan, removes: removes.map(say), keeps: keeps.map(say) };
  });
  handle(Requests.delete, async (deletion, signal) => (await onCluster()).deleteJob(session, deletion, signal));
  handle(Requests.stop, async (target, signal) => ({
    done: await (await onCluster()).stop(session, toTarget(target), signal),
  }));
  handle(Requests.start, async (target, signal) => ({
    done: await (await onCluster()).start(session, toTarget(target), signal),
  }));
  handle(Requests.scale, async ({ replicas, ...target }, signal) => ({
    done: await (await onCluster()).scale(session, toTarget(target), replicas, signal),
  }));
  handle(Requests.resume, async (target, signal) => {
    const { resume } = await onCluster();
    const { how, run, log, warnings } = await resume(session, toTarget(target), signal);
    return { how, run, ...(log && { log }), warnings: warnings.map(say) };
  });
  handle(Requests.refusal, async ({ job, gesture }) => {
    const why = await refusalNow(session, job, gesture);
    return why ? say(why) : null;
  });
  handle(Requests.openLog, async ({ job, pod }) => ({ log: logs.open(job, pod), title: pod ?? job.name }));
  handle(Requests.why, async ({ job }, signal) => {
    const why = await (await onCluster()).whyFailed(session, job, signal);
    return why ? toWhyDto(why, say) : null;
  });
  handle(Requests.recipes, async () => listRecipes(say));
  handle(Requests.newDocument, async (answers) => newDocument(answers));
  handle(Requests.render, async ({ textDocument }) => {
    const file = checks.get(textDocument.uri);
    if (!file) return null;
    previews ??= openPreviews();
    return (await previews).render(file);
  });
  handle(Requests.compare, async ({ uri, text }, signal) => {
    const open = documents.get(uri);
    const given = open?.getText() ?? text ?? (await ports.readFile(uri));
    const { compareFile } = await onCluster();
    return compareFile(
      session,
      { uri, text: given, languageId: open?.languageId ?? 'yaml', levels: checks.levels },
      say,
      signal,
    );
  });
  handle(Requests.closeLog, async ({ log }) => logs.close(log));

  documents.listen(connection);
  checks.setLevels(options?.rules ?? {});
  if (options) session.configure(options.connection ?? {}, options.trusted);
  return (message) => {
    const { id, params } = message as { id?: number; params?: { textDocument?: { uri?: string } } };
    const uri = params?.textDocument?.uri;
    return id !== undefined && uri ? checks.ready(uri) : undefined;
  };

  function pages(): string {
    return `${ports.docs}findings${language === 'en' ? '' : `.${language}`}.md`;
  }

  function target() {
    const { status } = session;
    return { context: status.target?.context, cluster: status.target?.cluster, namespace: status.namespace };
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

const toTarget = ({ job, context }: JobTargetDto): JobTarget => ({ job, context });
