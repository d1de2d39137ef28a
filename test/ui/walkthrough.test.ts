/** The first steps of somebody who has never seen a cluster: the walkthrough, its buttons, and a job that fails, is understood and mended. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import type { KubernetesObject } from '../cluster/apiClient.ts';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { jupyterImages } from '../demo/jupyterImages.ts';
import type { Workbench } from './driver.ts';
import { openStage, type Stage } from './stage.ts';

const PATIENCE = { timeout: 240_000 };

let cluster: Cluster;
before(async () => {
  cluster = await startCluster({ images: await jupyterImages() });
});
after(() => cluster?.stop());

const titleOf = (window: Workbench, step: string): Locator =>
  window.page.locator('.getting-started-step', { hasText: step }).first();

/** Opens a step of the walkthrough. */
async function openStep(window: Workbench, step: string): Promise<void> {
  const row = titleOf(window, step);
  if (!(await row.getAttribute('class'))?.includes('expanded')) await row.locator('.step-title').click();
  await window.page.locator('.getting-started-step.expanded', { hasText: step }).waitFor();
}

const press = (window: Workbench, button: string): Promise<void> =>
  window.page.locator('.getting-started-step.expanded .monaco-button', { hasText: button }).first().click();

async function openWalkthrough(window: Workbench, title: string): Promise<void> {
  await window.palette('Welcome: Open Walkthrough');
  await window.dialogs.pick(title);
  await window.page.locator('.gettingStartedContainer .step-list-container').first().waitFor();
}

