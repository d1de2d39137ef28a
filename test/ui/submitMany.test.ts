/** Several files and folders submitted at once, and a terminal in a job: by mouse and keyboard, on the real cluster. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import type { Workbench } from './driver.ts';
import { openStage, type Stage } from './stage.ts';

const PATIENCE = { timeout: 240_000 };

const LONG = 'a-name-as-long-as-those-of-experiments-come-to-be';
const training = (name: string, seconds: number, more = '') => `kind: training
job: {name: ${name}}
environment:
  image: alpine:3.22
  command: [sh, -c, "echo on; sleep ${seconds}"]
resources: {cpu: 100m, memory: 64Mi${more}}
`;
const gpus = (count: number) => `, gpu: ${count}, pool: training-pool`;
const SWEEP = {
  'sweep/lr-1e-4.gpuctl.yaml': training('lr-1e-4', 1),
  'sweep/lr-3e-4.gpuctl.yaml': `${training('lr-3e-4', 1)}---\n${training('lr-1e-3', 1)}`,
  'sweep/更大/大模型.gpuctl.yaml': training(LONG, 600, `${gpus(4)}, nodeCount: 2`),
  'sweep/too-much.gpuctl.yaml': training('too-much', 600, gpus(7)),
  'sweep/更大/plain.yaml': training('plain', 600, gpus(3)),
  'sweep/foreign.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: foreign}\n',
  'reads-data.gpuctl.yaml': `${training('reads-data', 1)}storage: {workdirs: [{path: /data, claim: dataset}]}\n`,
  'mistaken.gpuctl.yaml': training('mistaken', 1).replace('cpu: 100m', 'cpu: many'),
};

let cluster: Cluster;
before(async () => {
  cluster = await startCluster();
});
after(() => cluster?.stop());

/** A test that leaves a picture of what was seen where it fails. */
const look = (name: string, run: () => Promise<void>, stage: () => Stage) =>
  test(name, async () => {
    try {
      await run();
    } catch (error) {
      await stage().window.shot('FAILED');
      throw error;
    }
  });
const rowIn = (window: Workbench, text: string) =>
  window.page.locator('.explorer-folders-view .monaco-list-row', { hasText: text }).first();
/** Selects in the explorer and takes Submit from the menu. */
async function submitSelected(window: Workbench, entry: string, ...names: string[]): Promise<void> {
  await window.palette('Explorer: Focus on');
  const [first = '', ...others] = names;
  await rowIn(window, first).click();
  for (const name of others) await rowIn(window, name).click({ modifiers: ['ControlOrMeta'] });
  await rowIn(window, names.at(-1) ?? '').click({ button: 'right' });
  await window.dialogs.menu(entry);
}
const list = (window: Workbench) => window.page.locator('.quick-input-widget');
/** Rows of the list, each as one text with its checkbox before it. */
async function listed(window: Workbench): Promise<string[]> {
  const rows = list(window).locator('.quick-input-list .monaco-list-row');
  await rows.first().waitFor();
  return rows.evaluateAll((elements) =>
    elements.map((element) => {
      const box = element.querySelector('[role="checkbox"], input[type="checkbox"]');
      const isChecked =
        [element, box].some((one) => one?.getAttribute('aria-checked') === 'true') ||
        (box as { checked?: boolean } | null)?.checked;
      return `${isChecked ? '[x]' : '[ ]'} ${(element.textContent ?? '').replace(/\s+/g, ' ')}`;
    }),
  );
}
const accept = (window: Workbench) => list(window).locator('input.input').first().press('Enter');
/** Chooses a row, or takes it out. */
const toggle = (window: Workbench, text: string) =>
  list(window).locator('.monaco-list-row', { hasText: text }).first().locator('.label-name').first().click();
const lines = (window: Workbench) =>
  window.page.locator('.terminal-wrapper.active .xterm-rows > div, .xterm-rows > div');
async function printed(window: Workbench, text: string | RegExp): Promise<void> {
  await lines(window).filter({ hasText: text }).first().waitFor({ timeout: 20_000 });
}

