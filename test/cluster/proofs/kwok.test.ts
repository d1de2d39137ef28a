import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ApiClient, until } from '../apiClient.ts';
import { type Cluster, startCluster } from '../cluster.ts';
import { addKwokNodes, inParallel } from '../kwok.ts';
import { eventsOf, pod, podsPath, twoNodes } from './support.ts';

/** `npm run test:long` takes the full size. */
const [nodes, pods] = process.env.GPUCTL_TEST_SIZE === 'full' ? [1000, 5000] : [50, 100];
let cluster: Cluster;
let api: ApiClient;

before(async () => {
  cluster = await startCluster({ nodes: twoNodes, kwok: true });
  api = cluster.api();
});

after(() => cluster?.stop());

test('fake nodes become Ready beside process nodes, and take pods', async () => {
  await addKwokNodes(api, { count: nodes });
  const spec = { nodeSelector: { 'gpuctl/pool': 'fake-pool' }, automountServiceAccountToken: false };
  const resources = { limits: { 'nvidia.com/gpu': 1 } };
  const annotations = { 'gpuctl.test/complete-after': '1s' };
  await inParallel(pods, 24, (index) =>
    api.create(
      pod(`load-${index}`, ['train'], { spec, container: { resources }, ...(index === 0 && { annotations }) }),
    ),
  );
  const phases = async () => {
    const { items } = await api.get(`${podsPath()}?resourceVersion=0`);
    return items.map((item: { status: { phase: string } }) => item.status.phase);
  };
  const all = async () => {
    const list: string[] = await phases();
    return list.filter((phase) => phase === 'Running').length === pods - 1 && list.includes('Succeeded');
  };
  await until('all Running, the first Succeeded', all, 30_000 + pods * 60, 500);
});

test('the real scheduler counts them', async () => {
  const spec = { nodeSelector: { 'gpuctl/pool': 'fake-pool' } };
  await api.create(pod('nine', ['train'], { spec, container: { resources: { limits: { 'nvidia.com/gpu': 9 } } } }));
  const events = await until('event', async () => {
    const list = await eventsOf(api, 'nine');
    return list.length > 0 && list;
  });
  assert.match(
    events[0] ?? '',
    new RegExp(`0/${nodes + 2} nodes are available: .*${nodes} Insufficient nvidia.com/gpu`),
  );
});
