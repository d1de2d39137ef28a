import type { IncomingMessage } from 'node:http';
import type { CallOptions, CollectionRef, KubeObject } from '../operations/ports.ts';
import { createItemSplitter } from './jsonItems.ts';
import { toPath, toQuery } from './resources.ts';
import type { Transport } from './transport.ts';
import { HttpFailure, unpacked } from './wire.ts';

/** Objects a page, as kubectl asks for them. */
export const PAGE = 500;

type Item = Partial<KubeObject>;
interface Page {
  metadata: { resourceVersion: string; continue?: string };
  items: Item[] | null;
}

/** A list as a whole. */
export interface Listed<T> {
  /** From where a watch goes on. */
  version: string;
  items: T[];
}

export interface ListOptions extends CallOptions {
  /** Objects a page; 0: all in one. */
  limit?: number;
  /** Names of lists within the objects, at whatever depth, that may come empty: `managedFields`. */
  unread?: readonly string[];
  /** Milliseconds for each page, where there is no timeout for all together; 15 s if absent. */
  pageTimeout?: number;
}

/**
 * Lists a collection page by page and keeps of each object, with its kind (lists leave that out), what `project` makes of it. Objects are read one by
 * one as they come: whatever the size of a page, memory and the event loop feel one object. Those of a page that is torn are seen
 * again with the next try. A timeout is for all pages together. Throws GpuctlError with status 410 where the pages took so long that
 * the server lost their version.
 */
export async function listPages<T>(
  transport: Transport,
  collection: CollectionRef,
  project: (object: KubeObject) => T | undefined,
  { timeout, pageTimeout, limit = PAGE, unread = [], ...options }: ListOptions = {},
): Promise<Listed<T>> {
  const { apiVersion, kind, labelSelector, fieldSelector } = collection;
  const path = toPath(collection);
  const end = timeout === undefined ? undefined : performance.now() + timeout;
  const items: T[] = [];
  let next: string | undefined;
  let version: string;
  do {
    const before = items.length;
    const take = (item: Item) => {
      const kept = project({ apiVersion, kind, ...item } as KubeObject);
      if (kept !== undefined) items.push(kept);
    };
    const query = toQuery({ labelSelector, fieldSelector, limit: limit || undefined, continue: next });
    const left = end === undefined ? pageTimeout : Math.max(0, end - performance.now());
    const { value } = await transport.call({
      ...options,
      ...(left !== undefined && { timeout: left }),
      method: 'GET',
      path: path + query,
      read(response) {
        items.length = before;
        return readItems(response, take, unread);
      },
    });
    const page = value as Page | null;
    if (typeof page?.metadata?.resourceVersion !== 'string') throw transport.explain(new HttpFailure(200, ''));
    for (const item of page.items ?? []) take(item); // a list under a key that is spelt in another way
    version = page.metadata.resourceVersion;
    next = page.metadata.continue || undefined;
  } while (next !== undefined);
  return { version, items };
}

/** Hands on the elements of a page, and gives the text of what is beside them. */
async function readItems(
  response: IncomingMessage,
  onItem: (item: Item) => void,
  unread: readonly string[],
): Promise<string> {
  const splitter = createItemSplitter(unread);
  for await (const chunk of unpacked(response))
    for (const text of splitter.push(chunk)) {
      let item: Item;
      try {
        item = JSON.parse(text);
      } catch {
        // V8's messages quote the text.
        throw new HttpFailure(response.statusCode ?? 0, '');
      }
      onItem(item);
    }
  return splitter.rest();
}

/** What a server answers with in place of objects: their metadata. */
const METADATA = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';

/** The names of one page of a collection. Only metadata are asked for, so that nothing of a secret comes but its name. */
export async function listNames(
  transport: Transport,
  collection: CollectionRef,
  options: CallOptions = {},
): Promise<string[]> {
  const path = toPath(collection) + toQuery({ labelSelector: collection.labelSelector, limit: PAGE });
  const { value } = await transport.call({ ...options, method: 'GET', path, accept: METADATA });
  return ((value as Page).items ?? []).flatMap(({ metadata }) => metadata?.name ?? []);
}
