/**
 * `npm run bench`: our language server against `yaml-language-server` with the same JSON Schema, over stdio, on the same
 * files. Both are started by this script, in turn; three runs, medians. Figures are for people to read: nothing fails on them.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { benchCockpit } from './cockpit.ts';
import { buildFile, LINES, NODE_COUNT } from './files.ts';
import { Lsp, type Position, type ServerCommand } from './lsp.ts';
import { benchPackage } from './package.ts';
import { benchPortForward } from './portForward.ts';
import { benchScale } from './scale.ts';

const root = path.join(import.meta.dirname, '../..');
const temp = mkdtempSync(path.join(tmpdir(), 'gpuctl-bench-'));
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    sizes: { type: 'string', default: '1,10,100,1000' },
    self: { type: 'boolean' },
  },
});
const RUNS = Number(options.runs);
const STARTS = 5;
const OPENS = 3;
const EDITS = 11;
/** Documents in the file; `--sizes 1000` measures one size alone. */
const SIZES = [1, 10, 100, 1000];
const MEASURED = options.sizes.split(',').map(Number);
/** Time that yaml-language-server waits after a change before it looks; comparing without it is fairer to its code. */
const DEBOUNCE = 200;
/** Edits whose processor time is summed up, and completions that are asked for. */
const CPU_EDITS = 40;
const COMPLETIONS = 15;
/** Milliseconds after which a server has come to rest. */
const REST = 3000;

const yamlServer = path.join(root, 'node_modules/yaml-language-server');

/** Ours, started as our client starts it. */
function buildOurs(): ServerCommand {
  const { status } = spawnSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('The extension does not build.');
  return {
    name: 'gpuctl',
    args: ['--max-semi-space-size=1', '--v8-pool-size=2', path.join(root, 'dist/server.cjs'), '--stdio'],
    languageId: 'gpuctl',
    settings: {},
  };
}

function findTheirs(): ServerCommand {
  const schema = path.join(temp, 'gpuctl.schema.json');
  copyFileSync(path.join(root, 'schemas/published/training.schema.json'), schema);
  const yaml = {
    schemas: { [pathToFileURL(schema).href]: '*.gpuctl.yaml' },
    validate: true,
    schemaStore: { enable: false },
  };
  return {
    name: 'yaml-language-server',
    args: [path.join(yamlServer, 'bin/yaml-language-server'), '--stdio'],
    languageId: 'yaml',
    settings: { yaml, http: {}, '[yaml]': {}, editor: {} },
    initializationOptions: { l10nPath: path.join(yamlServer, 'l10n') },
  };
}

/** The other server in one file, as an extension would ship it. */
async function bundleTheirs(theirs: ServerCommand): Promise<ServerCommand> {
  const outfile = path.join(temp, 'yaml-language-server.mjs');
  await esbuild.build({
    entryPoints: [path.join(yamlServer, 'out/src/server.js')],
    bundle: true,
    outfile,
    platform: 'node',
    format: 'esm',
    target: 'node22.19',
    minify: true,
    logLevel: 'error',
    mainFields: ['module', 'main'],
    banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
  });
  return { ...theirs, name: `${theirs.name}, one file`, args: [outfile, '--stdio'] };
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const elapsed = (since: number) => performance.now() - since;

/** Milliseconds from the start of the process to the answer of `initialize`. */
async function measureStart(command: ServerCommand): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < STARTS; index++) {
    const began = performance.now();
    const server = new Lsp(command);
    await server.initialize();
    times.push(elapsed(began));
    await server.stop();
  }
  return median(times);
}

/** Milliseconds, and MB of memory at rest. */
interface FileTimes {
  open: number;
  memory: number;
  edit: number;
  cpu: number;
  completion: number;
}

/** As `measureOnce`, the first look taken several times. */
async function measureFile(command: ServerCommand, documents: number): Promise<FileTimes> {
  const opens: number[] = [];
  for (let index = 1; index < OPENS; index++) opens.push((await measureOnce(command, documents, 0)).open);
  const { open, ...rest } = await measureOnce(command, documents, EDITS);
  return { open: median([...opens, open]), ...rest };
}

/** Times of one file in a fresh process at rest; without edits only that of opening it. */
async function measureOnce(command: ServerCommand, documents: number, count: number): Promise<FileTimes> {
  const uri = pathToFileURL(path.join(temp, `bench-${documents}.gpuctl.yaml`)).href;
  const server = new Lsp(command);
  try {
    await server.initialize();
    server.initialized();
    await sleep(500); // a person's file comes some time after the start
    const last = (documents - 1) * LINES;
    const seen = server.diagnostics((found) => found.some(({ range }) => range.start.line >= last));
    const began = performance.now();
    server.open(uri, buildFile(documents));
    await seen;
    const open = elapsed(began);
    if (count === 0) return { open, memory: Number.NaN, edit: Number.NaN, cpu: Number.NaN, completion: Number.NaN };
    const line = Math.floor((documents - 1) / 2) * LINES + NODE_COUNT.line;
    const edit = median(await measureEdits(server, uri, line, count));
    const before = server.cpu;
    await measureEdits(server, uri, line, CPU_EDITS);
    const cpu = (server.cpu - before) / CPU_EDITS;
    const completion = await measureCompletion(server, uri, line);
    await sleep(REST);
    return { open, memory: server.memory, edit, cpu, completion };
  } finally {
    await server.stop();
  }
}

