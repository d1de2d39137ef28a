import * as vscode from 'vscode';
import type { ConnectionDto, RequestMethod } from '../../../server/src/protocol.ts';
import { ServerNotifications } from '../../../server/src/protocol.ts';
import type { Infrastructure } from './infrastructure.ts';
import { isElsewhere, type Place, withKnown } from './place.ts';
import type { Row } from './row.ts';
import { type RowElement, RowTree } from './rowTree.ts';

const MINUTE = 60_000;
/** Milliseconds from one list to the next: what changes faster than one reads is shown together. */
const SPACING = 500;

export interface LiveViewOptions<T> {
  id: 'gpuctl.jobs' | 'gpuctl.pools';
  /** What is shown, and the part of `stateChanged` that says that it changed. */
  list: RequestMethod<void, T>;
  part: 'jobs' | 'pools';
  toRows: (data: T, now: number) => Row[];
  /** This view tells why there is no connection; one of them is enough. What can be done stands in each. */
  guides?: boolean;
  /** What is missing in the data, as a sentence. */
  toNote: (data: T) => string | undefined;
  /** What of the data is shown, in a few words beside the title. */
  toDescription?: () => string | undefined;
  /** What else the tree can do. */
  tree?: Pick<vscode.TreeViewOptions<RowElement>, 'dragAndDropController' | 'showCollapseAll'>;
}

/**
 * A view on live state: lists while it is visible and something changed, says in one quiet line what is the matter, and
 * lets ages advance without asking anybody.
 */
export class LiveView<T> implements vscode.Disposable {
  readonly view: vscode.TreeView<RowElement>;
  readonly #infrastructure: Infrastructure;
  readonly #options: LiveViewOptions<T>;
  readonly #tree: RowTree;
  readonly #rendered = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #data: T | undefined;
  #origin = '';
  /** What is known of where the data is from, and the kubeconfig that says what a context is. */
  #place: Place = {};
  #kubeconfig: string | undefined;
  #phase: ConnectionDto['phase'] = 'off';
  /** When the data was last confirmed: a connection that is made anew does not know that. */
  #asOf: string | undefined;
  #stale = true;
  #fetching = false;
  /** No list is asked for before this timer ends. */
  #pausing: NodeJS.Timeout | undefined;

  /** The rows were brought up to date. */
  readonly onDidRender = this.#rendered.event;

