import { message } from '../../../../l10n/index.ts';
import { GpuctlError } from '../error.ts';
import { below, failureOf, NO_FOLDER, needing, newToken, type Place, quote, runScript } from './shell.ts';
import { type Entry, type EntryKind, type Left, STAGE, type Tree } from './tree.ts';

/** What all transfers need of an image. */
const TOOLS = ['tar', 'find', 'stat', 'mv', 'mkdir', 'rm', 'sha256sum'];

/** Of `stat`: mode, bytes, device, time of change in seconds, both times as exactly as they are known; GNU and BusyBox know all of it. */
export const statFormat = (token: string): string => `${token}|%f|%s|%d|%Y|%y|%z|%n`;
/** The same as far as it tells whether something is as it was. */
export const STAMP_FORMAT = '%f|%s|%y|%z';

export interface ListOptions {
  folder: string;
  /** Only these paths, with all that is in them. */
  only?: readonly string[] | undefined;
  /** Names of folders and files into which nobody looks; with a slash at the end, of folders alone. */
  skip?: readonly string[];
  /** Name of a mark, see `isMarked`. */
  mark?: string;
  signal: AbortSignal;
}

export interface ThereTree extends Tree {
  exists: boolean;
  /** Whether our mark is in the folder: then it is the one of the last time, and not a new one at the same path. */
  isMarked: boolean;
}

/** Lists a folder in a container. What another volume brings into it is left out. Throws `files.*` where that cannot be. */
export async function listThere(place: Place, options: ListOptions): Promise<ThereTree> {
  const { folder, only, skip = [], mark = '', signal } = options;
  const token = newToken();
  const prune = [STAGE, ...skip]
    .map((name) => `${name.endsWith('/') ? '-type d ' : ''}-name '${name.replace(/['/]/g, '')}'`)
    .join(' -o ');
  const script = `${needing(...TOOLS)}
cd "$1" 2>/dev/null || exit ${NO_FOLDER}
[ -n "$2" ] && [ -e "${STAGE}/$2" ] && echo '${token}!'
stat -c '${token}.|%d' . || exit 1
echo "${token}@$(date +%s)"
shift 2
if [ $# -gt 0 ]; then for p; do if [ -e "$p" ] || [ -L "$p" ]; then set -- "$@" "$p"; fi; shift; done; [ $# -gt 0 ] || { echo '${token}~0'; exit 0; }
else set -- .; fi
code=0
find "$@" -xdev \\( ${prune} \\) -prune -o -exec stat -c '${statFormat(token)}' {} + || code=1
find "$@" -xdev \\( ${prune} \\) -prune -o -type l -exec sh -c 'for f; do printf "%s>%s%s=" "$0" "$f" "$0"; readlink "$f" || :; done' ${token} {} + || code=1
echo "${token}~$code"`;
  const args = [folder, mark, ...(only ?? []).map((path) => `./${path}`)];
  const run = () => runScript(place, { script, args, signal });
  let result = await run();
  if (result.code === NO_FOLDER) return missing();
  if (result.code === 0 && endsBadly(result.stdout, token)) result = await run(); // something went away meanwhile
  if (result.code) throw failureOf(result, folder);
  return parseListing(result.stdout, token, result.stderr);
}

const missing = (): ThereTree => ({
  entries: new Map(),
  left: [],
  exists: false,
  isMarked: false,
  isUnknown: () => false,
});

const endsBadly = (bytes: Buffer, token: string): boolean => !bytes.subarray(-64).toString().endsWith(`${token}~0\n`);

