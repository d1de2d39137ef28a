import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { isAlive } from './cache.ts';
import { findDesktop } from './desktop.ts';
import { run } from './exec.ts';
import { ensureChromium, ensureHost } from './install.ts';
import { QUIET_SETTINGS } from './settings.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Starts the tests of whatever suite. */
const INDEX = join(import.meta.dirname, 'suite/index.ts');

/** The suites, each a folder here, with the extensions that are installed in their windows. */
const SUITES = { suite: [], besideYaml: [join(import.meta.dirname, 'otherYaml')] } as const;
type SuiteName = keyof typeof SUITES;

export interface SuiteOptions {
  /** Both by default. */
  suite?: SuiteName;
  /** Only these files, by their paths from this folder. */
  files?: readonly string[];
  /** Folder of the extension under test; this project by default. */
  extension?: string;
  /** Only tests whose full title contains this. */
  grep?: string;
  /** Folder that is copied and opened; the sample workspace by default. */
  workspace?: string;
  settings?: Record<string, unknown>;
  /** Environment of the extension host. */
  env?: Record<string, string | undefined>;
}

/** What became of the tests of a file. */
export interface FileResult {
  passed: number;
  failed: number;
  skipped: number;
  /** A line for each test that failed: its name, and why. */
  failures: string[];
}

export interface SuiteResult {
  /** By the path of the file from this folder. */
  files: Record<string, FileResult>;
  /** Seconds until the window ran the first test, and for the tests. */
  startSeconds: number;
  testSeconds: number;
}

/** What the suite prints as its last line; see suite/index.ts. */
const RESULT = /^gpuctl-host-result (\{.*\})$/m;

/** Followed by the number of the process that removes the folder at its end. */
const TEMP_PREFIX = 'gpuctl-suite-';

/** Runs the suites, one after another, in desktop VS Code where there is one, else in the npm-built host, by the same `runTests`. */
export async function runHostSuites(options: SuiteOptions = {}): Promise<SuiteResult> {
  const result: SuiteResult = { files: {}, startSeconds: 0, testSeconds: 0 };
  for (const suite of options.suite ? [options.suite] : (Object.keys(SUITES) as SuiteName[])) {
    if (options.files && !options.files.some((file) => file.split(sep)[0] === suite)) continue;
    const { files, startSeconds, testSeconds } = await runHostSuite(suite, options);
    for (const [file, counts] of Object.entries(files)) result.files[join(suite, file)] = counts;
    result.startSeconds += startSeconds;
    result.testSeconds += testSeconds;
  }
  return result;
}

async function runHostSuite(suite: SuiteName, options: SuiteOptions): Promise<SuiteResult> {
  removeOrphans();
  const temp = mkdtempSync(join(tmpdir(), `${TEMP_PREFIX}${process.pid}-`));
  try {
    const workspace = join(temp, 'workspace');
    const source = options.workspace ?? join(ROOT, 'test/demo/workspace');
    if (existsSync(source)) cpSync(source, workspace, { recursive: true });
    else mkdirSync(workspace);
    const userDataDir = join(temp, 'user');
    mkdirSync(join(userDataDir, 'User'), { recursive: true });
    writeFileSync(join(userDataDir, 'User/settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...options.settings }));
    const extensionTestsPath = join(temp, 'suite.cjs');
    await bundleSuite(suite, options.files, extensionTestsPath);
    const started = Date.now();
    let output = '';
    const tee = new Writable({
      write(chunk, _encoding, done) {
        output += chunk;
        process.stdout.write(chunk.toString().replace(RESULT, ''), done);
      },
    });
    await runTests({
      vscodeExecutablePath: findDesktop() ?? (await makeShim(temp)),
      extensionDevelopmentPath: [options.extension ?? ROOT, ...SUITES[suite]],
      extensionTestsPath,
      extensionTestsEnv: { ...options.env, GPUCTL_SUITE_GREP: options.grep },
      launchArgs: [workspace, `--user-data-dir=${userDataDir}`, `--extensions-dir=${join(temp, 'extensions')}`],
      stdout: tee,
    }).catch((error) => {
      if (!RESULT.test(output)) throw error;
    });
    const line = RESULT.exec(output)?.[1];
    if (!line) throw new Error('The suite ended without a result.');
    const { first, last, files } = JSON.parse(line);
    return { files, startSeconds: (first - started) / 1000, testSeconds: (last - first) / 1000 };
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

/** One file of CommonJS with every `*.test.ts`, each run when mocha is ready; VS Code loads suites by `require`. */
async function bundleSuite(suite: SuiteName, chosen: readonly string[] | undefined, outfile: string): Promise<void> {
  const folder = join(import.meta.dirname, suite);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && (!chosen || chosen.includes(join(suite, file))))
    .sort();
  const loads = files.map((file) => `${JSON.stringify(file)}: () => require(${JSON.stringify(`./${file}`)})`);
  await build({
    stdin: {
      contents: `import { runSuite } from ${JSON.stringify(INDEX)};\nexport const run = () => runSuite({ ${loads.join(', ')} });`,
      resolveDir: folder,
      sourcefile: 'suite.ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'error',
  });
}

/** Folders of runs that were killed. */
function removeOrphans(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = Number(name.startsWith(TEMP_PREFIX) && name.slice(TEMP_PREFIX.length).split('-')[0]);
    if (owner && !isAlive(owner)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

async function makeShim(folder: string): Promise<string> {
  const onProgress = (sentence: string) => console.log(sentence);
  await ensureHost({ onProgress });
  await ensureChromium({ onProgress });
  const script = join(folder, 'code');
  writeFileSync(script, `#!/bin/sh\nexec '${process.execPath}' '${join(import.meta.dirname, 'shim.ts')}' "$@"\n`);
  chmodSync(script, 0o755);
  return script;
}

if (import.meta.main) {
  const options = {
    grep: { type: 'string', short: 'g' },
    suite: { type: 'string' },
    extension: { type: 'string' },
    workspace: { type: 'string' },
    'no-build': { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ options });
  if (!values['no-build'] && !values.extension) {
    const { code, output } = await run(process.execPath, ['esbuild.mjs'], ROOT);
    if (code !== 0) throw new Error(`The extension does not build:\n${output}`);
  }
  const result = await runHostSuites({ ...values, suite: values.suite as SuiteName | undefined });
  const all = Object.values(result.files);
  const sum = (of: 'passed' | 'failed' | 'skipped') => all.reduce((total, counts) => total + counts[of], 0);
  console.log(`host suite: ${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  console.log(`host suite: window after ${result.startSeconds.toFixed(1)} s, tests ${result.testSeconds.toFixed(1)} s`);
  process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
}
