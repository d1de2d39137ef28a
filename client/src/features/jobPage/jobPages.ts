import * as vscode from 'vscode';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { readKept } from './asks.ts';
import { toHtml, toLang } from './html.ts';
import { JobPage } from './jobPage.ts';
import type { PageOf } from './pageView.ts';
import { buildTitles } from './titles.ts';

/** Type of our panels, by which the window knows whom to ask for them after a reload. */
export const PAGE = 'gpuctl.job.page';

/** Of which jobs pages are open, as the workspace keeps it. */
const OPEN = 'gpuctl.job.pages';

type Extension = Pick<vscode.ExtensionContext, 'extensionUri' | 'workspaceState'>;

/** The pages that are open, one a job. */
export class JobPages implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #infrastructure: Infrastructure;
  readonly #extension: Extension;
  readonly #pages = new Map<string, JobPage>();
  /** Pages that the window has kept and not woken yet, with the titles of their tabs. */
  readonly #sleeping: Map<string, { of: PageOf; title: string }>;

  constructor(infrastructure: Infrastructure, extension: Extension) {
    this.#infrastructure = infrastructure;
    this.#extension = extension;
    const kept = extension.workspaceState.get<unknown[]>(OPEN, []).flatMap((of) => readKept({ of })?.of ?? []);
    const titles = buildTitles(kept);
    this.#sleeping = new Map(kept.map((of, index) => [keyOf(of), { of, title: titles[index] ?? '' }]));
  }

  /** Shows the page of a job, where it is open already in its place. */
  open(of: PageOf): JobPage {
    const known = this.#pages.get(keyOf(of));
    if (known) {
      known.panel.reveal();
      return known;
    }
    this.#closeSleeping(of);
    const panel = vscode.window.createWebviewPanel(PAGE, of.job.name, vscode.ViewColumn.Active);
    return this.#begin(panel, of);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const { of, at } = readKept(kept) ?? {};
    // One that slept while its job was opened anew would be there twice.
    if (of && !this.#pages.has(keyOf(of))) this.#begin(panel, of, at);
    else panel.dispose();
  }

  dispose(): void {
    for (const page of this.#pages.values()) page.dispose();
  }

  /** After a reload the window wakes a page when its tab is looked at: one that sleeps still would be there twice. */
  #closeSleeping(of: PageOf): void {
    const title = this.#sleeping.get(keyOf(of))?.title;
    const isAwake = [...this.#pages.values()].some(({ panel }) => panel.title === title);
    const tabs = isAwake ? [] : findTabs().filter(({ label }) => label === title);
    if (tabs.length) void vscode.window.tabGroups.close(tabs, true);
  }

  /** Tells two pages of one name apart, and notes which are open. */
  #arrange(): void {
    const labels = findTabs().map(({ label }) => label);
    // Right after a reload no tab may be known yet.
    const isClosed = (title: string) => labels.length > 0 && !labels.includes(title);
    for (const [key, { title }] of this.#sleeping)
      if (this.#pages.has(key) || isClosed(title)) this.#sleeping.delete(key);
    const awake = [...this.#pages.values()];
    const all = [...awake, ...this.#sleeping.values()].map(({ of }) => of);
    const titles = buildTitles(all);
    for (const [index, { panel }] of awake.entries()) {
      const title = titles[index] ?? '';
      if (panel.title !== title) panel.title = title;
    }
    void this.#extension.workspaceState.update(OPEN, all);
  }

  #begin(panel: vscode.WebviewPanel, of: PageOf, keptAt?: number): JobPage {
    const { webview } = panel;
    const folder = vscode.Uri.joinPath(this.#extension.extensionUri, 'dist', 'webview');
    const media = vscode.Uri.joinPath(this.#extension.extensionUri, 'media');
    webview.options = {
      enableScripts: true,
      enableCommandUris: false,
      enableForms: false,
      localResourceRoots: [folder],
    };
    panel.iconPath = {
      light: vscode.Uri.joinPath(media, 'file-light.svg'),
      dark: vscode.Uri.joinPath(media, 'file-dark.svg'),
    };
    const page = new JobPage(this.#infrastructure, panel, of, keptAt);
    this.#pages.set(keyOf(of), page);
    this.#arrange();
    panel.onDidDispose(() => {
      this.#pages.delete(keyOf(of));
      page.dispose();
      this.#arrange();
    });
    const [script, style] = ['jobPage.js', 'jobPage.css'].map((file) => vscode.Uri.joinPath(folder, file));
    if (script && style)
      webview.html = toHtml(webview, script, style, toLang(this.#infrastructure.configuration.language), of.job.name);
    return page;
  }
}

const findTabs = (): vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(PAGE));

const keyOf = ({ context, job }: PageOf): string => JSON.stringify([context, job.namespace, job.name]);
