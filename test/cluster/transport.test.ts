/** Calls against a real API server: refusals in our words, credentials, TLS, connections used. */
import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import net from 'node:net';
import { after, before, describe, it } from 'node:test';
import { toText } from '../../l10n/index.ts';
import { createCluster } from '../../server/src/cluster/cluster.ts';
import { createClusters } from '../../server/src/cluster/index.ts';
import { chooseTarget, readKubeconfig, type Target } from '../../server/src/cluster/kubeconfig.ts';
import type { GpuctlError } from '../../server/src/operations/error.ts';
import type { Cluster, Clusters, KubeObject } from '../../server/src/operations/ports.ts';
import { until } from './apiClient.ts';
import { startCluster, type Cluster as TestCluster } from './cluster.ts';

let test: TestCluster;
let clusters: Clusters;
let admin: Cluster;
const open: Cluster[] = [];
const connect = async (context: string) => {
  const cluster = await clusters.connect({ kubeconfig: test.kubeconfig, context });
  open.push(cluster);
  return cluster;
};
/** A connection with something changed in what the kubeconfig says. */
const connectAs = async (change: (target: Target) => Target) => {
  const cluster = createCluster(change(chooseTarget(await readKubeconfig(test, {}), 'admin', {})), {});
  open.push(cluster);
  return cluster;
};
before(async () => {
  test = await startCluster({ jobsOfOthers: false });
  clusters = createClusters({});
  const started = performance.now();
  admin = await connect('admin');
  await admin.list({ apiVersion: 'v1', kind: 'Node' });
  console.log(`connect and first list: ${Math.round(performance.now() - started)} ms, client-node loaded on the way`);
});
after(async () => {
  for (const cluster of open) cluster.close();
  await test?.stop();
});

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => assert.fail('did not fail'),
    (error: GpuctlError) => error,
  );
const english = (error: GpuctlError) => toText(error.say, 'en');
const configMap = (name: string, namespace = 'default') => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
});
const pod = (name: string, namespace: string, spec: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace },
  spec: { containers: [{ name: 'main', image: 'demo/sleep' }], ...spec },
});
const job = (name: string, image = 'demo/sleep'): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, namespace: 'default' },
  spec: {
    suspend: true,
    template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image }] } },
  },
});
const ref = ({ apiVersion, kind, metadata }: KubeObject) => ({
  apiVersion,
  kind,
  name: metadata.name,
  ...(metadata.namespace && { namespace: metadata.namespace }),
});

describe('reading and writing', () => {
  it('creates, reads, changes and removes, and says what is not there', async () => {
    const written = await admin.create({ ...configMap('a'), data: { x: '1' } });
    const at = ref(written.object);
    assert.deepEqual((await admin.read(at))?.data, { x: '1' });
    const patched = await admin.patch(at, { data: { y: '2', x: null } });
    assert.deepEqual(patched.object.data, { y: '2' });
    assert.equal(await admin.remove(at, { uid: '00000000-0000-0000-0000-000000000000' }), false);
    assert.ok(await admin.read(at));
    const { uid = '' } = written.object.metadata;
    assert.equal(await admin.remove(at, { uid, propagation: 'Foreground' }), true);
    await until('gone', async () => (await admin.read(at)) === undefined, 5000);
    assert.equal(await admin.remove(at), false);
    assert.equal(await admin.read({ apiVersion: 'v1', kind: 'Namespace', name: 'nowhere' }), undefined);
    assert.equal((await failure(admin.patch(at, { data: {} }))).code, 'connection.not-found');
  });

  it('a dry run leaves nothing', async () => {
    const { object } = await admin.create(job('dry'), { dryRun: true });
    assert.ok(object.metadata.uid);
    assert.equal(await admin.read(ref(job('dry'))), undefined);
  });

  it('lists in pages, each object with its kind', async () => {
    const names = Array.from({ length: 1100 }, (_, i) => `page-${i}`);
    await Promise.all(names.map((name) => admin.create(configMap(name, 'sandbox'))));
    let requests = 0;
    const count = () => requests++;
    subscribe('http.client.request.start', count);
    const listed = await admin.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'sandbox' });
    unsubscribe('http.client.request.start', count);
    assert.equal(listed.filter((it) => it.metadata.name.startsWith('page-')).length, 1100);
    assert.equal(requests, 3);
    assert.ok(listed.every((it) => it.kind === 'ConfigMap' && it.apiVersion === 'v1'));
  });

  it('50 calls one after the other use at most two connections', async () => {
    const cluster = await connect('admin');
    let sockets = 0;
    const count = () => sockets++;
    subscribe('net.client.socket', count);
    for (let i = 0; i < 50; i++) await cluster.list({ apiVersion: 'v1', kind: 'Node' });
    unsubscribe('net.client.socket', count);
    console.log(`50 calls: ${sockets} connections`);
    assert.ok(sockets >= 1 && sockets <= 2, `${sockets}`);
  });
});

