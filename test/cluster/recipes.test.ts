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
test('x', async () => {
  const folder = path.join(stage.folder, 'all');
  mkdirSync(folder);
  cpSync(SAMPLES, folder, { recursive: true });
  for (const { id } of RECIPES) {
    const { snippet } = newDocument({ recipe: id, name: `from-${id}` , ...(process.env.POOLS ? {} : {})});
    writeFileSync(path.join(folder, `recipe-${id}.gpuctl.yaml`), expand(snippet));
  }
  console.log(readdirSync(folder));
  console.log(await gpuctl('validate', '-f', folder));
  console.log(await gpuctl('create', '-f', folder, '--yes'));
  for (let i = 0; i < 4; i++) {
  await new Promise((r) => setTimeout(r, 12000));
  console.log((await gpuctl('get', 'jobs')).out);
  }
  console.log((await gpuctl('get', 'jobs', '-o', 'json')).out);
  console.log((await gpuctl('get', 'pools')).out);
  console.log((await gpuctl('get', 'quotas')).out);
});