  constructor(infrastructure: Infrastructure, options: LiveViewOptions<T>) {
    const { server, connection, configuration } = infrastructure;
    this.#infrastructure = infrastructure;
    this.#options = options;
    this.#kubeconfig = configuration.kubeconfig;
    const { t } = infrastructure.texts;
    this.#tree = new RowTree((next, rest) => t('ui.view.more', { next, rest }));
    const view = { treeDataProvider: this.#tree, canSelectMany: true, ...options.tree };
    this.view = vscode.window.createTreeView(options.id, view);
    const ticking = setInterval(() => this.view.visible && this.#render(), MINUTE);
    this.#subscriptions = vscode.Disposable.from(
      this.view,
      this.#tree,
      this.#rendered,
      new vscode.Disposable(() => {
        clearInterval(ticking);
        clearTimeout(this.#pausing);
      }),
      this.view.onDidChangeVisibility(() => this.#show()),
      server.onDidStart(() => this.#invalidate()),
      server.onNotification(ServerNotifications.stateChanged, ({ parts }) => {
        if (parts.includes(options.part)) this.#invalidate();
      }),
      connection.onDidChange((now) => this.#connectionChanged(now)),
      configuration.onDidChange(() => {
        const { kubeconfig } = configuration;
        if (kubeconfig !== this.#kubeconfig) this.#leave();
        this.#kubeconfig = kubeconfig;
        this.#stale = true;
        this.#show();
      }),
    );
    this.#render();
    this.#show();
  }

  /** The data that is shown, as last listed. */
  get data(): T | undefined {
    return this.#data;
  }

  find(matches: (row: Row) => boolean): RowElement | undefined {
    return this.#tree.find(matches);
  }

  /** Shows the same data otherwise: what is wanted of it has changed. */
  render(): void {
    this.#render();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #show(): void {
    const { server, boundary, interests, configuration } = this.#infrastructure;
    interests.set(this.#options.id, this.view.visible);
    if (this.view.visible && configuration.trusted) void boundary.runQuietly(() => server.startFirst());
    this.#render();
    this.#fetch();
  }

  #connectionChanged(now: ConnectionDto): void {
    const { phase } = now;
    if (isElsewhere(this.#place, now)) this.#leave();
    this.#place = withKnown(this.#place, now);
    const origin = JSON.stringify(this.#place);
    const same = origin === this.#origin && phase === this.#phase;
    if (this.#phase === 'connected' && phase !== 'connected') this.#asOf = now.asOf ?? new Date().toISOString();
    else if (now.asOf !== undefined) this.#asOf = now.asOf;
    this.#origin = origin;
    this.#phase = phase;
    this.#render();
    if (!same) this.#invalidate();
  }

  /** What another cluster or namespace holds is not this one's old state. */
  #leave(): void {
    this.#data = undefined;
    this.#place = {};
  }

  /** What is shown stays until the new list is there. */
  #invalidate(): void {
    this.#stale = true;
    this.#fetch();
  }

  /** One request at a time; what changes under way is asked for after it. */
  #fetch(): void {
    const { server, boundary, connection } = this.#infrastructure;
    if (this.#fetching || this.#pausing || !this.#stale) return;
    if (!this.view.visible || connection.current.phase !== 'connected') return;
    this.#fetching = true;
    this.#stale = false;
    const origin = this.#origin;
    void boundary
      .runQuietly(async () => {
        const data = await server.request(this.#options.list, undefined);
        if (origin === this.#origin) this.#data = data;
      })
      .then(() => {
        this.#fetching = false;
        this.#render();
        if (origin !== this.#origin) return this.#fetch();
        this.#pausing = setTimeout(() => {
          this.#pausing = undefined;
          this.#fetch();
        }, SPACING);
      });
  }

  #render(): void {
    const now = Date.now();
    const { texts, connection, configuration } = this.#infrastructure;
    const known = { ...connection.current, asOf: connection.current.asOf ?? this.#asOf };
    const { rows, message } = toShown(this.#options, this.#data, known, configuration.trusted, texts, now);
    if ((this.view.message ?? '') !== (message ?? '')) this.view.message = message ?? '';
    const description = this.#options.toDescription?.() ?? '';
    if ((this.view.description ?? '') !== description) this.view.description = description;
    this.#tree.set(rows, this.#place.context);
    this.#rendered.fire();
  }
}

/** What stands in a view: rows, and one line where something is the matter. Without either, the welcome of the manifest. */
export function toShown<T>(
  { toRows, toNote, guides }: Pick<LiveViewOptions<T>, 'toRows' | 'toNote' | 'guides'>,
  data: T | undefined,
  connection: Omit<ConnectionDto, 'asOf'> & { asOf?: string | undefined },
  trusted: boolean,
  { t, time, join }: Infrastructure['texts'],
  now: number,
): { rows: Row[]; message?: string | undefined } {
  const { phase, context, message, asOf } = connection;
  if (!trusted) return { rows: [] };
  if (phase === 'none' || (phase === 'failed' && data === undefined)) {
    return { rows: toGuide(phase, t), message: (guides && message) || t(`ui.view.${phase}`) };
  }
  if (data === undefined) {
    const waiting = context ? t('ui.view.connectingTo', { context }) : t('ui.view.connecting');
    return { rows: [], message: phase === 'connected' ? t('ui.view.loading') : waiting };
  }
  const rows = toRows(data, now);
  if (phase === 'connected') return { rows, message: toNote(data) };
  const age = asOf ? t('ui.view.asOf', { time: time(asOf, now) }) : undefined;
  return { rows, message: join(age, guides ? message : undefined) || t('ui.view.connecting') };
}

/** What a person can do without a cluster. */
function toGuide(phase: 'none' | 'failed', t: Infrastructure['texts']['t']): Row[] {
  const reconnect = {
    label: t('ui.action.reconnect'),
    icon: { name: 'refresh' },
    command: 'gpuctl.connection.reconnect',
  } as const;
  const select = {
    label: t('ui.action.selectTarget'),
    icon: { name: 'server' },
    command: 'gpuctl.target.select',
  } as const;
  const open = {
    label: t('ui.action.openKubeconfig'),
    icon: { name: 'go-to-file' },
    command: 'gpuctl.kubeconfig.open',
  } as const;
  const rows = phase === 'failed' ? [reconnect, select, open] : [open, select];
  return rows.map((row) => ({ ...row, id: row.command }));
}
