// A way to an API server that goes wrong as told. It ends TLS with the server's own certificate, so that it can act inside HTTP.
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import type { Cluster } from './cluster.ts';

/** Where a fault strikes: a new connection, the request of a page or of a watch, or watches that are open and quiet. */
export type Point = 'connect' | 'list' | 'page 2' | 'watch' | 'idle';

/**
 * What goes wrong. A number is an answer of that status (429 asks to wait a second). `hold` keeps requests back until the fault ends, `delay` for 700 ms;
 * `half-open` keeps everything open and says nothing any more, also after the fault.
 */
export type Deed =
  | 'reset'
  | 'delay'
  | 'hold'
  | 'half-open'
  | 'truncate'
  | 'trickle'
  | 'garbage'
  | 'end'
  | 'ERROR 410'
  | 'ERROR 429'
  | 'ERROR 500'
  | 401
  | 403
  | 404
  | 410
  | 429
  | 500
  | 503;

/** @see startFaultProxy */
export interface FaultProxy {
  port: number;
  /** From now on, `does` strikes `at`; clients that are past that point are brought back to it. */
  begin(at: Point, does: Deed): void;
  /** Everything is well again, except what is half-open. */
  end(): void;
  /** Breaks the watches that are open now in one way. */
  breakWatches(does: 'reset' | 'end' | 'ERROR 410'): void;
  /** Tears the logs that are followed now, in the middle of what is under way; how many there were. */
  tearLogs(): number;
  /** How many requests and connections came, how many of them were harmed, and how many watches were opened. */
  counts(): { requests: number; harmed: number; watches: number };
  /** Connections that are open now. */
  connections(): number;
  close(): void;
}

const errorLine = (code: number) =>
  `${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code, reason: 'Fault', message: 'too old resource version' } })}\n`;

