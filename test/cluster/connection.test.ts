import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { Requests } from '../../server/src/protocol.ts';
import { failureOf, findJob, job, ProductStage, ref, remove, sample, submitText, URI } from './productStage.ts';

const stage = new ProductStage();

describe('what the cluster has', () => {
  test('pools, types and free GPUs, with those of unusable nodes apart', async () => {
    const pair = await stage.connect('ml-engineer');
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
    const [{ since = '', ...holder } = { since: '' }] = training?.nodes[2]?.holders ?? [];
    assert.deepEqual(holder, { job: 'detector-sweep', namespace: 'vision-team', gpus: 4, other: 'unseen' });
    assert.ok(Date.parse(since) > 0);
  });

  test('asking for more than is free is marked at the number, in both languages, and goes when it fits', async () => {
    const qwen = sample('2-qwen2-72b.gpuctl.yaml');
    const english = await stage.connect('ml-engineer');
    assert.deepEqual(await english.open('file:///work/q.gpuctl.yaml', qwen), []);
    const [finding, ...rest] = await english.change('file:///work/q.gpuctl.yaml', qwen.replace('gpu: 8', 'gpu: 16'));
    assert.deepEqual(rest, []);
    const ends = 'It fits once vit-pretrain in vision-team (8 GPUs), segment-finetune in vision-team (4 GPUs) end.';
    assert.equal(
      finding?.message,
      `Not enough GPUs: training-pool has 14 of 32 A100-80G free, 16 are asked for. ${ends}`,
    );
    assert.equal(
      qwen
        .replace('gpu: 8', 'gpu: 16')
        .split('\n')
        [finding?.range.start.line ?? 0]?.slice(finding?.range.start.character, finding?.range.end.character),
      '16',
    );
    const chinese = await stage.connect('ml-engineer', { language: 'zh-cn' });
    const [said] = await chinese.open('file:///work/q.gpuctl.yaml', qwen.replace('gpu: 8', 'gpu: 16'));
    assert.match(
      String(said?.message),
      /^资源不足：training-pool 中 A100-80G GPU 已用尽（请求 16 张，仅空闲 14 张）。.*vit-pretrain.*结束后可运行。$/,
    );
  });
});

describe('rights', () => {
  test('without nodes: capacity is unknown with the reason, own jobs are seen and can be run', async () => {
    const pair = await stage.connect('restricted');
    const { capacity } = await pair.ask(Requests.connection);
    assert.match(capacity.known ? '' : capacity.reason, /you may not list nodes in cluster demo/);
    assert.match((await pair.ask(Requests.pools)).unknown ?? '', /you may not list nodes/);
    const { namespaces, incomplete } = await pair.ask(Requests.jobs);
    assert.deepEqual(namespaces, ['sandbox']);
    assert.match(incomplete ?? '', /Jobs of sandbox only/);
    const claimed = await pair.open(
      'file:///work/q.gpuctl.yaml',
      sample('2-qwen2-72b.gpuctl.yaml').replace('gpu: 8', 'gpu: 800'),
    );
    assert.deepEqual(
      claimed.map(({ code, severity }) => [code, severity]),
      [['capacity.unknown', DiagnosticSeverity.Information]],
    );
    assert.match(String(claimed[0]?.message), /^Unknown whether this fits: .*you may not list nodes in cluster demo/);
    await submitText(pair, job('mine', 'true'));
    await pair.until('succeeded', async () => (await findJob(pair, ref('mine', 'sandbox')))?.phase === 'succeeded');
    await remove(pair, ref('mine', 'sandbox'));
  });

  test('a submit that is not permitted names the right, the kind and the namespace', async () => {
    const pair = await stage.connect('restricted');
    const failure = await failureOf(
      submitText(pair, job('theirs', 'true').replace('{name: theirs}', '{name: theirs, namespace: vision-team}')),
    );
    assert.match(failure.message, /vision-team/);
    assert.match(`${failure.message} ${failure.hint}`, /jobs/);
  });

  test('an expired token: says how to log in, and authoring goes on', async () => {
    const kubeconfig = path.join(stage.folder, 'expired');
    const known = JSON.parse(readFileSync(stage.cluster.kubeconfig, 'utf8'));
    known.users = known.users.map(({ name }: { name: string }) => ({ name, user: { token: 'expired' } }));
    writeFileSync(kubeconfig, JSON.stringify(known));
    const pair = await stage.start({ connection: { kubeconfig, context: 'ml-engineer' } });
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
    const pair = await stage.connect('ml-engineer');
    await submitText(pair, job('outlives', 'sleep 2'));
    await pair.until('running', async () => (await findJob(pair, ref('outlives')))?.phase === 'running');
    await stage.cluster.stopApiServer();
    const offline = await pair.until('offline', () =>
      pair.connection?.phase === 'offline' ? pair.connection : undefined,
    );
    assert.ok(offline.asOf);
    assert.ok(await findJob(pair, ref('outlives')), 'still shown');
    await stage.cluster.startApiServer();
    await pair.until('connected again', () => pair.connection?.phase === 'connected', 60_000);
    await pair.until('succeeded', async () => (await findJob(pair, ref('outlives')))?.phase === 'succeeded', 60_000);
    await remove(pair, ref('outlives'));
  });
});
