import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { specHash } from '../../server/src/operations/source.ts';
import { type FailureDto, type JobDto, type JobRef, Requests, ServerNotifications } from '../../server/src/protocol.ts';
import { type Pair, type PairOptions, startPair } from '../server/pair.ts';
import { type Cluster, startCluster } from './cluster.ts';

const URI = 'file:///work/a.gpuctl.yaml';
const sample = (name: string) => readFileSync(new URL(`../demo/workspace/${name}`, import.meta.url), 'utf8');
const job = (name: string, script: string, more = '') => `kind: training
job: {name: ${name}}
environment:
  image: alpine:3.22
  command: [sh, -c, ${JSON.stringify(script)}]
${more}`;

let cluster: Cluster;
let admin: ReturnType<Cluster['api']>;
const pairs: Pair[] = [];
const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-product-'));

before(async () => {
  cluster = await startCluster();
  admin = cluster.api('admin');
});
afterEach(async () => {
  for (const pair of pairs.splice(0)) await pair.stop();
});
after(async () => {
  await cluster?.stop();
  rmSync(folder, { recursive: true });
});

/** A connected pair with one open document, so that it watches. */
async function connect(context: string, options: PairOptions = {}): Promise<Pair> {
  const pair = await startPair({ connection: { kubeconfig: cluster.kubeconfig, context }, ...options });
  pairs.push(pair);
  await pair.open(URI, job('idle', 'true'));
  await pair.until('connected', () => pair.connection?.phase === 'connected');
  return pair;
}
const submitText = (pair: Pair, text: string) => pair.ask(Requests.submit, { uri: 'file:///work/b.gpuctl.yaml', text });
const findJob = async (pair: Pair, ref: JobRef): Promise<JobDto | undefined> =>
  (await pair.ask(Requests.jobs)).jobs.find((one) => one.ref.name === ref.name && one.ref.namespace === ref.namespace);
const ref = (name: string, namespace = 'ml-team'): JobRef => ({ namespace, name });

async function failureOf(promise: Promise<unknown>): Promise<FailureDto> {
  let failure: FailureDto | undefined;
  await assert.rejects(promise, (error: { data: FailureDto }) => {
    failure = error.data;
    return true;
  });
  assert.ok(failure);
  return failure;
}
/** Names of what gpuctl made in a namespace. */
async function objectsOfOurs(namespace: string): Promise<string[]> {
  const names: string[] = [];
  for (const path of [
    'apis/batch/v1/%/jobs',
    'api/v1/%/services',
    'api/v1/%/configmaps',
    'api/v1/%/persistentvolumeclaims',
  ]) {
    const list = (await admin.get(
      `/${path.replace('%', `namespaces/${namespace}`)}?labelSelector=app.kubernetes.io/managed-by%3Dgpuctl`,
    )) as {
      items: { metadata: { name: string; deletionTimestamp?: string } }[];
    };
    names.push(...list.items.map(({ metadata }) => `${path.split('/').at(-1)}/${metadata.name}`));
  }
  return names;
}

