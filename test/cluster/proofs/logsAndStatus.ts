import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../apiClient.ts';
import { api } from './sharedCluster.ts';
import { eventsOf, isOver, pod, podsPath, podWhen, sh, startPod } from './support.ts';

const log = async (name: string, query = '') => (await api.request('GET', `${podsPath()}/${name}/log?${query}`)).text;

test('a followed log ends by itself when the program does', async () => {
  const script = 'echo "GPUs $NVIDIA_VISIBLE_DEVICES"; for i in 1 2 3 4 5; do echo "line $i"; sleep 0.2; done';
  await startPod(api, pod('lines', sh(script), { container: { resources: { limits: { 'nvidia.com/gpu': 2 } } } }));
  assert.equal(await log('lines', 'follow=true'), 'GPUs 0,1\nline 1\nline 2\nline 3\nline 4\nline 5\n');
  const { status } = await podWhen(api, 'lines', isOver);
  assert.equal(status.phase, 'Succeeded');
  assert.equal(status.containerStatuses[0].state.terminated.exitCode, 0);
  assert.equal(await log('lines', 'tailLines=2'), 'line 4\nline 5\n');
  assert.equal(await log('lines', 'tailLines=0'), '');
  assert.equal(await log('lines', 'limitBytes=4'), 'GPUs');
  assert.match(await log('lines', 'timestamps=true&tailLines=1'), /^\d{4}-\d\d-\d\dT[\d:.]+Z line 5\n$/);
  assert.match(await log('lines', 'previous=true'), /previous terminated container .* not found/);
  const reasons = (await eventsOf(api, 'lines')).map((event) => event.split(':')[0]);
  assert.deepEqual(reasons, ['Scheduled', 'Pulled', 'Created', 'Started']);
});

test('a Job ends as its program does: Complete, or Failed with the exit code', async () => {
  const job = (name: string, script: string) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: { backoffLimit: 0, template: { spec: pod(name, sh(script)).spec } },
  });
  await api.create(job('good', 'exit 0'));
  await api.create(job('bad', 'echo to-stderr >&2; exit 3'));
  const condition = (name: string, type: string) =>
    until(`${name} ${type}`, async () => {
      const { status } = await api.get(`/apis/batch/v1/namespaces/default/jobs/${name}`);
      return status.conditions?.find((each: { type: string }) => each.type === type);
    });
  await condition('good', 'Complete');
  assert.equal((await condition('bad', 'Failed')).reason, 'BackoffLimitExceeded');
  const [failed] = (await api.get(`${podsPath()}?labelSelector=batch.kubernetes.io/job-name=bad`)).items;
  assert.equal(failed.status.phase, 'Failed');
  assert.equal(failed.status.containerStatuses[0].state.terminated.exitCode, 3);
  assert.equal(await log(failed.metadata.name), 'to-stderr\n');
});

test('a crashing container comes back with back-off', async () => {
  await api.create(pod('crash', sh('echo run; exit 7'), { spec: { restartPolicy: 'Always' } }));
  const crashed = await podWhen(
    api,
    'crash',
    ({ status }) => status.containerStatuses?.[0].state.waiting?.reason === 'CrashLoopBackOff',
  );
  assert.equal(crashed.status.phase, 'Running');
  assert.equal(crashed.status.containerStatuses[0].lastState.terminated.exitCode, 7);
  await podWhen(api, 'crash', ({ status }) => status.containerStatuses[0].restartCount >= 2);
  assert.equal(await log('crash', 'previous=true'), 'run\n');
  assert.ok((await eventsOf(api, 'crash')).some((event) => event.startsWith('BackOff: Back-off restarting failed')));
});

test('images, configuration, programs and memory fail with the words of Kubernetes', async () => {
  const env = [{ name: 'A', valueFrom: { secretKeyRef: { name: 'nope', key: 'k' } } }];
  const eat = 'x=$(head -c 300000000 /dev/zero | tr "\\0" x); sleep 20';
  await Promise.all(
    [
      pod('bad-image', ['true'], { container: { image: 'broken/llm:1' } }),
      pod('no-secret', ['true'], { container: { env } }),
      pod('no-program', ['torchrun-that-is-not-there', 'train.py']),
      pod('oom-said', ['sleep', '60'], { annotations: { 'gpuctl.test/oom-after': '1s' } }),
      pod('oom-real', sh(eat), { container: { resources: { limits: { memory: '100Mi' } } } }),
    ].map((object) => api.create(object)),
  );
  const waiting = (name: string, reason: string) =>
    podWhen(api, name, ({ status }) => status.containerStatuses?.[0].state.waiting?.reason === reason);
  const ended = async (name: string) => (await podWhen(api, name, isOver)).status.containerStatuses[0].state.terminated;
  await waiting('bad-image', 'ImagePullBackOff');
  assert.match(await log('bad-image'), /is waiting to start: trying and failing to pull image/);
  const { status } = await waiting('no-secret', 'CreateContainerConfigError');
  assert.equal(status.containerStatuses[0].state.waiting.message, 'secret "nope" not found');
  const start = await ended('no-program');
  assert.equal(start.reason, 'StartError');
  assert.equal(start.exitCode, 128);
  assert.match(start.message, /executable file not found in \$PATH/);
  for (const name of ['oom-said', 'oom-real']) {
    const { reason, exitCode } = await ended(name);
    assert.deepEqual({ reason, exitCode }, { reason: 'OOMKilled', exitCode: 137 });
  }
});

test('SIGTERM reaches the program, and after the grace period SIGKILL', async () => {
  const polite = `trap 'echo checkpoint; exit 0' TERM; echo up; while :; do sleep 0.1; done`;
  await startPod(api, pod('polite', sh(polite)));
  await startPod(api, pod('deaf', sh('sleep 100; true'), { spec: { terminationGracePeriodSeconds: 1 } }));
  await until('first line', async () => (await log('polite')) === 'up\n');
  const followed = log('polite', 'follow=true');
  const began = Date.now();
  await Promise.all(['polite', 'deaf'].map((name) => api.call('DELETE', `${podsPath()}/${name}`)));
  assert.equal(await followed, 'up\ncheckpoint\n');
  await until('both gone', async () => {
    const { items } = await api.get(podsPath());
    return !items.some((item: { metadata: { name: string } }) => /polite|deaf/.test(item.metadata.name));
  });
  assert.ok(Date.now() - began >= 1000, 'the deaf one had its grace');
});
