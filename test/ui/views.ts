import type { Locator, Page } from 'playwright-core';
import { Dialogs } from './dialogs.ts';

export interface TreeRow {
  label: string;
  description: string;
  /** What a screen reader says. */
  ariaLabel: string;
  /** 1 for the outermost rows. */
  level: number;
  /** Undefined for a row without children. */
  expanded?: boolean;
}

/** A view of the side bar by its name, such as `Jobs`: its rows, their menus, the buttons of its title. */
export class SideView {
  readonly header: Locator;
  private readonly page: Page;
  private readonly pane: Locator;

  constructor(page: Page, name: string) {
    this.page = page;
    this.header = page.locator(`.pane-header[aria-label^="${name}"]`).first();
    this.pane = page
      .locator('.pane')
      .filter({ has: page.locator(`.pane-header[aria-label^="${name}"]`) })
      .first();
  }

  async waitOpen(): Promise<void> {
    await this.header.waitFor();
    if ((await this.header.getAttribute('aria-expanded')) === 'false') await this.header.click();
  }

  /** The row that contains `text`. */
  row(text: string | RegExp): Locator {
    return this.pane.locator('.monaco-list-row', { hasText: text }).first();
  }

  /** The row whose words for a screen reader begin with `text`. */
  spokenRow(text: string): Locator {
    return this.pane.locator(`.monaco-list-row[aria-label^="${text}"]`).first();
  }

  /** What the view shows instead of rows: its message or welcome text. */
  async message(): Promise<string> {
    return (await this.pane.locator('.message, .welcome-view').allInnerTexts()).join('\n').trim();
  }

  /** Rows in sight, top to bottom. */
  async rows(): Promise<TreeRow[]> {
    return this.pane.locator('.monaco-list-row').evaluateAll((elements) =>
      elements
        .sort((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
        .map((element) => {
          const text = (selector: string) => element.querySelector(selector)?.textContent?.trim() ?? '';
          const expanded = element.getAttribute('aria-expanded');
          return {
            label: text('.label-name'),
            description: text('.label-description'),
            ariaLabel: element.getAttribute('aria-label') ?? '',
            level: Number(element.getAttribute('aria-level')),
            ...(expanded === null ? {} : { expanded: expanded === 'true' }),
          };
        }),
    );
  }

  async expand(text: string | RegExp): Promise<void> {
    await this.toggle(text, true);
  }

  async collapse(text: string | RegExp): Promise<void> {
    await this.toggle(text, false);
  }

  /** Opens the context menu of a row and takes an entry. */
  async contextMenu(text: string | RegExp, entry: string | RegExp): Promise<void> {
    await this.row(text).click({ button: 'right' });
    await new Dialogs(this.page).menu(entry);
  }

  /** Presses a button that a row shows under the mouse. */
  async inlineAction(text: string | RegExp, label: string): Promise<void> {
    await this.row(text).hover();
    await this.row(text).locator(`.action-label[aria-label^="${label}"]`).click();
  }

  /** Presses a button of the view's title. */
  async titleAction(label: string): Promise<void> {
    await this.header.hover();
    await this.pane.locator(`.pane-header .action-label[aria-label^="${label}"]`).click();
  }

  private async toggle(text: string | RegExp, expanded: boolean): Promise<void> {
    const row = this.row(text);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === String(expanded)) return;
    await row.locator('.monaco-tl-twistie').click();
    await this.pane.locator(`.monaco-list-row[aria-expanded="${expanded}"]`, { hasText: text }).first().waitFor();
  }
}
