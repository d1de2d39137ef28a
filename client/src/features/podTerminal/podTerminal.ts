import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { type JobRef, Requests, type TerminalSizeDto } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';

/** Where a terminal is. */
export interface TerminalPlace {
  job: JobRef;
  pod: string;
  /** Context in which the person saw the job. */
  context: string | undefined;
  /** As the person knows it: the job, with its rank where it has several. */
  name: string;
}

/** Before the first word of the panel on its size. */
const SIZE: TerminalSizeDto = { columns: 80, rows: 24 };
/** Characters that are sent at once at the most. */
const BATCH = 32 * 1024;
/** Characters that the window is given in a millisecond: it takes what it gets, however far behind it is. */
const PACE = 4096;

/** A shell in a job as a terminal of the editor. When it ends it says so, and Enter opens the next. */
export class PodTerminal implements vscode.Pseudoterminal {
  readonly #infrastructure: Infrastructure;
  readonly #place: TerminalPlace;
  readonly #written = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<void>();
  #size = SIZE;
  /** The id of the shell; `undefined` where there is none. */
  #terminal: string | undefined;
  /** Whether it takes what is typed. */
  #runs = false;
  #typed = '';
  #sending = false;
  /** Whether a program has the other screen, such as an editor. */
  #isOther = false;

  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;

  constructor(infrastructure: Infrastructure, place: TerminalPlace) {
    this.#infrastructure = infrastructure;
    this.#place = place;
  }

  open(dimensions: vscode.TerminalDimensions | undefined): void {
    if (dimensions) this.#size = dimensions;
    void this.#connect();
  }

  /** The window closes it: nothing is left behind. */
  close(): void {
    const terminal = this.#terminal;
    this.#terminal = undefined;
    if (terminal) void this.#ask(() => this.#infrastructure.server.request(Requests.closeTerminal, { terminal }));
    this.#written.dispose();
    this.#closed.dispose();
  }

  handleInput(data: string): void {
    if (this.#terminal) {
      this.#typed += data;
      void this.#send();
    } else if (data.includes('\r')) void this.#connect();
  }

  setDimensions({ columns, rows }: vscode.TerminalDimensions): void {
    this.#size = { columns, rows };
    const terminal = this.#terminal;
    if (!terminal) return;
    void this.#ask(() => this.#infrastructure.server.request(Requests.resizeTerminal, { terminal, size: this.#size }));
  }

  /** Shows what the shell printed; settles when the window can take more. */
  async append(terminal: string, text: string): Promise<void> {
    if (terminal !== this.#terminal) return;
    this.#written.fire(text);
    const [on, off] = [text.lastIndexOf(OTHER_SCREEN), text.lastIndexOf(MAIN_SCREEN)];
    if (on !== off) this.#isOther = on > off;
    await new Promise((resolve) => setTimeout(resolve, text.length / PACE));
  }

  /** The shell has ended, or its connection. */
  end(terminal: string, message: string): void {
    if (terminal !== this.#terminal) return;
    this.#terminal = undefined;
    this.#runs = false;
    this.#typed = '';
    this.#say(message, this.#infrastructure.texts.t('ui.terminal.again'));
  }

  /** What is known of it is lost with the server. */
  lose(message: string): void {
    if (this.#terminal) this.end(this.#terminal, message);
  }

  async #connect(): Promise<void> {
    const { boundary, server, texts } = this.#infrastructure;
    const { job, pod, context, name } = this.#place;
    const terminal = randomUUID();
    this.#terminal = terminal;
    this.#written.fire(`${DIM}${texts.t('ui.terminal.opening', { where: name })}${PLAIN}\r\n`);
    const size = this.#size;
    try {
      await server.request(Requests.openTerminal, { terminal, job, pod, size, ...(context && { context }) });
      if (this.#terminal !== terminal) return;
      this.#runs = true;
      if (size !== this.#size) this.setDimensions(this.#size);
      void this.#send();
    } catch (error) {
      const { message, hint } = boundary.toFailure(error);
      this.end(terminal, texts.join(message, hint));
    }
  }

  /** What was typed goes in the order in which it was, a batch after the other. */
  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    while (this.#typed && this.#terminal && this.#runs) {
      const text = this.#typed.slice(0, BATCH);
      this.#typed = this.#typed.slice(text.length);
      const terminal = this.#terminal;
      await this.#ask(() => this.#infrastructure.server.request(Requests.typeInTerminal, { terminal, text }));
    }
    this.#sending = false;
  }

  /** The terminal tells of its own end: nothing else is to be said of a request that comes too late. */
  async #ask(request: () => Promise<void>): Promise<void> {
    await this.#infrastructure.boundary.runQuietly(request);
  }

  #say(...lines: string[]): void {
    // A program that had the other screen, or hid the cursor, gives it back. Who never had it would jump to the top.
    const screen = this.#isOther ? MAIN_SCREEN : '';
    this.#isOther = false;
    this.#written.fire(`${screen}${RESTORE}\r\n${lines.map((line) => `${DIM}${line}${PLAIN}`).join('\r\n')}\r\n`);
  }
}

const DIM = '\x1b[2m';
const PLAIN = '\x1b[0m';
/** To the other screen, and back. */
const OTHER_SCREEN = '\x1b[?1049h';
const MAIN_SCREEN = '\x1b[?1049l';
/** Shows the cursor, lets go of the mouse and of bracketed paste. */
const RESTORE = '\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[0m';
