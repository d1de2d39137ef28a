/** A server that fails in a random way at any moment, for a while: the reader ends with its state, and the process lives. */
import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createCluster } from '../../server/src/cluster/cluster.ts';
import { createRandom } from './random.ts';

const escaped: unknown[] = [];
const onEscape = (error: unknown) => escaped.push(error);
before(() => {
  process.on('uncaughtException', onEscape);
  process.on('unhandledRejection', onEscape);
});
after(() => {
  process.off('uncaughtException', onEscape);
  process.off('unhandledRejection', onEscape);
});

/** An API server with one collection whose log of changes is cut now and then. */
async function startServer(random: () => number) {
  const objects = new Map<string, number>();
  const log: { version: number; line: string }[] = [];
  const watchers = new Set<ServerResponse>();
  let version = 1;
  let oldest = 1;
  let chaos = true;
  const object = (name: string, at: number) => ({ metadata: { name, namespace: 'a', resourceVersion: `${at}` } });
  const dice = (chance: number) => chaos && random() < chance;

  /** Sends text in random pieces, and sometimes harms the connection. */
  function emit(response: ServerResponse, text: string) {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) {
      const size = 1 + Math.floor(random() * 200);
      response.write(bytes.subarray(at, at + size));
      at += size;
    }
    if (dice(0.02)) response.write('{"type":"MODI\n');
    if (dice(0.02)) response.write('\u0000\u0000[1,2\n7\n');
    if (dice(0.02))
      response.write(`${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: dice(0.5) ? 410 : 500 } })}\n`);
    if (dice(0.03)) response.socket?.resetAndDestroy();
    if (dice(0.03)) response.end();
  }
  function change() {
    version++;
    const name = `漢-${Math.floor(random() * 40)}`;
    const type = !objects.has(name) ? 'ADDED' : random() < 0.4 ? 'DELETED' : 'MODIFIED';
    if (type === 'DELETED') objects.delete(name);
    else objects.set(name, version);
    const line = `${JSON.stringify({ type, object: object(name, version) })}\n`;
    log.push({ version, line });
    if (dice(0.05)) oldest = version;
    for (const response of watchers) emit(response, line);
  }
  const server = createServer((request, response) => {
    response.on('error', () => {});
    const url = new URL(request.url ?? '', 'http://x');
    const refuse = (code: number, headers = {}) =>
      response.writeHead(code, headers).end(JSON.stringify({ kind: 'Status', code, message: 'chaos' }));
    if (dice(0.05)) return void request.socket.resetAndDestroy();
    if (dice(0.05)) return void refuse(500);
    if (dice(0.05)) return void refuse(429, { 'retry-after': '0' });
    if (dice(0.03)) return void response.end('<html>');
    if (dice(0.02)) return void request.socket.end('garbage\r\n\r\n');
    if (dice(0.03)) return void setTimeout(() => request.socket.destroy(), 300);
    if (!url.searchParams.has('watch')) {
      const items = [...objects].map(([name, at]) => object(name, at));
      const body = JSON.stringify({ metadata: { resourceVersion: `${version}` }, items });
      if (dice(0.1)) {
        response.writeHead(200, { 'content-length': body.length + 500 }).write(body);
        return void setTimeout(() => request.socket.destroy(), 5);
      }
      return void response.end(body);
    }
    const from = Number(url.searchParams.get('resourceVersion'));
    if (from < oldest) return void refuse(410);
    response.writeHead(200).flushHeaders();
    watchers.add(response);
    response.on('close', () => watchers.delete(response));
    for (const entry of log) if (entry.version > from) emit(response, entry.line);
  });
  server.on('connection', (socket) => socket.on('error', () => {}));
  server.on('clientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    change,
    calm() {
      chaos = false;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('chaos', () => {
  for (const seed of [1, 2, 3]) {
    it(`of seed ${seed} is survived`, async () => {
      const server = await startServer(createRandom(seed));
      const context = { context: 'x', cluster: 'x', user: 'u', namespace: 'a', server: server.address };
      const timing = { silence: 200, watch: 60_000, refused: 50, backoff: [5, 40] as [number, number] };
      const cluster = createCluster({ context, cluster: { server: server.address }, user: {} }, {}, timing);
      const readers = [1, 2, 3].map(() => {
        const held = new Map<string, number>();
        cluster.watch<[string, number]>({
          collection: { apiVersion: 'v1', kind: 'Pod' },
          project: ({ metadata }) => [metadata.name, Number(metadata.resourceVersion)],
          onDelta(deltas) {
            for (const delta of deltas) {
              if (delta.type === 'remove') held.delete(delta.key.slice(2));
              else if (delta.type === 'set') held.set(...delta.item);
              else {
                held.clear();
                for (const item of delta.items) held.set(...item);
              }
            }
          },
          onStatus() {},
        });
        return held;
      });
      for (let i = 0; i < 400; i++) {
        server.change();
        if (i % 4 === 0) await wait(2);
      }
      server.calm();
      server.change();
      const sorted = (map: Map<string, number>) => [...map].sort();
      const isRight = () =>
        readers.every((it) => JSON.stringify(sorted(it)) === JSON.stringify(sorted(server.objects)));
      for (let tries = 0; tries < 1000 && !isRight(); tries++) await wait(10);
      for (const held of readers) assert.deepEqual(sorted(held), sorted(server.objects));
      cluster.close();
      server.close();
      assert.deepEqual(escaped, []);
    });
  }
});
