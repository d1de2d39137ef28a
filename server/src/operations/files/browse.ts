import { createHash, randomUUID } from 'node:crypto';
import path from 'node:path';
import { message } from '../../../../l10n/index.ts';
import { type FileKindDto, type FileStatDto, MOST_OPENED } from '../../protocol.ts';
import { GpuctlError } from '../error.ts';
import type { Session } from '../session.ts';
import { type FoundPlace, findPlace, type PlaceAsked } from './place.ts';
import { failureOf, NO_FOLDER, needing, newToken, runScript, type ScriptResult } from './shell.ts';
import { recordsOf } from './thereTree.ts';

/** Exit codes of the scripts here, beside those of all. */
const MISSING = 44;
const EXISTS = 45;
const IS_FOLDER = 46;
const NOT_EMPTY = 47;
const TORN = 48;

/** Milliseconds for which it is not asked again which part of a job is meant. */
const FRESH = 15_000;
/** Milliseconds that one of these may take. */
const PATIENCE = 60_000;

/** Looks at and changes single files in jobs that run, by absolute paths. Throws GpuctlError: `files.not-found`, `files.exists` and the like. */
export class JobFiles {
  private readonly session: Session;
  private readonly places = new Map<string, { place: Promise<FoundPlace>; at: number }>();

  constructor(session: Session) {
    this.session = session;
  }

  folders(asked: PlaceAsked, signal: AbortSignal): Promise<{ folders: string[]; pod: string; rank?: number }> {
    return this.use(asked, signal, async ({ folders, pod, rank }) => ({
      folders,
      pod: pod.name,
      ...(rank !== undefined && { rank }),
    }));
  }

  stat(asked: PlaceAsked, file: string, signal: AbortSignal): Promise<FileStatDto> {
    const script = `${needing('stat')}; p=$1
[ -e "$p" ] || [ -L "$p" ] || exit ${MISSING}
stat -c '%f|%s|%Y|%Z' "$p" || exit 1
stat -L -c '%f|%s|%Y|%Z' "$p" 2>/dev/null || echo
if [ -w "$p" ]; then echo w; fi`;
    return this.run(asked, file, { script, args: [file], signal }, ({ stdout }) => {
      const [own = '', led = '', writable] = stdout.toString().split('\n');
      const isLink = kindOf(own) === 'link';
      const [, size, changed, created] = (led || own).split('|');
      return {
        kind: toKind(led ? kindOf(led) : 'other'),
        isLink,
        size: Number(size),
        changedAt: Number(changed) * 1000,
        createdAt: Number(created) * 1000,
        writable: writable === 'w',
      };
    });
  }

  list(asked: PlaceAsked, folder: string, signal: AbortSignal) {
    const token = newToken();
    const script = `${needing('stat', 'find')}
[ -d "$1" ] || { [ -e "$1" ] && exit ${NO_FOLDER}; exit ${MISSING}; }
cd "$1" || exit 1
find . -mindepth 1 -maxdepth 1 -exec stat -c '${token}|%f|%s|%n' {} +
find . -mindepth 1 -maxdepth 1 -type l -exec stat -L -c '${token}>%f|%s|%n' {} + 2>/dev/null
echo '${token}~'`;
    return this.run(asked, folder, { script, args: [folder], signal }, ({ stdout }) => {
      const found = new Map<string, { name: string; kind: FileKindDto; isLink: boolean; size: number }>();
      const records = recordsOf(stdout.toString(), token);
      if (records.at(-1)?.sign !== '~') throw torn();
      for (const { sign, body } of records) {
        const [mode = '', size, ...rest] = body.split('|');
        const name = rest.join('|').replace(/^\.\//, '');
        const kind = kindOf(mode);
        const isLink = sign === '>' || kind === 'link';
        if (name) found.set(name, { name, kind: toKind(kind), isLink, size: Number(size) });
      }
      return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
    });
  }

  /** Its bytes, of which there are `MOST_OPENED` at the most. */
  read(asked: PlaceAsked, file: string, signal: AbortSignal): Promise<Buffer> {
    const script = `[ -e "$1" ] || exit ${MISSING}; [ -d "$1" ] && exit ${IS_FOLDER}; exec head -c ${MOST_OPENED + 1} < "$1"`;
    return this.run(asked, file, { script, args: [file], signal }, ({ stdout }) => {
      if (stdout.length > MOST_OPENED)
        throw new GpuctlError('files.too-large', message('files.too-large', { name: path.posix.basename(file) }));
      return stdout;
    });
  }

  /** Writes beside, and puts it to its place when all of it is there. A link stays one. */
  write(
    asked: PlaceAsked,
    file: string,
    { bytes, create, overwrite }: { bytes: Buffer; create: boolean; overwrite: boolean },
    signal: AbortSignal,
  ): Promise<void> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const part = `.gpuctl-${randomUUID().slice(0, 8)}`;
    const script = `p=$1; n=$2; h=$3; export LC_ALL=C
if [ -L "$p" ]; then p=$(readlink -f "$p") || exit ${MISSING}; fi
[ -d "$p" ] && exit ${IS_FOLDER}
if [ -e "$p" ]; then [ "$5" = 1 ] || exit ${EXISTS}; [ -w "$p" ] || { echo 'Permission denied' >&2; exit 1; }
else [ "$4" = 1 ] || exit ${MISSING}; [ -d "\${p%/*}/" ] || exit ${MISSING}; fi
t="\${p%/*}/$6"
trap 'rm -f "$t"' EXIT
head -c "$n" > "$t" || exit 1
[ "$(wc -c < "$t" | tr -d ' ')" = "$n" ] || exit ${TORN}
if command -v sha256sum >/dev/null 2>&1; then s=$(sha256sum < "$t"); [ "\${s%% *}" = "$h" ] || exit ${TORN}; fi
if [ -e "$p" ]; then chmod "$(stat -c %a "$p")" "$t"; fi
mv -f "$t" "$p"`;
    const args = [file, String(bytes.length), hash, create ? '1' : '0', overwrite ? '1' : '0', part];
    return this.run(asked, file, { script, args, input: [bytes], signal }, () => undefined);
  }

