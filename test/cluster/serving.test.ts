/**
 * Services and notebooks that really run: a document is submitted over the language server's protocol, and its containers are processes of
 * this machine that answer on addresses of their own. The tests run at once, each in a pool of its own, since most of their time is that of
 * probes and of the cluster.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { Requests } from '../../server/src/protocol.ts';
import type { Pair, SubmitOutcome } from '../server/pair.ts';
import { type KubernetesObject, until } from './apiClient.ts';
import { findJob, job, ProductStage, ref, remove, submitText } from './productStage.ts';
import { ensurePythonPackages, PROGRAMS } from './pythonPackages.ts';

const stage = new ProductStage();
let pair: Pair;

/** A service that says its version once it has loaded for some seconds. */
const serving = (kind: string, name: string, version: string, seconds: number, more: string): string => `kind: ${kind}
job: {name: ${name}}
environment:
  image: registry.example.com/serve:1.0
  command: [python3, ${path.join(PROGRAMS, 'slowServer.py')}, ${version}, "${seconds}"]
${more}`;

async function submit(text: string): Promise<SubmitOutcome['submitted'][number]> {
  const { submitted, ask } = await submitText(pair, text);
  assert.ok(submitted[0], ask?.sentences.join(' '));
  return submitted[0];
}

const created = async (text: string) => assert.equal((await submit(text)).result, 'created');

/** Pods of a service that are not about to go. */
const podsOf = async (name: string): Promise<KubernetesObject[]> =>
  (await stage.pods(`app=${name}`)).filter(({ metadata }) => !metadata.deletionTimestamp);

const deployment = (name: string): Promise<KubernetesObject> =>
  stage.admin.get(`/apis/apps/v1/namespaces/ml-team/deployments/${name}`);

const available = async (name: string): Promise<number> => (await deployment(name)).status.availableReplicas ?? 0;

const untilAvailable = (name: string, replicas: number) =>
  until(`${replicas} of ${name} available`, async () => (await available(name)) === replicas, 60_000);

/** What a pod answers; without a token. */
async function ask({ status, metadata }: KubernetesObject, port = 8000, path = '/'): Promise<string> {
  const answer = await fetch(`http://${status.podIP}:${port}${path}`);
  assert.equal(answer.status, 200, metadata.name);
  return answer.text();
}

/** What a Service answers, asked by its name from a job inside the cluster. */
async function askService(name: string, port: number): Promise<string> {
  const program = `import urllib.request as r; print(r.urlopen("http://svc-${name}:${port}/").read().decode())`;
  await created(job(`asks-${name}`, `python3 -c '${program}'`, 'retries: 0\n'));
  await pair.until('asked', async () => (await findJob(pair, ref(`asks-${name}`)))?.phase === 'succeeded', 60_000);
  const [pod] = await stage.pods(`batch.kubernetes.io/job-name=asks-${name}`);
  const said = (await stage.printed(pod)).trim();
  await remove(pair, ref(`asks-${name}`));
  return said;
}

/** Waits until so many GPUs are free, as the view of the pools tells. */
const untilFree = (name: string, gpus: number) =>
  pair.until(
    `${gpus} GPUs free in ${name}`,
    async () =>
      (await pair.ask(Requests.pools)).pools.find((pool) => pool.name === name)?.gpus[0]?.free === gpus || undefined,
    60_000,
  );

const state = async (name: string) => (await findJob(pair, ref(name)))?.state;

