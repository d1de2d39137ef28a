/** What is offered where a job does not fit: it must help, and leave the document right. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toText } from '../../l10n/index.ts';
import { withLiveFindings } from '../../server/src/capacity/liveRules.ts';
import { Outlook } from '../../server/src/capacity/outlook.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import { toTextChanges } from '../../server/src/model/edits.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import type { ClusterState } from '../../server/src/state/clusterState.ts';
import { toPool } from '../../server/src/state/project.ts';
import { toQuota } from '../../server/src/state/projectLimits.ts';
import { node, outlookOn, POOL, pod, stateOf } from './nodesAndPods.ts';

interface Wanted {
  kind?: string;
  command?: string;
  job?: string;
  pool?: string;
  resources: string;
  more?: string;
}
const document = ({ kind = 'training', command, job = '', pool = 'training-pool', resources, more = '' }: Wanted) => `\
kind: ${kind}
job: {name: a${job}}
environment:
  image: app:1
${command ? `  command: ${command}\n` : ''}resources:
${pool ? `  pool: ${pool}\n` : ''}  ${resources.replaceAll(', ', '\n  ')}
${more}`;

/** What is offered, and the documents that it leaves. */
function offers(wanted: Wanted, state: ClusterState, queues?: boolean): { title: string; text: string }[] {
  const text = document(wanted);
  const read = readDocument(text, 'gpuctl');
  assert.ok(read?.model, JSON.stringify(read?.findings));
  const { settings } = outlookOn(state);
  const before = new Set(read.findings);
  return withLiveFindings(read.findings, read, new Outlook(state, { ...settings, queues }), {})
    .filter((finding) => !before.has(finding))
    .flatMap(({ fixes = [] }) => fixes)
    .map(({ title, changes = [] }) => {
      const made = toTextChanges(changes, read.tree()) ?? [];
      const after = made
        .toSorted((a, b) => b.range.start - a.range.start)
        .reduce((all, { range, text }) => all.slice(0, range.start) + text + all.slice(range.end), text);
      return { title: toText(title, 'en'), text: after };
    });
}
const titles = (wanted: Wanted, state: ClusterState, queues?: boolean) =>
  offers(wanted, state, queues).map(({ title }) => title);

/** Errors of the documents that are offered. */
const errorsOf = (wanted: Wanted, state: ClusterState) =>
  offers(wanted, state).flatMap(({ text }) =>
    (readDocument(text, 'gpuctl')?.findings ?? [])
      .filter(({ severity }) => severity === 'error')
      .map(({ code }) => code),
  );

