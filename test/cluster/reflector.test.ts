/** Lists and watches against a real API server that is killed, cut off and frozen: the state held is right in the end. */
import assert from 'node:assert/strict';
import net from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createCluster } from '../../server/src/cluster/cluster.ts';
import { chooseTarget, readKubeconfig } from '../../server/src/cluster/kubeconfig.ts';
import type { GpuctlError } from '../../server/src/operations/error.ts';
import type { Cluster, Delta, WatchStatus } from '../../server/src/operations/ports.ts';
import { until } from './apiClient.ts';
import { startCluster, type Cluster as TestCluster } from './cluster.ts';

/** A way to the API server that can be cut, frozen (open, but nothing passes) and opened again. */
async function startProxy(port: number) {
  const pairs = new Set<[net.Socket, net.Socket]>();
  let isCut = false;
  const server = net.createServer((inner) => {
    if (isCut) return void inner.resetAndDestroy();
    const outer = net.connect(port, '127.0.0.1');
    const pair: [net.Socket, net.Socket] = [inner, outer];
    pairs.add(pair);
    inner.pipe(outer).pipe(inner);
    for (const socket of pair) {
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        for (const it of pair) it.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    connections: () => pairs.size,
    cut() {
      isCut = true;
      for (const [inner] of pairs) inner.resetAndDestroy();
    },
    open() {
      isCut = false;
    },
    /** What is open now stays open, and says nothing any more. */
    freeze() {
      for (const pair of pairs) for (const socket of pair) socket.unpipe().pause();
    },
    close() {
      isCut = true;
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      server.close();
    },
  };
}

const timing = { silence: 90_000, watch: 240_000, refused: 1000, backoff: [100, 1000] as [number, number] };
const collection = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'sandbox' };
type Item = { name: string; value: string };

/** A reader that holds names and values. */
function follow(cluster: Cluster, of = collection) {
  const held = new Map<string, string>();
  const statuses: WatchStatus[] = [];
  let resets = 0;
  const apply = (delta: Delta<Item>) => {
    if (delta.type === 'remove') held.delete(delta.key.split('/')[1] ?? '');
    else if (delta.type === 'set') held.set(delta.item.name, delta.item.value);
    else {
      resets++;
      held.clear();
      for (const { name, value } of delta.items) held.set(name, value);
    }
  };
  const watch = cluster.watch<Item>({
    collection: of,
    project: ({ metadata: { name }, data }) =>
      name.startsWith('kube-') ? undefined : { name, value: (data as { v?: string } | undefined)?.v ?? '' },
    onDelta: (deltas) => deltas.forEach(apply),
    onStatus: (status) => statuses.push(status),
  });
  return {
    watch,
    held,
    statuses,
    resets: () => resets,
    live: () => until('live', () => statuses.at(-1)?.phase === 'live', 20_000),
    is: (expected: Record<string, string>, ms = 20_000) =>
      until(
        `state ${JSON.stringify(expected)}, held ${JSON.stringify([...held].slice(0, 9))}`,
        () => JSON.stringify([...held].sort()) === JSON.stringify(Object.entries(expected).sort()),
        ms,
      ).catch((error) => assert.fail(`${error.message}: ${JSON.stringify([...held].slice(0, 9))}`)),
  };
}

let test: TestCluster;
let admin: Cluster;
const closing: (() => void)[] = [];
async function connect(context = 'admin', change: { server?: string; silence?: number } = {}): Promise<Cluster> {
  const target = chooseTarget(await readKubeconfig(test, {}), context, {});
  const { server = target.cluster.server, ...times } = change;
  const cluster = createCluster({ ...target, cluster: { ...target.cluster, server } }, {}, { ...timing, ...times });
  closing.push(() => cluster.close());
  return cluster;
}
/** A connection by a proxy. */
async function connectByProxy(silence?: number) {
  const proxy = await startProxy(test.ports.apiServer);
  closing.push(() => proxy.close());
  const server = `https://127.0.0.1:${proxy.port}`;
  return { proxy, cluster: await connect('admin', { server, ...(silence && { silence }) }) };
}
before(async () => {
  test = await startCluster({ jobsOfOthers: false });
  admin = await connect();
  closing.length = 0;
});
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  const all = await admin.list(collection);
  await Promise.all(
    all.map(({ metadata: { name } }) => name.startsWith('kube-') || admin.remove({ ...collection, name })),
  );
});
after(async () => {
  admin?.close();
  await test?.stop();
});

const put = (name: string, v: string) =>
  admin.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'sandbox' }, data: { v } });
const change = (name: string, v: string) => admin.patch({ ...collection, name }, { data: { v } });
const remove = (name: string) => admin.remove({ ...collection, name });

