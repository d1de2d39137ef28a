/** Servers that act wrongly: whatever comes, the reader gets a GpuctlError or goes on, and the process lives. */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createCluster } from '../../server/src/cluster/cluster.ts';
import type { UserEntry } from '../../server/src/cluster/kubeconfig.ts';
import type { GpuctlError } from '../../server/src/operations/error.ts';
import type { Cluster, Delta, KubeObject, WatchStatus } from '../../server/src/operations/ports.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

const timing = { silence: 300, watch: 60_000, refused: 400, backoff: [20, 100] as [number, number] };

/** A cluster whose API server is `handler`. */
async function connect(handler: Handler, user: UserEntry = { token: 't' }) {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    response.on('error', () => {});
    requests.push(`${request.method} ${request.url}`);
    handler(request, response, new URL(request.url ?? '', 'http://x'));
  });
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context = { context: 'x', cluster: 'demo', user: 'u', namespace: 'default', server: address };
  const cluster = createCluster({ context, cluster: { server: address }, user }, {}, timing);
  closing.push(() => {
    cluster.close();
    server.closeAllConnections();
    server.close();
  });
  return { cluster, sockets, requests };
}

const pods = { apiVersion: 'v1', kind: 'Pod' };
const pod = (name: string, version: number) => ({
  ...pods,
  metadata: { name, namespace: 'a', resourceVersion: `${version}` },
});
const event = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`;
const json = (response: ServerResponse, value: unknown, code = 200, headers = {}) =>
  response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
const page = (response: ServerResponse, items: object[], version = 1, next?: string) =>
  json(response, { kind: 'PodList', metadata: { resourceVersion: `${version}`, continue: next }, items });
const status = (response: ServerResponse, code: number, message: string, headers = {}) =>
  json(response, { kind: 'Status', code, message }, code, headers);
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => assert.fail('did not fail'),
    (error: GpuctlError) => error,
  );

/** Watches pods into a map, as a reader would. */
function follow(cluster: Cluster) {
  const held = new Map<string, string>();
  const statuses: WatchStatus[] = [];
  const batches: Delta<{ key: string; version: string }>[][] = [];
  const watch = cluster.watch({
    collection: pods,
    project: ({ metadata }: KubeObject) => ({ key: `a/${metadata.name}`, version: metadata.resourceVersion ?? '' }),
    onDelta(deltas) {
      batches.push(deltas);
      for (const delta of deltas) {
        if (delta.type === 'reset') held.clear();
        if (delta.type === 'remove') held.delete(delta.key);
        for (const { key, version } of delta.type === 'reset' ? delta.items : delta.type === 'set' ? [delta.item] : [])
          held.set(key, version);
      }
    },
    onStatus: (it) => statuses.push(it),
  });
  const is = async (expected: Record<string, string>) => {
    for (let tries = 0; tries < 300; tries++) {
      if (JSON.stringify([...held].sort()) === JSON.stringify(Object.entries(expected).sort())) return;
      await wait(10);
    }
    assert.deepEqual(Object.fromEntries(held), expected);
  };
  return { watch, held, statuses, batches, is, phases: () => statuses.map((it) => it.phase) };
}

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

describe('a watch', () => {
  it('survives garbage, torn characters, a cut line and sudden resets, and loses nothing', async () => {
    let watches = 0;
    const from: (string | null)[] = [];
    const { cluster } = await connect((request, response, url) => {
      if (!url.searchParams.has('watch')) return void page(response, [pod('é漢', 1)]);
      from.push(url.searchParams.get('resourceVersion'));
      response.writeHead(200);
      response.flushHeaders();
      const bytes = Buffer.from(event('ADDED', pod('漢字🙂', 2)));
      const say = [
        () => {
          for (let i = 0; i < bytes.length; i++) setTimeout(() => response.write(bytes.subarray(i, i + 1)), i);
          setTimeout(() => response.end('{"type":"ADDED","obj'), bytes.length + 20);
        },
        () => response.write(`${event('ADDED', pod('b', 3))}this is no JSON\n${event('ADDED', pod('never', 9))}`),
        () => {
          response.write(event('MODIFIED', pod('b', 4)));
          setTimeout(() => request.socket.resetAndDestroy(), 20);
        },
        () => response.write(`null\n`),
        () => response.write(`{"type":"ADDED"}\n`),
        () => response.write(`${event('BOOKMARK', pod('', 5))}${event('DELETED', pod('é漢', 6))}`),
      ];
      say[watches++]?.();
    });
    const { is, statuses } = follow(cluster);
    await is({ 'a/漢字🙂': '2', 'a/b': '4' });
    await wait(50);
    assert.deepEqual(from.slice(0, 6), ['1', '2', '3', '4', '4', '4']);
    const codes = statuses.flatMap((it) => (it.phase === 'retrying' ? [(it.error as GpuctlError).code] : []));
    assert.deepEqual([...new Set(codes)].sort(), ['connection.broken', 'connection.garbled']);
  });

  it('lists anew after 410, as an answer, as an event and between pages, without a gap for the reader', async () => {
    let lists = 0;
    let watches = 0;
    const { cluster } = await connect((_, response, url) => {
      if (!url.searchParams.has('watch')) {
        if (url.searchParams.get('continue') === 'stale')
          return void status(response, 410, 'The provided continue parameter is too old');
        lists++;
        if (lists === 2) return void page(response, [pod('half', 2)], 2, 'stale');
        return void page(response, [pod(`list${lists}`, lists)], lists);
      }
      watches++;
      if (watches === 1) return void status(response, 410, 'too old resource version: 1 (2)');
      response.writeHead(200);
      response.flushHeaders();
      if (watches === 2)
        response.write(event('ERROR', { kind: 'Status', code: 410, message: 'too old resource version' }));
    });
    const { is, batches, phases } = follow(cluster);
    await is({ 'a/list4': '4' });
    assert.deepEqual(
      batches.flat().map((delta) => {
        if (delta.type === 'remove') return `remove ${delta.key}`;
        return delta.type === 'set' ? `set ${delta.item.key}` : delta.items.map(({ key }) => key);
      }),
      [['a/list1'], 'set a/list3', 'remove a/list1', 'set a/list4', 'remove a/list3'],
    );
    assert.ok(!phases().includes('retrying'));
  });

  it('notices that nothing comes any more', async () => {
    let watches = 0;
    const { cluster } = await connect((_, response, url) => {
      if (!url.searchParams.has('watch')) return void page(response, []);
      watches++;
      response.writeHead(200).flushHeaders();
      if (watches === 2) response.write(event('ADDED', pod('late', 2)));
    });
    const { is, phases } = follow(cluster);
    await is({ 'a/late': '2' });
    assert.ok(!phases().includes('retrying'));
  });

  it('asks rarely where it has no right, and goes on when it got it', async () => {
    let calls = 0;
    const { cluster } = await connect((_, response, url) => {
      if (url.searchParams.has('watch')) return void response.writeHead(200).flushHeaders();
      if (++calls < 3)
        return void status(
          response,
          403,
          'pods is forbidden: User "u" cannot list resource "pods" in API group "" at the cluster scope',
        );
      page(response, [pod('x', 1)]);
    });
    const started = Date.now();
    const { is, phases } = follow(cluster);
    await is({ 'a/x': '1' });
    for (let tries = 0; tries < 100 && phases().length < 4; tries++) await wait(10);
    assert.deepEqual(phases().slice(0, 4), ['listing', 'forbidden', 'forbidden', 'live']);
    assert.ok(Date.now() - started > 500);
  });

  it('backs off, alone, from a server that always fails, or always ends at once', async () => {
    for (const handler of [
      (_: IncomingMessage, response: ServerResponse) => status(response, 500, 'no'),
      (_: IncomingMessage, response: ServerResponse, url: URL) => {
        if (url.searchParams.has('watch')) response.writeHead(200).end();
        else page(response, []);
      },
    ]) {
      const { cluster, requests } = await connect(handler);
      const { watch } = follow(cluster);
      await wait(500);
      watch.dispose();
      assert.ok(requests.length >= 4 && requests.length < 25, `${requests.length} requests in half a second`);
    }
  });

  it('calls nothing after dispose, not even out of a first list under way', async () => {
    for (const after of [0, 20, 60]) {
      const { cluster } = await connect((_, response, url) => {
        if (url.searchParams.has('watch')) {
          response.writeHead(200);
          setInterval(() => response.write(event('ADDED', pod('x', 2))), 1).unref();
        } else
          setTimeout(() => page(response, [pod('x', 1)], 1, url.searchParams.has('continue') ? undefined : 'more'), 15);
      });
      const { watch, batches, statuses } = follow(cluster);
      await wait(after);
      watch.dispose();
      watch.dispose();
      const seen = [batches.length, statuses.length];
      await wait(100);
      assert.deepEqual([batches.length, statuses.length], seen);
    }
  });

  it('may be disposed by its own callbacks', async () => {
    for (const by of ['project', 'onDelta', 'onStatus']) {
      const { cluster } = await connect((_, response, url) => {
        if (!url.searchParams.has('watch')) return void page(response, [pod('x', 1), pod('y', 1)]);
        response.writeHead(200).write(event('ADDED', pod('z', 2)) + event('ADDED', pod('z', 3)));
      });
      const calls: string[] = [];
      const note = (name: string) => {
        calls.push(name);
        if (name === by) watch.dispose();
        return name;
      };
      const watch: { dispose(): void } = await wait(0).then(() =>
        cluster.watch({
          collection: pods,
          project: () => note('project'),
          onDelta: () => void note('onDelta'),
          onStatus: ({ phase }) => void (phase !== 'listing' && note('onStatus')),
        }),
      );
      await wait(80);
      assert.equal(calls.at(-1), by);
      assert.equal(calls.filter((it) => it === by).length, 1);
    }
  });

  it('lives with callbacks that throw', async (t) => {
    t.mock.method(console, 'error', () => {});
    const { cluster } = await connect((_, response, url) => {
      if (!url.searchParams.has('watch')) return void page(response, [pod('bad', 1), pod('good', 1)]);
      response.writeHead(200).write(event('ADDED', pod('bad', 2)) + event('ADDED', pod('later', 3)));
    });
    const seen: string[] = [];
    cluster.watch({
      collection: pods,
      project({ metadata }) {
        if (metadata.name === 'bad') throw new Error('of project');
        return metadata.name;
      },
      onDelta(deltas) {
        seen.push(JSON.stringify(deltas));
        throw new Error('of onDelta');
      },
      onStatus() {
        throw new Error('of onStatus');
      },
    });
    await wait(150);
    assert.deepEqual(seen, ['[{"type":"reset","items":["good"]}]', '[{"type":"set","item":"later"}]']);
  });

  it('a line without an end is cut off in memory, too', async () => {
    const chunk = Buffer.alloc(1 << 20, 'x');
    const { cluster } = await connect((_, response, url) => {
      if (!url.searchParams.has('watch')) return void page(response, []);
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const { statuses } = follow(cluster);
    for (let tries = 0; tries < 500 && !statuses.some((it) => it.phase === 'retrying'); tries++) await wait(10);
    assert.ok(statuses.some((it) => it.phase === 'retrying'));
    cluster.close();
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
