import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { openStage, type Stage } from './stage.ts';

const PATIENCE = { timeout: 240_000 };

let cluster: Cluster;
before(async () => {
  cluster = await startCluster();
});
after(() => cluster?.stop());

/** The words that are looked for, by language. Titles of commands follow VS Code's own language, which is English here. */
const WORDS = {
  en: {
    submit: 'Submit',
    submitted: 'Submitted chat to demo',
    runs: 'chat, running',
    stopped: 'chat, stopped',
    confirmStop: 'Stop',
    confirmDelete: 'Delete',
  },
  'zh-cn': {
    submit: '提交',
    submitted: '已将 chat 提交到 demo',
    runs: 'chat、运行中',
    stopped: 'chat、已停止',
    confirmStop: '停止',
    confirmDelete: '删除',
  },
} as const;

for (const [language, theme] of [
  ['en', 'dark'],
  ['zh-cn', 'light'],
] as const) {
  const words = WORDS[language];
  describe(`what the kinds become, ${language}, ${theme}`, PATIENCE, () => {
    let stage: Stage;
    before(async () => {
      stage = await openStage({ name: `kinds-${language}`, kubeconfig: cluster.kubeconfig, theme, language });
    });
    after(() => stage?.close());

    test('a service runs, is scaled, stopped and started', async () => {
      const { window } = stage;
      await window.openFile('6-inference.gpuctl.yaml');
      await window.page.keyboard.press('Control+Home');
      await window.editor.lens(words.submit).click();
      await window.dialogs.notification(words.submitted).waitFor();
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.spokenRow(words.runs).waitFor({ timeout: 60_000 });
      await window.shot('2-service-runs');
      await jobs.contextMenu('chat', 'Scale Service');
      await window.dialogs.input('2');
      await jobs.row('2×A10-24G').waitFor({ timeout: 60_000 });
      await jobs.contextMenu('chat', 'Stop Job');
      const { message, detail } = await window.dialogs.modal();
      assert.match(message, /chat/);
      assert.match(detail, /demo.*ml-team|ml-team.*demo/s);
      await window.shot('3-stop-question');
      await window.dialogs.answerModal(words.confirmStop);
      await jobs.spokenRow(words.stopped).waitFor({ timeout: 60_000 });
      await window.shot('4-stopped');
      await jobs.contextMenu('chat', 'Start Job');
      await jobs.spokenRow(words.runs).waitFor({ timeout: 60_000 });
      await jobs.contextMenu('chat', 'Delete Job');
      await window.dialogs.answerModal(words.confirmDelete);
      await jobs.row('chat').waitFor({ state: 'detached', timeout: 60_000 });
    });

    test('a preview of what it becomes stands beside the document', async () => {
      const { window } = stage;
      await window.openFile('6-inference.gpuctl.yaml');
      await window.editor.focus();
      await window.palette('gpuctl: Preview Resources');
      await window.page.locator('.view-line', { hasText: 'progressDeadlineSeconds' }).first().waitFor();
      await window.shot('5-preview');
    });

    test('the preview has no buttons of a gpuctl file, while its file is before the person', async () => {
      const { window, workspace } = stage;
      mkdirSync(path.join(workspace, '.vscode'));
      const settings = { 'workbench.editor.alwaysShowEditorActions': true };
      writeFileSync(path.join(workspace, '.vscode/settings.json'), JSON.stringify(settings));
      const actions = window.page
        .locator('.editor-group-container', { has: window.page.locator('.tab', { hasText: '.resources.yaml' }) })
        .locator('.editor-actions .action-label');
      await actions.and(window.page.locator('[aria-label^="Split Editor"]')).waitFor();
      const titles = await actions.evaluateAll((all) => all.map((action) => action.getAttribute('aria-label')));
      assert.ok(!titles.includes('Submit to GPU Cluster') && !titles.includes('Preview Resources'), titles.join());
    });
  });
}