/** What `find` and `stat` say of a path that they could not read: GNU and BusyBox alike but for the quotes. */
const COMPLAINT =
  /^(?:find|stat): (?:cannot statx? |can't stat )?'?\.\/(.+?)'?: (?:(Permission denied)|No such file or directory)$/;

/** Reads what the script prints. A name may hold anything but zero. `complaints`: what could not be read. */
export function parseListing(bytes: Buffer, token: string, complaints = ''): ThereTree {
  const entries = new Map<string, Entry>();
  const left: Left[] = [];
  const mounts: string[] = [];
  let [device, now, isMarked, code] = ['', 0, false, '1'];
  let link: string | undefined;
  const text = bytes.toString('utf8');
  if (!text.trimEnd().split(token).at(-1)?.startsWith('~'))
    throw new GpuctlError('exec.torn', message('exec.torn'), { actions: [{ do: 'retry' }] });
  for (const { sign, body } of recordsOf(text, token)) {
    if (sign === '!') isMarked = true;
    else if (sign === '@') now = Number(body);
    else if (sign === '~') code = body;
    else if (sign === '.') device = body.slice(1);
    else if (sign === '>') link = toPath(body);
    else if (sign === '=') {
      const entry = entries.get(link ?? '');
      if (entry) entry.target = body;
    } else if (sign === '|') {
      const [mode = '', size, dev, mtime, y, z, ...name] = body.split('|');
      const path = toPath(name.join('|'));
      const entry = toEntry({ mode, size, mtime, y, z, now });
      if (!isPlain(path)) continue;
      if (path.includes('\ufffd')) left.push({ path, why: message('files.left.name') });
      else if (dev !== device && entry.kind === 'folder') {
        mounts.push(path);
        left.push({ path, why: message('files.left.mount') });
      } else entries.set(path, entry);
    }
  }
  for (const [path, entry] of entries) {
    if (entry.kind === 'other') left.push({ path, why: message('files.left.special') });
    if (entry.kind === 'link' && (entry.target ?? '') === '') entry.kind = 'other';
  }
  const lines = complaints.split('\n').filter(Boolean);
  const unread = lines.flatMap((line) =>
    [COMPLAINT.exec(line) ?? []].map(([, path = '', denied]) => ({ path, denied })),
  );
  const isKnown = code === '0' || (lines.length > 0 && unread.every(({ path }) => path));
  if (!isKnown) left.push({ path: '.', why: message('files.left.unlisted') });
  else for (const { path, denied } of unread) if (denied) left.push({ path, why: message('files.left.gone-there') });
  const tops = [...mounts, ...unread.map(({ path }) => path)];
  const isIn = (path: string) => tops.some((top) => path === top || path.startsWith(`${top}/`));
  return { entries, left, exists: true, isMarked, isUnknown: (path) => !isKnown || isIn(path) };
}

/** Whether it leads into the folder: a container may say what it likes. */
const isPlain = (path: string): boolean => path.split('/').every((part) => !['', '.', '..'].includes(part));

const toPath = (name: string): string => name.replace(/^\.\/?/, '');

const KINDS: Readonly<Record<number, EntryKind>> = { 32768: 'file', 16384: 'folder', 40960: 'link' };

interface Stat {
  mode: string;
  size: string | undefined;
  mtime: string | undefined;
  y: string | undefined;
  z: string | undefined;
  /** The time in the container; 0 where it was not told. */
  now: number;
}

/** Seconds within which a file may change again without a trace, where times are known to the second. */
const RACY = 3;

function toEntry({ mode, size, mtime, y, z, now }: Stat): Entry {
  const bits = Number.parseInt(mode, 16);
  const changed = Number(mtime);
  const isRacy = now !== 0 && Math.abs(now - changed) < RACY;
  return {
    kind: KINDS[bits & 0xf000] ?? 'other',
    size: Number(size),
    mode: bits & 0o7777,
    mtime: changed,
    stamp: `${isRacy ? '?' : ''}${mode}|${size}|${y}|${z}`,
  };
}

/** A stamp as `STAMP_FORMAT` prints it. */
export const printedStamp = (stamp: string): string => stamp.replace(/^\?/, '');

/** What scripts print while they work: a sign, and what comes after it. */
export const recordsOf = (text: string, token: string): { sign: string; body: string }[] =>
  text
    .split(token)
    .slice(1)
    .map((record) => ({ sign: record.slice(0, 1), body: record.slice(1).replace(/\n$/, '') }));

/** An entry that a script prints by `statFormat`. */
export function parseStat(body: string): { path: string; entry: Entry } {
  const [mode = '', size, , mtime, y, z, ...name] = body.split('|');
  return { path: toPath(name.join('|')), entry: toEntry({ mode, size, mtime, y, z, now: 0 }) };
}

/** Bytes of file names in one command. */
const MOST_NAMES = 60_000;
const MOST_FILES = 500;

/** Paths in portions that one command takes. */
export function inBatches<T>(all: readonly T[], pathOf: (one: T) => string): T[][] {
  const batches: T[][] = [];
  let [size, last] = [0, [] as T[]];
  for (const one of all) {
    const length = Buffer.byteLength(pathOf(one)) + 16;
    if (!last.length || size + length > MOST_NAMES || last.length >= MOST_FILES) {
      last = [];
      batches.push(last);
      size = 0;
    }
    last.push(one);
    size += length;
  }
  return batches;
}

/** Hashes files in a container; those that cannot be read are missing from the answer. */
export async function hashThere(
  place: Place,
  folder: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, string>> {
  if (!paths.length) return new Map();
  const lines = inBatches(paths, (path) => path).map((batch) => hashLine(batch));
  const input = [`export LC_ALL=C; cd ${quote(folder)} || exit ${NO_FOLDER}\n`, ...lines, 'exit 0\n'];
  const result = await runScript(place, { input, signal });
  if (result.code) throw failureOf(result, folder);
  return parseHashes(result.stdout.toString());
}

/** A command that prints hashes; what has a name that would be printed otherwise is read from its input. */
export function hashLine(paths: readonly string[], to = ''): string {
  const plain = paths.filter((path) => !/[\\\n\r]/.test(path));
  const odd = paths.filter((path) => /[\\\n\r]/.test(path));
  return [
    ...(plain.length ? [`{ sha256sum ${plain.map(below).join(' ')} ${to}; }\n`] : []),
    ...odd.map((path) => {
      const name = quote(`%${encodeURIComponent(path)}`);
      return `{ [ -f ${below(path)} ] && h=$(sha256sum < ${below(path)}) && printf '%s  %s\\n' "\${h%% *}" ${name} ${to}; }\n`;
    }),
  ].join('');
}

export function parseHashes(text: string): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const [, hash = '', name = ''] of text.matchAll(/^([0-9a-f]{64}) {1,2}\*?(.+)$/gm)) {
    hashes.set(name.startsWith('%') ? decodeURIComponent(name.slice(1)) : toPath(name), hash);
  }
  return hashes;
}
