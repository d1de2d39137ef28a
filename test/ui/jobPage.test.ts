/** The page of a job in the real editor: opened, lived with, understood, by mouse and by keyboard. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import type { FrameLocator } from 'playwright-core';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { runGpuctl } from '../cluster/runGpuctl.ts';
import type { Workbench } from './driver.ts';
import { openStage, type Stage, temporaryFolder } from './stage.ts';

const PATIENCE = { timeout: 240_000 };
const LONG = 'qwen2-72b-instruct-full-parameter-sft-of-2026';

const job = (name: string, script: string, resources: string) => `kind: training
job:
  name: ${name}
  description: 用于演示的任务
environment:
  image: registry.example.com/llm/train:1.0
  command: [sh, -c, ${JSON.stringify(script)}]
  env:
    HF_TOKEN: hf_abcdefghijklmnopqrstuvwxyz0123456789
resources:
  cpu: 2
  memory: 4Gi
${resources}`;
const LOOP =
  'trap "exit 143" TERM; i=0; while :; do i=$((i+1)); echo "step $i/12000 of rank $NODE_RANK"; sleep 1 & wait $!; done';
const BREAK = `trap "exit 143" TERM
if [ "$NODE_RANK" = 1 ]; then
  sleep 2; echo 'Traceback (most recent call last):'; echo '  File "train.py", line 42, in <module>'
  echo 'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 9.50 GiB. GPU 0 has a total capacity of 79.15 GiB of which 1.12 GiB is free.'
  exit 1
fi
sleep 600 & wait $!`;
const TWO_NODES = '  pool: training-pool\n  gpu: 2\n  nodeCount: 2\n';
const FILES = {
  'runs.gpuctl.yaml': job(LONG, LOOP, TWO_NODES),
  'broken.gpuctl.yaml': `${job('broken-sft', BREAK, TWO_NODES)}retries: 0\n`,
  'waits.gpuctl.yaml': job('waits-for-room', LOOP, '  pool: inference-pool\n  gpu: 4\n'),
} as const;
/** Somebody else's, as urgent as ours, who has all of i2. */
const OCCUPANT = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'by-hand', namespace: 'vision-team' },
  spec: {
    nodeName: 'i2',
    priorityClassName: 'gpuctl-medium',
    terminationGracePeriodSeconds: 0,
    containers: [{ name: 'main', image: 'demo/sleep', resources: { limits: { 'nvidia.com/gpu': '4' } } }],
  },
};
/** A job of so many ranks that none has room. */
const MANY = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: {
    name: 'many',
    namespace: 'ml-team',
    labels: { 'gpuctl/job-type': 'training', 'gpuctl/pool': 'dev-pool', 'app.kubernetes.io/managed-by': 'gpuctl' },
  },
  spec: {
    parallelism: 512,
    completions: 512,
    completionMode: 'Indexed',
    template: {
      spec: {
        restartPolicy: 'Never',
        nodeSelector: { 'gpuctl/pool': 'dev-pool' },
        containers: [{ name: 'main', image: 'demo/sleep', resources: { limits: { 'nvidia.com/gpu': '8' } } }],
      },
    },
  },
};

let cluster: Cluster;
const folder = temporaryFolder();
const occupy = () => cluster.api().create(OCCUPANT);
const leave = () => cluster.api().request('DELETE', '/api/v1/namespaces/vision-team/pods/by-hand?gracePeriodSeconds=0');
const submit = async (name: keyof typeof FILES) => {
  const { code, err } = await runGpuctl(['create', '-f', name, '--yes'], cluster.kubeconfig, folder.path);
  assert.equal(code, 0, err);
};
before(async () => {
  cluster = await startCluster();
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(folder.path, name), text);
  await occupy();
  await submit('runs.gpuctl.yaml');
  await submit('broken.gpuctl.yaml');
  await submit('waits.gpuctl.yaml');
  await cluster.api('admin').create(MANY);
});
after(async () => {
  await cluster?.stop();
  folder.remove();
});

