import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';
import type { Session } from './credentials.ts';
import { withoutSecrets } from './redact.ts';

/** `metav1.Status`, as far as it is of use; what the API server answers instead of an object when it refuses. */
export interface Status {
  message?: string;
  reason?: string;
  code?: number;
  details?: {
    name?: string;
    kind?: string;
    group?: string;
    retryAfterSeconds?: number;
    causes?: { reason?: string; message?: string; field?: string }[];
  };
}

/** An answer that is not 2xx, or an ERROR event of a watch. For `errors.ts`; never leaves `cluster/`. */
export class HttpFailure extends Error {
  readonly code: number;
  /** Absent where the answer does not come from Kubernetes (a proxy's page). */
  readonly status: Status | undefined;
  /** What was answered instead of a Status, cut. */
  readonly text: string;
  /** Milliseconds the server asks to wait. */
  readonly retryAfter: number | undefined;

  constructor(code: number, text: string, retryAfterHeader?: string) {
    super(`HTTP ${code}`);
    this.code = code;
    this.status = toStatus(text);
    this.text = this.status ? '' : withoutSecrets(text.slice(0, 500));
    const seconds = Number(retryAfterHeader ?? this.status?.details?.retryAfterSeconds);
    this.retryAfter = seconds >= 0 ? seconds * 1000 : undefined;
  }
}

function toStatus(text: string): Status | undefined {
  try {
    const value = JSON.parse(text);
    return value?.kind === 'Status' ? value : undefined;
  } catch {
    return undefined;
  }
}

export interface WireRequest {
  method: string;
  url: URL;
  headers?: Record<string, string>;
  body?: string;
  signal: AbortSignal;
}

const ignore = () => {};

/** Sends one request and gives its answer when the headers are there; whoever has it must read or destroy it. */
export function send({ method, url, headers, body, signal }: WireRequest, session: Session): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'http:' ? http : https).request(url, {
      method,
      headers: {
        ...session.headers,
        ...headers,
        ...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }),
      },
      agent: session.agent,
      ...(session.auth && { auth: session.auth }),
      // The agent's time-out is for idle sockets of the pool, not for requests.
      timeout: 0,
      signal,
    });
    // Both stay for life: an error after the answer must find a listener.
    request.on('error', reject);
    request.once('socket', (socket) => {
      socket.setKeepAlive(true, 30_000);
      // An abort between the last byte and the end of an answer is an error of the socket alone (Node 24), once it has no request.
      if (!socket.listeners('error').includes(ignore)) socket.on('error', ignore);
    });
    request.once('response', (response) => {
      response.on('error', ignore);
      resolve(response);
    });
    request.end(body);
  });
}

const unzip = promisify(gunzip);
const MAX_BODY = 256 << 20;

/** The whole body as text, unpacked off the main thread. */
export async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BODY) throw new Error(`an answer of more than ${MAX_BODY} bytes`);
  }
  const body = Buffer.concat(chunks, size);
  const plain =
    response.headers['content-encoding'] === 'gzip' ? await unzip(body, { maxOutputLength: MAX_BODY }) : body;
  return plain.toString('utf8');
}

/** The body piece by piece as it comes, unpacked off the main thread. Whoever stops reading ends the answer. */
export function unpacked(response: IncomingMessage): AsyncIterable<Buffer> {
  if (response.headers['content-encoding'] !== 'gzip') return response;
  // Its errors come out of the reading.
  return pipeline(response, createGunzip(), ignore);
}

/** Texts of the `Warning:` headers (RFC 7234, code 299), without repetitions. */
export function readWarnings(response: IncomingMessage): string[] {
  const texts = (response.headersDistinct.warning ?? []).flatMap((header) =>
    [...header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1')),
  );
  return [...new Set(texts)];
}
