import * as vscode from 'vscode';
import type { ConnectionDto, RequestMethod } from '../../../server/src/protocol.ts';
import { ServerNotifications } from '../../../server/src/protocol.ts';
import type { Infrastructure } from './infrastructure.ts';
import type { Row } from './row.ts';
import { type RowElement, RowTree } from './rowTree.ts';

const MINUTE = 60_000;

export interface LiveViewOptions<T> {
  id: 'gpuctl.jobs' | 'gpuctl.pools';
  /** What is shown, and the part of `stateChanged` that says that it changed. */
  list: RequestMethod<void, T>;
  part: 'jobs' | 'pools';
  toRows: (data: T, now: number) => Row[];
  /** This view tells why there is no connection and what can be done; one of them is enough. */
  guides?: boolean;
  /** What is missing in the data, as a sentence. */
  toNote: (data: T) => string | undefined;
}

/**
 * A view on live state: lists while it is visible and something changed, says in one quiet line what is the matter, and
 * lets ages advance without asking anybody.
 */
export class LiveView<T> implements vscode.Disposable {
  readonly view: vscode.TreeView<RowElement>;
  readonly #infrastructure: Infrastructure;
  readonly #options: LiveViewOptions<T>;
  readonly #tree = new RowTree();
  readonly #rendered = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #data: T | undefined;
  #origin = '';
  #phase: ConnectionDto['phase'] = 'off';
  #stale = true;
  #fetching = false;

  /** The rows were brought up to date. */
  readonly onDidRender = this.#rendered.event;

  constructor(infrastructure: Infrastructure, options: LiveViewOptions<T>) {
    const { server, connection, configuration } = infrastructure;
    this.#infrastructure = infrastructure;
    this.#options = options;
    this.view = vscode.window.createTreeView(options.id, { treeDataProvider: this.#tree });
    const ticking = setInterval(() => this.view.visible && this.#render(), MINUTE);
    this.#subscriptions = vscode.Disposable.from(
      this.view,
      this.#tree,
      this.#rendered,
      new vscode.Disposable(() => clearInterval(ticking)),
      this.view.onDidChangeVisibility(() => this.#show()),
      server.onDidStart(() => this.#invalidate()),
      server.onNotification(ServerNotifications.stateChanged, ({ parts }) => {
        if (parts.includes(options.part)) this.#invalidate();
      }),
      connection.onDidChange((now) => this.#connectionChanged(now)),
      configuration.onDidChange(() => {
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

  #connectionChanged({ phase, context, namespace }: ConnectionDto): void {
    const origin = JSON.stringify([context, namespace]);
    // What another cluster or namespace holds is not this one's old state.
    if (origin !== this.#origin || phase === 'none' || phase === 'off') this.#data = undefined;
    const same = origin === this.#origin && phase === this.#phase;
    this.#origin = origin;
    this.#phase = phase;
    this.#render();
    if (!same) this.#invalidate();
  }

  /** What is shown stays until the new list is there. */
  #invalidate(): void {
    this.#stale = true;
    this.#fetch();
  }

  /** One request at a time; what changes under way is asked for after it. */
  #fetch(): void {
    const { server, boundary, connection } = this.#infrastructure;
    if (this.#fetching || !this.#stale || !this.view.visible || connection.current.phase !== 'connected') return;
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
        this.#fetch();
      });
  }

  #render(): void {
    const now = Date.now();
    const { texts, connection, configuration } = this.#infrastructure;
    const { rows, message } = toShown(this.#options, this.#data, connection.current, configuration.trusted, texts, now);
    if ((this.view.message ?? '') !== (message ?? '')) this.view.message = message ?? '';
    this.#tree.set(rows);
    this.#rendered.fire();
  }
}

/** What stands in a view: rows, and one line where something is the matter. Without either, the welcome of the manifest. */
export function toShown<T>(
  { toRows, toNote, guides }: Pick<LiveViewOptions<T>, 'toRows' | 'toNote' | 'guides'>,
  data: T | undefined,
  connection: ConnectionDto,
  trusted: boolean,
  { t, time, join }: Infrastructure['texts'],
  now: number,
): { rows: Row[]; message?: string | undefined } {
  const { phase, context, message, asOf } = connection;
  if (!trusted) return { rows: [] };
  if (phase === 'none' || phase === 'failed') {
    return { rows: guides ? toGuide(phase, t) : [], message: (guides && message) || t(`ui.view.${phase}`) };
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
