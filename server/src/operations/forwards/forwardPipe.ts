import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Milliseconds without a byte after which a connection that its client has half closed is ended: the cluster cannot be told of the half. */
const QUIET = 30_000;

/**
 * Passes bytes both ways between a program of this machine and one in a job until either ends it. What was sent before an end arrives. A break on one
 * side is a break on the other.
 */
export function joinPipes(local: Socket, remote: Duplex): void {
  let quiet: NodeJS.Timeout | undefined;
  local.on('error', () => undefined); // 'close' follows
  remote.on('error', () => local.resetAndDestroy());
  remote.once('close', () => {
    clearTimeout(quiet);
    if (!remote.readableEnded) local.resetAndDestroy();
  });
  remote.once('end', () => local.destroySoon()); // it hears nothing any more
  local.once('close', () => remote.destroy());
  local.once('end', () => {
    quiet = setTimeout(() => remote.end(), QUIET).unref();
    remote.on('data', () => quiet?.refresh());
  });
  local.pipe(remote, { end: false });
  remote.pipe(local, { end: false });
}
