/** Connections to ports of pods, through the real API server and kubelet's streams, to a real program. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { type Duplex, Readable } from 'node:stream';
import { before, describe, test } from 'node:test';
import { toText } from '../../l10n/index.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import { until } from './apiClient.ts';
import { SettingsStage } from './settingsStage.ts';

const stage = new SettingsStage();
const podsPath = '/api/v1/namespaces/ml-team/pods';
const PORT = 7000;
const PROGRAM = path.join(import.meta.dirname, 'programs/ports.py');

async function startPod(name: string, command: string[]): Promise<void> {
  const env = [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }];
  const container = { name: 'main', image: 'python:3.12', command, env };
  const spec = { restartPolicy: 'Never', terminationGracePeriodSeconds: 0, containers: [container] };
  await stage.admin.call('POST', podsPath, { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec });
}
const isIn = (name: string, phase: string) => () =>
  stage.admin.get(`${podsPath}/${name}`).then((pod) => pod.status.phase === phase);

/** A connection to the port of a pod; aborted with the test. */
function connect(name = 'ports', port = PORT, session = stage.engineer, signal = AbortSignal.timeout(120_000)) {
  return session.use((cluster) => cluster.forward({ namespace: 'ml-team', name, port }, signal));
}

async function readAll(remote: Duplex): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of remote) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function ask(line: string): Promise<string> {
  const remote = await connect();
  remote.write(`${line}\n`);
  return (await readAll(remote)).toString('latin1');
}

async function errorOf(promise: Promise<unknown>): Promise<GpuctlError> {
  const error = await promise.then(
    () => undefined,
    (thrown) => thrown,
  );
  assert.ok(error instanceof GpuctlError, String(error));
  return error;
}

/** What a connection is destroyed with. */
const endOf = (remote: Duplex): Promise<GpuctlError> => errorOf(readAll(remote));

/** Bytes of a stream of any length, each place of which is told from its neighbours. */
const BLOCK = randomBytes(1_000_003);
async function* bytesOf(size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; ) {
    const from = at % BLOCK.length;
    const part = BLOCK.subarray(from, Math.min(BLOCK.length, from + 100_000, from + size - at));
    at += part.length;
    yield part;
  }
}

/** Compares what comes with `bytesOf`, byte by byte; how much came. */
async function compare(remote: AsyncIterable<Buffer>, size: number): Promise<number> {
  let at = 0;
  for await (const part of remote) {
    for (let done = 0; done < part.length; ) {
      const from = at % BLOCK.length;
      const length = Math.min(part.length - done, BLOCK.length - from);
      if (part.compare(BLOCK, from, from + length, done, done + length) !== 0) throw new Error(`differs after ${at}`);
      done += length;
      at += length;
    }
    if (at >= size) break;
  }
  return at;
}

describe('a connection to a port of a pod', () => {
  before(async () => {
    await startPod('ports', ['python3', PROGRAM, '$(POD_IP)', String(PORT)]);
    await startPod('over', ['true']);
    await until('the server runs', isIn('ports', 'Running'));
    await until('over is over', isIn('over', 'Succeeded'));
    await until('the server listens', () =>
      ask('COUNT').then(
        (count) => count === '1',
        () => false,
      ),
    );
  });

  test('carries bytes both ways and ends when the program there ends it', async () => {
    const answer = await ask('GET / HTTP/1.1\r\n\r');
    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
    assert.equal((await ask('GIVE 1000000')).length, 1_000_000);
    const bytes = randomBytes(300_000);
    const remote = await connect();
    remote.write(`TAKE ${bytes.length}\n`);
    remote.write(bytes);
    assert.equal((await readAll(remote)).toString(), createHash('sha256').update(bytes).digest('hex'));
  });

  test('100 MB come back byte by byte the same, in little memory', async () => {
    const size = 100_000_000;
    const remote = await connect();
    remote.write('ECHO\n');
    const from = process.memoryUsage().rss;
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss - from);
    }, 50);
    Readable.from(bytesOf(size)).pipe(remote, { end: false });
    assert.equal(await compare(remote, size), size);
    clearInterval(watching);
    remote.destroy();
    assert.ok(most < 150e6, `${Math.round(most / 1e6)} MB more memory`);
  });

  test('holds its writer back while the program does not read, and its program while nobody reads here', async () => {
    const remote = await connect();
    const size = 40_000_000;
    remote.write(`HOLD 3 ${size}\n`);
    let sent = 0;
    const sending = (async () => {
      for await (const part of bytesOf(size)) {
        if (!remote.write(part)) await new Promise((resolve) => remote.once('drain', resolve));
        sent += part.length;
      }
    })();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.ok(sent < 20_000_000, `${sent} bytes were taken from us by then`);
    await sending;
    assert.equal((await readAll(remote)).toString(), String(size));

    const slow = await connect();
    slow.write('GIVE 60000000\n');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    assert.ok(slow.readableLength < 2_000_000, `${slow.readableLength} bytes wait for a reader`);
    assert.equal((await readAll(slow)).length, 60_000_000);
  });

  test('says that nothing listens, that there is no such pod, that it has ended, that one may not', async () => {
    const refused = await endOf(await connect('ports', 7001));
    assert.equal(refused.code, 'forward.refused');
    assert.match(toText(refused.say, 'en'), /nothing in it listens on port 7001/);
    assert.equal((await errorOf(connect('nobody'))).code, 'forward.none');
    const over = await connect('over').then(endOf, (error) => error);
    assert.match(over.code, /^forward\.(none|refused)$/);
    const forbidden = await errorOf(connect('ports', PORT, stage.sessionOf('restricted')));
    assert.equal(forbidden.status, 403);
  });

  test('that the program tears gives what came before, and ends', async () => {
    const remote = await connect();
    remote.write('TEAR\n');
    const parts: Buffer[] = [];
    remote.on('data', (part) => parts.push(part));
    await new Promise((resolve) => remote.once('close', resolve));
    assert.equal(Buffer.concat(parts).toString(), 'half a word');
  });

  test('ends there when it is ended or called off here', async () => {
    const abort = new AbortController();
    const [ended, called, destroyed] = await Promise.all([
      connect(),
      connect('ports', PORT, stage.engineer, abort.signal),
      connect(),
    ]);
    for (const remote of [ended, called, destroyed]) remote.write('ECHO\n');
    await until('all three are open', async () => (await ask('COUNT')) === '4');
    ended.end('last words');
    const gone = endOf(called);
    abort.abort();
    destroyed.destroy();
    assert.equal((await gone).code, 'cancelled');
    await until('none is open there', async () => (await ask('COUNT')) === '1');
  });

  test('100 at once each have their own bytes', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const bytes = Buffer.alloc(200_000, index + 1);
        const remote = await connect();
        remote.write(`TAKE ${bytes.length}\n`);
        remote.write(bytes);
        return (await readAll(remote)).toString() === createHash('sha256').update(bytes).digest('hex');
      }),
    );
    assert.deepEqual(answers, Array(100).fill(true));
  });

  test('is torn with the API server, and with the pod it ends', async () => {
    const torn = await connect();
    torn.write('ECHO\n');
    const end = endOf(torn);
    await stage.cluster.stopApiServer();
    assert.equal((await end).code, 'forward.torn');
    await stage.cluster.startApiServer();
    const remote = await connect();
    remote.write('ECHO\nx');
    await new Promise((resolve) => remote.once('data', resolve));
    const closed = new Promise((resolve) => remote.once('close', resolve));
    remote.resume();
    await stage.admin.call('DELETE', `${podsPath}/ports`);
    await closed;
  });
});
