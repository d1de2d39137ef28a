import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { deleteJobs } from '../../../client/src/features/jobs/deleteJob.ts';
import { Logs } from '../../../client/src/features/logs/logs.ts';
import { activateSubmit } from '../../../client/src/features/submit/index.ts';
import { LiveView } from '../../../client/src/infrastructure/liveView.ts';
import { type DeletePlan, type JobsDto, Requests, ServerNotifications } from '../../../server/src/protocol.ts';
import { StandIn, withWindow } from './standIn.ts';
import { eventually, show } from './window.ts';

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
    await withWindow(
      { showWarningMessage: async (_: string, __: object, ___: string, confirm: string) => confirm },
      async () => {
        const deleted = deleteJobs(server.infrastructure, { jobs: [job], context: 'prod' });
        const plan: DeletePlan = { job, context: 'prod', uid: 'u-1', cluster: 'prod-a', removes: [], keeps: [] };
        await server.answered(Requests.planDelete.method, plan);
        assert.deepEqual(await server.answered(Requests.delete.method, undefined), {
          job,
          context: 'prod',
          uid: 'u-1',
        });
        await deleted;
      },
    );
  });

  it('is to submit to the cluster that the lens named; the progress names no namespace', async () => {
    const server = new StandIn();
    server.infrastructure.connection.current.namespace = 'team-a';
    const told: unknown[] = [];
    const { token } = new vscode.CancellationTokenSource();
    const withProgress = (_: object, task: (progress: object, token: vscode.CancellationToken) => Promise<unknown>) =>
      task({ report: ({ message }: { message: string }) => told.push(message) }, token);
    const document = await show('lens.yaml', 'kind: training\n');
    await withWindow({ withProgress }, async () => {
      activateSubmit(server.infrastructure);
      const submitted = server.run('gpuctl.job.submit', { uri: document.uri.toString(), document: 0, context: 'prod' });
      await eventually('the progress of what takes its time', () => told.length);
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
