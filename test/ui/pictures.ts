/**
 * Takes the pictures of the documentation afresh: `node scripts/node24.cjs test/ui/pictures.ts`. They land in `docs/images`, as small as
 * they can be without a visible loss where `pngquant` is at hand.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { startCluster } from '../cluster/cluster.ts';
import { openStage } from './stage.ts';

const images = path.join(import.meta.dirname, '..', '..', 'docs', 'images');

const cluster = await startCluster();
const stage = await openStage({ name: 'docs', kubeconfig: cluster.kubeconfig }).catch(async (error) => {
  await cluster.stop();
  throw error;
});
try {
  const { window } = stage;
  const pools = await window.view('Pools', 'GPU');
  await pools.row('training-pool').waitFor();
  for (const pool of ['inference-pool', 'dev-pool']) await pools.collapse(pool);
  await window.openFile('1-first-job.gpuctl.yaml');
  await window.editor.lens('Submit').click();
  const jobs = await window.view('Jobs', 'GPU');
  await jobs.spokenRow('first-job, running').waitFor();
  await window.openFile('2-qwen2-72b.gpuctl.yaml');
  await window.page.keyboard.press('Control+Home');
  await window.editor.lens('Submit').click();
  await jobs.spokenRow('qwen2-72b-sft, running').waitFor();
  await jobs.expand('qwen2-72b-sft');
  await jobs.row('qwen2-72b-sft').click();
  await window.output('"step": "3/60"', 60_000);
  await window.openFile('2-qwen2-72b.gpuctl.yaml');
  await window.palette('Notifications: Clear All Notifications');
  await save('overview');
} catch (error) {
  await stage.window.shot('failed');
  throw error;
} finally {
  await stage.close();
  await cluster.stop();
}

async function save(name: string): Promise<void> {
  const taken = await stage.window.shot(name);
  const file = path.join(images, `${name}.png`);
  mkdirSync(images, { recursive: true });
  copyFileSync(taken, file);
  spawnSync('pngquant', ['--force', '--skip-if-larger', '--output', file, '256', file]);
  console.log(`${path.relative(process.cwd(), file)}  ${Math.round(statSync(file).size / 1024)} KB`);
}