describe('refusals', () => {
  it('403: names the right that is missing', async () => {
    const restricted = await connect('restricted');
    const list = await failure(restricted.list({ apiVersion: 'v1', kind: 'Node' }));
    assert.equal(list.code, 'connection.forbidden');
    assert.equal(english(list), 'You (“restricted”) may not list nodes in the whole cluster “demo”.');
    const create = await failure(restricted.create({ ...job('x'), metadata: { name: 'x', namespace: 'ml-team' } }));
    assert.equal(english(create), 'You (“restricted”) may not create jobs in namespace “ml-team”.');
    assert.deepEqual([create.status, create.reason], [403, 'Forbidden']);
  });

  it('404 of a namespace, 409 of a name, 409 of a change, 422', async () => {
    assert.equal((await failure(admin.create(configMap('x', 'nowhere')))).code, 'connection.namespace-missing');
    await admin.create(job('twice'));
    const exists = await failure(admin.create(job('twice')));
    assert.deepEqual([exists.code, exists.status, exists.reason], ['connection.exists', 409, 'AlreadyExists']);
    assert.equal(english(exists), '“twice” (jobs) exists already.');
    const stale = { metadata: { resourceVersion: '1' }, spec: { suspend: true } };
    assert.equal((await failure(admin.patch(ref(job('twice')), stale))).code, 'connection.conflict');
    const fixed = { spec: { selector: { matchLabels: { a: 'b' } } } };
    assert.equal((await failure(admin.patch(ref(job('twice')), fixed))).code, 'connection.immutable');
    const invalid = await failure(admin.create({ ...job('bad'), spec: { template: {} } }));
    assert.equal(invalid.code, 'connection.invalid');
    assert.match(english(invalid), /spec\.template\.spec\.containers: Required value/);
  });

  it('quota with its numbers, limits, PodSecurity, unknown priority', async () => {
    await admin.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'tight',
        labels: { 'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/warn': 'baseline' },
      },
    });
    await admin.create({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'team', namespace: 'tight' },
      spec: { hard: { 'requests.nvidia.com/gpu': '2' } },
    });
    await admin.create({
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'l', namespace: 'tight' },
      spec: { limits: [{ type: 'Container', max: { memory: '1Gi' } }] },
    });
    for (let tries = 0; tries < 100; tries++) {
      if (await admin.read({ apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'tight', name: 'default' })) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const asking = (limits: object) => ({ containers: [{ name: 'main', image: 'x', resources: { limits } }] });
    const quota = async () =>
      failure(admin.create(pod('q', 'tight', asking({ 'nvidia.com/gpu': 4, memory: '1Gi' })), { dryRun: true }));
    let error = await quota();
    for (let tries = 0; tries < 100 && !/used/.test(error.detail ?? ''); tries++) error = await quota();
    assert.equal(english(error), 'The quota “team” does not leave enough. GPUs: 4 asked for, 0 of 2 in use.');
    const limit = await failure(admin.create(pod('l', 'tight', asking({ memory: '400Gi' })), { dryRun: true }));
    assert.equal(english(limit), 'At most 1Gi of memory are allowed per container here; 400Gi was asked for.');
    const host = { ...asking({ memory: '1Gi' }), hostNetwork: true };
    const security = await failure(admin.create(pod('s', 'tight', host), { dryRun: true }));
    assert.equal(security.code, 'connection.pod-security');
    assert.match(english(security), /level “baseline”.*host namespaces/);
    const template = { spec: { ...host, restartPolicy: 'Never' } };
    const { warnings } = await admin.create(
      { ...job('w'), metadata: { name: 'w', namespace: 'tight' }, spec: { template } },
      { dryRun: true },
    );
    assert.match(warnings.join(), /would violate PodSecurity "baseline:latest": host namespaces/);
    const priority = await failure(admin.create(pod('p', 'default', { priorityClassName: 'gold' }), { dryRun: true }));
    assert.equal(priority.code, 'connection.missing-part');
  });

  it('no connection: refused, in a moment', async () => {
    const cluster = await connect('unreachable');
    const error = await failure(cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'ml-team' }));
    assert.equal(error.code, 'connection.refused');
    assert.match(english(error), /nothing listens at 127\.0\.0\.1:1\./);
    assert.equal((await failure(cluster.whoAmI())).code, 'connection.refused');
  });
});

