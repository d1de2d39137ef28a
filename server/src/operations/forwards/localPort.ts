import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Only this machine: never an address that others can reach. */
const LOOPBACK = '127.0.0.1';
const LOOPBACK_6 = '::1';
/** Ports above the asked one that are tried before any that is free. */
const NEIGHBOURS = 20;
/** Milliseconds between two tries for the very port that was there before: a server that just ended may still hold it. */
const AGAIN = [100, 200, 400];

/**
 * Listens on a port of this machine: on `wanted` (0: any) if that can be had, else on `usual` or one just above it, else on any that is free. Throws what the system says where there is none.
 * Connections come paused, and half-open ones are left open.
 */
export async function listenLocally(
  wanted: number | undefined,
  usual: number,
  taken: (socket: Socket) => void,
): Promise<{ server: Server; port: number }> {
  const tries = wanted === undefined ? [] : [0, ...AGAIN].map((wait) => ({ port: wanted, wait }));
  for (let port = usual; port < Math.min(usual + NEIGHBOURS, 65_536); port++) tries.push({ port, wait: 0 });
  for (const { port, wait } of tries) {
    if (wait) await sleep(wait);
    if (await isOnLocalhost(port)) continue;
    const server = await listen(port, taken).catch(() => undefined);
    if (server) return { server, port: portOf(server) };
  }
  const server = await listen(0, taken);
  return { server, port: portOf(server) };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

function listen(port: number, taken: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, taken);
    server.once('error', reject);
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      server.off('error', reject);
      server.on('error', () => undefined); // one that cannot be accepted is not the end of the others
      resolve(server);
    });
  });
}

/** Whether a program has the port for those who ask for `localhost` over IPv6: they would reach it in our place. */
function isOnLocalhost(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: LOOPBACK_6, port });
    const answer = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
    socket.setTimeout(500, () => answer(false));
  });
}
