/** Logs that outlive what happens around them: connections, namespaces, runs of the same name, readers that refuse. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { message, toText } from '../../l10n/index.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import { followLog } from '../../server/src/operations/logs/followLog.ts';
import { Logs } from '../../server/src/operations/logs/logs.ts';
import type { CollectionRef } from '../../server/src/operations/ports.ts';
import { Session } from '../../server/src/operations/session.ts';
import { FakeClusters, FakeServer, job, pod, RUNNING, sleep, until } from './fakeCluster.ts';

const sessions: Session[] = [];
const unhandled: unknown[] = [];
process.on('unhandledRejection', (error) => unhandled.push(error));
afterEach(() => {
  for (const session of sessions.splice(0)) session.dispose();
  assert.deepEqual(unhandled, []);
});

interface Opened {
  session: Session;
  logs: Logs;
  log: string;
  text(): string;
  notes(): string[];
  ended(): string | undefined;
}

/** A window in a namespace of the first context, and in it the log of job `j` in `team-a`. */
async function open(
  clusters: FakeClusters,
  namespace = 'team-a',
  append: (text: string) => Promise<void> = async () => undefined,
): Promise<Opened> {
  const session = new Session(clusters, { onStatus: () => undefined, onState: () => undefined });
  sessions.push(session);
  session.configure({ namespace }, true);
  session.setInterest(true);
  await until('connected', () => session.status.phase === 'connected');
  let [text, ended]: [string, string | undefined] = ['', undefined];
  const notes: string[] = [];
  const logs = new Logs(session, {
    append: async (_, batch) => {
      await append(batch);
      text += batch;
    },
    note: async (_, said) => {
      notes.push(toText(said, 'en'));
    },
    ended: (_, said) => {
      ended = toText(said, 'en');
    },
    changed: () => undefined,
  });
  const log = logs.open({ job: { namespace: 'team-a', name: 'j' } });
  return { session, logs, log, text: () => text, notes: () => notes, ended: () => ended };
}

/** A server with the running job `j` in team-a, whose log counts. */
function serverWithJob(): FakeServer {
  const server = new FakeServer();
  server.put(job('team-a', 'j', 'run-1'), pod('team-a', 'j-0', 'j', 'run-1', RUNNING));
  let line = 0;
  server.log = async function* () {
    for (;;) {
      yield `line ${++line}\n`;
      await sleep(10);
    }
  };
  return server;
}
/** A container that has ended. */
const STARTED = {
  containerStatuses: [
    { name: 'main', restartCount: 0, state: { terminated: { exitCode: 1, startedAt: '2026-01-01T00:00:00Z' } } },
  ],
};
const namespaceOnly =
  (...allowed: string[]) =>
  ({ kind, namespace }: CollectionRef) =>
    kind === 'Node' || kind === 'ConfigMap' || (namespace !== undefined && allowed.includes(namespace));
const failure = (code: string, status?: number) =>
  new GpuctlError(code, message('connection.cancelled'), { detail: 'RAW', ...(status && { status }) });

