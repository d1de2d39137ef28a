/**
 * The large cluster, 5,000 nodes and 50,000 pods: our connection against client-node's list and informer, on the same recorded server in
 * the same run. `bench.ts` calls it; `node test/bench/scale.ts` runs it alone, `--runs 1` once.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import type { Read } from './readerFigures.ts';
import { SIZE } from './recordedCluster.ts';
import { verdictFigures } from './verdictFigures.ts';

/** As the client starts our server. */
const FLAGS = ['--max-semi-space-size=1', '--v8-pool-size=2'];
/** Milliseconds after which a reader has come to rest, and over which processor time is measured. */
const REST = 3_000;
const QUIET = 60_000;
const BUSY = 30_000;

/** A reader in one folder, bundled as `esbuild.mjs` bundles the server, behind an entry that keeps compiled code. */
async function bundle(folder: string, entry: string): Promise<string> {
  await esbuild.build({
    entryPoints: { [entry]: path.join(import.meta.dirname, `${entry}.ts`) },
    outdir: path.join(folder, entry),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node22.19',
    format: 'esm',
    splitting: true,
    minify: true,
    logLevel: 'error',
    mainFields: ['module', 'main'],
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
  });
  const file = path.join(folder, `${entry}.cjs`);
  const cache = JSON.stringify(path.join(folder, 'cache'));
  writeFileSync(file, `require('node:module').enableCompileCache(${cache});\nimport('./${entry}/${entry}.mjs');\n`);
  return file;
}

interface Figures extends Read {
  /** Resident memory at rest, MB. */
  memory: number;
}

const residentOf = ({ pid }: ChildProcess) =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Processor time of all threads, in per cent of one, over some milliseconds. */
async function processorTime({ pid }: ChildProcess, milliseconds: number): Promise<number> {
  const tasks = `/proc/${pid}/task`;
  const used = () =>
    readdirSync(tasks).reduce(
      (sum, task) => sum + Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
      0,
    );
  const before = used();
  await sleep(milliseconds);
  return ((used() - before) / milliseconds) * 100;
}

/** Starts a reader and waits until it has read all and rests. */
async function read(
  module: string,
  args: string[],
  flags: string[] = [],
): Promise<{ child: ChildProcess; figures: Figures }> {
  const child = fork(module, args, { execArgv: flags });
  const [figures] = (await once(child, 'message')) as [Read];
  await sleep(REST);
  return { child, figures: { ...figures, memory: residentOf(child) } };
}

interface Run {
  ours: Figures;
  list: Figures;
  informer: Figures;
}

