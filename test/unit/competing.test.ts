/** Verdicts on jobs that compete: for priority, for a rack, for a quota, with their own pods of before, and with each other. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Ask, toAsk } from '../../server/src/capacity/ask.ts';
import { Outlook } from '../../server/src/capacity/outlook.ts';
import { judge } from '../../server/src/capacity/verdict.ts';
import { whenFree } from '../../server/src/capacity/whenFree.ts';
import { OFFLINE } from '../../server/src/kinds/manifests/site.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import type { ClusterState } from '../../server/src/state/clusterState.ts';
import { toNode, toWorkload } from '../../server/src/state/project.ts';
import { toDefaults, toPriority, toQuota } from '../../server/src/state/projectLimits.ts';
import { modelOf, stateOfCase } from '../cluster/randomCluster.ts';
import { foretold, readFixtures } from '../cluster/schedulerFixtures.ts';
import { ask, container, GPU, nodesOf, wanting } from './asks.ts';
import { node, POOL, pod, stateOf } from './nodesAndPods.ts';

/** A pod of somebody with a priority; `job` names the job it belongs to. */
function held(name: string, on: string, gpus: number, priority: number, more: { job?: string; since?: string } = {}) {
  const { job, since = '2026-11-22T08:00:00Z' } = more;
  const labels = job && { labels: { 'batch.kubernetes.io/job-name': job } };
  const one = pod(name, on, gpus, 'Running', { ...labels, ...(job && { namespace: 'team' }) });
  Object.assign(one.spec as object, { priority });
  Object.assign(one.status as object, { containerStatuses: [{ state: { running: { startedAt: since } } }] });
  return one;
}
const nodes = (...names: string[]) => names.map((name) => node(name, POOL));
const high: Partial<Ask> = { priority: { value: 1_000_000, preempts: true } };
const victims = (state: ClusterState, job: Ask) => {
  const verdict = judge(state, job);
  assert.equal(verdict.is, 'preempts');
  return verdict.is === 'preempts' ? verdict.victims.map(({ job }) => job).toSorted() : [];
};

describe('priority', () => {
  test('pushes out who has less, not who has as much, and not with a class that never does', () => {
    const state = stateOf(nodes('n1', 'n2'), [held('low', 'n1', 8, 100), held('same', 'n2', 8, 1_000_000)]);
    assert.deepEqual(nodesOf(judge(state, wanting(8, {}, high))), ['n1']);
    assert.equal(judge(state, wanting(8, {}, { ...high, pods: 2 })).is, 'insufficient');
    assert.equal(judge(state, wanting(8, {}, { priority: { value: 1_000_000, preempts: false } })).is, 'insufficient');
    assert.equal(judge(state, wanting(8, {}, { priority: { value: 100, preempts: true } })).is, 'insufficient');
  });

  test('of those on a node only who must go goes, the more important spared first', () => {
    const state = stateOf(nodes('n1'), [
      held('lowest', 'n1', 2, 0),
      held('older', 'n1', 2, 100, { since: '2026-11-22T07:00:00Z' }),
      held('newer', 'n1', 2, 100),
      held('more', 'n1', 2, 500),
    ]);
    assert.deepEqual(victims(state, wanting(4, {}, high)), ['lowest', 'newer']);
    assert.deepEqual(victims(state, wanting(2, {}, high)), ['lowest']);
  });

  test('of nodes that one where the least important go, and no more pods than are missing', () => {
    const state = stateOf(nodes('n1', 'n2', 'n3'), [
      held('a', 'n1', 8, 500),
      held('b', 'n2', 4, 100, { since: '2026-11-22T09:00:00Z' }),
      held('c', 'n2', 4, 100),
      held('d', 'n3', 8, 100),
    ]);
    assert.deepEqual(victims(state, wanting(8, {}, high)), ['d']);
    assert.deepEqual(victims(state, wanting(4, {}, high)), ['b']);
    assert.deepEqual(victims(state, wanting(8, {}, { ...high, pods: 3 })), ['a', 'b', 'c', 'd']);
    const free = stateOf(nodes('n1', 'n2'), [held('a', 'n1', 8, 100)]);
    assert.deepEqual(victims(free, wanting(8, {}, { ...high, pods: 2 })), ['a']);
  });

  test('who is going already cannot be pushed out: it is waited for', () => {
    const going = held('going', 'n1', 8, 100);
    (going.metadata as { deletionTimestamp?: string }).deletionTimestamp = '2026-11-22T10:00:00Z';
    assert.equal(judge(stateOf(nodes('n1'), [going]), wanting(8, {}, high)).is, 'insufficient');
  });

  test('the class is the cluster’s own where it has it, else what ours will be', () => {
    const model = modelOf(document('a', 'gpu: 1', 'high'));
    assert.ok(model);
    const state = stateOf(nodes('n1'), []);
    assert.deepEqual(toAsk(model, OFFLINE, state).priority, { value: 1_000_000, preempts: true });
    const own = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'gpuctl-high' } };
    const item = toPriority({ ...own, value: 7, preemptionPolicy: 'Never' } as KubeObject);
    state.applyPriorities([{ type: 'reset', items: [item] }]);
    assert.deepEqual(toAsk(model, OFFLINE, state).priority, { value: 7, preempts: false });
  });
});