describe('the first steps', PATIENCE, () => {
  let stage: Stage;
  const step = (what: string, name: string, action: (window: Workbench) => Promise<void>) =>
    test(what, () => stage.window.step(name, () => action(stage.window)));
  const isDone = (window: Workbench, name: string) =>
    titleOf(window, name).locator('.codicon-getting-started-step-checked').first().waitFor();

  before(async () => {
    stage = await openStage({ name: 'walkthrough', kubeconfig: cluster.kubeconfig });
  });
  after(() => stage?.close());

  step('the cluster is chosen, and then it is seen', '1-connect', async (window) => {
    await openWalkthrough(window, 'Run Your First GPU Job');
    await openStep(window, 'Connect to a Cluster');
    await window.page.locator('.getting-started-media img').first().waitFor();
    await window.shot('1-first-step');
    await press(window, 'Choose Cluster');
    await window.dialogs.pick('ml-engineer');
    // The list before names the namespace, too, in the row that was just taken.
    await window.page.locator('.quick-input-title', { hasText: 'Choose Namespace in ml-engineer' }).waitFor();
    await window.dialogs.pick('ml-team');
    await (await window.view('Pools')).row('training-pool').waitFor();
    await window.statusItem('ml-engineer · ml-team').waitFor();
    await isDone(window, 'Connect to a Cluster');
  });

  step('a file is begun, and the open one submitted', '2-submit', async (window) => {
    await openStep(window, 'Write and Submit a Job');
    await window.shot('2-second-step');
    await press(window, 'New gpuctl File');
    await window.dialogs.quickPick();
    await window.shot('2-new-file');
    await window.page.keyboard.press('Escape');
    // The sample lies beside the walkthrough, as `npm start` opens it.
    await window.palette('View: Close All Editors');
    await window.openFile('4-broken.gpuctl.yaml');
    await window.page.keyboard.press('Control+Home');
    await window.editor.lens('Submit').waitFor();
    await window.palette('View: Split Editor Right');
    await openWalkthrough(window, 'Run Your First GPU Job');
    await openStep(window, 'Write and Submit a Job');
    await press(window, 'Submit the Open File');
    await window.dialogs.notification('Submitted broken-sft to demo').waitFor();
    await isDone(window, 'Write and Submit a Job');
  });

  step('it is watched', '3-watch', async (window) => {
    await openStep(window, 'Watch It Run');
    await press(window, 'Show Jobs and Pools');
    const jobs = await window.view('Jobs');
    await jobs.spokenRow('broken-sft, failed').waitFor({ timeout: 60_000 });
    await press(window, 'Show Log');
    await window.dialogs.pick('broken-sft');
    await window.output('CUDA out of memory', 30_000);
    await isDone(window, 'Watch It Run');
  });

  step('it failed: why is said, the file mended, and the job goes on where it was', '4-mend', async (window) => {
    const { page, editor, dialogs } = window;
    await openStep(window, 'When a Job Fails');
    await press(window, 'Why It Failed');
    await dialogs.pick('broken-sft');
    await page.waitForTimeout(1_500);
    await window.shot('4-why');
    await window.openFile('4-broken.gpuctl.yaml');
    await page.keyboard.press('Control+Home');
    await editor.replace('64', '8');
    await editor.save();
    await page.keyboard.press('Control+Home');
    await window.palette('gpuctl: Submit to GPU Cluster');
    const { detail } = await dialogs.modal();
    assert.match(detail, /The job “broken-sft” in ml-team has ended: failed: rank 1 ran out of GPU memory/i);
    await window.shot('4-again');
    await dialogs.answerModal('Run It Again');
    const jobs = await window.view('Jobs', 'GPU');
    await jobs.spokenRow('broken-sft, running').waitFor({ timeout: 60_000 });
    await jobs.contextMenu('broken-sft', 'Show Log');
    await window.output('begins after step 2', 30_000);
    await jobs.spokenRow('broken-sft, completed').waitFor({ timeout: 60_000 });
  });

  step(
    'a notebook is submitted, opened in the browser, outlives its pod, and its files are edited here',
    '5-notebook',
    async (window) => {
      const { page, editor, dialogs } = window;
      await window.openFile('3-notebook.gpuctl.yaml');
      await page.keyboard.press('Control+Home');
      await editor.lens('Submit').click();
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.spokenRow('my-notebook, running').waitFor({ timeout: 120_000 });
      await openWalkthrough(window, 'Run Your First GPU Job');
      await openStep(window, 'Open a Notebook');
      await window.palette('Notifications: Clear All Notifications');
      await press(window, 'Open Notebook');
      await dialogs.pick('my-notebook');
      const told = dialogs.notification('VS Code’s Jupyter extension is needed');
      await told.waitFor({ timeout: 90_000 });
      await window.shot('5-notebook');
      const comesUp = async (open: () => Promise<void>): Promise<string> => {
        const opening = page.context().waitForEvent('page', { timeout: 60_000 });
        await open();
        const browser = await opening;
        await browser.getByRole('heading', { name: 'A Jupyter Server is running.' }).waitFor({ timeout: 60_000 });
        await browser.close();
        return new URL(browser.url()).pathname;
      };
      const address = await comesUp(() => told.getByRole('button', { name: 'Open in Browser' }).click());
      await isDone(window, 'Open a Notebook');

      await cluster.api('admin').request('DELETE', '/api/v1/namespaces/ml-team/pods/my-notebook-0');
      await dialogs.notification('its kernels and all their variables are gone').waitFor({ timeout: 60_000 });
      await window.shot('5-again');
      await window.palette('Notifications: Clear All Notifications');
      assert.equal(await comesUp(() => jobs.contextMenu('my-notebook', 'Open Notebook in Browser')), address);

      const { items } = await cluster.api('admin').get('/api/v1/namespaces/ml-team/persistentvolumeclaims');
      const claim = items.find(({ metadata }: KubernetesObject) => metadata.name.includes('my-notebook'));
      const file = path.join(cluster.dir, 'nodes', 'volumes', claim.spec.volumeName, 'plan.md');
      writeFileSync(file, 'tomorrow\n');
      await window.palette('gpuctl: Browse Files of Job');
      await dialogs.pick('my-notebook');
      await page.locator('.quick-input-title', { hasText: '/home/jovyan/work' }).waitFor({ timeout: 60_000 });
      await dialogs.pick('plan.md');
      await editor.line('tomorrow').waitFor();
      await editor.replaceAll('today\n');
      await editor.save();
      for (const end = Date.now() + 20_000; readFileSync(file, 'utf8') !== 'today\n'; await page.waitForTimeout(100))
        assert.ok(Date.now() < end, 'the file is saved in the job');
    },
  );
});

describe('in Chinese, light', PATIENCE, () => {
  test('each step says what it does', async () => {
    const stage = await openStage({
      name: 'walkthrough-zh',
      kubeconfig: cluster.kubeconfig,
      theme: 'light',
      language: 'zh-cn',
      locale: 'zh-cn',
    });
    const { window } = stage;
    try {
      await window.step('1-steps', async () => {
        await openWalkthrough(window, '运行第一个 GPU 任务');
        for (const title of ['编写并提交任务', '查看运行情况', '任务失败', '连接集群']) await openStep(window, title);
        await window.page.locator('.getting-started-media img').first().waitFor();
        await press(window, '选择集群');
        await window.dialogs.quickPick();
        await window.page.keyboard.press('Escape');
      });
    } finally {
      await stage.close();
    }
  });
});