describe('what the cluster has', () => {
  test('pools, types and free GPUs, with those of unusable nodes apart', async () => {
    const pair = await connect('ml-engineer');
    const { pools, unknown } = await pair.ask(Requests.pools);
    assert.equal(unknown, undefined);
    assert.deepEqual(
      pools.map(({ name, gpus }) => [
        name,
        gpus.map(({ type, total, used, free, unavailable }) => ({ type, total, used, free, unavailable })),
      ]),
      [
        ['dev-pool', [{ type: 'L40S-48G', total: 2, used: 0, free: 2, unavailable: 0 }]],
        ['inference-pool', [{ type: 'A10-24G', total: 8, used: 2, free: 6, unavailable: 0 }]],
        ['training-pool', [{ type: 'A100-80G', total: 32, used: 18, free: 14, unavailable: 16 }]],
        ['', []],
      ],
    );
    const training = pools.find(({ name }) => name === 'training-pool');
    assert.deepEqual(
      training?.nodes.map(({ name, ready, cordoned, rack }) => [name, ready, cordoned, rack]),
      [
        ['n1', true, false, 'rack-1'],
        ['n2', true, false, 'rack-1'],
        ['n3', true, false, 'rack-2'],
        ['n4', true, false, 'rack-2'],
        ['n5', true, true, training?.nodes[4]?.rack],
        ['n6', false, false, training?.nodes[5]?.rack],
      ],
    );
    assert.deepEqual(training?.nodes[2]?.holders[0], { job: 'detector-sweep', namespace: 'vision-team', gpus: 4 });
  });

  test('asking for more than is free is marked at the number, in both languages, and goes when it fits', async () => {
    const qwen = sample('2-qwen2-72b.gpuctl.yaml');
    const english = await connect('ml-engineer');
    assert.deepEqual(await english.open('file:///work/q.gpuctl.yaml', qwen), []);
    const [finding, ...rest] = await english.change('file:///work/q.gpuctl.yaml', qwen.replace('gpu: 8', 'gpu: 16'));
    assert.deepEqual(rest, []);
    assert.equal(finding?.message, 'Not enough GPUs: training-pool has 14 of 32 A100-80G free, 16 are asked for.');
    assert.equal(
      qwen
        .replace('gpu: 8', 'gpu: 16')
        .split('\n')
        [finding?.range.start.line ?? 0]?.slice(finding?.range.start.character, finding?.range.end.character),
      '16',
    );
    const chinese = await connect('ml-engineer', { language: 'zh-cn' });
    const [said] = await chinese.open('file:///work/q.gpuctl.yaml', qwen.replace('gpu: 8', 'gpu: 16'));
    assert.equal(said?.message, '资源不足：training-pool 中 A100-80G GPU 已用尽（请求 16 张，仅空闲 14 张）');
  });
});

describe('a job from its file to its end', () => {
  test('is created, runs, tells its log, succeeds, and leaves nothing when it is deleted', async () => {
    const pair = await connect('ml-engineer');
    const text = job('short', 'for i in 1 2 3; do echo line $i; sleep 0.3; done; echo last 完');
    const { submitted, cluster: where } = await submitText(pair, text);
    assert.equal(where, 'demo');
    assert.deepEqual(submitted, [{ job: ref('short'), kind: 'training', outcome: 'created', warnings: [] }]);
    const { log } = await pair.ask(Requests.openLog, { job: ref('short') });
    const ended = await pair.until('the end of the log', () =>
      pair.notifications.find(
        ({ method, params }) =>
          method === ServerNotifications.logEnded.method && (params as { log: string }).log === log,
      ),
    );
    assert.equal(pair.logs.get(log), 'line 1\nline 2\nline 3\nlast 完\n');
    assert.equal((ended.params as { message: string }).message, 'The job has ended: completed.');
    const done = await findJob(pair, ref('short'));
    assert.deepEqual([done?.phase, done?.kind, done?.submittedBy], ['succeeded', 'training', 'ml-engineer']);

    const plan = await pair.ask(Requests.planDelete, ref('short'));
    assert.deepEqual([plan.cluster, plan.removes], ['demo', ['job short (Job)']]);
    await pair.ask(Requests.delete, ref('short'));
    await pair.until('gone', async () => !(await findJob(pair, ref('short'))));
    await pair.until('no objects', async () => (await objectsOfOurs('ml-team')).length === 0);
    assert.equal((await failureOf(pair.ask(Requests.delete, ref('short')))).code, 'job.gone');
  });

  test('Qwen2-72B on two nodes: ranks find their settings, ZeRO-3 is in place, and delete takes all of it', async () => {
    const pair = await connect('ml-engineer');
    const kept = `${sample('2-qwen2-72b.gpuctl.yaml')}storage:\n  workdirs:\n    - {path: /output, size: 1Gi}\n`;
    await submitText(pair, kept);
    const { log } = await pair.ask(Requests.openLog, { job: ref('qwen2-72b-sft') });
    const text = await pair.until('both ranks', () => {
      const read = pair.logs.get(log) ?? '';
      return /\[rank 0\] .*"step": "1/.test(read) && /\[rank 1\] .*"step": "1/.test(read) && read;
    });
    assert.match(text, /\[rank 0\] node 0 of 2 on n\d, 4 processes, meets at qwen2-72b-sft-0\.qwen2-72b-sft:29500/);
    assert.match(text, /\[rank 1\] DeepSpeed: "stage":3 in \/etc\/gpuctl\/deepspeed\/ds_config\.json/);
    const running = await pair.until('running', async () => {
      const found = await findJob(pair, ref('qwen2-72b-sft'));
      return found?.phase === 'running' && found.podsRunning === 2 && found;
    });
    assert.deepEqual([running.gpus, running.gpuType, running.pool], [8, 'A100-80G', 'training-pool']);
    assert.equal(new Set(running.pods.map(({ node }) => node)).size, 2);
    const { pools } = await pair.ask(Requests.pools);
    assert.equal(pools.find(({ name }) => name === 'training-pool')?.gpus[0]?.free, 6);
    assert.deepEqual(await pair.open('file:///work/q.gpuctl.yaml', kept), [], 'its own GPUs are not missing');

    const plan = await pair.ask(Requests.planDelete, ref('qwen2-72b-sft'));
    assert.deepEqual(plan.removes.slice(1), [
      '2 running or waiting pods, with their logs',
      'Service qwen2-72b-sft',
      'ConfigMap qwen2-72b-sft-deepspeed',
    ]);
    assert.deepEqual(plan.keeps, ['storage qwen2-72b-sft-workdir-0']);
    await pair.ask(Requests.delete, ref('qwen2-72b-sft'));
    await pair.until(
      'only the storage',
      async () => (await objectsOfOurs('ml-team')).join() === 'persistentvolumeclaims/qwen2-72b-sft-workdir-0',
    );
    await pair.until(
      '14 free again',
      async () =>
        (await pair.ask(Requests.pools)).pools.find(({ name }) => name === 'training-pool')?.gpus[0]?.free === 14,
    );
    await admin.call('DELETE', '/api/v1/namespaces/ml-team/persistentvolumeclaims/qwen2-72b-sft-workdir-0');
  });

  test('a failing rank is named with its exit code', async () => {
    const pair = await connect('ml-engineer');
    await submitText(pair, job('breaks', 'echo about to fail; exit 7', 'retries: 0\n'));
    const failed = await pair.until('failed', async () => {
      const found = await findJob(pair, ref('breaks'));
      return found?.phase === 'failed' && found;
    });
    assert.equal(failed.state, 'failed: ended with exit code 7');
    await pair.ask(Requests.delete, ref('breaks'));
  });

  test('what waits for GPUs says so', async () => {
    const pair = await connect('ml-engineer');
    await submitText(pair, job('waits', 'sleep 60', 'resources: {pool: training-pool, gpu: 8}\n'));
    const waiting = await pair.until('waiting', async () => {
      const found = await findJob(pair, ref('waits'));
      return found?.phase === 'waiting' && found.state.includes('GPU') && found;
    });
    assert.equal(waiting.state, 'waiting for 8 free GPUs on one node');
    await pair.ask(Requests.delete, ref('waits'));
  });
});

