/** Ports of real jobs on this machine: found again whatever becomes of the job, its pods and the API server, on the same local port. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ForwardDto, type ForwardTarget, Requests } from '../../server/src/protocol.ts';
import { type Pair, startPair } from '../server/pair.ts';
import { failureOf, ProductStage, ref, remove, submitText } from './productStage.ts';

const stage = new ProductStage();
const PROGRAM = path.join(import.meta.dirname, 'programs/ports.py');
/** `npm run test:long` takes the full number. */
const KILLS = process.env.GPUCTL_TEST_SIZE === 'full' ? 200 : 20;

const service = (name: string, port: number, wait = 0): string => `kind: compute
job: {name: ${name}}
environment:
  image: python:3.12
  command: [python3, ${PROGRAM}, $(POD_IP), "${port}", "${wait}"]
service: {port: ${port}}
`;
const ranks = (name: string, port: number): string => `kind: training
job: {name: ${name}}
environment:
  image: python:3.12
  command: [python3, ${PROGRAM}, $(POD_IP), "${port}"]
resources: {pool: training-pool, gpu: 2, nodeCount: 2}
`;

/** What a connection to a local port gives for a line until its end; rejects where it is torn. */
function talk(port: number, line = 'GET', host = '127.0.0.1'): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect({ port, host }, () => socket.write(`${line}\n`));
    socket.setTimeout(60_000, () => socket.destroy(new Error('silent')));
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('end', () => {
      socket.destroy();
      resolve(text);
    });
  });
}
const codeOfError = ({ code, message }: NodeJS.ErrnoException): string => code ?? message;
const codeOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'answered', codeOfError);
const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });

/** A forward as it is now. */
async function look(pair: Pair, id: string): Promise<ForwardDto | undefined> {
  return (await pair.ask(Requests.forwardList)).find((one) => one.id === id);
}
const untilIs = (pair: Pair, { id }: ForwardDto, state: ForwardDto['state'], why = /^/): Promise<ForwardDto> =>
  pair.until(
    `${id} is ${state}`,
    async () => {
      const one = await look(pair, id);
      return one?.state === state && why.test(one.why ?? '') && one;
    },
    90_000,
  );
const start = (pair: Pair, name: string, port: number, more: Partial<ForwardTarget> = {}): Promise<ForwardDto> =>
  pair.ask(Requests.forwardStart, { job: ref(name), port, ...more });

const podsOf = (label: string) => stage.pods(label);
const kill = (name: string) =>
  stage.admin.call('DELETE', `/api/v1/namespaces/ml-team/pods/${name}?gracePeriodSeconds=0`);