describe('one rack', () => {
  const inRack = (name: string, rack: string) => {
    const one = node(name, POOL);
    one.metadata.labels = { ...one.metadata.labels, rack };
    return one;
  };
  const four = [inRack('n1', 'a'), inRack('n2', 'a'), inRack('n3', 'b'), inRack('n4', 'b')];
  const job = (gpus: number, pods: number, more: Partial<Ask> = {}) =>
    wanting(gpus, {}, { pods, rackLabel: 'rack', ...more });

  test('holds all of it now, after pushing, later, or never', () => {
    const state = stateOf(four, [held('a', 'n1', 8, 2_000_000), held('b', 'n3', 8, 100)]);
    assert.deepEqual(nodesOf(judge(state, job(4, 2))), ['n2']);
    assert.deepEqual(nodesOf(judge(state, job(8, 2))), ['n3', 'n4']);
    const verdict = judge(state, job(8, 2, { priority: { value: 0, preempts: true } }));
    assert.deepEqual(verdict, { is: 'racks-full', most: 1, wanted: 2 });
    assert.deepEqual(judge(state, job(8, 3)), { is: 'no-rack', most: 2, wanted: 3 });
    assert.deepEqual(judge(state, job(8, 2, { rackLabel: 'none' })), { is: 'no-rack', most: undefined, wanted: 2 });
  });
});

describe('a quota', () => {
  const quota = (hard: Record<string, string>, used: Record<string, string>, spec: object = {}) =>
    toQuota({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'team', namespace: 'team' },
      spec,
      status: { hard, used },
    });
  const byClass = (operator: string, values?: string[]) => ({
    scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator, values }] },
  });
  function under(record: ReturnType<typeof quota>, pods: KubeObject[] = []) {
    const state = stateOf(nodes('n1', 'n2'), pods);
    state.applyQuotas([{ type: 'reset', items: record ? [record] : [] }]);
    return state;
  }
  const GPUS = `requests.${GPU}`;

  test('is in the way for a while, or for ever', () => {
    const state = under(quota({ [GPUS]: '8' }, { [GPUS]: '4' }));
    assert.equal(judge(state, wanting(4)).is, 'fits');
    const verdict = judge(state, wanting(3, {}, { pods: 2 }));
    const numbers = { quota: 'team', namespace: 'team', resource: GPU, asked: 6, used: 4, hard: 8 };
    assert.deepEqual(verdict, { is: 'quota', ...numbers, never: false });
    assert.equal((judge(state, wanting(5, {}, { pods: 2 })) as { never: boolean }).never, true);
  });

  test('counts pods, cpu and memory, and only the pods that it is for', () => {
    const cpu = ask({ containers: [container({ cpu: '3' })], priorityClassName: 'gpuctl-low' });
    assert.equal(judge(under(quota({ 'limits.cpu': '2' }, {})), cpu).is, 'quota');
    assert.equal(judge(under(quota({ 'requests.cpu': '3' }, {})), cpu).is, 'fits');
    assert.equal(judge(under(quota({ pods: '4' }, { pods: '4' })), cpu).is, 'quota');
    assert.equal(judge(under(quota({ 'requests.memory': '4Gi' }, {})), cpu).is, 'unsaid');
    const full = (spec: object, job = cpu) => judge(under(quota({ pods: '4' }, { pods: '4' }, spec)), job).is;
    assert.equal(full(byClass('In', ['gpuctl-high'])), 'fits');
    assert.equal(full(byClass('In', ['gpuctl-low'])), 'quota');
    assert.equal(full(byClass('NotIn', ['gpuctl-low'])), 'fits');
    assert.equal(full(byClass('NotIn', ['gpuctl-high'])), 'quota');
    assert.equal(full(byClass('Exists')), 'quota');
    assert.equal(full({ scopes: ['Terminating'] }), 'fits');
    assert.equal(full({ scopes: ['NotTerminating'] }), 'quota');
    assert.equal(full({ scopes: ['BestEffort'] }), 'fits');
    assert.equal(full({ scopes: ['NotBestEffort'] }), 'quota');
    assert.equal(full({ scopes: ['BestEffort'] }, wanting(1)), 'quota', 'GPUs alone are no effort');
    assert.equal(full({ scopes: ['NotBestEffort'] }, wanting(1)), 'fits');
  });

  test('gives back what pods of the job itself hold, and nodes do', () => {
    const own = held('job-1', 'n1', 8, 500_000, { job: 'job' });
    const state = under(quota({ [GPUS]: '8' }, { [GPUS]: '8' }), [own, held('x', 'n2', 8, 2_000_000)]);
    assert.deepEqual(nodesOf(judge(state, wanting(8))), ['n1']);
    assert.equal(judge(state, wanting(8, {}, { name: 'other' })).is, 'quota');
    const more = judge(state, wanting(8, {}, { ...high, pods: 2 }));
    assert.ok(more.is === 'quota' && more.never, 'its own pods are nobody to push out');
  });
});

