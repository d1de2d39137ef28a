import type { Locator, Page } from 'playwright-core';

/** The label in a row of a quick pick; a second line, as the English title of a Chinese command, is not it. */
export const QUICK_LABEL = '.quick-input-list-rows > .quick-input-list-row:first-child .label-name';

/** What the window says or asks outside of editors and views: notifications, quick picks, modal questions, menus. */
export class Dialogs {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The notification that contains `text`. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
  }

  /** Presses a button of a notification. */
  async answerNotification(text: string | RegExp, button: string): Promise<void> {
    await this.notification(text).getByRole('button', { name: button }).click();
  }

  /** Texts of the notifications in sight. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** Labels of the quick pick in sight. */
  async quickPick(): Promise<string[]> {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    return (await rows.locator(QUICK_LABEL).allInnerTexts()).map((label) => label.trim());
  }

  /** Takes a row of the quick pick. */
  async pick(text: string | RegExp): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
  }

  /** Types into the input box in sight and accepts. */
  async input(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input').first();
    await input.waitFor();
    await input.fill(text);
    await input.press('Enter');
  }

  /** The modal question in sight, as its message and detail. */
  async modal(): Promise<{ message: string; detail: string; buttons: string[] }> {
    const box = this.page.locator('.monaco-dialog-box');
    await box.waitFor();
    const detail = box.locator('.dialog-message-detail');
    return {
      message: (await box.locator('.dialog-message-text').innerText()).trim(),
      detail: (await detail.count()) ? (await detail.innerText()).trim() : '',
      buttons: (await box.locator('.dialog-buttons .monaco-button').allInnerTexts()).map((text) => text.trim()),
    };
  }

  /** Answers the modal question. */
  async answerModal(button: string | RegExp): Promise<void> {
    const box = this.page.locator('.monaco-dialog-box');
    await box.locator('.dialog-buttons .monaco-button', { hasText: button }).first().click();
    await box.waitFor({ state: 'detached' });
  }

  /** Takes an entry of the context menu in sight. By Enter: for a moment a new menu ignores clicks, meant for the one before. */
  async menu(label: string | RegExp): Promise<void> {
    const menu = this.page.locator('.monaco-menu').first();
    await menu.locator('.action-item', { hasText: label }).first().hover();
    await menu.locator('.action-item.focused', { hasText: label }).waitFor();
    await this.page.keyboard.press('Enter');
    await menu.waitFor({ state: 'detached' });
  }

  /** Entries of the context menu in sight. */
  async menuLabels(): Promise<string[]> {
    const items = this.page.locator('.monaco-menu .action-item .action-label');
    await items.first().waitFor();
    return (await items.allInnerTexts()).map((label) => label.trim()).filter(Boolean);
  }
}
