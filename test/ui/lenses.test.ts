/** The line above a document tells its job's state and leads on, from submit to its end; the document behind any job. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import type { Workbench } from './driver.ts';
import { openStage, type Stage } from './stage.ts';

const PATIENCE = { timeout: 240_000 };
/** A name that a path must be read well for. */
const FILE = "训练 it's.gpuctl.yaml";

const job = (name: string, script: string) => `kind: training
job:
  name: ${name}
environment:
  image: registry.example.com/llm/train:1.0
  command: [sh, -c, '${script}']
  env:
    SPEED: slow
resources:
  pool: training-pool
  gpu: 2
  cpu: 4
  memory: 16Gi
retries: 0
`;
/** Ends as soon as it is asked to. */
const RUNS = 'trap "exit 143" TERM; while :; do sleep 0.2; done';
const BREAKS = 'echo "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 9.50 GiB."; exit 1';
const FILES = {
  [FILE]: job('sft', RUNS),
  'breaks.gpuctl.yaml': job('breaks', BREAKS),
  'taken.gpuctl.yaml': job('taken', RUNS),
};

/** What somebody made with another tool. */
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'by-hand', namespace: 'ml-team', labels: { 'gpuctl/job-type': 'inference' } },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'by-hand' } },
    template: {
      metadata: { labels: { app: 'by-hand', 'gpuctl/job-type': 'inference' } },
      spec: {
        terminationGracePeriodSeconds: 0,
        nodeSelector: { 'gpuctl/pool': 'inference-pool', 'kubernetes.io/os': 'linux' },
        initContainers: [{ name: 'fetch', image: 'demo/fetch', command: ['true'] }],
        containers: [
          {
            name: 'server',
            image: 'demo/sleep',
            env: [{ name: 'HF_TOKEN', value: 'hf_abcdefghijklmnopqrstuv' }],
            ports: [{ containerPort: 9000 }],
            resources: { limits: { 'nvidia.com/gpu': '1' } },
          },
        ],
      },
    },
  },
};
const taken = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: {
    name: 'taken',
    namespace: 'ml-team',
    labels: { 'gpuctl/job-type': 'training' },
    annotations: { 'gpuctl/submitted-by': 'li.wei' },
  },
  spec: {
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [{ name: 'main', image: 'demo/sleep' }],
        terminationGracePeriodSeconds: 0,
      },
    },
  },
};

const WORDS = {
  en: {
    submit: 'Submit',
    preview: 'Preview',
    running: /Running 1\/1/,
    changes: 'Submit Changes',
    ask: 'Submit these changes of sft to demo, namespace ml-team?',
    replace: /Replace/,
    stop: 'Stop',
    stopped: 'Stopped',
    start: 'Start',
    failed: /Failed .*memory/i,
    resume: 'Resume',
    why: 'Why',
    others: 'Another job of that name',
    source: 'Open Document of Job',
    rebuilt: 'Rebuilt from what runs',
    edit: 'Edit Document of Job',
    marker: 'stands for a secret',
    scale: 'Scale Service',
    more: '2 more:',
    most: '8 more:',
    copy: 'Copy as Command Line',
    actions: 'gpuctl: Actions on This Document…',
  },
  'zh-cn': {
    submit: '提交',
    preview: '预览',
    running: /运行中 1\/1/,
    changes: '提交更改',
    ask: '将 sft 的这些更改提交到 demo，命名空间 ml-team？',
    replace: /替换/,
    stop: '停止',
    stopped: '已停止',
    start: '启动',
    failed: /失败：.*显存/,
    resume: '继续',
    why: '原因',
    others: '已有另一个同名任务',
    source: /Open Document of Job|打开任务的文档/,
    rebuilt: '重建',
    edit: /Edit Document of Job|编辑任务的文档/,
    marker: '代表未随任务保存的密钥',
    scale: /Scale Service|调整服务副本数/,
    more: '增加 2 个：',
    most: '增加 8 个：',
    copy: /Copy as Command Line|复制为命令行/,
    actions: 'gpuctl: Actions on This Document…',
  },
} as const;

let cluster: Cluster;
before(async () => {
  cluster = await startCluster();
});
after(() => cluster?.stop());

