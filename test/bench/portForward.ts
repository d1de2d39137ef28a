/**
 * What goes through a forward in a second, and how long a connection takes to be made: ours against `kubectl port-forward`, each a process of its own,
 * to the same program on the same cluster. `node test/bench/portForward.ts` runs it alone.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createClusters } from '../../server/src/cluster/index.ts';
import { Forwards } from '../../server/src/operations/forwards/forwards.ts';
import { Session } from '../../server/src/operations/session.ts';
import { until } from '../cluster/apiClient.ts';
import { ensureBinaries } from '../cluster/binaries.ts';
import { startCluster } from '../cluster/cluster.ts';

const PROGRAM = path.join(import.meta.dirname, '../cluster/programs/ports.py');
const NAMESPACE = 'ml-team';
const PORT = 7900;
/** Bytes each way, runs of which the median counts, and connections one after another and at once. */
const SIZE = 300_000_000;
const RUNS = 3;
const CONNECTIONS = 50;
const AT_ONCE = 100;

interface Figures {
  /** MB a second from the job, and to it. */
  down: number;
  up: number;
  /** Seconds of a processor for a GB, of both directions; NaN where the system does not tell. */
  cpu: number;
  /** Milliseconds from the connection to the first byte of the answer; and for 100 at once, until the last has its answer. */
  first: number;
  hundred: number;
}

interface Measured {
  name: string;
  port: number;
  program: ChildProcess;
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Bytes that come for a line, and what is sent after it, until the end. */
function talk(port: number, line: string, bytes = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    let size = 0;
    const block = Buffer.alloc(1 << 16, 7);
    const socket = connect({ host: '127.0.0.1', port }, () => {
      socket.write(`${line}\n`);
      let left = bytes;
      const send = () => {
        while (left > 0) {
          const part = block.subarray(0, Math.min(left, block.length));
          left -= part.length;
          if (!socket.write(part)) return void socket.once('drain', send);
        }
      };
      send();
    });
    socket.on('data', ({ length }) => {
      size += length;
    });
    socket.on('error', reject);
    socket.on('end', () => {
      socket.destroy();
      resolve(size);
    });
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Seconds of a processor that a program has had (Linux). */
function cpuOf({ pid }: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

/** Both in turn, so that what else the machine does meets both. */
async function measure(programs: Measured[]): Promise<[string, Figures][]> {
  const all = programs.map((one) => ({
    ...one,
    downs: [] as number[],
    ups: [] as number[],
    firsts: [] as number[],
    cpu: 0,
  }));
  for (let run = 0; run < RUNS; run++)
    for (const one of all) {
      const before = cpuOf(one.program);
      one.downs.push(await timed(() => talk(one.port, `GIVE ${SIZE}`)));
      one.ups.push(await timed(() => talk(one.port, `TAKE ${SIZE}`, SIZE)));
      one.cpu += cpuOf(one.program) - before;
    }
  for (let run = 0; run < CONNECTIONS; run++)
    for (const { port, firsts } of all) firsts.push(await timed(() => talk(port, 'COUNT')));
  const figures: [string, Figures][] = [];
  for (const { name, port, downs, ups, firsts, cpu } of all) {
    const hundred = await timed(() => Promise.all(Array.from({ length: AT_ONCE }, () => talk(port, 'GIVE 1000'))));
    const rate = (times: number[]) => SIZE / 1e3 / median(times);
    const perGb = cpu / ((2 * RUNS * SIZE) / 1e9);
    figures.push([name, { down: rate(downs), up: rate(ups), cpu: perGb, first: median(firsts), hundred }]);
  }
  return figures;
}

/** The local port that a program prints when it listens. */
async function listening(program: ChildProcess, pattern: RegExp): Promise<number> {
  program.stderr?.pipe(process.stderr);
  for await (const line of createInterface({ input: program.stdout as NodeJS.ReadableStream })) {
    const port = pattern.exec(line)?.[1];
    if (port) return Number(port);
  }
  throw new Error('It ended before it listened.');
}

/** Starts the cluster and both programs, measures, and tells. */
export async function benchPortForward(): Promise<void> {
  const { kubectl } = await ensureBinaries({ kubectl: true });
  const cluster = await startCluster({ jobsOfOthers: false });
  const running: ChildProcess[] = [];
  try {
    const admin = cluster.api('admin');
    const pods = `/api/v1/namespaces/${NAMESPACE}/pods`;
    const selector = { app: 'bench' };
    const labels = { ...selector, 'gpuctl/job-type': 'compute' };
    const env = [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }];
    const command = ['python3', PROGRAM, '$(POD_IP)', String(PORT)];
    await admin.call('POST', `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'bench', labels },
      spec: {
        selector: { matchLabels: selector },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'main', image: 'python:3.12', command, env }] },
        },
      },
    });
    let pod = '';
    await until('the program runs', async () => {
      const { items } = await admin.get(`${pods}?labelSelector=app%3Dbench`);
      pod = items[0]?.metadata.name;
      return items[0]?.status.phase === 'Running';
    });
    const ours = spawn(process.execPath, [import.meta.filename, '--forward', cluster.kubeconfig], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    running.push(ours);
    const ourPort = await listening(ours, /^ready (\d+)/);
    const flags = ['--kubeconfig', cluster.kubeconfig, '--context', 'ml-engineer', '-n', NAMESPACE];
    const theirs = spawn(kubectl as string, ['port-forward', ...flags, `pod/${pod}`, `:${PORT}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(theirs);
    const theirPort = await listening(theirs, /127\.0\.0\.1:(\d+)/);
    theirs.stdout?.resume(); // it tells of every connection
    const figures = await measure([
      { name: 'gpuctl', port: ourPort, program: ours },
      { name: 'kubectl port-forward', port: theirPort, program: theirs },
    ]);
    report(figures);
    admin.close();
  } finally {
    for (const one of running) one.kill();
    await cluster.stop();
  }
}

function report(figures: [string, Figures][]): void {
  console.log(
    `\nA forward to a program (${SIZE / 1e6} MB each way, median of ${RUNS}; ${CONNECTIONS} connections in turn, ${AT_ONCE} at once)`,
  );
  console.table(
    Object.fromEntries(
      figures.map(([name, { down, up, cpu, first, hundred }]) => [
        name,
        {
          'MB/s from the job': Math.round(down),
          'MB/s to the job': Math.round(up),
          'processor s/GB': Number(cpu.toFixed(1)),
          'ms for an answer': Math.round(first),
          [`ms for ${AT_ONCE} at once`]: Math.round(hundred),
        },
      ]),
    ),
  );
}

/** The other process: ours, as the server has it. */
async function serve(kubeconfig: string): Promise<void> {
  const session = new Session(createClusters(process.env), { onStatus: () => undefined, onState: () => undefined });
  session.configure({ kubeconfig, context: 'ml-engineer' }, true);
  const forwards = new Forwards(
    session,
    ({ key }) => key,
    () => {
      const [one] = forwards.list();
      if (one?.state === 'ready') console.log(`ready ${one.localPort}`);
    },
  );
  await forwards.start({ job: { namespace: NAMESPACE, name: 'bench' }, port: PORT });
  await once(process.stdin.resume(), 'close');
  forwards.dispose();
  session.dispose();
}

if (process.argv[2] === '--forward') await serve(process.argv[3] ?? '');
else if (process.argv[1] === import.meta.filename) await benchPortForward();
