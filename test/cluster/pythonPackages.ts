// Python packages for the programs that tests run in containers.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './binaries.ts';

const run = promisify(execFile);

/** The folder of the programs and of the lists of packages. */
export const PROGRAMS = path.join(import.meta.dirname, 'programs');

/**
 * The folder, for `PYTHONPATH`, of the packages that `programs/<list>.txt` pins. Installed once into the cache by the `pip` of the
 * `python3` on PATH; nothing but what is on the list, so that no PyTorch of several GB comes along.
 *
 * @throws Error that says what to do where there is no Python 3.11 or newer with pip.
 */
export async function ensurePythonPackages(list: string): Promise<string> {
  const file = path.join(PROGRAMS, `${list}.txt`);
  const { stdout: pip } = await run('python3', ['-m', 'pip', '--version']).catch((error: Error) => {
    throw new Error(
      `The test needs python3 (3.11 or newer) with pip, such as Debian's python3-pip brings: ${error.message}`,
    );
  });
  const python = /\(.*\)/.exec(pip)?.[0] ?? pip;
  const key = createHash('sha256').update(readFileSync(file)).update(python).digest('hex').slice(0, 12);
  const parent = path.join(cacheFolder(), 'python');
  const folder = path.join(parent, `${list}-${key}`);
  if (existsSync(folder)) return folder;
  mkdirSync(parent, { recursive: true });
  const making = mkdtempSync(path.join(parent, 'making-'));
  try {
    const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--no-compile', '--target', making];
    // DeepSpeed would compile kernels for GPUs.
    const env = { ...process.env, DS_BUILD_OPS: '0' };
    await run('python3', ['-m', 'pip', 'install', ...options, '--requirement', file], { env, timeout: 600_000 });
    if (!existsSync(folder)) renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return folder;
}
