/** The states of forwards, and what becomes of connections in each. The cluster is played: the real one is in test/cluster. */
import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import { type Duplex, duplexPair } from 'node:stream';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { message, toText } from '../../l10n/index.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import { Forwards } from '../../server/src/operations/forwards/forwards.ts';
import type { PodPort } from '../../server/src/operations/ports.ts';
import { Session } from '../../server/src/operations/session.ts';
import type { ForwardDto, ForwardTarget } from '../../server/src/protocol.ts';
import { FakeClusters, FakeServer, forbidden, job, pod, RUNNING, until } from './fakeCluster.ts';

const JOB = { namespace: 'demo', name: 'a' };
const error = (code: 'forward.torn' | 'forward.none') => new GpuctlError(code, message(code));
const refused = () => new GpuctlError('forward.refused', message('forward.refused', { port: 8888 }));

let [prod, other] = [new FakeServer(), new FakeServer()];
let clusters = new FakeClusters({ prod, other });
let session: Session;
let forwards: Forwards;
let told = 0;
/** What is behind the port: answers each line with the name of its pod. */
let behind: (port: PodPort, there: Duplex) => void;
/** What a connection fails with; `undefined`: it does not. */
let fails: (port: PodPort) => GpuctlError | undefined;
let opened: string[] = [];

beforeEach(() => {
  [prod, other] = [new FakeServer(), new FakeServer()];
  clusters = new FakeClusters({ prod, other });
  opened = [];
  told = 0;
  fails = () => undefined;
  behind = ({ name }, there) => {
    there.on('data', (data) => there.write(`${name}: ${data}`));
    there.on('error', () => undefined);
  };
  for (const server of [prod, other])
    server.forward = async (port, signal) => {
      opened.push(port.name);
      const failure = fails(port);
      if (failure) throw failure;
      const [here, there] = duplexPair();
      signal.addEventListener('abort', () => here.destroy());
      here.on('error', () => undefined);
      behind(port, there);
      return here;
    };
  session = new Session(clusters, { onStatus: () => undefined, onState: () => undefined });
  session.configure({ context: 'prod' }, true);
  forwards = new Forwards(
    session,
    (say) => toText(say, 'en'),
    () => {
      told++;
    },
  );
});
afterEach(() => {
  forwards.dispose();
  session.dispose();
});

const run = (name: string, uid = 'u1', status: object = RUNNING) => pod('demo', name, 'a', uid, status);
const withRank = (name: string, rank: number) => {
  const one = run(name);
  one.metadata.annotations = { 'batch.kubernetes.io/job-completion-index': String(rank) };
  one.metadata.labels = { ...one.metadata.labels, 'batch.kubernetes.io/job-completion-index': String(rank) };
  return one;
};
const start = (more: Partial<ForwardTarget> = {}) => forwards.start({ job: JOB, port: 8888, localPort: 0, ...more });
const now = ({ id }: ForwardDto) => forwards.list().find((one) => one.id === id);
const untilIs = (one: ForwardDto, state: ForwardDto['state'], why = /^/) =>
  until(`it is ${state} ${why}`, () => now(one)?.state === state && why.test(now(one)?.why ?? ''), 8_000);

/** What a connection to the local port gives for a word: the answer, or the code of the error. */
function ask({ localPort }: ForwardDto, word = 'hello'): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: localPort }, () => socket.write(word));
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? ''));
    socket.once('end', () => resolve('ended'));
  });
}

