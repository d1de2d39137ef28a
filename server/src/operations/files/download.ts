import { createHash, randomUUID } from 'node:crypto';
import { copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, symlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { type Message, message } from '../../../../l10n/index.ts';
import { GpuctlError } from '../error.ts';
import { codeOf, stampHere } from './hereTree.ts';
import { below, failureOf, NO_FOLDER, newToken, quote, runScript } from './shell.ts';
import { Chunks, type Unpacked, unpack } from './tar.ts';
import { hashLine, inBatches, parseHashes, parseStat, printedStamp, recordsOf, statFormat } from './thereTree.ts';
import { contentOf, type Entry, isProgram, parentOf, parentsOf, STAGE } from './tree.ts';
import { cleanUp, contentOfOther, type Transfer } from './upload.ts';

/** A file, link or folder that comes from the job. */
export interface Download {
  path: string;
  /** As it is there. */
  entry: Entry;
  /** Its name here, if another. */
  as?: string;
  /** What is here now and may be replaced; without, nothing is replaced. */
  replaces?: Entry | undefined;
}

interface Received {
  item: Download;
  file: string;
  hash: string;
  bytes: number;
}

/**
 * Brings files from a job. They come into a folder beside their places first; each whose hash is the one that the job's side found is put to its
 * place at once, and only where nobody has changed what it replaces.
 */
export async function download(transfer: Transfer, items: readonly Download[]): Promise<void> {
  if (!items.length) return;
  const { here, place, there } = transfer;
  const id = randomUUID();
  const stage = path.join(here, STAGE, id);
  try {
    if (await isElse(path.join(here, STAGE)))
      throw new GpuctlError('files.stage', message('files.stage', { name: STAGE, where: here }));
    await mkdir(stage, { recursive: true });
    await sweep(path.join(here, STAGE), id);
    const folders = items.filter(({ entry }) => entry.kind === 'folder');
    for (const { path: at, entry } of folders) {
      if (await makeParents(here, `${at}/.`))
        transfer.done({
          path: at,
          content: 'd',
          here: (await stampHere(path.join(here, at))) ?? '',
          there: entry.stamp,
        });
      else transfer.leave(at, message('files.left.changed-here'));
    }
    const moved = items.filter(({ entry }) => entry.kind !== 'folder');
    if (moved.length) await receive(transfer, moved, stage, id);
  } catch (error) {
    throw cannotWrite(error, here) ?? error;
  } finally {
    await rm(stage, { recursive: true, force: true }).catch(() => undefined);
    await rmdir(path.join(here, STAGE)).catch(() => undefined);
    await cleanUp(place, there, id);
  }
}

/** Milliseconds after which what an interrupted transfer left is nobody's any more. */
const LEFT_BEHIND = 24 * 3_600_000;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Whether there is something else than a folder, such as a link to one: nothing is put or deleted behind it. */
const isElse = (at: string): Promise<boolean> =>
  lstat(at).then(
    (found) => !found.isDirectory(),
    () => false,
  );

async function sweep(folder: string, own: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const { mtimeMs = Date.now() } = (await lstat(path.join(folder, name)).catch(() => undefined)) ?? {};
    if (UUID.test(name) && name !== own && Date.now() - mtimeMs > LEFT_BEHIND)
      await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

async function receive(transfer: Transfer, items: readonly Download[], stage: string, id: string): Promise<void> {
  const { place, there, signal } = transfer;
  const wanted = new Map(items.map((item) => [item.path, item]));
  const received = new Map<string, Received>();
  const token = newToken();
  // What was noted before a file is read is older than what is read: a change between is seen the next time.
  const lines = inBatches(items, ({ path: at }) => at).map((batch) => {
    const names = batch.map(({ path: at }) => below(at)).join(' ');
    const files = batch.filter(({ entry }) => entry.kind === 'file').map(({ path: at }) => at);
    const noted = `stat -c '${statFormat(token)}' ${names} 2>/dev/null >&3; echo '${token}#' >&3`;
    return `{ ${noted}; tar cf - ${names}; }\n${hashLine(files, '2>/dev/null >&3')}`;
  });
  const begin = `exec 3>&2; export LC_ALL=C GPUCTL_TRANSFER=${id}; cd ${quote(there)} || exit ${NO_FOLDER}\n`;
  const chunks = new Chunks();
  const unpacking = unpack(chunks.read(), (entry) => take(transfer, entry, wanted, received, stage));
  unpacking.catch((error) => chunks.fail(error));
  let result: Awaited<ReturnType<typeof runScript>>;
  try {
    result = await runScript(place, {
      input: [begin, ...lines, 'exit 0\n'],
      signal,
      take: (bytes) => chunks.push(bytes),
    });
  } finally {
    chunks.end();
    await unpacking.catch(() => undefined); // it holds a file open
  }
  await unpacking;
  if (result.code) throw failureOf(result, there);
  const hashes = parseHashes(result.stderr);
  const stamps = new Map<string, Entry>();
  for (const { sign, body } of recordsOf(result.stderr, token)) {
    if (sign !== '|') continue;
    const { path: at, entry } = parseStat(body);
    stamps.set(at, entry);
  }
  for (const item of items) {
    const got = received.get(item.path);
    const now = stamps.get(item.path);
    if (!got || !now) transfer.leave(item.path, message('files.left.gone-there'));
    else if (item.entry.kind === 'file' && got.hash !== hashes.get(item.path))
      transfer.leave(item.path, message('files.left.changed-there'));
    else if (printedStamp(now.stamp) !== printedStamp(item.entry.stamp) && item.as !== undefined)
      transfer.leave(item.path, message('files.left.changed-there'));
    else await put(transfer, got, now);
  }
}

/** Writes one entry of the archive beside; nothing that was not asked for. */
async function take(
  { progress }: Transfer,
  { path: at, header, bytes }: Unpacked,
  wanted: ReadonlyMap<string, Download>,
  received: Map<string, Received>,
  stage: string,
): Promise<void> {
  const item = wanted.get(at);
  if (!item || received.has(at)) return;
  const file = path.join(stage, String(received.size));
  if (header.type === 'symlink') {
    if (item.entry.kind === 'link' && header.linkname === item.entry.target)
      received.set(at, { item, file, hash: '', bytes: 0 });
    return;
  }
  if (item.entry.kind !== 'file') return;
  if (header.type === 'link') {
    const first = received.get((header.linkname ?? '').replace(/^(\.\/)+/, ''));
    if (!first) return;
    await copyFile(first.file, file); // two names there are two files here
    received.set(at, { ...first, item, file });
    return;
  }
  if (header.type !== 'file' && header.type !== 'contiguous-file') return;
  const hash = createHash('sha256');
  const handle = await open(file, 'wx', 0o600);
  let length = 0;
  try {
    for await (const chunk of bytes) {
      hash.update(chunk);
      length += chunk.length;
      progress(chunk.length);
      await handle.appendFile(chunk);
    }
  } finally {
    await handle.close();
  }
  received.set(at, { item, file, hash: hash.digest('hex'), bytes: length });
}

/** Puts one to its place. */
async function put(transfer: Transfer, { item, file, hash, bytes }: Received, now: Entry): Promise<void> {
  const { here, signal, leave, done } = transfer;
  signal.throwIfAborted();
  const at = item.as ?? item.path;
  const absolute = path.join(here, at);
  const { entry } = item;
  if (!(await makeParents(here, at))) return leave(item.path, message('files.left.changed-here'));
  if (entry.kind === 'link') {
    const why = await makeLink(entry.target ?? '', file);
    if (why) return leave(item.path, why);
  } else {
    const mode = item.replaces?.kind === 'file' ? item.replaces.mode : 0o666 & ~process.umask();
    const handle = await open(file, 'r+');
    await handle.chmod(isProgram(entry) ? mode | ((mode & 0o444) >> 2) : mode & ~0o111).catch(() => undefined);
    await handle.close();
    await utimes(file, entry.mtime, entry.mtime);
  }
  const before = await stampHere(absolute);
  const expected = item.replaces?.stamp;
  if (
    (before === undefined) !== (expected === undefined) ||
    printedStamp(before ?? '') !== printedStamp(expected ?? '')
  )
    return leave(item.path, message('files.left.changed-here'));
  try {
    await rename(file, absolute);
  } catch (error) {
    return leave(item.path, message('files.left.unwritten', { detail: codeOf(error) }));
  }
  if (item.as !== undefined) return done();
  const content = entry.kind === 'file' ? contentOf(bytes, hash, isProgram(entry)) : contentOfOther(entry);
  done({ path: at, content, here: (await stampHere(absolute)) ?? '', there: now.stamp });
}

async function makeLink(target: string, file: string): Promise<Message | undefined> {
  try {
    await symlink(target, file);
    return undefined;
  } catch (error) {
    return message('files.left.unwritten', { detail: codeOf(error) });
  }
}

/** Makes the folders above a path; `false` where something else is in the way. Never goes through a link. */
async function makeParents(here: string, at: string): Promise<boolean> {
  await mkdir(here, { recursive: true });
  for (const parent of parentsOf(at)) {
    const absolute = path.join(here, parent);
    await mkdir(absolute).catch((error) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    if (!(await lstat(absolute)).isDirectory()) return false;
  }
  return true;
}

/** Deletes what is as it was listed, folders only where they are empty; gives what is gone. */
export async function deleteHere(
  { here, signal, leave }: Pick<Transfer, 'here' | 'signal' | 'leave'>,
  items: readonly { path: string; entry: Entry }[],
): Promise<string[]> {
  const gone: string[] = [];
  for (const { path: at, entry } of items.toSorted((a, b) => (a.path < b.path ? 1 : -1))) {
    signal.throwIfAborted();
    const absolute = path.join(here, at);
    if (entry.kind === 'folder') {
      await rmdir(absolute).then(
        () => gone.push(at),
        () => undefined,
      );
      continue;
    }
    const isReached =
      !parentOf(at) || (await lstat(path.join(here, parentOf(at))).catch(() => undefined))?.isDirectory();
    const now = isReached ? await stampHere(absolute).catch(() => undefined) : undefined;
    if (now === undefined || printedStamp(now) !== printedStamp(entry.stamp)) {
      leave(at, message('files.left.changed-here'));
      continue;
    }
    await rm(absolute).then(
      () => gone.push(at),
      (error) => leave(at, message('files.left.unwritten', { detail: codeOf(error) })),
    );
  }
  return gone;
}

/** A failure of this machine's file system in words; `undefined` for any other. */
export function cannotWrite(error: unknown, where: string): GpuctlError | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof GpuctlError || code === undefined || syscall === undefined) return undefined;
  const options = { detail: String(error), cause: error };
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new GpuctlError('files.full-here', message('files.full-here', { where }), options);
  return new GpuctlError('files.refused-here', message('files.refused-here', { where, code }), options);
}
