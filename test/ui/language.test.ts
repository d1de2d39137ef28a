import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { openStage, type Stage } from './stage.ts';

const PATIENCE = { timeout: 240_000 };

/** A job of a name of its own, so that nothing is said of it but what a test is about. */
const job = (name: string, resources = '') => `kind: training
job:
  name: ${name}
environment:
  image: registry.example.com/llm/train:1.0
  command: [torchrun, train.py]
resources:
${resources}`;
const FITS = '  pool: training-pool\n  gpu: 8\n  gpuType: A100-80G\n  nodeCount: 2\n  cpu: 8\n  memory: 64Gi\n';
const FILES = {
  'keys.gpuctl.yaml': job('sft-7b'),
  'empty.gpuctl.yaml': '',
  'hover.gpuctl.yaml': job('hovered', FITS),
  'typo.gpuctl.yaml': job('mistyped', FITS.replace('gpuType', 'gpuTpye')),
  'page.gpuctl.yaml': job('explained', FITS.replace('gpuType', 'gpuTpye')),
  'pool.gpuctl.yaml': 'kind: pool\npool:\n  name: my-pool\nnodes:\n  n1: {gpuType: A100-80G}\n',
  'uses.gpuctl.yaml': job('uses-a-pool', FITS.replace('training-pool', 'my-pool')),
  'tidy.gpuctl.yaml': `kind:   training
job:
    name:   tidy   # stays
environment:
    image: registry.example.com/llm/train:1.0
resources:
    gpu:    8
    nodeCount:   2
    cpu: 8
    memory: 64Gi
    pool: training-pool
`,
};

let cluster: Cluster;
before(async () => {
  cluster = await startCluster();
});
after(() => cluster?.stop());

/** The words that are looked for, by language. */
const WORDS = {
  en: {
    free: '14 of 32',
    perNode: /4 .*node/,
    typo: 'Did you mean',
    fix: 'Change to `gpuType`',
    submit: 'Submit',
    training: 'Training',
    page: /has no effect/,
    newFile: 'gpuctl: New gpuctl File',
  },
  'zh-cn': {
    free: /14.*32|32.*14/,
    perNode: /4/,
    typo: '是否想写',
    fix: '改为 `gpuType`',
    submit: '提交',
    training: '训练',
    page: /\p{Script=Han}/u,
    newFile: 'gpuctl: New gpuctl File',
  },
} as const;

