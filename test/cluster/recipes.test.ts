/**
 * A folder with all samples and all recipes of "New gpuctl File…", submitted by one `gpuctl create -f` on the demo cluster.
 *
 * The samples bring programs that its nodes can run, and do what they are for. The recipes name programs of images, and here an image
 * brings only its name. So of a recipe "it runs" means: nothing but its places is filled in, its pods are given to nodes of the pool that
 * was chosen, and its program is started there, be it only to be told that it is missing.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { expand, newDocument, RECIPES } from '../../server/src/language/completion/recipes.ts';
import type { JobDto } from '../../server/src/protocol.ts';
import { ProductStage } from './productStage.ts';
import { type Ran, runGpuctl } from './runGpuctl.ts';

const SAMPLES = path.join(import.meta.dirname, '../demo/workspace');
const NAMESPACE = 'ml-team';

/** What a person answers where a recipe asks for a pool and GPUs: so many that they fit beside the samples and the jobs of others. */
const ANSWERS: Record<string, { pool: string; gpus: number }> = {
  training: { pool: 'training-pool', gpus: 1 },
  torchrun: { pool: 'training-pool', gpus: 2 },
  'qwen2-72b': { pool: 'training-pool', gpus: 2 },
  'llama-factory': { pool: 'training-pool', gpus: 1 },
  vllm: { pool: 'inference-pool', gpus: 1 },
  sglang: { pool: 'inference-pool', gpus: 1 },
  triton: { pool: 'inference-pool', gpus: 1 },
  notebook: { pool: 'dev-pool', gpus: 1 },
};
/** What is written into the places for CPUs and memory. */
const AMOUNTS: Record<string, string> = { cpu: '4', memory: '16Gi' };

const stage = new ProductStage();

/** Runs the command line as the administrator: only they make pools and quotas. */
const gpuctl = (...args: string[]): Promise<Ran> =>
  runGpuctl([...args, '--context', 'admin', '--namespace', NAMESPACE], stage.cluster.kubeconfig, stage.folder);

async function listJobs(): Promise<Map<string, JobDto & { name: string }>> {
  const { items } = JSON.parse((await gpuctl('get', 'jobs', '-o', 'json')).out);
  return new Map(items.map((item: { name: string }) => [item.name, item]));
}

/** A pod as the cluster tells of it, as far as it is looked at here. */
interface Pod {
  metadata: { name: string; labels: Record<string, string> };
  spec: { nodeName?: string };
  status: { podIP?: string; containerStatuses?: { containerID?: string; ready: boolean }[] };
}

async function podsOf(job: string): Promise<Pod[]> {
  const { items } = (await stage.admin.get(`/api/v1/namespaces/${NAMESPACE}/pods`)) as { items: Pod[] };
  return items.filter(
    ({ metadata: { labels } }) => labels.app === job || labels['batch.kubernetes.io/job-name'] === job,
  );
}

/** Looks again and again until there is something to see. */
async function until<T>(what: string, look: () => Promise<T | undefined | false>, seconds = 60): Promise<T> {
  for (const end = Date.now() + seconds * 1000; ; await new Promise((resolve) => setTimeout(resolve, 500))) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() < end, `${what}: not within ${seconds} s\n${(await gpuctl('get', 'jobs')).out}`);
  }
}

