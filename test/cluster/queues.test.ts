/**
 * Trainings in a queue, with the real types of Kueue. Its controller is not there: what it would do, and when, the tests do by hand, as its
 * source has it (v0.19, `pkg/controller/jobframework/reconciler.go`).
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { readDocument } from '../../server/src/kinds/document.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { start, stop } from '../../server/src/operations/lifecycle.ts';
import type { Cluster } from '../../server/src/operations/ports.ts';
import { resume } from '../../server/src/operations/resume.ts';
import { prepare } from '../../server/src/operations/submit/submit.ts';
import { type KubernetesObject, until } from './apiClient.ts';
import { installCrds, KUEUE } from './crds.ts';
import { errorOf, never, SettingsStage } from './settingsStage.ts';

const QUEUE = 'kueue.x-k8s.io/queue-name';
const WORKLOADS = '/apis/kueue.x-k8s.io/v1beta2/namespaces/ml-team/workloads';

const stage = new SettingsStage();
const training = (name: string, description = 'x') => `kind: training
job: {name: ${name}, description: ${description}}
environment: {image: alpine:3.22, command: [sh, -c, sleep 600]}
resources: {queue: team, gpu: 2, nodeCount: 2, cpu: 100m, memory: 64Mi}
`;

/** Submits as the engineer, on a cluster whose calls may be seen. */
const submit = (text: string, hold = false, seen = (cluster: Cluster) => cluster) =>
  stage.engineer.use(async (cluster) => {
    const document = readDocument(text, 'gpuctl');
    assert.ok(document?.model, JSON.stringify(document?.findings));
    const origin = { document, path: 'a.yaml', gitCommit: undefined, hold };
    const { plan, carryOut } = await prepare(stage.engineer, seen(cluster), origin, never);
    assert.deepEqual(plan.asks, []);
    await carryOut(never);
    return plan;
  });

type Job = KubeObject & { spec: { suspend: boolean } };
const read = async (name: string): Promise<Job> => {
  const found = await stage.read(`apis/batch/v1/%/jobs/${name}`);
  assert.ok(found);
  return found as Job;
};
const target = (name: string) => ({ job: { namespace: 'ml-team', name }, context: undefined });
/** Its queue, whether it is suspended, and whether it is marked as stopped. */
const stateOf = async (name: string) => {
  const { metadata, spec } = await read(name);
  return [metadata.labels?.[QUEUE], spec.suspend, metadata.annotations?.['gpuctl/stopped'] !== undefined];
};

/** What Kueue makes of a job that it takes up. */
async function takeUp(name: string): Promise<void> {
  const { metadata, spec } = await read(name);
  const { template } = spec as unknown as { template: { spec: object } };
  await stage.admin.call('POST', WORKLOADS, {
    apiVersion: 'kueue.x-k8s.io/v1beta2',
    kind: 'Workload',
    metadata: {
      name: `job-${name}`,
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name, uid: metadata.uid, controller: true }],
    },
    spec: { queueName: 'team', podSets: [{ name: 'main', count: 2, template: { spec: template.spec } }] },
  });
}
const letRun = (name: string) =>
  stage.admin.call('PATCH', `/apis/batch/v1/namespaces/ml-team/jobs/${name}`, { spec: { suspend: false } });
const isActive = async (name: string): Promise<boolean> =>
  (await stage.admin.get(`${WORKLOADS}/job-${name}`)).spec.active;