test('what a job does not name, its namespace gives', () => {
  const state = stateOf([node('n1', { ...POOL, more: { cpu: '4' } })], []);
  const limits = [{ type: 'Container', default: { cpu: '8' }, defaultRequest: { cpu: '6' } }];
  const range = { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'd', namespace: 'team' }, spec: { limits } };
  state.applyDefaults([{ type: 'reset', items: [toDefaults(range) ?? []].flat() }]);
  const of = (resources: string) => new Outlook(state, SETTINGS).verdict(modelIn(document('a', resources)));
  assert.equal(of('gpu: 1').is, 'too-large');
  assert.equal(of('gpu: 1, cpu: 2').is, 'fits');
  const quota = (hard: Record<string, string>) => {
    const metadata = { name: 'q', namespace: 'team' };
    const record = toQuota({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, status: { hard } });
    state.applyQuotas([{ type: 'reset', items: record ? [record] : [] }]);
    state.applyNodes([{ type: 'reset', items: [toNode(node('n1', POOL))] }]);
  };
  quota({ 'requests.cpu': '6' });
  assert.equal(of('gpu: 1').is, 'fits');
  quota({ 'limits.cpu': '7' });
  assert.equal(of('gpu: 1').is, 'quota');
  quota({ 'limits.memory': '7Gi' });
  assert.equal(of('gpu: 1').is, 'unsaid');
});

describe('several documents', () => {
  test('each beside those before it that run, packed so that blocks stay', () => {
    const state = stateOf(nodes('n1', 'n2'), [held('x', 'n1', 4, 2_000_000)]);
    const models = ['gpu: 4', 'gpu: 8', 'gpu: 1'].map((resources, index) =>
      modelIn(document(`job-${index}`, resources)),
    );
    const verdicts = new Outlook(state, SETTINGS).together(models);
    assert.deepEqual(verdicts.map(nodesOf), [['n1', 'n2'], ['n2'], 'insufficient']);
  });
});

