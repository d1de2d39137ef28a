/** An API server that acts as a test says, a connection to it, and a reader of it. */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createCluster } from '../../server/src/cluster/cluster.ts';
import type { UserEntry } from '../../server/src/cluster/kubeconfig.ts';
import type { ReflectorTiming } from '../../server/src/cluster/reflector.ts';
import type { GpuctlError } from '../../server/src/operations/error.ts';
import type { Cluster, Delta, KubeObject, WatchStatus } from '../../server/src/operations/ports.ts';

/** Answers one request. */
export type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

/** Times that a test can wait for. */
export const timing: Partial<ReflectorTiming> = { silence: 300, watch: 60_000, refused: 400, backoff: [20, 100] };

/** A cluster whose API server is `handler`. */
export async function connect(handler: Handler, user: UserEntry = { token: 't' }, times = timing) {
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
  const cluster = createCluster({ context, cluster: { server: address }, user }, {}, times);
  closing.push(() => {
    cluster.close();
    server.closeAllConnections();
    server.close();
  });
  return { cluster, sockets, requests };
}

export const pods = { apiVersion: 'v1', kind: 'Pod' };
export const pod = (name: string, version: number) => ({
  ...pods,
  metadata: { name, namespace: 'a', resourceVersion: `${version}` },
});
export const event = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`;
export const json = (response: ServerResponse, value: unknown, code = 200, headers = {}) =>
  response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
export const page = (response: ServerResponse, items: object[], version = 1, next?: string) =>
  json(response, { kind: 'PodList', metadata: { resourceVersion: `${version}`, continue: next }, items });
export const status = (response: ServerResponse, code: number, message: string, headers = {}) =>
  json(response, { kind: 'Status', code, message }, code, headers);
export const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => assert.fail('did not fail'),
    (error: GpuctlError) => error,
  );

/** Watches pods into a map, as a reader would. */
export function follow(cluster: Cluster) {
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
