/** A kind that was added as CONTRIBUTING.md says is submitted, watched, read and deleted like any other. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { addSeventhKind, DOCUMENT, type SeventhKind } from '../unit/seventhKindTree.ts';
import { ProductStage } from './productStage.ts';
import { runGpuctl } from './runGpuctl.ts';

const stage = new ProductStage();
let kind: SeventhKind;
before(async () => {
  kind = await addSeventhKind();
});
after(() => kind?.remove());

const gpuctl = (...args: string[]) =>
  runGpuctl(args, stage.cluster.kubeconfig, stage.folder, path.join(kind.root, 'server/src/cliMain.ts'));

test('a job of a seventh kind runs on the cluster', async () => {
  const created = await gpuctl('create', '-f', DOCUMENT);
  assert.deepEqual(created, { code: 0, out: 'benchmark/bandwidth in ml-team created\n', err: '' });
  const followed = await gpuctl('logs', '-f', 'bandwidth');
  assert.deepEqual(followed.out.trimEnd().split('\n').sort(), ['[rank 0] run 0 of 2', '[rank 1] run 1 of 2']);
  const { out } = await gpuctl('get', 'jobs', 'bandwidth');
  assert.match(out, /^bandwidth +benchmark +4 +training-pool +\S+ +completed$/m);
  assert.equal((await gpuctl('delete', 'bandwidth', '--yes')).out, 'job/bandwidth deleted\n');
});
