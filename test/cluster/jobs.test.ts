import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { specHash } from '../../server/src/operations/source.ts';
import { Requests, ServerNotifications } from '../../server/src/protocol.ts';
import { failureOf, findJob, job, ProductStage, ref, remove, sample, submitText } from './productStage.ts';

const stage = new ProductStage();

describe('a job from its file to its end', () => {
  test('is created, runs, tells its log, succeeds, and leaves nothing when it is deleted', async () => {
    const pair = await stage.connect('ml-engineer');
    const text = job('short', 'for i in 1 2 3; do echo line $i; sleep 0.3; done; echo last 完');
    const uri = 'file:///work/b.gpuctl.yaml';
    const submitted = await pair.ask(Requests.submit, { files: [{ uri, text }] });
    assert.deepEqual(submitted, {
      documents: [
        { uri, document: 0, kind: 'training', name: 'short', job: ref('short'), result: 'created', warnings: [] },
      ],
      cluster: 'demo',
      context: 'ml-engineer',
    });
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
    assert.deepEqual([plan.cluster, plan.removes], ['demo', ['the job short']]);
    await remove(pair, ref('short'));
    await pair.until('gone', async () => !(await findJob(pair, ref('short'))));
    await pair.until('no objects', async () => (await stage.objectsOfOurs('ml-team')).length === 0);
    assert.equal((await failureOf(remove(pair, ref('short')))).code, 'job.gone');
  });

  test('is in the tree at once: the change is told, and what is listed then has the job', async (t) => {
    const pair = await stage.connect('ml-engineer');
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const name = `told-${round}`;
      const before = pair.notifications.length;
      await submitText(pair, job(name, 'true'));
      const answered = performance.now();
      const isTold = () =>
        pair.notifications.slice(before).some(({ method }) => method === ServerNotifications.stateChanged.method);
      await pair.until('the event, and the job in the list', async () => isTold() && (await findJob(pair, ref(name))));
      times.push(performance.now() - answered);
      await remove(pair, ref(name));
    }
    times.sort((a, b) => a - b);
    t.diagnostic(`submit answered → listed after the event: ${times.map(Math.round).join(', ')} ms`);
    assert.ok((times[2] ?? 0) < 1000, 'half of them within a second, also where the machine is busy');
  });

  test('Qwen2-72B on two nodes: ranks find their settings, ZeRO-3 is in place, and delete takes all of it', async () => {
    const pair = await stage.connect('ml-engineer');
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
    const found = await pair.open('file:///work/q.gpuctl.yaml', kept);
    const capacity = found.filter(({ code }) => String(code).startsWith('capacity.'));
    assert.deepEqual(capacity, [], 'its own GPUs are not missing');

    const plan = await pair.ask(Requests.planDelete, ref('qwen2-72b-sft'));
    assert.deepEqual(plan.removes.slice(1), [
      '2 running or waiting replicas, with their logs in the cluster',
      'its address qwen2-72b-sft',
      'its settings qwen2-72b-sft-deepspeed',
    ]);
    assert.deepEqual(plan.keeps, ['storage qwen2-72b-sft-workdir-0, with its files']);
    await remove(pair, ref('qwen2-72b-sft'));
    await pair.until(
      'only the storage',
      async () => (await stage.objectsOfOurs('ml-team')).join() === 'persistentvolumeclaims/qwen2-72b-sft-workdir-0',
    );
    await pair.until(
      '14 free again',
      async () =>
        (await pair.ask(Requests.pools)).pools.find(({ name }) => name === 'training-pool')?.gpus[0]?.free === 14,
    );
    await stage.admin.call('DELETE', '/api/v1/namespaces/ml-team/persistentvolumeclaims/qwen2-72b-sft-workdir-0');
  });

  test('a failing rank is named with its exit code', async () => {
    const pair = await stage.connect('ml-engineer');
    await submitText(pair, job('breaks', 'echo about to fail; exit 7', 'retries: 0\n'));
    const failed = await pair.until('failed', async () => {
      const found = await findJob(pair, ref('breaks'));
      return found?.phase === 'failed' && found;
    });
    assert.equal(failed.state, 'failed: ended with exit code 7');
    await remove(pair, ref('breaks'));
  });

  test('what waits for GPUs says so', async () => {
    const pair = await stage.connect('ml-engineer');
    await submitText(
      pair,
      job('waits', 'sleep 60', 'resources: {pool: training-pool, gpu: 8}\n').replace(
        '{name: waits}',
        '{name: waits, priority: low}',
      ),
    );
    const waiting = await pair.until('waiting', async () => {
      const found = await findJob(pair, ref('waits'));
      return found?.phase === 'waiting' && found.state.includes('GPU') && found;
    });
    assert.equal(waiting.state, 'needs 8 GPUs on one node, training-pool has 14 free (largest block 7)');
    await remove(pair, ref('waits'));
  });
});

