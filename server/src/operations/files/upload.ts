import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { type Message, message } from '../../../../l10n/index.ts';
import { GpuctlError } from '../error.ts';
import { readChunks, stampHere } from './hereTree.ts';
import { below, failureOf, NO_FOLDER, newToken, type Place, quote, runScript } from './shell.ts';
import { type Packed, pack } from './tar.ts';
import { hashThere, inBatches, parseStat, printedStamp, recordsOf, STAMP_FORMAT, statFormat } from './thereTree.ts';
import { type Content, contentOf, type Entry, isProgram, parentOf, STAGE } from './tree.ts';

/** A file, link or folder that goes to the job. */
export interface Upload {
  path: string;
  /** As it is here. */
  entry: Entry;
  /** What is there now and may be replaced; without, nothing is replaced. */
  replaces?: Entry | undefined;
  /** Another name for what is there now. */
  keepAs?: string;
}

/** What came to its place. `content` is not told where nobody read it. */
export interface Moved {
  path: string;
  content: Content;
  here: string;
  there: string;
}

export interface Transfer {
  place: Place;
  /** The folder on this machine. */
  here: string;
  /** The folder in the container. */
  there: string;
  signal: AbortSignal;
  /** So many bytes more are through. */
  progress(bytes: number): void;
  /** Something came to its place: from now on it is so on both sides. Without a word on it, it is a copy under another name. */
  done(moved?: Moved): void;
  /** Something stays as it was. */
  leave(path: string, why: Message): void;
}

/**
 * Brings files to a job. They come into a folder beside their places first; when all of them are there and their hashes are right, each is put to its
 * place at once, and only where nobody has changed what it replaces.
 */
export async function upload(transfer: Transfer, items: readonly Upload[]): Promise<void> {
  if (!items.length) return;
  const { place, there, signal } = transfer;
  const id = randomUUID();
  const stage = `${STAGE}/${id}`;
  try {
    const sent = await send(transfer, items, stage, id);
    const files = sent.filter(({ item }) => item.entry.kind === 'file');
    const hashes = await hashThere(
      place,
      `${there}/${stage}`,
      files.map(({ item }) => item.path),
      signal,
    );
    const whole = sent.filter(({ item, hash }) => {
      if (item.entry.kind !== 'file' || hashes.get(item.path) === hash) return true;
      transfer.leave(item.path, message('files.left.damaged'));
      return false;
    });
    await commit(transfer, whole, stage);
  } finally {
    await cleanUp(place, there, id);
  }
}

interface Sent {
  item: Upload;
  hash: string;
}

async function send(transfer: Transfer, items: readonly Upload[], stage: string, id: string): Promise<Sent[]> {
  const { place, here, there, signal } = transfer;
  const byPath = new Map(items.map((item) => [item.path, item]));
  const sent: Sent[] = [];
  const unread: string[] = [];
  const packedOf = ({ path: name, entry, replaces }: Upload): Packed => {
    const { mtime, target, kind, size } = entry;
    const absolute = path.join(here, name);
    return {
      path: name,
      mtime,
      mode: modeFor(entry, replaces),
      size: kind === 'file' ? size : 0,
      ...(kind === 'link' && { target: target ?? '' }),
      ...(kind === 'file' && {
        read: async function* () {
          try {
            for await (const chunk of readChunks(absolute, size + 1)) {
              signal.throwIfAborted();
              transfer.progress(chunk.length);
              yield chunk;
            }
          } catch {
            signal.throwIfAborted();
            unread.push(name);
          }
        },
      }),
    };
  };
  const read: { item: Upload; hash: string; bytes: number }[] = [];
  const archive = pack(
    items.filter(({ entry }) => entry.kind !== 'folder').map(packedOf),
    ({ path: name }, hash, bytes) => read.push({ item: byPath.get(name) as Upload, hash, bytes }),
  );
  const script = `export LC_ALL=C GPUCTL_TRANSFER="$2"; mkdir -p "$1" && cd "$1" && mkdir -p '${stage}' && exec tar xof - -C '${stage}'`;
  const result = await runScript(place, { script, args: [there, id], input: archive, signal });
  if (result.code) throw failureOf(result, there);
  for (const { item, hash, bytes } of read) {
    const now = await stampHere(path.join(here, item.path)).catch(() => undefined);
    const isSame = bytes === (item.entry.kind === 'file' ? item.entry.size : 0) && now !== undefined;
    if (unread.includes(item.path)) transfer.leave(item.path, message('files.left.unread'));
    else if (!isSame || printedStamp(now) !== printedStamp(item.entry.stamp))
      transfer.leave(item.path, message('files.left.changed-here'));
    else sent.push({ item, hash });
  }
  return [...items.filter(({ entry }) => entry.kind === 'folder').map((item) => ({ item, hash: '' })), ...sent];
}

