/** Logs as a person reads them: several ranks in colours, the first error, a click on a file, tries before, those that are kept, waiting and ended ones. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { type Pair, startPair } from '../server/pair.ts';
import type { Workbench } from './driver.ts';
import { openStage, type Stage, temporaryFolder } from './stage.ts';

const PATIENCE = { timeout: 240_000 };

const job = (name: string, script: string, more = '') => `kind: training
job: {name: ${name}}
environment:
  image: alpine:3.22
  command: [sh, -c, ${JSON.stringify(script)}]
${more}`;

const ESC = '\\033';
/** What two ranks say: levels, numbers, a progress bar, colours, and on one of them an error. */
const SAYS = [
  'echo "2026-01-01 12:00:00,123 - INFO - torchrun: node $NODE_RANK of 2, master $MASTER_ADDR:29500"',
  `printf '${ESC}[1;33mWARNING${ESC}[0m: using a slow tokenizer, 分词器 is not the fast one\\n'`,
  `printf '\\r 10%%|█         | 6/60 [00:01<00:09,  5.9it/s]\\r 50%%|█████     | 30/60 [00:05<00:05,  6.0it/s]\\r100%%|██████████| 60/60 [00:10<00:00,  6.0it/s]\\n'`,
  'for i in $(seq 1 12); do echo "{\\"loss\\": 2.$i, \\"grad_norm\\": 0.91, \\"learning_rate\\": 1e-05, \\"step\\": \\"$i/60\\"}"; sleep 0.05; done',
  'if [ "$NODE_RANK" = 1 ]; then echo "Traceback (most recent call last):"; echo "  File \\"/app/train.py\\", line 3, in <module>"; echo "    loss = model(batch)"; echo "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB"; fi',
  'for i in $(seq 13 600); do echo "step $i/600 loss 1.$i 12.3it/s"; sleep 1; done',
].join('\n');

const TWO = 'resources: {pool: training-pool, gpu: 2, nodeCount: 2}\n';
const JOBS = {
  'qwen2-sft': job('qwen2-sft', SAYS, TWO),
  'waits-for-gpus': job('waits-for-gpus', 'true', 'resources: {pool: dev-pool, gpu: 2}\n'),
  'takes-dev-pool': job('takes-dev-pool', 'sleep 600', 'resources: {pool: dev-pool, gpu: 2}\n'),
  'short-one': job('short-one', 'for i in 1 2 3; do echo "step $i/3 loss 0.$i"; done'),
  'fails-twice': job('fails-twice', 'echo "try of $(hostname)"; cat /data/absent.json; exit 3', 'retries: 1\n'),
};

let cluster: Cluster;
let pair: Pair;
const state = temporaryFolder();
before(async () => {
  process.env.GPUCTL_STATE = path.join(state.path, 'state'); // logs that are kept, of the window's server, too
  cluster = await startCluster();
  pair = await startPair({ connection: { kubeconfig: cluster.kubeconfig } });
  const order = ['takes-dev-pool', 'qwen2-sft', 'short-one', 'fails-twice', 'waits-for-gpus'] as const;
  for (const name of order) await pair.submit({ uri: `file:///work/${name}.gpuctl.yaml`, text: JOBS[name] }, 'yes');
});
after(async () => {
  await pair?.stop();
  await cluster?.stop();
  rmSync(state.path, { recursive: true, force: true });
});

const WORDS = {
  en: {
    waiting: /^── Nothing of it has started yet: needs 2 GPUs on one node/,
    ended: '── The job has ended: completed.',
    again: /Started again, on /,
    previous: '── That was all that the try before has said.',
    run: /run 1 · /,
    none: 'No error was seen in this log so far.',
    question: /^Delete 1 saved log from this machine\?/,
  },
  'zh-cn': {
    waiting: /^── 尚未开始运行：/,
    ended: '── 任务已结束：已完成。',
    again: /重新启动/,
    previous: '── 上一次尝试的日志到此为止。',
    run: /第 1 次运行 · /,
    none: '目前未在此日志中发现错误。',
    question: /^从本机删除 1 份已保存的日志？/,
  },
} as const;

/** The lines of the panel that are in sight, top to bottom. One that is not drawn yet has no place, and none of its own in the order. */
async function panel({ page }: Workbench): Promise<string[]> {
  const lines = await page.locator('.part.panel .view-lines .view-line').evaluateAll((all) =>
    all
      .map((one) => ({
        ...one.getBoundingClientRect().toJSON(),
        text: (one.textContent ?? '').replaceAll('\u00a0', ' '),
      }))
      .filter(({ height }) => height > 0)
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text),
  );
  return lines;
}

async function sees(window: Workbench, what: string | RegExp): Promise<string[]> {
  for (const end = Date.now() + 30_000; ; await window.page.waitForTimeout(100)) {
    const lines = await panel(window);
    if (lines.some((line) => (typeof what === 'string' ? line.includes(what) : what.test(line)))) return lines;
    assert.ok(Date.now() < end, `${what} is not in:\n${lines.join('\n')}`);
  }
}

