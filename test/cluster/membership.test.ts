/** Nodes that are put into a pool and taken out of it by hand, on a real control plane. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { planMembership } from '../../server/src/operations/pools/membership.ts';
import { type BindParams, Requests } from '../../server/src/protocol.ts';
import type { Pair } from '../server/pair.ts';
import { failureOf } from './productStage.ts';
import { done, english, never, SettingsStage } from './settingsStage.ts';

const stage = new SettingsStage();
const { carryOut, planOnly } = stage;

const CONFIG_MAPS = '/api/v1/namespaces/gpuctl-system/configmaps';
const putting =
  (nodes: string[], pool?: string): Parameters<typeof carryOut>[0] =>
  (session, cluster) =>
    planMembership(session, cluster, { nodes, pool }, never);
const configMapOf = (pool: string) => stage.admin.get(`${CONFIG_MAPS}/gpuctl-pool-${pool}`);
const documentOf = async (pool: string): Promise<string> => (await configMapOf(pool)).data['pool.yaml'];

describe('nodes of a pool', () => {
  test('are taken out and put back: labels, the kept document and the type of the GPUs follow, other nodes stay', async () => {
    const before = await documentOf('training-pool');
    assert.match(before, /n5:/);
    const out = await carryOut(putting(['n4', 'n5']));
    assert.deepEqual(done(out), [
      'change Node/n4',
      'change Node/n5',
      'change ConfigMap/gpuctl-system/gpuctl-pool-training-pool',
    ]);
    assert.match(
      english(out.asks).join('\n'),
      /^Nodes n4, n5 leave pool “training-pool”\. 1 job runs there \(vision-team\/clip-embed\) and goes on; what starts anew needs another node of its pool\.$/,
    );
    assert.deepEqual(await stage.ourLabels('n4', 'n5'), { n4: {}, n5: {} });
    const without = await documentOf('training-pool');
    assert.doesNotMatch(without, /\bn[45]:/);
    assert.match(without, /n3:[\s\S]*n6:/);
    assert.equal((await configMapOf('training-pool')).data.nodes, 'n1\nn2\nn3\nn6\n');
    assert.equal((await planOnly(putting(['n4', 'n5']))).outcome, 'unchanged');

    const back = await carryOut(putting(['n4', 'n5'], 'training-pool'));
    assert.match(
      english(back.asks).join('\n'),
      /^Nodes n4, n5, until now of no pool, join “training-pool”\. 1 job runs there \(vision-team\/clip-embed\)/,
    );
    const labels = { 'gpuctl/pool': 'training-pool', 'gpuctl/gpu-type': 'A100-80G' };
    assert.deepEqual(await stage.ourLabels('n3', 'n4', 'n5'), { n3: labels, n4: labels, n5: labels });
    assert.match(await documentOf('training-pool'), /n5:\s+\{?gpuType: A100-80G/);
    assert.equal((await planOnly(putting(['n4', 'n5'], 'training-pool'))).outcome, 'unchanged');
  });

  test('that move change the documents of both pools; a node that was labelled by hand stays where it is', async () => {
    await stage.admin.call('PATCH', '/api/v1/nodes/c1', { metadata: { labels: { 'gpuctl/pool': 'inference-pool' } } });
    const plan = await carryOut(putting(['d1'], 'inference-pool'));
    assert.deepEqual(english(plan.asks), [
      'Node d1 moves from pool “dev-pool” to “inference-pool”. No job runs there.',
    ]);
    assert.deepEqual(done(plan), [
      'change Node/d1',
      'change ConfigMap/gpuctl-system/gpuctl-pool-inference-pool',
      'change ConfigMap/gpuctl-system/gpuctl-pool-dev-pool',
    ]);
    assert.match(await documentOf('inference-pool'), /d1:/);
    assert.doesNotMatch(await documentOf('dev-pool'), /d1:/);
    assert.deepEqual(await stage.ourLabels('c1'), { c1: { 'gpuctl/pool': 'inference-pool' } });
    await carryOut(putting(['d1'], 'dev-pool'));
    await carryOut(putting(['c1']));
    assert.deepEqual(await stage.ourLabels('c1', 'd1'), {
      c1: {},
      d1: { 'gpuctl/pool': 'dev-pool', 'gpuctl/gpu-type': 'L40S-48G' },
    });
  });

  test('of a pool that only labels make get labels alone', async () => {
    const plan = await carryOut(putting(['c1'], 'by-label'));
    assert.deepEqual(done(plan), ['change Node/c1']);
    assert.equal(await stage.statusOf(`${CONFIG_MAPS}/gpuctl-pool-by-label`), 404);
    await carryOut(putting(['c1']));
  });
});

describe('asked by the editor', () => {
  const bind = (pair: Pair, params: BindParams) => pair.ask(Requests.bindNodes, params);

  test('nothing is done before it is agreed to, and only what was', async () => {
    const pair = await stage.connect('admin');
    const params = { nodes: ['c1'], pool: 'dev-pool', context: 'admin' };
    const asked = await bind(pair, params);
    assert.equal(asked.done, false);
    assert.deepEqual(asked.plan.changes, ['changes Node c1', 'changes ConfigMap gpuctl-pool-dev-pool']);
    assert.deepEqual(await stage.ourLabels('c1'), { c1: {} });
    await stage.admin.call('PATCH', '/api/v1/nodes/c1', { metadata: { labels: { 'gpuctl/pool': 'inference-pool' } } });
    const again = await bind(pair, { ...params, agreed: asked.plan.digest });
    assert.equal(again.done, false);
    assert.match(again.plan.sentences.join(), /moves from pool “inference-pool” to “dev-pool”/);
    assert.equal((await bind(pair, { ...params, agreed: again.plan.digest })).done, true);
    assert.deepEqual(await stage.ourLabels('c1'), { c1: { 'gpuctl/pool': 'dev-pool' } });
    const out = await bind(pair, { nodes: ['c1'] });
    assert.equal((await bind(pair, { nodes: ['c1'], agreed: out.plan.digest })).done, true);
    assert.deepEqual((await bind(pair, { nodes: ['c1'] })).plan.changes, []);
    assert.equal((await failureOf(bind(pair, { ...params, context: 'other' }))).code, 'submit.other-cluster');
    assert.equal((await failureOf(bind(pair, { nodes: ['n44'], pool: 'dev-pool' }))).code, 'settings.no-such-node');
  });

  test('who may not is told so before, and refused with all reasons at once', async () => {
    const pair = await stage.connect('ml-engineer');
    const refused = await pair.until('the right', async () => (await pair.ask(Requests.pools)).refused);
    assert.match(
      refused,
      /^You may not move nodes between the pools of cluster demo\. Ask its administrator for “\w+” on \w+\.$/,
    );
    const failure = await failureOf(bind(pair, { nodes: ['n5'] }));
    assert.match(failure.message, /may not change nodes in the whole cluster/);
    assert.deepEqual(Object.keys((await stage.ourLabels('n5')).n5 ?? {}).length, 2);
    const admin = await stage.connect('admin');
    assert.equal((await admin.ask(Requests.pools)).refused, undefined);
  });
});

describe('a file for a pool', () => {
  const TEXT = `kind: training
job: {name: elsewhere}
environment: {image: registry.example.com/a:1, command: [sh, -c, sleep 60]}
resources: {pool: training-pool, gpu: 16, cpu: 1, memory: 1Gi}
`;

  test('is judged there, and submitted there without a change of the file', async () => {
    const pair = await stage.connect('ml-engineer');
    const uri = 'file:///work/elsewhere.gpuctl.yaml';
    const proposal = await pair.ask(Requests.proposePool, {
      uri,
      text: TEXT.replace('16', '2'),
      pool: 'inference-pool',
    });
    const [job] = proposal.jobs;
    assert.deepEqual([job?.from, job?.fits, proposal.cluster], ['training-pool', true, 'demo']);
    assert.equal(proposal.edits[0]?.text.includes('inference-pool'), true);
    const far = await pair.ask(Requests.proposePool, { uri, text: TEXT, pool: 'inference-pool' });
    assert.equal(far.jobs[0]?.fits, false);
    assert.match(far.jobs[0]?.verdict ?? '', /inference-pool/);
    const { submitted } = await pair.submit({ uri, text: TEXT.replace('16', '2'), pool: 'inference-pool' });
    assert.deepEqual(
      submitted.map(({ result }) => result),
      ['created'],
    );
    const main = await stage.read('apis/batch/v1/%/jobs/elsewhere');
    assert.match(JSON.stringify(main), /inference-pool/);
    const plan = await pair.ask(Requests.planDelete, { namespace: 'ml-team', name: 'elsewhere' });
    await pair.ask(Requests.delete, { job: plan.job, context: plan.context, uid: plan.uid });
  });

  test('the pool in use is that of the file, else of the last job', async () => {
    const pair = await stage.connect('ml-engineer');
    const uri = 'file:///work/in-use.gpuctl.yaml';
    await pair.open(uri, TEXT);
    const inUse = await pair.ask(Requests.poolInUse, { uri });
    assert.deepEqual([inUse?.name, inUse?.why, inUse?.gpus[0]?.free], ['training-pool', 'document', 14]);
    assert.equal((await pair.ask(Requests.poolInUse, { chosen: 'dev-pool' }))?.gpus[0]?.free, 2);
  });
});