describe('a log', () => {
  test('goes on over a new connection to the same cluster, from where it was', async () => {
    const server = serverWithJob();
    const { session, text, ended } = await open(new FakeClusters({ a: server }));
    await until('first lines', () => text().includes('line 3\n'));
    session.reconnect();
    const before = text().length;
    await until('more lines', () => text().length > before + 50);
    assert.equal(ended(), undefined);
    assert.equal(server.logs.length, 2);
    assert.ok(server.logs[1]?.sinceTime);
    assert.equal(server.connections[0]?.closed, true);
  });

  test('waits while the kubeconfig is broken, and goes on when it is mended', async () => {
    const server = serverWithJob();
    const clusters = new FakeClusters({ a: server });
    const { session, text, ended } = await open(clusters);
    await until('first lines', () => text().includes('line 3\n'));
    let tries = 0;
    clusters.before = async () => {
      tries++;
      throw failure('kubeconfig.file');
    };
    session.reconnect();
    await sleep(250);
    assert.equal(ended(), undefined);
    assert.ok(tries <= 2, `asked ${tries} times`);
    clusters.before = async () => undefined;
    session.reconnect();
    const before = text().length;
    await until('more lines', () => text().length > before);
  });

  test('ends with its own sentence when the window goes to another cluster', async () => {
    const { session, text, ended } = await open(new FakeClusters({ a: serverWithJob(), b: serverWithJob() }));
    await until('first lines', () => text().includes('line 3\n'));
    session.configure({ context: 'b', namespace: 'team-a' }, true);
    await until('the end', () => ended() !== undefined);
    assert.equal(ended(), 'This log is of cluster a, which this window has left.');
  });

  test('does not care for the namespace of the window', async () => {
    const server = serverWithJob();
    server.may = namespaceOnly('team-a', 'team-b');
    const { session, text, ended } = await open(new FakeClusters({ a: server }), 'team-b');
    await until('lines of a job in the other namespace', () => text().includes('line 3\n'));
    session.configure({ namespace: 'team-a' }, true);
    await sleep(100);
    session.configure({ namespace: 'team-b' }, true);
    await sleep(100);
    assert.equal(ended(), undefined, 'the job runs');
    server.take(job('team-a', 'j', 'run-1'));
    server.take(pod('team-a', 'j-0', 'j', 'run-1', RUNNING));
    server.log = async function* () {};
    session.reconnect();
    await until('the end', () => ended() !== undefined);
    assert.equal(ended(), 'The job was deleted.');
  });

  test('goes on where its stream ends while the program runs on', async () => {
    const server = serverWithJob();
    let opened = 0;
    server.log = async function* () {
      opened++;
      yield Array.from({ length: opened }, (_, at) => `2026-01-01T00:00:0${at}.000000000Z line ${at}\n`).join('');
      yield `2026-01-01T00:00:0${opened}.000000000Z half`;
    };
    const { text, ended } = await open(new FakeClusters({ a: server }));
    await until('the third line', () => text().includes('line 2\n'), 8_000);
    assert.equal(text(), 'line 0\nline 1\nline 2\n');
    assert.ok(opened <= 3, `opened ${opened} times`);
    server.put(pod('team-a', 'j-0', 'j', 'run-1', { phase: 'Succeeded' }));
    server.put(job('team-a', 'j', 'run-1', { status: { conditions: [{ type: 'Complete', status: 'True' }] } }));
    await until('the end', () => ended() !== undefined);
    assert.equal(text(), 'line 0\nline 1\nline 2\nline 3\nhalf\n', 'what was said after the stream');
  });

  test('of very many ranks does not open all of them in one moment', async () => {
    const server = new FakeServer();
    server.put(job('team-a', 'j', 'run-1', { spec: { parallelism: 100, completions: 100 } }));
    for (let rank = 0; rank < 100; rank++) server.put(pod('team-a', `j-${rank}`, 'j', 'run-1', RUNNING));
    let [opening, most] = [0, 0];
    server.log = async function* (name) {
      most = Math.max(most, ++opening);
      await sleep(20);
      opening--;
      yield `${name} begins\n`;
      await new Promise(() => {});
    };
    const { text } = await open(new FakeClusters({ a: server }));
    await until('all of them', () => text().split('\n').length > 100, 6_000);
    assert.ok(most <= 16, `${most} at a time`);
  });

  test('ends with the job where a node does not answer, and says so', { timeout: 20_000 }, async () => {
    const server = serverWithJob();
    server.put(pod('team-a', 'j-0', 'j', 'run-1', { phase: 'Failed', startTime: '2026-01-01T00:00:00Z', ...STARTED }));
    server.put(job('team-a', 'j', 'run-1', { status: { conditions: [{ type: 'Failed', status: 'True' }] } }));
    server.log = async function* () {
      yield* [];
      throw failure('connection.server-error', 502);
    };
    const { notes, ended } = await open(new FakeClusters({ a: server }));
    await until('the end', () => ended() !== undefined, 15_000);
    assert.match(ended() ?? '', /^The job has ended/);
    assert.match(notes().join(), /^The rest of this log cannot be read: /);
  });

  test('leaves out the pods of an earlier run of that name', async () => {
    const server = serverWithJob();
    server.log = async function* (name) {
      yield `2026-01-01T00:00:00.000000000Z ${name}\n`;
    };
    server.put(pod('team-a', 'j-old', 'j', 'run-0', RUNNING));
    const { text, ended } = await open(new FakeClusters({ a: server }));
    await until('the log', () => text() !== '');
    server.put(pod('team-a', 'j-0', 'j', 'run-1', { phase: 'Succeeded' }));
    server.put(job('team-a', 'j', 'run-1', { status: { conditions: [{ type: 'Complete', status: 'True' }] } }));
    await until('the end', () => ended() !== undefined);
    assert.equal(text(), 'j-0\n');
    assert.equal(ended(), 'The job has ended: completed.');
  });

  test('sets apart the tries of a rank as they were started, whatever order they are listed in', async () => {
    const server = serverWithJob();
    server.take(pod('team-a', 'j-0', 'j', 'run-1', RUNNING));
    const tried = (name: string, startedAt: string) => {
      const state = { terminated: { startedAt, finishedAt: startedAt, exitCode: 1 } };
      return pod('team-a', name, 'j', 'run-1', { phase: 'Failed', containerStatuses: [{ state }] });
    };
    server.put(tried('j-a-second', '2026-01-01T00:01:00Z'), tried('j-b-first', '2026-01-01T00:00:00Z'));
    server.log = async function* (name) {
      yield name === 'j-b-first' ? '2026-01-01T00:00:00.000000000Z first\n' : '2026-01-01T00:01:00.000000000Z second\n';
    };
    const said: string[] = [];
    const { session } = await open(new FakeClusters({ a: server }));
    const over = new AbortController();
    const followed = followLog(session, {
      job: { namespace: 'team-a', name: 'j' },
      signal: over.signal,
      append: async (text) => void said.push(text.trim()),
      note: async (say) => void said.push(say.key),
    }).catch(() => undefined);
    await until('both', () => said.includes('second'), 6_000);
    over.abort();
    await followed;
    assert.deepEqual(said, ['first', 'log.again', 'second']);
  });

  test('names the container, and takes the first one where an older tool named it otherwise', async () => {
    const server = serverWithJob();
    server.put({
      ...pod('team-a', 'j-0', 'j', 'run-1', RUNNING),
      spec: { containers: [{ name: 'trainer' }, { name: 'istio-proxy' }] },
    });
    server.log = async function* (_, { container }) {
      if (container !== 'trainer') throw failure('log.none', 400);
      yield 'step 1\n';
    };
    const { text } = await open(new FakeClusters({ a: server }));
    await until('the log', () => text() === 'step 1\n');
    assert.deepEqual(
      server.logs.map(({ container }) => container),
      ['main', 'trainer'],
    );
  });

  test('goes on where it tore, also while the network is away, without half lines', async () => {
    const server = serverWithJob();
    let opens = 0;
    server.log = async function* () {
      opens++;
      if (opens === 1) {
        yield 'whole\nhal';
        throw failure('log.torn');
      }
      if (opens === 2) throw failure('connection.refused');
      yield 'half\n';
      await sleep(3_000);
    };
    const { text, logs, log, ended } = await open(new FakeClusters({ a: server }));
    await until('the rest', () => text() === 'whole\nhalf\n', 6_000);
    assert.equal(ended(), undefined);
    logs.close(log);
  });

  test('that cannot be read ends in a sentence, without raw text', async () => {
    const server = serverWithJob();
    server.log = async function* () {
      yield 'one\n';
      throw new GpuctlError('connection.forbidden', message('log.gone'), { status: 403, detail: 'RAW' });
    };
    const { text, ended, logs } = await open(new FakeClusters({ a: server }));
    await until('the end', () => ended() !== undefined);
    assert.deepEqual(
      [text(), ended(), logs.count],
      ['one\n', 'The log cannot be followed any more: The job was deleted.', 0],
    );
  });

  test('whose pods may not be watched says so instead of staying empty', async () => {
    const server = serverWithJob();
    server.may = ({ kind }) => kind !== 'Pod';
    const { ended } = await open(new FakeClusters({ a: server }));
    await until('the end', () => ended() !== undefined);
    assert.match(ended() ?? '', /^The log cannot be followed any more:/);
  });

  test('ends, and is not left open, when its reader refuses a batch', async () => {
    const server = serverWithJob();
    const { logs, ended } = await open(new FakeClusters({ a: server }), 'team-a', async () => {
      throw new Error('gone');
    });
    await until('closed', () => logs.count === 0);
    assert.ok(ended());
  });

  test('leaves nothing behind when it is closed', async () => {
    const server = serverWithJob();
    const { session, logs, log, text, ended } = await open(new FakeClusters({ a: server }));
    await until('first lines', () => text().includes('line 3\n'));
    logs.close(log);
    await sleep(50);
    const after = text();
    await sleep(50);
    assert.deepEqual([text(), ended(), logs.count], [after, undefined, 0]);
    assert.equal((session as unknown as { listeners: Set<unknown> }).listeners.size, 0);
  });
});
