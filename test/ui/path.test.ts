import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import type { Workbench } from './driver.ts';
import { openStage, type Stage, temporaryFolder, withContext } from './stage.ts';

/** Starting the window, compiling nothing; generous, since two cores do everything. */
const PATIENCE = { timeout: 240_000 };

/** Opens a file with its first line in sight, where the lens is. */
async function openAtTop(window: Workbench, file: string): Promise<void> {
  await window.openFile(file);
  await window.page.keyboard.press('Control+Home');
}

let cluster: Cluster;
const folder = temporaryFolder();
before(async () => {
  cluster = await startCluster();
});
after(async () => {
  await cluster?.stop();
  folder.remove();
});

describe('the path of a person', PATIENCE, () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage({ name: 'path', kubeconfig: cluster.kubeconfig });
  });
  after(() => stage?.close());

  test('the sample is open, its lens names where it would go, and the sidebar shows pools', async () => {
    const { window } = stage;
    await window.openFile('1-first-job.gpuctl.yaml');
    await window.editor.lens('Submit').waitFor();
    await window.editor.lens('to demo · ml-team').waitFor();
    const pools = await window.view('Pools', 'GPU');
    await pools.row('training-pool').waitFor();
    await pools.expand('training-pool');
    await pools.row('n6').waitFor();
    const rows = await pools.rows();
    const training = rows.find(({ label }) => label === 'training-pool');
    assert.match(training?.ariaLabel ?? '', /18 of 32 in use, 14 free/);
    assert.match(rows.find(({ label }) => label === 'n5')?.description ?? '', /cordoned/);
    assert.match(rows.find(({ label }) => label === 'n6')?.description ?? '', /not ready/);
    assert.ok(window.statusItem('ml-engineer · ml-team'));
    await window.shot('1-sample-and-pools');
  });

  test('mistakes are marked at their place, and mended', async () => {
    const { window } = stage;
    await window.editor.typeAfter('memory: 256Mi', '\ngpuTpye: A100');
    await window.editor.squiggles('warning').first().waitFor();
    const problems = await window.problems('gpuTpye');
    assert.ok(
      problems.some((row) => row.includes('Did you mean `gpuType`?')),
      problems.join('\n'),
    );
    await window.shot('2-typo');
    await window.editor.undo();
    await window.editor.squiggles('warning').first().waitFor({ state: 'detached' });
  });

  test('more GPUs than are free are marked with the numbers', async () => {
    const { window, workspace } = stage;
    const file = path.join(workspace, '2-qwen2-72b.gpuctl.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('gpu: 8', 'gpu: 16'));
    await window.openFile('2-qwen2-72b.gpuctl.yaml');
    const problems = await window.problems('14 of 32');
    assert.ok(
      problems.some((row) =>
        row.includes('Not enough GPUs: training-pool has 14 of 32 A100-80G free, 16 are asked for.'),
      ),
    );
    await window.page.locator('.markers-panel .monaco-list-row', { hasText: '14 of 32' }).dblclick();
    await window.editor.squiggles('warning').first().waitFor();
    await window.shot('3-not-enough-gpus');
    writeFileSync(file, readFileSync(file, 'utf8').replace('gpu: 16', 'gpu: 8'));
  });

  test('submit by lens: it runs, tells its log, and succeeds in the tree by itself', async () => {
    const { window } = stage;
    await openAtTop(window, '1-first-job.gpuctl.yaml');
    await window.editor.lens('Submit').click();
    await window.dialogs.notification('Submitted first-job to demo, namespace ml-team').waitFor();
    const jobs = await window.view('Jobs', 'GPU');
    await jobs.spokenRow('first-job, running').waitFor({ timeout: 30_000 });
    await window.shot('4-running');
    await jobs.contextMenu('first-job', 'Show Log');
    await window.output('done: y =', 60_000);
    await window.output('The job has ended', 20_000);
    await jobs.row('Ended').waitFor({ timeout: 20_000 });
    await jobs.expand('Ended');
    await jobs.spokenRow('first-job, completed').waitFor({ timeout: 20_000 });
    await window.shot('5-log-and-success');
  });

  test('a job of that name exists: asks before it goes, with ways out', async () => {
    const { window } = stage;
    await openAtTop(window, '1-first-job.gpuctl.yaml');
    await window.palette('gpuctl: Submit to GPU Cluster');
    const { message, detail, buttons } = await window.dialogs.modal();
    assert.equal(message, 'Submit first-job?');
    assert.match(detail, /The job “first-job” in ml-team has ended: completed\. To run it again, that run is deleted/);
    assert.match(detail, /In cluster demo:\n• deletes Job first-job and makes it anew/);
    assert.ok(buttons.includes('Run It Again'), buttons.join());
    await window.shot('6-name-taken');
    await window.dialogs.answerModal('Change the Name');
    await window.page.locator('.monaco-editor.focused .selected-text').first().waitFor();
    await window.page.keyboard.type('second-job');
    await window.editor.line('name: second-job').waitFor();
    await window.editor.undo();
  });

  test('submit from the explorer: two ranks run, each with its node', async () => {
    const { window } = stage;
    await window.palette('File: Revert File').catch(() => undefined);
    await window.palette('Explorer: Focus on');
    await window.page
      .locator('.explorer-folders-view .monaco-list-row', { hasText: '2-qwen2-72b.gpuctl.yaml' })
      .click({ button: 'right' });
    await window.shot('7-explorer-menu');
    await window.dialogs.menu('Submit to GPU Cluster');
    await window.dialogs.notification('Submitted qwen2-72b-sft').waitFor();
    const jobs = await window.view('Jobs', 'GPU');
    await jobs.spokenRow('qwen2-72b-sft, running').waitFor({ timeout: 30_000 });
    await jobs.expand('qwen2-72b-sft');
    await jobs.row('rank 1').waitFor();
    const pools = await window.view('Pools', 'GPU');
    await pools.row('free 6').waitFor({ timeout: 20_000 });
    await jobs.inlineAction('qwen2-72b-sft', 'Show Log');
    await window.output('[rank 1]', 30_000);
    await window.shot('8-two-ranks');
  });

  test('delete asks first, says what goes, and leaves nothing', async () => {
    const { window } = stage;
    const jobs = await window.view('Jobs', 'GPU');
    await jobs.contextMenu('qwen2-72b-sft', 'Delete');
    const { message, detail } = await window.dialogs.modal();
    assert.match(`${message}\n${detail}`, /qwen2-72b-sft/);
    assert.match(detail, /demo.*ml-team/s);
    assert.match(detail, /its settings qwen2-72b-sft-deepspeed/);
    await window.shot('9-delete-question');
    await window.dialogs.answerModal('Delete');
    await jobs.row('qwen2-72b-sft').waitFor({ state: 'detached', timeout: 30_000 });
    await jobs.contextMenu('first-job', 'Delete');
    await window.dialogs.answerModal('Delete');
    await jobs.row('first-job').waitFor({ state: 'detached', timeout: 30_000 });
    const left = (await cluster
      .api('admin')
      .get('/api/v1/namespaces/ml-team/configmaps?labelSelector=app.kubernetes.io/managed-by%3Dgpuctl')) as {
      items: unknown[];
    };
    assert.deepEqual(left.items, []);
    await window.shot('10-empty');
  });

  test('the language server is killed: it comes back, and the views with it', async () => {
    const { window, host } = stage;
    const servers = () =>
      execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => line.includes('dist/server.cjs'))
        .map((line) => Number(line.trim().split(/\s+/)[0]));
    const before = servers();
    assert.ok(before.length > 0, host.logs);
    for (const pid of before) process.kill(pid, 'SIGKILL');
    const pools = await window.view('Pools', 'GPU');
    const end = Date.now() + 60_000;
    while (!servers().some((pid) => !before.includes(pid))) {
      assert.ok(Date.now() < end, 'a new server');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await pools.row('training-pool').waitFor({ timeout: 30_000 });
    await openAtTop(window, '1-first-job.gpuctl.yaml');
    await window.editor.lens('to demo · ml-team').waitFor();
  });

  test('the cluster goes away: what is known stays, with its age; then all is live again', async () => {
    const { window } = stage;
    await window.palette('Notifications: Clear All Notifications');
    await cluster.stopApiServer();
    const pools = await window.view('Pools', 'GPU');
    const end = Date.now() + 60_000;
    while (!(await pools.message()).includes('As of')) {
      assert.ok(Date.now() < end, await pools.message());
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await pools.row('training-pool').waitFor();
    assert.deepEqual(await window.dialogs.notifications(), [], 'nothing pops up');
    await window.shot('11-offline');
    await cluster.startApiServer();
    const again = Date.now() + 60_000;
    while ((await pools.message()).includes('As of')) {
      assert.ok(Date.now() < again, await pools.message());
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });
});

describe('in Chinese, on a light background', PATIENCE, () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage({ name: 'zh', kubeconfig: cluster.kubeconfig, theme: 'light', language: 'zh-cn' });
  });
  after(() => stage?.close());

  test('the same path speaks Chinese', async () => {
    const { window, workspace } = stage;
    const file = path.join(workspace, '2-qwen2-72b.gpuctl.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('gpu: 8', 'gpu: 16'));
    const pools = await window.view('Pools', 'GPU');
    await pools.row('training-pool').waitFor();
    await pools.expand('training-pool');
    await window.openFile('2-qwen2-72b.gpuctl.yaml');
    await window.editor.lens('提交').waitFor();
    await window.problems('资源不足：training-pool 中 A100-80G GPU 已用尽（请求 16 张，仅空闲 14 张）');
    await window.shot('1-not-enough-gpus');
    await window.openFile('1-first-job.gpuctl.yaml');
    await window.editor.lens('提交').click();
    await window.dialogs.notification('已将 first-job 提交到 demo').waitFor();
    const jobs = await window.view('Jobs', 'GPU');
    await jobs.spokenRow('first-job、运行中').waitFor({ timeout: 30_000 });
    await jobs.contextMenu('first-job', 'Show Log');
    await window.output('step 2/10', 30_000);
    await window.shot('2-running');
    await jobs.contextMenu('first-job', /Delete|删除/);
    await window.dialogs.modal();
    await window.shot('3-delete-question');
    await window.dialogs.answerModal('删除');
    await jobs.row('first-job').waitFor({ state: 'detached', timeout: 30_000 });
  });
});