/** What was there keeps who may read it; whether it can be run comes from here. Windows does not tell. */
function modeFor(entry: Entry, replaces: Entry | undefined): number {
  const runs = process.platform === 'win32' ? replaces !== undefined && isProgram(replaces) : isProgram(entry);
  const mode = replaces?.kind === 'file' ? replaces.mode : 0o644;
  return runs ? mode | ((mode & 0o444) >> 2) : mode & ~0o111;
}

/** Puts everything to its place, a folder at a time; what cannot be put together is tried alone. */
async function commit(transfer: Transfer, sent: readonly Sent[], stage: string): Promise<void> {
  const groups = [...Map.groupBy(sent, ({ item }) => parentOf(item.path))].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const batches = groups.flatMap(([, group]) =>
    inBatches(
      group.filter(({ item }) => item.keepAs === undefined),
      ({ item }) => `${stage}/${item.path}${item.path}`,
    ).concat(group.filter(({ item }) => item.keepAs !== undefined).map((one) => [one])),
  );
  const failed = await commitBatches(transfer, batches, stage);
  const alone = failed.flatMap((batch) => (batch.length > 1 ? batch.map((one) => [one]) : []));
  const still = [...failed.filter(({ length }) => length === 1), ...(await commitBatches(transfer, alone, stage))];
  for (const [one] of still) if (one) transfer.leave(one.item.path, message('files.left.changed-there'));
}

/** Gives the batches of which not everything came to its place. */
async function commitBatches(transfer: Transfer, batches: readonly Sent[][], stage: string): Promise<Sent[][]> {
  if (!batches.length) return [];
  const { place, there, signal } = transfer;
  const token = newToken();
  const lines = batches.map((batch, index) => commitLine(batch, index, stage, token));
  const input = [`export LC_ALL=C; cd ${quote(there)} || exit ${NO_FOLDER}\n`, ...lines, 'exit 0\n'];
  const result = await runScript(place, { input, signal });
  if (result.code) throw failureOf(result, there);
  if (/No space left|quota exceeded/i.test(result.stderr)) throw failureOf(result, there);
  const well = new Set<number>();
  const stamps = new Map<string, Entry>();
  for (const { sign, body } of recordsOf(result.stdout.toString(), token)) {
    if (sign === '+') well.add(Number(body));
    else if (sign === '|') {
      const { path: at, entry } = parseStat(body);
      stamps.set(at, entry);
    }
  }
  for (const [index, batch] of batches.entries()) {
    if (!well.has(index)) continue;
    for (const { item, hash } of batch) {
      const { path: at, entry } = item;
      const content = entry.kind === 'file' ? contentOf(entry.size, hash, isProgram(entry)) : contentOfOther(entry);
      transfer.done({ path: at, content, here: entry.stamp, there: stamps.get(at)?.stamp ?? '' });
    }
  }
  const failed = batches.filter((_, index) => !well.has(index));
  const isRefused = failed.length > 0 && /Permission denied|Read-only file system|not permitted/i.test(result.stderr);
  if (isRefused && !well.size) throw failureOf(result, there);
  return failed;
}

/** The content of a folder or a link. */
export const contentOfOther = ({ kind, target }: Entry): Content =>
  kind === 'folder' ? 'd' : kind === 'link' ? `l:${target}` : 'o';

