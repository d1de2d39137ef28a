import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CommandId } from '../../../client/src/infrastructure/commands.ts';
import { ErrorBoundary } from '../../../client/src/infrastructure/errorBoundary.ts';
import type { Infrastructure } from '../../../client/src/infrastructure/infrastructure.ts';
import { createTexts } from '../../../client/src/infrastructure/texts.ts';
import type { ConnectionDto, FailureDto } from '../../../server/src/protocol.ts';
import { eventually } from './window.ts';

const english = createTexts(() => 'en');
/** What goes wrong is written there, and read by nobody. */
const output = { error: () => {}, show: () => {} } as unknown as vscode.LogOutputChannel;

/** A server that answers when the test says so. */
export class StandIn {
  readonly asked: {
    method: string;
    params: unknown;
    answer: (result: unknown) => void;
    fail: (error: Error) => void;
  }[] = [];
  readonly changed = new vscode.EventEmitter<ConnectionDto>();
  readonly started = new vscode.EventEmitter<object>();
  readonly away = new vscode.EventEmitter<{ ended: boolean }>();
  readonly #heard: { method: string; handler: (params: unknown) => void }[] = [];
  readonly #commands = new Map<string, (...args: never[]) => Promise<void>>();
  current: ConnectionDto = { phase: 'connected', context: 'prod', cluster: 'prod-a', capacity: { known: true } };

  readonly infrastructure = {
    server: {
      request: ({ method }: { method: string }, params: unknown) =>
        new Promise((answer, fail) => this.asked.push({ method, params, answer, fail })),
      onNotification: ({ method }: { method: string }, handler: (params: unknown) => void) => {
        this.#heard.push({ method, handler });
        return new vscode.Disposable(() => {});
      },
      onRequest: () => {},
      onDidStart: this.started.event,
      onDidGoAway: this.away.event,
      startFirst: async () => {},
    },
    connection: { onDidChange: this.changed.event, current: this.current },
    configuration: {
      onDidChange: new vscode.EventEmitter<void>().event,
      trusted: true,
      notifications: 'all',
      target: {},
    },
    forwards: { onDidChange: new vscode.EventEmitter<void>().event, current: [] },
    interests: { set: () => {} },
    boundary: new ErrorBoundary(output, english),
    commands: {
      register: (id: CommandId, handler: (...args: never[]) => Promise<void>) => this.#commands.set(id, handler),
      execute: async () => {},
    },
    texts: english,
  } as unknown as Infrastructure;

  notify(method: string, params: unknown): void {
    for (const heard of this.#heard) if (heard.method === method) heard.handler(params);
  }

  run(id: CommandId, ...args: unknown[]): Promise<void> {
    return this.#commands.get(id)?.(...(args as never[])) ?? assert.fail(`no command ${id}`);
  }

  /** Answers the next request of a method; gives what was asked. */
  async answered(method: string, result: unknown): Promise<unknown> {
    const { params, answer } = await this.#next(method);
    answer(result);
    return params;
  }

  async failed(method: string, failure: FailureDto): Promise<unknown> {
    const { params, fail } = await this.#next(method);
    fail(Object.assign(new Error('failed'), { data: failure }));
    return params;
  }

  async #next(method: string) {
    const one = await eventually(method, () => this.asked.find((asked) => asked.method === method));
    this.asked.splice(this.asked.indexOf(one), 1);
    return one;
  }
}

/** What a workspace remembers, for as long as a test runs. */
export class Memory implements vscode.Memento {
  readonly held = new Map<string, unknown>();
  keys = () => [...this.held.keys()];
  get<T>(key: string, otherwise?: T): T {
    return (this.held.get(key) ?? otherwise) as T;
  }
  async update(key: string, value: unknown): Promise<void> {
    this.held.set(key, value);
  }
}

/** Puts something in the place of a function of the window for as long as a test runs. */
export async function withWindow(own: object, run: () => Promise<void>): Promise<void> {
  const before = Object.fromEntries(Object.keys(own).map((key) => [key, Reflect.get(vscode.window, key)]));
  Object.assign(vscode.window, own);
  try {
    await run();
  } finally {
    Object.assign(vscode.window, before);
  }
}

/** The messages that are shown, each with the buttons under it; none is answered, unless a test does. */
export class Messages {
  readonly shown: string[] = [];
  answer: (buttons: string[]) => Promise<string | undefined> = async () => undefined;

  get window() {
    const show = async (message: string, ...rest: (string | { title?: string; modal?: boolean })[]) => {
      const buttons = rest.filter((one) => typeof one === 'string' || one.title !== undefined);
      this.shown.push(message);
      const titles = buttons.map((one) => (typeof one === 'string' ? one : (one.title ?? '')));
      const chosen = await this.answer(titles);
      return buttons[titles.indexOf(chosen ?? '')];
    };
    return { showErrorMessage: show, showWarningMessage: show, showInformationMessage: show };
  }
}
