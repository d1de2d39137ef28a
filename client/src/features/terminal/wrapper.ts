import { access, constants, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What the wrapper starts. */
export interface Wrapped {
  /** A program that is Node, or is it with `ELECTRON_RUN_AS_NODE`. */
  node: string;
  script: string;
}

/** Writes the command `gpuctl` into a folder, where it is not there like that already: another window may run it at this moment. */
export async function writeWrapper(
  folder: string,
  wrapped: Wrapped,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  const isWindows = platform === 'win32';
  const file = path.join(folder, isWindows ? 'gpuctl.cmd' : 'gpuctl');
  const text = isWindows ? toBatch(wrapped) : toShell(wrapped);
  if ((await readFile(file, 'utf8').catch(() => undefined)) === text) return;
  await mkdir(folder, { recursive: true });
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, text, { mode: 0o755 });
  await rename(fresh, file);
}

function toShell({ node, script }: Wrapped): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  return `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${quote(node)} ${quote(script)} "$@"\n`;
}

function toBatch({ node, script }: Wrapped): string {
  const quote = (text: string) => `"${text.replaceAll('%', '%%')}"`;
  return `@echo off\r\nsetlocal\r\nset ELECTRON_RUN_AS_NODE=1\r\n${quote(node)} ${quote(script)} %*\r\n`;
}

/** The first `gpuctl` on a search path that is not in our folder. */
export async function findOther(folder: string, searchPath: string): Promise<string | undefined> {
  const names = process.platform === 'win32' ? ['gpuctl.exe', 'gpuctl.cmd'] : ['gpuctl'];
  for (const place of searchPath.split(path.delimiter)) {
    if (!place || path.resolve(place) === path.resolve(folder)) continue;
    for (const name of names) {
      const file = path.join(place, name);
      if (
        await access(file, constants.X_OK).then(
          () => true,
          () => false,
        )
      )
        return file;
    }
  }
  return undefined;
}
