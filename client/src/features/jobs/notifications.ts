import * as vscode from 'vscode';
import { type JobRef, Requests, ServerNotifications } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { type Awaited, follow, isAwaitedStill, isOf, isWanted, type Notice } from './awaited.ts';

/** Key of the workspace's memory. */
const REMEMBERED = 'jobs.awaited';
/** Jobs that are waited for at once; the newest stay. */
const MOST = 500;
/** Milliseconds between two looks, and after which one looks even where nothing was said to have changed. */
const SPACING = 1_000;
const TICK = 15_000;
/** Notices that are told one by one; more are told as one. */
const SEVERAL = 3;

/**
 * Tells of the end of what the person started in this window or asked to be told of, and of nothing else. What is waited for outlives the
 * window; what ended long before it was opened again is not told.
 */
export class Notifications implements vscode.Disposable {
  readonly #infrastructure: Infrastructure;
  readonly #memory: vscode.Memento;
  readonly #subscriptions: vscode.Disposable;
  #awaited: Awaited[];
  #pausing: NodeJS.Timeout | undefined;
  #looking = false;
  #isStale = true;

  constructor(infrastructure: Infrastructure, memory: vscode.Memento) {
    const { server, connection, configuration, boundary } = infrastructure;
    this.#infrastructure = infrastructure;
    this.#memory = memory;
    const isRecent = isAwaitedStill(Date.now());
    this.#awaited = memory.get<Awaited[]>(REMEMBERED, []).filter(isRecent);
    const ticking = setInterval(() => this.#changed(), TICK);
    this.#subscriptions = vscode.Disposable.from(
      new vscode.Disposable(() => {
        clearInterval(ticking);
        clearTimeout(this.#pausing);
      }),
      server.onNotification(ServerNotifications.stateChanged, ({ parts }) => {
        if (parts.includes('jobs')) this.#changed();
      }),
      connection.onDidChange(() => {
        this.#tellInterest();
        this.#changed();
      }),
      configuration.onDidChange(() => this.#tellInterest()),
    );
    this.#tellInterest();
    if (this.#isActive) void boundary.runQuietly(() => server.startFirst());
  }

  /** Whether the end of a job is told. */
  awaits(job: JobRef, context: string): boolean {
    return this.#awaited.some((one) => one.context === context && isSame(one.job, job));
  }

  /** Waits for the end of these jobs in a context, else in that of the window; of a run that was waited for before, no more. */
  async add(jobs: readonly JobRef[], seen?: string): Promise<void> {
    const { current } = this.#infrastructure.connection;
    const context = seen ?? current.context;
    if (context === undefined) return;
    const since = new Date().toISOString();
    const cluster = context === current.context ? current.id : undefined;
    const added = jobs.map((job) => ({ context, ...(cluster && { cluster }), job, since }));
    await this.#set([...this.#without(context, jobs), ...added]);
    this.#changed();
  }

  /** Waits for these no more. */
  async remove(jobs: readonly JobRef[], seen?: string): Promise<void> {
    const context = seen ?? this.#infrastructure.connection.current.context ?? '';
    await this.#set(this.#without(context, jobs));
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  get #isActive(): boolean {
    const { configuration, connection } = this.#infrastructure;
    // Until it is connected the window is of the cluster that was chosen; without a choice, of any.
    const { context } = configuration.target;
    const chosen = this.#awaited.filter((one) => context === undefined || one.context === context);
    const awaited = connection.current.context === undefined ? chosen : this.#here();
    return awaited.length > 0 && configuration.trusted && configuration.notifications !== 'off';
  }

  /** Those of the cluster of the window. */
  #here(): Awaited[] {
    const { current } = this.#infrastructure.connection;
    return this.#awaited.filter((one) => isOf(one, current));
  }

  #without(context: string, jobs: readonly JobRef[]): Awaited[] {
    return this.#awaited.filter((one) => one.context !== context || !jobs.some((job) => isSame(job, one.job)));
  }

  async #set(awaited: Awaited[]): Promise<void> {
    if (JSON.stringify(awaited) === JSON.stringify(this.#awaited)) return;
    this.#awaited = awaited.slice(-MOST);
    this.#tellInterest();
    await this.#memory.update(REMEMBERED, this.#awaited);
  }

  /** Watches run as long as anything is waited for. */
  #tellInterest(): void {
    this.#infrastructure.interests.set('awaited', this.#isActive);
  }

  #changed(): void {
    this.#isStale = true;
    this.#look();
  }