describe('services and notebooks', { concurrency: true }, () => {
  before(async () => {
    pair = await stage.connectForAll('ml-engineer');
  });

  test('a model that loads is available once it answers; it is scaled, stopped, started and deleted', async () => {
    const more =
      'resources: {pool: inference-pool, gpu: 1}\nservice: {replicas: 1, port: 8000, healthCheck: /health}\n';
    const text = serving('inference', 'answers', 'v1', 4, more);
    const target = { job: ref('answers') };
    /** Only then a program has heard of SIGTERM: before, it would be killed after half a minute. */
    const untilLoading = (replicas: number) =>
      until(`${replicas} loading`, async () => {
        const pods = await podsOf('answers');
        const printed = await Promise.all(pods.map((one) => stage.printed(one)));
        const isLoading = printed.every((text) => text.startsWith('loading v1\n'));
        // a program may have printed before its node tells its address
        return pods.length === replicas && isLoading && pods.every(({ status }) => status.podIP) && pods;
      });
    await created(text);
    const [pod] = await untilLoading(1);
    assert.equal(await available('answers'), 0, 'it runs, and does not answer yet');
    await assert.rejects(ask(pod), /fetch failed/);
    await untilAvailable('answers', 1);
    assert.equal(await stage.printed(pod), 'loading v1\nready\n');
    assert.equal(await ask(pod), `v1 on ${pod.metadata.name}\n`);
    assert.equal(await askService('answers', 8000), `v1 on ${pod.metadata.name}`);
    await untilFree('inference-pool', 5);

    assert.deepEqual(await pair.ask(Requests.scale, { ...target, replicas: 2 }), { done: true });
    await untilLoading(2);
    await untilFree('inference-pool', 4);
    assert.deepEqual(await pair.ask(Requests.stop, target), { done: true });
    await untilFree('inference-pool', 6);
    assert.equal(await state('answers'), 'stopped');
    assert.equal((await submit(text)).result, 'unchanged');
    assert.equal((await deployment('answers')).spec.replicas, 0, 'a submit of the same does not start it');
    assert.deepEqual(await pair.ask(Requests.start, target), { done: true });
    await untilLoading(2);
    await untilFree('inference-pool', 4);
    assert.deepEqual(await pair.ask(Requests.scale, { ...target, replicas: 1 }), { done: true });
    await untilFree('inference-pool', 5);

    assert.deepEqual((await pair.ask(Requests.planDelete, ref('answers'))).removes, [
      'the job answers',
      '1 running or waiting replica, with its log in the cluster',
      'its address svc-answers',
    ]);
    await remove(pair, ref('answers'));
    await untilFree('inference-pool', 6);
    assert.equal(await stage.read('api/v1/%/services/svc-answers'), undefined);
    assert.equal(await stage.read('apis/apps/v1/%/deployments/answers'), undefined);
  });

  /**
   * Where GPUs are scarce, a change takes down one replica before it makes the next. So a version that does not start costs one replica and no
   * more: the others go on serving the old one. A service of one replica is down until the next submit.
   */
  test('a new version needs no spare GPU, and a broken one leaves all replicas but one', async () => {
    const more = 'resources: {pool: dev-pool, gpu: 1}\nservice: {replicas: 2, port: 8000, healthCheck: /health}\n';
    const text = (version: string) => serving('inference', 'rolls', version, 0, more);
    await created(text('v1'));
    await untilAvailable('rolls', 2);
    await untilFree('dev-pool', 0);
    const versions = async () => {
      const ready = (await podsOf('rolls')).filter(({ status }) => status.containerStatuses?.[0]?.ready);
      return (await Promise.all(ready.map((pod) => ask(pod)))).map((said) => said.split(' ')[0]).sort();
    };
    assert.deepEqual(await versions(), ['v1', 'v1']);

    assert.equal((await submit(text('v2'))).result, 'changed');
    let least = 2;
    await until(
      'both are the second version',
      async () => {
        least = Math.min(least, await available('rolls'));
        return (await versions().catch(() => [])).join() === 'v2,v2' && (await available('rolls')) === 2;
      },
      60_000,
    );
    assert.equal(least, 1, 'one answers at any time');

    const broken = text('v3').replace('slowServer.py', 'noServer.py');
    assert.equal((await submit(broken)).result, 'changed');
    await pair.until('told', async () => /ended with exit code 2/.test((await state('rolls')) ?? ''), 60_000);
    assert.deepEqual(await versions(), ['v2'], 'the other one serves on');
    assert.equal((await submit(text('v2'))).result, 'changed');
    await untilAvailable('rolls', 2);
    assert.deepEqual(await versions(), ['v2', 'v2']);
    await remove(pair, ref('rolls'));
  });

  test('compute runs, is reached over its Service, and a crash loop is told in plain words', async () => {
    const more = 'service: {replicas: 2, port: 8080, healthCheck: /}\n';
    const text = serving('compute', 'tool', 'v1', 0, more).replace('environment:', '$&\n  env: {PORT: "8080"}');
    const crash = 'kind: compute\njob: {name: crashes}\nenvironment: {image: "a:1", command: [sh, -c, exit 7]}\n';
    await Promise.all([created(text), created(crash)]);
    await untilAvailable('tool', 2);
    await pair.until('running', async () => (await state('tool')) === 'running');
    const names = (await podsOf('tool')).map(({ metadata }) => `v1 on ${metadata.name}`);
    assert.ok(names.includes(await askService('tool', 8080)));
    const told = /^trying again: ended with exit code 7, restarted \d+ times?$/;
    await pair.until('told', async () => told.test((await state('crashes')) ?? ''), 60_000);
    await Promise.all([remove(pair, ref('tool')), remove(pair, ref('crashes'))]);
  });

  test('a name that another kind has is asked for, and then taken over', async () => {
    await created(job('shape', 'trap "exit 143" TERM; sleep 300 & wait'));
    await pair.until('running', async () => (await findJob(pair, ref('shape')))?.phase === 'running');
    const text = serving('compute', 'shape', 'v1', 0, 'service: {port: 8000}\n');
    const desk = await stage.connect('ml-engineer'); // whose answers are not those of the tests beside
    const { ask: asked, submitted } = await submitText(desk, text);
    assert.deepEqual(submitted, []);
    assert.deepEqual(asked?.sentences, [
      'The name “shape” in ml-team belongs to a training (running). It is ended and deleted to make room; storage is kept.',
    ]);
    const agreed = await submitText(desk, text, 'yes');
    assert.equal(agreed.submitted[0]?.result, 'replaced');
    await untilAvailable('shape', 1);
    assert.equal(await stage.read('apis/batch/v1/%/jobs/shape'), undefined);
    assert.equal((await findJob(pair, ref('shape')))?.kind, 'compute');
    await remove(pair, ref('shape'));
  });

  test('Jupyter takes its token from a Secret that is made once, and finds its files again', async () => {
    const packages = await ensurePythonPackages('jupyter');
    const notebook = (gpus: number) => `kind: notebook
job: {name: desk}
environment:
  image: registry.example.com/notebook:1.0
  env: {PYTHONPATH: "${packages}"}
  command: [python3, -m, jupyter_server, --ip=$(POD_IP), --no-browser, --allow-root, --ServerApp.root_dir=/home/jovyan/work]
resources: {pool: training-pool, gpu: ${gpus}}
storage: {workdirs: [{path: /home/jovyan/work, size: 1Gi}]}
`;
    const target = { job: ref('desk') };
    const token = async (): Promise<string> => {
      const { data } = await stage.admin.get('/api/v1/namespaces/ml-team/secrets/desk-jupyter');
      return Buffer.from(data.token, 'base64').toString();
    };
    const call = async (path: string, using: string, options: RequestInit = {}): Promise<Response> => {
      const [pod] = await podsOf('desk');
      const headers = { authorization: `token ${using}`, 'content-type': 'application/json' };
      return fetch(`http://${pod?.status.podIP}:8888${path}`, { ...options, headers });
    };
    const untilAnswers = async () => {
      const known = await token();
      await until('Jupyter answers', async () => (await call('/api/status', known)).ok, 60_000);
      return known;
    };
    const restart = async () => {
      await pair.ask(Requests.stop, target);
      await until('stopped', async () => (await stage.pods('app=desk')).length === 0, 60_000);
      await pair.ask(Requests.start, target);
      return untilAnswers();
    };
    const gpus = async () => (await podsOf('desk'))[0]?.spec.containers[0].resources.limits['nvidia.com/gpu'];

    await created(notebook(1));
    const first = await untilAnswers();
    assert.match(first, /^[0-9a-f]{48}$/);
    assert.equal((await call('/api/status', 'a-wrong-one')).status, 403);
    const content = JSON.stringify({ type: 'file', format: 'text', content: 'a thought' });
    assert.equal((await call('/api/contents/notes.txt', first, { method: 'PUT', body: content })).status, 201);
    assert.equal((await submit(notebook(1))).result, 'unchanged');
    assert.equal(await restart(), first, 'the same token');

    assert.deepEqual((await submit(`${notebook(1)}# a comment changes no process\n`)).warnings, []);
    const { result, warnings } = await submit(notebook(2));
    assert.equal(result, 'changed');
    assert.deepEqual(warnings, [
      '“desk” goes on as it is. Stop and start it for the change to take effect; its kernels lose their state then.',
    ]);
    assert.deepEqual([await gpus(), (await call('/api/status', first)).ok], ['1', true]);
    assert.equal(await restart(), first);
    assert.equal(await gpus(), '2');

    assert.deepEqual((await pair.ask(Requests.planDelete, ref('desk'))).keeps, [
      'storage desk-workdir-0, with its files',
    ]);
    await remove(pair, ref('desk'));
    await until('gone', async () => !(await stage.read('api/v1/%/secrets/desk-jupyter')));
    await until('ended', async () => (await stage.pods('app=desk')).length === 0, 60_000);
    await created(notebook(1));
    const another = await untilAnswers();
    assert.notEqual(another, first, 'a token of its own');
    const notes = (await (await call('/api/contents/notes.txt', another)).json()) as { content: string };
    assert.equal(notes.content, 'a thought');
    await remove(pair, ref('desk'));
  });
});
