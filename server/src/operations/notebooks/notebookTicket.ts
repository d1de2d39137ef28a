import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Milliseconds for which a ticket is good. */
const GOOD_FOR = 60_000;

/** Addresses of this machine that lead on to another one, each once. Whoever comes second learns nothing. */
export class Tickets {
  private readonly held = new Map<string, { location: string; timer: NodeJS.Timeout }>();
  private readonly used: () => string;
  private readonly goodFor: number;
  private server: Promise<Server> | undefined;

  /** `used`: what somebody reads whose ticket is no longer good. */
  constructor(used: () => string, goodFor: number = GOOD_FOR) {
    this.used = used;
    this.goodFor = goodFor;
  }

  /** An address that leads there once, and for a minute. */
  async issue(location: string): Promise<string> {
    this.server ??= this.listen().catch((error) => {
      this.server = undefined; // another try may find a port
      throw error;
    });
    const { port } = (await this.server).address() as AddressInfo;
    const path = `/${randomBytes(24).toString('base64url')}`;
    const timer = setTimeout(() => this.forget(path), this.goodFor).unref();
    this.held.set(path, { location, timer });
    return `http://127.0.0.1:${port}${path}`;
  }

  dispose(): void {
    for (const path of [...this.held.keys()]) this.forget(path);
    const { server } = this;
    this.server = undefined;
    server?.then((one) => one.close()).catch(() => undefined);
  }

  private async listen(): Promise<Server> {
    const server = createServer({ keepAlive: false }, (request, response) => {
      request.resume();
      const headers = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', Connection: 'close' };
      // Who only looks whether there is something uses nothing up.
      if (request.method !== 'GET') return void response.writeHead(405, headers).end();
      const location = this.take(request.url ?? '');
      if (location !== undefined) return void response.writeHead(302, { ...headers, Location: location }).end();
      response.writeHead(410, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }).end(this.used());
    });
    server.unref();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return server;
  }

  private take(path: string): string | undefined {
    const ticket = this.held.get(path);
    this.forget(path);
    return ticket?.location;
  }

  private forget(path: string): void {
    clearTimeout(this.held.get(path)?.timer);
    this.held.delete(path);
  }
}

/** Where a notebook is, with what lets somebody in. `at`: its address without a path. */
export function toAddress(at: string, path: string, token: string): string {
  const url = new URL(at);
  url.pathname = url.pathname.replace(/\/$/, '') + path;
  if (token) url.searchParams.set('token', token);
  return url.href;
}