/** Milliseconds from each edit, a wrong number of nodes and a right one in turn, to the diagnostics that say so. */
async function measureEdits(server: Lsp, uri: string, line: number, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    await sleep(30);
    const wrong = index % 2 === 0;
    const seen = server.diagnostics((found) => found.some(({ range }) => range.start.line === line) === wrong);
    const began = performance.now();
    const [from, to] = [NODE_COUNT.from, NODE_COUNT.to].map((character) => ({ line, character }));
    server.edit(uri, from as Position, to as Position, wrong ? 'x' : '2');
    await seen;
    times.push(elapsed(began));
  }
  if (count % 2) server.edit(uri, { line, character: NODE_COUNT.from }, { line, character: NODE_COUNT.to }, '2');
  return times;
}

/** Milliseconds from a key that begins a word to what is proposed for it. */
async function measureCompletion(server: Lsp, uri: string, line: number): Promise<number> {
  const times: number[] = [];
  const [begin, end] = [
    { line, character: 0 },
    { line: line + 1, character: 0 },
  ];
  for (let index = 0; index < COMPLETIONS; index++) {
    server.edit(uri, begin, begin, '  \n');
    await sleep(30 + 2 * DEBOUNCE); // the check of what was typed before is over
    const at = { line, character: 2 };
    const began = performance.now();
    server.edit(uri, at, at, 'q');
    const labels = await server.complete(uri, { line, character: 3 });
    times.push(elapsed(began));
    if (!labels.includes('queue')) throw new Error(`${labels.length} proposals, and \`queue\` is none of them`);
    server.edit(uri, begin, end, '');
  }
  return median(times);
}

interface Row {
  figure: string;
  ours: number;
  theirs: number;
  /** Wanted ratio. */
  target: number;
}

async function measureAll(ours: ServerCommand, theirs: ServerCommand, bundled: ServerCommand): Promise<Row[]> {
  const rows: Row[] = [];
  const start = await measureStart(ours);
  rows.push({ figure: 'start → initialize answered', ours: start, theirs: await measureStart(theirs), target: 4 });
  rows.push({ figure: 'the same, theirs in one file', ours: start, theirs: await measureStart(bundled), target: 2 });
  const files: { size: number; our: FileTimes; their: FileTimes }[] = [];
  for (const size of MEASURED)
    files.push({ size, our: await measureFile(ours, size), their: await measureFile(theirs, size) });
  const add = (figure: string, targets: number[], pick: (file: FileTimes) => number, less = 0) =>
    files.forEach(({ size, our, their }) => {
      const target = targets[SIZES.indexOf(size)] ?? 1;
      rows.push({ figure: `${figure}, ${size}`, ours: pick(our), theirs: pick(their) - less, target });
    });
  add('didOpen → diagnostics', [12, 8, 7, 7], ({ open }) => open);
  add(`the same less their ${DEBOUNCE} ms`, [2.2, 2, 3.5, 6.5], ({ open }) => open, DEBOUNCE);
  add(`edit → diagnostics less their ${DEBOUNCE} ms`, [1.5, 4, 25, 100], ({ edit }) => edit, DEBOUNCE);
  add('processor time of an edit', [0, 0, 25, 100], ({ cpu }) => cpu);
  add('key → completion', [0, 0, 12, 80], ({ completion }) => completion);
  add('memory after all that, MB', [1.1, 0, 3, 5], ({ memory }) => memory);
  return rows.filter(({ target }) => target > 0);
}

function report(runs: Row[][]): void {
  const rows = (runs[0] ?? []).map((row, index) => {
    const middle = (of: (row: Row) => number) => median(runs.map((run) => of(run[index] as Row)));
    return { ...row, ours: middle(({ ours }) => ours), theirs: middle(({ theirs }) => theirs) };
  });
  const { version } = JSON.parse(readFileSync(path.join(yamlServer, 'package.json'), 'utf8')) as { version: string };
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: availableParallelism() };
  console.log(
    `\nours against yaml-language-server ${version}; ms if not said otherwise, medians of ${runs.length} runs; ${machine.cpu}, Node ${machine.node}\n`,
  );
  console.log(
    `${'figure (documents in the file)'.padEnd(46)}${['ours', 'theirs', 'ratio', 'target'].map((cell) => cell.padStart(9)).join('')}`,
  );
  for (const { figure, ours, theirs, target } of rows) {
    const ratio = theirs / ours;
    const cells = [ours.toFixed(1), theirs.toFixed(1), `${ratio.toFixed(1)} ×`, `≥ ${target} ×`];
    console.log(
      `${figure.padEnd(46)}${cells.map((cell) => cell.padStart(9)).join('')}  ${ratio >= target ? '✓' : '✗'}`,
    );
  }
  const folder = path.join(import.meta.dirname, 'results');
  const file = path.join(folder, `language-${new Date().toISOString().replace(/[:.]/g, '-')}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ at: new Date(), machine, against: version, rows, runs }, null, 2)}\n`);
  console.log(`\nwritten: ${path.relative(root, file)}`);
}

try {
  const theirs = findTheirs();
  const bundled = await bundleTheirs(theirs);
  // `--self`: the other server against itself in one file, to prove the harness where ours cannot run.
  const ours = options.self ? bundled : buildOurs();
  for (const command of [ours, theirs, bundled]) await measureOnce(command, 1, 1); // warms the caches of files and code
  const runs: Row[][] = [];
  for (let index = 1; index <= RUNS; index++) {
    console.log(`run ${index} of ${RUNS} …`);
    runs.push(await measureAll(ours, theirs, bundled));
  }
  report(runs);
  if (!options.self) {
    await benchScale(RUNS);
    await benchCockpit();
    await benchPortForward();
    benchPackage();
  }
} finally {
  rmSync(temp, { recursive: true, force: true });
}
