import { randomBytes } from 'node:crypto';
import { message } from '../../../../l10n/index.ts';
import { cancelled, GpuctlError } from '../error.ts';
import type { Cluster, Execution } from '../ports.ts';

/** A container whose files are reached. */
export interface Place {
  cluster: Cluster;
  pod: { namespace: string; name: string };
  container: string;
}

export interface ScriptOptions {
  /** A text for `sh`, with its arguments after it; without, `sh` reads its commands from `input`. */
  script?: string;
  args?: readonly string[];
  input?: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;
  signal: AbortSignal;
  /** Takes what it prints, in the place of `stdout` of the result. */
  take?: (bytes: Buffer) => Promise<void> | void;
}

export interface ScriptResult {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** Runs a shell script in a container to its end. Throws what `exec` throws, and `files.no-shell`. */
export async function runScript(place: Place, options: ScriptOptions): Promise<ScriptResult> {
  const { script, args = [], input, signal, take } = options;
  const command = script === undefined ? ['sh', '-s'] : ['sh', '-c', script, 'sh', ...args];
  const own = new AbortController();
  let unreadable: unknown;
  try {
    const { pod, container, cluster } = place;
    const both = AbortSignal.any([signal, own.signal]);
    const execution = await cluster.exec(pod, { container, command, stdin: input !== undefined, signal: both });
    if (input)
      writeAll(execution, input).catch((error) => {
        unreadable = error;
        own.abort();
      });
    const printed = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    for await (const { from, bytes } of execution.output) {
      if (from === 'stdout' && take) await take(bytes);
      else printed[from].push(bytes);
    }
    const code = await execution.ended;
    return { code, stdout: Buffer.concat(printed.stdout), stderr: Buffer.concat(printed.stderr).toString() };
  } catch (failure) {
    if (signal.aborted) throw cancelled();
    if (!(failure instanceof GpuctlError)) throw failure;
    if (failure.code === 'cancelled' && unreadable) throw unreadable;
    throw failure.code === 'exec.no-program'
      ? new GpuctlError('files.no-shell', message('files.no-shell'), { detail: failure.detail ?? '' })
      : failure;
  } finally {
    own.abort(); // nobody reads what is still being written
  }
}

/** Throws only what `input` does: where nobody takes it any more, the end of the program tells why. */
async function writeAll(execution: Execution, input: NonNullable<ScriptOptions['input']>): Promise<void> {
  const isTaken = (writing: Promise<unknown>) =>
    writing.then(
      () => true,
      () => false,
    );
  for await (const part of input) if (!(await isTaken(execution.write(part)))) return;
  await isTaken(execution.endInput());
}

/** A word for a shell, whatever is in it. */
export const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** A path below the folder in which a script is, so that none begins with a minus. */
export const below = (path: string): string => quote(`./${path}`);

/** A word that is in no name. */
export const newToken = (): string => randomBytes(12).toString('hex');

/** Exit codes of our scripts. */
export const NO_TOOL = 40;
export const NO_FOLDER = 41;

/** Begins a script: what it needs is there, and says things in English. The name of what is missing is the last line of its complaints. */
export const needing = (...tools: string[]): string =>
  `export LC_ALL=C; for t in ${tools.join(' ')}; do command -v "$t" >/dev/null 2>&1 || { echo "$t" >&2; exit ${NO_TOOL}; }; done`;

/** What went wrong in a script, as it is told. `where` is the file or folder that it was about. */
export function failureOf({ code, stderr }: ScriptResult, where: string): GpuctlError {
  const detail = stderr.trim().slice(0, 2_000);
  const last = stderr.trim().split('\n').at(-1) ?? '';
  if (code === NO_TOOL) return new GpuctlError('files.no-tool', message('files.no-tool', { tool: last }), { detail });
  if (code === NO_FOLDER) return new GpuctlError('files.no-folder', message('files.no-folder', { where }), { detail });
  if (/No space left|quota exceeded/i.test(stderr))
    return new GpuctlError('files.full', message('files.full', { where }), { detail });
  if (/Permission denied|Read-only file system|not permitted/i.test(stderr))
    return new GpuctlError('files.refused', message('files.refused', { where }), { detail });
  return new GpuctlError('files.failed', message('files.failed', { where }), {
    detail: detail || `exit code ${code}`,
    actions: [{ do: 'retry' }],
  });
}
