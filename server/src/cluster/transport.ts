import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { message } from '../../../l10n/index.ts';
import { cancelled, GpuctlError } from '../operations/error.ts';
import type { CallOptions } from '../operations/ports.ts';
import { createCredentials, type Session } from './credentials.ts';
import { createDeadline, type Deadline, sleep } from './deadline.ts';
import { type About, toGpuctlError } from './errors.ts';
import type { Target } from './kubeconfig.ts';
import { createSlots } from './slots.ts';
import { HttpFailure, readBody, readWarnings, send } from './wire.ts';

export interface Call extends CallOptions {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query. */
  path: string;
  body?: object;
  /** `application/json` if absent. */
  contentType?: string;
  /** What to answer with; `application/json` if absent. */
  accept?: string;
  /** Whether doing it twice is like doing it once; true for GET if absent. Only then a torn connection or a 5xx is tried again. */
  repeatable?: boolean;
  /** Reads the answer as it comes, with every try anew, and gives the text that is left to parse. */
  read?: (response: IncomingMessage) => Promise<string>;
}

export interface Answer {
  /** The parsed JSON body. */
  value: unknown;
  warnings: string[];
}

/** HTTP to one API server, over one pool of kept sockets. Throws GpuctlError only. */
export interface Transport {
  call(call: Call): Promise<Answer>;
  /** A GET whose answer is read as it comes and may take for ever; only the headers have a deadline. An abort ends it at the server, too. */
  open(path: string, signal: AbortSignal, timeout?: number): Promise<IncomingMessage>;
  /** A WebSocket, paused as it comes; only the handshake has a deadline. An abort ends it. */
  socket(path: string, protocols: readonly string[], signal: AbortSignal): Promise<WebSocket>;
  /** A failure of what `open` gave, in our words. */
  explain(failure: unknown): GpuctlError;
  /** Ends all that is under way; nothing can be asked afterwards. */
  close(): void;
}

const DEADLINE = 15_000;
const MAX_TRIES = 4;
/** Calls at a time. Watches and logs do not count: they hold their socket for long. */
const PARALLEL_CALLS = 8;

