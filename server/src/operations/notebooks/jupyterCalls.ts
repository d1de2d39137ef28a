import http, { type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:tls';
import { message } from '../../../../l10n/index.ts';
import { GpuctlError } from '../error.ts';
import type { Cluster, PodPort } from '../ports.ts';

/** Milliseconds that a server may take to answer, and bytes of an answer that are read. */
const PATIENCE = 10_000;
const MOST = 4 << 20;

/** A server that listens in a pod. */
export interface JupyterPlace extends PodPort {
  scheme: 'http' | 'https';
}

export interface JupyterCall {
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  signal: AbortSignal;
}

/** What a server answered, whatever it says. */
export interface JupyterAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/**
 * One request to a server in a pod, over a connection of its own; no port of this machine is taken. Throws what `Cluster.forward` throws, and
 * `notebook.no-answer`. What is sent is in no error.
 */
export async function callJupyter(
  cluster: Cluster,
  place: JupyterPlace,
  path: string,
  { method = 'GET', headers = {}, body, signal }: JupyterCall,
): Promise<JupyterAnswer> {
  const ends = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  try {
    const pipe = await cluster.forward(place, ends);
    const socket = place.scheme === 'https' ? connect({ socket: pipe, rejectUnauthorized: false }) : pipe;
    try {
      return await new Promise<JupyterAnswer>((resolve, reject) => {
        // The server takes the name for one of its own machine, as which it lets in those who come by the forward.
        const sent = { host: `127.0.0.1:${place.port}`, ...headers, connection: 'close' };
        const request = http.request({ createConnection: () => socket, method, path, headers: sent, signal: ends });
        socket.on('error', reject);
        request.on('error', reject);
        request.once('response', (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (piece: string) => {
            text += piece;
            if (text.length > MOST) response.destroy(new Error('the answer is too long'));
          });
          response.once('error', reject);
          response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        });
        request.end(body);
      });
    } finally {
      pipe.destroy();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof GpuctlError && error.code !== 'cancelled') throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new GpuctlError('notebook.no-answer', message('notebook.no-answer'), {
      detail,
      actions: [{ do: 'retry' }],
    });
  }
}

/** The JSON of an answer; `undefined` where it has none. */
export function jsonOf<T>({ text }: JupyterAnswer): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
