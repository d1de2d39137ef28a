import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toText } from '../../l10n/index.ts';
import { withAdvice } from '../../server/src/capacity/advice.ts';
import { plainAsk } from '../../server/src/capacity/ask.ts';
import { toCapacityFindings } from '../../server/src/capacity/findings.ts';
import { judge as judgeAsk, type Verdict } from '../../server/src/capacity/verdict.ts';
import type { Demand } from '../../server/src/kinds/kind.ts';
import type { ClusterState } from '../../server/src/state/clusterState.ts';
import { toPod } from '../../server/src/state/project.ts';
import { fourteenFree, node, POOL, pod, stateOf } from './nodesAndPods.ts';

const judge = (state: ClusterState, wanted: Demand) => judgeAsk(state, plainAsk(state, wanted));

const demand = (gpus: number, pods = 1, more: Partial<Demand> = {}): Demand => ({
  pool: 'training-pool',
  gpuType: undefined,
  pods,
  gpusPerPod: gpus / pods,
  cpuMillis: undefined,
  memoryBytes: undefined,
  onePodPerNode: pods > 1,
  sameRack: 'off',
  ...more,
});

describe('verdicts', () => {
  const said = (wanted: Demand, state = fourteenFree(), language: 'en' | 'zh-cn' = 'en') =>
    toCapacityFindings(plainAsk(state, wanted), judge(state, wanted)).map((finding) =>
      toText(finding.message, language),
    );

  test('fits', () => {
    assert.deepEqual(judge(fourteenFree(), demand(8, 2)), {
      is: 'fits',
      nodes: ['n2', 'n4'],
      free: 14,
      total: 32,
      type: 'A100-80G',
    });
    assert.deepEqual(said(demand(0)), []);
  });

  test('not enough, with the numbers', () => {
    assert.deepEqual(said(demand(16, 2)), [
      'Not enough GPUs: training-pool has 14 of 32 A100-80G free, 16 are asked for.',
    ]);
    const two = stateOf([node('n1', POOL)], [pod('a', 'n1', 6)]);
    assert.deepEqual(said(demand(4), two, 'zh-cn'), [
      '资源不足：training-pool 中 A100-80G GPU 已用尽（请求 4 张，仅空闲 2 张）',
    ]);
    const none = stateOf([node('n1', POOL)], [pod('a', 'n1', 8)]);
    assert.deepEqual(said(demand(4), none, 'zh-cn'), [
      '资源不足：training-pool 中 A100-80G GPU 已用尽（请求 4 张，仅空闲 0 张）',
    ]);
  });

  test('GPUs that are broken are none, and are told', () => {
    const broken = (more?: Record<string, string>) => {
      const made = node('n1', { ...POOL, gpus: 0, ...(more && { more }) });
      Object.assign(made.status as object, { capacity: { 'nvidia.com/gpu': '8', ...more } });
      made.metadata.labels = { ...made.metadata.labels, 'gpuctl/gpu-type': 'A100-80G' };
      return stateOf([made], []);
    };
    assert.deepEqual(said(demand(8), broken()), [
      'Impossible for now: training-pool has no GPU that works, 8 are broken at the moment.',
    ]);
    assert.deepEqual(said(demand(8), broken(), 'zh-cn'), [
      '目前无法满足：training-pool 没有可用的 GPU，有 8 张目前处于故障状态',
    ]);
    assert.deepEqual(said(demand(8), broken({ 'huawei.com/Ascend910': '4' })), [
      'Impossible: training-pool has no GPUs of the kind that `gpu` asks for (`nvidia.com/gpu`); it has Ascend910 (4). 8 GPUs are broken at the moment.',
    ]);
  });

  test('of jobs without GPUs speak of nodes', () => {
    const cpu = (pods: number, millis?: number) => demand(0, pods, { cpuMillis: millis });
    const closed = stateOf([node('n1', { ...POOL, cordoned: true })], []);
    assert.deepEqual(said(cpu(1, 4000), closed), [
      'Not enough nodes for now: of the 1 node of training-pool that the job would fit on, 0 take jobs at the moment. Wait for the others, or use another pool.',
    ]);
    const elsewhere = stateOf([node('n1', { pool: 'other' })], []);
    const wanted = demand(0, 1, { pool: undefined });
    assert.deepEqual(said(wanted, elsewhere), [
      'Impossible: the default pool (nodes in no pool) has no nodes. Name a pool with `pool`.',
    ]);
    const empty = toCapacityFindings(plainAsk(elsewhere, cpu(1)), { is: 'no-nodes' });
    assert.deepEqual(
      empty.map(({ code, message }) => [code, toText(message, 'en')]),
      [
        [
          'capacity.no-nodes',
          'Impossible: training-pool has no nodes. Use another pool, or have nodes put into this one.',
        ],
      ],
    );
    assert.deepEqual(said(demand(0, 200, { onePodPerNode: false }), stateOf([node('n1', POOL)], [])), [
      'Impossible: even when it is empty, training-pool has room for 110 of 200 parts of the job: a node runs at most 110 at once.',
    ]);
    assert.deepEqual(said(demand(0, 0)), []);
  });

  test('amounts say what they are of, with the verb that goes with them', () => {
    const ask = plainAsk(fourteenFree(), demand(1));
    const limit = { is: 'quota', quota: 'q', namespace: 'team', never: false } as const;
    const of = (verdict: Verdict, language: 'en' | 'zh-cn' = 'en') =>
      toCapacityFindings(ask, verdict, undefined).map(({ message }) =>
        toText(message, language).replace(/ (Wait|Ask|Each|Please).*|请[减等].*/, ''),
      )[0];
    const gpus = { resource: 'nvidia.com/gpu', asked: 16, used: 1, hard: 8 };
    const over = 'Over the quota of namespace team';
    assert.equal(of({ ...limit, ...gpus }), `${over} for now: 1 of its 8 GPUs is in use, 16 more are asked for.`);
    assert.equal(of({ ...limit, ...gpus, never: true }), `${over}: 16 GPUs are asked for, and it may have 8.`);
    assert.equal(of({ ...limit, ...gpus, never: true }, 'zh-cn'), '超出命名空间 team 的配额：请求 16 张 GPU，上限 8。');
    assert.equal(
      of({ ...limit, resource: 'pods', asked: 1, used: 3, hard: 3 }),
      `${over} for now: 3 of at most 3 run there, 1 more is asked for (each node or replica counts as one).`,
    );
    assert.equal(
      of({ ...limit, resource: 'cpu', asked: 1000, used: 62_000, hard: 62_500 }),
      `${over} for now: 62 of its 62.5 cores are in use, 1 more is asked for.`,
    );
    const large = { is: 'too-large', resource: 'cpu', perPod: 4000, places: 0, wanted: 1, largest: 2000 } as const;
    assert.equal(
      of(large),
      'Impossible: 4 cores are asked for on one node, and the largest of training-pool has 2 cores.',
    );
    assert.equal(of(large, 'zh-cn'), '无法满足：单节点请求 4 核 CPU，而 training-pool 最大的节点只有 2 核。');
    const gib = 1024 ** 3;
    assert.equal(
      of({ ...large, resource: 'memory', perPod: 4 * gib, places: 1, wanted: 2, largest: 5 * gib }),
      'Impossible: even when it is empty, training-pool has room for 1 of 2 parts of the job.',
    );
  });

  test('Chinese sentences that get advice leave the full stop to it', () => {
    const ask = plainAsk(fourteenFree(), demand(1));
    const [full] = toCapacityFindings(ask, { is: 'racks-full', most: 1, wanted: 2 });
    assert.ok(full);
    const advised = withAdvice(full.message, undefined, { pool: 'p', type: 'L40S', free: 2 }, 'team');
    assert.doesNotMatch(toText(advised, 'zh-cn'), /。。/);
  });

  test('fragmented, with the split that would fit', () => {
    const state = stateOf([node('n1', POOL), node('n2', POOL)], [pod('a', 'n1', 5), pod('b', 'n2', 5)]);
    assert.deepEqual(said(demand(6, 1), state), [
      'Fragmented: 6 A100-80G are free in training-pool, but no node has 6 of them together (largest block: 3). 2 nodes × 3 GPUs would fit now.',
    ]);
    const uneven = stateOf([node('n1', POOL), node('n2', POOL)], [pod('a', 'n1', 2), pod('b', 'n2', 8)]);
    assert.deepEqual(said(demand(6, 2), uneven), [
      'Fragmented: 6 A100-80G are free in training-pool, but only 1 node has 3 or more of them, 2 are needed (largest block: 6). 1 node × 6 GPUs would fit now.',
    ]);
    assert.deepEqual(said(demand(6, 2), uneven, 'zh-cn'), [
      '资源碎片化：training-pool 空闲 6 张 A100-80G GPU，但至少空闲 3 张的节点只有 1 个，需要 2 个（单节点最多空闲 6 张）。改为 1 个节点 × 6 张即可运行',
    ]);
  });

  test('impossible: more than there is, no such type, no such pool', () => {
    assert.deepEqual(said(demand(64, 8)), ['Impossible: training-pool has 48 A100-80G in all, 64 are asked for.']);
    assert.deepEqual(said(demand(16, 1)), [
      'Impossible: no node of training-pool has 16 A100-80G (the largest has 8). Spread the job over more nodes with `nodeCount`.',
    ]);
    assert.deepEqual(said(demand(1, 1, { gpuType: 'H100' })), [
      'Impossible: training-pool has no H100; it has A100-80G (48).',
    ]);
    assert.deepEqual(said(demand(1, 1, { pool: 'training-pol' })), [
      'There is no pool `training-pol` in this cluster. Did you mean `training-pool`?',
    ]);
    const two = stateOf([node('n1', { pool: 'a-pool' }), node('n2', { pool: 'z-pool' })], []);
    assert.deepEqual(said(demand(1), two, 'zh-cn'), ['此集群没有资源池 `training-pool`。现有：a-pool、z-pool']);
    assert.match(said(demand(1), stateOf([], []))[0] ?? '', /^There is no pool `training-pool`.* nor any other\./);
  });

  test('only whole GPUs serve a plain `gpu`: no other vendor, no slice, no share', () => {
    const offers = (gpus: number, resource: string, count: string) =>
      stateOf([node('n1', { ...POOL, gpus, more: { [resource]: count } })], []);
    assert.deepEqual(said(demand(8), offers(0, 'huawei.com/Ascend910', '8')), [
      'Impossible: training-pool has no GPUs of the kind that `gpu` asks for (`nvidia.com/gpu`); it has Ascend910 (8).',
    ]);
    assert.equal(judge(offers(0, 'nvidia.com/gpu.shared', '40'), demand(8)).is, 'no-gpus');
    const sliced = offers(1, 'nvidia.com/mig-3g.20gb', '7');
    assert.deepEqual(said(demand(8), sliced), ['Impossible: training-pool has 1 A100-80G in all, 8 are asked for.']);
    assert.deepEqual(said(demand(1, 1, { gpuType: 'mig-3g.20gb' }), sliced), [
      'Impossible: training-pool has no mig-3g.20gb; it has A100-80G (1).',
    ]);
    assert.equal(judge(sliced, demand(1)).is, 'fits');
  });

  test('GPUs of several types or of none are just GPUs, in both languages', () => {
    const mixed = stateOf([node('n1', { ...POOL, gpus: 2 }), node('n2', { ...POOL, gpus: 2, type: 'L40S' })], []);
    const unlabelled = stateOf([node('n1', { ...POOL, gpus: 4, type: '' })], []);
    for (const state of [mixed, unlabelled]) state.applyPods([{ type: 'set', item: toPod(pod('a', 'n1', 2)) }]);
    assert.deepEqual(said(demand(3), unlabelled), [
      'Not enough GPUs: training-pool has 2 of 4 GPUs free, 3 are asked for.',
    ]);
    const wanted = demand(4, 2);
    assert.deepEqual(said(wanted, mixed), ['Not enough GPUs: training-pool has 2 of 4 GPUs free, 4 are asked for.']);
    assert.deepEqual(said(wanted, mixed, 'zh-cn'), ['资源不足：training-pool 中 GPU 已用尽（请求 4 张，仅空闲 2 张）']);
    assert.deepEqual(said(demand(1, 1, { gpuType: 'H100' }), unlabelled), [
      'Impossible: training-pool has no H100; it has GPUs without a type (4).',
    ]);
  });

  test('nodes without a pool have a name that goes with every sentence', () => {
    const state = stateOf([node('n1', { gpus: 4 })], [pod('a', 'n1', 2)]);
    const wanted = demand(4, 1, { pool: undefined });
    assert.deepEqual(said(wanted, state), [
      'Not enough GPUs: the default pool (nodes in no pool) has 2 of 4 A100-80G free, 4 are asked for.',
    ]);
    assert.deepEqual(said(wanted, state, 'zh-cn'), [
      '资源不足：资源池 default 中 A100-80G GPU 已用尽（请求 4 张，仅空闲 2 张）',
    ]);
  });

  test('what nodes could hold that take no jobs now is not impossible', () => {
    assert.deepEqual(said(demand(40, 5)), [
      'Not enough GPUs for now: 16 of the 48 A100-80G of training-pool are on nodes that take no jobs at the moment; 40 are asked for, 32 can be used. Wait for those nodes, or ask for less.',
    ]);
    assert.deepEqual(said(demand(6, 6)), [
      'Not enough nodes for now: 6 with at least 1 A100-80G are needed, and of the 6 in training-pool 4 take jobs at the moment. Wait for the others, or ask for less on each node.',
    ]);
    const large = stateOf([node('n1', POOL), node('n2', POOL), node('n3', { ...POOL, gpus: 16, ready: false })], []);
    assert.deepEqual(said(demand(16), large), [
      'Not enough nodes for now: 1 with at least 16 A100-80G is needed, and of the 1 in training-pool 0 take jobs at the moment. Wait for the others, or ask for less on each node.',
    ]);
    const down = stateOf([node('n1', { ...POOL, cordoned: true })], []);
    assert.deepEqual(said(demand(8), down, 'zh-cn'), [
      '暂时不足：training-pool 的 8 张 A100-80G GPU 中有 8 张位于目前不接收任务的节点上（请求 8 张，可用 0 张）。请等待这些节点恢复，或减少请求',
    ]);
  });

  test('more nodes than there are is impossible, and is marked where the nodes are asked for', () => {
    const four = stateOf(
      ['n1', 'n2', 'n3', 'n4'].map((name) => node(name, POOL)),
      [],
    );
    const wanted = demand(6, 6);
    const [finding, ...others] = toCapacityFindings(plainAsk(four, wanted), judge(four, wanted));
    assert.deepEqual(others, []);
    assert.equal(finding?.code, 'capacity.too-few-nodes');
    assert.deepEqual(finding?.path, ['resources', 'nodeCount']);
    assert.equal(
      finding && toText(finding.message, 'en'),
      'Impossible: training-pool has 4 nodes with at least 1 A100-80G, 6 are asked for. Lower `nodeCount`.',
    );
  });

  test('findings are marked at the key that the document uses', () => {
    const wanted = demand(16, 2);
    const path = (...gpuKey: ['acceleratorCount'?]) =>
      toCapacityFindings(
        plainAsk(fourteenFree(), wanted),
        judge(fourteenFree(), wanted),
        gpuKey[0] && { gpuKey: gpuKey[0], spreads: true },
      )[0]?.path;
    assert.deepEqual(path(), ['resources', 'gpu']);
    assert.deepEqual(path('acceleratorCount'), ['resources', 'acceleratorCount']);
  });

  test('types match in any case, by label or by product; older labels count', () => {
    for (const gpuType of ['a100-80g', 'NVIDIA-A100-80G'])
      assert.equal(judge(fourteenFree(), demand(1, 1, { gpuType })).is, 'fits');
    const older = stateOf([node('n1', { ...POOL, prefix: 'runwhere.ai' })], []);
    assert.equal(judge(older, demand(8)).is, 'fits');
  });

  test('a taint that jobs do not tolerate makes a node unusable, that of GPU nodes does not', () => {
    assert.equal(judge(stateOf([node('n1', { ...POOL, taint: 'nvidia.com/gpu' })], []), demand(1)).is, 'fits');
    assert.equal(judge(stateOf([node('n1', { ...POOL, taint: 'dedicated' })], []), demand(1)).is, 'unavailable');
  });
});
