/** What a submit does beside others and in the way of others: nothing is lost that was not asked for. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readDocument } from '../../server/src/kinds/document.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import { start, stop } from '../../server/src/operations/lifecycle.ts';
import type { Cluster } from '../../server/src/operations/ports.ts';
import { resume } from '../../server/src/operations/resume.ts';
import { digestOf, type Prepared } from '../../server/src/operations/submit/plan.ts';
import { prepare, type Submitted, submit } from '../../server/src/operations/submit/submit.ts';
import { until } from './apiClient.ts';
import { job } from './productStage.ts';
import { SettingsStage } from './settingsStage.ts';

const stage = new SettingsStage();
const { signal } = new AbortController();

function read(text: string) {
  const document = readDocument(text, 'gpuctl');
  assert.ok(document?.model, JSON.stringify(document?.findings));
  return document;
}

/** Submits as a person does who agrees to everything. */
async function submitAll(text: string, hold = false): Promise<Submitted> {
  const request = { document: read(text), path: 'a.yaml', gitCommit: undefined, context: undefined, hold, signal };
  for (const agreed: string[] = []; ; ) {
    const done = await submit(stage.engineer, { ...request, agreed });
    if (!('ask' in done)) return done;
    agreed.push(digestOf(done.ask));
  }
}

/** What a submit would do, on a cluster whose calls are seen. */
const plan = (text: string, seen: (cluster: Cluster) => Cluster = (cluster) => cluster): Promise<Prepared> =>
  stage.engineer.use((cluster) =>
    prepare(stage.engineer, seen(cluster), { document: read(text), path: 'a.yaml', gitCommit: undefined }, signal),
  );

const refusal = async (promise: Promise<unknown>): Promise<GpuctlError> => {
  const error = await promise.then(
    () => undefined,
    (thrown) => thrown,
  );
  assert.ok(error instanceof GpuctlError, String(error));
  return error;
};

const LONG = "trap 'exit 0' TERM; sleep 600 & wait";
const service = (name: string, replicas: number, more = '') => `kind: compute
job: {name: ${name}}
environment: {image: alpine:3.22, command: [sh, -c, ${JSON.stringify(LONG)}]}
service: {replicas: ${replicas}, port: 8080}
resources: {cpu: 100m, memory: 64Mi}
${more}`;

const deployment = async (name: string) =>
  (await stage.read(`apis/apps/v1/%/deployments/${name}`)) as KubeObject & { spec: { replicas: number } };
const target = (name: string) => ({ job: { namespace: 'ml-team', name }, context: undefined });
const erase = async (path: string) => {
  await stage.admin.request('DELETE', `/${path.replace('%', 'namespaces/ml-team')}?propagationPolicy=Background`);
  await until(`${path} is gone`, async () => (await stage.read(path)) === undefined);
};

describe('holding', () => {
  test('makes a service that remembers its replicas, stays held when it is changed, and starts with them', async () => {
    assert.equal((await submitAll(service('held', 3), true)).outcome, 'created');
    assert.equal((await deployment('held')).spec.replicas, 0);
    assert.equal((await submitAll(service('held', 3, 'storage: {}\n'))).outcome, 'changed');
    assert.equal((await deployment('held')).spec.replicas, 0, 'a change does not start it');
    await start(stage.engineer, target('held'), signal);
    assert.equal((await deployment('held')).spec.replicas, 3);
    await erase('apis/apps/v1/%/deployments/held');
  });

  test('does nothing to what runs', async () => {
    await submitAll(service('runs', 2));
    const changed = service('runs', 2, 'storage: {}\n');
    assert.equal((await submitAll(changed, true)).outcome, 'changed');
    assert.equal((await deployment('runs')).spec.replicas, 2);
    await erase('apis/apps/v1/%/deployments/runs');
  });

  test('a stopped service that is changed starts with the replicas that the document says now', async () => {
    await submitAll(service('stopped', 3));
    await stop(stage.engineer, target('stopped'), signal);
    await submitAll(service('stopped', 2));
    assert.equal((await deployment('stopped')).spec.replicas, 0);
    assert.equal((await submitAll(service('stopped', 2))).outcome, 'unchanged');
    await start(stage.engineer, target('stopped'), signal);
    assert.equal((await deployment('stopped')).spec.replicas, 2);
    await erase('apis/apps/v1/%/deployments/stopped');
  });
});

