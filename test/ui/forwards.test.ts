/** Ports of jobs on this machine as a person has them: started, waited for, opened, kept over a dead server, stopped. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../cluster/apiClient.ts';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import type { Workbench } from './driver.ts';
import { openStage, type Stage } from './stage.ts';
import type { SideView } from './views.ts';

const PATIENCE = { timeout: 240_000 };
const SOON = { timeout: 30_000 };
const PROGRAM = path.join(import.meta.dirname, '../cluster/programs/ports.py');
const ROOT = path.join(import.meta.dirname, '../..');
const PORT = 7600;
const LOCAL = 17_600;
const DEPLOYMENTS = '/apis/apps/v1/namespaces/ml-team/deployments';

let cluster: Cluster;
let api: ApiClient;
before(async () => {
  cluster = await startCluster();
  api = cluster.api();
});
after(async () => {
  api?.close();
  await cluster?.stop();
});

/** A service as a submit makes it. */
function service(name: string) {
  const labels = { app: name, 'gpuctl/job-type': 'inference' };
  const fields = { POD_IP: 'status.podIP', POD_NAME: 'metadata.name' };
  const env = Object.entries(fields).map(([name, fieldPath]) => ({ name, valueFrom: { fieldRef: { fieldPath } } }));
  const command = ['python3', PROGRAM, '$(POD_IP)', String(PORT)];
  const main = { name: 'main', image: 'python:3.12', command, env, ports: [{ containerPort: PORT }] };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels, annotations: { 'gpuctl/submitted-by': 'ml-engineer' } },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 0, containers: [main] } },
    },
  };
}
const scale = (name: string, replicas: number) => api.call('PATCH', `${DEPLOYMENTS}/${name}`, { spec: { replicas } });
/** The language servers of this stage, and no others'. */
const servers = (): number[] =>
  execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(path.join(ROOT, 'dist/server.cjs')))
    .map((line) => Number(line.trim().split(/\s+/)[0]));
const answer = (): Promise<string> =>
  fetch(`http://127.0.0.1:${LOCAL}`).then(
    (response) => response.text(),
    (error) => String(error.cause?.code ?? error),
  );

describe('a forward', PATIENCE, () => {
  let stage: Stage;
  let jobs: SideView;
  const step = (what: string, name: string, action: (window: Workbench) => Promise<void>) =>
    test(what, () => stage.window.step(name, () => action(stage.window)));
  const forward = (state: string) => jobs.row(new RegExp(`http://localhost:${LOCAL}.*${state}`));

  before(async () => {
    await api.call('POST', DEPLOYMENTS, service('chat-vllm'));
    stage = await openStage({ name: 'forwards', kubeconfig: cluster.kubeconfig });
    await stage.window.page.setViewportSize({ width: 1200, height: 900 });
    jobs = await stage.window.view('Jobs', 'GPU');
    await (await stage.window.view('Pools')).header.click(); // closed, so that all rows are in sight
    await jobs.spokenRow('chat-vllm, running').waitFor(SOON);
  });
  after(() => stage?.close());

  step('is started from the menu of a job, which offers what it serves on', '1-port', async (window) => {
    await jobs.contextMenu('chat-vllm', 'Forward Port');
    assert.deepEqual(await window.dialogs.quickPick(), [String(PORT), 'Another port…']);
  });

  step('stands below its job when it is ready', '2-ready', async (window) => {
    await window.dialogs.pick(String(PORT));
    await jobs.expand('chat-vllm');
    await forward('ready').waitFor(SOON);
    assert.match(await answer(), /^chat-vllm-/);
  });

  step('to another port waits for somebody to listen there, and says so', '3-nobody-listens', async (window) => {
    await jobs.contextMenu(/^chat-vllm/, 'Forward Port');
    await window.dialogs.pick('Another port');
    await window.dialogs.input('7601');
    await jobs.row(/localhost:17601.*waiting.*nothing in it listens/).waitFor(SOON);
    await jobs.inlineAction('localhost:17601', 'Stop Forward');
    await jobs.row('localhost:17601').waitFor({ state: 'detached' });
  });

  step('waits while its job is stopped, and goes on by itself', '4-waiting', async () => {
    await scale('chat-vllm', 0);
    await jobs.spokenRow('chat-vllm, stopped').waitFor(SOON);
    await jobs.expand('chat-vllm');
    await forward('waiting').waitFor(SOON);
    assert.equal(await answer(), 'ECONNRESET');
  });

  step('is there again on the same port', '5-again', async () => {
    await scale('chat-vllm', 1);
    await jobs.spokenRow('chat-vllm, running').waitFor(SOON);
    await jobs.expand('chat-vllm');
    await forward('ready').waitFor(SOON);
  });

  step('opens in the browser by a click', '6-browser', async (window) => {
    const opened = window.page.context().waitForEvent('page', SOON);
    await forward('ready').click();
    const page = await opened;
    await page.waitForURL(/\/proxy\/17600\//, SOON); // this host shows what listens beside it below an address of its own
    assert.match(await page.innerText('body'), /^chat-vllm-/);
    await page.close();
  });

  step('outlives the server of the editor, on the same port', '7-server-killed', async () => {
    const before = servers();
    assert.ok(before.length > 0);
    for (const pid of before) process.kill(pid, 'SIGKILL');
    for (const end = Date.now() + 60_000; !servers().some((pid) => !before.includes(pid)); await sleep(200))
      assert.ok(Date.now() < end, 'a new server');
    await forward('ready').waitFor(SOON);
    for (const end = Date.now() + 30_000; !/^chat-vllm/.test(await answer()); await sleep(200))
      assert.ok(Date.now() < end, await answer());
  });

  step('is stopped from its row', '8-stopped', async () => {
    await jobs.inlineAction(`localhost:${LOCAL}`, 'Stop Forward');
    await jobs.row(`localhost:${LOCAL}`).waitFor({ state: 'detached' });
    assert.equal(await answer(), 'ECONNREFUSED');
  });
});