describe('when there is room', () => {
  const training = (name: string, seconds?: number) =>
    toWorkload({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, namespace: 'team', uid: name, labels: { 'gpuctl/job-type': 'training' } },
      spec: { activeDeadlineSeconds: seconds },
      status: { startTime: '2026-11-22T08:00:00Z' },
    });
  const state = stateOf(nodes('n1', 'n2', 'n3'), [
    held('a-0', 'n1', 8, 2_000_000, { job: 'a' }),
    held('b-0', 'n2', 6, 2_000_000, { job: 'b' }),
    held('c-0', 'n2', 2, 2_000_000, { job: 'c' }),
    held('d-0', 'n3', 8, 2_000_000, { job: 'd' }),
  ]);
  const NOW = '2026-11-22T08:00:30Z';
  const limited = (seconds: Record<string, number>) => {
    const items = ['a', 'b', 'c', 'd'].flatMap((name) => training(name, seconds[name]) ?? []);
    state.applyWorkloads('Job', [{ type: 'reset', items }]);
    return (gpus: number, pods = 1) => {
      const found = whenFree(state, wanting(gpus, {}, { pods }), Date.parse(NOW));
      return found && [found.jobs.map(({ job }) => job), found.at];
    };
  };

  test('by time limits: at the end of the last that must end, without those that make no difference', () => {
    const when = limited({ a: 7200, b: 3600, c: 60 });
    assert.deepEqual(when(2), [['c'], '2026-11-22T08:01:00.000Z']);
    assert.deepEqual(when(8), [['c', 'b'], '2026-11-22T09:00:00.000Z']);
    assert.deepEqual(when(8, 2), [['c', 'b', 'a'], '2026-11-22T10:00:00.000Z']);
  });

  test('without them: the smallest that is enough alone, else as many as it takes', () => {
    const when = limited({});
    assert.deepEqual(when(2), [['c'], undefined]);
    assert.deepEqual(when(4), [['b'], undefined]);
    assert.deepEqual(when(8, 2), [['a', 'd'], undefined]);
    assert.equal(when(9), undefined);
  });
});

test('cases that once came out otherwise than foretold', () => {
  const fixtures = readFixtures();
  assert.ok(fixtures.length > 0);
  for (const fixture of fixtures) {
    const outlook = new Outlook(stateOfCase(fixture), { ...SETTINGS, namespace: fixture.namespace });
    const verdict = outlook.verdict(modelIn(fixture.text));
    assert.equal(foretold(verdict), fixture.outcome, `${fixture.seed}: ${fixture.about}; now ${verdict.is}`);
  }
});

const SETTINGS = { namespace: 'team', labelPrefix: undefined, prometheus: undefined };

function document(name: string, resources: string, priority = 'medium'): string {
  return `kind: training
job: {name: ${name}, namespace: team, priority: ${priority}}
environment: {image: example/train:1, command: [python, train.py]}
resources: {pool: training-pool, ${resources}}
`;
}

function modelIn(text: string) {
  const model = modelOf(text);
  assert.ok(model, text);
  return model;
}

describe('what lacks', () => {
  test('beside the GPUs is told, where no resource is short by itself', () => {
    const memory = (name: string, on: string, gpus: number, amount: string) =>
      pod(name, on, gpus, 'Running', {}, GPU, amount);
    const state = stateOf(nodes('n1', 'n2'), [memory('a', 'n1', 0, '500Gi'), memory('b', 'n2', 8, '1Gi')]);
    const verdict = judge(state, ask({ containers: [container({ [GPU]: 4, memory: '100Gi' })] }));
    assert.deepEqual(verdict, {
      is: 'short',
      resource: 'memory',
      perPod: 100 * 2 ** 30,
      places: 0,
      largest: 12 * 2 ** 30,
      wanted: 1,
    });
  });
});

describe('who must end', () => {
  const training = (gpus: number, more: Partial<Ask> = {}) =>
    wanting(gpus, {}, { ...more, priority: { value: 0, preempts: false } });

  test('is nobody whose time is over, and no time that is past', () => {
    const state = stateOf(nodes('n1'), [held('late-0', 'n1', 8, 1_000_000, { job: 'late' })]);
    const late = toWorkload({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'late', namespace: 'team', labels: { 'gpuctl/job-type': 'training' } },
      spec: { activeDeadlineSeconds: 60 },
      status: { startTime: '2026-11-22T08:00:00Z' },
    });
    state.applyWorkloads('Job', [{ type: 'reset', items: late ? [late] : [] }]);
    const found = whenFree(state, training(8), Date.parse('2026-11-22T09:00:00Z'));
    assert.deepEqual([found?.jobs.map(({ job }) => job), found?.at], [['late'], undefined]);
  });

  test('is in a rack, where the job must be in one', () => {
    const racked = [node('n1', { ...POOL, rack: 'r1' }), node('n2', { ...POOL, rack: 'r1' }), ...nodes('n3', 'n4')];
    const state = stateOf(racked, [
      held('x-0', 'n1', 8, 1_000_000, { job: 'x' }),
      held('y-0', 'n3', 8, 1_000_000, { job: 'y' }),
    ]);
    const found = whenFree(state, training(8, { pods: 2, rackLabel: 'topology.kubernetes.io/rack' }));
    assert.deepEqual(
      found?.jobs.map(({ job }) => job),
      ['x'],
    );
  });

  test('is none of those that run on every node: what they hold, nobody has', () => {
    const daemon = pod('exporter-x', 'n1', 0, 'Running', {
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'exporter', uid: '1' }],
    });
    Object.assign(daemon.spec as object, { containers: [container({ cpu: 2 })] });
    const state = stateOf(nodes('n1'), [daemon]);
    const all = ask({ containers: [container({ cpu: 64 })] });
    assert.equal(judge(state, all).is, 'too-large');
    assert.equal(judge(state, ask({ containers: [container({ cpu: 62 })] })).is, 'fits');
    assert.equal(whenFree(state, all), undefined);
  });
});

