import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stateFolder } from '../submit/journal.ts';
import type { Content } from './tree.ts';

/** How a path was when it was the same on both sides. */
export interface Known {
  content: Content;
  /** Stamps of its entries then; what has the same has the same content. */
  here: string;
  there: string;
}

/** What is kept of the last sync of a folder with one of a job. */
export interface SyncState {
  /** Name of the mark that lies in the job's folder: without it, that is another one by now. */
  mark: string;
  /** Tells the folder on this machine from another at its path. */
  identity: string;
  known: Map<string, Known>;
}

/** Which two folders are the same. */
export interface SyncPair {
  /** Address of the API server. */
  server: string;
  namespace: string;
  job: string;
  rank: number | undefined;
  there: string;
  here: string;
}

const VERSION = 1;

function fileOf({ server, namespace, job, rank, there, here }: SyncPair): string {
  const key = createHash('sha256')
    .update(JSON.stringify([server, namespace, job, rank ?? 0, there, here]))
    .digest('hex');
  return path.join(stateFolder(), 'sync', `${key.slice(0, 32)}.json`);
}

/** What is known of the last sync; of two folders that never met, nothing. */
export async function readSyncState(pair: SyncPair): Promise<SyncState> {
  try {
    const { version, mark, identity, known } = JSON.parse(await readFile(fileOf(pair), 'utf8'));
    if (version === VERSION && /^[0-9a-f]{16}$/.test(mark)) return { mark, identity, known: new Map(known) };
  } catch {
    // none, or half a one: what is the same is found by comparing
  }
  return { mark: randomBytes(8).toString('hex'), identity: '', known: new Map() };
}

/** Writes it down; a file that is there is whole. */
export async function writeSyncState(pair: SyncPair, { mark, identity, known }: SyncState): Promise<void> {
  const file = fileOf(pair);
  const fresh = `${file}.${process.pid}.new`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(fresh, JSON.stringify({ version: VERSION, mark, identity, known: [...known] }), { mode: 0o600 });
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