  remove(asked: PlaceAsked, file: string, recursive: boolean, signal: AbortSignal): Promise<void> {
    const script = `export LC_ALL=C; [ -e "$1" ] || [ -L "$1" ] || exit ${MISSING}
if [ -L "$1" ] || [ ! -d "$1" ]; then exec rm -f "$1"; fi
[ "$2" = 1 ] && exec rm -rf "$1"
rmdir "$1" 2>/dev/null || exit ${NOT_EMPTY}`;
    return this.run(asked, file, { script, args: [file, recursive ? '1' : '0'], signal }, () => undefined);
  }

  rename(asked: PlaceAsked, from: string, to: string, overwrite: boolean, signal: AbortSignal): Promise<void> {
    const script = `export LC_ALL=C; [ -e "$1" ] || [ -L "$1" ] || exit ${MISSING}
[ -d "\${2%/*}/" ] || exit ${MISSING}
if [ -e "$2" ] || [ -L "$2" ]; then
[ "$3" = 1 ] || exit ${EXISTS}
if [ -d "$2" ] && [ ! -L "$2" ]; then rmdir "$2" 2>/dev/null || exit ${EXISTS}; fi
if [ -L "$2" ] && [ -d "$2" ]; then rm -f "$2"; fi; fi
mv -f "$1" "$2"`;
    return this.run(asked, to, { script, args: [from, to, overwrite ? '1' : '0'], signal }, () => undefined);
  }

  makeFolder(asked: PlaceAsked, folder: string, signal: AbortSignal): Promise<void> {
    const script = `export LC_ALL=C; [ -e "$1" ] && exit ${EXISTS}; [ -d "\${1%/*}/" ] || exit ${MISSING}; mkdir "$1"`;
    return this.run(asked, folder, { script, args: [folder], signal }, () => undefined);
  }

  private run<T>(
    asked: PlaceAsked,
    file: string,
    options: Parameters<typeof runScript>[1],
    then: (result: ScriptResult) => T,
  ): Promise<T> {
    return this.use(asked, options.signal, async (place) => {
      const signal = AbortSignal.any([options.signal, AbortSignal.timeout(PATIENCE)]);
      const result = await runScript(place, { ...options, signal }).catch((error) => {
        if (!options.signal.aborted && signal.aborted) throw torn();
        throw error;
      });
      if (result.code) throw refused(result, file);
      return then(result);
    });
  }

  private use<T>(asked: PlaceAsked, signal: AbortSignal, run: (place: FoundPlace) => Promise<T>): Promise<T> {
    if (!this.session.isTrusted) return this.session.use(() => Promise.reject(torn())); // says why
    return this.session.use(async (cluster) => {
      const key = JSON.stringify([cluster.context.context, asked]);
      const known = this.places.get(key);
      let place = known && Date.now() - known.at < FRESH ? await known.place.catch(() => undefined) : undefined;
      if (place?.cluster !== cluster) {
        // Several ask at once: none of them may call it off for the others.
        const finding = findPlace(cluster, asked, AbortSignal.timeout(PATIENCE));
        finding.catch(() => this.places.delete(key));
        this.places.set(key, { place: finding, at: Date.now() });
        place = await finding;
      }
      signal.throwIfAborted();
      return run(place).catch((error) => {
        if (!(error instanceof GpuctlError) || !error.code.startsWith('files.')) this.places.delete(key); // it may be another pod by now
        throw error;
      });
    });
  }
}

const KINDS: Readonly<Record<number, 'file' | 'folder' | 'link'>> = { 32768: 'file', 16384: 'folder', 40960: 'link' };

const kindOf = (printed: string): 'file' | 'folder' | 'link' | 'other' =>
  KINDS[Number.parseInt(printed, 16) & 0xf000] ?? 'other';
const toKind = (kind: ReturnType<typeof kindOf>): FileKindDto => (kind === 'link' ? 'other' : kind);

const torn = (): GpuctlError => new GpuctlError('exec.torn', message('exec.torn'), { actions: [{ do: 'retry' }] });

function refused(result: ScriptResult, file: string): GpuctlError {
  const where = file;
  switch (result.code) {
    case MISSING:
      return new GpuctlError('files.not-found', message('files.not-found', { where }));
    case EXISTS:
      return new GpuctlError('files.exists', message('files.exists', { where }));
    case IS_FOLDER:
      return new GpuctlError('files.is-folder', message('files.is-folder', { where }));
    case NOT_EMPTY:
      return new GpuctlError('files.not-empty', message('files.not-empty', { where }));
    case TORN:
      return torn();
    default:
      return failureOf(result, where);
  }
}
