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

/** What is being written in the second picture; fits now, so that nothing is said of it. */
const DRAFT = `kind: training
job:
  name: qwen2-7b-sft
environment:
  image: registry.example.com/llm/llama-factory:0.9.5
  command: [llamafactory-cli, train, sft.yaml]
  env:
    FORCE_TORCHRUN: 1
resources:
  gpu: 8
  gpuType: A100-80G
  nodeCount: 2
  cpu: 32
  memory: 200Gi
  pool: training-pool
`;

const cluster = await startCluster();
const files = { 'train.gpuctl.yaml': DRAFT };
const stage = await openStage({ name: 'docs', kubeconfig: cluster.kubeconfig, files }).catch(async (error) => {
  await cluster.stop();
  throw error;
});
try {
  const { window } = stage;
  const pools = await window.view('Pools', 'GPU');
  await pools.row('training-pool').waitFor();
  for (const pool of ['inference-pool', 'dev-pool']) await pools.collapse(pool);
  await window.openFile('train.gpuctl.yaml');
  await window.editor.lens('Submit').waitFor();
  await window.editor.click('training-pool');
  await window.page.keyboard.press('Home');
  for (const _ of 'pool: ') await window.page.keyboard.press('ArrowRight');
  await window.editor.suggestions();
  await window.page.locator('.codicon-light-bulb').first().waitFor({ state: 'hidden' });
  await window.page.waitForTimeout(500);
  const editor = await window.page.locator('.part.editor').boundingBox();
  await save('writing', editor && { ...editor, width: 640, height: 440 });
  await window.page.keyboard.press('Escape');
  await window.palette('View: Close Editor');
  await window.openFile('1-first-job.gpuctl.yaml');
  await window.editor.lens('Submit').click();
  const jobs = await window.view('Jobs', 'GPU');
  await jobs.spokenRow('first-job, running').waitFor();
  await window.openFile('2-qwen2-72b.gpuctl.yaml');
  await window.page.keyboard.press('Control+Home');
  await window.editor.lens('Submit').click();
  await jobs.spokenRow('qwen2-72b-sft, running').waitFor();
  await jobs.expand('qwen2-72b-sft');
  await jobs.contextMenu('qwen2-72b-sft', 'Show Log');
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

async function save(name: string, clip?: Parameters<typeof stage.window.shot>[1] | null): Promise<void> {
  const taken = await stage.window.shot(name, clip ?? undefined);
  const file = path.join(images, `${name}.png`);
  mkdirSync(images, { recursive: true });
  copyFileSync(taken, file);
  spawnSync('pngquant', ['--force', '--skip-if-larger', '--output', file, '256', file]);
  console.log(`${path.relative(process.cwd(), file)}  ${Math.round(statSync(file).size / 1024)} KB`);
}
