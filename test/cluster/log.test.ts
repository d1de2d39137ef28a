/** Logs of real containers: followed to their end, ended by us, not there yet, torn. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { toText } from '../../l10n/index.ts';
import { createClusters } from '../../server/src/cluster/index.ts';
import type { GpuctlError } from '../../server/src/operations/error.ts';
import type { Cluster, LogOptions } from '../../server/src/operations/ports.ts';
import { type KubernetesObject, until } from './apiClient.ts';
import { startCluster, type Cluster as TestCluster } from './cluster.ts';

let test: TestCluster;
let cluster: Cluster;
before(async () => {
  test = await startCluster({ jobsOfOthers: false });
  cluster = await createClusters({}).connect({ kubeconfig: test.kubeconfig });
});
after(async () => {
  cluster?.close();
  await test?.stop();
});

const namespace = 'ml-team';
/** A pod on a node that has no GPU, or with `node: null` one that no node will take. */
async function run(name: string, script: string, { image = 'demo/image', node = 'c1' as string | null } = {}) {
  await cluster.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 1,
      ...(node ? { nodeName: node } : { nodeSelector: { nowhere: 'at-all' } }),
      containers: [{ name: 'main', image, command: ['sh', '-c', script] }],
    },
  });
}
const phase = async (name: string) => {
  const pod: KubernetesObject = await cluster.read({ apiVersion: 'v1', kind: 'Pod', namespace, name });
  return pod?.status?.phase;
};
const log = (name: string, options: Partial<LogOptions> = {}) =>
  cluster.log({ namespace, name }, { follow: true, signal: new AbortController().signal, ...options });
async function read(name: string, options: Partial<LogOptions> = {}): Promise<string> {
  let text = '';
  for await (const chunk of log(name, options)) text += chunk;
  return text;
}
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => assert.fail('did not fail'),
    (error: GpuctlError) => error,
  );
/** Requests for logs that the API server has under way. */
async function openLogs(): Promise<number> {
  const api = test.api();
  const { text } = await api.request('GET', '/metrics');
  api.close();
  return [...text.matchAll(/^apiserver_longrunning_requests\{.*subresource="log".*\} (\d+)$/gm)].reduce(
    (sum, [, n]) => sum + Number(n),
    0,
  );
}

describe('a log', () => {
  it('is followed to the end of the container, every character whole', async () => {
    await run('short', 'for i in 1 2 3 4; do echo "step $i 漢字🙂"; sleep 0.4; done');
    await until('running', async () => (await phase('short')) === 'Running', 15_000);
    const chunks: string[] = [];
    for await (const chunk of log('short')) chunks.push(chunk);
    assert.equal(chunks.join(''), [1, 2, 3, 4].map((i) => `step ${i} 漢字🙂\n`).join(''));
    assert.ok(chunks.length > 1, 'came as it was written');
    assert.equal(await read('short', { follow: false, tailLines: 2 }), 'step 3 漢字🙂\nstep 4 漢字🙂\n');
    assert.equal(await read('short', { tailLines: 0 }), '');
    assert.equal(await read('short', { sinceTime: new Date(Date.now() + 60_000).toISOString() }), '');
  });

  it('that we end ends at the server: by the signal, by leaving the loop, by closing', async () => {
    await run('long', 'i=0; while :; do i=$((i+1)); echo "line $i"; sleep 0.1; done');
    await until('running', async () => (await phase('long')) === 'Running', 15_000);
    assert.equal(await openLogs(), 0);
    const stop = new AbortController();
    const error = await failure(
      (async () => {
        for await (const chunk of log('long', { signal: stop.signal })) {
          if (chunk.includes('line')) setTimeout(() => stop.abort(), 200);
        }
      })(),
    );
    assert.equal(error.code, 'cancelled');
    await until('ended', async () => (await openLogs()) === 0, 5000);
    for await (const chunk of log('long')) {
      assert.ok(chunk);
      assert.equal(await openLogs(), 1);
      break;
    }
    await until('ended', async () => (await openLogs()) === 0, 5000);
    const other = await createClusters({}).connect({ kubeconfig: test.kubeconfig });
    const options = { follow: true, signal: new AbortController().signal };
    const closed = failure(
      (async () => {
        for await (const _ of other.log({ namespace, name: 'long' }, options)) setTimeout(() => other.close(), 100);
      })(),
    );
    assert.equal((await closed).code, 'cancelled');
    await until('ended', async () => (await openLogs()) === 0, 5000);
    assert.equal((await failure(read('long', { signal: stop.signal }))).code, 'cancelled');
  });

  it('that is not there yet says so; one that will never be, too', async () => {
    await run('slow', 'echo here', { image: 'slow/image' });
    await until('bound', async () => (await phase('slow')) === 'Pending', 5000);
    const error = await failure(read('slow'));
    assert.equal(error.code, 'log.not-started');
    assert.match(toText(error.say, 'en'), /has not started \((ContainerCreating|PodInitializing)\)/);
    await run('broken', 'echo here', { image: 'broken/image' });
    await until('not pulled', async () => /ImagePull|image/.test((await failure(read('broken'))).detail ?? ''), 15_000);
    assert.equal((await failure(read('broken'))).code, 'log.not-started');
    await until('pulled', async () => (await phase('slow')) !== 'Pending', 20_000);
    assert.equal(await read('slow'), 'here\n');
    assert.equal((await failure(read('slow', { previous: true }))).code, 'log.none');
    assert.equal((await failure(read('slow', { container: 'other' }))).code, 'log.none');
    assert.equal((await failure(read('nobody'))).code, 'connection.not-found');
    assert.equal((await failure(read('nobody', { container: 'x' }))).code, 'connection.not-found');
    const foreign = cluster.log(
      { namespace: 'vision-team', name: 'x' },
      { follow: true, signal: new AbortController().signal },
    );
    assert.equal((await failure(foreign[Symbol.asyncIterator]().next())).code, 'connection.forbidden');
  });

  it('of a pod without a node is empty and ends at once', async () => {
    await run('waiting', 'echo never', { node: null });
    assert.equal(await read('waiting'), '');
  });

  it('that is torn says so, and goes on by time', async () => {
    await run('steady', 'i=0; while :; do i=$((i+1)); echo "line $i"; sleep 0.2; done');
    await until('running', async () => (await phase('steady')) === 'Running', 15_000);
    let text = '';
    const torn = failure(
      (async () => {
        for await (const chunk of log('steady')) text += chunk;
      })(),
    );
    // The API server knows whole seconds only.
    await until('some lines', () => text.includes('line 12\n'), 15_000);
    const since = new Date().toISOString();
    await test.stopApiServer();
    assert.equal((await torn).code, 'log.torn');
    assert.equal((await failure(read('steady'))).code, 'connection.refused');
    await test.startApiServer();
    let rest = '';
    for await (const chunk of log('steady', { sinceTime: since })) {
      rest += chunk;
      if (rest.split('\n').length > 5) break;
    }
    assert.doesNotMatch(rest, /line 1\n/);
    assert.match(rest, /line \d+\n/);
  });
});
