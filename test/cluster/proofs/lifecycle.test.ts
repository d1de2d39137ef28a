import assert from 'node:assert/strict';
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { until } from '../apiClient.ts';
import { type Cluster, startCluster } from '../cluster.ts';
import { sweepFolder } from '../supervisor.ts';
import { isRunning, pod, podsPath, podWhen, sh, startPod, twoNodes } from './support.ts';

/** What the containers of the two clusters run: nothing else on this machine has these words in its command line. */
const marks = { ours: String(700_000 + process.pid), callers: String(800_000 + process.pid) };
const linux = process.platform === 'linux';
let cluster: Cluster;
let caller: ChildProcess;
let callers: { dir: string; server: string };

/** Command lines of all processes of this machine. */
function commandLines(): string[] {
  if (!linux) return execFileSync('ps', ['-axww', '-o', 'args='], { encoding: 'utf8' }).split('\n');
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return '';
    }
  });
}

/** Processes that belong to the cluster in this folder, containers included, but not this test's own. */
function processesOf(dir: string, mark: string): string[] {
  const belongs = (line: string) => line.includes(dir) || line.includes(`sleep ${mark}`);
  return commandLines().filter((line) => belongs(line) && !line.includes('caller.ts'));
}

const mounts = (dir: string) => linux && readFileSync('/proc/mounts', 'utf8').includes(dir);

before(async () => {
  caller = spawn(process.execPath, [path.join(import.meta.dirname, 'caller.ts'), marks.callers], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { stdout } = caller;
  assert.ok(stdout);
  const [line] = await Promise.all([
    new Promise<string>((resolve) => createInterface(stdout).once('line', resolve)),
    startCluster({ nodes: twoNodes }).then((started) => {
      cluster = started;
    }),
  ]);
  callers = JSON.parse(line);
});

after(async () => {
  caller?.kill('SIGKILL');
  await cluster?.stop();
});

test('two clusters started at once do not know of each other', async () => {
  assert.notEqual(callers.server, cluster.server);
  assert.notEqual(callers.dir, cluster.dir);
  const api = cluster.api();
  assert.equal((await api.request('GET', `${podsPath()}/marked`)).status, 404, "the caller's pod is in the other one");
  assert.ok(processesOf(callers.dir, marks.callers).length >= 7);
  assert.ok(!mounts(callers.dir) && !mounts(cluster.dir), 'what they mount is not seen from outside');
  api.close();
});

test('a killed caller leaves nothing behind: no process, no mount, no folder', async () => {
  caller.kill('SIGKILL');
  await until('end of the cluster', () => !existsSync(callers.dir), 15_000);
  assert.deepEqual(processesOf(callers.dir, marks.callers), []);
  assert.ok(!mounts(callers.dir));
});

test('pods go on while the API server is away, and are known again when it is back', async () => {
  const api = cluster.api();
  const script = `sleep ${marks.ours} & i=0; while :; do i=$((i + 1)); echo $i; sleep 0.2; done`;
  await startPod(api, pod('steady', sh(script)));
  await cluster.stopApiServer();
  assert.ok(cluster.processes().some(({ name, exit }) => name === 'kube-apiserver' && exit));
  await assert.rejects(api.get('/version'), /ECONNREFUSED|ECONNRESET|socket hang up/);
  await cluster.startApiServer();
  const steady = await podWhen(api, 'steady', isRunning);
  assert.equal(steady.status.containerStatuses[0].restartCount, 0);
  const { text } = await api.request('GET', `${podsPath()}/steady/log`);
  const lines = text.trim().split('\n');
  assert.deepEqual(
    lines,
    lines.map((_, index) => String(index + 1)),
  );
  await startPod(api, pod('later', sh('sleep 5')));
  api.close();
});

test('a killed supervisor takes its programs and containers along; the folder goes with the next start', async () => {
  process.kill(Number(readFileSync(path.join(cluster.dir, 'supervisor.pid'), 'utf8')), 'SIGKILL');
  if (linux) await until('end of the programs', () => processesOf(cluster.dir, marks.ours).length === 0, 5000);
  await until('sweep', () => sweepFolder(cluster.dir), 5000);
  assert.ok(!existsSync(cluster.dir));
  await cluster.stop();
});

test('npm run cluster: up, status, kubeconfig, down', async () => {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-cli-proof-'));
  const dir = path.join(parent, 'here');
  const cli = async (...words: string[]) => {
    const script = path.join(import.meta.dirname, '..', 'cli.ts');
    return (await promisify(execFile)(process.execPath, [script, ...words, '--dir', dir])).stdout;
  };
  try {
    const up = await cli('up', '--no-jobs');
    assert.match(up, /run on this machine, as you/);
    assert.match(await cli('status'), /kube-apiserver +pid \d+/);
    const kubeconfig = (await cli('kubeconfig')).trim();
    assert.equal(JSON.parse(readFileSync(kubeconfig, 'utf8'))['current-context'], 'ml-engineer');
    assert.match(await cli('up'), /runs in .* already/);
  } finally {
    await cli('down');
  }
  assert.ok(!existsSync(dir));
  await assert.rejects(cli('status'), /No cluster runs in/);
  rmSync(parent, { recursive: true });
});
