import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { ApiClient, type KubernetesObject, until } from '../apiClient.ts';
import { type Cluster, startCluster } from '../cluster.ts';
import { eventsOf, pod, podsPath, sh } from './support.ts';

let cluster: Cluster;
let admin: ApiClient;
const secondsToStart = 10;

before(async () => {
  cluster = await startCluster();
  admin = cluster.api();
});

after(() => cluster?.stop());

/** GPUs that a node has, and those that no pod holds. */
async function gpus(): Promise<Map<string, { total: number; free: number; usable: boolean; pool?: string }>> {
  const [nodes, pods] = await Promise.all([admin.get('/api/v1/nodes'), admin.get('/api/v1/pods')]);
  return new Map(
    nodes.items.map(({ metadata, spec, status }: KubernetesObject) => {
      const total = Number(status.allocatable['nvidia.com/gpu'] ?? 0);
      const used = pods.items
        .filter((item: KubernetesObject) => item.spec.nodeName === metadata.name)
        .flatMap((item: KubernetesObject) => item.spec.containers)
        .reduce(
          (sum: number, { resources }: KubernetesObject) => sum + Number(resources.limits?.['nvidia.com/gpu'] ?? 0),
          0,
        );
      const ready = status.conditions.some((c: KubernetesObject) => c.type === 'Ready' && c.status === 'True');
      const usable = ready && !spec.unschedulable;
      return [metadata.name, { total, free: total - used, usable, pool: metadata.labels['gpuctl/pool'] }];
    }),
  );
}

test('it starts in time (a compilation and the load of other tests aside)', () => {
  console.log(`started in ${cluster.seconds.total.toFixed(1)} s (aim: ${secondsToStart} s)`);
  assert.ok(cluster.seconds.total < 3 * secondsToStart);
});

test('14 of the 32 A100 are free, in blocks of 0, 4, 3 and 7', async () => {
  const nodes = [...(await gpus())];
  const usable = (pool: string) => nodes.filter(([, node]) => node.pool === pool && node.usable);
  const free = (pool: string) => Object.fromEntries(usable(pool).map(([name, node]) => [name, node.free]));
  assert.deepEqual(free('training-pool'), { n1: 0, n2: 4, n3: 3, n4: 7 });
  assert.equal(
    usable('training-pool').reduce((sum, [, node]) => sum + node.total, 0),
    32,
  );
  assert.deepEqual(free('inference-pool'), { i1: 2, i2: 4 });
  assert.deepEqual(free('dev-pool'), { d1: 2 });
  const unusable = nodes.filter(([, node]) => !node.usable).map(([name]) => name);
  assert.deepEqual(unusable, ['n5', 'n6'], 'one cordoned, one not ready');
  assert.deepEqual(
    nodes.filter(([, node]) => !node.pool).map(([name]) => name),
    ['c1'],
  );
  const config = await admin.get('/api/v1/namespaces/gpuctl-system/configmaps/gpuctl-pool-training-pool');
  assert.equal(config.data.nodes, 'n1\nn2\nn3\nn4\nn5\nn6\n');
  assert.match(config.data['pool.yaml'], /rackLabel: cloud.provider.com\/topology-rack/);
});

test('the jobs of others write logs', async () => {
  const { items } = await admin.get(podsPath('vision-team'));
  const rank = items.find((item: KubernetesObject) => item.metadata.name.startsWith('vit-pretrain-0'));
  await until('a line of progress', async () => {
    const { text } = await admin.request('GET', `${podsPath('vision-team')}/${rank.metadata.name}/log`);
    return /^rank 0 of 2, master vit-pretrain-0.vit-pretrain:29500\nstep 1201\/90000 loss 1\.\d+/.test(text);
  });
});

test('the scheduler says why 16 GPUs do not fit', async () => {
  const spec = { nodeSelector: { 'gpuctl/pool': 'training-pool' } };
  await admin.create(pod('too-big', ['true'], { container: { resources: { limits: { 'nvidia.com/gpu': 8 } } }, spec }));
  const [event] = await until('event', async () => {
    const events = await eventsOf(admin, 'too-big');
    return events.length > 0 && events;
  });
  assert.match(event ?? '', /^FailedScheduling: 0\/10 nodes are available: .*4 Insufficient nvidia.com\/gpu/);
});