/** Starts a proxy before the API server of a cluster that this process, or another, started. */
export async function startFaultProxy({ dir, server: address }: Cluster): Promise<FaultProxy> {
  const pem = (name: string) => readFileSync(path.join(dir, 'pki', name));
  const agent = new https.Agent({ keepAlive: true, ca: pem('ca.crt'), cert: pem('admin.crt'), key: pem('admin.key') });
  /** By the port at the other end, which the TLS socket above has, too. */
  const sockets = new Map<number, net.Socket>();
  const watches = new Set<{ response: ServerResponse; upstream: IncomingMessage }>();
  const logs = new Set<ServerResponse>();
  const held = new Set<() => void>();
  const frozen = new WeakSet<net.Socket>();
  let fault: { at: Point; does: Deed } | undefined;
  let counts = { requests: 0, harmed: 0, watches: 0 };

  const pointOf = (url: URL): Point =>
    url.searchParams.has('watch') ? 'watch' : url.searchParams.has('continue') ? 'page 2' : 'list';

  const reset = ({ socket }: ServerResponse) => sockets.get(socket?.remotePort ?? 0)?.resetAndDestroy();

  function forward(request: IncomingMessage, response: ServerResponse, take?: (upstream: IncomingMessage) => void) {
    const { method, url, headers } = request;
    const asked = https.request(address + url, { method, agent, headers: { ...headers, host: '' } }, (upstream) => {
      upstream.on('error', () => response.destroy());
      response.writeHead(upstream.statusCode ?? 502, upstream.headers);
      if (take) return take(upstream);
      response.flushHeaders();
      upstream.pipe(response);
      if (/\/log\?.*follow=true/.test(url ?? '')) {
        logs.add(response);
        response.on('close', () => logs.delete(response));
      }
      if (pointOf(new URL(url ?? '', address)) !== 'watch') return;
      const watch = { response, upstream };
      counts.watches++;
      watches.add(watch);
      response.on('close', () => watches.delete(watch));
    });
    asked.on('error', () => reset(response));
    response.on('close', () => asked.destroy());
    request.pipe(asked);
  }

  /** Passes on so much of an answer, then ends the connection. */
  function truncate(request: IncomingMessage, response: ServerResponse): void {
    forward(request, response, (upstream) => {
      upstream.once('data', (chunk: Buffer) => {
        response.write(chunk.subarray(0, Math.min(400, Math.ceil(chunk.length / 2))));
        setTimeout(() => response.socket?.destroy(), 20);
        upstream.destroy();
      });
    });
  }
  /** A byte now and then. */
  function trickle(request: IncomingMessage, response: ServerResponse): void {
    forward(request, response, (upstream) => {
      upstream.resume();
      const drop = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drop));
    });
  }

  function strike(does: Deed, request: IncomingMessage, response: ServerResponse, isWatch: boolean): void {
    if (typeof does === 'number') {
      const body = { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: does, message: `fault ${does}` };
      const headers = { 'content-type': 'application/json', ...(does === 429 && { 'retry-after': '1' }) };
      response.writeHead(does, headers).end(JSON.stringify(body));
    } else if (does === 'reset') reset(response);
    else if (does === 'delay') setTimeout(() => forward(request, response), 700);
    else if (does === 'hold') held.add(() => forward(request, response));
    else if (does === 'truncate') truncate(request, response);
    else if (does === 'trickle') trickle(request, response);
    else if (does === 'garbage') response.end(isWatch ? 'this is no JSON\n[1,2]\nnull\n' : '<html>log in</html>');
    else if (does === 'end') response.end();
    else if (does.startsWith('ERROR')) response.end(errorLine(Number(does.slice(6))));
  }

  /** What `idle` does to watches that are open. */
  function strikeWatch(does: Deed, { response, upstream }: { response: ServerResponse; upstream: IncomingMessage }) {
    if (does === 'half-open') freeze(response.socket);
    else if (does === 'delay' || does === 'hold') {
      upstream.unpipe(response);
      setTimeout(() => upstream.pipe(response), 700);
    } else {
      upstream.unpipe(response);
      if (does === 'reset') reset(response);
      else if (does === 'truncate') response.end('{"type":"ADDED","obj');
      else if (does === 'trickle') {
        const drop = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(drop));
      } else if (does === 'garbage') response.end('\u0000\u0000 no JSON\n');
      else if (typeof does === 'string' && does.startsWith('ERROR')) response.end(errorLine(Number(does.slice(6))));
      else response.end();
    }
  }
  /** Open for ever, and silent. */
  function freeze(socket: net.Socket | null): void {
    if (!socket) return;
    frozen.add(socket);
    socket.pause();
    for (const { response, upstream } of watches) if (response.socket === socket) upstream.unpipe(response);
  }

  const inner = https.createServer({ cert: pem('apiserver.crt'), key: pem('apiserver.key') }, (request, response) => {
    response.on('error', () => {});
    if (request.socket && frozen.has(request.socket)) return;
    counts.requests++;
    const point = pointOf(new URL(request.url ?? '', address));
    if (fault?.at !== point) return forward(request, response);
    counts.harmed++;
    if (fault.does === 'half-open') freeze(request.socket);
    else strike(fault.does, request, response, point === 'watch');
  });
  inner.on('tlsClientError', () => {});
  inner.on('clientError', (_, socket) => socket.destroy());

  const outer = net.createServer((socket) => {
    const { remotePort = 0 } = socket;
    sockets.set(remotePort, socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(remotePort));
    const welcome = () => inner.emit('connection', socket);
    if (fault?.at !== 'connect') return void welcome();
    counts.requests++;
    counts.harmed++;
    const { does } = fault;
    if (does === 'reset') socket.resetAndDestroy();
    else if (does === 'delay') setTimeout(welcome, 700);
    else if (does === 'hold') held.add(welcome);
    else if (does === 'garbage') socket.end('SSH-2.0-OpenSSH_9.9\r\n');
    else if (does === 'end') socket.end();
    else if (does === 'truncate') socket.once('data', () => socket.end(Buffer.from('160303007a0200', 'hex')));
  });
  await new Promise<void>((resolve) => outer.listen(0, '127.0.0.1', resolve));

  function breakWatches(does: 'reset' | 'end' | 'ERROR 410'): void {
    for (const watch of [...watches]) strikeWatch(does, watch);
  }
  return {
    port: (outer.address() as net.AddressInfo).port,
    begin(at, does) {
      fault = { at, does };
      counts = { requests: 0, harmed: 0, watches: 0 };
      if (at === 'idle') {
        counts.harmed = watches.size;
        for (const watch of [...watches]) strikeWatch(does, watch);
      } else if (at === 'connect') for (const socket of sockets.values()) socket.resetAndDestroy();
      else breakWatches(at === 'watch' ? 'end' : 'ERROR 410');
    },
    end() {
      fault = undefined;
      for (const release of held) release();
      held.clear();
    },
    breakWatches,
    tearLogs() {
      const open = [...logs];
      for (const response of open) reset(response);
      return open.length;
    },
    counts: () => ({ ...counts }),
    connections: () => sockets.size,
    close() {
      outer.close();
      for (const socket of sockets.values()) socket.destroy();
      agent.destroy();
      inner.close();
    },
  };
}