describe('jobs of one file', () => {
  const yaml = (name: string, gpus: number) =>
    `kind: training\njob: {name: ${name}, namespace: team}\nenvironment: {image: x:1, command: [a]}\nresources: {pool: training-pool, gpu: ${gpus}}\n`;
  const workload = (name: string, status: object = {}) =>
    toWorkload({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, namespace: 'team', labels: { 'gpuctl/job-type': 'training', 'gpuctl/pool': 'training-pool' } },
      spec: { parallelism: 1, template: { spec: { containers: [container({ [GPU]: 4 })] } } },
      status,
    });
  const judged = (state: ClusterState, ...texts: string[]) => {
    const outlook = new Outlook(state, SETTINGS);
    return outlook.together(texts.map(modelIn)).map(({ is }) => is);
  };

  test('that run already, or have ended, take nothing again', () => {
    const state = stateOf(nodes('n1'), [held('a-0', 'n1', 4, 500_000, { job: 'a' })]);
    state.applyWorkloads('Job', [{ type: 'reset', items: [workload('a')].filter((one) => one !== undefined) }]);
    assert.deepEqual(judged(state, yaml('a', 4), yaml('b', 4)), ['fits', 'fits']);
    assert.deepEqual(judged(state, yaml('a', 8), yaml('b', 4)), ['fits', 'insufficient']);
    const ended = workload('a', { conditions: [{ type: 'Complete', status: 'True' }] });
    const empty = stateOf(nodes('n1'), []);
    empty.applyWorkloads('Job', [{ type: 'reset', items: ended ? [ended] : [] }]);
    assert.deepEqual(judged(empty, yaml('a', 8), yaml('b', 8)), ['fits', 'fits']);
  });

  test('share the quota of their namespace', () => {
    const state = stateOf(nodes('n1', 'n2'), []);
    const metadata = { name: 'q', namespace: 'team' };
    const status = { hard: { 'requests.nvidia.com/gpu': '8' } };
    const quota = toQuota({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, status });
    state.applyQuotas([{ type: 'reset', items: quota ? [quota] : [] }]);
    assert.deepEqual(judged(state, yaml('a', 8), yaml('b', 8)), ['fits', 'quota']);
  });

  test('hold what they ask for only while they run as the document asks', () => {
    const state = stateOf(nodes('n1'), [held('a-0', 'n1', 4, 500_000, { job: 'a' })]);
    state.applyWorkloads('Job', [{ type: 'reset', items: [workload('a')].filter((one) => one !== undefined) }]);
    const holds = (text: string) => new Outlook(state, SETTINGS).holds(modelIn(text));
    assert.equal(holds(yaml('a', 4)), true);
    assert.equal(holds(yaml('a', 4).replace('gpu: 4', 'gpu: 4, memory: 64Gi')), false);
    assert.equal(holds(yaml('a', 4).replace('gpu: 4', 'gpu: 4, gpuType: H100')), false);
    state.applyPods([{ type: 'reset', items: [] }]);
    assert.equal(holds(yaml('a', 4)), false);
  });

  test('are in no queue of a cluster that has none', () => {
    const state = stateOf(nodes('n1'), []);
    const model = modelIn(yaml('a', 4).replace('gpu: 4', 'gpu: 4, queue: team'));
    assert.equal(new Outlook(state, SETTINGS).verdict(model).is, 'queued');
    assert.equal(new Outlook(state, { ...SETTINGS, queues: false }).verdict(model).is, 'fits');
  });
});
