/**
 * A folder with all recipes of "New gpuctl File…" and all samples, submitted by one `gpuctl create -f` on the embedded cluster.
 *
 * The samples bring programs that its nodes can run, and do what they are for. The recipes name programs of images that are not there
 * (an image brings only its name), so of a recipe "it runs" means: it is accepted without an edit beyond its places to fill, its pods
 * are given to nodes that fit, and its program is started there, or found missing there.
 */

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { expand, newDocument, RECIPES } from '../../server/src/language/completion/recipes.ts';
import { ProductStage } from './productStage.ts';

const stage = new ProductStage();
const MAIN = path.join(import.meta.dirname, '../../server/src/cliMain.ts');
const SAMPLES = path.join(import.meta.dirname, '../demo/workspace');

async function gpuctl(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, LANG: 'C', GPUCTL_KUBECONFIG: stage.cluster.kubeconfig };
  const all = [MAIN, ...args, '--context', 'admin', '-n', 'ml-team'];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, all, { env, cwd: stage.folder });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

/** What a person answers to "New gpuctl File…" here: where there is room beside the jobs of others and the samples. */
const ANSWERS: Record<string, { pool?: string; gpus?: number }> = {
  training: { pool: 'training-pool', gpus: 1 },
  torchrun: { pool: 'training-pool', gpus: 2 },
  'qwen2-72b': { pool: 'training-pool', gpus: 2 },
  'llama-factory': { pool: 'training-pool', gpus: 1 },
  vllm: { pool: 'inference-pool', gpus: 1 },
  sglang: { pool: 'inference-pool', gpus: 1 },
  triton: { pool: 'inference-pool', gpus: 1 },
  notebook: { pool: 'dev-pool', gpus: 1 },
};
const AMOUNTS = { cpu: '4', memory: '16Gi' };

test('x', async () => {
  const folder = path.join(stage.folder, 'all');
  mkdirSync(folder);
  cpSync(SAMPLES, folder, { recursive: true });
  for (const { id } of RECIPES) {
    const { snippet } = newDocument({ recipe: id, name: `from-${id}`, ...ANSWERS[id] });
    const text = expand(snippet).replace(/^  (cpu|memory): \S+$/gm, (_, key: 'cpu' | 'memory') => `  ${key}: ${AMOUNTS[key]}`);
    writeFileSync(path.join(folder, `recipe-${id}.gpuctl.yaml`), text);
  }
  await stage.admin.create({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'shared-data', namespace: 'ml-team' },
    spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } },
  });
  console.log(await gpuctl('validate', '-f', folder));
  console.log(await gpuctl('create', '-f', folder, '--yes'));
  for (let i = 0; i < 4; i++) {
  await new Promise((r) => setTimeout(r, 12000));
  console.log((await gpuctl('get', 'jobs')).out);
  }
  console.log((await gpuctl('get', 'jobs', '-o', 'json')).out);
  console.log((await gpuctl('get', 'pools')).out);
  console.log((await gpuctl('get', 'quotas')).out);
  const { items } = await stage.admin.get('/api/v1/namespaces/ml-team/pods') as any;
  for (const p of items) console.log(p.metadata.name, p.spec.nodeName, JSON.stringify(p.status.containerStatuses));
});
