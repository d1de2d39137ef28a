/**
 * Runs the tests: `npm test` for everything, `npm test -- unit server` for some suites, `--long` for full sizes,
 * `--grep TEXT` for the tests whose name contains it. Ends with one line: `N passed, N failed`.
 *
 * Before a whole run comes `npm run check`. What a suite needs beyond the tree (programs of the test cluster, VS Code,
 * a browser) is fetched or compiled once into a cache, while the suites that need none of it run.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { run as runFiles } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';

const root = path.join(import.meta.dirname, '..');
/** How much longer a file may take with `--long`. */
const LONGER = 30;
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    stop.abort();
    process.exitCode = 1;
  });

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}
interface Row extends Counts {
  suite: string;
  seconds: number;
}

type Need = 'bundle' | 'cluster' | 'host' | 'browser';
interface Suite {
  name: string;
  needs: Need[];
  /** Test files at once; those that share a cluster or a window run alone. */
  atOnce: number;
  /** Minutes until a test or a file that hangs counts as failed. */
  minutes: number;
  run?: (grep?: string) => Promise<Counts>;
}

const SUITES: Suite[] = [
  { name: 'unit', needs: [], atOnce: availableParallelism(), minutes: 2 },
  { name: 'server', needs: [], atOnce: availableParallelism(), minutes: 2 },
  { name: 'cluster', needs: ['cluster'], atOnce: 1, minutes: 15 },
  { name: 'scenarios', needs: ['cluster'], atOnce: 1, minutes: 15 },
  { name: 'host', needs: ['bundle', 'host', 'browser'], atOnce: 1, minutes: 15, run: runHost },
  { name: 'ui', needs: ['bundle', 'cluster', 'host', 'browser'], atOnce: 1, minutes: 15 },
];

/** Runs a program of ours with our terminal; rejects where it fails. */
async function runScript(...args: string[]): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', signal: stop.signal });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}.`);
}

/** A printer of progress that says a sentence when a new step begins and then now and then, not with every package. */
function createProgress(): (sentence: string) => void {
  let step = '';
  let at = 0;
  return (sentence) => {
    const begins = sentence.split(/,|\d/)[0] ?? '';
    if (begins === step && Date.now() - at < 20_000) return;
    step = begins;
    at = Date.now();
    console.log(`… ${sentence}`);
  };
}

const setUps: Record<Need, () => Promise<unknown>> = {
  bundle: () => runScript('esbuild.mjs'),
  cluster: async () => {
    if (process.env.GPUCTL_CLUSTER_KUBECONFIG) return;
    const { ensureBinaries } = await import('../test/cluster/binaries.ts');
    const progress = createProgress();
    await ensureBinaries({ kwok: true, onProgress: ({ message }) => progress(message), signal: stop.signal });
  },
  host: async () => (await import('../test/host/install.ts')).ensureHost({ onProgress: createProgress() }),
  browser: async () => {
    const { ensureChromium, ensureCjkFont } = await import('../test/host/install.ts');
    await ensureChromium({ onProgress: createProgress() });
    await ensureCjkFont({ onProgress: createProgress() });
  },
};

/** Starts what the suites need, the long compile beside the downloads; each need is met once and awaited where it is used. */
function startSetUps(suites: Suite[]): Map<Need, Promise<unknown>> {
  const started = new Map<Need, Promise<unknown>>();
  let downloads: Promise<unknown> = Promise.resolve();
  for (const need of new Set(suites.flatMap(({ needs }) => needs))) {
    const done = need === 'cluster' ? setUps.cluster() : downloads.then(setUps[need]);
    if (need !== 'cluster') downloads = done.catch(() => {});
    done.catch(() => {}); // told by the suite that needs it
    started.set(need, done);
  }
  return started;
}

/** Runs the files of a suite, each in a process of its own, and counts what node:test itself counted. */
async function runSuite({ name, atOnce, minutes }: Suite, grep?: string): Promise<Counts> {
  const files = globSync(`test/${name}/**/*.test.ts`, { cwd: root }).sort();
  const stream = runFiles({
    files: files.map((file) => path.join(root, file)),
    cwd: root,
    concurrency: atOnce,
    timeout: minutes * 60_000 * (process.env.GPUCTL_TEST_SIZE === 'full' ? LONGER : 1),
    signal: stop.signal,
    testNamePatterns: grep ? [new RegExp(grep.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))] : undefined,
  });
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  stream.on('test:summary', ({ file, counts: { tests, passed, skipped, todo } }) => {
    if (file !== undefined) return; // of one file; the last summary is of all
    Object.assign(counts, { passed, failed: tests - passed - skipped - todo, skipped: skipped + todo });
  });
  const empty: string[] = [];
  stream.on('test:pass', ({ name, file }) => name === file && empty.push(path.relative(root, name)));
  for await (const text of stream.compose(new spec())) process.stdout.write(text);
  if (grep)
    counts.passed -= empty.length; // node:test counts a file of which nothing was chosen as one that passed
  else if (empty.length > 0) throw new Error(`there is no test in ${empty.join(', ')}.`);
  return counts;
}

/** Runs the suite inside VS Code, which counts with mocha. */
async function runHost(grep?: string): Promise<Counts> {
  const { runHostSuites } = await import('../test/host/run.ts');
  const { passing, failing, pending } = await runHostSuites({ grep });
  return { passed: passing, failed: failing, skipped: pending };
}

async function measure(suite: string, work: () => Promise<Counts>): Promise<Row> {
  const began = performance.now();
  const counts = await work().catch((error: Error) => {
    console.error(`✗ ${suite}: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  return { suite, ...counts, seconds: (performance.now() - began) / 1000 };
}

async function main(): Promise<void> {
  const options = { long: { type: 'boolean' }, grep: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const unknown = positionals.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0)
    throw new Error(`No such suite: ${unknown.join(', ')}. There are: ${SUITES.map(({ name }) => name).join(', ')}.`);
  const suites = SUITES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  if (values.long) process.env.GPUCTL_TEST_SIZE = 'full';

  const rows: Row[] = [];
  if (positionals.length === 0) {
    console.log('\n━━ check');
    rows.push(
      await measure('check', async () => {
        await runScript('scripts/check.ts');
        return { passed: 0, failed: 0, skipped: 0 };
      }),
    );
  }
  const setUp = startSetUps(suites);
  for (const suite of suites) {
    if (stop.signal.aborted) break;
    console.log(`\n━━ ${suite.name}`);
    rows.push(
      await measure(suite.name, async () => {
        for (const need of suite.needs) await setUp.get(need);
        const counts = await (suite.run ?? ((grep) => runSuite(suite, grep)))(values.grep);
        if (counts.passed + counts.failed === 0 && !(values.grep && suites.length > 1)) throw new Error('no test ran.');
        return counts;
      }),
    );
  }
  report(rows);
}

function report(rows: Row[]): void {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  const cell = (value: string | number) => String(value).padStart(9);
  console.log(`\n${'suite'.padEnd(10)}${cell('passed')}${cell('failed')}${cell('seconds')}`);
  for (const { suite, passed, failed, seconds } of rows)
    console.log(`${suite.padEnd(10)}${cell(passed)}${cell(failed)}${cell(seconds.toFixed(1))}`);
  const failed = sum((row) => row.failed) + (stop.signal.aborted ? 1 : 0);
  const skipped = sum((row) => row.skipped);
  console.log(`\n${sum((row) => row.passed)} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  if (failed > 0) process.exitCode = 1;
}

await main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
