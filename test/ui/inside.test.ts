/**
 * Inside a job as a person is: the debugger stops a program in a job at a breakpoint of a file of the workspace, with the real `debugpy` and a
 * stand-in of the Python Debugger extension; TensorBoard comes up in the browser; what is missing is said.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { ensurePythonPackages, PROGRAMS } from '../cluster/pythonPackages.ts';
import { type Pair, startPair } from '../server/pair.ts';
import type { Workbench } from './driver.ts';
import { openStage, type Stage } from './stage.ts';

const PATIENCE = { timeout: 300_000 };
const SOON = { timeout: 60_000 };
const STAND_IN = path.join(import.meta.dirname, '..', 'host', 'debugpy');
const PROGRAM = path.join(PROGRAMS, 'counting.py');
const FOLDER = '/tensorboard-lab';

const training = (name: string, command: string[], packages: string, more = '') => `kind: training
job: {name: ${name}, namespace: ml-team}
environment:
  image: registry.example.com/train:1.0
  env: {PYTHONPATH: "${packages}", PATH: "${process.env.PATH}"}
  command: ${JSON.stringify(command)}
resources: {pool: training-pool, gpu: 1, cpu: 1, memory: 1Gi}
${more}`;

let cluster: Cluster;
let pair: Pair;
before(async () => {
  const [debugpy, tensorboard] = await Promise.all([
    ensurePythonPackages('jupyter'),
    ensurePythonPackages('tensorboard'),
  ]);
  cluster = await startCluster();
  pair = await startPair({ connection: { kubeconfig: cluster.kubeconfig } });
  const events = `mkdir -p ${FOLDER}/runs && exec python3 ${path.join(PROGRAMS, 'events.py')} ${FOLDER}/runs`;
  for (const text of [
    training('counting', ['python3', '-m', 'debugpy', '--listen', '5678', PROGRAM], debugpy),
    training('ranks', ['python3', PROGRAM, 'ranks', '2'], ''),
    training('curves', ['sh', '-c', events], tensorboard, `storage: {workdirs: [{path: ${FOLDER}}]}\n`),
  ])
    await pair.submit({ uri: 'file:///work/inside.gpuctl.yaml', text }, 'yes');
});
after(async () => {
  await pair?.stop();
  await cluster?.stop();
});

const WORDS = {
  en: {
    debug: 'Attach Python Debugger',
    program: 'Which program of ranks?',
    noDebugpy: 'The Python of this job has no `debugpy`',
    noTensorBoard: 'The Python of this job has no TensorBoard',
    tensorBoard: 'Open TensorBoard',
    noExtension: 'VS Code needs the extension Python Debugger',
    install: 'Show Extension',
  },
  'zh-cn': {
    debug: 'Attach Python Debugger',
    program: '选择 ranks 的哪个程序？',
    noDebugpy: '此任务的 Python 中没有 `debugpy`',
    noTensorBoard: '此任务的 Python 中没有 TensorBoard',
    tensorBoard: 'Open TensorBoard',
    noExtension: '要调试 Python，VS Code 需要安装 Python Debugger 扩展',
    install: '查看扩展',
  },
} as const;

for (const [language, theme] of [
  ['en', 'dark'],
  ['zh-cn', 'light'],
] as const)
  describe(`inside a job, ${theme}, ${language}`, PATIENCE, () => {
    const words = WORDS[language];
    let stage: Stage;
    const step = (what: string, name: string, action: (window: Workbench) => Promise<void>) =>
      test(what, () => stage.window.step(name, () => action(stage.window)));
    before(async () => {
      stage = await openStage({
        name: `inside-${language}`,
        kubeconfig: cluster.kubeconfig,
        language,
        theme,
        extensions: [STAND_IN],
        files: { 'src/counting.py': readFileSync(PROGRAM, 'utf8') },
      });
      await (await stage.window.view('Jobs', 'GPU')).row('counting').waitFor(SOON);
    });
    after(() => stage?.close());

    step('a breakpoint in a file of the workspace stops the program in the job', '1-stopped', async (window) => {
      await window.openFile('counting.py');
      await window.page.locator('.view-line', { hasText: 'return doubled' }).click();
      await window.page.keyboard.press('F9');
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.contextMenu('counting', words.debug);
      await window.page.locator('.debug-toolbar').waitFor(SOON);
      await window.page.locator('.debug-top-stack-frame-line').waitFor(SOON);
      await window.shot('1-breakpoint');
      await window.page.keyboard.press('Shift+F5');
      await window.page.locator('.debug-toolbar').waitFor({ state: 'hidden', ...SOON });
      await window.view('Jobs', 'GPU');
      await jobs.row('http://localhost').waitFor({ state: 'hidden', ...SOON });
    });

    step('of several programs one is chosen, and what its image lacks is said', '2-missing', async (window) => {
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.contextMenu('ranks', words.debug);
      await window.page.locator('.quick-input-title', { hasText: words.program }).waitFor(SOON);
      const labels = await window.dialogs.quickPick();
      assert.deepEqual(
        labels.map((label) => label.replace(/.*·\s*/, '')),
        [path.basename(PROGRAM), path.basename(PROGRAM)],
      );
      await window.shot('2-programs');
      await window.dialogs.pick(/rank 1/);
      await window.dialogs.notification(words.noDebugpy).waitFor(SOON);
      await window.shot('2-missing');
      await window.palette('Notifications: Clear All Notifications');
    });

    step(
      'TensorBoard comes up in the browser, and where there is none, that is said',
      '3-tensorboard',
      async (window) => {
        const jobs = await window.view('Jobs', 'GPU');
        await jobs.contextMenu('ranks', words.tensorBoard);
        await window.dialogs.notification(words.noTensorBoard).waitFor(SOON);
        await window.palette('Notifications: Clear All Notifications');
        const opening = window.page.context().waitForEvent('page', SOON);
        await jobs.contextMenu('curves', words.tensorBoard);
        const page = await opening;
        await page.waitForURL(/\/proxy\/\d+\//, SOON); // this host shows what listens beside it below an address of its own
        assert.match(await (await fetch(new URL('data/plugin/scalars/tags', page.url()))).text(), /loss/);
        await page.getByText('loss').first().waitFor(SOON);
        await page.screenshot({ path: await window.shot('3-page') });
        await page.close();
        await jobs.expand('curves');
        await jobs.row('http://localhost').waitFor(SOON);
        await window.shot('3-forward');
      },
    );
  });

describe('without the extension for Python', PATIENCE, () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage({ name: 'inside-bare', kubeconfig: cluster.kubeconfig });
  });
  after(() => stage?.close());

  test('it is offered', () =>
    stage.window.step('1-offered', async () => {
      const { window } = stage;
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.row('counting').waitFor(SOON);
      await jobs.contextMenu('counting', WORDS.en.debug);
      const told = window.dialogs.notification(WORDS.en.noExtension);
      await told.getByRole('button', { name: WORDS.en.install }).waitFor(SOON);
      await window.shot('1-offered');
    }));
});
