/** Port-forward over WebSocket, frame by frame, against a WebSocket server that says what nodes and API servers say. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { after, before, describe, mock, test } from 'node:test';
import { type WebSocket, WebSocketServer } from 'ws';
import { openPortForward } from '../../server/src/cluster/portForward.ts';
import type { Transport } from '../../server/src/cluster/transport.ts';
import { openWebSocket } from '../../server/src/cluster/webSocket.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';

const POD = { namespace: 'a', name: 'b', port: 8888 };
/** 8888, least byte first. */
const HEADER = [0xb8, 0x22];
const DATA = 0;
const ERROR = 1;

let server: WebSocketServer;
before(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
});
after(() => server.close());

/** A connection whose other end is played; `headers: false` for one that is never opened. */
async function stage({ headers = true, signal = AbortSignal.timeout(20_000) } = {}) {
  const { port } = server.address() as AddressInfo;
  const asked: string[] = [];
  const session = { agent: new http.Agent(), headers: {} } as unknown as Parameters<typeof openWebSocket>[2];
  const transport = {
    socket: (path: string, protocols: readonly string[], abort: AbortSignal) => {
      asked.push(path, ...protocols);
      return openWebSocket(new URL(`ws://127.0.0.1:${port}${path}`), protocols, session, abort);
    },
  } as unknown as Transport;
  const taken = once(server, 'connection') as Promise<[WebSocket]>;
  const opening = openPortForward(transport, POD, signal);
  opening.catch(() => undefined);
  const [there] = await taken;
  const got: Buffer[] = [];
  there.on('message', (data: Buffer) => got.push(data));
  const say = (channel: number, ...bytes: (number | string)[]) =>
    there.send(
      Buffer.concat([
        Buffer.of(channel),
        ...bytes.map((one) => (typeof one === 'string' ? Buffer.from(one) : Buffer.of(one))),
      ]),
    );
  if (headers) {
    say(DATA, ...HEADER);
    say(ERROR, ...HEADER);
  }
  return { there, got, say, opening, asked };
}

async function readAll(remote: Duplex): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of remote) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (thrown) => thrown,
  );
  assert.ok(error instanceof GpuctlError, String(error));
  return error.code;
}

