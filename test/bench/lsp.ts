/** A small language server client over stdio: enough to start a server, open and edit a file, and see its diagnostics. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Position {
  line: number;
  character: number;
}

/** How a server is started, and what it is told. */
export interface ServerCommand {
  name: string;
  args: string[];
  languageId: string;
  /** Answers to `workspace/configuration`, by section. */
  settings: Record<string, unknown>;
  initializationOptions?: object;
}

export interface Diagnostic {
  range: { start: { line: number }; end: { line: number } };
  message: string;
}
interface Message {
  id?: number | string;
  method?: string;
  params?: { items?: { section?: string }[]; uri?: string; diagnostics?: Diagnostic[] };
  result?: unknown;
  error?: { message: string };
}

/** One running server. Times are taken by the caller, around the calls. */
export class Lsp {
  readonly #command: ServerCommand;
  readonly #child: ChildProcess;
  readonly #answers = new Map<number | string, (message: Message) => void>();
  #input: Buffer = Buffer.alloc(0);
  #errors = '';
  #id = 0;
  #version = 0;
  #wanted: { accept: (diagnostics: Diagnostic[]) => boolean; done: (diagnostics: Diagnostic[]) => void } | undefined;

  constructor(command: ServerCommand) {
    this.#command = command;
    this.#child = spawn(process.execPath, command.args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#errors += chunk;
    });
    this.#child.on('exit', (code) => {
      if (code) console.error(`${command.name} ended with ${code}.\n${this.#errors.slice(-2000)}`);
    });
  }

  /** From the start of the process to the answer of `initialize`. */
  async initialize(): Promise<void> {
    const capabilities = {
      general: { positionEncodings: ['utf-16'] },
      workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
      textDocument: {
        publishDiagnostics: {},
        synchronization: {},
        completion: { completionItem: { snippetSupport: true } },
      },
    };
    const { initializationOptions } = this.#command;
    await this.#request('initialize', { processId: process.pid, rootUri: null, capabilities, initializationOptions });
  }

  initialized(): void {
    this.#send({ method: 'initialized', params: {} });
    this.#send({ method: 'workspace/didChangeConfiguration', params: { settings: this.#command.settings } });
  }

  open(uri: string, text: string): void {
    const { languageId } = this.#command;
    this.#send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId, version: 0, text } } });
  }

  /** Replaces a range of the text. */
  edit(uri: string, start: Position, end: Position, text: string): void {
    const range = { start, end };
    this.#version += 1;
    const textDocument = { uri, version: this.#version };
    this.#send({ method: 'textDocument/didChange', params: { textDocument, contentChanges: [{ range, text }] } });
  }

  /** Labels of what is proposed at a place. */
  async complete(uri: string, position: Position): Promise<string[]> {
    const answer = await this.#request('textDocument/completion', { textDocument: { uri }, position });
    const list = answer as { items?: { label: string }[] } | { label: string }[] | null;
    return (Array.isArray(list) ? list : (list?.items ?? [])).map(({ label }) => label);
  }

  /** Milliseconds of processor time of all threads so far. */
  get cpu(): number {
    const tasks = `/proc/${this.#child.pid}/task`;
    const times = readdirSync(tasks).map((task) =>
      Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]),
    );
    return times.reduce((sum, time) => sum + time, 0) / 1e6;
  }

  /** Resident memory in MB (1024 × 1024 bytes). */
  get memory(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
  }

  /** The next published diagnostics that are accepted. Ask before the change that brings them. */
  diagnostics(accept: (diagnostics: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.#command.name}: no diagnostics.\n${this.#errors.slice(-2000)}`)),
        60_000,
      );
      const done = (diagnostics: Diagnostic[]) => {
        clearTimeout(timer);
        resolve(diagnostics);
      };
      this.#wanted = { accept, done };
    });
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await gone;
  }

  async #request(method: string, params: unknown): Promise<unknown> {
    this.#id += 1;
    const id = this.#id;
    const answer = await new Promise<Message>((resolve) => {
      this.#answers.set(id, resolve);
      this.#send({ id, method, params });
    });
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result;
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#child.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #read(chunk: Buffer): void {
    this.#input = this.#input.length > 0 ? Buffer.concat([this.#input, chunk]) : chunk;
    for (;;) {
      const head = this.#input.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#input.toString('latin1', 0, head))?.[1]);
      if (this.#input.length < head + 4 + length) return;
      const body = this.#input.toString('utf8', head + 4, head + 4 + length);
      this.#input = this.#input.subarray(head + 4 + length);
      this.#receive(JSON.parse(body) as Message);
    }
  }

  #receive({ id, method, params, result, error }: Message): void {
    if (method === undefined) {
      if (id !== undefined) this.#answers.get(id)?.({ result, error });
    } else if (method === 'workspace/configuration') {
      const sections = params?.items?.map(({ section }) => this.#command.settings[section ?? ''] ?? null);
      this.#send({ id, result: sections });
    } else if (id !== undefined) {
      this.#send({ id, result: null });
    } else if (method === 'textDocument/publishDiagnostics') {
      const diagnostics = params?.diagnostics ?? [];
      if (!this.#wanted?.accept(diagnostics)) return;
      const { done } = this.#wanted;
      this.#wanted = undefined;
      done(diagnostics);
    }
  }
}
