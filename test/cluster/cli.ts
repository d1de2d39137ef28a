// npm run cluster -- up|down|status|kubeconfig: the test cluster for a person.
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { BuildProgress } from './binaries.ts';
import { type Cluster, openCluster, startCluster } from './cluster.ts';
import { pools } from './demo.ts';
import { addKwokNodes } from './kwok.ts';
import { FOLDER_PREFIX, openSupervisor, sweepFolder } from './supervisor.ts';

const HELP = `A Kubernetes cluster with simulated GPUs on this machine.

  npm run cluster -- up          start it, and leave it running
  npm run cluster -- status      what runs
  npm run cluster -- kubeconfig  print the path of its kubeconfig
  npm run cluster -- down        stop it and remove its folder

  --dir <folder>   where it lives: another folder is another cluster (default: in the temporary folder)
  --kwok <number>  with "up": so many fake nodes of 8 GPUs besides, for scale
  --no-jobs        with "up": without the jobs of other people, all GPUs free
`;

const NOTICE = `Please know:
  - The commands in the files that you submit run on this machine, as you. Submit what you trust.
  - Containers get a copy-on-write view of this machine's files (Linux), or none at all (macOS): no image is pulled.
  - hostPath volumes lie below the cluster's own folder, not at that path of this machine.
  - Pods share this machine's network. Each has its own loopback address: servers should bind $(POD_IP).
  - GPUs are numbers: programs that call CUDA fail.`;

const options = {
  dir: { type: 'string' },
  kwok: { type: 'string' },
  'no-jobs': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function defaultFolder(): string {
  return path.join(os.tmpdir(), `${FOLDER_PREFIX}up-${os.userInfo().username}`);
}

/** A line that replaces itself on a terminal; elsewhere one line every 20 seconds. */
function progressLine(): { show(progress: BuildProgress): void; end(): void } {
  let last = 0;
  return {
    show({ message }) {
      if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${message}`);
      else if (Date.now() - last > 20_000) console.error(message);
      else return;
      last = Date.now();
    },
    end() {
      if (last > 0 && process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    },
  };
}

async function up(dir: string, kwok: number, jobsOfOthers: boolean): Promise<void> {
  if (existsSync(dir) && openSupervisor(dir)) {
    console.log(`A cluster runs in ${dir} already.\n`);
    describe(openCluster(dir));
    return;
  }
  const line = progressLine();
  const cluster = await startCluster({ dir, detached: true, kwok: kwok > 0, jobsOfOthers, onProgress: line.show });
  line.end();
  console.log(`The cluster is up after ${cluster.seconds.total.toFixed(1)} s, in ${dir}.\n`);
  if (kwok > 0) {
    console.log(`Adding ${kwok} fake nodes ...`);
    const api = cluster.api();
    await addKwokNodes(api, { count: kwok });
    api.close();
  }
  describe(cluster);
  console.log(`\n${NOTICE}\n\nIt runs until: npm run cluster -- down${dir === defaultFolder() ? '' : ` --dir ${dir}`}`);
}

async function down(dir: string): Promise<void> {
  // Its supervisor may have been killed: then only the folder is left.
  const remains = existsSync(dir) && !openSupervisor(dir) && sweepFolder(dir);
  if (!remains) await openCluster(dir).stop();
  console.log('The cluster is down, its folder is removed.');
}

function describe(cluster: Cluster): void {
  console.log(`  server      ${cluster.server}
  contexts    ${cluster.contexts.join(', ')}
  pools       ${pools.map(({ name, nodes, gpuType }) => `${name} (${nodes.join(' ')}: ${gpuType})`).join(', ')}
  metrics     ${cluster.metrics}
  KUBECONFIG  ${cluster.kubeconfig}`);
}

function status(dir: string): void {
  const cluster = openCluster(dir);
  describe(cluster);
  console.log();
  for (const { name, pid, exit } of cluster.processes()) {
    console.log(
      `  ${name.padEnd(26)}${exit ? `ended: ${exit}` : `pid ${String(pid).padEnd(9)}${residentMemory(pid)}`}`,
    );
  }
}

/** Resident memory of a process in MiB; empty where there is no /proc. */
function residentMemory(pid: number): string {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return '';
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? '0';
  return `${Math.round(Number(kilobytes) / 1024)} MiB`;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const dir = path.resolve(values.dir ?? defaultFolder());
  const [command] = positionals;
  if (values.help || positionals.length !== 1) {
    console.log(HELP);
    process.exitCode = values.help ? 0 : 2;
  } else if (command === 'up') {
    await up(dir, Number(values.kwok ?? 0), !values['no-jobs']);
  } else if (command === 'down') {
    await down(dir);
  } else if (command === 'status') {
    status(dir);
  } else if (command === 'kubeconfig') {
    console.log(openCluster(dir).kubeconfig);
  } else {
    throw new Error(`There is no command "${command}".\n\n${HELP}`);
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
