import * as vscode from 'vscode';
import { toBadgeUri } from './badges.ts';
import type { Row } from './row.ts';

/** Rows below one parent up to which all are shown; the rest comes page by page. */
export const PAGE = 500;
/** Begins the id of the row behind a page. */
const MORE = 'more:';

/** A row as VS Code knows it: the object stays the same while the row's id does, only what it says changes. */
export class RowElement {
  row: Row;
  readonly parent: RowElement | undefined;
  children: RowElement[] = [];
  /** Context of the kubeconfig in which the row was listed. */
  context: string | undefined;
  /** Shows the next page, where this row stands behind one. */
  showMore: (() => void) | undefined;
  /** What the row says, for comparison. */
  said: string;

  constructor(row: Row, parent: RowElement | undefined) {
    this.row = row;
    this.parent = parent;
    this.said = says(row);
  }

  get job() {
    return this.row.job;
  }

  get pod() {
    return this.row.pod;
  }

  get pool() {
    return this.row.pool;
  }

  get node() {
    return this.row.node;
  }

  get forward() {
    return this.row.forward;
  }
}

/** A tree of rows that can be set as a whole as often as one likes: VS Code is told of what differs, and of nothing else. */
export class RowTree implements vscode.TreeDataProvider<RowElement>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<RowElement[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #roots: RowElement[] = [];
  #rows: readonly Row[] = [];
  #context: string | undefined;
  readonly #limits = new Map<string, number>();
  readonly #sayMore: (next: number, rest: number) => string;

  /** `sayMore`: the label of the row behind a page, with what it shows next and how many are left. */
  constructor(sayMore: (next: number, rest: number) => string) {
    this.#sayMore = sayMore;
  }

  /** `context`: of the kubeconfig, in which they were listed. */
  set(rows: readonly Row[], context?: string): void {
    this.#rows = rows;
    this.#context = context;
    this.#update();
  }

  #update(): void {
    const rows = this.#page(this.#rows);
    const before = new Set(ids(this.#roots));
    const changes: Changes = { said: [], relocated: false };
    const { elements, moved } = this.#merge(this.#roots, rows, undefined, before, changes);
    this.#roots = elements;
    // VS Code refuses a second row of the same id, so a row that goes to another parent takes the whole tree along.
    if (moved || changes.relocated) this.#changed.fire(undefined);
    else if (changes.said.length > 0) this.#changed.fire(changes.said);
  }

  /** The first row that matches; one that is on a later page is brought into sight. */
  find(matches: (row: Row) => boolean): RowElement | undefined {
    const path = pathTo(matches, this.#rows);
    if (!path) return undefined;
    let parent = '';
    let rows = this.#rows;
    let isCut = false;
    for (const index of path) {
      if (index >= this.#limitOf(parent)) {
        this.#limits.set(parent, Math.ceil((index + 1) / PAGE) * PAGE);
        isCut = true;
      }
      parent = rows[index]?.id ?? '';
      rows = rows[index]?.children ?? [];
    }
    if (isCut) this.#update();
    let element: RowElement | undefined;
    for (const index of path) element = (element?.children ?? this.#roots)[index];
    return element;
  }

  getChildren(element?: RowElement): RowElement[] {
    return element ? element.children : this.#roots;
  }

  getParent(element: RowElement): RowElement | undefined {
    return element.parent;
  }

  getTreeItem(element: RowElement): vscode.TreeItem {
    const { row, children } = element;
    const state =
      children.length === 0
        ? vscode.TreeItemCollapsibleState.None
        : row.expanded
          ? vscode.TreeItemCollapsibleState.Expanded
          : vscode.TreeItemCollapsibleState.Collapsed;
    const item = new vscode.TreeItem(row.label, state);
    item.id = row.id;
    item.description = row.description ?? '';
    if (row.icon) item.iconPath = toIcon(row.icon);
    if (row.badge) item.resourceUri = toBadgeUri(row.id, row.badge);
    if (row.tooltip) item.tooltip = toMarkdown(element, row.tooltip);
    if (row.spoken) item.accessibilityInformation = { label: row.spoken };
    if (row.context) item.contextValue = row.context;
    if (row.command) {
      item.command = { command: row.command, title: row.label, arguments: [element] };
    }
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #limitOf(parent: string): number {
    return this.#limits.get(parent) ?? PAGE;
  }

  /** The same rows, cut where they are more than a page, with a row behind that shows the next. */
  #page(rows: readonly Row[], parent = ''): Row[] {
    const limit = this.#limitOf(parent);
    const shown = rows
      .slice(0, limit)
      .map((row) => (row.children?.length ? { ...row, children: this.#page(row.children, row.id) } : row));
    const rest = rows.length - limit;
    if (rest <= 0) return shown;
    const label = this.#sayMore(Math.min(PAGE, rest), rest);
    return [...shown, { id: `${MORE}${parent}`, label, icon: { name: 'ellipsis' }, command: 'gpuctl.row.showMore' }];
  }

  #showMore(parent: string): void {
    this.#limits.set(parent, this.#limitOf(parent) + PAGE);
    this.#update();
  }

  /** Gives each row its element, the old one where there is one, and collects what changed. */
  #merge(known: RowElement[], rows: readonly Row[], parent: RowElement | undefined, before: Set<string>, all: Changes) {
    const byId = new Map(known.map((element) => [element.row.id, element]));
    const elements = rows.map((row) => {
      const old = byId.get(row.id);
      const element = old ?? new RowElement(row, parent);
      if (!old && before.has(row.id)) all.relocated = true;
      const said = says(row);
      const differs = element.said !== said;
      element.row = row;
      element.said = said;
      element.context = this.#context;
      if (row.id.startsWith(MORE)) element.showMore = () => this.#showMore(row.id.slice(MORE.length));
      const inner: Changes = { said: [], relocated: false };
      const { elements: children, moved } = this.#merge(element.children, row.children ?? [], element, before, inner);
      element.children = children;
      all.relocated ||= inner.relocated;
      // A row that is told anew brings its children along.
      all.said.push(...(old && (differs || moved) ? [element] : inner.said));
      return element;
    });
    const moved = elements.length !== known.length || elements.some((element, i) => element !== known[i]);
    return { elements, moved };
  }
}

interface Changes {
  said: RowElement[];
  relocated: boolean;
}

function* ids(elements: readonly RowElement[]): Generator<string> {
  for (const { row, children } of elements) {
    yield row.id;
    yield* ids(children);
  }
}

const says = ({ children: _, ...own }: Row): string => JSON.stringify(own);

/** The places of the row and of those above it, from the outermost. */
function pathTo(matches: (row: Row) => boolean, rows: readonly Row[]): number[] | undefined {
  for (const [index, row] of rows.entries()) {
    if (matches(row)) return [index];
    const inner = row.children && pathTo(matches, row.children);
    if (inner) return [index, ...inner];
  }
  return undefined;
}

/** A tooltip may run the commands that we put there, and no others. */
function toMarkdown({ row, context }: RowElement, text: string): vscode.MarkdownString {
  const { links = [], job, pod, pool, node, forward } = row;
  const target = encodeURIComponent(JSON.stringify([{ job, pod, pool, node, forward, context }]));
  const offered = links.map(({ label, command }) => `[${label}](command:${command}?${target})`).join(' · ');
  const markdown = new vscode.MarkdownString(offered ? `${text}\n\n${offered}` : text);
  if (links.length) markdown.isTrusted = { enabledCommands: links.map(({ command }) => command) };
  return markdown;
}

function toIcon({ name, color }: { name: string; color?: string }): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, color ? new vscode.ThemeColor(color) : undefined);
}