describe('a forward', () => {
  test('listens before the job is found, waits while it is not there, and goes on when it runs', async () => {
    const one = await start();
    assert.ok(one.localPort > 0);
    await untilIs(one, 'waiting', /no job “a”/);
    assert.equal(await ask(one), 'ECONNRESET');
    prod.put(job('demo', 'a', 'u1'));
    await untilIs(one, 'waiting', /does not run/);
    prod.put(run('a-0'));
    await untilIs(one, 'ready');
    assert.equal(await ask(one), 'a-0: hello');
    assert.ok(told > 0);
    assert.equal(now(one)?.localPort, one.localPort);
  });

  test('goes to the next pod of the job, and to the next job of the name', async () => {
    prod.put(job('demo', 'a', 'u1'), run('a-0'));
    const one = await start();
    await untilIs(one, 'ready');
    prod.take(run('a-0'));
    await untilIs(one, 'waiting');
    assert.equal(await ask(one), 'ECONNRESET');
    prod.put(run('a-1'));
    await untilIs(one, 'ready');
    assert.equal(await ask(one), 'a-1: hello');
    prod.take(job('demo', 'a', 'u1'));
    prod.take(run('a-1'));
    await untilIs(one, 'waiting', /no job “a”/);
    prod.put(job('demo', 'a', 'u2'), run('a-2', 'u2'));
    await untilIs(one, 'ready');
    assert.equal(await ask(one), 'a-2: hello');
  });

  test('stays with its pod while that runs, and takes the rank that is meant', async () => {
    prod.put(job('demo', 'a', 'u1'), withRank('a-1', 1), withRank('a-2', 2));
    const [any, second] = [await start(), await start({ rank: 2 })];
    await untilIs(any, 'ready');
    await untilIs(second, 'ready');
    prod.put(withRank('a-0', 0));
    assert.deepEqual([await ask(any), await ask(second)], ['a-1: hello', 'a-2: hello']);
    prod.take(withRank('a-1', 1));
    await until('the other one is taken', () => forwards.list()[0]?.state === 'ready' && opened.includes('a-0'));
    assert.equal(await ask(any), 'a-0: hello');
    prod.take(withRank('a-2', 2));
    await untilIs(second, 'waiting', /rank 2|does not run/);
  });

  test('asks again and again whether somebody listens, and looks again when a connection is refused', async () => {
    let listens = false;
    fails = () => (listens ? undefined : refused());
    prod.put(job('demo', 'a', 'u1'), run('a-0'));
    const one = await start();
    await untilIs(one, 'waiting', /listens on port 8888 yet/);
    assert.equal(await ask(one), 'ECONNRESET');
    listens = true;
    await untilIs(one, 'ready');
    listens = false;
    assert.equal(await ask(one), 'ECONNRESET');
    await untilIs(one, 'waiting', /listens on port 8888 yet/);
    listens = true;
    await untilIs(one, 'ready');
    assert.equal(await ask(one), 'a-0: hello');
  });

  test('who connects while it is looked for is connected when it is found', async () => {
    const gate = Promise.withResolvers<void>();
    clusters.before = () => gate.promise;
    prod.put(job('demo', 'a', 'u1'), run('a-0'));
    const one = await start();
    const answer = ask(one);
    gate.resolve();
    assert.equal(await answer, 'a-0: hello');
  });

  test('that may not be made has failed, with the reason, until it is restarted', async () => {
    fails = forbidden;
    prod.put(job('demo', 'a', 'u1'), run('a-0'));
    const one = await start();
    await untilIs(one, 'failed');
    assert.equal(await ask(one), 'ECONNRESET');
    const tries = opened.length;
    prod.put(run('a-0'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(opened.length, tries, 'it does not go on by itself');
    fails = () => undefined;
    const again = await forwards.restart(one.id);
    assert.deepEqual([again.id, again.localPort], [one.id, one.localPort]);
    await untilIs(one, 'ready');
  });

  test('that was ready outlasts a refusal of a moment, as by an API server that has just started', async () => {
    prod.put(job('demo', 'a', 'u1'), run('a-0'));
    const one = await start();
    await untilIs(one, 'ready');
    let refusals = 3;
    fails = () => (refusals-- > 0 ? forbidden() : undefined);
    assert.equal(await ask(one), 'ECONNRESET');
    await until('it was noticed', () => now(one)?.state !== 'ready');
    await untilIs(one, 'ready');
    assert.equal(await ask(one), 'a-0: hello');
  });

  test('stays with its cluster where the window goes elsewhere, and is never led to another', async () => {
    for (const server of [prod, other]) server.put(job('demo', 'a', 'u1'), run(server === prod ? 'a-prod' : 'a-other'));
    const one = await start({ context: 'prod' });
    await untilIs(one, 'ready');
    session.configure({ context: 'other' }, true);
    await session.cluster();
    assert.equal(await ask(one), 'a-prod: hello');
    await forwards.restart(one.id);
    await untilIs(one, 'waiting', /leads to prod.*connected to other/);
    assert.equal(await ask(one), 'ECONNRESET');
    const there = await start({ context: 'other' });
    await untilIs(there, 'ready');
    assert.equal(await ask(there), 'a-other: hello');
    session.configure({ context: 'prod' }, true);
    await session.cluster();
    await untilIs(one, 'ready');
    assert.equal(await ask(one), 'a-prod: hello');
  });

  test('goes over to a new connection to the same cluster', async () => {
    prod.put(job('demo', 'a', 'u1'), run('a-0'));
    const one = await start();
    await untilIs(one, 'ready');
    session.reconnect();
    await session.cluster();
    await until('the old connection is closed', () => prod.connections[0]?.closed === true);
    await untilIs(one, 'ready');
    assert.equal(await ask(one), 'a-0: hello');
  });

  test('is one for a port of a job, and takes another local port where the wanted one is in use', async (context) => {
    prod.put(job('demo', 'a', 'u1'), run('a-0'));
    const taken = createServer().listen({ host: '127.0.0.1', port: 0 });
    context.after(() => taken.close());
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const one = await start({ localPort: port });
    assert.notEqual(one.localPort, port);
    assert.match(one.note ?? '', new RegExp(`${port}.*${one.localPort}`));
    assert.equal((await start()).id, one.id);
    assert.notEqual((await start({ port: 9999 })).id, one.id);
  });

  test('what the program ends is ended, what breaks is torn, what is half closed gets its answer', async () => {
    prod.put(job('demo', 'a', 'u1'), run('a-0'));
    const one = await start();
    await untilIs(one, 'ready');
    behind = (_, there) => there.once('data', () => there.end());
    assert.equal(await ask(one), 'ended');
    prod.forward = async () => {
      const [here, there] = duplexPair();
      there.once('data', () => here.destroy(error('forward.torn')));
      return here;
    };
    assert.equal(await ask(one), 'ECONNRESET');
    prod.forward = async () => {
      const [here, there] = duplexPair();
      there.once('data', () => setTimeout(() => there.end('late'), 50));
      return here;
    };
    const half = await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: one.localPort, allowHalfOpen: true }, () => socket.end('x'));
      socket.once('data', (data) => resolve(String(data)));
    });
    assert.equal(half, 'late');
  });

  test('stopped it is gone with all that went through it; all are when the window closes', async () => {
    prod.put(job('demo', 'a', 'u1'), run('a-0'));
    const [one, two] = [await start(), await start({ port: 9999 })];
    await untilIs(one, 'ready');
    behind = (_, there) => void there.once('data', () => there.write('held'));
    const held = connect({ host: '127.0.0.1', port: one.localPort }, () => held.write('x'));
    await new Promise((resolve) => held.once('data', resolve));
    const torn = new Promise<string>((resolve) =>
      held.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? '')),
    );
    forwards.stop(one.id);
    assert.equal(await torn, 'ECONNRESET');
    assert.equal(await ask(one), 'ECONNREFUSED');
    assert.deepEqual(
      forwards.list().map(({ id }) => id),
      [two.id],
    );
    forwards.dispose();
    assert.equal(await ask(two), 'ECONNREFUSED');
    await assert.rejects(start(), ({ code }: GpuctlError) => code === 'cancelled');
  });
});
