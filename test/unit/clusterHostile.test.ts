/** Servers that act wrongly: whatever comes, the caller gets a GpuctlError or goes on, and the process lives. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Cluster } from '../../server/src/operations/ports.ts';
import { connect, failure, type Handler, json, page, pod, pods, status } from './clusterStage.ts';

describe('calls', () => {
  it('wait as long as a 429 says, also when they write', async () => {
    const at: number[] = [];
    const { cluster } = await connect((_, response) => {
      at.push(Date.now());
      if (at.length === 1) status(response, 429, 'slow', { 'retry-after': '1' });
      else json(response, pod('x', 1));
    });
    await cluster.create({ ...pod('x', 1) });
    assert.equal(at.length, 2);
    assert.ok((at[1] ?? 0) - (at[0] ?? 0) >= 990);
  });

  it('give up after some tries, and at once where the deadline comes before Retry-After', async () => {
    const { cluster, requests } = await connect((_, response) => status(response, 503, 'down', { 'retry-after': '0' }));
    assert.equal((await failure(cluster.list(pods))).code, 'connection.unavailable');
    assert.equal(requests.length, 4);
    const slow = await connect((_, response) => status(response, 429, 'slow', { 'retry-after': '60' }));
    const started = Date.now();
    assert.equal((await failure(slow.cluster.list(pods, { timeout: 2000 }))).code, 'connection.busy');
    assert.ok(Date.now() - started < 1000);
  });

  it('repeat a read whose connection broke, never a write', async () => {
    let calls = 0;
    const { cluster } = await connect((request, response) => {
      calls++;
      if (request.method === 'POST' || calls === 1) request.socket.resetAndDestroy();
      else page(response, [pod('x', 1)]);
    });
    assert.equal((await cluster.list(pods)).length, 1);
    assert.equal(calls, 2);
    assert.equal((await failure(cluster.create(pod('x', 1)))).code, 'connection.broken');
    assert.equal(calls, 3);
  });

  it('have a deadline also for a body that never ends, and end at the server with an abort', async () => {
    let closed = 0;
    const { cluster } = await connect((request, response) => {
      request.socket.on('close', () => closed++);
      response.writeHead(200).write('{"metadata":');
    });
    assert.equal((await failure(cluster.list(pods, { timeout: 150 }))).code, 'connection.timeout');
    const stop = new AbortController();
    const list = failure(cluster.list(pods, { signal: stop.signal }));
    await wait(50);
    stop.abort();
    assert.equal((await list).code, 'cancelled');
    assert.equal((await failure(cluster.list(pods, { signal: stop.signal }))).code, 'cancelled');
    await wait(50);
    assert.equal(closed, 2);
  });

  it('say that it is no cluster: a page, no JSON, a body cut off, a redirect', async () => {
    const answers: [Handler, string][] = [
      [(_, response) => response.end('<html>login</html>'), 'connection.not-kubernetes'],
      [(_, response) => response.writeHead(302, { location: 'https://login' }).end(), 'connection.not-kubernetes'],
      [(_, response) => response.writeHead(407).end('proxy'), 'connection.not-kubernetes'],
      [(_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'), 'connection.broken'],
      [(request) => request.socket.end('SSH-2.0-OpenSSH_9.9\r\n'), 'connection.not-kubernetes'],
    ];
    for (const [handler, code] of answers) {
      const { cluster } = await connect(handler);
      assert.equal((await failure(cluster.read({ ...pods, namespace: 'a', name: 'x' }))).code, code);
    }
  });

  it('read the warnings, once each', async () => {
    const { cluster } = await connect((_, response) =>
      json(response, pod('x', 1), 201, {
        warning: ['299 - "unknown field \\"spec.x\\""', '299 - "two", 299 - "three, and more"', '299 - "two"'],
      }),
    );
    const { warnings } = await cluster.create(pod('x', 1));
    assert.deepEqual(warnings, ['unknown field "spec.x"', 'two', 'three, and more']);
  });

  it('run eight at a time over as many connections', async () => {
    let open = 0;
    let most = 0;
    const { cluster, sockets } = await connect((_, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        page(response, []);
      }, 10);
    });
    await Promise.all(Array.from({ length: 50 }, () => cluster.list(pods)));
    assert.equal(most, 8);
    assert.ok(sockets.size <= 8, `${sockets.size} connections`);
  });

  it('end with close, and nothing can be asked afterwards', async () => {
    const { cluster } = await connect(() => {});
    const list = failure(cluster.list(pods));
    await wait(30);
    cluster.close();
    cluster.close();
    assert.equal((await list).code, 'cancelled');
    assert.equal((await failure(cluster.list(pods))).code, 'cancelled');
  });
});

describe('a log', () => {
  const read = async (cluster: Cluster, signal = new AbortController().signal) => {
    let text = '';
    for await (const chunk of cluster.log({ namespace: 'a', name: 'p' }, { follow: true, signal })) text += chunk;
    return text;
  };
  it('keeps characters whole', async () => {
    const bytes = Buffer.from('\uFEFFepoch 1 ▏漢字🙂\r100 %\n');
    const { cluster } = await connect((_, response) => {
      for (let i = 0; i < bytes.length; i++) setTimeout(() => response.write(bytes.subarray(i, i + 1)), i * 2);
      setTimeout(() => response.end(), bytes.length * 2 + 10);
    });
    assert.equal(await read(cluster), bytes.toString());
  });
  it('that is torn says so', async () => {
    const { cluster } = await connect((request, response) => {
      response.write('half');
      setTimeout(() => request.socket.resetAndDestroy(), 30);
    });
    assert.equal((await failure(read(cluster))).code, 'log.torn');
  });
  it('is read only as fast as asked for', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(1 << 16, 'x');
    const { cluster } = await connect((_, response) => {
      const more = () => {
        while (!response.destroyed && sent < 1 << 28 && response.write(chunk)) sent += chunk.length;
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const log = cluster.log({ namespace: 'a', name: 'p' }, { follow: true, signal: new AbortController().signal });
    for await (const text of log) {
      assert.ok(text.length > 0);
      await wait(300);
      assert.ok(sent < 32 << 20, `${sent} bytes sent for one chunk read`);
      break;
    }
  });
});
