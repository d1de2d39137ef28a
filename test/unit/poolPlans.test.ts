/** What is worked out of pools before anything is done: documents with other nodes or another pool, the pool in use. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toText } from '../../l10n/index.ts';
import { relist } from '../../server/src/operations/pools/membership.ts';
import { proposePool, textInPool } from '../../server/src/operations/pools/poolProposal.ts';
import { besidePools, findPoolInUse, toPoolsDto } from '../../server/src/operations/pools/poolViews.ts';
import type { Session } from '../../server/src/operations/session.ts';
import type { ClusterState } from '../../server/src/state/clusterState.ts';
import { toQuota } from '../../server/src/state/projectLimits.ts';
import { fourteenFree, node, POOL, pod, stateOf } from './nodesAndPods.ts';

const say = (one: Parameters<typeof toText>[0]) => toText(one, 'en');
/** What of a session the views read. */
const sessionOf = (state: ClusterState, own: object = {}): Session =>
  ({
    state,
    namespace: 'team',
    user: 'li.wei',
    rights: { lacking: () => undefined },
    status: { podsKnown: true, phase: 'connected', capacityUnknown: undefined, target: { cluster: 'demo' } },
    ...own,
  }) as unknown as Session;

describe('the document of a pool', () => {
  const text = `# The training pool.
kind: pool
pool: {name: training-pool, site: {rackLabel: example.com/rack}}
nodes:
  n1: {gpuType: A100-80G} # the oldest
  n2: {gpuType: A100-80G}
`;

  test('gets nodes and loses nodes, and keeps all else', () => {
    const listed = relist(
      text,
      [
        { name: 'n3', gpuType: 'A100-80G' },
        { name: 'c1', gpuType: undefined },
      ],
      ['n2'],
    );
    assert.equal(listed, text.replace('  n2: {gpuType: A100-80G}\n', '  n3:\n    gpuType: A100-80G\n  c1: {}\n'));
  });

  test('that lists them so already stays as it is', () => {
    assert.equal(relist(text, [{ name: 'n1', gpuType: undefined }], ['n9']), text);
  });

  test('can lose its last node, and get its first', () => {
    const empty = relist('kind: pool\npool: {name: p}\nnodes:\n  n1: {}\n', [], ['n1']);
    assert.ok(empty);
    assert.match(relist(empty, [{ name: 'n2', gpuType: undefined }], []) ?? '', /n2: \{\}/);
    assert.match(
      relist('kind: pool\npool: {name: p}\n', [{ name: 'n2', gpuType: undefined }], []) ?? '',
      /nodes:\s+n2: \{\}/,
    );
  });

  test('that is broken, or no pool, is not touched', () => {
    assert.equal(relist('kind: pool\npool: [\n', [], ['n1']), undefined);
    assert.equal(relist('kind: quota\nquota: {name: q}\n', [], ['n1']), undefined);
  });
});

describe('a file whose jobs go to another pool', () => {
  const job = (name: string, resources: string) =>
    `kind: training\njob: {name: ${name}}\nenvironment: {image: 'a/b:1', command: [train]}\n${resources}`;
  const file = (text: string) => ({ uri: 'file:///a.gpuctl.yaml', text, languageId: 'gpuctl' });

  test('has it in each job, and keeps comments, other documents and what fits already', () => {
    const text = [
      job('a', 'resources:\n  pool: training-pool # here\n  gpu: 2\n'),
      'kind: quota\nquota: {name: q}\nnamespace: {team: {gpu: 1}}\n',
      job('b', 'resources: {gpu: 1}\n'),
      job('c', 'resources: {pool: eval, gpu: 1}\n'),
    ].join('---\n');
    const { jobs, whole } = proposePool(file(text), 'eval', {});
    assert.deepEqual(
      jobs.map(({ name, from, same, place, model }) => [name, from, same, place, model?.demand.pool]),
      [
        ['a', 'training-pool', false, 0, 'eval'],
        ['b', undefined, false, 2, 'eval'],
        ['c', 'eval', true, 3, 'eval'],
      ],
    );
    assert.equal(whole, false);
    assert.equal(
      textInPool(file(text), 'eval', {}).text,
      text
        .replace('pool: training-pool # here', 'pool: eval # here')
        .replace(
          '{gpu: 1}\n---\nkind: training\njob: {name: c',
          '{gpu: 1, pool: eval}\n---\nkind: training\njob: {name: c',
        ),
    );
  });

  test('without a pool names that, and one with errors says so', () => {
    assert.match(textInPool(file(job('a', 'resources: {pool: x}\n')), '', {}).text, /pool: default/);
    const { jobs, changes } = proposePool(file('kind: training\njob: {name: a}\n'), 'eval', {});
    assert.deepEqual([jobs.length, changes.length, jobs[0]?.model], [1, 0, undefined]);
    assert.ok(jobs[0]?.error);
  });
});

