/**
 * A notebook as a person uses it, with the real Jupyter Server in a job and a stand-in of the Jupyter extension in the window: a cell runs on the
 * cluster, the kernel is lost with a word, the browser is let in, the size changes, and without that extension something else is offered.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Requests } from '../../server/src/protocol.ts';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { ensurePythonPackages } from '../cluster/pythonPackages.ts';
import { type Pair, startPair } from '../server/pair.ts';
import type { Workbench } from './driver.ts';
import { openStage, type Stage } from './stage.ts';
import type { SideView } from './views.ts';

const PATIENCE = { timeout: 300_000 };
const SOON = { timeout: 60_000 };
const STAND_IN = path.join(import.meta.dirname, '..', 'host', 'jupyter');
const JOB = { namespace: 'ml-team', name: 'desk' };

const notebook = (packages: string) => `kind: notebook
job: {name: desk}
environment:
  image: registry.example.com/notebook:1.0
  env: {PYTHONPATH: "${packages}", PATH: "${path.join(packages, 'bin')}:${process.env.PATH}"}
  command: [python3, -m, jupyter_server, --ip=$(POD_IP), --no-browser, --allow-root]
resources: {pool: training-pool, gpu: 2, cpu: 2, memory: 2Gi}
`;

let cluster: Cluster;
let pair: Pair;
before(async () => {
  const packages = await ensurePythonPackages('jupyter');
  cluster = await startCluster();
  pair = await startPair({ connection: { kubeconfig: cluster.kubeconfig } });
  await pair.submit({ uri: 'file:///work/desk.gpuctl.yaml', text: notebook(packages) }, 'yes');
  await pair.ask(Requests.notebookAccess, { job: JOB });
});
after(async () => {
  await pair?.stop();
  await cluster?.stop();
});

const WORDS = {
  en: {
    open: 'Open Notebook',
    step: 'In the list above, choose',
    collection: 'gpuctl Notebooks',
    fresh: 'New GPU Notebook…',
    restarted: 'its kernels and all their variables are gone',
    browse: 'Open Notebook in Browser',
    resize: 'Resize Notebook…',
    cpu: 'CPU',
    gpus: 'GPUs',
    resized: 'desk has its new size',
    question: 'Start desk again with 1 GPU?',
    lost: 'GPUs cannot be changed while a notebook runs.',
    cancel: 'Cancel',
    four: '4 GPUs',
    made: 'Look it over, then submit it',
    noJupyter: 'VS Code’s Jupyter extension is needed',
    browser: 'Open in Browser',
  },
  'zh-cn': {
    open: 'Open Notebook',
    step: '请在上方列表中依次选择',
    collection: 'gpuctl Notebook',
    fresh: '新建 GPU Notebook…',
    restarted: '其内核和所有变量均已丢失',
    browse: 'Open Notebook in Browser',
    resize: 'Resize Notebook…',
    cpu: 'CPU',
    gpus: 'GPU',
    resized: 'desk 的资源已调整',
    question: '使用 1 张 GPU 重新启动 desk？',
    lost: 'GPU 数量无法在运行中调整。',
    cancel: 'Cancel',
    four: '4 张 GPU',
    made: '请检查后提交',
    noJupyter: '需要 VS Code 的 Jupyter 扩展',
    browser: '在浏览器中打开',
  },
} as const;

/** Goes through the lists of the editor to our kernels. */
async function chooseKernel({ page, dialogs }: Workbench, collection: string): Promise<void> {
  const list = page.locator('.quick-input-list .monaco-list-row');
  for (const end = Date.now() + SOON.timeout; ; await page.waitForTimeout(200)) {
    if (!(await list.first().isVisible())) return;
    const rows = await dialogs.quickPick();
    const wanted = [collection, 'Stand-in of the Jupyter', 'Select Another Kernel'].find((one) =>
      rows.some((row) => row.includes(one)),
    );
    if (wanted) await dialogs.pick(wanted);
    if (wanted === collection) return;
    assert.ok(Date.now() < end, rows.join());
  }
}

