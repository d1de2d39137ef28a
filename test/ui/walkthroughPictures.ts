/**
 * Takes the pictures of the walkthrough afresh, in both languages: `node scripts/node24.cjs test/ui/walkthroughPictures.ts`. They land in
 * `media`, small enough to be packed: `npm run package` holds the sum. Needs `pngquant`.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { jupyterImages } from '../demo/jupyterImages.ts';
import { openStage, type Stage } from './stage.ts';

const images = path.join(import.meta.dirname, '..', '..', 'media');
const SIZE = { width: 960, height: 620 };
/** Part of a picture, in CSS pixels of the window. */
const WIDTH = 560;
const HEIGHT = 340;
const COLOURS = '48';

const WORDS = {
  en: {
    submit: 'Submit',
    runs: 'first-job, running',
    fails: 'broken-sft, failed',
    notebook: 'my-notebook, running',
    open: 'Open notebook',
    step: 'step 3/10',
    log: 'Show Log',
    jobs: 'Jobs',
    pools: 'Pools',
  },
  'zh-cn': {
    submit: '提交',
    runs: 'first-job、运行中',
    fails: 'broken-sft、失败',
    notebook: 'my-notebook、运行中',
    open: '打开 Notebook',
    step: 'step 3/10',
    log: '查看日志',
    jobs: '任务',
    pools: '资源池',
  },
} as const;

for (const language of ['en', 'zh-cn'] as const) {
  const cluster = await startCluster({ images: await jupyterImages() });
  let stage: Stage | undefined;
  try {
    stage = await openStage({
      name: `walkthrough-${language}`,
      kubeconfig: cluster.kubeconfig,
      language,
      locale: language,
    });
    await take(stage, cluster, language);
  } catch (error) {
    await stage?.window.shot('failed');
    throw error;
  } finally {
    await stage?.close();
    await cluster.stop();
  }
}

async function take({ window }: Stage, _: Cluster, language: 'en' | 'zh-cn'): Promise<void> {
  const words = WORDS[language];
  const { page } = window;
  const save = async (name: string, around: Locator, from: 'top' | 'bottom' = 'top') => {
    await window.palette('Notifications: Clear All Notifications').catch(() => undefined);
    await page.mouse.move(0, 0);
    await page.waitForTimeout(400);
    const box = await around.boundingBox();
    if (!box) throw new Error(`${name} is not in sight`);
    const y = from === 'top' ? box.y : box.y + box.height - HEIGHT;
    const clip = { x: Math.max(0, Math.min(box.x, SIZE.width - WIDTH)), y, width: WIDTH, height: HEIGHT };
    keep(await window.shot(name, clip), language === 'en' ? name : `${name}.${language}`);
  };
  await page.setViewportSize(SIZE);
  const pools = await window.view(words.pools, 'GPU');
  await pools.row('training-pool').waitFor();
  for (const pool of ['inference-pool', 'dev-pool']) await pools.collapse(pool);
  await window.openFile('2-qwen2-72b.gpuctl.yaml');
  await page.keyboard.press('Control+Home');
  await window.editor.lens(words.submit).waitFor();
  await page.waitForTimeout(1_500);
  await save('connect', page.locator('.part.statusbar'), 'bottom');
  await save('submit', page.locator('.part.editor'));
  await window.openFile('1-first-job.gpuctl.yaml');
  await page.keyboard.press('Control+Home');
  await window.editor.lens(words.submit).click();
  const jobs = await window.view(words.jobs, 'GPU');
  await jobs.spokenRow(words.runs).waitFor({ timeout: 60_000 });
  await window.dialogs.answerNotification('first-job', words.log);
  await window.output(words.step, 60_000);
  await save('watch', page.locator('.part.sidebar'));
  await window.palette('View: Toggle Panel Visibility').catch(() => undefined);
  await window.palette('View: Close All Editors');
  await window.openFile('4-broken.gpuctl.yaml');
  await page.keyboard.press('Control+Home');
  await window.editor.lens(words.submit).click();
  await jobs.spokenRow(words.fails).waitFor({ timeout: 60_000 });
  await page.waitForTimeout(1_500);
  await save('mend', page.locator('.part.editor'));
  await window.palette('View: Close All Editors');
  await window.openFile('3-notebook.gpuctl.yaml');
  await page.keyboard.press('Control+Home');
  await window.editor.lens(words.submit).click();
  await jobs.spokenRow(words.notebook).waitFor({ timeout: 120_000 });
  await window.editor.lens(words.open).waitFor(60_000);
  await page.waitForTimeout(1_500);
  await save('notebook', page.locator('.part.editor'));
}

function keep(taken: string, name: string): void {
  const file = path.join(images, `walkthrough-${name}.png`);
  mkdirSync(images, { recursive: true });
  copyFileSync(taken, file);
  spawnSync('pngquant', ['--force', '--nofs', '--output', file, COLOURS, file]);
  console.log(`${path.relative(process.cwd(), file)}  ${Math.round(statSync(file).size / 1024)} KB`);
}
