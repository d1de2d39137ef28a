/** A watch of a server that acts wrongly: what is held is right in the end, and the server is left alone meanwhile. */
import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { GpuctlError } from '../../server/src/operations/error.ts';
import { connect, event, follow, page, pod, pods, status } from './clusterStage.ts';

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
