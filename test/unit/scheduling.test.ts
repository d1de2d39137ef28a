/** The verdict's model of the scheduler, rule by rule. That the rules are the scheduler's is proved by `test/cluster/scheduler.test.ts`. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pushesInPart } from '../../server/src/capacity/inPart.ts';
import { judge, runs } from '../../server/src/capacity/verdict.ts';
import { podRequests } from '../../server/src/state/amounts.ts';
import type { ClusterState } from '../../server/src/state/clusterState.ts';
import { toNode, toPod } from '../../server/src/state/project.ts';
import { ask, container, GPU, nodesOf, wanting } from './asks.ts';
import { node, POOL, pod, stateOf } from './nodesAndPods.ts';

const nodesFor = (state: ClusterState, spec: object) => nodesOf(judge(state, wanting(1, spec)));
const labelled = (name: string, labels: Record<string, string>) => {
  const one = node(name, POOL);
  one.metadata.labels = { ...one.metadata.labels, ...labels };
  return one;
};

describe('where a pod may go', () => {
  const state = stateOf(
    [labelled('n1', { size: '8', zone: 'a' }), labelled('n2', { size: '16' }), node('n3', POOL)],
    [],
  );
  const where = (...matchExpressions: object[]) =>
    nodesFor(state, {
      affinity: {
        nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } },
      },
    });

  test('by labels', () => {
    assert.deepEqual(nodesFor(state, { nodeSelector: { zone: 'a' } }), ['n1']);
    assert.deepEqual(where({ key: 'size', operator: 'In', values: ['8', '16'] }), ['n1', 'n2']);
    assert.deepEqual(where({ key: 'size', operator: 'NotIn', values: ['8'] }), ['n2', 'n3']);
    assert.deepEqual(where({ key: 'size', operator: 'Exists' }), ['n1', 'n2']);
    assert.deepEqual(where({ key: 'size', operator: 'DoesNotExist' }), ['n3']);
    assert.deepEqual(where({ key: 'size', operator: 'Gt', values: ['8'] }), ['n2']);
    assert.deepEqual(where({ key: 'size', operator: 'Lt', values: ['16'] }), ['n1']);
    assert.deepEqual(where({ key: 'size', operator: 'Exists' }, { key: 'zone', operator: 'Exists' }), ['n1']);
  });

  test('any one term will do, an empty one will not, and a term may name nodes', () => {
    const terms = [
      { matchExpressions: [{ key: 'zone', operator: 'Exists' }] },
      { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n3'] }] },
      {},
    ];
    const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } };
    assert.deepEqual(nodesFor(state, { affinity: { nodeAffinity: required } }), ['n1', 'n3']);
  });

  test('taints keep off who does not tolerate them; one that only prefers does not', () => {
    const tainted = (name: string, key: string, value: string, effect: string) => ({
      ...node(name, POOL),
      spec: { taints: [{ key, value, effect }] },
    });
    const all = stateOf(
      [
        tainted('n1', 'team', 'vision', 'NoSchedule'),
        tainted('n2', 'team', 'speech', 'NoExecute'),
        tainted('n3', 'spot', '', 'PreferNoSchedule'),
        node('n4', { ...POOL, cordoned: true }),
        node('n5', { ...POOL, ready: false }),
      ],
      [],
    );
    assert.deepEqual(nodesFor(all, {}), ['n3']);
    const with1 = (toleration: object) => nodesFor(all, { tolerations: [toleration] });
    assert.deepEqual(with1({ key: 'team', value: 'vision' }), ['n1', 'n3']);
    assert.deepEqual(with1({ key: 'team', operator: 'Exists' }), ['n1', 'n2', 'n3']);
    assert.deepEqual(with1({ key: 'team', operator: 'Exists', effect: 'NoSchedule' }), ['n1', 'n3']);
    assert.deepEqual(with1({ operator: 'Exists' }), ['n1', 'n2', 'n3']);
    assert.deepEqual(with1({ key: 'team', value: 'audio' }), ['n3']);
  });
});

test('what does not fit as a whole may push out others for a part of it', () => {
  const holding = (name: string, at: string, gpus: number, priority: number) => {
    const one = pod(name, at, gpus);
    Object.assign(one.spec as object, { priority });
    return one;
  };
  const nodes = ['n1', 'n2', 'n3'].map((name) => node(name, POOL));
  const equal = holding('b', 'n2', 8, 500_000);
  const part = (others: ReturnType<typeof pod>[], more: object = {}) => {
    const found = pushesInPart(stateOf(nodes, others), wanting(8, {}, { pods: 3, ...more }));
    return found && [found.places, found.victims.map(({ job }) => job)];
  };
  const low = [holding('a', 'n1', 1, 100), equal];
  assert.deepEqual(part([...low, holding('c', 'n3', 8, 500_000)]), [1, ['a']]);
  assert.deepEqual(part(low), [2, ['a']], 'beside the one that finds a free node');
  assert.equal(part(low, { priority: { value: 0, preempts: true } }), undefined);
  assert.equal(part(low, { priority: { value: 500_000, preempts: false } }), undefined, 'who pushes out nobody');
  assert.equal(part([equal, holding('c', 'n3', 8, 500_000)]), undefined, 'where the part has room as it is');
});

test('what changes is seen by the next verdict', () => {
  const state = stateOf([node('n1', POOL), node('n2', POOL)], [pod('a', 'n1', 8)]);
  const set = (name: string, options: object) =>
    state.applyNodes([{ type: 'set', item: toNode(node(name, { ...POOL, ...options })) }]);
  const holds = (name: string, gpus: number, priority: number) => {
    const one = pod(name, 'n2', gpus);
    Object.assign(one.spec as object, { priority });
    state.applyPods([{ type: 'set', item: toPod(one) }]);
  };
  const whole = (more: object = {}) => nodesOf(judge(state, wanting(8, {}, more)));
  assert.deepEqual(whole(), ['n2']);
  holds('b', 1, 100);
  assert.equal(judge(state, wanting(8)).is, 'preempts');
  holds('b', 1, 900_000);
  assert.equal(whole(), 'insufficient');
  state.applyPods([{ type: 'remove', key: 'others/a' }]);
  assert.deepEqual(whole(), ['n1']);
  set('n1', { cordoned: true });
  assert.equal(whole(), 'insufficient');
  state.applyNodes([{ type: 'remove', key: 'n2' }]);
  set('n2', {});
  assert.deepEqual(nodesOf(judge(state, wanting(7))), ['n2']);
  assert.equal(whole(), 'insufficient', 'a node that comes back has its pods');
});

describe('what is taken', () => {
  test('init containers one after the other, sidecars beside all that follow, and overhead', () => {
    const spec = {
      initContainers: [
        container({ cpu: '6' }),
        container({ cpu: '2' }, { restartPolicy: 'Always' }),
        container({ cpu: '5' }),
      ],
      containers: [container({ cpu: '3' })],
      overhead: { cpu: '250m' },
    };
    assert.equal(podRequests(spec).cpuMillis, 7250); // 2 + 5; 3 + 2 and 6 are less
  });

  test('what is said for the whole pod stands in place of its containers’ cpu and memory', () => {
    const spec = { containers: [container({ cpu: '3', [GPU]: 2 })], resources: { limits: { cpu: '9' } } };
    assert.deepEqual(podRequests(spec), { cpuMillis: 9000, memoryBytes: 0, gpus: { [GPU]: 2 }, others: {} });
  });

  test('a pod that is being made smaller holds what it had', () => {
    const spec = { containers: [{ name: 'main', ...container({ cpu: '2' }) }] };
    assert.equal(podRequests(spec, [{ name: 'main', allocatedResources: { cpu: '6' } }]).cpuMillis, 6000);
    assert.equal(podRequests(spec, [{ name: 'main', allocatedResources: { cpu: '1' } }]).cpuMillis, 2000);
  });

  test('until it has ended: also by who is going, and by who a node is being emptied for', () => {
    const going = { deletionTimestamp: '2026-11-22T10:00:00Z' };
    const nominated = pod('d', undefined, 8, 'Pending');
    Object.assign(nominated.status as object, { nominatedNodeName: 'n4' });
    const state = stateOf(
      ['n1', 'n2', 'n3', 'n4'].map((name) => node(name, POOL)),
      [pod('a', 'n1', 8, 'Running', going), pod('b', 'n2', 8, 'Succeeded'), pod('c', 'n3', 8, 'Unknown'), nominated],
    );
    assert.deepEqual(nodesOf(judge(state, wanting(1, {}, { priority: { value: 0, preempts: true } }))), ['n2']);
  });

  test('by the number of pods, and of any resource of any vendor', () => {
    const nodes = [
      node('n1', { ...POOL, more: { pods: '1' } }),
      node('n2', { ...POOL, more: { 'rdma/hca': '1', pods: '110' } }),
    ];
    const state = stateOf(nodes, [pod('a', 'n1', 0)]);
    assert.deepEqual(nodesFor(state, {}), ['n2']);
    const rdma = ask({ containers: [container({ 'rdma/hca': 1 })] }, { pods: 2 });
    const verdict = judge(state, rdma);
    assert.equal(verdict.is === 'too-large' && verdict.resource, 'rdma/hca');
  });

  test('ports of the node, which an init container does not keep', () => {
    const ports = [{ containerPort: 80, hostPort: 8080 }];
    const beside = (spec: object) => {
      const one = pod('a', 'n1', 0);
      Object.assign(one.spec as object, spec);
      return stateOf([node('n1', POOL)], [one]);
    };
    const wants = { containers: [container({ [GPU]: 1 }, { ports })] };
    const holding = { priority: 0, containers: [container({}, { ports })] };
    assert.equal(judge(beside(holding), ask(wants)).is, 'preempts');
    assert.ok(!runs(judge(beside({ ...holding, priority: 900_000 }), ask(wants))));
    assert.equal(judge(beside({ containers: [], initContainers: holding.containers }), ask(wants)).is, 'fits');
    const inNodesNetwork = { hostNetwork: true, containers: [container({}, { ports: [{ containerPort: 8080 }] })] };
    assert.ok(!runs(judge(beside(inNodesNetwork), ask(wants))));
    assert.equal(judge(stateOf([node('n1', POOL)], []), ask(wants, { pods: 2 })).is, 'too-few-nodes');
  });

  test('one pod a node where they are kept apart', () => {
    const required = [{ topologyKey: 'kubernetes.io/hostname' }];
    const apart = { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } } };
    const state = stateOf([node('n1', POOL)], []);
    assert.equal(judge(state, wanting(4, {}, { pods: 2 })).is, 'fits');
    assert.equal(judge(state, wanting(4, apart, { pods: 2 })).is, 'too-few-nodes');
  });
});
