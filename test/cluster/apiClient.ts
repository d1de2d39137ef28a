// A minimal client of the cluster's API for seeding and for proofs: JSON over TLS with a client certificate.
import { readFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Kubernetes object or list, unchecked: this folder writes and reads only what it knows. */
// biome-ignore lint/suspicious/noExplicitAny: the shapes are Kubernetes' own
export type KubernetesObject = any;

/** What the API server answered. `body` is the parsed JSON, or undefined where it was none (logs). */
export interface ApiResponse {
  status: number;
  text: string;
  body: KubernetesObject;
}

/** @see ApiClient.request */
export interface RequestOptions {
  contentType?: string;
  /** Sees each piece of the answer as it comes (followed logs). */
  onData?: (text: string) => void;
  timeoutMilliseconds?: number;
}

/** The API server refused. The message holds method, path and the server's own sentence. */
export class ApiError extends Error {
  readonly status: number;
  constructor(method: string, url: string, response: ApiResponse) {
    super(`${method} ${url}: ${response.status} ${response.body?.message ?? response.text}`);
    this.status = response.status;
  }
}

/** Talks to one API server as one user, over kept-alive connections that do not hold the process. */
export class ApiClient {
  readonly server: string;
  /** Certificate authority, certificate and key, PEM; also for other connections (WebSocket) to this server. */
  readonly credentials: { ca: Buffer; cert: Buffer; key: Buffer };
  readonly #agent: https.Agent;

  /** @param pkiFolder holds ca.crt and `<user>.crt`, `<user>.key` */
  constructor(server: string, pkiFolder: string, user: string) {
    const read = (name: string) => readFileSync(path.join(pkiFolder, name));
    this.server = server;
    this.credentials = { ca: read('ca.crt'), cert: read(`${user}.crt`), key: read(`${user}.key`) };
    this.#agent = new https.Agent({ keepAlive: true, maxSockets: 40, ...this.credentials });
  }

  /** One request; any status is an answer. Rejects only where the connection fails. */
  request(method: string, url: string, body?: unknown, options: RequestOptions = {}): Promise<ApiResponse> {
    const defaultType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const headers = body === undefined ? {} : { 'content-type': options.contentType ?? defaultType };
    return new Promise((resolve, reject) => {
      const request = https.request(this.server + url, { method, agent: this.#agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          text += piece;
          options.onData?.(piece);
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text, body: parse(text) }));
        response.on('error', reject);
      });
      request.on('error', reject);
      if (options.timeoutMilliseconds) {
        request.setTimeout(options.timeoutMilliseconds, () => request.destroy(new Error('timeout')));
      }
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** One request that must succeed. @throws ApiError */
  async call(method: string, url: string, body?: unknown, options?: RequestOptions): Promise<KubernetesObject> {
    const response = await this.request(method, url, body, options);
    if (response.status >= 300) throw new ApiError(method, url, response);
    return response.body;
  }

  get(url: string): Promise<KubernetesObject> {
    return this.call('GET', url);
  }

  /** Creates an object at the collection that its kind belongs to. */
  create(object: KubernetesObject): Promise<KubernetesObject> {
    return this.call('POST', collectionOf(object), object);
  }

  /** Closes the kept-alive connections. */
  close(): void {
    this.#agent.destroy();
  }
}

const CLUSTER_SCOPED = new Set(['Namespace', 'Node', 'PriorityClass', 'ClusterRole', 'ClusterRoleBinding']);

/** The URL path of the collection of an object's kind and namespace. Knows the plurals of the kinds used here. */
export function collectionOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  const root = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  const namespace = CLUSTER_SCOPED.has(kind) ? '' : `/namespaces/${metadata.namespace ?? 'default'}`;
  const plural = `${kind.toLowerCase()}s`.replace(/sss$/, 'sses');
  return `${root}${namespace}/${plural}`;
}

function parse(text: string): KubernetesObject {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Asks again and again until `ask` gives something other than undefined, false, null.
 *
 * @throws Error that names `what` and the last failure, after `timeoutMilliseconds`.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false | null> | T | undefined | false | null,
  timeoutMilliseconds = 30_000,
  pauseMilliseconds = 50,
): Promise<T> {
  const end = Date.now() + timeoutMilliseconds;
  let last = '';
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      if (error instanceof FatalError) throw error;
      last = ` (${error instanceof Error ? error.message : error})`;
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${timeoutMilliseconds / 1000} s${last}`);
    await sleep(pauseMilliseconds);
  }
}

/** Ends `until` at once: waiting longer cannot help. */
export class FatalError extends Error {}
