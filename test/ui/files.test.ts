/** Files of a job as a person has them: looked through, edited, too large, brought both ways, changed on both sides, deleted on one. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { type Pair, startPair } from '../server/pair.ts';
import type { Workbench } from './driver.ts';
import { openStage, type Stage, temporaryFolder } from './stage.ts';

const PATIENCE = { timeout: 240_000 };
const WORDS = {
  en: {
    large: /“large\.bin” has 21 MB/,
    begin: /^Sync samples with lab-en:\/lab-en\/samples\?/,
    first: /nothing is deleted/,
    sync: 'Sync',
    conflict: /^1 file was changed here and in the job/,
    both: 'Keep Both',
    deleted: /^1 item was deleted on one side/,
    yes: 'Delete',
    there: 'Gone here, would be deleted in the job:\n• old.py',
    first_done: /samples and lab-en:\/lab-en\/samples: \d+ to the job/,
    done: /1 to the job, 1 from the job, 1 deleted/,
  },
  'zh-cn': {
    large: /“large\.bin”大小为 21 MB/,
    begin: /^将 samples 与 lab-zh-cn:\/lab-zh-cn\/samples 同步？/,
    first: /不会删除任何内容/,
    sync: '同步',
    conflict: /1 个文件在本机和任务中都有修改/,
    both: '两者都保留',
    deleted: /一侧删除了 1 项/,
    yes: '删除',
    there: '本机已删除，将在任务中删除：\n• old.py',
    first_done: /samples 与 lab-zh-cn:\/lab-zh-cn\/samples：上传 \d+ 项/,
    done: /上传 1 项、下载 1 项、删除 1 项/,
  },
} as const;

const notebook = (language: string) => `kind: notebook
job: {name: lab-${language}}
environment:
  image: demo/jupyter
  command: [sh, -c, 'trap "exit 0" TERM; while :; do sleep 1 & wait $!; done']
resources: {pool: training-pool, gpu: 1}
storage: {workdirs: [{path: /lab-${language}}]}
`;

let cluster: Cluster;
let pair: Pair;
const state = temporaryFolder();
before(async () => {
  process.env.GPUCTL_STATE = path.join(state.path, 'state');
  cluster = await startCluster();
  pair = await startPair({ connection: { kubeconfig: cluster.kubeconfig } });
});
after(async () => {
  await pair?.stop();
  await cluster?.stop();
  rmSync(state.path, { recursive: true, force: true });
});

for (const [language, theme] of [
  ['en', 'dark'],
  ['zh-cn', 'light'],
] as const) {
  describe(`files of a job, ${language}, ${theme}`, PATIENCE, () => {
    const words = WORDS[language];
    let stage: Stage;
    let volume: string;
    const there = (name: string) => path.join(volume, name);
    const here = (name: string) => path.join(stage.workspace, name);
    const step = (what: string, name: string, action: (window: Workbench) => Promise<void>) =>
      test(what, () => stage.window.step(name, () => action(stage.window)));
    const holds = async (window: Workbench, what: string, look: () => boolean) => {
      for (const end = Date.now() + 20_000; !look(); await window.page.waitForTimeout(100))
        assert.ok(Date.now() < end, `not in time: ${what}`);
    };
    const sync = async (window: Workbench) => {
      await window.palette('Notifications: Clear All Notifications');
      await window.palette('gpuctl: Sync with Job…');
      await window.dialogs.pick(`lab-${language}`);
    };

    before(async () => {
      await pair.submit({ uri: 'file:///work/lab.gpuctl.yaml', text: notebook(language) }, 'yes');
      volume = path.join(cluster.dir, 'hostpath', `lab-${language}`);
      mkdirSync(path.join(volume, 'runs/checkpoint-1200'), { recursive: true });
      writeFileSync(there('train.py'), 'import torch\n\nepochs = 3\n');
      writeFileSync(there('数据说明.md'), '# 数据\n');
      writeFileSync(there('large.bin'), Buffer.alloc(21 << 20));
      const files = { 'src/model.py': 'layers = 12\n', 'old.py': 'print("old")\n' };
      stage = await openStage({ name: `files-${language}`, kubeconfig: cluster.kubeconfig, theme, language, files });
      const jobs = await stage.window.view('Jobs', 'GPU');
      await jobs.row(`lab-${language}`).first().waitFor();
      await stage.window.statusItem('ml-team').first().waitFor();
    });
    after(() => stage?.close());

    step('are looked through', '1-browse', async (window) => {
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.contextMenu(`lab-${language}`, 'Browse Files of Job');
      await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'large.bin' }).first().waitFor();
      assert.deepEqual(await window.dialogs.quickPick(), ['..', 'runs', 'large.bin', 'train.py', '数据说明.md']);
    });

    step('are edited in their place', '2-edit', async (window) => {
      await window.dialogs.pick('train.py');
      await window.editor.line('epochs = 3').waitFor();
      await window.editor.replaceAll('import torch\n\nepochs = 30\n');
      await window.editor.save();
      await holds(window, 'the file is saved', () => readFileSync(there('train.py'), 'utf8').includes('epochs = 30'));
      assert.deepEqual(
        readdirSync(volume).filter((name) => name.startsWith('.gpuctl')),
        [],
      );
    });

    step('are downloaded where they are too large', '3-large', async (window) => {
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.contextMenu(`lab-${language}`, 'Browse Files of Job');
      await window.dialogs.pick('large.bin');
      await window.dialogs.notification(words.large).waitFor();
    });

    step('a folder is synced for the first time', '4-first', async (window) => {
      await sync(window);
      await window.dialogs.pick(`/lab-${language}/samples`);
      const { message, detail } = await window.dialogs.modal();
      assert.match(message, words.begin);
      assert.match(detail, words.first);
    });

    step('and both sides are the same', '5-synced', async (window) => {
      await window.dialogs.answerModal(words.sync);
      await window.dialogs.notification(words.first_done).waitFor();
      assert.equal(readFileSync(there('samples/src/model.py'), 'utf8'), 'layers = 12\n');
    });

    step('what both sides changed is asked', '6-conflict', async (window) => {
      writeFileSync(here('src/model.py'), 'layers = 24\n');
      writeFileSync(there('samples/src/model.py'), 'layers = 48\n');
      rmSync(here('old.py'));
      await sync(window);
      const { message, detail, buttons } = await window.dialogs.modal();
      assert.match(message, words.conflict);
      assert.match(detail, /• src\/model\.py/);
      assert.ok(buttons.includes(words.both), buttons.join());
    });

    step('what is gone on one side is asked, with its name', '7-deleted', async (window) => {
      const buttons = window.page.locator('.monaco-dialog-box .dialog-buttons .monaco-button');
      await buttons.filter({ hasText: words.both }).click(); // the next question comes at once
      await window.page.locator('.monaco-dialog-box', { hasText: 'old.py' }).waitFor();
      const { message, detail } = await window.dialogs.modal();
      assert.match(message, words.deleted);
      assert.ok(detail.startsWith(words.there), detail);
    });

    step('and it is done as it was said', '8-done', async (window) => {
      await window.dialogs.answerModal(words.yes);
      await window.dialogs.notification(words.done).waitFor();
      assert.ok(!existsSync(there('samples/old.py')));
      assert.equal(readFileSync(there('samples/src/model.py'), 'utf8'), 'layers = 24\n');
      const [copy = ''] = readdirSync(here('src')).filter((name) => name.includes('from-job'));
      assert.equal(readFileSync(here(`src/${copy}`), 'utf8'), 'layers = 48\n');
      assert.equal(readFileSync(there(`samples/src/${copy}`), 'utf8'), 'layers = 48\n');
    });
  });
}
