import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toText } from '../../l10n/index.ts';
import { toCapacityFindings } from '../../server/src/capacity/findings.ts';
import { countByType, nodeCapacity, poolCapacities } from '../../server/src/capacity/pools.ts';
import { judge } from '../../server/src/capacity/verdict.ts';
import type { Demand } from '../../server/src/kinds/kind.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { podRequests } from '../../server/src/state/amounts.ts';
import { ClusterState } from '../../server/src/state/clusterState.ts';
import { toNode, toPod } from '../../server/src/state/project.ts';

interface NodeOptions {
  pool?: string;
  gpus?: number;
  type?: string;
  cordoned?: boolean;
  ready?: boolean;
  taint?: string;
  prefix?: string;
}
function node(
  name: string,
  { pool, gpus = 8, type = 'A100-80G', cordoned, ready = true, taint, prefix = 'gpuctl' }: NodeOptions,
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        ...(pool && { [`${prefix}/pool`]: pool }),
        ...(gpus && { [`${prefix}/gpu-type`]: type, 'nvidia.com/gpu.product': `NVIDIA-${type}` }),
      },
    },
    spec: { unschedulable: cordoned, taints: taint ? [{ key: taint, effect: 'NoSchedule' }] : [] },
    status: {
      allocatable: { cpu: '64', memory: '512Gi', pods: '110', ...(gpus && { 'nvidia.com/gpu': String(gpus) }) },
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'Unknown' }],
    },
  };
}
function pod(name: string, on: string | undefined, gpus: number, phase = 'Running', more: object = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'others', uid: name, ...more },
    spec: { nodeName: on, containers: [{ resources: { limits: { 'nvidia.com/gpu': String(gpus) } } }] },
    status: { phase },
  };
}
function stateOf(nodes: KubeObject[], pods: KubeObject[]): ClusterState {
  const state = new ClusterState();
  state.applyNodes([{ type: 'reset', items: nodes.map(toNode) }]);
  state.applyPods([{ type: 'reset', items: pods.map(toPod) }]);
  return state;
}
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
const POOL = { pool: 'training-pool' };
/** 4 nodes × 8; free 0, 4, 3, 7. */
const fourteenFree = () =>
  stateOf(
    [
      node('n1', POOL),
      node('n2', POOL),
      node('n3', POOL),
      node('n4', POOL),
      node('n5', { ...POOL, cordoned: true }),
      node('n6', { ...POOL, ready: false }),
    ],
    [pod('a', 'n1', 8), pod('b', 'n2', 4), pod('c', 'n3', 5), pod('d', 'n4', 1)],
  );

describe('what a pool offers', () => {
  test('usable nodes count, cordoned and dead ones are told apart', () => {
    const [pool] = poolCapacities(fourteenFree());
    assert.deepEqual(pool?.gpus, [
      { type: 'A100-80G', total: 32, used: 18, free: 14, unavailable: 16, largestBlock: 7 },
    ]);
  });

  test('a pod holds its GPUs from the moment it is bound until it has ended', () => {
    const state = stateOf(
      [node('n1', POOL)],
      [
        pod('running', 'n1', 1),
        pod('bound', 'n1', 1, 'Pending'),
        pod('terminating', 'n1', 1, 'Running', { deletionTimestamp: '2026-01-01T00:00:00Z' }),
        pod('lost', 'n1', 1, 'Unknown'),
        pod('done', 'n1', 1, 'Succeeded'),
        pod('failed', 'n1', 1, 'Failed'),
        pod('pending', undefined, 4, 'Pending'),
      ],
    );
    assert.equal(countByType([...state.nodes].map((one) => nodeCapacity(state, one)))[0]?.free, 4);
  });

  test('sums follow every change of a pod', () => {
    const state = fourteenFree();
    const free = () => poolCapacities(state)[0]?.gpus[0]?.free;
    state.applyPods([{ type: 'set', item: toPod(pod('e', 'n4', 2)) }]);
    assert.equal(free(), 12);
    state.applyPods([{ type: 'set', item: toPod(pod('e', 'n4', 2, 'Succeeded')) }]);
    assert.equal(free(), 14);
    state.applyPods([{ type: 'remove', key: 'others/a' }]);
    assert.equal(free(), 22);
    state.applyPods([{ type: 'reset', items: [] }]);
    assert.equal(free(), 32);
  });

  test('what a pod asks for: containers together, or the largest init step with its sidecars', () => {
    const one = (gpus: string, more = {}) => ({ resources: { limits: { 'nvidia.com/gpu': gpus } }, ...more });
    assert.equal(podRequests({ containers: [one('1'), one('2')] }).gpus['nvidia.com/gpu'], 3);
    assert.equal(podRequests({ containers: [one('1')], initContainers: [one('4')] }).gpus['nvidia.com/gpu'], 4);
    assert.equal(
      podRequests({ containers: [one('1')], initContainers: [one('1', { restartPolicy: 'Always' }), one('2')] }).gpus[
        'nvidia.com/gpu'
      ],
      3,
    );
    assert.equal(
      podRequests({
        containers: [{ resources: { requests: { cpu: '250m' }, limits: { cpu: '1' } } }],
        overhead: { cpu: '50m' },
      }).cpuMillis,
      300,
    );
  });
});

describe('verdicts', () => {
  const said = (wanted: Demand, state = fourteenFree(), language: 'en' | 'zh-cn' = 'en') =>
    toCapacityFindings(wanted, judge(state, wanted)).map((finding) => toText(finding.message, language));

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
      'Fragmented: 6 A100-80G are free in training-pool, but only 0 nodes have 6 of them together, 1 is needed (largest block: 3). 2 nodes × 3 GPUs would fit now.',
    ]);
  });

  test('impossible: more than there is, no such type, no such pool', () => {
    assert.deepEqual(said(demand(64, 8)), ['Impossible: training-pool has 32 A100-80G in all, 64 are asked for.']);
    assert.deepEqual(said(demand(16, 1)), [
      'Impossible: no node of training-pool has 16 A100-80G (the largest has 8). Spread the job over more nodes with `nodeCount`.',
    ]);
    assert.deepEqual(said(demand(1, 1, { gpuType: 'H100' })), [
      'Impossible: training-pool has no H100; it has A100-80G (32).',
    ]);
    assert.deepEqual(said(demand(1, 1, { pool: 'training-pol' })), [
      'There is no pool `training-pol` in this cluster. Did you mean `training-pool`?',
    ]);
  });

  test('types match in any case, by label or by product; older labels count', () => {
    for (const gpuType of ['a100-80g', 'NVIDIA-A100-80G'])
      assert.equal(judge(fourteenFree(), demand(1, 1, { gpuType })).is, 'fits');
    const older = stateOf([node('n1', { ...POOL, prefix: 'runwhere.ai' })], []);
    assert.equal(judge(older, demand(8)).is, 'fits');
  });

  test('a taint that jobs do not tolerate makes a node unusable, that of GPU nodes does not', () => {
    assert.equal(judge(stateOf([node('n1', { ...POOL, taint: 'nvidia.com/gpu' })], []), demand(1)).is, 'fits');
    assert.equal(judge(stateOf([node('n1', { ...POOL, taint: 'dedicated' })], []), demand(1)).is, 'too-many');
  });
});