describe('a job of several nodes in a full pool', () => {
  const text = job(
    'in-part',
    "trap 'exit 0' TERM; sleep 30 & wait",
    'resources: {pool: training-pool, gpu: 12, nodeCount: 2, gpuType: a100-80g}\n',
  ).replace('{name: in-part}', '{name: in-part, priority: low}'); // nobody is pushed out for it

  test('is offered to be held, is held, and is started when all of it fits', async () => {
    const pair = await stage.connect('ml-engineer');
    const { ask } = await submitText(pair, text);
    assert.ok(ask?.canHold);
    assert.match(ask.sentences.join(), /^Only 1 of the 2 nodes that “in-part” needs have 6 free GPUs now\./);
    const held = await submitText(pair, text, 'hold');
    assert.equal(held.submitted[0]?.result, 'created');
    await pair.until('held', async () => (await findJob(pair, ref('in-part')))?.state === 'held, not started yet');
    assert.equal(
      (await stage.read('apis/batch/v1/%/jobs/in-part'))?.metadata.annotations?.['gpuctl/unfinished'],
      undefined,
    );
    assert.deepEqual(await pair.ask(Requests.start, { job: ref('in-part') }), { done: true });
    await pair.until('one rank', async () => (await findJob(pair, ref('in-part')))?.podsRunning === 1);
    await pair.until(
      'what holds the other',
      async () =>
        (await findJob(pair, ref('in-part')))?.state ===
        'running 1 of 2, needs 6 GPUs on one node, training-pool has 8 free (largest block 4)',
    );
    await remove(pair, ref('in-part'));
  });

  test('starts in part where a person says so', async () => {
    const pair = await stage.connect('ml-engineer');
    await pair.until('the pods of the other test are gone', async () => {
      const list = await stage.read('api/v1/%/pods?labelSelector=batch.kubernetes.io/job-name%3Din-part');
      return (list as unknown as { items: unknown[] }).items.length === 0;
    });
    assert.equal((await submitText(pair, text, 'yes')).submitted[0]?.result, 'created');
    await pair.until('one rank', async () => (await findJob(pair, ref('in-part')))?.podsRunning === 1);
    await remove(pair, ref('in-part'));
  });
});

