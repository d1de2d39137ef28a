/**
 * Runs the tests: `npm test` for everything, `npm test -- unit server` for some suites, `--long` for full sizes,
 * `--grep TEXT` for the tests whose name contains it. Ends with one line: `N passed, N failed`.
 *
 * A whole run takes most of an hour on real windows and clusters. Where at most {@link FEW} of its files fail, they are run once more, alone;
 * what passes then is counted, and named at the end as not steady, so that somebody looks.
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
import type { FileResult } from '../test/host/run.ts';

const root = path.join(import.meta.dirname, '..');
/** How much longer a file may take with `--long`. */
const LONGER = 30;
/** Test files that may fail in a suite of a whole run and be tried again. */
const FEW = 3;
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    stop.abort();
    process.exitCode = 1;
  });

interface Row extends FileResult {
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
  /** Runs these files of it and counts what each came to; without files, all of them. */
  run: (suite: Suite, files: string[] | undefined, grep?: string) => Promise<Map<string, FileResult>>;
}

const SUITES: Suite[] = [
  { name: 'unit', needs: [], atOnce: availableParallelism(), minutes: 2, run: runTestFiles },
  { name: 'server', needs: [], atOnce: availableParallelism(), minutes: 2, run: runTestFiles },
  { name: 'cluster', needs: ['cluster'], atOnce: 1, minutes: 15, run: runTestFiles },
  { name: 'scenarios', needs: ['cluster'], atOnce: 1, minutes: 15, run: runTestFiles },
  { name: 'host', needs: ['bundle', 'host', 'browser'], atOnce: 1, minutes: 15, run: runHost },
  { name: 'ui', needs: ['bundle', 'cluster', 'host', 'browser'], atOnce: 1, minutes: 15, run: runTestFiles },
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

/** Runs test files, each in a process of its own; what node:test itself counted, by file. */
async function runTestFiles({ name, atOnce, minutes }: Suite, files: string[] | undefined, grep?: string) {
  const stream = runFiles({
    files:
      files ??
      globSync(`test/${name}/**/*.test.ts`, { cwd: root })
        .map((file) => path.join(root, file))
        .sort(),
    cwd: root,
    concurrency: atOnce,
    timeout: minutes * 60_000 * (process.env.GPUCTL_TEST_SIZE === 'full' ? LONGER : 1),
    signal: stop.signal,
    testNamePatterns: grep ? [new RegExp(grep.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))] : undefined,
  });
  const counted = new Map<string, FileResult>();
  const countsOf = (file: string): FileResult => {
    const counts = counted.get(file) ?? { passed: 0, failed: 0, skipped: 0, failures: [] };
    counted.set(file, counts);
    return counts;
  };
  const empty: string[] = [];
  stream.on('test:summary', ({ file, counts: { tests, passed, skipped, todo } }) => {
    if (file === undefined) return; // of all
    const counts = countsOf(file);
    counts.passed += passed;
    counts.failed += tests - passed - skipped - todo;
    counts.skipped += skipped + todo;
  });
  stream.on('test:pass', ({ name, file }) => name === file && empty.push(file));
  // A file that hangs, or fails behind its tests, is told as a test of its own name.
  stream.on('test:fail', ({ name, file, details: { error, type } }) => {
    if (file === undefined) return;
    const counts = countsOf(file);
    if (name === file) counts.failed++;
    if (type !== 'suite')
      counts.failures.push(`${name}: ${(error.cause as Error | undefined)?.message ?? error.message}`);
  });
  for await (const text of stream.compose(new spec())) process.stdout.write(text);
  if (empty.length > 0 && !grep)
    throw new Error(`there is no test in ${empty.map((file) => path.relative(root, file)).join(', ')}.`);
  return counted;
}

/** Runs the suite inside VS Code, which counts with mocha. */
async function runHost(_suite: Suite, files: string[] | undefined, grep?: string) {
  const { runHostSuites } = await import('../test/host/run.ts');
  const folder = path.join(root, 'test/host');
  const ran = await runHostSuites({ grep, files: files?.map((file) => path.relative(folder, file)) });
  return new Map(Object.entries(ran.files).map(([file, counts]) => [path.join(folder, file), counts]));
}

/** Runs a suite, in a whole run with a second try of few failed files; adds to `unsteady` those that passed only then. */
async function runSuite(suite: Suite, unsteady: string[] | undefined, grep?: string): Promise<FileResult> {
  const counted = await suite.run(suite, undefined, grep);
  const failed = [...counted].flatMap(([file, counts]) => (counts.failed > 0 ? file : []));
  if (unsteady && failed.length > 0 && failed.length <= FEW && !stop.signal.aborted) {
    console.log(`\n━━ ${suite.name}, once more: ${failed.map((file) => path.relative(root, file)).join(', ')}`);
    for (const [file, counts] of await suite.run({ ...suite, atOnce: 1 }, failed)) {
      counted.set(file, counts);
      if (counts.failed === 0) unsteady.push(path.relative(root, path.resolve(root, file)));
    }
  }
  const all = [...counted.values()];
  const sum = (of: 'passed' | 'failed' | 'skipped') => all.reduce((total, counts) => total + counts[of], 0);
  const failures = all.flatMap((counts) => counts.failures);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), failures };
}

async function measure(suite: string, work: () => Promise<FileResult>): Promise<Row> {
  const began = performance.now();
  const counts = await work().catch((error: Error) => {
    console.error(`✗ ${suite}: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0, failures: [error.message] };
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
  const unsteady: string[] = [];
  const isWhole = positionals.length === 0 && !values.grep;
  if (positionals.length === 0) {
    console.log('\n━━ check');
    rows.push(
      await measure('check', async () => {
        await runScript('scripts/check.ts');
        return { passed: 0, failed: 0, skipped: 0, failures: [] };
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
        const counts = await runSuite(suite, isWhole ? unsteady : undefined, values.grep);
        if (counts.passed + counts.failed === 0 && !(values.grep && suites.length > 1)) throw new Error('no test ran.');
        return counts;
      }),
    );
  }
  report(rows, unsteady);
}

function report(rows: Row[], unsteady: string[]): void {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  const cell = (value: string | number) => String(value).padStart(9);
  console.log(`\n${'suite'.padEnd(10)}${cell('passed')}${cell('failed')}${cell('seconds')}`);
  for (const { suite, passed, failed, seconds } of rows)
    console.log(`${suite.padEnd(10)}${cell(passed)}${cell(failed)}${cell(seconds.toFixed(1))}`);
  const failed = sum((row) => row.failed) + (stop.signal.aborted ? 1 : 0);
  const skipped = sum((row) => row.skipped);
  for (const { suite, failures } of rows) for (const one of failures) console.log(`\n✖ ${suite}: ${one}`);
  for (const file of unsteady) console.log(`\nNot steady: ${file} failed first, and passed when it was run once more.`);
  console.log(`\n${sum((row) => row.passed)} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  if (failed > 0) process.exitCode = 1;
}

await main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