/** One command, which a shell runs wholly or, where it comes torn, not at all. */
function commitLine(batch: readonly Sent[], index: number, stage: string, token: string): string {
  const paths = batch.map(({ item }) => item.path);
  const [first] = batch;
  const folder = parentOf(first?.item.path ?? '');
  const isNew = batch.filter(({ item }) => !item.replaces).map(({ item }) => item.path);
  const replacing = batch.filter(({ item }) => item.replaces && item.entry.kind !== 'folder');
  const folders = batch.filter(({ item }) => item.entry.kind === 'folder').map(({ item }) => item.path);
  const moved = paths.filter((one) => !folders.includes(one));
  const keepAs = first?.item.keepAs;
  const steps = [
    ...isNew.filter((one) => !folders.includes(one)).map((one) => `[ ! -e ${below(one)} ] && [ ! -L ${below(one)} ]`),
    ...(replacing.length ? [unchanged(replacing.map(({ item }) => [item.path, item.replaces as Entry]))] : []),
    ...(folder ? [`mkdir -p ${below(folder)}`] : []),
    ...(folders.length ? [`mkdir -p ${folders.map(below).join(' ')}`] : []),
    ...(keepAs === undefined
      ? []
      : [
          `[ ! -e ${below(keepAs)} ] && [ ! -L ${below(keepAs)} ]`,
          `mv -f ${below(first?.item.path ?? '')} ${below(keepAs)}`,
        ]),
    ...(moved.length
      ? [`mv -f ${moved.map((one) => below(`${stage}/${one}`)).join(' ')} ${quote(folder ? `./${folder}/` : './')}`]
      : []),
    `echo '${token}+${index}'`,
  ];
  return `{ ${steps.join(' && ')} && stat -c '${statFormat(token)}' ${paths.map(below).join(' ')}; }\n`;
}

/** Whether all of these are as they were listed. */
export function unchanged(entries: readonly (readonly [path: string, entry: Entry])[]): string {
  const stamps = entries.map(([, { stamp }]) => printedStamp(stamp)).join('\n');
  return `[ "$(stat -c '${STAMP_FORMAT}' ${entries.map(([at]) => below(at)).join(' ')})" = ${quote(stamps)} ]`;
}

/** Milliseconds that tidying up may take. */
const PATIENCE = 15_000;

/** Takes away what a transfer left beside, and ends what still runs of it: that does not end with the connection. Never fails. */
export async function cleanUp(place: Place, there: string, id: string): Promise<void> {
  const script = `for e in $(grep -ls "GPUCTL_TRANSFER=$2" /proc/[0-9]*/environ 2>/dev/null); do p=\${e#/proc/}; p=\${p%/environ}; [ "$p" = $$ ] || kill "$p" 2>/dev/null; done
cd "$1" 2>/dev/null || exit 0
rm -rf './${STAGE}/'"$2"
find './${STAGE}' -mindepth 1 -maxdepth 1 -name '*-*-*-*-*' -mtime +1 -exec rm -rf {} + 2>/dev/null
rmdir './${STAGE}' 2>/dev/null; exit 0`;
  await runScript(place, { script, args: [there, id], signal: AbortSignal.timeout(PATIENCE) }).catch(() => undefined);
}

/** Deletes what is as it was listed, folders only where they are empty; gives what is gone. */
export async function deleteThere(
  { place, there, signal, leave }: Pick<Transfer, 'place' | 'there' | 'signal' | 'leave'>,
  items: readonly { path: string; entry: Entry }[],
): Promise<string[]> {
  if (!items.length) return [];
  const token = newToken();
  // What is in a folder goes before it.
  const sorted = items.toSorted((a, b) => (a.path < b.path ? 1 : -1));
  const lines = sorted.map(({ path: at, entry }, index) => {
    const gone = entry.kind === 'folder' ? `rmdir ${below(at)}` : `${unchanged([[at, entry]])} && rm -f ${below(at)}`;
    return `{ ${gone} && echo '${token}+${index}'; }\n`;
  });
  const input = [`export LC_ALL=C; cd ${quote(there)} || exit ${NO_FOLDER}\n`, ...lines, 'exit 0\n'];
  const result = await runScript(place, { input, signal });
  if (result.code) throw failureOf(result, there);
  const well = new Set(recordsOf(result.stdout.toString(), token).map(({ body }) => Number(body)));
  return sorted.flatMap(({ path: at, entry }, index) => {
    if (well.has(index)) return [at];
    if (entry.kind !== 'folder') leave(at, message('files.left.changed-there'));
    return [];
  });
}

/** What both sides say of a transfer that cannot be. */
export const busy = (): GpuctlError => new GpuctlError('files.busy', message('files.busy'));