describe('what stands beside the pools', () => {
  test('a node that a taint sets aside is told; a pod of nobody’s job is no job', () => {
    const state = stateOf([node('n1', { ...POOL, taint: 'reserved' }), node('n2', POOL)], [pod('a', 'n2', 3)]);
    const [pool] = toPoolsDto(sessionOf(state), say).pools;
    assert.deepEqual(
      pool?.nodes.map(({ closed, holders }) => [closed, holders.map(({ other }) => other)]),
      [
        [true, []],
        [undefined, ['no-job']],
      ],
    );
  });

  test('the quotas of the namespace, GPUs first, the tighter of two limits of one resource', () => {
    const state = fourteenFree();
    const quota = toQuota({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'q', namespace: 'team' },
      spec: { hard: { 'requests.cpu': '64', 'limits.cpu': '32', 'requests.nvidia.com/gpu': '8' } },
      status: {
        hard: { 'requests.cpu': '64', 'limits.cpu': '32', 'requests.nvidia.com/gpu': '8' },
        used: { 'requests.cpu': '16', 'limits.cpu': '16', 'requests.nvidia.com/gpu': '2' },
      },
    });
    assert.ok(quota);
    state.applyQuotas([{ type: 'set', item: quota }]);
    assert.deepEqual(besidePools(sessionOf(state), say).quotas?.[0]?.limits, [
      { what: 'GPUs', used: '2', hard: '8', share: 0.25, gpus: true },
      { what: 'CPU', used: '16', hard: '32', share: 0.5 },
    ]);
    assert.equal(besidePools(sessionOf(state, { namespace: 'other' }), say).quotas, undefined);
  });

  test('who may not move nodes is told which right is missing', () => {
    const rights = { lacking: () => ({ verb: 'patch', group: '', resource: 'nodes' }) };
    assert.equal(
      besidePools(sessionOf(fourteenFree(), { rights }), say).refused,
      'You may not move nodes between the pools of cluster demo. Ask its administrator for “patch” on nodes.',
    );
  });
});

describe('the pool in use', () => {
  const state = fourteenFree();
  const find = (chosen?: string, document?: string, of = sessionOf(state)) => findPoolInUse(of, { chosen, document });

  test('is the chosen one, else that of the document, else the only one', () => {
    assert.deepEqual(find('x', 'training-pool'), { name: 'x', why: 'chosen', gpus: [], absent: true });
    const found = find(undefined, 'training-pool');
    assert.deepEqual([found?.why, found?.gpus[0]?.free], ['document', 14]);
    assert.equal(find()?.why, 'only');
    const two = stateOf([node('n1', POOL), node('e1', { pool: 'eval' })], []);
    assert.equal(find(undefined, undefined, sessionOf(two)), undefined);
  });

  test('before the only one, is that of the person’s newest job', () => {
    const workload = (name: string, submittedBy: string, createdAt: string, pool: string) => ({
      name,
      submittedBy,
      createdAt,
      pool,
    });
    const of = (user: string | undefined) => {
      const workloads = [
        workload('a', 'li.wei', '2026-01-02', 'newer'),
        workload('b', 'li.wei', '2026-01-01', 'older'),
        workload('c', 'sofia', '2026-01-03', 'hers'),
      ];
      const seen = Object.create(state, { workloads: { value: workloads } }) as ClusterState;
      Object.defineProperty(seen, 'nodes', { value: [] });
      Object.defineProperty(seen, 'pools', { value: [] });
      return findPoolInUse(sessionOf(seen, { user }), { chosen: undefined, document: undefined });
    };
    assert.deepEqual([of('li.wei')?.name, of('li.wei')?.why], ['newer', 'job']);
    assert.equal(of(undefined), undefined);
  });

  test('says no number where not all is seen, and not that the pool is gone where no node is', () => {
    assert.deepEqual(find(undefined, 'training-pool', sessionOf(stateOf([], []))), {
      name: 'training-pool',
      why: 'document',
      gpus: [],
      unknown: true,
    });
    const status = { podsKnown: false, phase: 'connected', capacityUnknown: undefined, target: undefined };
    const [count] = find(undefined, 'training-pool', sessionOf(state, { status }))?.gpus ?? [];
    assert.equal(count?.total, 32);
    assert.equal(count?.free, undefined);
  });
});
