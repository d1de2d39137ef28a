import type { RawData, WebSocket } from 'ws';
import { message } from '../../../l10n/index.ts';
import { cancelled, GpuctlError } from '../operations/error.ts';
import type { ExecOptions, ExecOutput, Execution, TerminalSize } from '../operations/ports.ts';
import { toPath } from './resources.ts';
import type { Transport } from './transport.ts';
import type { Status } from './wire.ts';

/** The first byte of a message says what it is (Kubernetes, `remotecommand` over WebSocket). */
const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const STATUS = 3;
const SIZE = 4;
/** Of v5 only: the channel that it names is closed. */
const CLOSE = 255;

const HALF_CLOSES = 'v5.channel.k8s.io';
/** The newest first; API servers before 1.30 have only the second. */
const PROTOCOLS = [HALF_CLOSES, 'v4.channel.k8s.io'];

/** Bytes that wait for a reader before nothing more is read, and that are handed on at once at the most. */
const MOST_WAITING = 1 << 20;
const BATCH = 64 << 10;
/** Bytes of a message that is sent. */
const PIECE = 32 << 10;
/** Milliseconds between two signs of life: what is between us and the cluster cuts what is idle, often after a minute. */
const PING = 20_000;
/** Milliseconds without an answer after which the other side is gone. */
const SILENCE = 50_000;
/** Milliseconds from a sign of life to the next after which this machine is known to have slept. */
const SLEPT = 3 * PING;

/**
 * Runs a program in a container of a pod. Throws what every call throws, `exec.ended` for a pod that has ended, `exec.none` for a container
 * that is not there or does not run; what comes after the start is thrown by the result.
 */
export async function openExec(
  transport: Transport,
  pod: { namespace: string; name: string },
  { container, command, tty, stdin = false, signal }: ExecOptions,
): Promise<Execution> {
  const query = new URLSearchParams();
  for (const word of command) query.append('command', word);
  query.set('stdout', 'true');
  if (!tty) query.set('stderr', 'true');
  if (stdin) query.set('stdin', 'true');
  if (tty) query.set('tty', 'true');
  if (container !== undefined) query.set('container', container);
  const path = `${toPath({ apiVersion: 'v1', kind: 'Pod', namespace: pod.namespace }, pod.name)}/exec?${query}`;
  const socket = await transport.socket(path, PROTOCOLS, signal).catch((error) => {
    throw refine(error);
  });
  const running = new Running(socket, signal);
  if (tty) running.resize(tty);
  return running;
}

class Running implements Execution {
  readonly ended: Promise<number>;
  private readonly socket: WebSocket;
  private readonly signal: AbortSignal;
  private readonly end = Promise.withResolvers<number>();
  private readonly waiting: ExecOutput[] = [];
  private waitingBytes = 0;
  private isOver = false;
  private wake = () => {};
  private heard = Date.now();
  private ticked = Date.now();

  constructor(socket: WebSocket, signal: AbortSignal) {
    this.socket = socket;
    this.signal = signal;
    this.ended = this.end.promise;
    this.ended.catch(() => undefined); // whoever reads hears of it, too
    const pinging = setInterval(() => this.ping(), PING).unref();
    socket.on('message', (data) => this.take(data));
    socket.on('pong', () => {
      this.heard = Date.now();
    });
    socket.once('close', (_, reason) => {
      clearInterval(pinging);
      // Without a status nobody knows how it ended, nor whether it did.
      this.end.reject(this.signal.aborted ? cancelled() : torn(reason.toString()));
      this.isOver = true;
      this.wake();
    });
    socket.resume();
  }

  get output(): AsyncIterable<ExecOutput> {
    return this.read();
  }

  async write(data: string | Uint8Array): Promise<void> {
    const bytes = Buffer.from(data as Uint8Array);
    for (let at = 0; at < bytes.length; at += PIECE) await this.send(STDIN, bytes.subarray(at, at + PIECE));
  }

  async endInput(): Promise<boolean> {
    if (this.socket.protocol !== HALF_CLOSES) return false;
    await this.send(CLOSE, Buffer.of(STDIN));
    return true;
  }

  resize({ columns, rows }: TerminalSize): void {
    const size = JSON.stringify({ Width: columns, Height: rows });
    this.send(SIZE, Buffer.from(size)).catch(() => undefined);
  }

