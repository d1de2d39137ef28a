/** Logs that outlive what happens around them: connections, namespaces, runs of the same name, readers that refuse. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { message, toText } from '../../l10n/index.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import { Logs } from '../../server/src/operations/logs.ts';
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
  const logs = new Logs(session, {
    append: async (_, batch) => {
      await append(batch);
      text += batch;
    },
    ended: (_, said) => {
      ended = toText(said, 'en');
    },
    changed: () => undefined,
  });
  const log = logs.open({ namespace: 'team-a', name: 'j' }, undefined);
  return { session, logs, log, text: () => text, ended: () => ended };
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

  test('leaves out the pods of an earlier run of that name', async () => {
    const server = serverWithJob();
    server.log = async function* (name) {
      yield `${name}\n`;
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
