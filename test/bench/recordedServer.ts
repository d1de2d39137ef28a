/**
 * The large cluster behind HTTP, in a process of its own: lists in pages, packed as an API server packs them, then watches. All answers are
 * made before the first question, so that its own time does not count. Says its port when it is ready; a message
 * `{ heartbeats: N }` makes so many nodes a second tell that they live, as kubelets do.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import type { KubeObject } from '../../server/src/operations/ports.ts';
import { recordedNode, recordedPod, SIZE } from './recordedCluster.ts';

/** Objects that are packed together; pages are made of whole blocks. */
const BLOCK = 100;
const VERSION = '1000000';
const BOOKMARKS = 10_000;
const pack = (text: string): Buffer => gzipSync(text, { level: constants.Z_BEST_SPEED });

function blocksOf(count: number, make: (index: number) => KubeObject): Buffer[] {
  return Array.from({ length: Math.ceil(count / BLOCK) }, (_, block) => {
    const objects = Array.from({ length: Math.min(BLOCK, count - block * BLOCK) }, (_, at) => make(block * BLOCK + at));
    // Items of a list say neither their kind nor its version.
    return pack(objects.map(({ apiVersion: _, kind: __, ...item }) => JSON.stringify(item)).join(','));
  });
}
const collections: Record<string, Buffer[]> = {
  nodes: blocksOf(SIZE.nodes, recordedNode),
  pods: blocksOf(SIZE.pods, recordedPod),
};
const COMMA = pack(',');

/** A page is a row of packed pieces: the format allows it. */
function answerList(response: ServerResponse, resource: string, query: URLSearchParams, packed: boolean): void {
  const blocks = collections[resource] ?? [];
  const from = Number(query.get('continue') ?? 0);
  const to = Math.min(blocks.length, from + Math.ceil(Number(query.get('limit') ?? Infinity) / BLOCK));
  const metadata = { resourceVersion: VERSION, ...(to < blocks.length && { continue: String(to) }) };
  const parts = [pack(`{"kind":"List","apiVersion":"v1","metadata":${JSON.stringify(metadata)},"items":[`)];
  for (const block of blocks.slice(from, to)) parts.push(...(parts.length > 1 ? [COMMA] : []), block);
  parts.push(pack(']}\n'));
  response.writeHead(200, { 'content-type': 'application/json', ...(packed && { 'content-encoding': 'gzip' }) });
  for (const part of parts) response.write(packed ? part : gunzipSync(part));
  response.end();
}

const watchers = new Map<ServerResponse, string>();
let version = Number(VERSION);
const tell = (response: ServerResponse, type: string, object: object) =>
  response.write(`${JSON.stringify({ type, object })}\n`);
setInterval(() => {
  for (const [response] of watchers)
    tell(response, 'BOOKMARK', { metadata: { resourceVersion: String(version), creationTimestamp: null } });
}, BOOKMARKS);

let beating: NodeJS.Timeout | undefined;
process.on('message', ({ heartbeats }: { heartbeats: number }) => {
  clearInterval(beating);
  let index = 0;
  let due = 0;
  beating = setInterval(() => {
    for (due += heartbeats / 10; due >= 1; due--) {
      const node = recordedNode(index++ % SIZE.nodes, ++version);
      for (const [response, resource] of watchers) if (resource === 'nodes') tell(response, 'MODIFIED', node);
    }
  }, 100);
});

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const resource = pathname.split('/').at(-1) ?? '';
  const packed = /gzip/.test(String(request.headers['accept-encoding']));
  if (!searchParams.has('watch')) return answerList(response, resource, searchParams, packed);
  response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  watchers.set(response, resource);
  response.on('close', () => watchers.delete(response));
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit());
