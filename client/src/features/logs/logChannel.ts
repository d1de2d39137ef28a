import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { type FilePlace, findError, findPlaces } from './logScan.ts';

/** The language of our logs, which colours them. */
export const LOG_LANGUAGE = 'gpuctl-log';

/** Characters and lines that a channel may hold before its beginning is dropped, and how many characters of the newest then stay. */
const CAPACITY = 8_000_000;
const MOST_LINES = 200_000;
const KEPT = 1_000_000;
/** Characters that are taken a millisecond: an output channel does not say when it has drawn what it was given. */
const PACE = 4_000;
/** Characters that are put in at once; pieces of the newest that stay where lines are so short that there were too many. */
const PIECE = 64 * 1024;
const SHORT = 2;
/** Milliseconds of rest before a channel is cleared, and after which the panel is told once more to draw. */
const REST = 200;
/** Places in files that are remembered, the newest. */
const PLACES = 500;

/** An output channel that holds so much and no more, and takes text no faster than it can be shown. Knows what is where in it. */
export class LogChannel implements vscode.Disposable {
  readonly name: string;
  readonly #channel: vscode.OutputChannel;
  readonly #dropped: () => string;
  readonly #changed: () => void;
  readonly #opening: vscode.Disposable;
  #rest: NodeJS.Timeout | undefined;
  #disposed = false;
  /** The newest text, in pieces. */
  #tail: string[] = [];
  #kept = 0;
  #work: Promise<void> = Promise.resolve();
  #length = 0;
  #lines = 0;
  #error: number | undefined;
  #places: FilePlace[] = [];

  /** `dropped` is the line that stands where the beginning was; `changed`: the first error is another. */
  constructor(name: string, dropped: () => string, changed: () => void = () => {}) {
    this.name = name;
    this.#channel = vscode.window.createOutputChannel(name, LOG_LANGUAGE);
    this.#dropped = dropped;
    this.#changed = changed;
    this.#opening = vscode.workspace.onDidOpenTextDocument((document) => {
      if (this.owns(document)) this.#drawAtRest();
    });
  }

  /** The first line that tells of an error, from 0. */
  get error(): number | undefined {
    return this.#error;
  }

  /** The places in files that are named in it. */
  get places(): readonly FilePlace[] {
    return this.#places;
  }

  /** By how many lines a document of this channel is ahead of what is counted here: a person may have cleared it. */
  shiftOf(document: vscode.TextDocument, line: number, isThere: (text: string) => boolean): number | undefined {
    const cleared = document.lineCount - 1 - this.#lines;
    return [0, cleared].find((shift) => {
      const at = line + shift;
      return at >= 0 && at < document.lineCount && isThere(document.lineAt(at).text);
    });
  }

  /** Whether a document is that of this channel. VS Code calls it `extension-output-<extension>-#<number>-<name>`. */
  owns({ uri }: vscode.TextDocument): boolean {
    return uri.scheme === 'output' && /-#\d+-(.*)$/s.exec(uri.path)?.[1] === this.name;
  }

  /** Takes whole lines. Resolves when more may come. */
  append(text: string): Promise<void> {
    this.#work = this.#work.then(async () => {
      if (this.#length + text.length > CAPACITY || this.#lines > MOST_LINES) await this.#drop();
      await this.#put(text);
    });
    return this.#work;
  }

  /** A line of ours, set off from the log's own. */
  appendNote(text: string): void {
    void this.append(`── ${text}\n`);
  }

  /** Takes away what was taken before, also what is not put in yet. */
  clear(): void {
    this.#work = this.#work.then(() => this.#empty());
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#rest);
    this.#opening.dispose();
    this.#channel.dispose();
  }

  /** Leaves the newest, which are put back piece by piece, so that nothing stands still for them. */
  async #drop(): Promise<void> {
    const kept = this.#lines > MOST_LINES ? this.#tail.slice(-SHORT) : this.#tail;
    await this.#empty();
    for (const piece of [`${this.#dropped()}\n`, ...kept]) await this.#put(piece);
  }

  async #put(text: string): Promise<void> {
    if (this.#disposed) return;
    this.#channel.append(text);
    this.#note(text);
    this.#length += text.length;
    this.#kept += text.length;
    const last = this.#tail.at(-1);
    if (last !== undefined && last.length + text.length <= PIECE) this.#tail[this.#tail.length - 1] = last + text;
    else this.#tail.push(text);
    while (this.#kept > KEPT && this.#tail.length > 1) this.#kept -= this.#tail.shift()?.length ?? 0;
    this.#drawAtRest();
    await sleep(text.length / PACE);
  }

  /**
   * Has what was put in drawn for certain: while the panel opens, VS Code keeps text back and may draw none of it before
   * more comes, so that a log that has ended would stay empty.
   */
  #drawAtRest(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#channel.append(''), REST);
  }

  /**
   * Takes away all text. VS Code keeps it in a file that it looks at now and then, and shows it all again when it is
   * shorter than it thought: what is cleared while text is on its way would come back.
   */
  async #empty(): Promise<void> {
    await sleep(REST);
    if (this.#disposed) return;
    this.#forget();
    // Not `replace`: VS Code would look for the smallest edit between the two, and keep the old text meanwhile.
    this.#channel.clear();
  }

  #forget(): void {
    this.#tail = [];
    this.#kept = 0;
    this.#length = 0;
    this.#lines = 0;
    this.#error = undefined;
    this.#places = [];
  }

  /** Notes what is in a text of whole lines that was put at the end. */
  #note(text: string): void {
    const begins = this.#lines;
    if (this.#error === undefined) {
      const error = findError(text);
      if (error !== undefined) {
        this.#error = begins + error;
        this.#changed();
      }
    }
    const places = findPlaces(text).map((place) => ({ ...place, line: begins + place.line }));
    if (places.length) this.#places = [...this.#places, ...places].slice(-PLACES);
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) this.#lines++;
  }
}