describe('a name that is taken, and what was left half-made', () => {
  test('the same again changes nothing; what cannot be changed is replaced, once that is agreed to', async () => {
    const pair = await stage.connect('ml-engineer');
    const text = job('twice', 'sleep 30');
    await submitText(pair, text);
    assert.equal((await submitText(pair, text)).submitted[0]?.result, 'unchanged');
    const other = text.replace('sleep 30', 'echo the second; sleep 30');
    const { ask, submitted } = await submitText(pair, other);
    assert.ok(ask);
    assert.deepEqual(submitted, []);
    assert.match(
      ask.sentences.join(),
      /^The job “twice” in ml-team is there already \(.*\), and what you changed cannot/,
    );
    assert.deepEqual(ask.changes, ['deletes Job twice and makes it anew']);
    assert.deepEqual(ask.actions, [
      { do: 'openJob', job: ref('twice') },
      { do: 'rename', uri: 'file:///work/b.gpuctl.yaml', line: 1, character: 12, length: 5 },
    ]);
    const uid = async () => (await stage.read('apis/batch/v1/%/jobs/twice'))?.metadata.uid;
    const before = await uid();
    assert.equal((await submitText(pair, other, 'yes')).submitted[0]?.result, 'replaced');
    assert.notEqual(await uid(), before);
    await remove(pair, ref('twice'));
  });

  test('what was agreed to holds for the job that was asked about, not for one that came meanwhile', async () => {
    const [pair, colleague] = [await stage.connect('ml-engineer'), await stage.connect('ml-engineer')];
    await submitText(pair, job('contested', 'sleep 30'));
    let asked = 0;
    const { submitted, ask } = await submitText(pair, job('contested', 'sleep 31'), async () => {
      if (++asked > 1) return 'no';
      await remove(colleague, ref('contested'));
      await submitText(colleague, job('contested', 'sleep 32'));
      return 'yes';
    });
    assert.deepEqual([asked, ask?.name, submitted], [2, 'contested', []]);
    await remove(pair, ref('contested'));
  });

  test('of several documents each has its result: one that fails stops only what needs it', async () => {
    const pair = await stage.connect('ml-engineer');
    const text = [
      job('whole', 'true'),
      'kind: pool\npool: {name: unmade}\nnodes: {no-such-node: {}}\n',
      job('in-it', 'true', 'resources: {pool: unmade, gpu: 1}\n'),
    ].join('---\n');
    const { documents } = await pair.ask(Requests.submit, { files: [{ uri: 'file:///work/b.gpuctl.yaml', text }] });
    assert.deepEqual(
      documents.map(({ name, result }) => `${name} ${result}`),
      ['unmade failed', 'whole created', 'in-it skipped'],
    );
    await remove(pair, ref('whole'));
  });

  test('an ended job is run again under its name, once that is agreed to', async () => {
    const pair = await stage.connect('ml-engineer');
    const text = job('once-more', 'exit 0');
    await submitText(pair, text);
    await pair.until('ended', async () => (await findJob(pair, ref('once-more')))?.phase === 'succeeded');
    const { ask } = await submitText(pair, text);
    assert.match(ask?.sentences.join() ?? '', /^The job “once-more” in ml-team has ended: completed\./);
    const { submitted } = await submitText(pair, text, 'yes');
    assert.equal(submitted[0]?.result, 'replaced');
    const second = await stage.read('apis/batch/v1/%/jobs/once-more');
    assert.equal(second?.metadata.annotations?.['gpuctl/run'], '2');
    await remove(pair, ref('once-more'));
  });

  test('a submit that fails halfway leaves nothing behind', async () => {
    const pair = await stage.connect('ml-engineer');
    await stage.admin.create({
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
      async () => !(await stage.objectsOfOurs('ml-team')).some((name) => name.includes('half')),
    );
    const kept = (await stage.admin.get('/api/v1/namespaces/ml-team/configmaps/half-deepspeed')) as { data: object };
    assert.deepEqual(kept.data, { mine: 'yes' }, 'what is not ours stays untouched');
    await stage.admin.call('DELETE', '/api/v1/namespaces/ml-team/configmaps/half-deepspeed');
  });

  test('what a killed submit left is finished by the next one', async () => {
    const pair = await stage.connect('ml-engineer');
    const text = job('resumed', 'echo done');
    await stage.admin.create({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'resumed',
        namespace: 'ml-team',
        labels: { 'gpuctl/job-type': 'training', 'app.kubernetes.io/managed-by': 'gpuctl' },
        annotations: { 'gpuctl/spec-hash': specHash(text), 'gpuctl/unfinished': 'create' },
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
    assert.equal((await submitText(pair, text)).submitted[0]?.result, 'created');
    await pair.until('succeeded', async () => (await findJob(pair, ref('resumed')))?.phase === 'succeeded');
    await remove(pair, ref('resumed'));
  });
});

describe('nothing else is hit', () => {
  test('a job submitted right after its namesake was deleted keeps what it needs', async () => {
    const pair = await stage.connect('ml-engineer');
    const text = job(
      'again',
      'sleep 30',
      'deepspeed: {stage: 3}\nresources: {pool: training-pool, gpu: 2, nodeCount: 2}\n',
    );
    await submitText(pair, text);
    await pair.until('running', async () => (await findJob(pair, ref('again')))?.podsRunning === 2);
    await remove(pair, ref('again'));
    const second = await submitText(pair, text);
    assert.equal(second.submitted[0]?.result, 'created', JSON.stringify(second));
    const { metadata } = (await stage.admin.get('/apis/batch/v1/namespaces/ml-team/jobs/again')) as KubeObject;
    await new Promise((resolve) => setTimeout(resolve, 3_000)); // the garbage collector has had its time
    for (const path of ['services/again', 'configmaps/again-deepspeed']) {
      const owned = (await stage.admin.get(`/api/v1/namespaces/ml-team/${path}`)) as KubeObject;
      assert.equal(owned.metadata.ownerReferences?.[0]?.uid, metadata.uid, path);
    }
    await remove(pair, ref('again'));
  });

  test('a delete or submit that was meant for another context is refused', async () => {
    const pair = await stage.connect('ml-engineer');
    await submitText(pair, job('meant', 'sleep 30'));
    const plan = await pair.ask(Requests.planDelete, ref('meant'));
    const elsewhere = { job: plan.job, context: 'admin', uid: plan.uid };
    assert.equal((await failureOf(pair.ask(Requests.delete, elsewhere))).code, 'job.other-cluster');
    const replaced = { job: plan.job, context: plan.context, uid: '00000000-0000-0000-0000-000000000000' };
    assert.equal((await failureOf(pair.ask(Requests.delete, replaced))).code, 'job.gone');
    assert.ok(await findJob(pair, ref('meant')), 'still there');
    const text = job('elsewhere', 'true');
    const submit = submitText(pair, text, 'no', 'admin');
    assert.equal((await failureOf(submit)).code, 'submit.other-cluster');
    await remove(pair, ref('meant'));
  });

  test('the document under the lens is the one that is submitted, whatever its neighbours are', async () => {
    const pair = await stage.connect('ml-engineer');
    const uri = 'untitled:Untitled-1';
    await pair.open(
      uri,
      `kind: trainnig\njob: {name: typo}\n---\n${job('second', 'true')}---\n${job('third', 'true')}`,
    );
    const { submitted } = await pair.submit({ uri, document: 1 });
    assert.deepEqual(
      submitted.map((one) => one.name),
      ['second'],
    );
    await remove(pair, ref('second'));
  });
});
