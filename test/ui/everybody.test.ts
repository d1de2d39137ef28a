/** For everybody: no text of ours that is not from the catalogue, all of it in high contrast, and an untrusted folder where one may still write. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { runGpuctl } from '../cluster/runGpuctl.ts';
import type { Workbench } from './driver.ts';
import { openStage, type Stage, temporaryFolder } from './stage.ts';

const PATIENCE = { timeout: 240_000 };
const SOON = { timeout: 30_000 };

const JOB = `kind: training
job:
  name: bert-base
environment:
  image: registry.example.com/llm/train:1.0
  command: [sh, -c, 'sleep 600']
resources:
  pool: training-pool
  gpu: 2
`;

let cluster: Cluster;
before(async () => {
  cluster = await startCluster();
  const folder = temporaryFolder();
  writeFileSync(path.join(folder.path, 'job.yaml'), JOB);
  const { code, err } = await runGpuctl(['create', '-f', 'job.yaml', '--yes'], cluster.kubeconfig, folder.path);
  folder.remove();
  assert.equal(code, 0, err);
});
after(() => cluster?.stop());

/** What stands in the window beside the file and VS Code's own words. */
async function textsOf(window: Workbench): Promise<string[]> {
  const rows = window.page.locator('.sidebar .monaco-list-row');
  const spoken = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''));
  const others = [
    '.sidebar .monaco-list-row',
    '.codelens-decoration a',
    '.markers-panel .monaco-list-row .marker-message',
  ];
  const shown = await Promise.all(others.map((one) => window.page.locator(one).allInnerTexts()));
  const status = await window.page.locator('.statusbar-item[id="gpuctl.gpuctl.target"]').allInnerTexts();
  return [...spoken, ...shown.flat(), ...status].map((text) => text.replaceAll('\u00a0', ' ').trim()).filter(Boolean);
}

/** What is left of a text without what comes from the catalogue, which may hold values that hold more of it. */
function withoutCatalogue(text: string): string {
  let depth = 0;
  let rest = '';
  for (const letter of text) {
    if (letter === '⟦') depth++;
    else if (letter === '⟧') depth--;
    else if (depth === 0) rest += letter;
  }
  return rest;
}

/** Names in the cluster of the tests, GPU types and file names. */
const isData = (word: string): boolean =>
  /\d|-/.test(word) || ['demo', 'GPU', 'GPUs', 'first', 'default', 'notebook', 'chat'].includes(word);

for (const theme of ['contrast-dark', 'contrast-light'] as const) {
  describe(`in the pseudo-locale, ${theme}`, PATIENCE, () => {
    let stage: Stage;
    before(async () => {
      stage = await openStage({ name: `everybody-${theme}`, kubeconfig: cluster.kubeconfig, theme, language: 'en-xa' });
    });
    after(() => stage?.close());

    test('every word of ours is from the catalogue', () => stage.window.step('1-window', () => look(stage.window)));

    async function look(window: Workbench): Promise<void> {
      await window.openFile('2-qwen2-72b.gpuctl.yaml');
      await window.editor.lens('⟦').waitFor();
      const pools = await window.view('Pools', 'GPU');
      await pools.row('training-pool').waitFor(SOON);
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.row('bert-base').waitFor(SOON);
      await window.openFile('1-first-job.gpuctl.yaml');
      await window.editor.typeAfter('kind: training', 'x');
      await window.problems('⟦');
      const strange = (await textsOf(window)).flatMap((text) => {
        const words = withoutCatalogue(text).match(/[A-Za-z][\w.-]{2,}/g) ?? [];
        return words.filter((word) => !isData(word)).map((word) => `${word} in: ${text}`);
      });
      assert.deepEqual(strange, []);
    }
  });
}

describe('in a folder that is not trusted', PATIENCE, () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage({ name: 'everybody-untrusted', kubeconfig: cluster.kubeconfig, trusted: false });
  });
  after(() => stage?.close());

  test('one writes with all help, nothing is submitted or connected', async () => {
    const { window } = stage;
    await window.openFile('1-first-job.gpuctl.yaml');
    await window.editor.typeAfter('kind: training', 'x');
    await window.editor.squiggles('error').first().waitFor();
    await window.editor.undo();
    await window.view('Jobs', 'GPU');
    await window.shot('1-jobs');
    assert.equal(await window.statusItem('demo').count(), 0);
    assert.deepEqual(await window.dialogs.notifications(), []);
    const offered = await window.paletteTitles('gpuctl:');
    assert.ok(
      !offered.some((title) => /Submit|Delete (?!All Saved Logs)|Terminal|Choose Cluster/.test(title)),
      offered.join(', '),
    );
  });
});
