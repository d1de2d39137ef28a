/**
 * Trainings that really run: a document is submitted over the language server's protocol, and its containers are processes of this machine.
 * The tests run at once, since most of their time is the cluster's own waiting. Two need PyTorch and are skipped without it:
 *
 *     python3 -m venv ~/torch && . ~/torch/bin/activate
 *     pip install torch==2.15.0 transformers==5.23.0 accelerate==1.15.0 && DS_BUILD_OPS=0 pip install deepspeed==0.19.8
 *     GPUCTL_TEST_TORCH=1 node --test test/cluster/running.test.ts
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { type JobDto, type JobPhase, Requests } from '../../server/src/protocol.ts';
import type { Pair } from '../server/pair.ts';
import { type KubernetesObject, until } from './apiClient.ts';
import { findJob, job, ProductStage, ref, remove, submitText } from './productStage.ts';
import { ensurePythonPackages, PROGRAMS } from './pythonPackages.ts';

const stage = new ProductStage();
process.env.GPUCTL_STATE = path.join(stage.folder, 'state');
const skip = process.env.GPUCTL_TEST_TORCH === '1' ? false : 'needs PyTorch (several GB): see GPUCTL_TEST_TORCH above';

let pair: Pair;
const connect = async () => {
  pair ??= await stage.connectForAll('ml-engineer');
};

/** A training whose command is a list of words. */
const training = (name: string, command: string[], more = '', namespace = 'ml-team'): string => `kind: training
job: {name: ${name}, namespace: ${namespace}}
environment:
  image: python:3.13
  command: ${JSON.stringify(command)}
${more}`;

const python = (program: string, ...words: string[]) => ['python3', path.join(PROGRAMS, program), ...words];

/** What a job waits in that is to be ended from outside; a first process ignores signals that it does not handle. */
const WAIT = 'trap "exit 143" TERM; sleep 300 & wait';

/** Whoever is pushed out was asked about. */
async function create(text: string): Promise<void> {
  const { submitted } = await submitText(pair, text, 'yes');
  assert.deepEqual(
    submitted.map(({ result }) => result),
    ['created'],
  );
}

const podsOf = (name: string, namespace?: string) => stage.pods(`batch.kubernetes.io/job-name=${name}`, namespace);

async function printedBy(name: string, namespace?: string): Promise<string> {
  const texts = (await podsOf(name, namespace)).map((pod) => stage.printed(pod));
  return (await Promise.all(texts)).join('');
}

const reaches = (name: string, phase: JobPhase, namespace?: string): Promise<JobDto> =>
  pair.until(
    `${name} ${phase}`,
    async () => {
      const found = await findJob(pair, ref(name, namespace));
      return found?.phase === phase && found;
    },
    90_000,
  );

const jobOf = (name: string): Promise<KubernetesObject> =>
  stage.admin.get(`/apis/batch/v1/namespaces/ml-team/jobs/${name}`);

/** The reason of the condition that ended a job. */
const endOf = ({ status }: KubernetesObject): string | undefined =>
  status.conditions?.find((one: KubernetesObject) => one.type === 'Failed' || one.type === 'Complete')?.reason;