function withPools(state: ClusterState, pools: Record<string, string>): ClusterState {
  const items = Object.entries(pools).map(([name, site]) => {
    const metadata = { name: `gpuctl-pool-${name}`, namespace: 'default' };
    const data = { 'pool.yaml': `kind: pool\npool: {name: ${name}, site: {${site}}}\n` };
    const item = toPool({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
    assert.ok(item);
    return item;
  });
  state.applyPools([{ type: 'reset', items }]);
  return state;
}

const oneNode = (taken: number) => stateOf([node('n1', POOL)], taken ? [pod('x', 'n1', taken)] : []);
/** Somebody else's pod of a priority. */
function holder(name: string, on: string, requests: Record<string, string>, priority = 1_000_000): KubeObject {
  const made = pod(name, on, 0);
  return { ...made, spec: { nodeName: on, priority, containers: [{ resources: { requests } }] } };
}

describe('shapes that are offered', () => {
  const vllm = (size: number) => `[vllm, serve, Qwen/Qwen2.5-7B-Instruct, --tensor-parallel-size, "${size}"]`;

  test('leave the sizes right that a server is told', () => {
    const four = { kind: 'inference', command: vllm(4), resources: 'gpu: 4' };
    assert.deepEqual(errorsOf(four, oneNode(5)), []);
    assert.deepEqual(titles(four, oneNode(5)), []);
    const two = { ...four, resources: 'gpu: 4', more: 'service:\n  replicas: 2\n' };
    assert.deepEqual(titles(two, oneNode(3)), ['1 replica, 4 GPUs for each, fits now'], 'fewer replicas do');
  });

  test('are rather such that leave no GPU idle, though smaller', () => {
    const idle = { kind: 'inference', command: vllm(4), resources: 'gpu: 8' };
    assert.deepEqual(titles(idle, oneNode(2)), ['1 replica, 4 GPUs for each, fits now']);
  });

  test('may draw a warning where there is no better one', () => {
    const small = (name: string) => node(name, { ...POOL, gpus: 4 });
    const one = { command: '[torchrun, --nnodes=1, train.py]', resources: 'gpu: 8' };
    assert.deepEqual(titles(one, stateOf([small('n1'), small('n2')], [])), ['8 GPUs: 2 nodes × 4, fits now']);
  });

  test('leave the processes right that a launcher starts', () => {
    const job = { command: '[torchrun, --nproc_per_node=8, train.py]', resources: 'gpu: 8' };
    assert.deepEqual(errorsOf(job, oneNode(5)), []);
    assert.deepEqual(titles(job, oneNode(5)), []);
    const two = { ...job, resources: 'gpu: 16, nodeCount: 2' };
    assert.deepEqual(errorsOf(two, stateOf([node('n1', POOL), node('n2', POOL)], [pod('x', 'n2', 1)])), []);
    assert.deepEqual(titles({ ...job, command: '[torchrun, train.py]' }, oneNode(5)), ['3 GPUs: 1 node × 3, fits now']);
  });

  test('use the nodes that there are, though there be fewer', () => {
    assert.deepEqual(titles({ resources: 'gpu: 64, nodeCount: 64' }, oneNode(0)), ['8 GPUs: 1 node × 8, fits now']);
    assert.deepEqual(titles({ resources: 'gpu: 8, nodeCount: 8' }, oneNode(0)), ['8 GPUs: 1 node × 8, fits now']);
  });
});

describe('queues that are offered', () => {
  const queues = (resources: string, taken: number, site = 'queue: lq') =>
    titles({ resources }, withPools(oneNode(taken), { other: site })).filter((title) => /queue/.test(title));

  test('are for what waiting mends, and say of which namespace', () => {
    assert.deepEqual(queues('gpu: 8', 8), ['Wait in the queue `lq`, if namespace default has it']);
    assert.deepEqual(queues('gpu: 64', 0), []);
    assert.deepEqual(queues('gpu: 64, nodeCount: 8', 0), []);
  });

  test('are none where the cluster has no queues', () => {
    const state = withPools(oneNode(8), { other: 'queue: lq' });
    assert.deepEqual(titles({ resources: 'gpu: 8' }, state, false), []);
  });

  test('are not those of restricted pools', () => {
    assert.deepEqual(queues('gpu: 8', 8, 'queue: lq, restricted: true'), []);
  });
});

describe('pools that are offered', () => {
  const state = () =>
    withPools(stateOf([node('n1', { pool: 'vip' }), node('n2', POOL)], []), { vip: 'restricted: true' });

  test('are none that only some may use', () => {
    assert.deepEqual(titles({ pool: '', resources: 'gpu: 1' }, state()), [
      'Add `pool: training-pool`',
      'Add `pool: default`',
    ]);
    assert.deepEqual(titles({ pool: 'vib', resources: 'gpu: 1' }, state()), ['Change to `training-pool`']);
  });
});

describe('a higher priority', () => {
  const busy = () => stateOf([node('n1', POOL)], [{ ...pod('x', 'n1', 8), spec: lowly }]);
  const limits = { 'nvidia.com/gpu': '8' };
  const lowly = { nodeName: 'n1', priority: 600_000, containers: [{ resources: { limits } }] };
  const job = { resources: 'gpu: 8' };
  const urgent = (state: ClusterState) => titles(job, state).filter((title) => /priority/.test(title));

  test('is offered where it pushes others out', () => {
    assert.deepEqual(urgent(busy()), ['Set `priority: high`: pushes out x']);
  });

  test('is not where a quota of that priority is in the way', () => {
    const state = busy();
    const expression = { scopeName: 'PriorityClass', operator: 'In', values: ['gpuctl-high'] };
    const quota = toQuota({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'high', namespace: 'default' },
      spec: { scopeSelector: { matchExpressions: [expression] } },
      status: { hard: { 'requests.nvidia.com/gpu': '4' } },
    });
    assert.ok(quota);
    state.applyQuotas([{ type: 'set', item: quota }]);
    assert.deepEqual(urgent(state), []);
  });
});

describe('less memory or CPU', () => {
  const amounts = (wanted: Wanted, state: ClusterState) =>
    titles(wanted, state).filter((title) => /Ask for/.test(title));

  test('is as much as is free where the GPUs are', () => {
    const cores = holder('cores', 'n1', { cpu: '54' });
    const state = stateOf([node('n1', POOL), node('n2', POOL)], [cores, pod('gpus', 'n2', 8)]);
    assert.deepEqual(amounts({ resources: 'gpu: 8, cpu: 32' }, state), ['Ask for `cpu: 10`, which fits now']);
  });

  test('is for replicas that share a node, too', () => {
    const state = stateOf([node('n1', POOL)], [holder('cores', 'n1', { cpu: '40', memory: '412Gi' })]);
    const two = { kind: 'inference', more: 'service:\n  replicas: 2\n' };
    assert.deepEqual(amounts({ ...two, resources: 'gpu: 1, cpu: 20' }, state), ['Ask for `cpu: 12`, which fits now']);
    assert.deepEqual(amounts({ ...two, resources: 'gpu: 1, memory: 80Gi' }, state), [
      'Ask for `memory: 50Gi`, which fits now',
    ]);
  });

  test('is not offered as fitting where it would push others out', () => {
    const all = holder('all', 'n1', { cpu: '64' });
    const low = { ...pod('low', 'n1', 8), spec: { ...(pod('low', 'n1', 8).spec as object), priority: 1 } };
    const state = stateOf(
      [node('n1', POOL), node('n2', POOL)],
      [all, { ...low, spec: { ...low.spec, nodeName: 'n2' } }],
    );
    assert.deepEqual(amounts({ resources: 'gpu: 8, cpu: 128' }, state), []);
  });
});