describe('a name that is taken, and what was left half-made', () => {
  test('the same again changes nothing; another of that name is refused with a way out', async () => {
    const pair = await connect('ml-engineer');
    const text = job('twice', 'sleep 30');
    await submitText(pair, text);
    assert.equal((await submitText(pair, text)).submitted[0]?.outcome, 'unchanged');
    const failure = await failureOf(submitText(pair, text.replace('sleep 30', 'sleep 31')));
    assert.equal(failure.code, 'submit.job-exists');
    assert.match(failure.message, /“twice” exists already in ml-team/);
    assert.deepEqual(failure.actions, [
      { do: 'openJob', job: ref('twice') },
      { do: 'rename', uri: 'file:///work/b.gpuctl.yaml', line: 1, character: 12, length: 5 },
    ]);
    await pair.ask(Requests.delete, ref('twice'));
  });

  test('a submit that fails halfway leaves nothing behind', async () => {
    const pair = await connect('ml-engineer');
    await admin.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'half-deepspeed', namespace: 'ml-team' },
      data: { mine: 'yes' },
    });
    const text = job(
      'half',
      'true',
      'deepspeed: {stage: 2}\nresources: {pool: training-pool, gpu: 1}\nstorage: {workdirs: [{path: /out, size: 1Gi}]}\n',
    );
    const failure = await failureOf(submitText(pair, text));
    assert.ok(failure.message);
    await pair.until(
      'nothing left',
      async () => !(await objectsOfOurs('ml-team')).some((name) => name.includes('half')),
    );
    const kept = (await admin.get('/api/v1/namespaces/ml-team/configmaps/half-deepspeed')) as { data: object };
    assert.deepEqual(kept.data, { mine: 'yes' }, 'what is not ours stays untouched');
    await admin.call('DELETE', '/api/v1/namespaces/ml-team/configmaps/half-deepspeed');
  });

  test('what a killed submit left is finished by the next one', async () => {
    const pair = await connect('ml-engineer');
    const text = job('resumed', 'echo done');
    await admin.create({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'resumed',
        namespace: 'ml-team',
        labels: { 'gpuctl/job-type': 'training', 'app.kubernetes.io/managed-by': 'gpuctl' },
        annotations: { 'gpuctl/spec-hash': specHash(text) },
      },
      spec: {
        suspend: true,
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [{ name: 'main', image: 'alpine:3.22', command: ['echo', 'done'] }],
          },
        },
      },
    });
    await pair.until('held', async () => (await findJob(pair, ref('resumed')))?.state === 'held, not started yet');
    assert.equal((await submitText(pair, text)).submitted[0]?.outcome, 'created');
    await pair.until('succeeded', async () => (await findJob(pair, ref('resumed')))?.phase === 'succeeded');
    await pair.ask(Requests.delete, ref('resumed'));
  });
});

