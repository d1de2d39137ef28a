import path from 'node:path';
import { hashHere } from './hereTree.ts';
import type { Place } from './shell.ts';
import type { Known } from './syncState.ts';
import { hashThere } from './thereTree.ts';
import { type Content, contentOf, type Entry, hashOf, isProgram, type Tree } from './tree.ts';
import { contentOfOther } from './upload.ts';

export interface Compared {
  here: Map<string, Content>;
  there: Map<string, Content>;
}

export interface Comparing {
  place: Place;
  here: { folder: string; tree: Tree };
  there: { folder: string; tree: Tree };
  known: ReadonlyMap<string, Known>;
  signal: AbortSignal;
  /** So many bytes here were read. */
  progress(bytes: number): void;
}

/** Files that are read at once. */
const AT_ONCE = 8;

/** What a stamp of a file system that is not exact says is not relied on. */
const isReliable = (stamp: string): boolean => stamp !== '' && !stamp.startsWith('?');

/**
 * The content of everything on both sides. A file is read only where that decides something: not where it is as it was at the last time, and not
 * where its size is like that of no other.
 */
export async function compare({ place, here, there, known, signal, progress }: Comparing): Promise<Compared> {
  const found: Compared = { here: new Map(), there: new Map() };
  const unread = { here: [] as string[], there: [] as string[] };
  const look = (side: 'here' | 'there', at: string, entry: Entry, other: Entry | undefined) => {
    const last = known.get(at);
    if (entry.kind !== 'file') found[side].set(at, contentOfOther(entry));
    else if (last && last[side] === entry.stamp && isReliable(entry.stamp)) found[side].set(at, last.content);
    else {
      const isLike = [other?.kind === 'file' ? other.size : undefined, sizeOf(last?.content)].includes(entry.size);
      found[side].set(at, contentOf(entry.size, `?${side}`, isProgram(entry)));
      if (isLike) unread[side].push(at);
    }
  };
  for (const [at, entry] of here.tree.entries) look('here', at, entry, there.tree.entries.get(at));
  for (const [at, entry] of there.tree.entries) look('there', at, entry, here.tree.entries.get(at));
  const hashed = await hashThere(place, there.folder, unread.there, signal);
  for (const [at, hash] of hashed) {
    const entry = there.tree.entries.get(at);
    if (entry) found.there.set(at, contentOf(entry.size, hash, isProgram(entry)));
  }
  const read = async (at: string) => {
    const entry = here.tree.entries.get(at) as Entry;
    const hash = await hashHere(path.join(here.folder, at), entry.size, signal);
    progress(entry.size);
    if (hash) found.here.set(at, contentOf(entry.size, hash, isProgram(entry)));
  };
  for (let from = 0; from < unread.here.length; from += AT_ONCE)
    await Promise.all(unread.here.slice(from, from + AT_ONCE).map(read));
  if (process.platform === 'win32') withoutModes(found, known);
  return found;
}

const sizeOf = (content: Content | undefined): number | undefined => {
  const size = content && /^[fx]:(\d+):/.exec(content)?.[1];
  return size ? Number(size) : undefined;
};

/** Windows does not know what can be run: that is taken from the other side. */
function withoutModes({ here, there }: Compared, known: ReadonlyMap<string, Known>): void {
  for (const [at, content] of here) {
    const other = there.get(at) ?? known.get(at)?.content;
    if (other?.startsWith('x:') && content.startsWith('f:')) here.set(at, `x${content.slice(1)}`);
  }
}

/** Name of the job's file where both are kept: by its content, so that the same is never kept twice. */
export function copyNameOf(at: string, content: Content | undefined): string {
  const [, folder = '', stem = '', ending = ''] = /^(.*\/)?(\.?[^/]*?)(\.[^./]*)?$/s.exec(at) ?? [];
  return `${folder}${stem}.from-job-${(hashOf(content) ?? '').slice(0, 8) || 'copy'}${ending}`;
}
