import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toAsk } from '../../server/src/capacity/ask.ts';
import { acceleratorOf } from '../../server/src/capacity/heldSite.ts';
import { judge } from '../../server/src/capacity/verdict.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import { isJob, type JobModel } from '../../server/src/kinds/kind.ts';
import { OFFLINE } from '../../server/src/kinds/manifests/site.ts';
import type { GpuctlError } from '../../server/src/operations/error.ts';
import { chooseRack } from '../../server/src/operations/rack.ts';
import { toPod } from '../../server/src/state/project.ts';
import type { NodeRecord } from '../../server/src/state/records.ts';
import { node, POOL, pod, stateOf } from './nodesAndPods.ts';

const LABEL = 'example.com/rack';

function model(resources: string, more = ''): JobModel {
  const text = `kind: training\njob: {name: a}\nenvironment: {image: b:1}\nresources: {pool: training-pool, ${resources}}\n${more}`;
  const read = readDocument(text, 'gpuctl')?.model;
  assert.ok(isJob(read), text);
  return read;
}
const required = (resources: string): JobModel => model(resources, 'distributed: {sameRack: required}\n');

/** Nodes `r1-a`, `r1-b` …: the rack is what stands before the dash. */
function racks(free: Record<string, number>): { state: ReturnType<typeof stateOf>; nodes: NodeRecord[] } {
  const names = Object.keys(free);
  const objects = names.map((name) => {
    const object = node(name, POOL);
    object.metadata.labels = { ...object.metadata.labels, [LABEL]: name.split('-')[0] ?? '' };
    return object;
  });
  const pods = names.map((name) => pod(`on-${name}`, name, 8 - (free[name] ?? 0)));
  const state = stateOf(objects, pods);
  return { state, nodes: [...state.nodes] };
}

function choose(free: Record<string, number>, job: JobModel, label: string | undefined = LABEL): string | undefined {
  const { state, nodes } = racks(free);
  const site = { ...OFFLINE, pool: { rackLabel: label }, nodes };
  return chooseRack(state, nodes, job, site)?.value;
}
const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as GpuctlError).code;
  }
  return 'none';
};

describe('the rack of a job that must stand in one', () => {
  test('is the fullest of those that hold it now', () => {
    const job = required('gpu: 8, nodeCount: 2');
    assert.equal(choose({ 'r1-a': 8, 'r1-b': 8, 'r1-c': 8, 'r2-a': 4, 'r2-b': 4 }, job), 'r2');
    assert.equal(choose({ 'r1-a': 4, 'r1-b': 3, 'r2-a': 0, 'r2-b': 4, 'r2-c': 4 }, job), 'r2');
  });

  test('is one that has room for all that the job asks for, not for its GPUs alone', () => {
    const { state, nodes } = racks({ 'r1-a': 4, 'r1-b': 4, 'r2-a': 8, 'r2-b': 8 });
    const busy = pod('busy', 'r1-a', 0);
    Object.assign(busy.spec as object, { priority: 1_000_000, containers: [{ resources: { limits: { cpu: '62' } } }] });
    state.applyPods([{ type: 'set', item: toPod(busy) }]);
    const job = required('gpu: 8, nodeCount: 2, cpu: 4');
    const site = { ...OFFLINE, pool: { rackLabel: LABEL }, nodes };
    assert.equal(chooseRack(state, nodes, job, site)?.value, 'r2');
    const verdict = judge(state, toAsk(job, site, state));
    assert.deepEqual(verdict.is === 'fits' && verdict.nodes, ['r2-a', 'r2-b']);
    const fuller = judge(state, toAsk(required('gpu: 8, nodeCount: 2'), site, state));
    assert.deepEqual(fuller.is === 'fits' && fuller.nodes, ['r1-a', 'r1-b']);
  });

  test('is one that can hold it later where none does now', () => {
    assert.equal(choose({ 'r1-a': 0, 'r2-a': 0, 'r2-b': 0 }, required('gpu: 8, nodeCount: 2')), 'r2');
  });

  test('is refused where no rack is large enough, or racks are not known', () => {
    const large = required('gpu: 32, nodeCount: 4');
    assert.equal(
      refusal(() => choose({ 'r1-a': 8, 'r1-b': 8, 'r2-a': 8 }, large)),
      'submit.no-rack',
    );
    assert.equal(
      refusal(() => choose({ 'r1-a': 8 }, large, 'other.example.com/rack')),
      'submit.racks-unknown',
    );
  });

  test('is not looked for where the job does not need one', () => {
    assert.equal(choose({ 'r1-a': 8 }, model('gpu: 32, nodeCount: 4')), undefined);
  });
});

describe('the resource by which GPUs are asked for', () => {
  const of = (job: JobModel, ...nodes: ReturnType<typeof node>[]) => acceleratorOf(job, [...stateOf(nodes, []).nodes]);
  const amd = node('m1', { ...POOL, gpus: 0, type: 'MI300X', more: { 'amd.com/gpu': '8' } });
  const mig = node('g1', { ...POOL, more: { 'nvidia.com/mig-1g.10gb': '7' } });

  test('is what the nodes of the pool have', () => {
    assert.equal(of(model('gpu: 1')), 'nvidia.com/gpu');
    assert.equal(of(model('gpu: 1'), amd), 'amd.com/gpu');
    assert.equal(of(model('gpu: 1'), amd, node('n1', POOL)), 'nvidia.com/gpu');
    assert.equal(of(model('gpu: 1'), node('elsewhere', { gpus: 0, more: { 'amd.com/gpu': '8' } })), 'nvidia.com/gpu');
  });

  test('is a slice where that is the GPU type', () => {
    assert.equal(of(model('gpu: 1'), mig), 'nvidia.com/gpu');
    assert.equal(of(model('gpu: 1, gpuType: mig-1g.10gb'), mig), 'nvidia.com/mig-1g.10gb');
  });
});