describe('`gpuctl create -f` on a folder with all samples and recipes', () => {
  let folder: string;
  before(async () => {
    folder = path.join(stage.folder, 'all');
    mkdirSync(folder);
    cpSync(SAMPLES, folder, { recursive: true });
    for (const { id } of RECIPES) {
      const { snippet } = newDocument({ recipe: id, name: `from-${id}`, ...ANSWERS[id] });
      const text = expand(snippet.replace(/^( {2}(cpu|memory): )\$\{.*\}$/gm, (_, key, name) => key + AMOUNTS[name]));
      writeFileSync(path.join(folder, `${id}.gpuctl.yaml`), text);
    }
    // Two recipes name a claim that is there already.
    await stage.admin.create({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'shared-data', namespace: NAMESPACE },
      spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } },
    });
  });

  test('submits them all: quotas, then pools, then jobs', async () => {
    const { code, out, err } = await gpuctl('create', '-f', folder, '--yes');
    const lines = out.trimEnd().split('\n');
    assert.equal(code, 0, err);
    assert.match(err, new RegExp(`^${lines.length} of ${lines.length} documents submitted\n$`, 'm'));
    assert.deepEqual(lines.slice(0, 4), [
      'quota/evaluation created',
      'quota/from-quota created',
      'pool/repair-pool created',
      'pool/from-pool created',
    ]);
    assert.ok(
      lines.slice(4).every((line) => /^(training|inference|notebook|compute)\/\S+ in ml-team created$/.test(line)),
      out,
    );
  });

  test('the samples run', async () => {
    const jobs = await until('the samples', async () => {
      const found = await listJobs();
      const running = ['qwen2-72b-sft', 'my-notebook', 'qwen2-7b-lora', 'chat', 'files'];
      const well = running.every((name) => found.get(name)?.phase === 'running');
      return well && found.get('first-job')?.phase === 'succeeded' && found;
    });
    assert.equal(jobs.get('qwen2-72b-sft')?.podsRunning, 2);
    const log = await until('the log', async () => {
      const { out } = await gpuctl('logs', 'qwen2-7b-lora');
      return /"step": "\d+\/40"/.test(out) && out;
    });
    assert.match(log, /^2 epochs, batches of 4, on n\d$/m);
    assert.match(log, /^DeepSpeed for the Trainer: true, \/etc\/gpuctl\/deepspeed\/ds_config\.json$/m);
    assert.match(log, /"stage": ?2/);
  });

  test('the services among them are ready and answer', async () => {
    const addressOf = (job: string) =>
      until(`${job} is ready`, async () => {
        const [pod] = await podsOf(job);
        return pod?.status.containerStatuses?.[0]?.ready && pod.status.podIP;
      });
    const asked = await fetch(`http://${await addressOf('chat')}:8000/v1`, { method: 'POST', body: 'hello' });
    const { said, by } = (await asked.json()) as { said: string; by: string };
    assert.equal(said, 'hello');
    assert.match(by, /^chat-/);
    const file = await fetch(`http://${await addressOf('files')}:8080/hello.txt`);
    assert.equal(await file.text(), 'hello\n');
    const notebook = await fetch(`http://${await addressOf('my-notebook')}:8888/`);
    assert.equal(notebook.status, 200);
  });

  test('the pool has its nodes, and the quota its namespaces', async () => {
    const { items: pools } = JSON.parse((await gpuctl('get', 'pools', '-o', 'json')).out);
    const nodesOf = (name: string) => pools.find((pool: { name: string }) => pool.name === name)?.nodes;
    assert.deepEqual(nodesOf('repair-pool'), ['n5', 'n6']);
    assert.deepEqual(nodesOf('training-pool'), ['n1', 'n2', 'n3', 'n4']);
    const limits = async (namespace: string) => {
      const url = `/api/v1/namespaces/${namespace}/resourcequotas/evaluation-${namespace}`;
      return ((await stage.admin.get(url)) as { spec: { hard: object } }).spec.hard;
    };
    assert.partialDeepStrictEqual(await limits('eval-team'), { 'requests.cpu': '32', 'requests.nvidia.com/gpu': '4' });
    assert.partialDeepStrictEqual(await limits('eval-guests'), { 'requests.cpu': '8', 'requests.memory': '128Gi' });
  });

  for (const { id, kind } of RECIPES.filter(({ kind }) => kind !== 'pool' && kind !== 'quota'))
    test(`the recipe ${id} is given to nodes, and its program is started there`, async () => {
      const wanted = ANSWERS[id]?.pool ?? 'default';
      const pods = await until(id, async () => {
        const found = await podsOf(`from-${id}`);
        return found.length > 0 && found.every(({ status }) => status.containerStatuses?.[0]?.containerID) && found;
      });
      assert.equal(new Set(pods.map(({ metadata }) => metadata.labels['gpuctl/job-type'])).size, 1);
      assert.equal(pods[0]?.metadata.labels['gpuctl/job-type'], kind);
      for (const { spec } of pods) {
        const node = (await stage.admin.get(`/api/v1/nodes/${spec.nodeName}`)) as Pod;
        assert.equal(node.metadata.labels['gpuctl/pool'] ?? 'default', wanted, spec.nodeName);
      }
    });

  test('`gpuctl delete -f` takes all of it away again, and keeps storage and namespaces', async () => {
    const { code, out, err } = await gpuctl('delete', '-f', folder, '--yes');
    assert.equal(code, 0, err);
    assert.equal(out.trimEnd().split('\n').length, readdirSync(SAMPLES).length + RECIPES.length);
    await until('nothing left', async () => {
      const left = await stage.objectsOfOurs(NAMESPACE);
      return left.every((name) => name.startsWith('persistentvolumeclaims/'));
    });
    const node = (await stage.admin.get('/api/v1/nodes/n5')) as Pod;
    assert.equal(node.metadata.labels['gpuctl/pool'], undefined);
    assert.equal(((await stage.admin.get('/api/v1/namespaces/eval-team')) as Pod).metadata.name, 'eval-team');
  });
});
