/** Notebooks: what Jupyter says of itself, addresses that are good once, the servers of the kernel picker, what rows and questions say. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { follow } from '../../client/src/features/jobs/awaited.ts';
import { buildJobRow } from '../../client/src/features/jobs/jobRows.ts';
import { buildRoomRows } from '../../client/src/features/notebook/roomRows.ts';
import { jobOf, listServers, runOf, serverId } from '../../client/src/features/notebook/serverList.ts';
import { isAmount, toSizeRows } from '../../client/src/features/notebook/sizeRows.ts';
import { hideSecrets } from '../../client/src/infrastructure/hideSecrets.ts';
import { createTexts } from '../../client/src/infrastructure/texts.ts';
import { toActivityDto } from '../../server/src/operations/notebooks/activities.ts';
import { readServers, toPath } from '../../server/src/operations/notebooks/jupyterServers.ts';
import { readActivity } from '../../server/src/operations/notebooks/notebookActivity.ts';
import { Tickets, toAddress } from '../../server/src/operations/notebooks/notebookTicket.ts';
import type { JobDto } from '../../server/src/protocol.ts';

const english = createTexts(() => 'en');
const NOW = Date.parse('2026-11-23T12:00:00Z');
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

const job = (name: string, own: Partial<JobDto> = {}): JobDto => ({
  ref: { namespace: 'ml-team', name },
  uid: `uid-${name}`,
  kind: 'notebook',
  phase: 'running',
  state: 'running',
  mine: true,
  gpus: 2,
  gpuType: 'A100-80G',
  podsWanted: 1,
  podsRunning: 1,
  restarts: 0,
  createdAt: ago(300),
  startedAt: ago(299),
  pods: [{ name: `${name}-0`, phase: 'running', state: 'running', restarts: 0, startedAt: ago(299) }],
  ...own,
});

describe('what Jupyter says of its servers', () => {
  const one = { port: 8888, path: '/', scheme: 'http', token: 'secret' };

  it('is read line by line, and from files that are spread over several lines', () => {
    const said = { base_url: '/', hostname: 'x', password: false, pid: 7, port: 8888, secure: false, token: 'secret' };
    assert.deepEqual(
      readServers(`${JSON.stringify(said)}\n${JSON.stringify({ ...said, port: 8889, secure: true })}\n`),
      [one, { ...one, port: 8889, scheme: 'https' }],
    );
    assert.deepEqual(readServers(`${JSON.stringify(said, null, 2)}\n\n${JSON.stringify(said, null, 2)}\n`), [one, one]);
  });

  it('is nothing where it is something else, or cut off', () => {
    assert.deepEqual(readServers(''), []);
    assert.deepEqual(readServers('Currently running servers:\n'), []);
    assert.deepEqual(readServers('{"port": "8888"}\n{"base_url": "/'), []);
  });

  it('has a base that begins and ends with a slash, however it is written', () => {
    assert.deepEqual(['', '/', 'user/li', '/user/li/', '//a//b'].map(toPath), [
      '/',
      '/',
      '/user/li/',
      '/user/li/',
      '/a/b/',
    ]);
  });
});

describe('what runs in a notebook', () => {
  const kernel = (state: string, at: string) => ({ execution_state: state, last_activity: at });

  it('is the newest of what server and kernels did, and not idle while one computes', () => {
    const idle = readActivity([kernel('idle', ago(90)), kernel('idle', ago(70))], { last_activity: ago(80) });
    assert.deepEqual(idle, { kernels: 2, busy: 0, lastActivity: ago(70) });
    assert.deepEqual(idle && toActivityDto(idle), { kernels: 2, busy: 0, idleSince: ago(70) });
    const busy = readActivity([kernel('busy', ago(90))], { last_activity: ago(95) });
    assert.deepEqual(busy && toActivityDto(busy), { kernels: 1, busy: 1 });
  });

  it('is unknown where the answer is none', () => {
    assert.equal(readActivity(undefined, {}), undefined);
    assert.deepEqual(readActivity([], { last_activity: 'soon' }), { kernels: 0, busy: 0, lastActivity: undefined });
  });

  const row = (own: Partial<JobDto>) =>
    buildJobRow(job('desk', own), { texts: english, now: NOW, namespace: 'ml-team' }, true);

  it('stands on its row, and is an offer after an hour', () => {
    assert.match(row({ activity: { kernels: 1, busy: 1 } }).description ?? '', / · computing$/);
    const resting = row({ activity: { kernels: 1, busy: 0, idleSince: ago(9) } });
    assert.doesNotMatch(resting.description ?? '', /idle/);
    const idle = row({ activity: { kernels: 1, busy: 0, idleSince: ago(185) } });
    assert.match(idle.description ?? '', / · idle 3h5m$/);
    assert.match(idle.tooltip ?? '', /Nothing has run in it for 3h5m, and it holds 2 GPUs/);
    assert.deepEqual(idle.links?.at(-1), { label: 'Stop', command: 'gpuctl.job.stop' });
    assert.ok(
      !row({ activity: { kernels: 0, busy: 0, idleSince: ago(30) } }).links?.some(({ label }) => label === 'Stop'),
    );
    const none = row({ gpus: 0, activity: { kernels: 1, busy: 0, idleSince: ago(185) } });
    assert.doesNotMatch(none.tooltip ?? '', /it holds/, 'it holds no GPU');
  });

  it('is opened from its row, unless the person may not', () => {
    assert.equal(row({}).links?.[0]?.command, 'gpuctl.notebook.open');
    assert.match(row({}).context ?? '', /^job\.running\.notebook/);
    assert.notEqual(row({ refused: { forward: 'no' } }).links?.[0]?.command, 'gpuctl.notebook.open');
  });
});

describe('an address that is good once', () => {
  it('leads to the notebook below the address that the browser has, with the token where there is one', () => {
    assert.equal(toAddress('http://127.0.0.1:18888', '/', 'a b'), 'http://127.0.0.1:18888/?token=a+b');
    assert.equal(
      toAddress('https://x.example/proxy/18888/?k=1', '/user/li/', 't'),
      'https://x.example/proxy/18888/user/li/?k=1&token=t',
    );
    assert.equal(toAddress('http://127.0.0.1:18888', '/lab/', ''), 'http://127.0.0.1:18888/lab/');
  });

  it('is no good after a while, nor when it is guessed', async () => {
    const tickets = new Tickets(() => 'gone', 30);
    try {
      const url = await tickets.issue('http://127.0.0.1:1/?token=secret');
      assert.equal((await fetch(`${new URL(url).origin}/`)).status, 410);
      await new Promise((resolve) => setTimeout(resolve, 100));
      const late = await fetch(url, { redirect: 'manual' });
      assert.deepEqual([late.status, late.headers.get('location'), await late.text()], [410, null, 'gone']);
    } finally {
      tickets.dispose();
    }
  });
});

describe('servers of the kernel picker', () => {
  const place = { context: 'prod/a', namespace: 'ml-team' };

  it("are the person's notebooks that run, by ids that stay the same", () => {
    const jobs = [
      job('desk'),
      job('old', { phase: 'stopped' }),
      job('of-li', { mine: undefined as never }),
      job('train', { kind: 'training' }),
      job('lab', { ref: { namespace: 'research', name: 'lab' } }),
    ];
    assert.deepEqual(listServers({ jobs, me: 'me' }, place, english), [
      { id: 'prod%2Fa/ml-team/desk', label: 'desk' },
      { id: 'prod%2Fa/research/lab', label: 'lab in research' },
    ]);
    assert.equal(
      listServers({ jobs }, place, english).length,
      3,
      'of all, where the cluster does not say whose they are',
    );
    const again = [job('desk', { uid: 'another' })];
    assert.equal(listServers({ jobs: again, me: 'me' }, place, english)[0]?.id, 'prod%2Fa/ml-team/desk');
  });

  it('are found again by their ids', () => {
    const ref = { namespace: 'ml-team', name: 'desk' };
    assert.deepEqual(jobOf(serverId('a/b c', ref)), { job: ref, context: 'a/b c' });
    for (const id of ['', 'x', 'a/b', 'a/b/c/d']) assert.equal(jobOf(id), undefined);
  });

  it('have other kernels after each start, and the same otherwise', () => {
    const before = runOf(job('desk'));
    assert.ok(before);
    assert.equal(runOf(job('desk', { restarts: 3, state: 'computing' })), before);
    assert.equal(runOf(job('desk', { phase: 'stopped' })), undefined);
    const [pod] = job('desk').pods;
    assert.ok(pod);
    assert.notEqual(runOf(job('desk', { pods: [{ ...pod, restarts: 1 }] })), before);
    assert.notEqual(runOf(job('desk', { pods: [{ ...pod, startedAt: ago(1) }] })), before);
  });
});

describe('a trace of what client and server say', () => {
  it('has no token and no password of a notebook', () => {
    const said = {
      port: 8888,
      token: 'a\\"b',
      headers: { Cookie: 'c', 'X-XSRFToken': 'd' },
      password: { secret: 'e', host: 'f' },
    };
    for (const indent of [0, 4]) {
      assert.deepEqual(JSON.parse(hideSecrets(JSON.stringify(said, null, indent))), {
        port: 8888,
        token: '…',
        headers: { Cookie: '…', 'X-XSRFToken': '…' },
        password: { secret: '…', host: 'f' },
      });
    }
  });
});

describe('what is told', () => {
  it('is that a notebook runs, once and however short the wait was', () => {
    const awaited = { context: 'prod', job: { namespace: 'ml-team', name: 'desk' }, since: ago(0) };
    const waits = follow(awaited, { is: job('desk', { phase: 'waiting', podsRunning: 0, pods: [] }) }, NOW);
    assert.deepEqual([waits.notice, waits.next !== undefined], [undefined, true]);
    for (const before of [awaited, waits.next ?? awaited]) {
      const runs = follow(before, { is: job('desk') }, NOW + 2_000);
      assert.deepEqual([runs.notice?.what, runs.next], ['runs', undefined]);
    }
    assert.equal(follow(awaited, { is: job('serve', { kind: 'inference' }) }, NOW).notice, undefined);
  });
});

describe('questions', () => {
  const pools = (counts: object) => [
    { name: 'training', gpus: [{ type: 'A100', total: 16, unavailable: 0, ...counts }], nodes: [] },
  ];

  it('say what a pool has for a number of GPUs now', () => {
    const rows = buildRoomRows(pools({ free: 5, used: 11, largestBlock: 2 }), 'training', 1, '32', english);
    assert.deepEqual(
      rows.map(({ value, description }) => [value, description]),
      [
        [0, undefined],
        [1, 'free on one node now'],
        [2, 'free on one node now'],
        [4, '5 free, but at most 2 on one node'],
        [8, '5 free now: it would wait'],
        [32, 'no node of the pool has so many'],
      ],
    );
    const unknown = buildRoomRows(pools({}), 'training', 1, '', english);
    assert.ok(
      unknown.every(({ description }) => description === undefined),
      'unknown is not 0',
    );
  });

  it('say what a notebook has, and has from the next start on', () => {
    const next = { cpu: '8', memory: '64Gi', gpus: 1 };
    const rows = toSizeRows({ next, now: { cpu: '8', memory: '32Gi', gpus: 1 } }, english);
    assert.deepEqual(
      rows.map(({ what, description }) => [what, description]),
      [
        ['cpu', '8 now'],
        ['memory', '32Gi now · 64Gi from the next start on'],
        ['gpus', '1 now'],
      ],
    );
    assert.equal(toSizeRows({ next: { gpus: 0 } }, english)[0]?.description, 'no limit from the next start on');
  });

  it('take amounts as Kubernetes writes them', () => {
    for (const text of ['8', '0.5', '500m', '64Gi', '32G']) assert.ok(isAmount('cpu', text), text);
    for (const text of ['', '0', '-1', 'much', '64 Gi', '1e3']) assert.ok(!isAmount('memory', text), text);
    assert.deepEqual(
      ['0', '2', '1.5', ''].map((text) => isAmount('gpus', text)),
      [true, true, false, false],
    );
  });
});
