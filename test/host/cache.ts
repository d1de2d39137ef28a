import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Folder for what is fetched or built once and serves every clone: `$GPUCTL_CACHE`, `$XDG_CACHE_HOME/gpuctl`, `~/.cache/gpuctl`. */
export function getCacheDir(): string {
  if (process.env.GPUCTL_CACHE) return process.env.GPUCTL_CACHE;
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gpuctl');
}

/** Runs `work` while no other process runs under the same lock file; the lock of a process that died is taken over. */
export async function withLock<T>(file: string, onWait: (holder: number) => void, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!tryLock(file)) {
    const holder = readHolder(file);
    if (holder !== undefined && !isAlive(holder)) {
      breakLock(file, holder);
      continue;
    }
    if (!told && holder !== undefined) onWait(holder);
    told = true;
    await sleep(300);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** True while a process of that number exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function tryLock(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

/** Moves the dead holder's lock away; if another process was quicker and holds it now, its lock is put back. */
function breakLock(file: string, dead: number): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readHolder(aside) === dead) rmSync(aside, { force: true });
    else renameSync(aside, file);
  } catch {
    // somebody else broke it: the next round sees their lock
  }
}