describe('a port-forward over WebSocket', () => {
  test('asks for the port, and is there when both channels are', async () => {
    const { opening, asked, say, there } = await stage({ headers: false });
    let isOpen = false;
    void opening.then(() => {
      isOpen = true;
    });
    say(DATA, ...HEADER);
    there.send(Buffer.alloc(0));
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(isOpen, false);
    say(ERROR, ...HEADER);
    (await opening).destroy();
    assert.deepEqual(asked, ['/api/v1/namespaces/a/pods/b/portforward?ports=8888', 'v4.channel.k8s.io']);
  });

  test('strips the port that opens a channel, once, also where bytes come with it', async () => {
    const { opening, say, there } = await stage({ headers: false });
    say(ERROR, ...HEADER);
    say(DATA, ...HEADER, 'first');
    say(DATA, ...HEADER, 'second');
    const remote = await opening;
    there.close(1000);
    assert.equal(await readAll(remote), `first${Buffer.from(HEADER)}second`);
  });

  test('sends what is written as data, in order, and closes after it', async () => {
    const { opening, got, there } = await stage();
    const remote = await opening;
    remote.write('a');
    remote.write('b');
    remote.end('c');
    remote.resume();
    const [code] = await once(there, 'close');
    assert.equal(code, 1000);
    assert.ok(got.every((frame) => frame[0] === DATA));
    assert.equal(Buffer.concat(got.map((frame) => frame.subarray(1))).toString(), 'abc');
  });

  test('says in our words why there is no connection', async () => {
    const said: [string, string][] = [
      [
        'error forwarding port 8888 to pod b, uid x: failed to connect to localhost:8888: dial tcp4: connect: connection refused',
        'forward.refused',
      ],
      ['error forwarding port 8888 to pod b: pod not found ("b_a")', 'forward.none'],
      ['error forwarding port 8888 to pod b: failed to find sandbox "1" in store: not found', 'forward.none'],
      ['error forwarding port 8888 to pod b: unable to do port forwarding: socat not found', 'forward.failed'],
    ];
    for (const [text, code] of said) {
      const { opening, say, there } = await stage();
      const remote = await opening;
      say(ERROR, text.slice(0, 20));
      say(ERROR, text.slice(20));
      there.close(1000);
      assert.equal(await codeOf(readAll(remote)), code, text);
    }
  });

  test('an error after bytes, a broken line, an end before the beginning: torn', async () => {
    const first = await stage();
    const remote = await first.opening;
    first.say(DATA, 'x');
    first.say(ERROR, 'read: connection refused');
    first.there.close(1000);
    assert.equal(await codeOf(readAll(remote)), 'forward.torn');
    const second = await stage();
    const cut = await second.opening;
    second.there.terminate();
    assert.equal(await codeOf(readAll(cut)), 'forward.torn');
    const third = await stage({ headers: false });
    third.there.close(1000);
    assert.equal(await codeOf(third.opening), 'forward.torn');
  });

  test('called off it is cancelled', async () => {
    const abort = new AbortController();
    const { opening, say, there } = await stage({ headers: false, signal: abort.signal });
    const gone = codeOf(opening);
    say(DATA, ...HEADER);
    await new Promise((resolve) => setTimeout(resolve, 30));
    abort.abort();
    // The transport ends the socket; here nobody else does.
    there.terminate();
    assert.equal(await gone, 'cancelled');
  });

  test('what came before the end is read, also by who is slow and still writes', async () => {
    const { opening, say, there } = await stage();
    const remote = await opening;
    for (let index = 0; index < 200; index++) say(DATA, 'x'.repeat(10_000));
    there.close(1000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    remote.write('nobody hears');
    let size = 0;
    for await (const part of remote) {
      size += (part as Buffer).length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(size, 2_000_000);
  });

  test('reads no more than is taken', async () => {
    const { opening, say, there } = await stage();
    const remote = await opening;
    const all = 64 << 20;
    for (let sent = 0; sent < all; sent += 1 << 20) say(DATA, 'x'.repeat(1 << 20));
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.ok(remote.readableLength < 8 << 20, String(remote.readableLength));
    assert.ok(there.bufferedAmount > 32 << 20, String(there.bufferedAmount));
    remote.destroy();
  });

  test('pings, and takes who does not answer for gone; who is behind our bytes has longer', async () => {
    mock.timers.enable({ apis: ['setInterval', 'Date'] });
    try {
      const { opening, there } = await stage();
      const remote = await opening;
      const pinged = once(there, 'ping');
      mock.timers.tick(20_000);
      await pinged;
      await new Promise((resolve) => setTimeout(resolve, 30));
      there.pause(); // hears nothing, answers nothing
      const end = codeOf(readAll(remote));
      for (let tick = 0; tick < 4; tick++) mock.timers.tick(20_000);
      assert.equal(await end, 'forward.torn');

      const busy = await stage();
      const held = await busy.opening;
      busy.there.pause();
      await new Promise<void>((resolve) => held.write('x', () => resolve()));
      for (let tick = 0; tick < 10; tick++) mock.timers.tick(20_000);
      await new Promise((resolve) => setTimeout(resolve, 30));
      assert.equal(held.destroyed, false);
      for (let tick = 0; tick < 10; tick++) mock.timers.tick(20_000);
      await new Promise((resolve) => held.once('close', resolve));
    } finally {
      mock.timers.reset();
    }
  });

  test('after this machine slept, the other side has ten seconds to answer', async () => {
    mock.timers.enable({ apis: ['setInterval', 'setTimeout'] });
    try {
      const turns = async () => {
        for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
      };
      const [awake, gone] = [await stage(), await stage()];
      const [kept, lost] = [await awake.opening, await gone.opening];
      gone.there.pause();
      const pinged = once(awake.there, 'ping');
      const then = Date.now() + 3_600_000;
      mock.method(Date, 'now', () => then);
      mock.timers.tick(20_000);
      await pinged;
      await turns();
      awake.say(DATA, 'still here');
      await once(kept, 'readable');
      const closed = new Promise((resolve) => lost.once('close', resolve));
      mock.timers.tick(10_000);
      await closed;
      await turns();
      assert.equal(kept.destroyed, false);
      kept.destroy();
    } finally {
      mock.restoreAll();
      mock.timers.reset();
    }
  });
});