describe('a full quota', () => {
  const quota = '/api/v1/namespaces/ml-team/resourcequotas';
  before(async () => {
    await submitAll(service('in-quota', 1));
    await until('its pod runs', async () => (await stage.pods('app=in-quota'))[0]?.status.phase === 'Running');
    await stage.admin.call('POST', quota, {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'full' },
      spec: { hard: { 'requests.cpu': '100m' } },
    });
    await until(
      'the quota counts',
      async () => (await stage.admin.get(`${quota}/full`)).status?.used?.['requests.cpu'],
    );
  });
  after(async () => {
    await stage.admin.call('DELETE', `${quota}/full`);
    await erase('apis/apps/v1/%/deployments/in-quota');
  });

  test('does not keep from changing what is there; what is not known is said', async () => {
    const { plan: replicas } = await plan(service('in-quota', 2));
    assert.deepEqual([replicas.outcome, replicas.warnings], ['changed', []], 'no new pod is made of it');
    const { plan: image } = await plan(service('in-quota', 1).replace('alpine:3.22', 'alpine:3.23'));
    assert.equal(image.outcome, 'changed');
    assert.deepEqual(
      image.warnings.map(({ key }) => key),
      ['submit.quota-unknown'],
    );
    assert.equal((await refusal(plan(service('another', 1)))).code, 'connection.quota');
  });
});

describe('what takes the place of another', () => {
  test('is tried before that is deleted', async () => {
    const policy = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies';
    await stage.admin.call('POST', policy, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'no-such-image' },
      spec: {
        matchConstraints: {
          resourceRules: [
            { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] },
          ],
        },
        validations: [{ expression: "object.spec.template.spec.containers[0].image != 'refused:1'" }],
      },
    });
    await stage.admin.call('POST', `${policy.replace('policies', 'policybindings')}`, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'no-such-image' },
      spec: { policyName: 'no-such-image', validationActions: ['Deny'] },
    });
    await submitAll(job('kept', LONG));
    const other = service('kept', 1).replace('alpine:3.22', 'refused:1');
    const refused = await until('the policy speaks', () =>
      plan(other).then(
        () => undefined,
        (error: GpuctlError) => error,
      ),
    );
    assert.match(refused.code, /^connection\./);
    await refusal(submitAll(other));
    assert.equal((await stage.read('apis/batch/v1/%/jobs/kept'))?.metadata.deletionTimestamp, undefined);
    await erase('apis/batch/v1/%/jobs/kept');
  });

  test('is refused where its name is somebody else’s already', async () => {
    await submitAll(service('half-taken', 1));
    await stage.admin.call('POST', '/apis/batch/v1/namespaces/ml-team/jobs', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'half-taken' },
      spec: {
        suspend: true,
        template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'x:1' }] } },
      },
    });
    assert.equal((await refusal(submitAll(job('half-taken', 'true')))).code, 'submit.name-taken');
    assert.equal((await deployment('half-taken')).metadata.deletionTimestamp, undefined);
    await erase('apis/batch/v1/%/jobs/half-taken');
    await erase('apis/apps/v1/%/deployments/half-taken');
  });

  test('is tried before the last run is deleted', async () => {
    await submitAll(job('resumed-not', 'exit 0'));
    const isEnded = async () =>
      (((await stage.read('apis/batch/v1/%/jobs/resumed-not'))?.status as { succeeded?: number })?.succeeded ?? 0) > 0;
    await until('it ends', isEnded);
    const quota = '/api/v1/namespaces/ml-team/resourcequotas';
    await stage.admin.call('POST', quota, {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'demands' },
      spec: { hard: { 'limits.cpu': '10' } },
    });
    try {
      const refused = () =>
        plan(job('probe', 'true')).then(
          () => false,
          () => true,
        );
      await until('the quota counts', refused);
      const { code } = await refusal(resume(stage.engineer, target('resumed-not'), signal));
      assert.equal(code, 'connection.quota-unspecified');
      assert.ok(await isEnded(), 'it is still there');
    } finally {
      await stage.admin.call('DELETE', `${quota}/demands`);
    }
    const free = () =>
      plan(job('probe', 'true')).then(
        () => true,
        () => false,
      );
    await until('the quota is gone', free);
    await erase('apis/batch/v1/%/jobs/resumed-not');
  });
});