describe('rights', () => {
  test('without nodes: capacity is unknown with the reason, own jobs are seen and can be run', async () => {
    const pair = await connect('restricted');
    const { capacity } = await pair.ask(Requests.connection);
    assert.match(capacity.known ? '' : capacity.reason, /you may not list nodes in cluster demo/);
    assert.match((await pair.ask(Requests.pools)).unknown ?? '', /you may not list nodes/);
    const { namespaces, incomplete } = await pair.ask(Requests.jobs);
    assert.deepEqual(namespaces, ['sandbox']);
    assert.match(incomplete ?? '', /Jobs of sandbox only/);
    assert.deepEqual(
      await pair.open('file:///work/q.gpuctl.yaml', sample('2-qwen2-72b.gpuctl.yaml').replace('gpu: 8', 'gpu: 800')),
      [],
      'nothing is claimed',
    );
    await submitText(pair, job('mine', 'true'));
    await pair.until('succeeded', async () => (await findJob(pair, ref('mine', 'sandbox')))?.phase === 'succeeded');
    await pair.ask(Requests.delete, ref('mine', 'sandbox'));
  });

  test('a submit that is not permitted names the right, the kind and the namespace', async () => {
    const pair = await connect('restricted');
    const failure = await failureOf(
      submitText(pair, job('theirs', 'true').replace('{name: theirs}', '{name: theirs, namespace: vision-team}')),
    );
    assert.match(failure.message, /vision-team/);
    assert.match(`${failure.message} ${failure.hint}`, /jobs/);
  });

  test('an expired token: says how to log in, and authoring goes on', async () => {
    const kubeconfig = path.join(folder, 'expired');
    const known = JSON.parse(readFileSync(cluster.kubeconfig, 'utf8'));
    known.users = known.users.map(({ name }: { name: string }) => ({ name, user: { token: 'expired' } }));
    writeFileSync(kubeconfig, JSON.stringify(known));
    const pair = await startPair({ connection: { kubeconfig, context: 'ml-engineer' } });
    pairs.push(pair);
    assert.deepEqual(await pair.open(URI, job('idle', 'true')), []);
    const status = await pair.until('failed', () =>
      pair.connection?.phase === 'failed' ? pair.connection : undefined,
    );
    assert.match(status.message ?? '', /does not accept your login.*token/s);
    assert.equal((await pair.change(URI, 'kind: training\n')).length, 2);
  });
});

describe('an API server that goes away', () => {
  test('what is known stays with its age; what changed meanwhile is right afterwards', async () => {
    const pair = await connect('ml-engineer');
    await submitText(pair, job('outlives', 'sleep 2'));
    await pair.until('running', async () => (await findJob(pair, ref('outlives')))?.phase === 'running');
    await cluster.stopApiServer();
    const offline = await pair.until('offline', () =>
      pair.connection?.phase === 'offline' ? pair.connection : undefined,
    );
    assert.ok(offline.asOf);
    assert.ok(await findJob(pair, ref('outlives')), 'still shown');
    await cluster.startApiServer();
    await pair.until('connected again', () => pair.connection?.phase === 'connected', 60_000);
    await pair.until('succeeded', async () => (await findJob(pair, ref('outlives')))?.phase === 'succeeded', 60_000);
    await pair.ask(Requests.delete, ref('outlives'));
  });
});
