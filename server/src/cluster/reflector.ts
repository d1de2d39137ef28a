import type { IncomingMessage } from 'node:http';
import { message } from '../../../l10n/index.ts';
import { GpuctlError } from '../operations/error.ts';
import { type Delta, type KubeObject, objectKey, type WatchOptions, type WatchStatus } from '../operations/ports.ts';
import { createBackoff } from './backoff.ts';
import { sleep } from './deadline.ts';
import { retryAfterOf } from './errors.ts';
import { createLineSplitter } from './jsonLines.ts';
import { listPages } from './list.ts';
import { toPath, toQuery } from './resources.ts';
import type { Transport } from './transport.ts';
import { HttpFailure } from './wire.ts';

/** Times in milliseconds. */
export interface ReflectorTiming {
  /** How long a watch may be silent (bookmarks come about once a minute) until it is opened anew: a half-open connection never ends. */
  silence: number;
  /** How long one watch lasts, at least; up to a quarter more. */
  watch: number;
  /** Wait after a refusal that only a person can change: no right, no valid login. */
  refused: number;
  /** First and longest wait after other failures. */
  backoff: [first: number, most: number];
}
const TIMING: ReflectorTiming = { silence: 90_000, watch: 240_000, refused: 180_000, backoff: [500, 30_000] };

/** A watch that ends sooner than this was no success (kubernetes-client/javascript#1933). */
const SHORT = 1000;

/** How often what was allowed before may be refused until it is believed. */
const PATIENCE = 4;

type WatchEvent =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; object: KubeObject }
  | { type: 'ERROR'; object: { code?: number; message?: string } };

/**
 * Follows a collection: lists it, watches from the list's version, resumes after every interruption, lists anew where the
 * server has lost the version. Holds no object: `onDelta` gets what `project` makes of them, a list as one `reset`, events
 * in batches. `listing` is said once, at the start: during a later list the status stays as it is until that succeeds.
 * Never throws, and calls nothing after `dispose`.
 */
export function reflect<T>(transport: Transport, options: WatchOptions<T>, timing = TIMING): { dispose(): void } {
  const { collection } = options;
  const stop = new AbortController();
  const { signal } = stop;
  const backoff = createBackoff(...timing.backoff);
  /** Version up to which the reader knows everything; none: list first. */
  let version: string | undefined;
  /** Refusals to ignore: an API server that comes up again refuses everything until it has read its rules. */
  let patience = 0;

  /** Foreign code, called from a loop that must not end. */
  function call<A, R>(callback: (argument: A) => R, argument: A): R | undefined {
    if (signal.aborted) return undefined;
    try {
      return callback(argument);
    } catch (error) {
      console.error(error);
      return undefined;
    }
  }
  const say = (status: WatchStatus) => call(options.onStatus, status);
  const tell = (deltas: Delta<T>[]) => deltas.length > 0 && call(options.onDelta, deltas);

  async function list(): Promise<void> {
    const items: T[] = [];
    const collect = (object: KubeObject) => {
      const item = call(options.project, object);
      if (item !== undefined) items.push(item);
    };
    const listed = await listPages(transport, collection, collect, { signal });
    tell([{ type: 'reset', items }]);
    version = listed;
  }

  function toDelta({ type, object }: WatchEvent): Delta<T> | undefined {
    if (type === 'ERROR') {
      const failure = new HttpFailure(object.code ?? 500, JSON.stringify(object));
      // Only these may get better by going on from the same version.
      if (failure.code !== 429 && failure.code < 500) version = undefined;
      throw failure;
    }
    if (typeof object?.metadata?.resourceVersion !== 'string') throw new SyntaxError('a watch event without a version');
    version = object.metadata.resourceVersion;
    if (type === 'BOOKMARK') return undefined;
    const item = type === 'DELETED' ? undefined : call(options.project, object);
    return item === undefined ? { type: 'remove', key: objectKey(object.metadata) } : { type: 'set', item };
  }

  /** Reads one watch until it ends or falls silent. Events before a bad one in the same chunk count. */
  async function read(response: IncomingMessage): Promise<void> {
    const split = createLineSplitter();
    let silent = false;
    const silence = setTimeout(() => {
      silent = true;
      response.destroy();
    }, timing.silence);
    try {
      for await (const chunk of response as AsyncIterable<Buffer>) {
        if (signal.aborted) return;
        silence.refresh();
        const deltas: Delta<T>[] = [];
        try {
          for (const line of split(chunk)) {
            const delta = toDelta(JSON.parse(line));
            if (delta) deltas.push(delta);
          }
        } finally {
          tell(deltas);
        }
        say({ phase: 'live', at: Date.now() });
      }
    } catch (failure) {
      if (!silent) throw failure;
    } finally {
      clearTimeout(silence);
      response.destroy();
    }
  }

  async function watch(): Promise<void> {
    const { labelSelector, fieldSelector } = collection;
    const query = toQuery({
      ...{ labelSelector, fieldSelector, resourceVersion: version },
      watch: true,
      allowWatchBookmarks: true,
      timeoutSeconds: Math.ceil((timing.watch / 1000) * (1 + Math.random() / 4)),
    });
    const response = await transport.open(toPath(collection) + query, signal);
    const opened = Date.now();
    patience = PATIENCE;
    say({ phase: 'live', at: opened });
    await read(response);
    if (Date.now() - opened < SHORT) await sleep(backoff.next(), signal);
    else backoff.reset();
  }

  /** How long to wait after a failure, told to the reader. */
  function judge(failure: unknown): number {
    const error = isGarbled(failure) ? garbled(failure) : transport.explain(failure);
    if (error.status === 410 || /Too large resource version/.test(error.detail ?? '')) version = undefined;
    if (error.status === 403 && patience > 0) {
      patience--;
      say({ phase: 'retrying', error, at: Date.now() });
      return backoff.next();
    }
    if (error.status === 403) {
      version = undefined;
      say({ phase: 'forbidden', error });
    } else if (error.status !== 410) say({ phase: 'retrying', error, at: Date.now() });
    const needsPerson = error.status === 403 || error.status === 401 || /^(credentials|kubeconfig)\./.test(error.code);
    if (needsPerson || error.code === 'connection.no-such-api') return timing.refused * (0.75 + Math.random() / 2);
    return backoff.next(retryAfterOf(error));
  }

  async function run(): Promise<void> {
    say({ phase: 'listing' });
    while (!signal.aborted) {
      try {
        if (version === undefined) await list();
        await watch();
      } catch (failure) {
        if (!signal.aborted) await sleep(judge(failure), signal);
      }
    }
  }

  run().catch((error) => console.error(error));
  return { dispose: () => stop.abort() };
}

const isGarbled = (failure: unknown): failure is Error =>
  failure instanceof SyntaxError || failure instanceof TypeError || failure instanceof RangeError;

function garbled(cause: Error): GpuctlError {
  return new GpuctlError('connection.garbled', message('connection.garbled'), {
    hint: message('connection.later.hint'),
    // V8's messages quote the text.
    detail: cause.name,
    cause,
  });
}