  close(): void {
    this.socket.resume();
    this.socket.close();
  }

  private async *read(): AsyncGenerator<ExecOutput, void> {
    for (;;) {
      const next = this.takeBatch();
      if (next) yield next;
      else if (this.isOver) {
        await this.ended;
        return;
      } else
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
    }
  }

  /** What waits, as far as it is of one stream. */
  private takeBatch(): ExecOutput | undefined {
    const [first] = this.waiting;
    if (!first) return undefined;
    const parts: Buffer[] = [];
    for (let size = 0; this.waiting[0]?.from === first.from; this.waiting.shift()) {
      const { bytes } = this.waiting[0];
      if (parts.length && size + bytes.length > BATCH) break;
      size += bytes.length;
      parts.push(bytes);
    }
    const bytes = parts.length === 1 ? first.bytes : Buffer.concat(parts);
    this.waitingBytes -= bytes.length;
    if (this.socket.isPaused && this.waitingBytes <= MOST_WAITING / 2) {
      this.heard = Date.now();
      this.socket.resume();
    }
    return { from: first.from, bytes };
  }

  private take(data: RawData): void {
    this.heard = Date.now();
    const whole = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
    const channel = whole[0];
    const bytes = whole.subarray(1);
    if (!bytes.length) return; // each channel is opened by an empty message
    if (channel === STATUS) this.conclude(bytes.toString());
    if (channel !== STDOUT && channel !== STDERR) return;
    this.waiting.push({ from: channel === STDOUT ? 'stdout' : 'stderr', bytes });
    this.waitingBytes += bytes.length;
    if (this.waitingBytes > MOST_WAITING) this.socket.pause();
    this.wake();
  }

  /** The status is the last word, after all output. */
  private conclude(text: string): void {
    const code = exitCodeOf(text);
    if (typeof code === 'number') this.end.resolve(code);
    else this.end.reject(code);
    this.isOver = true;
    this.close();
    this.wake();
  }

  private ping(): void {
    const now = Date.now();
    // After this machine slept the line may be as good as before: that is asked first.
    if (now - this.ticked > SLEPT) this.heard = now;
    this.ticked = now;
    if (!this.socket.isPaused && now - this.heard > SILENCE) this.socket.terminate();
    else if (this.socket.readyState === this.socket.OPEN) this.socket.ping();
  }

  /** Done when it has left this machine: who writes waits for the network. */
  private send(channel: number, bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.send(Buffer.concat([Buffer.of(channel), bytes]), (error) =>
        error ? reject(this.signal.aborted ? cancelled() : torn(error.message)) : resolve(),
      );
    });
  }
}

function exitCodeOf(text: string): number | GpuctlError {
  let status: Status & { status?: string } = {};
  try {
    status = JSON.parse(text);
  } catch {
    status = { message: text };
  }
  if (status.status === 'Success') return 0;
  const cause = status.details?.causes?.find(({ reason }) => reason === 'ExitCode');
  if (status.reason === 'NonZeroExitCode' && cause) return Number(cause.message);
  const detail = status.message ?? '';
  const known = whyNot(detail);
  if (known) return new GpuctlError(known, message(known), { detail });
  const program = /exec: "([^"]+)": (?:executable file not found|stat |permission denied)/.exec(detail)?.[1];
  if (program !== undefined)
    return new GpuctlError('exec.no-program', message('exec.no-program', { program }), { detail });
  return new GpuctlError('exec.failed', message('exec.failed'), { detail, actions: [{ do: 'retry' }] });
}

function torn(detail: string): GpuctlError {
  return new GpuctlError('exec.torn', message('exec.torn'), { actions: [{ do: 'retry' }], ...(detail && { detail }) });
}

/** Kubelet and API server say it before the start, or as its end. */
function refine(error: GpuctlError): GpuctlError {
  const { detail = '', cause, status } = error;
  const known = whyNot(detail);
  return known
    ? new GpuctlError(known, message(known), { detail, cause, ...(status !== undefined && { status }) })
    : error;
}

function whyNot(detail: string): 'exec.ended' | 'exec.none' | undefined {
  if (/in a completed pod|current phase is (Succeeded|Failed)/.test(detail)) return 'exec.ended';
  return /container not found|is not valid for pod|does not have a host assigned|not running/.test(detail)
    ? 'exec.none'
    : undefined;
}
