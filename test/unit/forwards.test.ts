/** Forwards as the window shows and remembers them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toPort } from '../../client/src/features/forwards/ports.ts';
import { buildJobGroups, EVERYTHING } from '../../client/src/features/jobs/jobGroups.ts';
import { mergeForwards, portKey, rememberPort, targetOf } from '../../client/src/infrastructure/forwardMemory.ts';
import { createTexts } from '../../client/src/infrastructure/texts.ts';
import type { ForwardDto, JobDto } from '../../server/src/protocol.ts';

const texts = createTexts(() => 'en');
const forward = (more: Partial<ForwardDto> = {}): ForwardDto => ({
  id: 'forward-1',
  job: { namespace: 'a', name: 'chat' },
  context: 'prod',
  port: 8888,
  localPort: 18888,
  state: 'ready',
  url: 'http://localhost:18888',
  ...more,
});
const job: JobDto = {
  ref: { namespace: 'a', name: 'chat' },
  uid: 'u',
  kind: 'inference',
  phase: 'running',
  state: 'running',
  gpus: 0,
  podsWanted: 1,
  podsRunning: 1,
  restarts: 0,
  pods: [{ name: 'chat-1', phase: 'running', state: 'running', restarts: 0 }],
};
const rowsOf = (forwards: ForwardDto[], choice = EVERYTHING, context = 'prod') =>
  buildJobGroups({ jobs: [job] }, choice, { texts, now: Date.now(), forwards, context });

describe('forwards in the view of jobs', () => {
  test('stand below their job, with address, state and port, before its replicas', () => {
    const [group, ...others] = rowsOf([forward()]);
    assert.deepEqual(others, []);
    const [row, pod] = group?.children?.[0]?.children ?? [];
    assert.deepEqual(
      [row?.label, row?.description, row?.context, row?.command, row?.forward],
      ['http://localhost:18888', 'ready · port 8888', 'forward.ready', 'gpuctl.forward.open', 'forward-1'],
    );
    assert.equal(row?.icon?.name, 'arrow-swap');
    assert.equal(pod?.pod, 'chat-1');
  });

  test('say why they wait; one to a debugger is not opened by a click', () => {
    const waiting = forward({ state: 'waiting', why: 'The job does not run.', rank: 1, purpose: 'debug' });
    const row = rowsOf([waiting])[0]?.children?.[0]?.children?.[0];
    assert.equal(row?.description, 'waiting · port 8888 · rank 1 · The job does not run.');
    assert.deepEqual([row?.command, row?.context], [undefined, 'forward.debug.waiting']);
    assert.deepEqual(
      row?.links?.map(({ command }) => command),
      ['gpuctl.forward.copyUrl'],
    );
  });

  test('to what is not listed stand for themselves: another cluster, another job, one that a filter hides', () => {
    const elsewhere = forward({ context: 'other', id: 'forward-2' });
    const gone = forward({ job: { namespace: 'a', name: 'gone' }, id: 'forward-3' });
    const groups = rowsOf([forward(), elsewhere, gone]);
    const others = groups.at(-1);
    assert.equal(others?.label, 'Forwards to other jobs');
    assert.deepEqual(
      others?.children?.map(({ forward: id, description }) => [id, description]),
      [
        ['forward-2', 'ready · chat · a · other · port 8888'],
        ['forward-3', 'ready · gone · a · prod · port 8888'],
      ],
    );
    const hidden = rowsOf([forward()], { ...EVERYTHING, filter: 'nothing' });
    assert.deepEqual(
      hidden.map(({ id }) => id),
      ['gpuctl.jobs.clearFilter', 'group:forwards'],
    );
  });

  test('keep their rows over restarts of the server, which numbers them anew', () => {
    const row = (id: string) => rowsOf([forward({ id })])[0]?.children?.[0]?.children?.[0]?.id;
    assert.equal(row('forward-1'), row('lost-forward-1'));
    assert.notEqual(row('forward-1'), rowsOf([forward({ port: 1 })])[0]?.children?.[0]?.children?.[0]?.id);
  });
});

describe('the memory of forwards', () => {
  test('knows the local port of a port of a job in a context', () => {
    const known = rememberPort({}, forward());
    assert.deepEqual(known, { [portKey(forward())]: 18888 });
    assert.equal(rememberPort(known, forward()), known, 'nothing new');
    assert.equal(rememberPort(known, forward({ localPort: 0, state: 'failed' })), known, 'no port is none');
    for (const other of [
      forward({ context: 'x' }),
      forward({ rank: 0 }),
      forward({ pod: 'chat-1' }),
      forward({ port: 1 }),
    ])
      assert.notEqual(portKey(other), portKey(forward()));
  });

  test('forgets what was used longest ago', () => {
    let known: Record<string, number> = {};
    for (let port = 1; port <= 300; port++) known = rememberPort(known, forward({ port, localPort: port }));
    assert.equal(Object.keys(known).length, 200);
    assert.equal(known[portKey(forward({ port: 300 }))], 300);
    assert.equal(known[portKey(forward({ port: 1 }))], undefined);
  });

  test('asks a new server for the same, on the same local port', () => {
    const lost = forward({ state: 'waiting', why: 'gone', rank: 2, purpose: 'service' });
    const { job, context, rank, port, localPort, purpose } = lost;
    assert.deepEqual(targetOf(lost), { job, context, rank, port, localPort, purpose });
    const now = forward({ id: 'forward-7', rank: 2 });
    assert.deepEqual(mergeForwards([now], [lost, forward({ port: 1 })]), [now, forward({ port: 1 })]);
  });
});

test('a port is a number from 1 to 65535', () => {
  assert.deepEqual(['8888', ' 80 ', '0', '65536', '-1', '1e3', '', 'x'].map(toPort), [
    8888,
    80,
    ...Array(6).fill(undefined),
  ]);
});
