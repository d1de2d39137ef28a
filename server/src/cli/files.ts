import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { message } from '../../../l10n/index.ts';
import { type CheckedFile, checkFile, modeOf } from '../kinds/checkedFile.ts';
import { GpuctlError } from '../operations/error.ts';
import { UsageError } from './exit.ts';

/** A file as it was named, read and checked. */
export interface NamedFile {
  /** As the person wrote it; `-` for standard input. */
  name: string;
  /** What was named: the file itself, or folders that it lies in. */
  namedBy: string[];
  text: string;
  checked: CheckedFile;
}

/** Folders that hold others' files. */
const NOT_OURS = /^(?:\.|node_modules$)/;
const YAML = /\.ya?ml$/i;

/** Reads files, folders (their YAML files by name; with `recursive`, those of their folders, too) and standard input (`-`). Throws GpuctlError `file.*`, UsageError. */
export async function readFiles(
  named: readonly string[],
  { recursive = false, stdin, signal }: { recursive?: boolean | undefined; stdin: Readable; signal: AbortSignal },
): Promise<NamedFile[]> {
  if (!named.length) throw new UsageError(message('cli.usage.no-file'));
  const files = new Map<string, NamedFile>();
  const read = async (name: string): Promise<NamedFile> => {
    const isInput = name === '-';
    const text = await (isInput ? readAll(addAbortSignal(signal, stdin)) : orFail(name, readFile(name, 'utf8')));
    return { name, namedBy: [], text, checked: checkFile(text, modeOf(isInput ? 'gpuctl' : 'yaml', name)) };
  };
  for (const name of named) {
    for (const file of name === '-' ? ['-'] : await listFiles(name, recursive)) {
      const key = file === '-' ? file : path.resolve(file);
      const known = files.get(key) ?? (await read(file));
      files.set(key, known);
      known.namedBy.push(name);
    }
  }
  return [...files.values()];
}

async function listFiles(name: string, recursive: boolean): Promise<string[]> {
  const { isDirectory } = await orFail(
    name,
    stat(name).then((found) => ({ isDirectory: found.isDirectory() })),
  );
  if (!isDirectory) return [name];
  const found: string[] = [];
  const entries = await orFail(name, readdir(name, { withFileTypes: true }));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = path.join(name, entry.name);
    if (entry.isDirectory()) {
      if (recursive && !NOT_OURS.test(entry.name)) found.push(...(await listFiles(inside, recursive)));
    } else if (YAML.test(entry.name)) found.push(inside);
  }
  return found;
}

async function orFail<T>(file: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const say =
      code === 'ENOENT' ? message('cli.file.none', { file }) : message('cli.file.unreadable', { file, reason: code });
    throw new GpuctlError('file.unreadable', say, { detail: String(error), cause: error });
  }
}
