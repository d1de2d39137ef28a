import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { openStage, type Stage } from './stage.ts';

const PATIENCE = { timeout: 240_000 };

const JOB = `kind: training
job:
  name: sft-7b
environment:
  image: registry.example.com/llm/train:1.0
  command: [torchrun, train.py]
resources:
`;
const POOL = `kind: pool
pool:
  name: my-pool
nodes:
  n1: {gpuType: A100-80G}
`;
const UNTIDY = `kind:   training
job:
    name:   tidy   # stays
environment:
    image: registry.example.com/llm/train:1.0
resources:
    gpu:    8
    nodeCount:   2
    pool: training-pool
`;

let cluster: Cluster;
before(async () => {
  cluster = await startCluster();
});
after(() => cluster?.stop());

/** What only the language decides: the words that are looked for. */
const WORDS = {
  en: {
    free: '14 of 32',
    perNode: /4 .*(?:per|node)/,
    typo: 'Did you mean `gpuType`?',
    fix: 'Change to `gpuType`',
    submit: 'Submit',
    page: /no effect|not known|has no/i,
  },
  'zh-cn': {
    free: /14.*32|32.*14/,
    perNode: /4/,
    typo: '是否想写 `gpuType`',
    fix: '改为 `gpuType`',
    submit: '提交',
    page: /\p{Script=Han}/u,
  },
} as const;

for (const [language, theme] of [
  ['en', 'dark'],
  ['zh-cn', 'light'],
] as const) {
  describe(`writing a gpuctl file, ${language}, ${theme}`, PATIENCE, () => {
    const words = WORDS[language];
    let stage: Stage;
    const file = (name: string) => path.join(stage.workspace, name);
    const put = async (name: string, text: string) => {
      writeFileSync(file(name), text);
      await stage.window.openFile(name);
      await stage.window.editor.lens(words.submit).waitFor();
    };

    before(async () => {
      stage = await openStage({ name: `language-${language}`, kubeconfig: cluster.kubeconfig, theme, language });
      const pools = await stage.window.view('Pools', 'GPU');
      await pools.row('training-pool').waitFor();
    });
    after(() => stage?.close());

    test('keys are offered while one types, and pools with what is free in them', async () => {
      const { window } = stage;
      await put('keys.gpuctl.yaml', JOB);
      await window.editor.typeAfter('resources:', '\npo');
      await window.editor.offered(/^pool\b/);
      await window.shot('1-keys');
      await window.page.keyboard.press('Enter');
      const pools = await window.editor.offered(words.free);
      assert.ok(
        pools[0]?.startsWith('training-pool') || pools.some((row) => row.startsWith('training-pool')),
        pools.join('\n'),
      );
      await window.shot('2-pools');
      await window.editor.take('training-pool');
      await window.editor.line('pool: training-pool').waitFor();
      await window.page.keyboard.type('\ngpuType: ');
      await window.editor.offered('A100-80G');
      await window.shot('3-types');
      await window.editor.take('A100-80G');
      await window.editor.line('gpuType: A100-80G').waitFor();
    });

    test('an empty file offers whole documents first', async () => {
      const { window } = stage;
      writeFileSync(file('empty.gpuctl.yaml'), '');
      await window.openFile('empty.gpuctl.yaml');
      await window.editor.focus();
      await window.page.keyboard.type('tr');
      await window.editor.offered('training');
      await window.shot('4-empty-file');
      await window.page.keyboard.press('Enter');
      await window.editor.line('kind: training').waitFor();
      await window.shot('5-snippet');
      await window.page.keyboard.press('Escape');
      await window.editor.save();
    });

    test('a hover says what a key means, its default, and what it becomes', async () => {
      const { window } = stage;
      await put('hover.gpuctl.yaml', `${JOB}  pool: training-pool\n  gpu: 8\n  gpuType: A100-80G\n  nodeCount: 2\n`);
      assert.match(await window.editor.hover('nodeCount'), /nodeCount/);
      await window.shot('6-hover');
      assert.match(await window.editor.hover('training-pool'), /14/);
      await window.shot('7-hover-pool');
    });

    test('hints say what follows from the numbers', async () => {
      const { window } = stage;
      await window.editor.focus();
      const hints = (await window.editor.decorations()).join('\n');
      assert.match(hints, words.perNode);
    });

    test('the light bulb mends a mistyped key', async () => {
      const { window } = stage;
      await put('typo.gpuctl.yaml', `${JOB}  gpuTpye: A100-80G\n  gpu: 1\n`);
      await window.editor.squiggles('warning').first().waitFor();
      await window.editor.click('gpuTpye');
      const fixes = await window.editor.quickFixes();
      assert.ok(fixes.includes(words.fix), fixes.join('\n'));
      await window.shot('8-quick-fix');
      await window.editor.takeQuickFix(words.fix);
      await window.editor.line('gpuType: A100-80G').waitFor();
      await window.editor.squiggles('warning').first().waitFor({ state: 'detached' });
    });

    test('the code of a finding opens its page', async () => {
      const { window } = stage;
      await put('page.gpuctl.yaml', `${JOB}  gpuTpye: A100-80G\n`);
      await window.editor.squiggles('warning').first().waitFor();
      assert.match(await window.editor.hover('gpuTpye'), new RegExp(words.typo.replace(/[?`]/g, '.')));
      await window.shot('9-finding');
      await window.page.locator('.monaco-hover:not(.hidden) a.code-link').first().click();
      await window.page.locator('.tab.active[data-resource-name="key.unknown.md"]').waitFor();
      const page = window.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame').locator('body');
      await page.locator('h1', { hasText: 'key.unknown' }).waitFor();
      assert.match(await page.innerText(), words.page);
      await window.shot('10-finding-page');
      await window.page.keyboard.press('ControlOrMeta+F4');
    });

    test('a pool is renamed everywhere', async () => {
      const { window } = stage;
      writeFileSync(file('pool.gpuctl.yaml'), POOL);
      await put('uses.gpuctl.yaml', `${JOB}  pool: my-pool\n`);
      await window.editor.click('my-pool');
      await window.editor.rename('team-pool');
      await window.shot('11-rename');
      await window.page.keyboard.press('Enter');
      await window.editor.line('pool: team-pool').waitFor();
      await window.openFile('pool.gpuctl.yaml');
      await window.editor.line('name: team-pool').waitFor();
      await window.shot('12-renamed');
    });

    test('formatting tidies and keeps comments', async () => {
      const { window } = stage;
      await put('tidy.gpuctl.yaml', UNTIDY);
      await window.palette('Format Document');
      await window.editor.line('kind: training').waitFor();
      await window.editor.save();
      const text = readFileSync(file('tidy.gpuctl.yaml'), 'utf8');
      assert.match(text, /^ {2}name: tidy +# stays$/m);
      assert.match(text, /^ {2}nodeCount: 2$/m);
      await window.shot('13-formatted');
    });

    test('the outline tells the parts of a file', async () => {
      const { window } = stage;
      await window.palette('Explorer: Focus on Outline View');
      const outline = await window.view('Outline');
      await outline.row('tidy').waitFor();
      await window.shot('14-outline');
    });
  });
}
