import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateForwards } from '../../../client/src/features/forwards/index.ts';
import { Forwards } from '../../../client/src/infrastructure/forwards.ts';
import { type ForwardDto, type ForwardTarget, Requests, ServerNotifications } from '../../../server/src/protocol.ts';
import { Memory, Messages, StandIn, withWindow } from './standIn.ts';
import { eventually } from './window.ts';

describe('forwards in the window', function () {
  this.timeout(60_000);
  const JOB = { namespace: 'team-a', name: 'chat' };
  const dto = (own: Partial<ForwardDto> = {}): ForwardDto => ({
    id: 'forward-1',
    job: JOB,
    context: 'prod',
    port: 8000,
    localPort: 18000,
    state: 'ready',
    url: 'http://localhost:18000',
    ...own,
  });
  const chat = { ref: JOB, kind: 'inference', phase: 'running', state: '', pods: [{ name: 'chat-1', rank: 1 }] };
  const START = Requests.forwardStart.method;
  const CHANGED = ServerNotifications.forwardsChanged.method;

  function stage(memory = new Memory()) {
    const server = new StandIn();
    const forwards = new Forwards(server.infrastructure, memory);
    Object.assign(server.infrastructure, { forwards });
    return { server, forwards, memory };
  }
  const start = (forwards: Forwards, own: Partial<ForwardTarget> = {}) =>
    forwards.start({ job: JOB, port: 8000, ...own });

  it('are offered the local port that the job had before', async () => {
    const { server, forwards, memory } = stage();
    const first = start(forwards);
    assert.deepEqual(await server.answered(START, dto()), { job: JOB, port: 8000, context: 'prod' });
    await first;
    server.notify(CHANGED, []);
    const later = stage(memory);
    const again = start(later.forwards);
    assert.deepEqual(await later.server.answered(START, dto()), {
      ...{ job: JOB, port: 8000, context: 'prod' },
      localPort: 18000,
    });
    await again;
    const other = start(later.forwards, { port: 9000 });
    assert.equal('localPort' in ((await later.server.answered(START, dto({ port: 9000 }))) as object), false);
    await other;
  });

  it('are asked for again when the server has died, on the same ports; what cannot be had says so', async () => {
    const { server, forwards } = stage();
    server.notify(CHANGED, [dto(), dto({ id: 'forward-2', port: 9000, localPort: 19000, rank: 1, purpose: 'debug' })]);
    server.away.fire({ ended: false });
    assert.deepEqual(
      forwards.current.map(({ id, state, localPort }) => [id, state, localPort]),
      [
        ['lost-forward-1', 'waiting', 18000],
        ['lost-forward-2', 'waiting', 19000],
      ],
    );
    server.started.fire({});
    assert.deepEqual(await server.answered(START, dto({ id: 'forward-1', state: 'connecting' })), {
      ...{ job: JOB, context: 'prod', port: 8000, localPort: 18000 },
    });
    const failure = { code: 'x', message: 'no', actions: [] };
    assert.deepEqual(await server.failed(START, failure), {
      ...{ job: JOB, context: 'prod', rank: 1, port: 9000, localPort: 19000, purpose: 'debug' },
    });
    await eventually(
      'both are told',
      () =>
        forwards.current.map(({ id, state }) => `${id} ${state}`).join() ===
        'forward-1 connecting,lost-forward-2 failed',
    );
    server.notify(CHANGED, [dto()]);
    assert.deepEqual(
      forwards.current.map(({ id, state }) => [id, state]),
      [
        ['forward-1', 'ready'],
        ['lost-forward-2', 'failed'],
      ],
    );
    const [, lost] = forwards.current;
    assert.ok(lost);
    await forwards.stop(lost);
    assert.deepEqual(server.asked, [], 'the server never had it');
    assert.equal(forwards.current.length, 1);
  });

  it('are started, opened when they are ready, copied and stopped from the palette', async () => {
    const { server, forwards } = stage();
    const messages = new Messages();
    const picks: string[][] = [];
    const showQuickPick = async (items: { label: string }[] | Promise<{ label: string }[]>) => {
      const offered = await items;
      picks.push(offered.map(({ label }) => label));
      return offered[0];
    };
    const opened: string[] = [];
    const { openExternal } = vscode.env;
    Object.defineProperty(vscode.env, 'openExternal', {
      configurable: true,
      value: async (uri: vscode.Uri) => opened.push(uri.toString(true)),
    });
    const withProgress = (_: object, task: (progress: object, token: object) => Promise<unknown>) =>
      task({ report: () => {} }, { onCancellationRequested: () => {} });
    try {
      await withWindow({ ...messages.window, showQuickPick, withProgress }, async () => {
        activateForwards(server.infrastructure);
        const open = server.run('gpuctl.job.openInBrowser');
        await server.answered(Requests.jobs.method, { jobs: [chat, { ...chat, kind: 'training' }] });
        await server.answered(Requests.jobs.method, { jobs: [chat] });
        await server.answered(Requests.forwardPorts.method, { ports: [8000] });
        const note = 'Port 1 is in use';
        assert.deepEqual(await server.answered(START, dto({ state: 'waiting', why: 'not yet', note })), {
          ...{ job: JOB, context: 'prod', port: 8000, purpose: 'service' },
        });
        await eventually('it waits', () => forwards.current[0]?.state === 'waiting');
        assert.deepEqual(opened, []);
        server.notify(CHANGED, [dto()]);
        await open;
        assert.deepEqual(picks, [['chat']], 'of services, and no question for the one port');
        assert.match(opened.join(), /^http:\/\/localhost:18000\/?$/);
        assert.deepEqual(messages.shown, [note]);
        await server.run('gpuctl.forward.copyUrl', { forward: 'forward-1' });
        assert.match(await vscode.env.clipboard.readText(), /:18000$|^https?:/);
        const stop = server.run('gpuctl.forward.stop');
        await server.answered(Requests.forwardStop.method, undefined);
        await stop;
        assert.deepEqual(forwards.current, []);
      });
    } finally {
      Object.defineProperty(vscode.env, 'openExternal', { configurable: true, value: openExternal });
    }
  });
});
