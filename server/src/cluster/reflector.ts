import type { IncomingMessage } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { message } from '../../../l10n/index.ts';
import { GpuctlError } from '../operations/error.ts';
import { type Delta, type KubeObject, objectKey, type WatchOptions, type WatchStatus } from '../operations/ports.ts';
import { createBackoff } from './backoff.ts';
import { sleep } from './deadline.ts';
import { retryAfterOf } from './errors.ts';
import { createLineSplitter } from './jsonLines.ts';
import { listPages, PAGE } from './list.ts';
import { toPath, toQuery } from './resources.ts';
import type { Transport } from './transport.ts';
import { HttpFailure } from './wire.ts';

/** Times in milliseconds. */
export interface ReflectorTiming {
  /** How long a watch may be silent (bookmarks come about once a minute) until it is opened anew: a half-open connection never ends. */
  silence: number;
  /** How long a page of a list, or the beginning of a watch, may take. */
  answer: number;
  /** How long one watch lasts, at least; up to a quarter more. */
  watch: number;
  /** Wait after a refusal that only a person can change: no right, no valid login. */
  refused: number;
  /** First and longest wait after other failures. */
  backoff: [first: number, most: number];
}
const TIMING: ReflectorTiming = {
  silence: 90_000,
  answer: 15_000,
  watch: 240_000,
  refused: 180_000,
  backoff: [500, 30_000],
};

/** A watch that ends sooner than this was no success (kubernetes-client/javascript#1933). */
const SHORT = 1000;

/** Fewest objects that are asked for at a time where the way is slow. */
const SMALL_PAGE = 50;

/** How many times the time of a page a list without pages may take. */
const PATIENT = 20;

/** How often what was allowed before may be refused until it is believed. */
const PATIENCE = 4;

type WatchEvent =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; object: KubeObject }
  | { type: 'ERROR'; object: { code?: number; message?: string } };

/**
 * Follows a collection: lists it, watches from the list's version, resumes after every interruption, lists anew where the
 * server has lost the version. Holds no object: `onDelta` gets what `project` makes of them. The first list begins with
 * a `reset`; what goes beyond a page of it, and later lists, come as `set` and `remove`, like events in batches. `listing` is said once, at
 * the start: during a later list the status stays as it is until that succeeds.
 * Never throws, and calls nothing after `dispose`.
 */
export function reflect<T>(
  transport: Transport,
  options: WatchOptions<T>,
  times: Partial<ReflectorTiming> = {},
): { dispose(): void } {
  const timing = { ...TIMING, ...times };
  const { collection } = options;
  const stop = new AbortController();
  const { signal } = stop;
  const backoff = createBackoff(...timing.backoff);
  /** Version up to which the reader knows everything; none: list first. */
  let version: string | undefined;
  /** Refusals to ignore: an API server that comes up again refuses everything until it has read its rules. */
  let patience = options.wasAllowed ? PATIENCE : 0;
  let doubts = 0;
  /** Keys of what the reader holds; none: nothing was told. */
  let known: Set<string> | undefined;
  let limit = PAGE;
  let listedAt = Number.NEGATIVE_INFINITY;

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

  const unread = ['managedFields', ...(options.unread ?? [])];

  async function list(): Promise<void> {
    const pageTimeout = timing.answer * (limit === 0 ? PATIENT : 1);
    const project = (object: KubeObject): [string, T] | undefined => {
      const item = call(options.project, object);
      return item === undefined ? undefined : [objectKey(object.metadata), item];
    };
    try {
      const listed = await listPages(transport, collection, project, { signal, limit, pageTimeout, unread });
      await tellList(listed.items);
      version = listed.version;
      limit = PAGE;
      listedAt = performance.now();
    } catch (failure) {
      const { status, code } = transport.explain(failure);
      // All pages took longer than the server keeps a version: all at once, as client-go does. One alone took too long: smaller ones.
      if (status === 410) limit = 0;
      else if (code === 'connection.timeout') limit = Math.max(SMALL_PAGE, Math.floor((limit || PAGE) / 2));
      throw failure;
    }
  }

  /** Tells a list in pieces, so that no reader holds up the process; what was held and is not in it goes. */
  async function tellList(items: [string, T][]): Promise<void> {
    const listed = new Set(items.map(([key]) => key));
    const gone = [...(known ?? [])].filter((key) => !listed.has(key));
    for (let from = 0; from < items.length || !known; from += PAGE) {
      const part = items.slice(from, from + PAGE);
      if (known) tell(part.map(([, item]) => ({ type: 'set', item })));
      else tell([{ type: 'reset', items: part.map(([, item]) => item) }]);
      known ??= new Set();
      for (const [key] of part) known.add(key);
      await nextTurn();
    }
    for (const key of gone) known?.delete(key);
    tell(gone.map((key) => ({ type: 'remove', key })));
  }

  /** A version from which nothing comes, twice, is one that the server does not know, or a way that holds answers back. */
  function doubt(): void {
    doubts = (doubts + 1) % 2;
    if (doubts === 0) version = undefined;
  }

  function toDelta({ type, object }: WatchEvent): Delta<T> | undefined {
    if (type === 'ERROR') {
      const failure = new HttpFailure(object.code ?? 500, JSON.stringify(object));
      // Only these may get better by going on from the same version.
      if (failure.code >= 500) doubt();
      else if (failure.code !== 429) version = undefined;
      throw failure;
    }
    if (typeof object?.metadata?.resourceVersion !== 'string') throw new SyntaxError('a watch event without a version');
    version = object.metadata.resourceVersion;
    doubts = 0;
    if (type === 'BOOKMARK') return undefined;
    const key = objectKey(object.metadata);
    const item = type === 'DELETED' ? undefined : call(options.project, object);
    if (item !== undefined) {
      known?.add(key);
      return { type: 'set', item };
    }
    return known?.delete(key) ? { type: 'remove', key } : undefined;
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
        const deltas: Delta<T>[] = [];
        const lines = split(chunk);
        // Bytes that never make a line are no sign of life.
        if (lines.length === 0) continue;
        silence.refresh();
        try {
          for (const line of lines) {
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
      doubt();
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
    const response = await transport.open(toPath(collection) + query, signal, timing.answer);
    const opened = performance.now();
    patience = PATIENCE;
    say({ phase: 'live', at: Date.now() });
    let lasted = 0;
    try {
      await read(response);
    } finally {
      // Where only a list helps, the time since the last one counts: lists are dear.
      lasted = performance.now() - (version === undefined ? listedAt + timing.backoff[1] : opened);
      if (lasted >= SHORT) backoff.reset();
    }
    if (lasted < SHORT) await sleep(backoff.next(), signal);
  }

  /** How long to wait after a failure, told to the reader. */
  function judge(failure: unknown): number {
    const error = isGarbled(failure) ? garbled(failure) : transport.explain(failure);
    const { status } = error;
    if (status === 400 || status === 410 || /Too large resource version/.test(error.detail ?? '')) version = undefined;
    if ((status === 401 || status === 403) && patience > 0) {
      patience--;
      say({ phase: 'retrying', error, at: Date.now() });
      return backoff.next();
    }
    if (status === 403) {
      version = undefined;
      known = undefined; // who may not see it forgets it
      say({ phase: 'forbidden', error });
    } else if (status !== 410) say({ phase: 'retrying', error, at: Date.now() });
    const needsPerson = status === 403 || status === 401 || /^(credentials|kubeconfig)\./.test(error.code);
    if (needsPerson || error.code === 'connection.no-such-api') return timing.refused * (0.75 + Math.random() / 2);
    return backoff.next(Math.min(retryAfterOf(error), timing.refused));
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
