import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';

/** A proxy that leads to one port of this machine, whatever address it is asked for. */
export interface TestProxy {
  port: number;
  /** Addresses that were asked for, one a connection. */
  asked: string[];
  close(): void;
}

export interface ProxyOptions {
  /** The port that it leads to. */
  to: number;
  /** `name:password` that it wants. */
  login?: string;
  /** Speaks TLS with these. */
  tls?: { cert: Buffer; key: Buffer };
  /** Status with which it refuses everybody. */
  refuses?: number;
}

/** Joins two sockets; the end of one is the end of both. */
function join(inner: net.Socket, outer: net.Socket): void {
  inner.pipe(outer).pipe(inner);
  for (const [socket, other] of [
    [inner, outer],
    [outer, inner],
  ] as const) {
    socket.on('error', () => {}).on('close', () => other.destroy());
  }
}

async function listen(server: net.Server, asked: string[]): Promise<TestProxy> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, asked, close };
}

/** A proxy as companies have it: HTTP CONNECT, in the clear or by TLS. */
export function startConnectProxy({ to, login, tls, refuses }: ProxyOptions): Promise<TestProxy> {
  const asked: string[] = [];
  const server = tls ? https.createServer(tls) : http.createServer();
  server.on('connect', (request, socket) => {
    const inner = socket as net.Socket;
    inner.on('error', () => {});
    asked.push(request.url ?? '');
    const wanted = login && `Basic ${Buffer.from(login).toString('base64')}`;
    if (refuses) return void inner.end(`HTTP/1.1 ${refuses} No\r\n\r\n`);
    if (wanted && request.headers['proxy-authorization'] !== wanted)
      return void inner.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
    const outer = net.connect(to, '127.0.0.1', () => {
      inner.write('HTTP/1.1 200 OK\r\n\r\n');
      join(inner, outer);
    });
    outer.on('error', () => inner.destroy());
  });
  return listen(server, asked);
}

/** A SOCKS 5 proxy (RFC 1928, RFC 1929), as `ssh -D` gives one. */
export function startSocksProxy({ to, login, refuses }: ProxyOptions): Promise<TestProxy> {
  const asked: string[] = [];
  const server = net.createServer(async (inner) => {
    inner.setMaxListeners(0);
    inner.on('error', () => {});
    const read = (count: number) =>
      new Promise<Buffer>((resolve, reject) => {
        const look = () => {
          const got = inner.read(count) as Buffer | null;
          if (got) resolve(got);
          else inner.once('readable', look);
        };
        inner.once('close', () => reject(new Error('closed')));
        look();
      });
    try {
      const [, methods = 0] = await read(2);
      await read(methods);
      inner.write(Buffer.from([5, login ? 2 : 0]));
      if (login) {
        const [, nameLength = 0] = await read(2);
        const name = await read(nameLength);
        const [length = 0] = await read(1);
        const isRight = `${name}:${await read(length)}` === login;
        inner.write(Buffer.from([1, isRight ? 0 : 1]));
        if (!isRight) return void inner.end();
      }
      const [, , , type] = await read(4);
      const length = type === 3 ? ((await read(1))[0] ?? 0) : 4;
      const address = await read(length);
      const port = (await read(2)).readUInt16BE();
      asked.push(`${type === 3 ? address : [...address].join('.')}:${port}`);
      inner.write(Buffer.from([5, refuses ? 2 : 0, 0, 1, 0, 0, 0, 0, 0, 0]));
      if (refuses) return void inner.end();
      inner.removeAllListeners('readable');
      const outer = net.connect(to, '127.0.0.1', () => join(inner, outer));
      outer.on('error', () => inner.destroy());
    } catch {
      inner.destroy();
    }
  });
  return listen(server, asked);
}