describe('a reflector', () => {
  it('sees what is created, changed and deleted', async () => {
    await put('a', '1');
    const { is, live, resets } = follow(await connect());
    await is({ a: '1' });
    await live();
    await put('b', '1');
    await change('a', '2');
    await is({ a: '2', b: '1' });
    await remove('a');
    await is({ b: '1' });
    assert.equal(resets(), 1);
  });

  it('lists in pages, without holding up the process', async () => {
    const expected: Record<string, string> = {};
    for (let i = 0; i < 600; i++) expected[`page-${i}`] = 'x'.repeat(5000);
    await Promise.all(Object.entries(expected).map(([name, v]) => put(name, v)));
    const cluster = await connect();
    await cluster.whoAmI();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const started = performance.now();
    const { live, held, resets } = follow(cluster);
    await live();
    delay.disable();
    const figures = `${Math.round(performance.now() - started)} ms, longest stall ${Math.round(delay.max / 1e6)} ms`;
    console.log(`600 objects of 5 KB, list to live: ${figures}`);
    assert.equal(held.size, 600);
    assert.equal(resets(), 1);
  });

  it('goes on after the API server was killed, with nothing lost', async () => {
    await put('a', '1');
    await put('gone', '1');
    const { is, live, statuses } = follow(await connect());
    await is({ a: '1', gone: '1' });
    await live();
    await test.stopApiServer();
    await until('retrying', () => statuses.at(-1)?.phase === 'retrying', 10_000);
    const last = statuses.at(-1);
    assert.match(last?.phase === 'retrying' ? (last.error as GpuctlError).code : '', /^connection\.(broken|refused)$/);
    await test.startApiServer();
    await remove('gone');
    await change('a', '2');
    await put('new', '1');
    await is({ a: '2', new: '1' });
    await live();
  });

  it('resumes from its version after a cut, without a new list', async () => {
    await put('a', '1');
    await put('gone', '1');
    const { proxy, cluster } = await connectByProxy();
    const { is, live, resets } = follow(cluster);
    await is({ a: '1', gone: '1' });
    await live();
    proxy.cut();
    await remove('gone');
    await change('a', '2');
    await wait(300);
    proxy.open();
    await is({ a: '2' });
    assert.equal(resets(), 1);
  });

  it('lists anew where its version is too old for the API server (410)', async () => {
    await put('a', '1');
    await put('gone', '1');
    const { proxy, cluster } = await connectByProxy();
    const { is, live, resets, statuses } = follow(cluster);
    await is({ a: '1', gone: '1' });
    await live();
    proxy.cut();
    await remove('gone');
    // A new API server remembers nothing from before its start.
    await test.stopApiServer();
    await test.startApiServer();
    await put('new', '1');
    proxy.open();
    await is({ a: '1', new: '1' });
    await live();
    assert.equal(resets(), 1);
    assert.deepEqual(
      statuses.map((it) => it.phase).filter((it) => it === 'listing'),
      ['listing'],
    );
  });

  it('lists anew after a compaction of etcd', async () => {
    await put('a', '1');
    const { proxy, cluster } = await connectByProxy();
    const { is, live } = follow(cluster);
    await is({ a: '1' });
    await live();
    proxy.cut();
    await remove('a');
    const { object } = await put('b', '1');
    const body = JSON.stringify({ revision: object.metadata.resourceVersion, physical: true });
    const compacted = await fetch(`http://127.0.0.1:${test.ports.etcd}/v3/kv/compaction`, { method: 'POST', body });
    assert.equal(compacted.status, 200);
    proxy.open();
    await is({ b: '1' });
  });

  it('notices a half-open connection and opens another', async () => {
    await put('a', '1');
    const { proxy, cluster } = await connectByProxy(1500);
    const { is, live, resets } = follow(cluster);
    await is({ a: '1' });
    await live();
    proxy.freeze();
    await change('a', '2');
    await wait(500);
    const started = Date.now();
    await is({ a: '2' }, 10_000);
    assert.ok(Date.now() - started < 3000);
    assert.equal(resets(), 1);
  });

  it('stops at any moment, with no call and no connection afterwards', async () => {
    await Promise.all(Array.from({ length: 510 }, (_, i) => put(`stop-${i}`, 'x')));
    for (const moment of [0, 1, 3, 10, 30, 100, 400]) {
      const { proxy, cluster } = await connectByProxy();
      let calls = 0;
      const count = () => calls++;
      const watch = cluster.watch({ collection, project: count, onDelta: count, onStatus: count });
      await wait(moment);
      watch.dispose();
      const before = calls;
      await change('stop-0', `${moment}`);
      await wait(150);
      assert.equal(calls, before, `disposed after ${moment} ms`);
      cluster.close();
      await until('connections closed', () => proxy.connections() === 0, 2000);
    }
  });

  it('says that it may not, and comes back when it may', async () => {
    const secrets = { apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'vision-team' };
    const { statuses } = follow(await connect('restricted'), secrets);
    await until('forbidden', () => statuses.at(-1)?.phase === 'forbidden', 5000);
    const rbac = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      metadata: { name: 'sa-reader', namespace: 'vision-team' },
    };
    await admin.create({
      ...rbac,
      kind: 'Role',
      rules: [{ apiGroups: [''], resources: ['serviceaccounts'], verbs: ['list', 'watch'] }],
    });
    await admin.create({
      ...rbac,
      kind: 'RoleBinding',
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'sa-reader' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'restricted' }],
    });
    await until('live', () => statuses.at(-1)?.phase === 'live', 10_000);
  });

  it('keeps trying where nothing answers', async () => {
    const { statuses } = follow(await connect('unreachable'));
    await until('three tries', () => statuses.filter((it) => it.phase === 'retrying').length >= 3, 10_000);
    const [, first] = statuses;
    assert.equal(first?.phase === 'retrying' && (first.error as GpuctlError).code, 'connection.refused');
  });
});