describe('without a cluster', PATIENCE, () => {
  let stage: Stage;
  const later = path.join(folder.path, 'later');
  before(async () => {
    stage = await openStage({ name: 'none', kubeconfig: later });
  });
  after(() => stage?.close());

  test('authoring works, one quiet line says what is missing, and a kubeconfig that appears is used', async () => {
    const { window } = stage;
    await window.openFile('1-first-job.gpuctl.yaml');
    await window.editor.lens('no cluster').waitFor();
    await window.editor.typeAfter('kind: training', 'x');
    await window.editor.squiggles('error').first().waitFor();
    await window.editor.undo();
    const pools = await window.view('Pools', 'GPU');
    await window.statusItem('no cluster').waitFor();
    assert.deepEqual(await window.dialogs.notifications(), []);
    await window.shot('1-no-kubeconfig');
    await window.theme('light');
    await window.shot('2-no-kubeconfig-light');
    writeFileSync(later, readFileSync(cluster.kubeconfig), { mode: 0o600 });
    await pools.row('training-pool').waitFor({ timeout: 30_000 });
    await window.editor.lens('to demo · ml-team').waitFor();
    await window.shot('3-found-light');
  });

  test('a cluster that refuses connections is said in the view and the status bar, nowhere else', async () => {
    const { window } = stage;
    writeFileSync(later, readFileSync(withContext(cluster.kubeconfig, 'unreachable', folder.path)), { mode: 0o600 });
    await window.statusItem('unreachable').waitFor({ timeout: 30_000 });
    await window.statusItem('not reachable').waitFor({ timeout: 30_000 });
    assert.deepEqual(await window.dialogs.notifications(), []);
    await window.shot('4-unreachable-light');
  });
});

