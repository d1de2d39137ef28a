import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import {
  type FailureDto,
  type JobPageDto,
  type JobPartsDto,
  Requests,
  ServerNotifications,
  type WhyDto,
} from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { findWorkspaceFile, type WorkspaceFile } from '../../infrastructure/workspaceFile.ts';
import { isReady, readAsk } from './asks.ts';
import { buildPage } from './buildPage.ts';
import { toLang } from './html.ts';
import { buildNote } from './note.ts';
import type { PageData } from './pageData.ts';
import type { PageAsk, PageNote, PageOf, PageView, ToPage } from './pageView.ts';
import { Reading } from './reading.ts';
import { hasCause } from './sections.ts';

/** Milliseconds between two looks at a job that changes all the time, and between two at what it consists of or that failed. */
const PAUSE = 300;
const LONG_PAUSE = 5_000;
const MINUTE = 60_000;

/**
 * The page of one job: asks while it is visible and something changed, and tells the browser part what differs. What is held comes at once;
 * what must be read (its parts, its log) follows.
 */
export class JobPage implements vscode.Disposable {
  readonly of: PageOf;
  readonly panel: vscode.WebviewPanel;
  readonly #infrastructure: Infrastructure;
  readonly #subscriptions: vscode.Disposable;
  #data: PageData | undefined;
  #file: WorkspaceFile | undefined;
  #gone = false;
  #failure: FailureDto | undefined;
  /** Counts what may have changed. */
  #changes = 0;
  #disposed = false;
  #isConnected: boolean;
  #drawn = false;
  #showCause = false;
  #told: { view?: PageView; note?: PageNote | null } = {};
  /** When what the window kept was known to be so; what is read now is newer. */
  readonly #keptAt: number | undefined;
  readonly #page: Reading<JobPageDto | 'unchanged' | null>;
  readonly #why: Reading<WhyDto | null>;
  readonly #parts: Reading<JobPartsDto | null>;

