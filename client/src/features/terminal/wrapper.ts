import { access, constants, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What the wrapper starts. */
export interface Wrapped {
  /** A program that is Node, or is it with `ELECTRON_RUN_AS_NODE`. */
  node: string;
  script: string;
}

/** Variables of the terminal that name what a wrapper for `cmd` starts, which reads its file in the code page of the console. */
export const WRAPPED = { node: 'GPUCTL_NODE', script: 'GPUCTL_SCRIPT' } as const satisfies Record<
  keyof Wrapped,
  string
>;

/** Writes the command `gpuctl` into a folder. On Windows there are two: one for `cmd` and PowerShell, one for the shell that comes with Git. */
export async function writeWrapper(
  folder: string,
  wrapped: Wrapped,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  await write(path.join(folder, 'gpuctl'), toShell(wrapped));
  if (platform === 'win32') await write(path.join(folder, 'gpuctl.cmd'), BATCH);
}

/** Writes a program, where it is not there like that already: another window may run it at this moment. */
async function write(file: string, text: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(() => undefined)) === text) return;
  await mkdir(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, text, { mode: 0o755 });
  await rename(fresh, file);
}

function toShell({ node, script }: Wrapped): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  return `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${quote(node)} ${quote(script)} "$@"\n`;
}

const BATCH = `@echo off\r\nsetlocal\r\nset ELECTRON_RUN_AS_NODE=1\r\n"%${WRAPPED.node}%" "%${WRAPPED.script}%" %*\r\n`;

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