describe('a forward', () => {
  let pair: Pair;
  before(async () => {
    pair = await stage.connectForAll('ml-engineer');
    await submitText(pair, service('served', 7100), 'yes');
  });

  test('leads to a service, on this machine alone, and says how it is', async () => {
    const { ports } = await pair.ask(Requests.forwardPorts, { job: ref('served') });
    assert.deepEqual(ports, [7100]);
    const started = await start(pair, 'served', 7100);
    assert.deepEqual([started.localPort, started.url], [17100, 'http://localhost:17100']);
    await untilIs(pair, started, 'ready');
    assert.match(await talk(17100), /^HTTP\/1\.1 200 OK/);
    assert.equal(await codeOf(talk(17100, 'GET', '127.0.0.2')), 'ECONNREFUSED');
    assert.equal((await start(pair, 'served', 7100)).id, started.id, 'not a second one');
    await pair.ask(Requests.forwardStop, { id: started.id });
    assert.deepEqual(await pair.ask(Requests.forwardList), []);
    assert.equal(await codeOf(talk(17100)), 'ECONNREFUSED');
  });

  test('takes another local port where the wanted one is in use, and says so; restarted, it keeps its own', async () => {
    const taken = createServer((socket) => socket.end('somebody else'));
    await new Promise<void>((resolve) => taken.listen({ host: '127.0.0.1', port: 17150 }, resolve));
    const started = await start(pair, 'served', 7100, { localPort: 17150 });
    assert.equal(started.localPort, 17100);
    assert.match(started.note ?? '', /17150.*17100/);
    assert.equal(await talk(17150), 'somebody else');
    taken.close();
    await untilIs(pair, started, 'ready');
    const held = codeOf(talk(17100, 'SLOW 1000'));
    await pair.until('it is connected', async () => (await talk(17100, 'COUNT')) === '2');
    const again = await pair.ask(Requests.forwardRestart, { id: started.id });
    assert.equal(again.localPort, 17100);
    assert.equal(await held, 'ECONNRESET');
    await untilIs(pair, started, 'ready');
    assert.match(await talk(17100), /200 OK/);
    await pair.ask(Requests.forwardStop, { id: started.id });
  });

  test('waits for a program that does not listen yet, and refuses meanwhile', async () => {
    await submitText(pair, service('late', 7200, 6), 'yes');
    const started = await start(pair, 'late', 7200, { localPort: 17200 });
    await untilIs(pair, started, 'waiting', /nothing in it listens on port 7200 yet/);
    assert.equal(await codeOf(talk(17200)), 'ECONNRESET');
    await untilIs(pair, started, 'ready');
    assert.match(await talk(17200), /200 OK/);
    await pair.ask(Requests.stop, { job: ref('late') });
    await untilIs(pair, started, 'waiting', /does not run/);
    assert.equal(await codeOf(talk(17200)), 'ECONNRESET');
    await pair.ask(Requests.start, { job: ref('late') });
    await untilIs(pair, started, 'ready');
    await remove(pair, ref('late'));
    await untilIs(pair, started, 'waiting', /no job “late”/);
    await submitText(pair, service('late', 7200), 'yes');
    await untilIs(pair, started, 'ready');
    assert.match(await talk(17200), /200 OK/);
    await remove(pair, ref('late'));
    await pair.ask(Requests.forwardStop, { id: started.id });
  });

  test('leads to the rank that is meant', async () => {
    await submitText(pair, ranks('two', 7300), 'yes');
    const [first, second] = await Promise.all([0, 1].map((rank) => start(pair, 'two', 7300, { rank })));
    assert.ok(first && second && first.localPort !== second.localPort);
    for (const [rank, one] of [first, second].entries()) {
      await untilIs(pair, one, 'ready');
      assert.match(await talk(one.localPort), new RegExp(`two-${rank}-`));
      await pair.ask(Requests.forwardStop, { id: one.id });
    }
    const pod = (await stage.pods('batch.kubernetes.io/job-name=two')).map(({ metadata }) => metadata.name).sort()[1];
    const named = await start(pair, 'two', 7300, { pod });
    await untilIs(pair, named, 'ready');
    assert.ok((await talk(named.localPort)).includes(`${pod} `));
    await pair.ask(Requests.forwardStop, { id: named.id });
    const none = await start(pair, 'two', 7300, { rank: 2 });
    await untilIs(pair, none, 'waiting', /no rank 2/);
    await pair.ask(Requests.forwardStop, { id: none.id });
    await remove(pair, ref('two'));
  });

  test('who may not is told which right is missing', async () => {
    const other = await stage.start({ connection: { kubeconfig: stage.cluster.kubeconfig, context: 'restricted' } });
    const started = await start(other, 'served', 7100);
    const failed = await untilIs(other, started, 'failed');
    assert.match(failed.why ?? '', /may not/);
    const untrusted = await stage.start({ trusted: false });
    assert.equal((await failureOf(start(untrusted, 'served', 7100))).code, 'connection.untrusted-workspace');
  });

  test('1 GB comes back byte by byte the same, through the local port', async () => {
    const started = await start(pair, 'served', 7100);
    await untilIs(pair, started, 'ready');
    const size = 1_000_000_000;
    const block = randomBytes(1_000_003);
    const socket = connect({ host: '127.0.0.1', port: started.localPort });
    socket.write('ECHO\n');
    const sending = (async () => {
      for (let at = 0; at < size; ) {
        const part = block.subarray(at % block.length).subarray(0, Math.min(100_000, size - at));
        at += part.length;
        if (!socket.write(part)) await new Promise((resolve) => socket.once('drain', resolve));
      }
    })();
    let at = 0;
    for await (const part of socket as AsyncIterable<Buffer>) {
      for (let done = 0; done < part.length; ) {
        const from = at % block.length;
        const length = Math.min(part.length - done, block.length - from);
        assert.equal(part.compare(block, from, from + length, done, done + length), 0, `differs after ${at}`);
        done += length;
        at += length;
      }
      if (at >= size) break;
    }
    await sending;
    assert.equal(at, size);
    await pair.ask(Requests.forwardStop, { id: started.id });
  });

  test('carries 100 connections at once; those that the program tears are torn, those half closed get their answer', async () => {
    const started = await start(pair, 'served', 7100);
    await untilIs(pair, started, 'ready');
    const port = started.localPort;
    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => talk(port, `GIVE ${10_000 + index}`)));
    assert.deepEqual(
      answers.map(({ length }) => length),
      Array.from({ length: 100 }, (_, index) => 10_000 + index),
    );
    assert.equal((await talk(port, 'SLOW 10')).length, 10);
    const torn = await talk(port, 'TEAR').catch(() => 'half a word');
    assert.equal(torn, 'half a word');
    const half = await new Promise<string>((resolve, reject) => {
      const socket: Socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true }, () => socket.end('SLOW 10\n'));
      let text = '';
      socket.on('data', (data) => {
        text += data;
      });
      socket.on('end', () => resolve(text)).on('error', reject);
    });
    assert.equal(half, '..........');
    await pair.until('nothing is left open there', async () => (await talk(port, 'COUNT')) === '1');
    await pair.ask(Requests.forwardStop, { id: started.id });
  });

  test('goes on after the API server was away', async () => {
    const started = await start(pair, 'served', 7100);
    await untilIs(pair, started, 'ready');
    const held = codeOf(talk(started.localPort, 'SLOW 1000'));
    await pair.until('it is connected', async () => (await talk(started.localPort, 'COUNT')) === '2');
    await stage.cluster.stopApiServer();
    assert.equal(await held, 'ECONNRESET');
    await untilIs(pair, started, 'waiting');
    const refused = await codeOf(talk(started.localPort));
    assert.equal(refused, 'ECONNRESET');
    await stage.cluster.startApiServer();
    const { localPort } = await untilIs(pair, started, 'ready');
    assert.equal(localPort, started.localPort);
    assert.match(await talk(localPort), /200 OK/);
    await pair.ask(Requests.forwardStop, { id: started.id });
  });

  test(`keeps its local port while its pod is killed ${KILLS} times under load`, {
    timeout: KILLS * 15_000,
  }, async () => {
    const started = await start(pair, 'served', 7100);
    await untilIs(pair, started, 'ready');
    const port = started.localPort;
    let over = false;
    const seen = { answered: 0, refused: 0, other: [] as string[] };
    const load = Array.from({ length: 8 }, async () => {
      while (!over) {
        const result = await talk(port, 'GIVE 100000').then(({ length }) => length, codeOfError);
        if (result === 100_000) seen.answered++;
        // The end of a program ends its connections, in the middle of an answer or before it.
        else if (result === 'ECONNRESET' || typeof result === 'number') seen.refused++;
        else seen.other.push(result);
        await sleep(20);
      }
    });
    for (let killed = 0; killed < KILLS; killed++) {
      const pods = (await podsOf('app=served')).filter(({ metadata }) => !metadata.deletionTimestamp);
      const running = pods.find(({ status }) => status.phase === 'Running');
      assert.ok(running);
      await kill(running.metadata.name);
      await pair.until(
        `it is found again after ${killed + 1}`,
        async () => {
          const now = await talk(port).catch(() => '');
          return now.includes('200 OK') && !now.includes(running.metadata.name);
        },
        60_000,
      );
      assert.equal((await look(pair, started.id))?.localPort, port);
    }
    over = true;
    await Promise.all(load);
    assert.deepEqual(seen.other, []);
    assert.ok(seen.answered > KILLS, JSON.stringify(seen));
    await untilIs(pair, started, 'ready');
    await pair.ask(Requests.forwardStop, { id: started.id });
  });

  test('ends with its server, and gives its port back', async () => {
    const other = await startPair({ connection: { kubeconfig: stage.cluster.kubeconfig, context: 'ml-engineer' } });
    const started = await start(other, 'served', 7100, { localPort: 17400 });
    await untilIs(other, started, 'ready');
    const held = codeOf(talk(17400, 'SLOW 1000'));
    await other.until('it is connected', async () => (await talk(17400, 'COUNT')) !== '1');
    await other.stop();
    assert.equal(await held, 'ECONNRESET');
    assert.equal(await isFree(17400), true);
  });
});