for (const [language, theme] of [
  ['en', 'dark'],
  ['zh-cn', 'light'],
] as const) {
  describe(`writing a gpuctl file, ${language}, ${theme}`, PATIENCE, () => {
    const words = WORDS[language];
    let stage: Stage;
    /** Opens a file; with its lens, since that moves all lines down. */
    const open = async (name: keyof typeof FILES) => {
      await stage.window.openFile(name);
      if (FILES[name].includes('training')) await stage.window.editor.lens(words.submit).waitFor();
      await stage.window.page.keyboard.press('Control+Home');
      await stage.window.editor.focus();
    };
    /** A test with a picture of how it ends, and where it broke. */
    const step = (what: string, name: string, action: (stage: Stage) => Promise<void>) =>
      test(what, () => stage.window.step(name, () => action(stage)));

    before(async () => {
      const kubeconfig = cluster.kubeconfig;
      stage = await openStage({ name: `language-${language}`, kubeconfig, theme, language, files: FILES });
      const pools = await stage.window.view('Pools', 'GPU');
      await pools.row('training-pool').waitFor();
    });
    after(() => stage?.close());

    step('keys are offered while one types, then pools with what is free in them', '1-types', async ({ window }) => {
      await open('keys.gpuctl.yaml');
      await window.editor.typeAfter('resources:', '\npo');
      await window.editor.offered('pool');
      await window.shot('1-keys');
      await window.page.keyboard.press('Enter');
      const pools = await window.editor.offered(words.free);
      assert.ok(
        pools.some((row) => row.startsWith('training-pool')),
        pools.join('\n'),
      );
      await window.shot('1-pools');
      await window.editor.take('training-pool');
      await window.editor.line('pool: training-pool').waitFor();
      await window.page.keyboard.type('\ngpuType: ');
      await window.editor.offered('A100-80G');
    });

    step('an empty file offers whole documents', '2-snippet', async ({ window }) => {
      await open('empty.gpuctl.yaml');
      await window.page.keyboard.type('tr');
      await window.editor.offered(words.training);
      await window.shot('2-documents');
      await window.page.keyboard.press('Enter');
      await window.editor.line('kind: training').waitFor();
    });

    step(
      'a hover says what a key means and what is free in a pool, hints what follows',
      '3-hover-pool',
      async ({ window }) => {
        await open('hover.gpuctl.yaml');
        assert.match((await window.editor.decorations()).join('\n'), words.perNode);
        await window.editor.hover('nodeCount', 'nodeCount');
        await window.shot('3-hover-key');
        await window.editor.hover('training-pool', words.free);
      },
    );

    step('the light bulb mends a mistyped key', '4-mended', async ({ window }) => {
      await open('typo.gpuctl.yaml');
      await window.editor.squiggles('warning').first().waitFor();
      await window.editor.click('gpuTpye');
      const fixes = await window.editor.quickFixes();
      await window.shot('4-quick-fix');
      assert.ok(fixes.includes(words.fix), fixes.join('\n'));
      await window.editor.takeQuickFix(words.fix);
      await window.editor.line('gpuType: A100-80G').waitFor();
      await window.editor.squiggles('warning').first().waitFor({ state: 'detached' });
    });

    step('the code of a finding opens its page', '5-page', async ({ window }) => {
      await open('page.gpuctl.yaml');
      await window.editor.squiggles('warning').first().waitFor();
      await window.editor.hover('gpuTpye', words.typo);
      await window.shot('5-finding');
      await window.page.locator('.monaco-hover:not(.hidden) a.code-link').first().click();
      await window.page.locator('.tab.active[data-resource-name="key.unknown.md"]').waitFor();
      const page = window.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame').locator('body');
      await page.locator('h1', { hasText: 'key.unknown' }).waitFor();
      assert.match(await page.innerText(), words.page);
    });

    step('a pool is renamed everywhere', '6-renamed', async ({ window }) => {
      await open('uses.gpuctl.yaml');
      await window.editor.click('my-pool');
      await window.editor.rename('team-pool');
      await window.shot('6-rename');
      await window.page.keyboard.press('Enter');
      await window.editor.line('pool: team-pool').waitFor();
      await open('pool.gpuctl.yaml');
      await window.editor.line('name: team-pool').waitFor();
    });

    step(
      'formatting tidies and keeps comments; the outline tells the parts',
      '7-formatted',
      async ({ window, workspace }) => {
        await open('tidy.gpuctl.yaml');
        await window.palette('Format Document');
        const read = () => readFileSync(path.join(workspace, 'tidy.gpuctl.yaml'), 'utf8');
        // A window in a browser saves by itself, a moment later.
        for (let tries = 0; tries < 50 && !/^ +nodeCount: 2$/m.test(read()); tries++) await sleep(100);
        assert.match(read(), /^ +nodeCount: 2$/m);
        assert.match(read(), /^ +name: tidy +# stays$/m);
        await window.palette('Explorer: Focus on Outline View');
        const outline = await window.view('Outline');
        await outline.row('tidy').waitFor();
      },
    );

    step('a new file comes of a few questions', '8-new-file', async ({ window }) => {
      const { page, dialogs } = window;
      await window.palette(words.newFile);
      await dialogs.quickPick();
      await window.shot('8-recipe');
      await page.keyboard.press('Enter');
      await page.locator('.quick-input-title', { hasText: '2/' }).waitFor();
      await window.shot('8-name');
      await page.keyboard.press('Enter');
      await page.locator('.quick-input-title', { hasText: '3/' }).waitFor();
      await page.locator('.quick-input-list .monaco-list-row', { hasText: words.free }).waitFor();
      await window.shot('8-pool');
      await dialogs.pick('training-pool');
      await page.locator('.quick-input-title', { hasText: '4/' }).waitFor();
      await window.shot('8-gpus');
      await page.keyboard.press('Enter');
      await page.locator('.tab.active[data-resource-name^="my-"]').waitFor();
      await window.editor.line('pool: training-pool').waitFor();
    });
  });
}