/** Processor time of our connection at rest, in per cent: bookmarks alone; kubelets of as many nodes every five minutes; 1,000 nodes every ten seconds. */
interface Quiet {
  bookmarks: number;
  kubelets: number;
  heartbeats: number;
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function report(runs: Run[], quiet: Quiet): void {
  const middle = (side: keyof Run, figure: 'memory' | 'stall' | 'work' | 'wall' | 'load') =>
    median(runs.map((run) => run[side][figure]));
  const compared = (figure: string, pick: Parameters<typeof middle>[1], target: number) =>
    (['list', 'informer'] as const).map((side) => ({
      figure: `${figure}, against ${side}`,
      ours: middle('ours', pick),
      theirs: middle(side, pick),
      target,
    }));
  const rows: { figure: string; ours: number; theirs?: number; target?: number; most?: number }[] = [
    ...compared('memory after the first list, MB', 'memory', 10),
    { figure: 'the same alone, MB', ours: middle('ours', 'memory'), most: 200 },
    ...compared('wall until all is held', 'wall', 2),
    { figure: 'longest stall', ours: middle('ours', 'stall'), theirs: middle('list', 'stall'), most: 50 },
    { figure: 'the same, own processor time', ours: middle('ours', 'work'), theirs: middle('list', 'work'), most: 50 },
    { figure: 'loading of code before that', ours: middle('ours', 'load'), theirs: middle('list', 'load') },
    { figure: 'processor time when quiet, %', ours: quiet.bookmarks, most: 1 },
    { figure: 'the same, each kubelet every 5 min, %', ours: quiet.kubelets, most: 1 },
    { figure: 'the same, 1,000 nodes every 10 s, %', ours: quiet.heartbeats },
    ...verdictFigures().map(({ verdict, nodes, median }) => ({
      figure: `verdict “${verdict}”, pool of ${nodes}`,
      ours: median,
      most: 1,
    })),
  ];
  const { version } = JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../node_modules/@kubernetes/client-node/package.json'), 'utf8'),
  ) as { version: string };
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: availableParallelism() };
  console.log(
    `\nours against @kubernetes/client-node ${version}; ms if not said otherwise, medians of ${runs.length} runs; ${machine.cpu}, Node ${machine.node}\n`,
  );
  const title = `figure (${SIZE.nodes.toLocaleString('en')} nodes, ${SIZE.pods.toLocaleString('en')} pods)`;
  console.log(`${title.padEnd(46)}${['ours', 'theirs', 'ratio', 'target'].map((cell) => cell.padStart(9)).join('')}`);
  for (const { figure, ours, theirs, target, most } of rows) {
    const ratio = theirs === undefined ? undefined : theirs / ours;
    const wanted = target ? `≥ ${target} ×` : most ? `≤ ${most}` : '';
    const good = target ? (ratio ?? 0) >= target : most ? ours <= most : undefined;
    const cells = [
      ours.toFixed(ours < 1 ? 2 : 1),
      theirs?.toFixed(1) ?? '',
      ratio ? `${ratio.toFixed(1)} ×` : '',
      wanted,
    ];
    console.log(
      `${figure.padEnd(46)}${cells.map((cell) => cell.padStart(9)).join('')}  ${good === undefined ? '' : good ? '✓' : '✗'}`,
    );
  }
  const folder = path.join(import.meta.dirname, 'results');
  const file = path.join(folder, `scale-${new Date().toISOString().replace(/[:.]/g, '-')}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ at: new Date(), machine, against: version, rows, runs, quiet }, null, 2)}\n`);
  console.log(`\nwritten: ${path.relative(path.join(import.meta.dirname, '../..'), file)}`);
}

/** Measures the large cluster so many times and prints the rows, as `bench.ts` does; the figures go to a file beside its own. */
export async function benchScale(times: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gpuctl-scale-'));
  const server = fork(path.join(import.meta.dirname, 'recordedServer.ts'));
  const children: ChildProcess[] = [server];
  try {
    const [{ port }] = (await once(server, 'message')) as [{ port: number }];
    const kubeconfig = path.join(folder, 'kubeconfig');
    const cluster = { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true };
    writeFileSync(
      kubeconfig,
      JSON.stringify({
        clusters: [{ name: 'large', cluster }],
        users: [{ name: 'me', user: { token: 'of-nobody' } }],
        contexts: [{ name: 'large', context: { cluster: 'large', user: 'me' } }],
        'current-context': 'large',
      }),
    );
    const ours = await bundle(folder, 'ourReader');
    const theirs = await bundle(folder, 'theirReader');
    const take = async (module: string, args: string[], flags?: string[]) => {
      const { child, figures } = await read(module, [kubeconfig, ...args], flags);
      child.kill('SIGKILL');
      return figures;
    };
    await take(ours, [], FLAGS); // warms the caches of files and code
    const runs: Run[] = [];
    for (let index = 1; index <= times; index++) {
      console.log(`large cluster, run ${index} of ${times} …`);
      runs.push({
        ours: await take(ours, [], FLAGS),
        list: await take(theirs, ['list']),
        informer: await take(theirs, ['informer']),
      });
    }
    const { child } = await read(ours, [kubeconfig], FLAGS);
    children.push(child);
    const beat = async (heartbeats: number) => {
      server.send({ heartbeats });
      return processorTime(child, BUSY);
    };
    await sleep(10_000); // what was loaded is tidied up
    const bookmarks = await processorTime(child, QUIET);
    report(runs, { bookmarks, kubelets: await beat(SIZE.nodes / 300), heartbeats: await beat(100) });
  } finally {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } });
  await benchScale(Number(values.runs));
}
