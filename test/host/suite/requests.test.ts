import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { deleteJob } from '../../../client/src/features/jobs/deleteJob.ts';
import { Logs } from '../../../client/src/features/logs/logs.ts';
import { activateSubmit } from '../../../client/src/features/submit/index.ts';
import type { CommandId } from '../../../client/src/infrastructure/commands.ts';
import type { Infrastructure } from '../../../client/src/infrastructure/infrastructure.ts';
import { LiveView } from '../../../client/src/infrastructure/liveView.ts';
import { createTexts } from '../../../client/src/infrastructure/texts.ts';
import {
  type ConnectionDto,
  type DeletePlan,
  type JobsDto,
  Requests,
  ServerNotifications,
} from '../../../server/src/protocol.ts';
import { eventually, show } from './window.ts';

/** A server that answers when the test says so. */
class StandIn {
  readonly asked: { method: string; params: unknown; answer: (result: unknown) => void }[] = [];
  readonly changed = new vscode.EventEmitter<ConnectionDto>();
  readonly started = new vscode.EventEmitter<object>();
  readonly #heard = new Map<string, (params: unknown) => void>();
  readonly #commands = new Map<string, (...args: never[]) => Promise<void>>();
  current: ConnectionDto = { phase: 'connected', context: 'prod', cluster: 'prod-a', capacity: { known: true } };

  readonly infrastructure = {
    server: {
      request: ({ method }: { method: string }, params: unknown) =>
        new Promise((answer) => this.asked.push({ method, params, answer })),
      onNotification: ({ method }: { method: string }, handler: (params: unknown) => void) => {
        this.#heard.set(method, handler);
        return new vscode.Disposable(() => {});
      },
      onRequest: () => {},
      onDidStart: this.started.event,
      startFirst: async () => {},
    },
    connection: { onDidChange: this.changed.event, current: this.current },
    configuration: { onDidChange: new vscode.EventEmitter<void>().event, trusted: true },
    interests: { set: () => {} },
    boundary: { runQuietly: (action: () => Promise<void>) => action().catch(() => {}), run: async () => {} },
    commands: {
      register: (id: CommandId, handler: (...args: never[]) => Promise<void>) => this.#commands.set(id, handler),
      execute: async () => {},
    },
    texts: createTexts(() => 'en'),
  } as unknown as Infrastructure;

  notify(method: string, params: unknown): void {
    this.#heard.get(method)?.(params);
  }

  run(id: CommandId, ...args: unknown[]): Promise<void> {
    return this.#commands.get(id)?.(...(args as never[])) ?? assert.fail(`no command ${id}`);
  }

  async answered(method: string, result: unknown): Promise<unknown> {
    const one = await eventually(method, () => this.asked.find((asked) => asked.method === method));
    this.asked.splice(this.asked.indexOf(one), 1);
    one.answer(result);
    return one.params;
  }
}

/** Puts something in the place of a function of the window for as long as a test runs. */
async function withWindow(own: object, run: () => Promise<void>): Promise<void> {
  const before = Object.fromEntries(Object.keys(own).map((key) => [key, Reflect.get(vscode.window, key)]));
  Object.assign(vscode.window, own);
  try {
    await run();
  } finally {
    Object.assign(vscode.window, before);
  }
}

const job = { namespace: 'team-a', name: 'sft' };

describe('what the client asks of the server', () => {
  /** VS Code makes channels behind the scenes, and complains of those that are gone before they are made. */
  const all: vscode.Disposable[] = [];
  after(() => vscode.Disposable.from(...all).dispose());

  it('is one follower for a log, also when it is opened twice before the answer', async () => {
    const server = new StandIn();
    const logs = new Logs(server.infrastructure);
    all.push(logs);
    const both = Promise.all([logs.open({ job }), logs.open({ job })]);
    await server.answered(Requests.openLog.method, { log: '1', title: 'sft' });
    await both;
    assert.deepEqual(server.asked, []);
    const stopped = logs.stop({ job });
    assert.deepEqual(await server.answered(Requests.closeLog.method, undefined), { log: '1' });
    await stopped;
    assert.deepEqual(logs.followed, []);
  });

  it('is to close the follower of a log that was stopped while a new server was asked for it', async () => {
    const server = new StandIn();
    const logs = new Logs(server.infrastructure);
    all.push(logs);
    const opened = logs.open({ job });
    await server.answered(Requests.openLog.method, { log: '1', title: 'sft' });
    await opened;
    server.started.fire({});
    await logs.stop({ job });
    await server.answered(Requests.openLog.method, { log: '7', title: 'sft' });
    assert.deepEqual(await server.answered(Requests.closeLog.method, undefined), { log: '7' });
    assert.deepEqual(logs.followed, []);
  });

  it('is to delete the object of the cluster that was confirmed', async () => {
    const server = new StandIn();
    await withWindow({ showWarningMessage: async (_: string, __: object, confirm: string) => confirm }, async () => {
      const deleted = deleteJob(server.infrastructure, job);
      const plan: DeletePlan = { job, context: 'prod', uid: 'u-1', cluster: 'prod-a', removes: [], keeps: [] };
      await server.answered(Requests.planDelete.method, plan);
      assert.deepEqual(await server.answered(Requests.delete.method, undefined), { job, context: 'prod', uid: 'u-1' });
      await deleted;
    });
  });

  it('is to submit to the cluster that the lens named; the progress names no namespace', async () => {
    const server = new StandIn();
    server.infrastructure.connection.current.namespace = 'team-a';
    const told: unknown[] = [];
    const withProgress = (_: object, task: (progress: object, token: undefined) => Promise<unknown>) =>
      task({ report: ({ message }: { message: string }) => told.push(message) }, undefined);
    const document = await show('lens.yaml', 'kind: training\n');
    await withWindow({ withProgress }, async () => {
      activateSubmit(server.infrastructure);
      const submitted = server.run('gpuctl.job.submit', { uri: document.uri.toString(), document: 0, context: 'prod' });
      const params = await server.answered(Requests.submit.method, { documents: [], cluster: 'prod-a' });
      assert.equal((params as { context?: string }).context, 'prod');
      await submitted;
    });
    assert.deepEqual(told, ['to prod-a']);
  });

  it('is the list that changed, and the view is built anew when it has come', async () => {
    const server = new StandIn();
    let built = 0;
    const createTreeView = () => ({ visible: true, onDidChangeVisibility: () => ({}), dispose: () => {} });
    await withWindow({ createTreeView }, async () => {
      const view = new LiveView<JobsDto>(server.infrastructure, {
        id: 'gpuctl.jobs',
        list: Requests.jobs,
        part: 'jobs',
        toRows: () => {
          built++;
          return [];
        },
        toNote: () => undefined,
      });
      try {
        const rendered = () => new Promise<void>((done) => view.onDidRender(() => done()));
        server.changed.fire(server.current);
        let next = rendered();
        await server.answered(Requests.jobs.method, { jobs: [] });
        await next;
        built = 0;
        server.notify(ServerNotifications.stateChanged.method, { parts: ['jobs'] });
        assert.equal(built, 0, 'the old rows stay while the new list is under way');
        next = rendered();
        await server.answered(Requests.jobs.method, { jobs: [] });
        await next;
        assert.equal(built, 1);
      } finally {
        view.dispose();
      }
    });
  });
});