describe('somebody else at the same time', () => {
  test('deletes what is being changed: it does not come back', async () => {
    await submitAll(service('deleted', 1));
    const { carryOut } = await plan(service('deleted', 2));
    await erase('apis/apps/v1/%/deployments/deleted');
    assert.equal((await refusal(carryOut(signal))).code, 'connection.conflict');
    assert.equal(await stage.read('apis/apps/v1/%/deployments/deleted'), undefined);
  });

  test('takes the name: storage that was made for both stays', async () => {
    const text = job('raced', 'true', 'storage: {workdirs: [{path: /out, size: 1Gi}]}\n');
    const beaten = (cluster: Cluster): Cluster => ({
      ...cluster,
      create: async (object, options) => {
        if (object.kind === 'Job' && !options?.dryRun)
          await stage.admin.call('POST', '/apis/batch/v1/namespaces/ml-team/jobs', { ...object, spec: object.spec });
        return cluster.create(object, options);
      },
    });
    const { carryOut } = await plan(text, beaten);
    assert.equal((await refusal(carryOut(signal))).code, 'connection.exists');
    const { items } = await stage.admin.get('/api/v1/namespaces/ml-team/persistentvolumeclaims');
    const kept = (items as KubeObject[]).filter(({ metadata }) => /^raced/.test(metadata.name));
    assert.deepEqual(
      kept.map(({ metadata }) => metadata.deletionTimestamp),
      [undefined],
    );
    await erase('apis/batch/v1/%/jobs/raced');
  });

  test('left a part without an owner: it is taken over at once', async () => {
    const data = { apiVersion: 'v1', kind: 'ConfigMap', data: { 'ds_config.json': '{}' } };
    const metadata = { name: 'adopts-deepspeed', labels: { 'app.kubernetes.io/managed-by': 'gpuctl' } };
    await stage.admin.call('POST', '/api/v1/namespaces/ml-team/configmaps', { ...data, metadata });
    const text = job('adopts', LONG, 'deepspeed: {stage: 2}\nresources: {pool: training-pool, gpu: 1}\n');
    const started = Date.now();
    assert.equal((await submitAll(text)).outcome, 'created');
    assert.ok(Date.now() - started < 20_000);
    const adopted = await stage.read('api/v1/%/configmaps/adopts-deepspeed');
    assert.equal(adopted?.metadata.ownerReferences?.[0]?.name, 'adopts');
    assert.notEqual((adopted as { data?: Record<string, string> })?.data?.['ds_config.json'], '{}');
    await erase('apis/batch/v1/%/jobs/adopts');
  });

  test('has a bare pod of that name: it is not in the way', async () => {
    await stage.admin.call('POST', '/api/v1/namespaces/ml-team/pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'bare' },
      spec: { containers: [{ name: 'main', image: 'x:1', command: ['true'] }] },
    });
    assert.equal((await plan(job('bare', 'true'))).plan.outcome, 'created');
    await stage.admin.call('DELETE', '/api/v1/namespaces/ml-team/pods/bare');
  });
});

test('the next run knows how the last one ended, and the same document changes nothing of it', async () => {
  const text = job('twice-run', 'exit 3', 'retries: 0\n');
  const read = () => stage.read('apis/batch/v1/%/jobs/twice-run');
  const ended = async () =>
    ((await read())?.status as { conditions?: { type: string }[] })?.conditions?.some(({ type }) => type === 'Failed');
  await submitAll(text);
  await until('it fails', ended, 60_000);
  await resume(stage.engineer, target('twice-run'), signal);
  const outcome = async () => (await read())?.metadata.annotations?.['gpuctl/last-outcome'];
  assert.match((await outcome()) ?? '', /^failed/);
  const again = await plan(text);
  if (again.plan.outcome !== 'replaced')
    assert.equal(again.plan.outcome, 'unchanged', JSON.stringify(again.plan.changes));
  await until('it fails again', ended, 60_000);
  assert.equal((await submitAll(text)).outcome, 'replaced');
  assert.match((await outcome()) ?? '', /^failed/, 'also of a run that a submit made');
  await erase('apis/batch/v1/%/jobs/twice-run');
});