for (const [language, theme] of [
  ['en', 'dark'],
  ['zh-cn', 'light'],
] as const) {
  describe(`logs, ${language}, ${theme}`, PATIENCE, () => {
    const words = WORDS[language];
    let stage: Stage;
    const step = (what: string, name: string, action: (window: Workbench) => Promise<void>) =>
      test(what, () => stage.window.step(name, () => action(stage.window)));
    const command = async (window: Workbench, title: string, name: string) => {
      await window.palette(title);
      await window.dialogs.pick(name);
    };

    before(async () => {
      const files = { 'train.py': 'import torch\n\nloss = model(batch)\nloss.backward()\n' };
      stage = await openStage({ name: `logs-${language}`, kubeconfig: cluster.kubeconfig, theme, language, files });
      await stage.window.page.setViewportSize({ width: 1300, height: 860 });
      const jobs = await stage.window.view('Jobs', 'GPU');
      await jobs.row('qwen2-sft').waitFor();
      await stage.window.statusItem('ml-team').first().waitFor();
    });
    after(() => stage?.close());

    step('all ranks come together, in colours, without orders to a terminal', '1-ranks', async (window) => {
      await command(window, 'gpuctl: Show Log', 'qwen2-sft');
      await window.palette('View: Toggle Maximized Panel');
      const lines = await sees(window, /^\[rank 1\] step \d+\/600/);
      assert.ok(
        !lines.some((line) => line.includes('\u001b') || line.includes('10%|')),
        'no escapes, no steps of a bar',
      );
    });

    step('the first error is marked, and gone to', '2-first-error', async (window) => {
      await window.page.locator('.part.panel .action-label[aria-label^="Go to First Error"]').first().click();
      await sees(window, '[rank 1] Traceback (most recent call last):');
      await window.page.waitForTimeout(2_500); // lines come meanwhile, and links are drawn a second after the text
      await sees(window, 'torch.OutOfMemoryError: CUDA out of memory');
    });

    step('a click on a file opens it at the line', '3-source', async (window) => {
      await window.palette('View: Toggle Maximized Panel');
      await window.page.locator('.part.panel .action-label[aria-label^="Go to First Error"]').first().click();
      await window.page
        .locator('.part.panel .detected-link')
        .first()
        .click({ modifiers: ['ControlOrMeta'] });
      await window.page.locator('.tab.active[data-resource-name="train.py"]').waitFor();
      await window.statusItem('Ln 3, Col 1').waitFor();
    });

    step('a job that waits says why', '4-waiting', async (window) => {
      await command(window, 'gpuctl: Show Log', 'waits-for-gpus');
      await sees(window, words.waiting);
    });

    step('a job that has ended says how', '5-ended', async (window) => {
      await command(window, 'gpuctl: Show Log', 'short-one');
      const lines = await sees(window, words.ended);
      assert.deepEqual(
        lines.filter((line) => line.startsWith('step')),
        ['step 1/3 loss 0.1', 'step 2/3 loss 0.2', 'step 3/3 loss 0.3'],
      );
      await window.page.locator('.part.panel .action-label[aria-label^="Go to First Error"]').first().click();
      await window.dialogs.notification(words.none).waitFor();
    });

    step('the whole log opens as a file, with its colours', '5-file', async (window) => {
      await window.page.locator('.part.panel .action-label[aria-label^="Open Whole Log as File"]').first().click();
      await window.editor.line('step 3/3 loss 0.3').waitFor();
      assert.match(
        (await window.page.locator('.tab.active').getAttribute('data-resource-name')) ?? '',
        /^short-one~1~/,
      );
    });

    step('tries of a job stand apart', '6-tries', async (window) => {
      await window.palette('Notifications: Clear All Notifications');
      await command(window, 'gpuctl: Show Log', 'fails-twice');
      const lines = (await sees(window, words.again)).filter(Boolean);
      const first = lines.findIndex((line) => line.startsWith('try of'));
      assert.ok(lines.findIndex((line) => words.again.test(line)) > first, lines.join('\n'));
    });

    step('and the one before is shown for itself', '6-previous', async (window) => {
      await window.palette('gpuctl: Show Log of the Try Before');
      const lines = await sees(window, words.previous);
      assert.equal(lines.filter((line) => line.startsWith('try of')).length, 1);
    });

    step('logs are kept: to open', '8-saved', async (window) => {
      await window.palette('gpuctl: Show Saved Logs');
      const names = await window.dialogs.quickPick();
      assert.ok(names.includes('short-one'), names.join());
      await window.page.locator('.quick-input-list .monaco-list-row', { hasText: words.run }).first().waitFor();
    });

    step('to search in', '8-search', async (window) => {
      await window.page.keyboard.press('Escape');
      await window.palette('gpuctl: Search in Saved Logs');
      const box = window.page.locator('.search-view .search-container textarea, .search-view textarea').first();
      await box.waitFor();
      await box.fill('step 2/3');
      await box.press('Enter');
      await window.page.locator('.search-view .monaco-list-row', { hasText: 'step 2/3 loss' }).first().waitFor();
    });

    step('and to delete', '8-deleted', async (window) => {
      await window.palette('gpuctl: Show Saved Logs');
      const row = window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'short-one' }).first();
      await row.hover();
      await row.locator('.quick-input-list-entry-action-bar .action-label').first().click();
      assert.match((await window.dialogs.modal()).message, words.question);
      await window.page.keyboard.press('Escape');
    });
  });
}
