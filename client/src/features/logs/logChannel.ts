import * as vscode from 'vscode';

/** Characters that a channel may hold before its beginning is dropped, and how many of the newest then stay. */
const CAPACITY = 8_000_000;
const KEPT = 1_000_000;
/** Characters that are taken a millisecond: an output channel does not say when it has drawn what it was given. */
const PACE = 4_000;

/** An output channel that holds so much and no more, and takes text no faster than it can be shown. */
export class LogChannel implements vscode.Disposable {
  readonly #channel: vscode.OutputChannel;
  readonly #dropped: () => string;
  #tail = '';
  #length = 0;

  /** `dropped` is the line that stands where the beginning was. */
  constructor(name: string, dropped: () => string) {
    this.#channel = vscode.window.createOutputChannel(name, 'log');
    this.#dropped = dropped;
  }

  /** Resolves when more may come. */
  async append(text: string): Promise<void> {
    this.#tail = (this.#tail + text).slice(-KEPT);
    this.#length += text.length;
    if (this.#length > CAPACITY) {
      this.#tail = this.#tail.slice(this.#tail.indexOf('\n') + 1);
      this.#length = this.#tail.length;
      // Not `replace`: VS Code would look for the smallest edit between the two, and keep the old text meanwhile.
      this.#channel.clear();
      this.#channel.append(`${this.#dropped()}\n${this.#tail}`);
    } else {
      this.#channel.append(text);
    }
    await new Promise((resolve) => setTimeout(resolve, text.length / PACE));
  }

  /** A line of ours, set off from the log's own. */
  appendNote(text: string): void {
    const separate = this.#tail === '' || this.#tail.endsWith('\n') ? '' : '\n';
    void this.append(`${separate}── ${text}\n`);
  }

  clear(): void {
    this.#tail = '';
    this.#length = 0;
    this.#channel.clear();
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
