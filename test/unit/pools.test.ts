import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { countByType, nodeCapacity, poolCapacities } from '../../server/src/capacity/pools.ts';
import { podRequests } from '../../server/src/state/amounts.ts';
import { toPod } from '../../server/src/state/project.ts';
import { fourteenFree, node, POOL, pod, stateOf } from './nodesAndPods.ts';

describe('what a pool offers', () => {
  test('usable nodes count, cordoned and dead ones are told apart', () => {
    const [pool] = poolCapacities(fourteenFree());
    assert.deepEqual(pool?.gpus, [
      { type: 'A100-80G', total: 32, used: 18, free: 14, unavailable: 16, largestBlock: 7 },
    ]);
  });

  test('GPUs that their driver takes for broken are told, and in no other number', () => {
    const half = node('n1', { ...POOL, gpus: 6 });
    const none = node('n2', { ...POOL, gpus: 0, type: '' });
    for (const one of [half, none]) Object.assign(one.status as object, { capacity: { 'nvidia.com/gpu': '8' } });
    none.metadata.labels = { ...none.metadata.labels, 'gpuctl/gpu-type': 'A100-80G' };
    const [pool] = poolCapacities(stateOf([half, none], []));
    assert.deepEqual(pool?.gpus, [
      { type: 'A100-80G', total: 6, used: 0, free: 6, unavailable: 0, largestBlock: 6, unhealthy: 10 },
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

  test('each kind of accelerator is counted by itself, whole GPUs first', () => {
    const slices = 'nvidia.com/mig-3g.20gb';
    const state = stateOf(
      [
        node('n1', { ...POOL, gpus: 1, more: { [slices]: '7' } }),
        node('n2', { ...POOL, gpus: 0, more: { 'huawei.com/Ascend910': '8', 'amd.com/gpu': '4', [slices]: '0' } }),
        node('n3', { ...POOL, gpus: 2, type: '' }),
      ],
      [pod('a', 'n1', 3, 'Running', {}, slices), pod('b', 'n1', 1)],
    );
    assert.deepEqual(
      poolCapacities(state)[0]?.gpus.map(({ type, used, total, largestBlock }) => [type, used, total, largestBlock]),
      [
        ['GPU', 0, 2, 2],
        ['A100-80G', 1, 1, 0],
        ['Ascend910', 0, 8, 8],
        ['mig-3g.20gb', 3, 7, 4],
        ['amd.com/gpu', 0, 4, 4],
      ],
    );
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
