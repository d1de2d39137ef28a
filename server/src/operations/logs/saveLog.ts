import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Message, message } from '../../../../l10n/index.ts';
import type { KubeObject } from '../../model/kubeObject.ts';
import { toWorkload } from '../../state/project.ts';
import type { JobName } from '../deleteJob.ts';
import { GpuctlError } from '../error.ts';
import { findMain } from '../mainResource.ts';
import type { Cluster } from '../ports.ts';
import type { Session } from '../session.ts';
import { readLogOf } from './readLog.ts';
import { makeFolderOf, pruneSavedLogs, savedLogFile, WHOLE_PART } from './savedLogs.ts';

/** Bytes of a run's log that are kept without being asked for. */
const MOST = 64 * 2 ** 20;
const MEGABYTE = 2 ** 20;
/** Last lines that are asked for then, of all pods together, and milliseconds that it may take while somebody waits. */
const TAIL_LINES = 500_000;
const PATIENCE = 15_000;

/**
 * Saves the log of a run before its pods are deleted: the end of it where it is very long, what came of it where that takes too long. One that was
 * kept after the end of the run stays. Gives the file; `undefined` where nothing was saved: no pod had any left, it may not be read, or not be
 * written here, or the person wants none kept. Throws only when it is called off. `part` names what is not the whole run.
 */
export async function keepLog(
  { keepLogs, words }: Session,
  cluster: Cluster,
  main: KubeObject,
  signal: AbortSignal,
  part?: string,
  patience = PATIENCE,
): Promise<string | undefined> {
  const most = Math.min(MOST, keepLogs * MEGABYTE);
  if (!most) return undefined;
  const file = savedLogFile(cluster, main, part);
  if (await isKept(main, file)) return file;
  const tailLines = Math.ceil(TAIL_LINES / Math.max(1, toWorkload(main)?.podsWanted ?? 1));
  try {
    await write(cluster, main, file, { most, tailLines, signal, patience, words });
    await pruneSavedLogs(keepLogs * MEGABYTE);
    return file;
  } catch {
    signal.throwIfAborted(); // what cannot be had or kept is not saved
    return undefined;
  }
}

/** Whether the log of a run was kept after its end, when nothing more could come. */
async function isKept(main: KubeObject, file: string): Promise<boolean> {
  const { outcome, endedAt } = toWorkload(main) ?? {};
  if (!outcome || !endedAt) return false;
  const kept = await stat(file).catch(() => undefined);
  return kept !== undefined && kept.mtimeMs >= Date.parse(endedAt);
}

export interface WholeLog {
  job: JobName;
  pod?: string | undefined;
  /** Of the tries before. */
  previous?: boolean | undefined;
  signal: AbortSignal;
  /** So many bytes are written. */
  progress(bytes: number): void;
}

/** Writes all that a job, or a pod of it, has said so far into a file. Throws `job.gone`, and `log.*` where it has said nothing. */
export function saveWholeLog(
  session: Session,
  { job, pod, previous, signal, progress }: WholeLog,
): Promise<{ file: string; bytes: number }> {
  return session.use(async (cluster) => {
    const main = await findMain(cluster, job.namespace, job.name, signal);
    if (!main) throw new GpuctlError('job.gone', message('job.none', { ...job }));
    const file = savedLogFile(cluster, main, [pod ?? WHOLE_PART, ...(previous ? ['previous'] : [])].join('-'));
    try {
      const bytes = await write(cluster, main, file, { pod, previous, signal, progress, words: session.words });
      return { file, bytes };
    } catch (error) {
      throw cannotWrite(error, path.dirname(file)) ?? error;
    }
  });
}

/** A failure of the file system in words; `undefined` for any other. */
function cannotWrite(error: unknown, folder: string): GpuctlError | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof GpuctlError || code === undefined || syscall === undefined) return undefined;
  const why =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? message('log.cannot-write.full')
      : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
        ? message('log.cannot-write.refused', { code })
        : message('log.cannot-write.other', { code });
  return new GpuctlError('log.cannot-write', message('log.cannot-write', { folder, why }), {
    detail: String(error),
    cause: error,
  });
}

interface Writing {
  pod?: string | undefined;
  previous?: boolean | undefined;
  /** Bytes at the most: then the beginning goes. */
  most?: number;
  tailLines?: number;
  signal: AbortSignal;
  /** Milliseconds after which what is there must do. */
  patience?: number;
  words: Session['words'];
  progress?(bytes: number): void;
}

/**
 * Writes beside the file first, so that one that is there is whole. With a most in two halves, of which the older goes when the newer is full.
 * Of a run that is over a longer file stays: since then pods of it are gone. Gives the bytes of the file.
 */
async function write(
  cluster: Cluster,
  main: KubeObject,
  file: string,
  { pod, previous, most = Number.POSITIVE_INFINITY, tailLines, signal, patience, words, progress }: Writing,
): Promise<number> {
  await makeFolderOf(file);
  const own = `${file}.${randomUUID().slice(0, 8)}`;
  const [older, newer] = [`${own}.older`, `${own}.new`];
  const until = patience === undefined ? undefined : AbortSignal.timeout(patience);
  let handle: FileHandle | undefined;
  let [all, inNewer, hasOlder] = [0, 0, false];
  const append = async (text: string) => {
    handle ??= await open(newer, 'w', 0o600);
    const bytes = Buffer.from(text);
    await handle.appendFile(bytes);
    all += bytes.length;
    inNewer += bytes.length;
    progress?.(all);
    if (inNewer < most / 2) return;
    await handle.close();
    handle = undefined;
    await rename(newer, older);
    hasOlder = true;
    inNewer = 0;
  };
  const note = (say: Message) => append(`── ${words(say)}\n`);
  try {
    await readLogOf(cluster, main, { pod, previous, tailLines, signal, until, append, note });
    if (until?.aborted) await note(message('log.cut', { seconds: Math.round((patience ?? 0) / 1000) }));
    handle ??= await open(newer, 'w', 0o600);
    await handle.close();
    if (hasOlder) await putTogether(older, newer);
    const [made, before] = await Promise.all([stat(newer), stat(file).catch(() => undefined)]);
    if (before && before.size > made.size && toWorkload(main)?.outcome) return before.size;
    await rename(newer, file);
    return made.size;
  } finally {
    await handle?.close().catch(() => {});
    await Promise.all([older, newer].map((one) => rm(one, { force: true })));
  }
}

/** Adds the newer half to the older, and calls the whole like the newer. */
async function putTogether(older: string, newer: string): Promise<void> {
  const to = await open(older, 'a', 0o600);
  const from = await open(newer);
  try {
    for await (const chunk of from.createReadStream({ autoClose: false })) await to.appendFile(chunk as Buffer);
  } finally {
    await Promise.all([to.close(), from.close()]);
  }
  await rename(older, newer);
}
