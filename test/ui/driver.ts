import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { CHROMIUM_ARGS } from '../host/browser.ts';
import { ensureChromium } from '../host/install.ts';
import type { Host } from '../host/server.ts';
import { Dialogs, QUICK_LABEL } from './dialogs.ts';
import { Editor } from './editor.ts';
import { SideView } from './views.ts';

/** Where every picture goes; ignored by git. */
export const SCREENSHOTS = join(import.meta.dirname, 'screenshots');

/** Files of the host have names of this domain in webviews; VS Code's service worker answers for it, nothing is sent. */
const WEBVIEW_FILES = '.vscode-resource.vscode-cdn.net';

export interface WorkbenchOptions {
  /** Another folder than the host's workspace. */
  folder?: string;
  /** File to open at once. */
  openFile?: string;
  /** Size of the window in CSS pixels. */
  size?: { width: number; height: number };
  /** Put before the name of every picture, such as `first-job-`. */
  shotPrefix?: string;
  /** Time one action may take before it counts as failed, in milliseconds. */
  timeout?: number;
}

/** Opens the host's workspace in a headless browser and waits until it can be used. */
export async function openWorkbench(host: Host, options: WorkbenchOptions = {}): Promise<Workbench> {
  const context = await chromium.launchPersistentContext(join(host.root, `browser-${Date.now()}`), {
    executablePath: await ensureChromium(),
    args: CHROMIUM_ARGS,
    env: { ...process.env, XDG_CONFIG_HOME: host.root, XDG_CACHE_HOME: host.root },
    viewport: options.size ?? { width: 1400, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(options.timeout ?? 30_000);
  const page = context.pages()[0] ?? (await context.newPage());
  const workbench = new Workbench(host, context, page, options.shotPrefix ?? '');
  try {
    await page.goto(host.windowUrl({ folder: options.folder, openFile: options.openFile }));
    await workbench.waitReady();
  } catch (error) {
    await workbench.shot('failed-to-open').catch(() => {});
    await context.close();
    throw error;
  }
  return workbench;
}

/** One window of VS Code, used as a person uses it: by what is seen, by mouse and keyboard. */
export class Workbench {
  readonly host: Host;
  readonly page: Page;
  readonly editor: Editor;
  readonly dialogs: Dialogs;
  /** Addresses outside the host that the window asked for; {@link close} fails if there are any. */
  readonly foreignRequests = new Set<string>();
  private readonly context: BrowserContext;
  private readonly shotPrefix: string;

  constructor(host: Host, context: BrowserContext, page: Page, shotPrefix: string) {
    this.host = host;
    this.context = context;
    this.page = page;
    this.shotPrefix = shotPrefix;
    this.editor = new Editor(page);
    this.dialogs = new Dialogs(page);
    context.on('request', (request) => {
      const url = request.url();
      if (!/^(https?|wss?):/.test(url) || new URL(url).host === new URL(host.origin).host) return;
      if (!new URL(url).host.endsWith(WEBVIEW_FILES)) this.foreignRequests.add(url);
    });
  }

  /** Waits until the window is drawn and its connection to the server stands. */
  async waitReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor({ timeout: 60_000 });
    await this.page.locator('.monaco-workbench .part.editor').waitFor();
    await this.page.locator('.monaco-progress-container.active').first().waitFor({ state: 'hidden' });
  }

  /** Runs a command by its title in the command palette, as in `View: Focus Problems`. */
  async palette(title: string): Promise<void> {
    let input = await this.openQuickInput(`>${title}`);
    // The list is of the moment in which it was opened: a command may be offered only now.
    for (let tries = 0; tries < 3 && !(await isThere(this.quickRow(title))); tries++) {
      await this.page.keyboard.press('Escape');
      input = await this.openQuickInput(`>${title}`);
    }
    await this.quickRow(title).click();
    // The box goes, or serves the command that was run for its own question.
    await this.page.waitForFunction(([box, text]) => box?.offsetParent === null || box?.value !== text, [
      await input.elementHandle(),
      `>${title}`,
    ] as const);
  }

  /** Titles the command palette offers for a text. */
  async paletteTitles(text: string): Promise<string[]> {
    await this.openQuickInput(`>${text}`);
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    const titles = await rows.locator(QUICK_LABEL).allInnerTexts();
    await this.page.keyboard.press('Escape');
    return titles;
  }

  /** Opens a file of the workspace by quick open and waits for its text. */
  async openFile(path: string): Promise<void> {
    await this.openQuickInput(path);
    await this.quickRow(basename(path)).click();
    await this.page
      .locator(`.tab.active[data-resource-name="${basename(path)}"]`)
      .first()
      .waitFor();
    await this.editor.lines.first().waitFor();
  }

  /** A view of the side bar or panel by its name, such as `Jobs`; give the container's title to bring it up first. */
  async view(name: string, container?: string): Promise<SideView> {
    const view = new SideView(this.page, name);
    // A window that was opened again brings up its side bar by itself; a click then takes it away again.
    for (let tries = 0; container && tries < 4 && !(await view.header.isVisible()); tries++) {
      await this.page.locator(`.activitybar a.action-label[aria-label^="${container}"]`).click();
      await isThere(view.header);
    }
    await view.waitOpen();
    return view;
  }

  /** Rows of the Problems panel, each as one text; waits until one contains `expected`. */
  async problems(expected?: string): Promise<string[]> {
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    if (!(await this.page.locator('.markers-panel').isVisible())) await this.palette('View: Focus Problems');
    if (expected) await rows.filter({ hasText: expected }).first().waitFor();
    return (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  }

  /** An item of the status bar by part of its text. */
  statusItem(text: string): Locator {
    return this.page.locator('.part.statusbar .statusbar-item', { hasText: text });
  }

  /** Lines of the Output panel that are in sight; waits until one contains `expected`. */
  async output(expected: string, timeout?: number): Promise<string[]> {
    const lines = this.page.locator('.part.panel .view-lines .view-line');
    await lines.filter({ hasText: expected }).first().waitFor({ timeout });
    return (await lines.allInnerTexts()).map((line) => line.replaceAll('\u00a0', ' '));
  }

  /** Whole text of an output channel as the host keeps it; empty while the channel has none. */
  outputChannel(name: string): string {
    const logs = join(this.host.userDataDir, 'logs');
    const files = readdirSync(logs, { recursive: true, encoding: 'utf8' });
    const own = files.filter((file) => file.endsWith('.log') && basename(file, '.log').replace(/^\d+-/, '') === name);
    return own.map((file) => readFileSync(join(logs, file), 'utf8')).join('');
  }

  /** Changes to VS Code's own dark or light theme, by the setting's quick pick. */
  async theme(theme: 'dark' | 'light'): Promise<void> {
    const wanted = theme === 'dark' ? 'vs-dark' : 'vs';
    if (await this.page.locator(`.monaco-workbench.${wanted}`).count()) return;
    await this.palette('Preferences: Toggle between Light/Dark Themes');
    await this.page.locator(`.monaco-workbench.${wanted}`).waitFor();
  }

  /** Saves what is seen as `test/ui/screenshots/<name>.png`; `clip`: a part of it, in CSS pixels. */
  async shot(name: string, clip?: { x: number; y: number; width: number; height: number }): Promise<string> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    const path = join(SCREENSHOTS, `${this.shotPrefix}${name}.png`);
    await this.page.screenshot({ path, ...(clip && { clip }) });
    return path;
  }

  /** Does one step and keeps a picture of its end, named after it; a failed one gets `-FAILED`. */
  async step<T>(name: string, action: () => Promise<T>): Promise<T> {
    try {
      const result = await action();
      await this.shot(name);
      return result;
    } catch (error) {
      await this.shot(`${name}-FAILED`).catch(() => {});
      throw error;
    }
  }

  /** Reloads the window as `Developer: Reload Window` does. */
  async reload(): Promise<void> {
    await this.openQuickInput('>Developer: Reload Window');
    const loaded = this.page.waitForEvent('load');
    await this.quickRow('Developer: Reload Window').click();
    await loaded;
    await this.waitReady();
  }

  /** @throws if the window asked for anything outside the host. */
  async close(): Promise<void> {
    await this.context.close();
    if (this.foreignRequests.size > 0) {
      throw new Error(`The window asked for addresses outside the host:\n${[...this.foreignRequests].join('\n')}`);
    }
  }

  private async openQuickInput(text: string): Promise<Locator> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input.input').first();
    await input.waitFor();
    await input.fill(text);
    return input;
  }

  private quickRow(label: string): Locator {
    const name = this.page.locator('.label-name', { hasText: new RegExp(`^\\s*${escapeRegExp(label)}`) });
    return this.page.locator('.quick-input-list .monaco-list-row').filter({ has: name }).first();
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Whether something comes into sight soon. */
const isThere = (locator: Locator): Promise<boolean> =>
  locator.waitFor({ timeout: 5_000 }).then(
    () => true,
    () => false,
  );
