/**
 * What must hold before anything is run: types, lint and format, generated files, the guards of the manifest and the texts.
 * `npm run check` looks; with `--write` (`npm run format`) it formats, mends what can be mended safely and generates.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const colours = process.stdout.isTTY ?? false;
const bin = (...parts: string[]) => path.join(root, 'node_modules', ...parts);

const biome = (command: string, ...args: string[]) => [
  bin('@biomejs', 'biome', 'bin', 'biome'),
  command,
  `--colors=${colours ? 'force' : 'off'}`,
  '--error-on-warnings',
  ...args,
  '.',
];

interface Step {
  name: string;
  args: string[];
}

const checks: Step[] = [
  { name: 'types', args: [bin('typescript', 'bin', 'tsc'), '--noEmit', '--pretty', String(colours)] },
  {
    name: 'types of pages in the editor',
    args: [bin('typescript', 'bin', 'tsc'), '--noEmit', '--pretty', String(colours), '-p', 'client/webview'],
  },
  { name: 'lint and format', args: biome('ci', '--max-diagnostics=200') },
  { name: 'generated files', args: ['scripts/generate.ts', '--check'] },
  { name: 'guards', args: ['--test', 'test/unit/{guards,catalogue,arrows}.test.ts'] },
];
const writes: Step[] = [
  { name: 'generate', args: ['scripts/generate.ts'] },
  { name: 'format', args: biome('check', '--write') },
];

/** Runs one step in a Node of its own; says how it went, and what it printed if it went wrong. */
async function run({ name, args }: Step): Promise<boolean> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const text = Buffer.concat(output).toString().trim();
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)${code === 0 || !text ? '' : `\n${text}\n`}`);
  return code === 0;
}

/** Runs every step, a few at a time, and tells whether all went well. */
async function runAll(steps: Step[], atOnce: number): Promise<boolean> {
  const waiting = [...steps];
  let good = true;
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) if (!(await run(step))) good = false;
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return good;
}

const write = process.argv.includes('--write');
const good = await (write ? runAll(writes, 1) : runAll(checks, Math.max(1, Math.min(4, availableParallelism()))));
process.exitCode = good ? 0 : 1;