describe('credentials and TLS', () => {
  const nodes = { apiVersion: 'v1', kind: 'Node' };
  it('401: a token that the cluster does not know', async () => {
    const cluster = await connectAs((target) => ({ ...target, user: { token: 'n0nsense' } }));
    const error = await failure(cluster.list(nodes));
    assert.deepEqual([error.code, error.status], ['connection.unauthorized', 401]);
    assert.doesNotMatch(JSON.stringify([error, error.stack]), /n0nsense/);
  });
  it('a token that it knows', async () => {
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
    const api = test.api();
    const { status } = await api.call('POST', '/api/v1/namespaces/default/serviceaccounts/default/token', body);
    api.close();
    const cluster = await connectAs((target) => ({ ...target, user: { token: status.token } }));
    assert.equal(await cluster.whoAmI(), 'system:serviceaccount:default:default');
    assert.equal((await failure(cluster.list(nodes))).code, 'connection.forbidden');
  });
  it('a certificate from a login program', async () => {
    const status = async ({ user }: Target) => {
      const pem = (data = '') => Buffer.from(data, 'base64').toString();
      return {
        clientCertificateData: pem(user['client-certificate-data']),
        clientKeyData: pem(user['client-key-data']),
      };
    };
    const printed = await status(chooseTarget(await readKubeconfig(test, {}), 'ml-engineer', {}));
    const args = ['-e', 'console.log(JSON.stringify({ status: JSON.parse(process.env.STATUS) }))'];
    const exec = { command: process.execPath, args, env: [{ name: 'STATUS', value: JSON.stringify(printed) }] };
    const cluster = await connectAs((target) => ({ ...target, user: { exec } }));
    assert.equal(await cluster.whoAmI(), 'ml-engineer');
  });
  it('an authority that is not named, another name, and neither checked', async () => {
    const change = (cluster: object) =>
      connectAs((target) => ({ ...target, cluster: { server: target.cluster.server, ...cluster } }));
    assert.equal((await failure((await change({})).list(nodes))).code, 'connection.untrusted');
    assert.ok(await (await change({ 'insecure-skip-tls-verify': true })).list(nodes));
    const named = (name: string) =>
      connectAs((target) => ({ ...target, cluster: { ...target.cluster, 'tls-server-name': name } }));
    assert.equal((await failure((await named('other.example')).list(nodes))).code, 'connection.wrong-name');
    assert.ok(await (await named('localhost')).list(nodes));
    const plain = await change({ server: (await connectAs((it) => it)).context.server.replace('https', 'http') });
    assert.equal((await failure(plain.list(nodes))).code, 'connection.not-kubernetes');
  });
});

describe('a proxy', () => {
  it('of the environment is used, its connections are kept, its refusal is told', async () => {
    let connects = 0;
    let refuse = false;
    const proxy = createServer().on('connect', (request, inner: net.Socket) => {
      connects++;
      if (refuse) return void inner.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      const [, port] = (request.url ?? '').split(':');
      const outer = net.connect(Number(port), '127.0.0.1', () => inner.write('HTTP/1.1 200 OK\r\n\r\n'));
      inner.pipe(outer).pipe(inner);
      for (const socket of [inner, outer]) socket.on('error', () => {}).on('close', () => inner.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(proxy.address() as net.AddressInfo).port}`;
    const through = () => connectAs((target) => ({ ...target, cluster: { ...target.cluster, 'proxy-url': url } }));
    const cluster = await through();
    for (let i = 0; i < 20; i++) assert.equal(await cluster.whoAmI(), 'admin');
    assert.ok(connects <= 2, `${connects} connections through the proxy`);
    refuse = true;
    assert.equal((await failure((await through()).whoAmI())).code, 'connection.proxy');
    cluster.close();
    proxy.close();
  });
});

describe('rights', () => {
  it('are asked for and kept for a while', async () => {
    const engineer = await connect('ml-engineer');
    let requests = 0;
    const count = () => requests++;
    subscribe('http.client.request.start', count);
    const jobs = { verb: 'create', group: 'batch', resource: 'jobs' };
    const exec = { verb: 'create', group: '', resource: 'pods', subresource: 'exec', namespace: 'vision-team' };
    for (let i = 0; i < 3; i++) {
      assert.equal(await engineer.mayI({ ...jobs, namespace: 'ml-team' }), true);
      assert.equal(await engineer.mayI({ ...jobs, namespace: 'vision-team' }), false);
      assert.equal(await engineer.mayI(exec), false);
    }
    unsubscribe('http.client.request.start', count);
    assert.equal(requests, 3);
    assert.equal(await engineer.whoAmI(), 'ml-engineer');
  });
});
