import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toText } from '../../l10n/index.ts';
import { plainAsk } from '../../server/src/capacity/ask.ts';
import { toCapacityFindings } from '../../server/src/capacity/findings.ts';
import { judge as judgeAsk } from '../../server/src/capacity/verdict.ts';
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
