/** What the extension costs a window: the size of its package, and the time until it is active in the real VS Code. `node test/bench/package.ts` runs it alone. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const MOST_KILOBYTES = 1_500;
const MOST_MILLISECONDS = 30;

const run = (...args: string[]): string => {
  const { stdout, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}:\n${stdout}`);
  return stdout;
};

/** Builds the package and starts a window, and prints the figures beside their targets. */
export function benchPackage(): void {
  const [, size] = /\.vsix: (\d+) KB/.exec(run('scripts/package.ts')) ?? [];
  const windows = run('test/host/run.ts', '--no-build', '--suite', 'suite', '--grep', 'activation');
  const [, load, activate] = /activation: load ([\d.]+) ms, activate\(\) ([\d.]+) ms/.exec(windows) ?? [];
  const row = (what: string, value: string | undefined, unit: string, most?: number) => {
    const isGood = most === undefined || Number(value) <= most;
    console.log(
      `${what.padEnd(28)}${`${value} ${unit}`.padStart(12)}${most === undefined ? '' : `   ≤ ${most} ${isGood ? '✓' : '✗'}`}`,
    );
  };
  row('package', size, 'KB', MOST_KILOBYTES);
  row('loading of the client', load, 'ms');
  row('activate()', activate, 'ms', MOST_MILLISECONDS);
}

if (import.meta.main) benchPackage();
