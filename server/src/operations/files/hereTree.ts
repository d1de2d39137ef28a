import { createHash } from 'node:crypto';
import type { BigIntStats, Dirent } from 'node:fs';
import { lstat, open, readdir, readFile, readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import { message } from '../../../../l10n/index.ts';
import { Excludes } from './excludes.ts';
import { type Entry, type Left, STAGE, type Tree } from './tree.ts';

export interface HereTree extends Tree {
  excludes: Excludes;
  /** See `identityOf`. */
  identity: string;
}

/** Tells a folder from another one that is made at its path later; empty where there is none. */
export async function identityOf(folder: string): Promise<string> {
  const found = await stat(folder, { bigint: true }).catch(() => undefined);
  // The number of a folder that is gone is soon given to another.
  return found ? `${found.dev}:${found.ino}:${found.birthtimeNs}` : '';
}

/** Milliseconds within which a file may change again without a trace, on file systems that are not exact. */
const RACY = 2_500;

/** Lists a folder on this machine, without what is excluded. `only`: these paths, with all that is in them. */
export async function listHere(
  folder: string,
  {
    only,
    patterns,
    signal,
  }: { only?: readonly string[] | undefined; patterns: readonly string[]; signal: AbortSignal },
): Promise<HereTree> {
  const entries = new Map<string, Entry>();
  const left: Left[] = [];
  const unread: string[] = [];
  const excludes = new Excludes(patterns, only);
  const identity = await identityOf(folder);
  const isUnknown = (one: string) => unread.some((top) => top === '' || one === top || one.startsWith(`${top}/`));
  if (!identity) return { entries, left, excludes, identity, isUnknown };

  const visit = async (at: string): Promise<void> => {
    signal.throwIfAborted();
    const absolute = path.join(folder, at);
    let children: Dirent[];
    try {
      children = await readdir(absolute, { withFileTypes: true });
    } catch (error) {
      unread.push(at);
      left.push({ path: at || '.', why: message('files.left.unreadable', { detail: codeOf(error) }) });
      return;
    }
    if (children.some(({ name }) => name === '.gitignore'))
      excludes.add(at, await readFile(path.join(absolute, '.gitignore'), 'utf8').catch(() => ''));
    for (let from = 0; from < children.length; from += AT_ONCE)
      await Promise.all(
        children.slice(from, from + AT_ONCE).map(async ({ name }) => {
          if (name !== STAGE) await take(at ? `${at}/${name}` : name);
        }),
      );
  };
  const take = async (one: string): Promise<void> => {
    const found = await lstat(path.join(folder, one), { bigint: true }).catch(() => undefined);
    if (!found) return;
    if (excludes.has(one, found.isDirectory())) return;
    if (one.includes('\ufffd')) {
      left.push({ path: one, why: message('files.left.name') });
      return;
    }
    const entry = toHereEntry(found);
    if (entry.kind === 'link') entry.target = await readlink(path.join(folder, one)).catch(() => '');
    if (entry.kind === 'other') left.push({ path: one, why: message('files.left.special') });
    entries.set(one, entry);
    if (entry.kind === 'folder') await visit(one);
  };
  if (only) {
    for (const one of only) await readParentIgnores(folder, one, excludes);
    await Promise.all(only.map(take));
  } else await visit('');
  return { entries, left, excludes, identity, isUnknown };
}

const AT_ONCE = 64;

async function readParentIgnores(folder: string, one: string, excludes: Excludes): Promise<void> {
  const parts = one.split('/');
  for (let depth = 0; depth < parts.length; depth++) {
    const at = parts.slice(0, depth).join('/');
    const text = await readFile(path.join(folder, at, '.gitignore'), 'utf8').catch(() => undefined);
    if (text !== undefined) excludes.add(at, text);
  }
}

export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

/** An entry as this machine's file system tells it. */
export function toHereEntry(found: BigIntStats): Entry {
  const isRacy = Math.abs(Date.now() - Number(found.mtimeMs)) < RACY;
  return {
    kind: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : found.isSymbolicLink() ? 'link' : 'other',
    size: Number(found.size),
    mode: Number(found.mode & 0o7777n),
    mtime: Math.floor(Number(found.mtimeMs) / 1000),
    stamp: `${isRacy ? '?' : ''}${found.mtimeNs}|${found.ctimeNs}|${found.size}|${found.mode}|${found.ino}`,
  };
}

/** The stamp of what is at a path now; `undefined` where there is nothing. */
export async function stampHere(absolute: string): Promise<string | undefined> {
  const found = await lstat(absolute, { bigint: true }).catch((error) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  return found && toHereEntry(found).stamp;
}

/** Bytes that are read at once. */
const CHUNK = 256 << 10;

/** Reads a file in pieces, so many bytes of it at the most. */
export async function* readChunks(absolute: string, most: number): AsyncGenerator<Buffer, void> {
  const handle = await open(absolute, 'r');
  try {
    for (let left = most; left > 0; ) {
      const buffer = Buffer.allocUnsafe(Math.min(CHUNK, left));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length);
      if (!bytesRead) return;
      left -= bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** SHA-256 of a file of so many bytes; `undefined` where it cannot be read, or has another length by now. */
export async function hashHere(absolute: string, size: number, signal: AbortSignal): Promise<string | undefined> {
  const hash = createHash('sha256');
  let length = 0;
  try {
    for await (const chunk of readChunks(absolute, size + 1)) {
      signal.throwIfAborted();
      hash.update(chunk);
      length += chunk.length;
    }
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
  return length === size ? hash.digest('hex') : undefined;
}