  constructor(infrastructure: Infrastructure, panel: vscode.WebviewPanel, of: PageOf, keptAt?: number) {
    const { server, boundary, connection, configuration } = infrastructure;
    this.#infrastructure = infrastructure;
    this.panel = panel;
    this.of = of;
    this.#keptAt = keptAt;
    this.#isConnected = connection.current.phase === 'connected';
    const { job } = of;
    this.#page = new Reading({
      read: () => {
        const revision = this.#data?.page.revision;
        return server.request(Requests.jobPage, { job, ...(revision !== undefined && { revision }) });
      },
      take: (page) => this.#take(page),
      fail: (error) => {
        this.#failure = boundary.toFailure(error);
        this.#render();
      },
      rest: PAUSE,
    });
    this.#why = new Reading({
      read: () => server.request(Requests.why, { job }),
      take: (why, isNewest) => isNewest && this.#add({ why }),
      fail: (error, isNewest) => isNewest && this.#add({ why: this.#toUnread(error) }),
      rest: PAUSE,
      again: LONG_PAUSE,
    });
    this.#parts = new Reading({
      read: () => server.request(Requests.jobParts, { job }),
      take: (parts) => void boundary.runQuietly(() => this.#takeParts(parts)),
      fail: (error) => void boundary.runQuietly(() => Promise.reject(error)),
      rest: LONG_PAUSE,
      again: LONG_PAUSE,
    });
    const ticking = setInterval(() => panel.visible && this.#render(), MINUTE);
    this.#subscriptions = vscode.Disposable.from(
      new vscode.Disposable(() => clearInterval(ticking)),
      panel.webview.onDidReceiveMessage((message) => this.#hear(message)),
      panel.onDidChangeViewState(() => this.#look()),
      server.onDidStart(() => this.#readAgain()),
      server.onNotification(ServerNotifications.stateChanged, ({ parts }) => {
        if (parts.includes('jobs')) this.#invalidate();
      }),
      connection.onDidChange(({ phase }) => {
        const isBack = phase === 'connected' && !this.#isConnected;
        this.#isConnected = phase === 'connected';
        if (isBack) this.#readAgain();
        else this.#invalidate();
      }),
      configuration.onDidChange(() => {
        this.#why.forget(); // perhaps in another language now
        this.#look();
        this.#invalidate();
      }),
    );
    this.#look();
  }

  /** Brings the cause into sight, as soon as it is there. */
  showCause(): void {
    this.#showCause = true;
    this.#render();
  }

  dispose(): void {
    this.#disposed = true;
    for (const reading of [this.#page, this.#why, this.#parts]) reading.end();
    this.#infrastructure.interests.set(this.#interest, false);
    this.#subscriptions.dispose();
  }

  get #interest(): string {
    return `gpuctl.job.page:${JSON.stringify(this.of)}`;
  }

  get #isElsewhere(): boolean {
    const { phase, context } = this.#infrastructure.connection.current;
    return phase !== 'off' && context !== undefined && context !== this.of.context;
  }

  #look(): void {
    const { server, boundary, interests, configuration } = this.#infrastructure;
    const { visible } = this.panel;
    interests.set(this.#interest, visible);
    // A hidden page is not drawn any more; it says so itself when it is again.
    if (!visible) this.#drawn = false;
    if (visible && configuration.trusted) void boundary.runQuietly(() => server.startFirst());
    this.#render();
    this.#fetch();
  }

  #invalidate(): void {
    this.#changes++;
    this.#render();
    this.#fetch();
  }

  #hear(message: unknown): void {
    if (isReady(message)) {
      this.#drawn = true;
      this.#told = {};
      this.#tell({ of: this.of, lang: toLang(this.#infrastructure.configuration.language) });
      this.#render();
      return;
    }
    const ask = readAsk(message, this.#told.view, this.#told.note ?? undefined);
    if (ask) void this.#infrastructure.boundary.run(() => this.#do(ask));
  }

  /** Reads again what could not be read, too. */
  #readAgain(): void {
    this.#why.forget();
    this.#parts.forget();
    this.#invalidate();
  }

  #fetch(): void {
    if (this.#disposed) return;
    const isConnected = this.#infrastructure.connection.current.phase === 'connected';
    const mayRead = isConnected && this.panel.visible && !this.#isElsewhere;
    this.#page.want(mayRead ? String(this.#changes) : undefined);
  }

  #take(told: JobPageDto | 'unchanged' | null): void {
    const page = told === 'unchanged' ? this.#data?.page : told;
    this.#failure = undefined;
    this.#gone = !page;
    if (page) {
      const { uid, phase, trouble, restarts, podsWanted, pods } = page.job;
      const isSameRun = this.#data?.page.job.uid === uid;
      const isIll = hasCause(page.job);
      this.#data = { ...(isSameRun && this.#data), page, ...(!isIll && { why: undefined }) };
      if (!isIll) this.#why.forget();
      this.#why.want(isIll ? JSON.stringify([uid, phase, trouble?.code, restarts]) : undefined);
      // What a job consists of changes with its run, its size and its pods; not while they start one after the other.
      this.#parts.want(JSON.stringify([uid, phase, podsWanted, pods.map(({ name }) => name)]));
    }
    this.#render();
  }

  #add(more: Partial<PageData>): void {
    if (!this.#data) return;
    this.#data = { ...this.#data, ...more };
    this.#render();
  }

  #toUnread(error: unknown): WhyDto {
    const { trouble, state } = this.#data?.page.job ?? {};
    const { message: unread } = this.#infrastructure.boundary.toFailure(error);
    return { ...trouble, code: trouble?.code ?? '', message: state ?? '', lines: [], unread };
  }

  async #takeParts(parts: JobPartsDto | null): Promise<void> {
    if (!parts) return;
    this.#file = await findWorkspaceFile(parts.path);
    this.#add({ parts, file: this.#file?.path });
  }

  #render(): void {
    if (!this.#drawn || this.#disposed) return;
    const { texts, configuration, connection } = this.#infrastructure;
    const { trusted, language: lang } = configuration;
    const state = {
      of: this.of,
      connection: connection.current,
      trusted,
      known: this.#data !== undefined,
      gone: this.#gone,
      elsewhere: this.#isElsewhere,
      failure: this.#failure,
      keptAt: this.#keptAt,
    };
    const now = Date.now();
    const note = buildNote(state, texts, now) ?? null;
    const onlyLooks = this.#gone || this.#isElsewhere || !trusted;
    const cluster = connection.current.cluster ?? '';
    const view = this.#data && buildPage(this.#data, { texts, now, cluster, onlyLooks });
    const show = this.#showCause && view?.sections.some(({ id }) => id === 'cause' || id === 'verdict');
    // Asked once: what goes wrong later brings nothing into sight by itself.
    if (view) this.#showCause = false;
    const differs: Omit<ToPage, 'lang'> = {
      ...(view && !isDeepStrictEqual(view, this.#told.view) && { view, at: now }),
      ...(!isDeepStrictEqual(note, this.#told.note) && { note }),
      ...(show && { show: 'cause' }),
    };
    this.#told = { ...(view && { view }), note };
    if (Object.keys(differs).length) this.#tell({ ...differs, lang: toLang(lang) });
  }

  #tell(told: ToPage): void {
    void this.panel.webview.postMessage(told);
  }

  async #do(ask: PageAsk): Promise<void> {
    const { commands } = this.#infrastructure;
    const { job, context } = this.of;
    switch (ask.do) {
      case 'gesture':
        return commands.execute(`gpuctl.job.${ask.gesture}`, { job, context });
      case 'log':
        return commands.execute('gpuctl.job.log', { job, context, pod: ask.pod });
      case 'terminal':
        return commands.execute('gpuctl.pod.terminal', { job, context, pod: ask.pod });
      case 'source':
        return commands.execute('gpuctl.job.source', { job, context });
      case 'pool':
        return commands.execute('gpuctl.pool.reveal', ask.pool);
      case 'resource':
        return commands.execute('gpuctl.job.resource', { job, context, kind: ask.kind, name: ask.name });
      case 'copy':
        return vscode.env.clipboard.writeText(ask.text);
      case 'retry':
        this.#failure = undefined;
        this.#readAgain();
        return;
      case 'reconnect':
        return commands.execute('gpuctl.connection.reconnect');
      case 'selectTarget':
        return commands.execute('gpuctl.target.select');
      case 'openKubeconfig':
        return commands.execute('gpuctl.kubeconfig.open');
      case 'trust':
        await vscode.commands.executeCommand('workbench.trust.manage');
        return;
      case 'file':
      case 'preview':
        return this.#openFile(ask.do);
    }
  }

  async #openFile(how: 'file' | 'preview'): Promise<void> {
    const uri = this.#file?.uri;
    if (uri === undefined) return;
    await vscode.window.showTextDocument(uri, { preview: false });
    if (how === 'preview') await this.#infrastructure.commands.execute('gpuctl.document.preview', uri);
  }
}
