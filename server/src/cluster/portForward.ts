import { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { type Message, message } from '../../../l10n/index.ts';
import { cancelled, GpuctlError } from '../operations/error.ts';
import type { PodPort } from '../operations/ports.ts';
import { toPath } from './resources.ts';
import type { Transport } from './transport.ts';

/** The first byte of a message says what it is (Kubernetes, port-forward over WebSocket; two channels for the one port). */
const DATA = 0;
const ERROR = 1;
/** The first message of each channel holds nothing but the port, in two bytes. */
const HEADER = 2;

/** The only one that every API server serves over WebSocket. It cannot close one direction alone. */
const PROTOCOLS = ['v4.channel.k8s.io'];

/** Bytes that wait on either side before the other is held back. */
const MOST_WAITING = 256 << 10;
/** Milliseconds between two signs of life: what is between us and the cluster cuts what is idle, often after a minute. */
const PING = 20_000;
/** Milliseconds without an answer after which the other side is gone. An answer stands behind what was sent: a program that does not read holds it back. */
const SILENCE = 50_000;
const SILENCE_BEHIND_DATA = 300_000;
/** Milliseconds from a sign of life to the next after which this machine is known to have slept, and that the other side has then to answer. */
const SLEPT = 3 * PING;
const AFTER_SLEEP = 10_000;

/**
 * Connects to a port of a pod: one WebSocket for one connection. Done when the cluster is about to connect there; that nothing listens is said just
 * after it, by the error that destroys the stream. See `Cluster.forward`.
 */
export async function openPortForward(transport: Transport, pod: PodPort, signal: AbortSignal): Promise<Duplex> {
  const path = toPath({ apiVersion: 'v1', kind: 'Pod', namespace: pod.namespace }, pod.name);
  const socket = await transport.socket(`${path}/portforward?ports=${pod.port}`, PROTOCOLS, signal).catch((error) => {
    throw refine(error, pod.port);
  });
  const forward = new PodPortForward(socket, pod.port, signal);
  await forward.opened;
  return forward;
}

/** The bytes of one connection. */
class PodPortForward extends Duplex {
  /** That both channels are there; rejects where the cluster ends it before. */
  readonly opened: Promise<void>;
  private readonly socket: WebSocket;
  private readonly port: number;
  private readonly signal: AbortSignal;
  private readonly opening = Promise.withResolvers<void>();
  private readonly headers = new Set<number>();
  private readonly pinging: NodeJS.Timeout;
  private reason = '';
  private moved = false;
  private heard = Date.now();
  private ticked = Date.now();
  private sentSince = false;

  constructor(socket: WebSocket, port: number, signal: AbortSignal) {
    super({ highWaterMark: MOST_WAITING, allowHalfOpen: true });
    this.socket = socket;
    this.port = port;
    this.signal = signal;
    this.opened = this.opening.promise;
    this.pinging = setInterval(() => this.ping(), PING).unref();
    this.on('error', () => undefined); // whoever uses it hears of it, too
    socket.binaryType = 'fragments'; // as they come: what is joined is copied
    socket.on('message', (data) => this.receive(data));
    socket.on('pong', () => this.hear());
    socket.once('close', (code) => this.conclude(code === 1000 || code === 1005));
    socket.resume();
  }

  override _read(): void {
    if (this.socket.isPaused) {
      this.heard = Date.now();
      this.socket.resume();
    }
  }

  /** Done when it has left this machine: who writes waits for the network. */
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    const size = chunks.reduce((sum, { chunk }) => sum + chunk.length, 0);
    const frame = Buffer.allocUnsafe(size + 1);
    frame[0] = DATA;
    let at = 1;
    for (const { chunk } of chunks) at += chunk.copy(frame, at);
    this.sentSince = true;
    // The end tells why; until then, what came can still be read.
    this.socket.send(frame, () => done());
  }

  /** The protocol has no word for it: the whole connection ends, after all that was written. */
  override _final(done: (error?: Error | null) => void): void {
    this.socket.resume();
    this.socket.close(1000);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearInterval(this.pinging);
    this.opening.reject(error ?? cancelled());
    this.opening.promise.catch(() => undefined);
    this.socket.terminate();
    done(error);
  }

  private receive(data: RawData): void {
    this.hear();
    const parts = Array.isArray(data) ? data : [data as Buffer];
    const channel = parts[0]?.[0];
    if (channel !== DATA && channel !== ERROR) return;
    let skip = 1;
    if (!this.headers.has(channel)) {
      const size = parts.reduce((sum, { length }) => sum + length, 0);
      if (size < 1 + HEADER) return; // each channel may be opened by an empty message
      this.headers.add(channel);
      skip += HEADER;
      if (this.headers.size === 2) this.opening.resolve();
    }
    let isFull = false;
    for (const part of parts) {
      const bytes = part.subarray(skip);
      skip = Math.max(0, skip - part.length);
      if (!bytes.length) continue;
      if (channel === ERROR) this.reason += bytes.toString();
      else {
        this.moved = true;
        isFull = !this.push(bytes);
      }
    }
    if (isFull) this.socket.pause();
  }

  /** The error channel has the last word, and the WebSocket ends with it. */
  private conclude(isClean: boolean): void {
    if (this.destroyed) return;
    if (this.signal.aborted) this.destroy(cancelled());
    else if (this.reason) this.destroy(this.moved ? this.torn(this.reason) : explain(this.reason, this.port));
    else if (!isClean || this.headers.size < 2) this.destroy(this.torn(''));
    else this.push(null);
    // What comes after the end is nobody's any more; what came before can still be read.
    clearInterval(this.pinging);
    if (!this.destroyed && !this.writableEnded) this.end();
  }

  private hear(): void {
    this.heard = Date.now();
    this.sentSince = false;
  }

  private ping(): void {
    const now = Date.now();
    const slept = now - this.ticked > SLEPT;
    this.ticked = now;
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.socket.ping();
    if (this.socket.isPaused) return;
    if (slept) {
      this.heard = now - 1;
      setTimeout(() => {
        if (this.heard < now && !this.socket.isPaused) this.socket.terminate();
      }, AFTER_SLEEP).unref();
    } else if (now - this.heard > (this.sentSince ? SILENCE_BEHIND_DATA : SILENCE)) this.socket.terminate();
  }

  private torn(detail: string): GpuctlError {
    if (this.signal.aborted) return cancelled();
    return failure('forward.torn', message('forward.torn'), detail);
  }
}

const failure = (code: string, say: Message, detail: string): GpuctlError =>
  new GpuctlError(code, say, { ...(detail && { detail }) });

/** What nodes say, and API servers before they ask one. */
function explain(detail: string, port: number): GpuctlError {
  if (NOT_RUNNING.test(detail)) return failure('forward.none', message('forward.none'), detail);
  if (/connection refused/i.test(detail))
    return failure('forward.refused', message('forward.refused', { port }), detail);
  return failure('forward.failed', message('forward.failed', { port }), detail);
}

const NOT_RUNNING =
  /pods? (".*" )?not found|container not found|not running|does not have a host assigned|sandbox.*not (found|ready)|network namespace .*(closed|not found)|in a completed pod/i;

function refine(error: GpuctlError, port: number): GpuctlError {
  const { detail = '', status } = error;
  return status === 404 || NOT_RUNNING.test(detail) ? explain(`pod not found: ${detail}`, port) : error;
}