describe('several at once', PATIENCE, () => {
  let stage: Stage;
  before(async () => {
    const settings = { 'terminal.integrated.gpuAcceleration': 'off' };
    stage = await openStage({ name: 'many', kubeconfig: cluster.kubeconfig, files: SWEEP, settings });
  });
  after(() => stage?.close());

  look(
    'a folder and files of the explorer are one list: what fits, what has errors, and what is foreign is not there',
    async () => {
      const { window } = stage;
      await window.openFile('1-first-job.gpuctl.yaml');
      await window.editor.lens('to demo · ml-team').waitFor();
      await submitSelected(window, 'Submit to GPU Cluster', 'sweep', 'reads-data.gpuctl.yaml', 'mistaken.gpuctl.yaml');
      await list(window).locator('.quick-input-title', { hasText: 'Submit to demo, Namespace ml-team' }).waitFor();
      await list(window).locator('.quick-input-list', { hasText: 'fits now' }).first().waitFor();
      const rows = await listed(window);
      await window.shot('1-list');
      const text = rows.join('\n');
      for (const name of ['lr-1e-4', 'lr-3e-4', 'lr-1e-3', LONG, 'plain', 'too-much', 'reads-data'])
        assert.match(text, new RegExp(`\\[x\\].*${name}`), text);
      assert.match(text, /\[ \].*mistaken.*line 6/);
      assert.doesNotMatch(text, /foreign/);
    },
    () => stage,
  );

  look(
    'what is chosen is judged together, and what has errors cannot be chosen',
    async () => {
      const { window } = stage;
      const input = list(window).locator('input.input').first();
      const says = async (expected: RegExp) => {
        const box = await input.elementHandle();
        await window.page.waitForFunction(
          ([one, source]) =>
            new RegExp(source as string).test((one as { placeholder?: string } | null)?.placeholder ?? ''),
          [box, expected.source] as const,
        );
      };
      await says(/6 of 7 jobs fit beside each other now; the rest would wait/);
      await toggle(window, 'mistaken');
      for (const name of ['lr-1e-3', 'too-much']) await toggle(window, name);
      await says(/All 5 jobs fit/);
      const text = (await listed(window)).join('\n');
      assert.match(text, /\[ \].*mistaken/);
      await window.shot('2-chosen');
    },
    () => stage,
  );

  look(
    'they are submitted; what failed is told on a page, and tried again once it is mended',
    async () => {
      const { window } = stage;
      await accept(window);
      const told = '1 of 5 documents was not submitted to demo.';
      await window.dialogs.notification(told).waitFor({ timeout: 30_000 });
      await window.page.locator('.tab.active', { hasText: 'Submit 1' }).waitFor();
      const frame = window.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
      await frame.locator('body', { hasText: 'reads-data' }).waitFor();
      const page = await frame.locator('body').innerText();
      assert.match(
        page,
        /Not Submitted[\s\S]*reads-data[\s\S]*failed[\s\S]*no claim “dataset”|dataset[\s\S]*Submitted/,
      );
      await window.shot('3-outcome');
      await cluster.api('admin').call('POST', '/api/v1/namespaces/ml-team/persistentvolumeclaims', {
        ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'dataset' } },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      });
      await window.dialogs.answerNotification(told, 'Submit Again');
      await list(window).locator('.quick-input-title', { hasText: 'Submit to demo' }).waitFor();
      assert.deepEqual(
        (await listed(window)).filter((row) => row.startsWith('[x]')).map((row) => /reads-data/.test(row)),
        [true],
      );
      await accept(window);
      await window.dialogs.notification('Submitted 1 document to demo.').waitFor({ timeout: 30_000 });
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.spokenRow(`${LONG}, running`).waitFor({ timeout: 30_000 });
      await window.shot('4-again');
    },
    () => stage,
  );

  look(
    'those that ended are run again after one question for all of them',
    async () => {
      const { window } = stage;
      const jobs = await window.view('Jobs', 'GPU');
      for (const name of ['lr-1e-4', 'lr-3e-4'])
        await jobs.spokenRow(`${name}, completed`).waitFor({ timeout: 30_000 });
      await window.palette('Notifications: Clear All Notifications');
      await submitSelected(window, 'Submit to GPU Cluster', 'sweep');
      await list(window).locator('.quick-input-list', { hasText: 'run again' }).first().waitFor();
      await window.shot('5-there-already');
      for (const name of ['too-much', 'plain', LONG]) await toggle(window, name);
      await accept(window);
      const { message, detail, buttons } = await window.dialogs.modal();
      assert.equal(message, 'Submit these 2 jobs?');
      assert.match(
        detail,
        /2 jobs of these names have ended\.[\s\S]*In cluster demo, namespace ml-team:\n• lr-1e-4\n• lr-3e-4/,
      );
      assert.ok(buttons.includes('Ask for Each'), buttons.join());
      await window.shot('6-one-question');
      await window.dialogs.answerModal('Run All Again');
      await window.dialogs.notification('Submitted 3 documents to demo.').waitFor({ timeout: 30_000 });
    },
    () => stage,
  );

  look(
    'a terminal in a rank is typed into, follows its size, and says how it ended',
    async () => {
      const { window } = stage;
      await window.palette('Notifications: Clear All Notifications');
      await window.palette('View: Close All Editors');
      const jobs = await window.view('Jobs', 'GPU');
      // A row that moves is not the one that is clicked.
      for (const name of ['lr-1e-4', 'lr-3e-4', 'lr-1e-3', 'reads-data'])
        await jobs.spokenRow(`${name}, completed`).waitFor({ timeout: 30_000 });
      await jobs.contextMenu(LONG, 'Open Terminal');
      assert.deepEqual(
        (await window.dialogs.quickPick()).map((label) => label.trim()),
        ['rank 0', 'rank 1'],
      );
      await window.dialogs.pick('rank 1');
      await printed(window, /[#$]\s*$/);
      await window.page.keyboard.type('echo hi-$((40+2)); stty size\n');
      await printed(window, 'hi-42');
      await window.shot('7-terminal');
      await window.page.keyboard.type('exit 3\n');
      await printed(window, 'The shell has ended with exit code 3.');
      await printed(window, 'Press Enter to open a new shell');
      await window.shot('8-terminal-ended');
      await window.page.keyboard.press('Enter');
      await printed(window, /[#$]\s*$/);
      await window.page.keyboard.type('sleep 4715\n');
      const pods = await cluster
        .api('admin')
        .get(`/api/v1/namespaces/ml-team/pods?labelSelector=batch.kubernetes.io/job-name%3D${LONG}`);
      assert.equal(pods.items.length, 2);
      await window.palette('Terminal: Kill All Terminals');
    },
    () => stage,
  );
});

describe('in Chinese, on a light background', PATIENCE, () => {
  let stage: Stage;
  before(async () => {
    const options = { theme: 'light', language: 'zh-cn' } as const;
    const settings = { 'terminal.integrated.gpuAcceleration': 'off' };
    stage = await openStage({ name: 'many-zh', kubeconfig: cluster.kubeconfig, files: SWEEP, settings, ...options });
  });
  after(() => stage?.close());

  look(
    'the same list, question, page and terminal',
    async () => {
      const { window } = stage;
      await window.openFile('1-first-job.gpuctl.yaml');
      await window.editor.lens('demo · ml-team').waitFor();
      await submitSelected(window, 'Submit to GPU Cluster', 'sweep', 'reads-data.gpuctl.yaml', 'mistaken.gpuctl.yaml');
      await list(window).locator('.quick-input-title', { hasText: '提交到 demo，命名空间 ml-team' }).waitFor();
      await list(window).locator('.quick-input-list', { hasText: '再次运行' }).first().waitFor();
      await window.shot('1-list');
      await accept(window);
      await window.dialogs.modal();
      await window.shot('2-question');
      await window.page.keyboard.press('Escape');
      await window.page.waitForTimeout(1_000);
      await window.page.keyboard.press('Escape'); // one job would push out another: that is a question of its own
      await window.page.locator('.tab.active', { hasText: '提交结果' }).waitFor({ timeout: 30_000 });
      await window.page
        .frameLocator('iframe.webview.ready')
        .frameLocator('#active-frame')
        .locator('body', { hasText: '未提交' })
        .waitFor();
      await window.shot('3-outcome');
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.contextMenu('plain', /Open Terminal|打开终端/);
      await printed(window, /[#$]\s*$/);
      await window.page.keyboard.type('echo 你好; exit\n');
      await printed(window, '退出码为 0');
      await window.shot('4-terminal');
    },
    () => stage,
  );
});
