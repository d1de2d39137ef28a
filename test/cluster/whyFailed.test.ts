/** Why jobs fail or do not get on, by a real scheduler, real controllers, and programs that really die. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Requests, type WhyDto } from '../../server/src/protocol.ts';
import { findJob, job, ProductStage, ref, submitText } from './productStage.ts';
import { runGpuctl } from './runGpuctl.ts';

const stage = new ProductStage();

/** A Job as gpuctl makes them, with what no document can ask for. */
const rawJob = (name: string, container: object, annotations: Record<string, string> = {}) => {
  const labels = { app: name, 'gpuctl/job-type': 'training' };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: 'ml-team', labels },
    spec: {
      backoffLimit: 0,
      template: {
        metadata: { labels, annotations },
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'main', image: 'a:1', command: ['sh', '-c', 'sleep 60'], ...container }],
        },
      },
    },
  };
};
const make = (object: { kind: string; metadata: { namespace: string } }) =>
  stage.admin.call(
    'POST',
    `/${object.kind === 'Job' ? 'apis/batch/v1' : 'api/v1'}/namespaces/${object.metadata.namespace}/${object.kind.toLowerCase()}s`,
    object,
  );

const PYTHON_DIES = [
  'echo step 1 loss 2.1',
  'echo "Traceback (most recent call last):"',
  `echo '  File "/app/train.py", line 7, in <module>'`,
  'echo "    batch = next(data)  # token=hf_abcdefghijklmnopqrstuvwxyz"',
  'echo "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.25 GiB of which 512.00 MiB is free."',
  'exit 1',
].join('; ');
const NCCL_DIES =
  'echo "torch.distributed.DistBackendError: NCCL error in: x.cpp:3690, remote process exited or there was a network error"; exit 1';

describe('why', () => {
  test('the first rank that failed, with the lines of its log that matter', async () => {
    const pair = await stage.connect('ml-engineer');
    const script = `if [ "$NODE_RANK" = 1 ]; then sleep 2; ${PYTHON_DIES}; else trap '${NCCL_DIES.replaceAll('"', '')}' TERM; sleep 60 & wait; fi`;
    await submitText(pair, job('dies', script, 'retries: 0\nresources: {pool: training-pool, gpu: 2, nodeCount: 2}\n'));
    const sentence =
      'failed: rank 1 ran out of GPU memory (2.00 GiB more asked for; GPU 0 has 79.25 GiB, 512.00 MiB free)';
    const failed = await pair.until('failed', async () => {
      const found = await findJob(pair, ref('dies'));
      return found?.phase === 'failed' && found;
    });
    assert.deepEqual(
      [failed.state, failed.trouble?.code],
      [sentence, 'job.crash.gpu-memory'],
      'without a look into the log',
    );
    const why = (await pair.ask(Requests.why, { job: ref('dies') })) as WhyDto;
    assert.deepEqual([why.message, why.code, why.rank], [sentence, 'job.crash.gpu-memory', 1]);
    assert.match(why.hint ?? '', /smaller batch/);
    assert.deepEqual([why.lines[0], why.lines.length], ['Traceback (most recent call last):', 4]);
    assert.doesNotMatch(JSON.stringify([why, failed]), /abcdefghijklm/);

    const { out, code } = await runGpuctl(
      ['describe', 'job', 'dies', '--context', 'ml-engineer'],
      stage.cluster.kubeconfig,
      stage.folder,
    );
    assert.equal(code, 0);
    assert.match(out, /STATE +failed: rank 1 ran out of GPU memory/);
    assert.match(out, /WHAT TO DO +Use a smaller batch/);
    assert.match(out, /From the log of dies-1-\w+:\n {2}Traceback[\s\S]*\n {2}torch\.OutOfMemoryError/);
  });

  test('an image that does not exist, a secret that is missing, a quota, too little memory', async () => {
    const pair = await stage.connect('ml-engineer');
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'team', namespace: 'ml-team' },
      spec: { hard: { 'requests.nvidia.com/gpu': '1' } },
    };
    await make(quota);
    const env = [{ name: 'HF_TOKEN', valueFrom: { secretKeyRef: { name: 'absent', key: 'token' } } }];
    await make(rawJob('no-image', { image: 'broken/image:2' }));
    await make(rawJob('no-secret', { env }));
    await make(rawJob('no-quota', { resources: { limits: { 'nvidia.com/gpu': '2' } } }));
    await make(rawJob('no-memory', { resources: { limits: { memory: '1Gi' } } }, { 'gpuctl.test/oom-after': '1s' }));
    const expected: [string, string, string, RegExp][] = [
      [
        'no-image',
        'job.image.not-found',
        'trying again: cannot fetch its image “broken/image:2”: there is no such name or tag',
        /not found/,
      ],
      [
        'no-secret',
        'job.start.no-secret',
        'trying again: cannot start: the secret “absent” is missing',
        /secret "absent" not found/,
      ],
      [
        'no-quota',
        'job.refused.quota',
        'waiting: The quota “team” does not leave enough. GPUs: 2 asked for, 0 of 1 in use.',
        /exceeded quota: team/,
      ],
      ['no-memory', 'job.crash.out-of-memory', 'failed: ran out of memory (limit 1 GiB)', /^$/],
    ];
    for (const [name, code, state, raw] of expected) {
      let last = '';
      const found = await pair
        .until(name, async () => {
          const found = await findJob(pair, ref(name));
          last = `${found?.trouble?.code} ${found?.state}`;
          return found?.trouble?.code === code && found.state === state && found;
        })
        .catch(() => assert.fail(`${name}: ${last}`));
      assert.match(found.trouble?.detail ?? '', raw);
      assert.ok(found.trouble?.hint);
      const why = await pair.ask(Requests.why, { job: ref(name) });
      assert.equal(why?.code, code, `${name}: ${why?.message}`);
    }
    // The event is the only witness of a Job that may not make its pods: who may not see events hears that it starts.
    const said = await pair.ask(Requests.why, { job: ref('no-quota') });
    assert.match(said?.detail ?? '', /exceeded quota/);
  });

  test('nothing, where nothing is wrong', async () => {
    const pair = await stage.connect('ml-engineer');
    await make(rawJob('fine', {}));
    await pair.until('running', async () => (await findJob(pair, ref('fine')))?.phase === 'running');
    assert.equal(await pair.ask(Requests.why, { job: ref('fine') }), null);
  });
});