/** Types into a cell and runs it. */
async function run({ page }: Workbench, code: string): Promise<void> {
  await page.locator('.notebookOverlay .cell-editor-part .monaco-editor').last().click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(code);
  await page.locator('.notebook-toolbar-container').getByRole('button', { name: 'Run All' }).click();
}

/** Answers a step of the questions; the box of the one before may still be in sight. */
async function answer({ page, dialogs }: Workbench, step: number, text: string | RegExp): Promise<void> {
  await page.locator('.quick-input-title', { hasText: `(${step}/4)` }).waitFor();
  if (step < 3) await dialogs.input(String(text));
  else await dialogs.pick(text);
}

/** What stands below the cells; it is drawn in a frame of its own. */
async function untilPrinted({ page }: Workbench, text: string | RegExp): Promise<void> {
  for (const end = Date.now() + SOON.timeout; ; await page.waitForTimeout(100)) {
    for (const frame of page.frames()) {
      const said = await frame
        .locator('#container')
        .innerText({ timeout: 500 })
        .catch(() => '');
      if (typeof text === 'string' ? said.includes(text) : text.test(said)) return;
    }
    assert.ok(Date.now() < end, `no cell has printed ${text}`);
  }
}

for (const [language, theme] of [
  ['en', 'dark'],
  ['zh-cn', 'light'],
] as const) {
  describe(`notebooks, ${language}, ${theme}`, PATIENCE, () => {
    const words = WORDS[language];
    let stage: Stage;
    let jobs: SideView;
    const step = (what: string, name: string, action: (window: Workbench) => Promise<void>) =>
      test(what, () => stage.window.step(name, () => action(stage.window)));

    before(async () => {
      stage = await openStage({
        ...{ name: `notebooks-${language}`, kubeconfig: cluster.kubeconfig, theme, language },
        extensions: [STAND_IN],
      });
      jobs = await stage.window.view('Jobs', 'GPU');
      await jobs.row('desk').waitFor(SOON);
    });
    after(() => stage?.close());

    step('opening it goes on to the kernels, and says what is to be chosen', '1-picker', async (window) => {
      await jobs.inlineAction('desk', words.open);
      await window.dialogs.notification(words.step).waitFor(SOON);
      assert.ok((await window.dialogs.quickPick()).length > 0);
    });

    step('the running notebook is a server there, beside the way to a new one', '2-servers', async (window) => {
      await chooseKernel(window, words.collection);
      await run(window, '6 * 7');
      await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'desk' }).waitFor(SOON);
      assert.deepEqual(await window.dialogs.quickPick(), ['desk', words.fresh]);
    });

    step('a cell runs on the cluster', '3-cell', async (window) => {
      await window.dialogs.pick('desk');
      await untilPrinted(window, '42');
      await jobs.expand('desk');
      await jobs.row('http://localhost:18888').waitFor(SOON);
    });

    step(
      'when it was started again its kernels are said to be gone, and the address is the same',
      '4-lost',
      async (window) => {
        await run(window, 'import time; time.sleep(600)');
        await window.page.waitForTimeout(2_000);
        await cluster.api('admin').request('DELETE', '/api/v1/namespaces/ml-team/pods/desk-0');
        await window.dialogs.notification(words.restarted).waitFor(SOON);
        // Jupyter ends its kernels when it is told to end, or they go with it.
        await untilPrinted(window, /The kernel is gone\.|KeyboardInterrupt/);
        await pair.ask(Requests.notebookAccess, { job: JOB });
        await run(window, '6 * 111');
        await window.dialogs.pick('desk');
        await untilPrinted(window, '666');
        await jobs.row('http://localhost:18888').waitFor(SOON);
      },
    );

    step('the browser is let in', '5-browser', async (window) => {
      const opening = window.page.context().waitForEvent('page', SOON);
      await jobs.contextMenu('desk', words.browse);
      const page = await opening;
      await page.getByRole('heading', { name: 'A Jupyter Server is running.' }).waitFor(SOON);
      assert.match(page.url(), /\/proxy\/18888\//); // this host shows what listens beside it below an address of its own
      await page.screenshot({ path: (await window.shot('5-browser')).replace('5-browser', '5-page') });
      await page.close();
    });

    step('its CPU changes while it runs', '6-resized', async (window) => {
      await jobs.contextMenu('desk', words.resize);
      await window.page.locator('.quick-input-list .monaco-list-row', { hasText: words.gpus }).waitFor(SOON);
      await window.shot('6-sizes');
      await window.dialogs.pick(words.cpu);
      await window.dialogs.input(language === 'en' ? '3' : '4');
      await window.dialogs.notification(words.resized).waitFor(SOON);
    });

    step('another number of GPUs is asked about, with what is lost', '7-question', async (window) => {
      await jobs.contextMenu('desk', words.resize);
      await window.dialogs.pick(words.gpus);
      await window.dialogs.input('1');
      const { message, detail } = await window.dialogs.modal();
      assert.equal(message, words.question);
      assert.ok(detail.includes(words.lost), detail);
      assert.doesNotMatch(detail, /\b0\b/, 'none computes: that is not said as a number');
    });

    step('a new one is made by questions that know what is free', '8-new', async (window) => {
      await window.dialogs.answerModal(words.cancel);
      await window.palette('gpuctl: New GPU Notebook…');
      await answer(window, 1, 'fresh');
      await answer(window, 2, 'registry.example.com/notebook:1.0');
      await answer(window, 3, 'training-pool');
      await window.page.locator('.quick-input-title', { hasText: '(4/4)' }).waitFor();
      await window.shot('8-gpus');
      await answer(window, 4, words.four);
      await window.dialogs.notification(words.made).waitFor(SOON);
      const text = (await window.editor.lines.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
      for (const line of ['name: fresh', 'image: registry.example.com/notebook:1.0', 'pool: training-pool', 'gpu: 4'])
        assert.ok(text.includes(line), text);
    });

    step('one that is stopped leaves the list of servers', '9-left', async (window) => {
      await window.palette('Jupyter Stand-In: Show Servers');
      assert.deepEqual(await window.dialogs.quickPick(), [`${words.collection}: desk`, '1 in all']);
      await window.page.keyboard.press('Escape');
      await pair.ask(Requests.stop, { job: JOB });
      for (const end = Date.now() + SOON.timeout; ; await window.page.waitForTimeout(300)) {
        await window.palette('Jupyter Stand-In: Show Servers');
        const rows = await window.dialogs.quickPick();
        if (rows[0] === '0 in all') break;
        assert.ok(Date.now() < end, rows.join());
        await window.page.keyboard.press('Escape');
      }
      await pair.ask(Requests.start, { job: JOB });
      await pair.ask(Requests.notebookAccess, { job: JOB });
    });
  });
}

describe('without the Jupyter extension', PATIENCE, () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage({ name: 'notebooks-alone', kubeconfig: cluster.kubeconfig });
  });
  after(() => stage?.close());

  test('the browser is offered, and the extension', () =>
    stage.window.step('1-offer', async () => {
      const { window } = stage;
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.row('desk').waitFor(SOON);
      await jobs.inlineAction('desk', WORDS.en.open);
      await window.dialogs.notification(WORDS.en.noJupyter).waitFor(SOON);
      const opening = window.page.context().waitForEvent('page', SOON);
      await window.dialogs.answerNotification(WORDS.en.noJupyter, WORDS.en.browser);
      const page = await opening;
      await page.getByRole('heading', { name: 'A Jupyter Server is running.' }).waitFor(SOON);
      await page.close();
    }));
});