describe('trainings', { concurrency: true }, () => {
  before(connect);

  test('ranks meet at MASTER_ADDR:MASTER_PORT and reduce over all of them, one pod a node', async () => {
    await create(training('ranks', python('allReduce.py'), 'resources: {pool: training-pool, gpu: 4, nodeCount: 2}\n'));
    await reaches('ranks', 'succeeded');
    const pods = await podsOf('ranks');
    const nodes = pods.map(({ spec }) => spec.nodeName);
    assert.equal(new Set(nodes).size, 2, nodes.join());
    for (const pod of pods) {
      const index = Number(pod.metadata.labels['batch.kubernetes.io/job-completion-index']);
      const lines = (await stage.printed(pod)).trim().split('\n').sort();
      assert.deepEqual(
        lines,
        [2 * index, 2 * index + 1].map((rank) => `rank ${rank} of 4 on ${pod.spec.nodeName}: ranks 0,1,2,3, sum 30`),
      );
    }
    await remove(pair, ref('ranks'));
  });

  test('one rank that fails ends the whole job, and is named', async () => {
    const script = `[ "$NODE_RANK" = 1 ] && exit 5; ${WAIT}`;
    await create(job('one-fails', script, 'retries: 0\nresources: {pool: training-pool, gpu: 2, nodeCount: 2}\n'));
    assert.equal((await reaches('one-fails', 'failed')).state, 'failed: rank 1 ended with exit code 5');
    await until('nothing left that holds GPUs', async () =>
      (await podsOf('one-fails')).every(({ status }) => status.phase === 'Failed'),
    );
    await remove(pair, ref('one-fails'));
  });

  test('two of one name in two namespaces do not disturb each other', async () => {
    const script = `${python('allReduce.py').join(' ')}; ${WAIT}`;
    const text = (namespace: string) =>
      training('namesake', ['sh', '-c', script], 'resources: {pool: training-pool, gpu: 2, nodeCount: 2}\n', namespace);
    await Promise.all([create(text('ml-team')), create(text('ml-research'))]);
    const reduced = async (namespace: string) =>
      until(`ranks in ${namespace}`, async () => {
        const lines = (await printedBy('namesake', namespace)).trim().split('\n').sort();
        return lines.length === 2 && lines.every((line) => /^rank \d of 2 on n\d: ranks 0,1, sum 5$/.test(line));
      });
    await Promise.all([reduced('ml-team'), reduced('ml-research')]);
    await remove(pair, ref('namesake'));
    await until('gone', async () => (await podsOf('namesake')).length === 0);
    const others = (await podsOf('namesake', 'ml-research')).map(({ status }) => status.phase);
    assert.deepEqual(others, ['Running', 'Running']);
    assert.ok(await stage.read('api/v1/%/services/namesake', 'ml-research'));
    assert.equal(await stage.read('api/v1/%/services/namesake'), undefined);
    await remove(pair, ref('namesake', 'ml-research'));
  });

  test('a failing try is repeated as often as the document says', async () => {
    await create(job('exit-3', 'exit 3', 'retries: 1\n'));
    assert.equal((await reaches('exit-3', 'failed')).state, 'failed: ended with exit code 3');
    const ended = await jobOf('exit-3');
    assert.deepEqual([ended.status.failed, endOf(ended)], [2, 'BackoffLimitExceeded']);
  });

  for (const [code, why, script] of [
    [2, 'wrong usage', `${python('resumable.py').join(' ')} --no-such-option`],
    [126, 'what cannot be executed', '/etc/passwd'],
    [127, 'what is not there', 'no-such-program'],
  ] as const)
    test(`${why} (exit code ${code}) is not tried again`, async () => {
      await create(job(`exit-${code}`, script, 'retries: 3\n'));
      const { state } = await reaches(`exit-${code}`, 'failed');
      assert.ok(state.startsWith(`failed: ended with exit code ${code}`), state);
      const ended = await jobOf(`exit-${code}`);
      assert.deepEqual([ended.status.failed, endOf(ended)], [1, 'PodFailurePolicy']);
    });

  test('an evicted pod costs no retry', async () => {
    const script = `[ -e /data/evicted/once ] && exit 0; touch /data/evicted/once; ${WAIT}`;
    await create(job('evicted', script, 'retries: 0\nstorage: {workdirs: [{path: /data/evicted}]}\n'));
    const pod = await until('waiting inside', async () => {
      const [first] = await podsOf('evicted');
      return first?.status.phase === 'Running' && first;
    });
    await until('marked', () => readdirSync(path.join(stage.cluster.dir, 'hostpath/data/evicted')).length > 0);
    const { name, namespace } = pod.metadata;
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
    await stage.admin.call('POST', `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, eviction);
    await reaches('evicted', 'succeeded');
    const ended = await jobOf('evicted');
    assert.deepEqual([ended.status.failed ?? 0, ended.status.succeeded], [0, 1]);
    assert.notEqual((await podsOf('evicted')).at(-1)?.metadata.name, name);
  });

  test('what a job of higher priority pushes out goes on afterwards, and that costs no retry', async () => {
    const run = (name: string, priority: string, script: string) =>
      job(name, script, 'retries: 0\nresources: {pool: inference-pool, gpu: 4}\n').replace(
        `{name: ${name}}`,
        `{name: ${name}, priority: ${priority}}`,
      );
    await create(run('humble', 'low', WAIT));
    await reaches('humble', 'running');
    await create(run('urgent', 'high', WAIT));
    await reaches('urgent', 'running');
    const waits = /^needs 4 GPUs on one node, inference-pool has (?:none|\d) free/;
    await pair.until(
      'what it waits for',
      async () => waits.test((await findJob(pair, ref('humble')))?.state ?? ''),
      60_000,
    );
    await remove(pair, ref('urgent'));
    await reaches('humble', 'running');
    assert.equal(endOf(await jobOf('humble')), undefined);
    await remove(pair, ref('humble'));
  });

  test('`timeout` ends it', async () => {
    await create(job('too-long', WAIT, 'timeout: 3s\n'));
    assert.equal((await reaches('too-long', 'failed')).state, 'failed: its timeout is over');
    await until('ended', async () => (await podsOf('too-long')).every(({ status }) => status.phase === 'Failed'));
  });

  const DEEPSPEED = `resources: {pool: training-pool, gpu: 1}
deepspeed:
  stage: 3
  offload: cpu
  config: {wall_clock_breakdown: true, zero_optimization: {overlap_comm: false, sub_group_size: 1000000}}
`;
  const withPath = (text: string, folders: string[]) =>
    text.replace(/^( *)image:.*$/m, `$&\n$1env: {PYTHONPATH: "${folders.join(':')}"}`);

  /**
   * Transformers and Accelerate are the real ones, unmodified: `TrainingArguments` is made as the Trainer makes it. Only PyTorch is not there;
   * in its place stands a module that lets the imports succeed and computes nothing (`programs/torchName`).
   */
  test('the Hugging Face Trainer finds the DeepSpeed settings from the environment alone', async () => {
    const packages = await ensurePythonPackages('trainer');
    const text = training('zero-3', python('trainerArguments.py'), DEEPSPEED);
    await create(withPath(text, [path.join(PROGRAMS, 'torchName'), packages]));
    await reaches('zero-3', 'succeeded').catch(async () => assert.fail(await printedBy('zero-3')));
    const found = JSON.parse((await printedBy('zero-3')).trim().split('\n').at(-1) ?? '');
    assert.equal(found.path, '/etc/gpuctl/deepspeed/ds_config.json');
    assert.equal(found.environmentStage, '3');
    const { zero_optimization: zero, ...rest } = found.file;
    assert.deepEqual([zero.stage, zero.offload_optimizer.device, rest.train_batch_size], [3, 'cpu', 'auto']);
    const users = [rest.wall_clock_breakdown, zero.overlap_comm, zero.sub_group_size];
    assert.deepEqual(users, [true, false, 1_000_000], 'what the user wrote wins');
    assert.equal(found.argument, null, 'no argument told the Trainer');
    assert.deepEqual([found.stage, found.offload, found.zero3], [3, 'cpu', true]);
    assert.deepEqual([found.used.overlap_comm, found.used.sub_group_size], [false, 1_000_000]);
    await remove(pair, ref('zero-3'));
  });

  test('a training goes on from its newest complete checkpoint, in a retry and in its next run', async () => {
    const command = python('resumable.py', '--output_dir', '/out/resumed', '--save_strategy', 'steps');
    const more = `retries: 1
storage: {workdirs: [{path: /out}]}
output: {dir: /out/resumed, resumeFromCheckpoint: true}
`;
    const text = training('resumed', command, more);
    await create(text);
    await reaches('resumed', 'failed');
    const [first, second, ...others] = await podsOf('resumed');
    assert.deepEqual(others, []);
    assert.equal(await stage.printed(first), 'begins at step 0\nlost the GPU\n');
    const goesOn = (step: number) => `gpuctl: going on from /out/resumed/checkpoint-${step}\nbegins at step ${step}\n`;
    assert.equal(await stage.printed(second), `${goesOn(20)}lost the GPU again\n`, 'not from the torn one of step 30');

    const resumed = await pair.ask(Requests.resume, { job: ref('resumed') });
    assert.deepEqual([resumed.how, resumed.run, resumed.warnings], ['next-run', 2, []]);
    assert.ok(resumed.log?.startsWith(`${process.env.GPUCTL_STATE}/logs/demo-`), resumed.log);
    const { log = '' } = resumed;
    const saved = readFileSync(log, 'utf8');
    assert.ok(saved.includes('begins at step 0\nlost the GPU\n'), saved);
    assert.ok(saved.includes(`${goesOn(20)}lost the GPU again\n`), saved);
    await reaches('resumed', 'succeeded');
    assert.equal(await printedBy('resumed'), `${goesOn(40)}training completed\n`);
    const annotations = (await jobOf('resumed')).metadata.annotations;
    assert.deepEqual([annotations['gpuctl/run'], annotations['gpuctl/last-outcome']?.split(':')[0]], ['2', 'failed']);
    await remove(pair, ref('resumed'));
  });
});

/** One after the other: torchrun listens on all addresses of a machine, and these nodes are one machine. */
describe('with PyTorch', () => {
  before(connect);

  test('torchrun starts ranks on two nodes that reduce over all of them', { skip }, async () => {
    const command = ['torchrun', path.join(PROGRAMS, 'allReduceTorch.py')];
    await create(training('torchrun', command, 'resources: {pool: training-pool, gpu: 4, nodeCount: 2}\n'));
    await reaches('torchrun', 'succeeded').catch(async () => assert.fail(await printedBy('torchrun')));
    const lines = (await printedBy('torchrun')).split('\n').filter((line) => line.startsWith('rank '));
    assert.deepEqual(lines.map((line) => line.replace(/ on n\d/, '')).sort(), [
      'rank 0 of 4: sum 30',
      'rank 1 of 4: sum 30',
      'rank 2 of 4: sum 30',
      'rank 3 of 4: sum 30',
    ]);
    await remove(pair, ref('torchrun'));
  });

  test('the Hugging Face Trainer trains on two nodes with the generated DeepSpeed settings, ZeRO-3', {
    skip,
  }, async () => {
    const command = ['torchrun', path.join(PROGRAMS, 'trainerTorch.py')];
    const more = 'deepspeed: {stage: 3}\nretries: 0\nresources: {pool: training-pool, gpu: 2, nodeCount: 2}\n';
    await create(training('trainer', command, more));
    await reaches('trainer', 'succeeded').catch(async () => assert.fail(await printedBy('trainer')));
    const told = (await printedBy('trainer')).split('\n').filter((line) => line.startsWith('{"engine"'));
    const wanted = { engine: 'DeepSpeedEngine', stage: 3, ranks: 2, steps: 2, batch: 2, clipping: 1 };
    assert.deepEqual(
      told.map((line) => JSON.parse(line)),
      [wanted, wanted],
    );
    await remove(pair, ref('trainer'));
  });
});
