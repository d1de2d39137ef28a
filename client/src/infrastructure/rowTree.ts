import * as vscode from 'vscode';
import type { Row } from './row.ts';

/** A row as VS Code knows it: the object stays the same while the row's id does, only what it says changes. */
export class RowElement {
  row: Row;
  readonly parent: RowElement | undefined;
  children: RowElement[] = [];

  constructor(row: Row, parent: RowElement | undefined) {
    this.row = row;
    this.parent = parent;
  }

  get job() {
    return this.row.job;
  }

  get pod() {
    return this.row.pod;
  }
}

/** A tree of rows that can be set as a whole as often as one likes: VS Code is told of what differs, and of nothing else. */
export class RowTree implements vscode.TreeDataProvider<RowElement>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<RowElement[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #roots: RowElement[] = [];

  set(rows: readonly Row[]): void {
    const before = new Set(ids(this.#roots));
    const changes: Changes = { said: [], relocated: false };
    const { elements, moved } = this.#merge(this.#roots, rows, undefined, before, changes);
    this.#roots = elements;
    // VS Code refuses a second row of the same id, so a row that goes to another parent takes the whole tree along.
    if (moved || changes.relocated) this.#changed.fire(undefined);
    else if (changes.said.length > 0) this.#changed.fire(changes.said);
  }

  find(matches: (row: Row) => boolean, among = this.#roots): RowElement | undefined {
    for (const element of among) {
      const found = matches(element.row) ? element : this.find(matches, element.children);
      if (found) return found;
    }
    return undefined;
  }

  getChildren(element?: RowElement): RowElement[] {
    return element ? element.children : this.#roots;
  }

  getParent(element: RowElement): RowElement | undefined {
    return element.parent;
  }

  getTreeItem({ row, children }: RowElement): vscode.TreeItem {
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
    if (row.tooltip) item.tooltip = new vscode.MarkdownString(row.tooltip);
    if (row.spoken) item.accessibilityInformation = { label: row.spoken };
    if (row.context) item.contextValue = row.context;
    if (row.command) {
      item.command = { command: row.command, title: row.label, arguments: [{ job: row.job, pod: row.pod }] };
    }
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** Gives each row its element, the old one where there is one, and collects what changed. */
  #merge(known: RowElement[], rows: readonly Row[], parent: RowElement | undefined, before: Set<string>, all: Changes) {
    const byId = new Map(known.map((element) => [element.row.id, element]));
    const elements = rows.map((row) => {
      const old = byId.get(row.id);
      const element = old ?? new RowElement(row, parent);
      if (!old && before.has(row.id)) all.relocated = true;
      const differs = says(element.row) !== says(row);
      element.row = row;
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

function toIcon({ name, color }: { name: string; color?: string }): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, color ? new vscode.ThemeColor(color) : undefined);
}
