/** Programs in pods, where the other side is old, refuses, or says no more; a real one is in `test/cluster/exec.test.ts`. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, mock, test } from 'node:test';
import { type WebSocket, WebSocketServer } from 'ws';
import { createCluster } from '../../server/src/cluster/cluster.ts';
import type { GpuctlError } from '../../server/src/operations/error.ts';
import type { Cluster } from '../../server/src/operations/ports.ts';

const opened: (() => void)[] = [];
after(() => {
  for (const close of opened) close();
});

/** A cluster whose API server answers an exec as a test says. */
async function serving(
  answer: ((socket: WebSocket, url: string) => void) | { status: number; body: object },
  protocols = ['v5.channel.k8s.io'],
): Promise<Cluster> {
  const server: Server = createServer();
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => protocols.find((one) => offered.has(one)) ?? false,
  });
  server.on('upgrade', (request, socket, head) => {
    if (typeof answer === 'function') {
      sockets.handleUpgrade(request, socket, head, (one) => answer(one, request.url ?? ''));
      return;
    }
    const body = JSON.stringify(answer.body);
    socket.end(`HTTP/1.1 ${answer.status} No\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context = { context: 'c', cluster: 'c', user: 'me', namespace: 'd', server: address };
  const cluster = createCluster({ context, cluster: { server: address }, user: {} }, {});
  opened.push(() => {
    cluster.close();
    server.close();
    server.closeAllConnections();
    for (const one of sockets.clients) one.terminate();
  });
  return cluster;
}
const POD = { namespace: 'd', name: 'a-0' };
const run = (cluster: Cluster, more: { stdin?: boolean } = {}) =>
  cluster.exec(POD, { command: ['cat', 'a b'], signal: new AbortController().signal, ...more });
const say = (socket: WebSocket, channel: number, text: string) =>
  socket.send(Buffer.concat([Buffer.of(channel), Buffer.from(text)]));
const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => assert.fail('did not fail'),
    (error: GpuctlError) => error,
  );

describe('a program in a pod', () => {
  test('of an older API server has no end of input, and an exit code all the same', async () => {
    let asked = '';
    const cluster = await serving(
      (socket, url) => {
        asked = url;
        socket.on('message', (data: Buffer) => {
          say(socket, 1, `got ${data.subarray(1)}`);
          const causes = [{ reason: 'ExitCode', message: '9' }];
          say(socket, 3, JSON.stringify({ status: 'Failure', reason: 'NonZeroExitCode', details: { causes } }));
        });
      },
      ['v4.channel.k8s.io'],
    );
    const execution = await run(cluster, { stdin: true });
    assert.match(
      asked,
      /\/namespaces\/d\/pods\/a-0\/exec\?command=cat&command=a\+b&stdout=true&stderr=true&stdin=true$/,
    );
    assert.equal(await execution.endInput(), false);
    await execution.write('x');
    let text = '';
    for await (const { bytes } of execution.output) text += bytes;
    assert.deepEqual([text, await execution.ended], ['got x', 9]);
  });

  test('loses nothing that comes with the first answer', async () => {
    const cluster = await serving((socket) => {
      for (const text of ['a', 'b', 'c']) say(socket, 1, text);
      say(socket, 3, JSON.stringify({ status: 'Success' }));
      socket.close();
    });
    const execution = await run(cluster);
    await new Promise((resolve) => setTimeout(resolve, 50));
    let text = '';
    for await (const { bytes } of execution.output) text += bytes;
    assert.deepEqual([text, await execution.ended], ['abc', 0]);
  });

  test('goes on after this machine slept, where the other side is still there', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    try {
      const there = Promise.withResolvers<WebSocket>();
      const cluster = await serving((socket) => there.resolve(socket));
      const execution = await run(cluster);
      const socket = await there.promise;
      const pinged = once(socket, 'ping');
      const later = Date.now() + 3_600_000;
      mock.method(Date, 'now', () => later);
      mock.timers.tick(20_000);
      await pinged;
      say(socket, 3, JSON.stringify({ status: 'Success' }));
      assert.equal(await execution.ended, 0);
    } finally {
      mock.restoreAll();
      mock.timers.reset();
    }
  });

  test('whose connection ends without a word may have ended or not, and that is what is said', async () => {
    const cluster = await serving((socket) => {
      say(socket, 1, 'half');
      setTimeout(() => socket.terminate(), 20);
    });
    const execution = await run(cluster);
    let text = '';
    const error = await errorOf(
      (async () => {
        for await (const { bytes } of execution.output) text += bytes;
      })(),
    );
    assert.deepEqual([text, error.code], ['half', 'exec.torn']);
    assert.equal((await errorOf(execution.ended)).code, 'exec.torn');
    assert.equal((await errorOf(execution.write('x'))).code, 'exec.torn');
  });

  test('that is refused says what the body of the refusal does, not a status', async () => {
    const body = (code: number, message: string) => ({ kind: 'Status', status: 'Failure', code, message });
    const text =
      'pods "a-0" is forbidden: User "me" cannot create resource "pods/exec" in API group "" in the namespace "d"';
    const refused = await errorOf(run(await serving({ status: 403, body: body(403, text) })));
    assert.deepEqual([refused.code, refused.status, refused.detail], ['connection.forbidden', 403, text]);
    const over = 'cannot exec into a container in a completed pod; current phase is Failed';
    assert.equal((await errorOf(run(await serving({ status: 400, body: body(400, over) })))).code, 'exec.ended');
    const none = 'container other is not valid for pod a-0';
    assert.equal((await errorOf(run(await serving({ status: 400, body: body(400, none) })))).code, 'exec.none');
  });
});