  #look(): void {
    const { boundary, connection } = this.#infrastructure;
    if (this.#looking || this.#pausing || !this.#isStale || !this.#isActive) return;
    if (connection.current.phase !== 'connected' || !this.#here().length) return;
    this.#looking = true;
    this.#isStale = false;
    void boundary
      .runQuietly(() => this.#ask())
      .then(() => {
        this.#looking = false;
        this.#pausing = setTimeout(() => {
          this.#pausing = undefined;
          this.#look();
        }, SPACING);
      });
  }

  async #ask(): Promise<void> {
    const { server, connection, configuration } = this.#infrastructure;
    const { context = '', id } = connection.current;
    const asked = this.#here();
    const answers = await server.request(Requests.awaited, { jobs: asked.map(({ job }) => job) });
    const { current } = connection;
    if (current.context !== context || current.id !== id) return;
    const now = Date.now();
    const notices: Notice[] = [];
    const next = this.#awaited.filter(isAwaitedStill(now)).flatMap((one) => {
      // What was begun to be waited for under way is not in the answer.
      const answer = asked.includes(one) ? answers.find(({ job }) => isSame(job, one.job)) : undefined;
      if (!answer) return [one];
      const { next, notice } = follow(one, answer, now);
      if (notice) notices.push(notice);
      return next ? [next] : [];
    });
    await this.#set(next);
    const wanted = notices.filter((notice) => isWanted(notice, configuration.notifications));
    if (wanted.length > SEVERAL) this.#tellAll(wanted);
    else for (const notice of wanted) this.#tell(notice, context);
  }

  /** Not awaited: nobody has to read it for the next to be told. */
  #tell({ what, job, waitedSince }: Notice, context: string): void {
    const { boundary, commands, texts } = this.#infrastructure;
    const { t, age, length } = texts;
    const { ref, state } = job;
    const { name, namespace } = ref;
    // Whenever it is answered, it is about the job of this cluster.
    const target = { job: ref, context };
    const now = Date.now();
    const sentence = () => {
      switch (what) {
        case 'completed': {
          const took = job.startedAt && job.endedAt && length(job.startedAt, job.endedAt);
          return took
            ? t('ui.notify.completed.after', { name, namespace, took })
            : t('ui.notify.completed', { name, namespace });
        }
        case 'stopped':
          return t('ui.notify.stopped', { name, namespace });
        case 'canRun':
          return t('ui.notify.canRun', { name, namespace });
        case 'runs':
          if (job.kind === 'notebook') return t('ui.notebook.runs', { name });
          return t('ui.notify.runs', { name, namespace, waited: age(waitedSince ?? '', now) });
        case 'failed':
        case 'trouble':
          return t('ui.notify.failed', { name, namespace, why: state });
      }
    };
    const why = { title: t('ui.jobs.why'), run: () => commands.execute('gpuctl.job.why', target) };
    const log = { title: t('ui.jobs.log'), run: () => commands.execute('gpuctl.job.log', target) };
    const start = { title: t('ui.notify.start'), run: () => commands.execute('gpuctl.job.start', target) };
    const details = { title: t('ui.jobs.details'), run: () => commands.execute('gpuctl.job.details', target) };
    const open = { title: t('ui.notebook.open'), run: () => commands.execute('gpuctl.notebook.open', target) };
    const isBad = what === 'failed' || what === 'trouble';
    const isReady = what === 'runs' && job.kind === 'notebook';
    const choices = isBad ? [why, log] : what === 'canRun' ? [start, details] : [isReady ? open : log, details];
    const show = isBad ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
    void boundary.run(async () => (await show(sentence(), ...choices))?.run());
  }

  #tellAll(notices: readonly Notice[]): void {
    const { boundary, texts } = this.#infrastructure;
    const { t, list } = texts;
    const failed = notices.filter(({ what }) => what === 'failed' || what === 'trouble');
    const names = notices.slice(0, SEVERAL).map(({ job }) => job.ref.name);
    const args = { count: notices.length, failed: failed.length, names: list(names) };
    const show = failed.length ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
    const look = t('ui.notify.look');
    void boundary.run(async () => {
      if ((await show(t('ui.notify.several', args), look)) === look)
        await vscode.commands.executeCommand('gpuctl.jobs.focus');
    });
  }
}

const isSame = (a: JobRef, b: JobRef): boolean => a.name === b.name && a.namespace === b.namespace;