test('each user may do what the demo says, and no more', async () => {
  const may = async (user: string, verb: string, resource: string, namespace?: string) => {
    const [name, subresource] = resource.split('/');
    const group = { jobs: 'batch', priorityclasses: 'scheduling.k8s.io' }[name ?? ''] ?? '';
    const api = cluster.api(user);
    const resourceAttributes = { verb, group, resource: name, subresource, namespace };
    const review = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes },
    };
    const { status } = await api.call('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', review);
    api.close();
    return status.allowed;
  };
  const yes: [string, string, string, string?][] = [
    ['ml-engineer', 'list', 'nodes'],
    ['ml-engineer', 'list', 'pods'],
    ['ml-engineer', 'create', 'jobs', 'ml-team'],
    ['ml-engineer', 'delete', 'jobs', 'ml-research'],
    ['ml-engineer', 'list', 'configmaps', 'gpuctl-system'],
    ['restricted', 'create', 'jobs', 'sandbox'],
    ['restricted', 'get', 'pods/log', 'sandbox'],
    ['ml-engineer', 'create', 'pods/exec', 'ml-team'],
    ['admin', 'create', 'priorityclasses'],
  ];
  const no: typeof yes = [
    ['ml-engineer', 'create', 'priorityclasses'],
    ['ml-engineer', 'create', 'namespaces'],
    ['ml-engineer', 'patch', 'nodes'],
    ['ml-engineer', 'create', 'jobs', 'vision-team'],
    ['ml-engineer', 'list', 'secrets', 'vision-team'],
    ['ml-engineer', 'create', 'pods/exec', 'vision-team'],
    ['restricted', 'list', 'nodes'],
    ['restricted', 'list', 'pods'],
    ['restricted', 'list', 'jobs', 'ml-team'],
  ];
  for (const question of yes) assert.equal(await may(...question), true, question.join(' '));
  for (const question of no) assert.equal(await may(...question), false, question.join(' '));
});

test('the kubeconfig has four contexts; one refuses connections', async () => {
  const kubeconfig = JSON.parse(readFileSync(cluster.kubeconfig, 'utf8'));
  assert.equal(kubeconfig['current-context'], 'ml-engineer');
  const contexts = kubeconfig.contexts.map(({ name, context }: KubernetesObject) => `${name} ${context.namespace}`);
  assert.deepEqual(contexts, ['ml-engineer ml-team', 'restricted sandbox', 'admin default', 'unreachable ml-team']);
  const { server } = kubeconfig.clusters.find((each: KubernetesObject) => each.name === 'unreachable').cluster;
  const api = new ApiClient(server, `${cluster.dir}/pki`, 'ml-engineer');
  await assert.rejects(api.get('/version'), /ECONNREFUSED/);
});

test('admission is that of a real cluster: pod security and quotas', async () => {
  await admin.create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'strict', labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
  });
  await admin.create({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'gpu', namespace: 'strict' },
    spec: { hard: { 'requests.nvidia.com/gpu': '2' } },
  });
  const account = '/api/v1/namespaces/strict/serviceaccounts/default';
  await until('service account', () => admin.get(account));
  await until('quota', async () => {
    const { status } = await admin.get('/api/v1/namespaces/strict/resourcequotas/gpu');
    return status.hard;
  });
  const refused = async (more: Parameters<typeof pod>[2]) => {
    const response = await admin.request('POST', podsPath('strict'), pod('p', sh('true'), more));
    return `${response.status} ${response.body.message}`;
  };
  assert.match(await refused({ spec: { hostNetwork: true } }), /^403 .*violates PodSecurity "baseline:latest"/);
  const resources = { limits: { 'nvidia.com/gpu': 4 } };
  assert.match(await refused({ container: { resources } }), /^403 .*exceeded quota: gpu, requested/);
});
