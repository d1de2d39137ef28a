// One builder at a time per cache folder, over process boundaries.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BuildOptions, BuildProgress } from './binaries.ts';

/** Gives the lock back when called; `report` tells this and all waiting builders where the build stands. */
export interface BuildLock {
  (): void;
  report: (progress: BuildProgress) => void;
}

/**
 * Waits until no other process builds, and takes the lock: a file that holds the pid of its owner and a random word. It
 * appears complete (made elsewhere, then linked). The lock of a process that is gone is taken over.
 */
export async function holdBuildLock(file: string, options: BuildOptions): Promise<BuildLock> {
  const content = `${process.pid} ${crypto.randomUUID()}`;
  const own = `${file}.${process.pid}`;
  const progressFile = `${file}.progress`;
  writeFileSync(own, content);
  try {
    while (!tryLink(own, file)) {
      options.signal?.throwIfAborted();
      const holder = read(file);
      if (holder && !isRunning(Number(holder.split(' ')[0]))) takeOver(file, holder, own);
      else await sleep(500, undefined, { signal: options.signal });
      const progress = read(progressFile);
      if (progress && holder) options.onProgress?.(JSON.parse(progress) as BuildProgress);
    }
  } finally {
    rmSync(own, { force: true });
  }
  const release = () => {
    rmSync(progressFile, { force: true });
    if (read(file) === content) rmSync(file, { force: true });
  };
  const report = (progress: BuildProgress) => {
    writeFileSync(`${progressFile}.new`, JSON.stringify(progress));
    renameSync(`${progressFile}.new`, progressFile);
    options.onProgress?.(progress);
  };
  return Object.assign(release, { report });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead lock away; should another process have replaced it meanwhile, it is put back. */
function takeOver(file: string, holder: string, own: string): void {
  const aside = `${own}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return; // someone else was faster
  }
  if (read(aside) !== holder) tryLink(aside, file);
  rmSync(aside, { force: true });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Whether a process with this pid exists (also one of another user). */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