/** The page that is in front. */
const pageIn = ({ page }: Workbench): FrameLocator =>
  page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');

/** What a screen reader and the eye would stumble over on the page. */
async function violations({ page }: Workbench): Promise<string[]> {
  const { passes, violations } = await new AxeBuilder({ page })
    .include(['iframe.webview.ready', '#active-frame', 'html'])
    .analyze();
  const looked = passes.map(({ id }) => id);
  assert.ok(
    ['color-contrast', 'heading-order'].every((id) => looked.includes(id)),
    looked.join(),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  );
}

async function theme(window: Workbench, name: string): Promise<void> {
  await window.palette('Preferences: Color Theme');
  await window.dialogs.input(name);
  await window.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

const WORDS = {
  en: { failed: 'Why it failed', when: /inference-pool/, running: 'running', stopped: 'stopped', run: /Running/ },
  'zh-cn': { failed: '失败原因', when: /inference-pool/, running: '运行中', stopped: '已停止', run: /运行中/ },
} as const;

for (const [language, first] of [
  ['en', 'dark'],
  ['zh-cn', 'light'],
] as const) {
  describe(`the page of a job, ${language}`, PATIENCE, () => {
    const words = WORDS[language];
    let stage: Stage;
    const step = (what: string, name: string, action: (window: Workbench) => Promise<void>) =>
      test(what, () => stage.window.step(name, () => action(stage.window)));
    const open = async (window: Workbench, name: string) => {
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.row(name).click();
      const page = pageIn(window);
      await page.getByRole('heading', { level: 1, name }).waitFor();
      await page.getByRole('grid').waitFor();
      await window.page.mouse.move(700, 880);
      return page;
    };

    before(async () => {
      const files = { 'runs.gpuctl.yaml': FILES['runs.gpuctl.yaml'] };
      stage = await openStage({
        name: `page-${language}`,
        kubeconfig: cluster.kubeconfig,
        theme: first,
        language,
        files,
      });
    });
    after(() => stage?.close());

    step('opens by a click, with its ranks and where they are', '1-running', async (window) => {
      const page = await open(window, LONG);
      await page.getByRole('row', { name: /rank 1/ }).waitFor();
      await page.getByText('ml-engineer').first().waitFor();
      assert.equal(await page.getByText(/hf_abc/).count(), 0);
    });

    step('says why one failed, with the lines that matter, at once', '2-failed', async (window) => {
      await window.palette('gpuctl: Explain State of Job');
      await window.dialogs.pick('broken-sft');
      const page = pageIn(window);
      await page.getByRole('heading', { name: words.failed }).and(page.locator(':focus')).waitFor();
      await page.getByText('torch.OutOfMemoryError').first().waitFor();
    });

    step('says until when one waits', '3-waits', async (window) => {
      const page = await open(window, 'waits-for-room');
      await page.locator('#verdict').getByText(words.when).waitFor();
    });
    if (language !== 'en') return;

    step('follows the cluster and leaves keyboard, place and what was opened alone', '4-runs-now', async (window) => {
      const page = pageIn(window);
      await page.locator('#source summary').waitFor();
      await page.locator('#source summary').focus();
      await window.page.keyboard.press('Enter');
      await page.getByText('kind: training').waitFor();
      const before = await page.locator('html').evaluate('scrollY');
      await leave();
      await page.getByRole('status').filter({ hasText: words.running }).waitFor();
      await page.locator('#verdict').waitFor({ state: 'detached' });
      await page.locator('#source summary:focus').waitFor();
      await page.getByText('kind: training').waitFor();
      assert.ok(Number(before) > 0);
    });

    step('is there again when the window was reloaded, and lives', '5-reloaded', async (window) => {
      await window.reload();
      const page = pageIn(window);
      await page.getByRole('heading', { level: 1, name: 'waits-for-room' }).waitFor();
      await page.getByRole('button', { name: 'Stop…' }).and(page.locator(':not([aria-disabled])')).waitFor();
    });

    step('by keyboard: a rank, its log', '6-log-of-a-rank', async (window) => {
      const page = await open(window, LONG);
      assert.equal(await window.page.locator('.tab', { hasText: LONG }).count(), 1, 'the one that slept is gone');
      await page.getByRole('grid').locator('[tabindex="0"]').focus();
      for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight'])
        await window.page.keyboard.press(key);
      await page.getByRole('button', { name: 'Log of rank 1' }).and(page.locator(':focus')).waitFor();
      await window.page.keyboard.press('Enter');
      await window.output('of rank 1', 30_000);
      await window.palette('View: Toggle Panel Visibility');
    });

    test('axe finds nothing, in any theme', async () => {
      const { window } = stage;
      await window.palette('gpuctl: Explain State of Job');
      await window.dialogs.pick('broken-sft');
      await pageIn(window).getByRole('heading', { name: words.failed }).and(pageIn(window).locator(':focus')).waitFor();
      for (const name of ['Light 2026', 'Dark High Contrast', 'Light High Contrast', 'Dark 2026']) {
        await theme(window, name);
        await pageIn(window).getByRole('heading', { name: words.failed }).waitFor();
        await window.shot(`7-${name.replaceAll(' ', '-').toLowerCase()}`);
        assert.deepEqual(await violations(window), [], name);
      }
    });

    step('holds 512 ranks, all in reach of the keyboard', '8-many', async (window) => {
      const page = await open(window, MANY.metadata.name);
      const grid = page.getByRole('grid');
      await grid.and(page.locator('[aria-rowcount="513"]')).waitFor({ timeout: 60_000 });
      await grid.locator('[tabindex="0"]').focus();
      await window.page.keyboard.press('Control+End');
      await page
        .getByRole('row', { name: /rank 511/ })
        .locator(':focus')
        .waitFor();
      await window.page.keyboard.press('Home');
      assert.deepEqual(await violations(window), []);
    });

    step('stops it, and offers to start it', '9-stopped', async (window) => {
      const page = await open(window, 'waits-for-room');
      await page.getByRole('button', { name: 'Stop…' }).click();
      await window.dialogs.answerModal(/^Stop/);
      await page.getByRole('status').filter({ hasText: words.stopped }).waitFor();
      await page.getByRole('button', { name: 'Start' }).waitFor();
      assert.deepEqual(await violations(window), []);
    });

    step('keeps what was known when the cluster is away', '10-offline', async (window) => {
      const page = pageIn(window);
      await cluster.stopApiServer();
      try {
        await page.getByText(/^As of/).waitFor({ timeout: 60_000 });
        assert.deepEqual(await violations(window), []);
        await window.shot('10-offline-now');
      } finally {
        await cluster.startApiServer();
      }
      await page.getByRole('button', { name: 'Connect Again' }).click();
      await page.getByText(/^As of/).waitFor({ state: 'detached' });
    });

    step('says that it is gone, and shows the last of it', '11-gone', async (window) => {
      const page = pageIn(window);
      await cluster.api('admin').request('DELETE', '/apis/batch/v1/namespaces/ml-team/jobs/waits-for-room');
      await page.getByText(/is not there any more/).waitFor();
      assert.equal(await page.getByRole('button', { name: 'Start' }).count(), 0);
      await page.locator('#timeline').waitFor();
      assert.deepEqual(await violations(window), []);
      await window.shot('11-gone-now');
      await occupy();
      await (await window.view('Pools', 'GPU')).row('by-hand').waitFor(); // by then the scheduler knows it, too
      await submit('waits.gpuctl.yaml');
      await page.locator('#verdict').getByText(words.when).waitFor();
    });
  });
}
