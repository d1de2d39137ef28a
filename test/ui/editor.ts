import type { Locator, Page } from 'playwright-core';

/** The active text editor. */
export class Editor {
  private readonly page: Page;
  private readonly root: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Lines in sight. */
  get lines(): Locator {
    return this.root.locator('.view-lines .view-line');
  }

  line(text: string): Locator {
    return this.lines.filter({ hasText: text }).first();
  }

  /** Text in sight, top to bottom, without inlay hints. */
  async text(): Promise<string> {
    const lines = await this.lines.evaluateAll((elements) =>
      elements
        .map((element) => {
          const copy = element.cloneNode(true) as typeof element;
          for (const hint of copy.querySelectorAll('[class*="dyn-rule-"]')) hint.remove();
          return { top: element.getBoundingClientRect().top, text: copy.textContent ?? '' };
        })
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** Puts the cursor into the editor; lenses of an editor that has no focus may be old ones that take no click. */
  async focus(): Promise<void> {
    await this.root.locator('textarea.inputarea, .native-edit-context').first().focus();
  }

  /** The lens whose text contains `text`. A click on it waits until it stands still and takes clicks. */
  lens(text: string | RegExp): { click(): Promise<void>; waitFor(timeout?: number): Promise<void>; locator: Locator } {
    const locator = this.root.locator('.codelens-decoration a', { hasText: text }).first();
    return {
      locator,
      waitFor: (timeout) => locator.waitFor({ timeout }),
      click: async () => {
        await locator.waitFor();
        await this.focus();
        await locator.click();
      },
    };
  }

  /** Texts of all lenses in sight, one string a line of lenses. */
  async lenses(): Promise<string[]> {
    const lines = await this.root.locator('.codelens-decoration').allInnerTexts();
    return lines.map((line) => line.replace(/\s+/g, ' ').trim()).filter(Boolean);
  }

  /** Inlay hints and other text that is drawn but not in the file. */
  async decorations(): Promise<string[]> {
    const drawn = this.root.locator('.view-line [class*="dyn-rule-"], .view-line [class*="ced-"]');
    return (await drawn.allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' ')).filter(Boolean);
  }

  /** Squiggles of a severity; wait on the locator for them. */
  squiggles(severity: 'error' | 'warning' | 'info' | 'hint' = 'error'): Locator {
    return this.root.locator(`.squiggly-${severity}`);
  }

  /** Points at a text of the file and returns what the hover says, once it says `expected`. */
  async hover(text: string, expected: string | RegExp = ''): Promise<string> {
    await this.page.mouse.move(0, 0); // no hover of where the mouse was
    await this.page.locator('.monaco-editor .monaco-hover:not(.hidden)').waitFor({ state: 'detached' });
    await this.root.locator('.view-line span span', { hasText: text }).first().hover();
    const hover = this.page.locator('.monaco-editor .monaco-hover:not(.hidden)', { hasText: expected }).first();
    await hover.waitFor();
    return (await hover.innerText()).trim();
  }

  /** Puts the cursor at the end of the first line that contains `after` and types. */
  async typeAfter(after: string, text: string): Promise<void> {
    await this.line(after).click();
    await this.page.keyboard.press('End');
    await this.page.keyboard.type(text);
  }

  /** Replaces the whole text by pasting: exactly this text, without the indentation that typing would add. */
  async replaceAll(text: string): Promise<void> {
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await this.focus();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.press('ControlOrMeta+V');
  }

  /** Replaces `from`, which must be in sight once on its line, by `to`. */
  async replace(from: string, to: string): Promise<void> {
    const span = this.root.locator('.view-line span span', { hasText: from }).first();
    await span.dblclick();
    await this.page.keyboard.type(to);
  }

  async undo(): Promise<void> {
    await this.focus();
    await this.page.keyboard.press('ControlOrMeta+Z');
  }

  /** Opens the completion list at the cursor and returns its labels. */
  async suggestions(): Promise<string[]> {
    await this.page.keyboard.press('Control+Space');
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row');
    await rows.first().waitFor();
    return (await rows.locator('.label-name').allInnerTexts()).map((label) => label.trim());
  }

  /** Rows of the completion list that is open, as `label description`; waits until one contains `expected`. */
  async offered(expected: string | RegExp): Promise<string[]> {
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row');
    await rows.filter({ hasText: expected }).first().waitFor();
    return (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  }

  /** Takes the row of the open completion list that contains `text`. */
  async take(text: string | RegExp): Promise<void> {
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row');
    await rows.filter({ hasText: text }).first().waitFor();
    await rows.filter({ hasText: text }).first().click();
  }

  /** Puts the cursor into a text that is in sight, in the first line where it is a word of its own. */
  async click(text: string): Promise<void> {
    await this.root.locator('.view-line span span', { hasText: text }).first().click();
  }

  /** Opens the menu behind the light bulb at the cursor and returns its titles. */
  async quickFixes(): Promise<string[]> {
    await this.page.keyboard.press('ControlOrMeta+.');
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map((title) => title.trim()).filter(Boolean);
  }

  /** Takes an entry of that menu. */
  async takeQuickFix(title: string | RegExp): Promise<void> {
    await this.page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first().click();
  }

  /** Opens the box that renames what is at the cursor. */
  async rename(to: string): Promise<void> {
    await this.page.keyboard.press('F2');
    const input = this.page.locator('.rename-box input').first();
    await input.waitFor();
    await input.fill(to);
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+S');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  }
}