describe('a training in a queue', () => {
  before(async () => {
    await installCrds(stage.admin, KUEUE);
    await stage.admin.call('POST', '/apis/kueue.x-k8s.io/v1beta2/namespaces/ml-team/localqueues', {
      apiVersion: 'kueue.x-k8s.io/v1beta2',
      kind: 'LocalQueue',
      metadata: { name: 'team' },
      spec: { clusterQueue: 'all' },
    });
  });

  test('is only handed to the queue when all that it needs is there', async () => {
    const handed: string[] = [];
    await submit(training('whole'), false, (cluster) => ({
      ...cluster,
      create: (object, options) => {
        assert.equal(object.metadata.labels?.[QUEUE], undefined, 'the queue could start it at once');
        return cluster.create(object, options);
      },
      patch: async (ref, change, options) => {
        if (!(change as Partial<KubeObject>).metadata?.labels?.[QUEUE]) return cluster.patch(ref, change, options);
        const service = { apiVersion: 'v1', kind: 'Service', namespace: 'ml-team', name: 'whole' };
        handed.push(String((await cluster.read(service))?.metadata.ownerReferences?.[0]?.name));
        return cluster.patch(ref, change, options);
      },
    }));
    assert.deepEqual(handed, ['whole']);
    assert.deepEqual(await stateOf('whole'), ['team', true, false]);
    assert.equal((await submit(training('whole'))).outcome, 'unchanged');
  });

  test('that is held is in no queue until it is started, whatever is submitted meanwhile', async () => {
    await submit(training('held'), true);
    assert.deepEqual(await stateOf('held'), [undefined, true, false]);
    assert.equal((await submit(training('held'))).outcome, 'unchanged');
    assert.equal((await submit(training('held', 'y'))).outcome, 'changed');
    assert.deepEqual(await stateOf('held'), [undefined, true, false]);
    assert.equal(await start(stage.engineer, target('held'), never), true);
    assert.deepEqual(await stateOf('held'), ['team', true, false], 'the queue starts it, not we');
    assert.equal(await start(stage.engineer, target('held'), never), false);
  });

  test('that runs is stopped for good, and given back to the queue', async () => {
    await submit(training('runs'));
    await takeUp('runs');
    await letRun('runs');
    assert.equal(await stop(stage.engineer, target('runs'), never), true);
    assert.equal(await isActive('runs'), false);
    assert.deepEqual(await stateOf('runs'), ['team', true, true]);
    assert.equal(await stop(stage.engineer, target('runs'), never), false);
    assert.equal(await start(stage.engineer, target('runs'), never), true);
    assert.equal(await isActive('runs'), true);
    assert.deepEqual(await stateOf('runs'), ['team', true, false]);
  });

  test('that waits is stopped, too', async () => {
    await submit(training('waits'));
    await takeUp('waits');
    assert.equal(await stop(stage.engineer, target('waits'), never), true);
    assert.equal(await isActive('waits'), false);
    assert.deepEqual(await stateOf('waits'), ['team', true, true]);
  });

  test('that ended goes back to the queue for its next run, not bound to the nodes that it had', async () => {
    await submit(
      training('over').replace('sleep 600', 'exit 0').replace('queue: team', 'queue: team, pool: training-pool'),
    );
    const chosen = { spec: { template: { spec: { nodeSelector: { 'kubernetes.io/os': 'linux' } } } } };
    await stage.admin.call('PATCH', '/apis/batch/v1/namespaces/ml-team/jobs/over', chosen); // as Kueue does when it admits one
    await letRun('over');
    const isOver = async () =>
      ((await read('over')).status as { succeeded?: number } | undefined)?.succeeded === 2 &&
      JSON.stringify((await read('over')).status).includes('"Complete"');
    await until('it ends', isOver, 60_000);
    await resume(stage.engineer, target('over'), never);
    assert.deepEqual(await stateOf('over'), ['team', true, false]);
    const { spec } = (await read('over')) as unknown as { spec: { template: { spec: { nodeSelector?: object } } } };
    assert.deepEqual(spec.template.spec.nodeSelector, { 'gpuctl/pool': 'training-pool' });
  });

  test('that leaves its queue is made anew, once that is agreed to', async () => {
    await submit(training('leaves'));
    await takeUp('leaves');
    const document = readDocument(training('leaves').replace('queue: team, ', ''), 'gpuctl');
    assert.ok(document?.model);
    const origin = { document, path: 'a.yaml', gitCommit: undefined };
    const { plan } = await stage.engineer.use((cluster) => prepare(stage.engineer, cluster, origin, never));
    assert.deepEqual([plan.outcome, plan.asks.map(({ key }) => key)], ['replaced', ['submit.ask.replace']]);
  });

  test('is not said to be stopped where the queue cannot be told', async () => {
    await submit(training('untold'));
    const { code, hint } = await errorOf(stop(stage.engineer, target('untold'), never));
    assert.deepEqual([code, hint], ['queue.not-taken-up', 'Try again in a moment, or delete the job.']);
    await takeUp('untold');
    await letRun('untold');
    const url = '/apis/rbac.authorization.k8s.io/v1/clusterroles/gpuctl-user';
    const role = await stage.admin.get(url);
    const rules = role.rules.filter(({ resources }: KubernetesObject) => !resources.includes('workloads'));
    await stage.admin.call('PATCH', url, { rules });
    const access = { verb: 'patch', group: 'kueue.x-k8s.io', resource: 'workloads', namespace: 'ml-team' };
    await stage.engineer.use((cluster) =>
      until('forbidden', async () => (await cluster.mayI(access, { fresh: true })) === false),
    );
    const refused = await errorOf(stop(stage.engineer, target('untold'), never));
    assert.equal(refused.code, 'queue.forbidden');
    assert.match(refused.say, /would start “untold” in ml-team again/);
    assert.deepEqual(await stateOf('untold'), ['team', false, false]);
    await stage.admin.call('PATCH', url, { rules: role.rules });
  });
});
