import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CallOptions, CollectionRef, KubeObject } from '../operations/ports.ts';
import { toPath, toQuery } from './resources.ts';
import type { Transport } from './transport.ts';

/** Objects a page: 500 pods of 7 KB parse in about 20 ms, which no one feels. */
const PAGE = 500;

interface Page {
  metadata: { resourceVersion: string; continue?: string };
  items: Partial<KubeObject>[] | null;
}

/**
 * Lists a collection page by page and hands each object on, with its kind (lists leave that out); between pages the event loop gets
 * its turn. A timeout is for all pages together; without one, each page has its own. Gives the version of the list as a whole. Throws GpuctlError with status 410 where the pages took so long that the server
 * lost their version.
 */
export async function listPages(
  transport: Transport,
  collection: CollectionRef,
  onObject: (object: KubeObject) => void,
  options: CallOptions = {},
): Promise<string> {
  const { apiVersion, kind, labelSelector, fieldSelector } = collection;
  const path = toPath(collection);
  const { timeout } = options;
  const end = timeout === undefined ? undefined : performance.now() + timeout;
  let next: string | undefined;
  let version: string;
  do {
    const query = toQuery({ labelSelector, fieldSelector, limit: PAGE, continue: next });
    const left = end === undefined ? {} : { timeout: Math.max(0, end - performance.now()) };
    const { value } = await transport.call({ ...options, ...left, method: 'GET', path: path + query });
    const page = value as Page;
    await nextTurn();
    for (const item of page.items ?? []) onObject({ apiVersion, kind, ...item } as KubeObject);
    version = page.metadata.resourceVersion;
    next = page.metadata.continue || undefined;
  } while (next !== undefined);
  return version;
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