describe('with few rights', PATIENCE, () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage({
      name: 'restricted',
      kubeconfig: withContext(cluster.kubeconfig, 'restricted', folder.path),
    });
  });
  after(() => stage?.close());

  test('capacity is unknown with its reason, and a job runs all the same', async () => {
    const { window } = stage;
    await window.openFile('1-first-job.gpuctl.yaml');
    await window.editor.lens('to demo · sandbox').waitFor();
    const pools = await window.view('Pools', 'GPU');
    const end = Date.now() + 30_000;
    while (!/may not list nodes/.test(await window.page.locator('.pane', { has: pools.header }).innerText())) {
      assert.ok(Date.now() < end, 'the reason');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await openAtTop(window, '1-first-job.gpuctl.yaml');
    await window.editor.lens('Submit').click();
    await window.dialogs.notification('Submitted first-job to demo, namespace sandbox').waitFor();
    const jobs = await window.view('Jobs', 'GPU');
    await jobs.spokenRow('first-job, running').waitFor({ timeout: 30_000 });
    await window.shot('1-unknown-capacity');
    await jobs.contextMenu('first-job', 'Delete');
    await window.dialogs.answerModal('Delete');
    await jobs.row('first-job').waitFor({ state: 'detached', timeout: 30_000 });
  });
});