export function createTransport(target: Target, env: NodeJS.ProcessEnv): Transport {
  const closed = new AbortController();
  setMaxListeners(0, closed.signal);
  const credentials = createCredentials(target, env);
  const slots = createSlots(PARALLEL_CALLS);
  const { context, cluster, user, fromEnvironment = false } = target;
  const proxy = cluster['proxy-url'];
  const about: About = {
    cluster: context.cluster,
    server: cluster.server,
    user,
    fromEnvironment,
    ...(proxy && { proxy }),
  };

  /** Credentials have time of their own, as much as a login takes if the caller names none: the cluster is not slow when a login is. */
  async function login<T>({ signal, timeout }: CallOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const deadline = createDeadline(timeout ?? 0, [signal, closed.signal]);
    if (timeout === undefined) deadline.stopClock();
    try {
      deadline.signal.throwIfAborted();
      return await work(deadline.signal);
    } catch (failure) {
      if (!deadline.passed) throw explain(failure, deadline);
      throw new GpuctlError('credentials.late', message('connection.login-late', { cluster: context.cluster }), {
        // No retry: a new connection would end the program that a person is logging in with.
        hint: message('connection.login-late.hint'),
      });
    } finally {
      deadline.end();
    }
  }

  /** Does what needs credentials, once more with fresh ones after a 401. */
  async function admitted<T>(options: CallOptions, work: (session: Session) => Promise<T>): Promise<T> {
    let session = await login(options, credentials.get);
    for (;;) {
      try {
        return await work(session);
      } catch (failure) {
        const { cause } = failure as GpuctlError;
        if (!(cause instanceof HttpFailure && cause.code === 401)) throw failure;
        const refused = session;
        const renewed = await login(options, (signal) => credentials.renew(refused, signal));
        if (!renewed || renewed === refused) throw failure;
        session = renewed;
      }
    }
  }

  /** Sends it; the answer is 2xx. */
  async function exchange(
    call: Omit<Call, 'signal'>,
    session: Session,
    headers: Record<string, string>,
    signal: AbortSignal,
  ) {
    const { method, path, body, contentType = 'application/json', accept = 'application/json' } = call;
    const request = {
      method,
      url: toUrl(cluster.server, path),
      headers: {
        'User-Agent': 'gpuctl',
        Accept: accept,
        ...headers,
        ...(body && { 'Content-Type': contentType }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal,
    };
    const response = await send(request, session);
    const { statusCode = 0 } = response;
    if (statusCode >= 200 && statusCode < 300) return response;
    throw new HttpFailure(statusCode, await readBody(response), response.headers['retry-after']);
  }

  async function persistently(call: Call, session: Session, deadline: Deadline): Promise<Answer> {
    const repeatable = call.repeatable ?? call.method === 'GET';
    for (let tries = 1; ; tries++) {
      try {
        const response = await exchange(call, session, { 'Accept-Encoding': 'gzip' }, deadline.signal);
        const warnings = readWarnings(response);
        return { value: parse(response, await (call.read ?? readBody)(response)), warnings };
      } catch (failure) {
        const wait = retryDelay(failure, tries, repeatable);
        if (deadline.signal.aborted || wait === undefined || wait > deadline.left) throw failure;
        await sleep(wait, deadline.signal);
      }
    }
  }

  const explain = (failure: unknown, deadline?: Deadline) => {
    if (deadline?.passed) return toGpuctlError(new DOMException('deadline', 'TimeoutError'), about);
    if (closed.signal.aborted || deadline?.signal.aborted) return cancelled();
    return toGpuctlError(failure, about);
  };

  return {
    call: (call) =>
      admitted(call, async (session) => {
        const deadline = createDeadline(call.timeout ?? DEADLINE, [call.signal, closed.signal]);
        try {
          return await slots.use(deadline.signal, () => persistently(call, session, deadline));
        } catch (failure) {
          throw explain(failure, deadline);
        } finally {
          deadline.end();
        }
      }),
    open: (path, signal, timeout) =>
      admitted({ signal, ...(timeout !== undefined && { timeout }) }, async (session) => {
        const deadline = createDeadline(timeout ?? DEADLINE, [signal, closed.signal]);
        try {
          const response = await exchange({ method: 'GET', path }, session, {}, deadline.signal);
          deadline.stopClock();
          const end = () => response.destroy();
          deadline.signal.addEventListener('abort', end, { once: true });
          response.once('close', deadline.end);
          return response;
        } catch (failure) {
          deadline.end();
          throw explain(failure, deadline);
        }
      }),
    socket: (path, protocols, signal) =>
      admitted({ signal }, async (session) => {
        const deadline = createDeadline(DEADLINE, [signal, closed.signal]);
        try {
          const { openWebSocket } = await import('./webSocket.ts');
          const socket = await openWebSocket(toUrl(cluster.server, path), protocols, session, deadline.signal);
          deadline.stopClock();
          deadline.signal.addEventListener('abort', () => socket.terminate(), { once: true });
          socket.once('close', deadline.end);
          return socket;
        } catch (failure) {
          deadline.end();
          throw explain(failure, deadline);
        }
      }),
    explain: (failure) => explain(failure),
    close() {
      closed.abort();
      credentials.close();
    },
  };
}

/** Address of a path below the server's own path (an API server behind a gateway has one). */
function toUrl(server: string, path: string): URL {
  return new URL(server.replace(/\/+$/, '') + path);
}

function parse(response: IncomingMessage, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpFailure(response.statusCode ?? 0, text);
  }
}

/**
 * Milliseconds until the next try, `undefined` for none. 429 comes before anything was done, so every call may be repeated; a 5xx or
 * a torn connection may have done its work.
 */
export function retryDelay(
  failure: unknown,
  tries: number,
  repeatable: boolean,
  random = Math.random,
): number | undefined {
  if (tries >= MAX_TRIES) return undefined;
  const backoff = 250 * 2 ** (tries - 1) * (0.5 + random() / 2);
  if (failure instanceof HttpFailure) {
    const again = failure.code === 429 || (repeatable && [500, 502, 503, 504].includes(failure.code));
    // A broken webhook or an explicit refusal does not get better within seconds; 500 only where the server asks for it.
    if (!again || (failure.code === 500 && failure.retryAfter === undefined)) return undefined;
    return Math.max(backoff, failure.retryAfter ?? 0);
  }
  const { code } = failure as NodeJS.ErrnoException;
  return repeatable && (code === 'ECONNRESET' || code === 'EPIPE') ? backoff : undefined;
}