for (const [language, theme] of [
  ['en', 'dark'],
  ['zh-cn', 'light'],
] as const) {
  describe(`the line above a document, ${language}, ${theme}`, PATIENCE, () => {
    const words = WORDS[language];
    let stage: Stage;
    const step = (what: string, name: string, action: (window: Workbench) => Promise<void>) =>
      test(what, () => stage.window.step(name, () => action(stage.window)));
    const open = async (window: Workbench, name: string) => {
      await window.openFile(name);
      await window.page.mouse.move(0, 0);
      await window.editor.focus();
      await window.page.keyboard.press('Control+Home');
    };
    const lines = async (window: Workbench) => (await window.editor.lenses()).join('\n');

    before(async () => {
      const api = cluster.api('admin');
      for (const one of [deployment, taken]) await api.create(one);
      api.close();
      stage = await openStage({
        name: `lenses-${language}`,
        kubeconfig: cluster.kubeconfig,
        theme,
        language,
        files: FILES,
      });
      const jobs = await stage.window.view('Jobs', 'GPU');
      await jobs.row('by-hand').waitFor();
    });
    after(async () => {
      const api = cluster.api('admin');
      for (const [path, names] of [
        ['/apis/apps/v1/namespaces/ml-team/deployments', ['by-hand']],
        ['/apis/batch/v1/namespaces/ml-team/jobs', ['taken', 'sft', 'breaks']],
      ] as const)
        for (const name of names)
          await api.request('DELETE', `${path}/${name}?propagationPolicy=Foreground&gracePeriodSeconds=0`);
      api.close();
      await stage?.close();
    });

    step('without a job: submit, preview, whether it fits', '1-submit', async (window) => {
      await open(window, FILE);
      await window.editor.lens(words.preview).waitFor();
      await window.editor.lens('training-pool').waitFor();
      await window.shot('1-before');
      await window.editor.lens(words.submit).click();
      await window.editor.lens(words.running).waitFor(30_000);
      assert.doesNotMatch(await lines(window), new RegExp(words.changes));
    });

    step('a changed value: the changes are shown first, then submitted', '2-changed', async (window) => {
      await window.editor.replace('slow', 'fast');
      await window.editor.lens(words.changes).waitFor();
      await window.shot('2-differs');
      await window.editor.lens(words.changes).click();
      await window.page.locator('.monaco-diff-editor').first().waitFor();
      await window.dialogs.notification(words.ask).waitFor();
      await window.shot('2-diff');
      if (language === 'en') await window.dialogs.answerNotification(words.ask, words.submit);
      else await window.page.locator('.editor-actions .action-label[aria-label^="Submit"]').first().click();
      const { detail } = await window.dialogs.modal();
      assert.match(detail, /ml-team/);
      await window.shot('2-question');
      await window.dialogs.answerModal(words.replace);
      await window.page.locator('.monaco-diff-editor').first().waitFor({ state: 'detached' });
      await open(window, FILE);
      await window.editor.lens(words.running).waitFor(30_000);
      await window.editor.lens(words.changes).locator.waitFor({ state: 'detached' });
    });

    step('stop and start', '3-started', async (window) => {
      await window.editor.lens(words.stop).click();
      await window.dialogs.answerModal(words.stop);
      await window.editor.lens(words.stopped).waitFor();
      await window.shot('3-stopped');
      await window.editor.lens(words.start).click();
      await window.editor.lens(words.running).waitFor(30_000);
    });

    step('what it offers, by keyboard', '4-actions', async (window) => {
      await window.palette(words.actions);
      const rows = await window.dialogs.quickPick();
      assert.ok(rows.length >= 4, rows.join('\n'));
      await window.shot('4-list');
      await window.page.keyboard.press('Escape');
    });

    step('a failed job says why, and goes on', '5-resumed', async (window) => {
      await window.palette('Notifications: Clear All Notifications');
      await open(window, 'breaks.gpuctl.yaml');
      await window.editor.lens(words.submit).click();
      await window.editor.lens(words.failed).waitFor(40_000);
      await window.shot('5-failed');
      await window.editor.lens(words.why).click();
      await window.page.waitForTimeout(1_500);
      await window.shot('5-why');
      await open(window, 'breaks.gpuctl.yaml');
      await window.editor.lens(words.resume).click();
      await window.dialogs.answerModal(words.resume);
      await window.editor.lens(words.resume).locator.waitFor({ state: 'detached', timeout: 30_000 });
      await window.editor.lens(words.failed).waitFor(40_000);
    });

    step('the name is taken by somebody else', '6-others', async (window) => {
      await window.palette('Notifications: Clear All Notifications');
      await open(window, 'taken.gpuctl.yaml');
      await window.editor.lens(words.others).waitFor();
    });

    step('the document behind what others made', '7-copy', async (window) => {
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.contextMenu('by-hand', words.source);
      await window.editor.line(words.rebuilt).waitFor();
      await window.shot('7-rebuilt');
      assert.match(await window.editor.text(), /initContainers/);
      assert.doesNotMatch(await window.editor.text(), /hf_abc/);
      await window.page.locator('.editor-actions .action-label.codicon-edit').first().click();
      await window.page.locator('.tab.active.dirty[data-resource-name="by-hand.gpuctl.yaml"]').waitFor();
      await window.problems(words.marker);
    });

    step('replicas are judged while one types; a command line can be copied', '8-copy', async (window) => {
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.contextMenu('by-hand', words.scale);
      const input = window.page.locator('.quick-input-widget input.input').first();
      await input.fill('3');
      await window.page.locator('.quick-input-message', { hasText: words.more }).waitFor();
      await window.shot('8-scale');
      await input.fill('9');
      await window.page.locator('.quick-input-message', { hasText: words.most }).waitFor();
      await window.shot('8-scale-busy');
      await window.page.keyboard.press('Escape');
      await jobs.contextMenu('by-hand', words.copy);
      const rows = await window.dialogs.quickPick();
      assert.ok(rows.includes('gpuctl logs -f by-hand -n ml-team --context ml-engineer'), rows.join('\n'));
      await window.shot('8-commands');
      await window.page.keyboard.press('Escape');
    });
  });
}
