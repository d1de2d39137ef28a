/** The session's races, and what it says where not everything may be seen. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { toText } from '../../l10n/index.ts';
import { toPoolsDto } from '../../server/src/operations/pools/poolViews.ts';
import type { CollectionRef } from '../../server/src/operations/ports.ts';
import { Session } from '../../server/src/operations/session.ts';
import { listTargets } from '../../server/src/operations/targets.ts';
import { type Say, toConnectionDto, toJobsDto } from '../../server/src/operations/views.ts';
import { FakeClusters, type FakeConnection, FakeServer, job, pod, RUNNING, sleep, until } from './fakeCluster.ts';

const say: Say = (one) => toText(one, 'en');
const opened: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.dispose();
});

function start(clusters: FakeClusters): { session: Session; phases: string[] } {
  const phases: string[] = [];
  const session = new Session(clusters, {
    onStatus: () => {
      if (phases.at(-1) !== session.status.phase) phases.push(session.status.phase);
    },
    onState: () => undefined,
  });
  opened.push(session);
  return { session, phases };
}
/** Lets everything that is under way arrive, coalesced news too. */
const settle = () => sleep(80);
const namespaceOnly =
  (...allowed: string[]) =>
  ({ kind, namespace }: CollectionRef) =>
    kind === 'Node' || kind === 'ConfigMap' || (namespace !== undefined && allowed.includes(namespace));

describe('a connection that comes too late', () => {
  for (const [late, soon] of [
    [60, 10],
    [20, 60],
  ] as const) {
    test(`gives way to the one chosen since: ${late} ms against ${soon} ms`, async () => {
      const [old, now] = [new FakeServer(), new FakeServer()];
      const clusters = new FakeClusters({ old, now });
      clusters.before = (context) => sleep(context === 'old' ? late : soon);
      const { session } = start(clusters);
      session.configure({ context: 'old' }, true);
      session.setInterest(true);
      const asked = session.cluster();
      await sleep(5);
      session.configure({ context: 'now' }, true);
      assert.equal((await asked).context.context, 'now');
      await sleep(100);
      assert.equal(session.status.target?.context, 'now');
      assert.deepEqual(
        old.connections.map(({ closed, watched }) => [closed, watched.length]),
        [[true, 0]],
      );
      assert.equal(now.connections.length, 1);
    });
  }

  test('does not report its failure as that of the one chosen since', async () => {
    const clusters = new FakeClusters({ now: new FakeServer() });
    clusters.before = (context) => sleep(context === 'gone' ? 40 : 5);
    const { session } = start(clusters);
    session.configure({ context: 'gone' }, true);
    session.setInterest(true);
    await sleep(5);
    session.configure({ context: 'now' }, true);
    await sleep(100);
    assert.equal(session.status.phase, 'connected');
  });

  test('watches begin when an operation connects after a failure', async () => {
    const clusters = new FakeClusters({ a: new FakeServer() });
    let tries = 0;
    clusters.before = async () => {
      if (!tries++) throw new Error('not yet');
    };
    const { session } = start(clusters);
    session.configure({}, true);
    session.setInterest(true);
    await settle();
    assert.equal(session.status.phase, 'failed');
    await session.cluster();
    await settle();
    assert.equal(session.status.phase, 'connected');
  });
});

describe('an operation under way', () => {
  test('finishes on its connection, which is closed after the last one', async () => {
    const server = new FakeServer();
    const { session } = start(new FakeClusters({ a: server }));
    session.configure({}, true);
    const go = Promise.withResolvers<void>();
    const work = (name: string) =>
      session.use(async (cluster) => {
        await go.promise;
        await cluster.create(job('default', name, name));
        return cluster as FakeConnection;
      });
    const both = [work('x'), work('y')];
    await settle();
    session.reconnect();
    await session.cluster();
    assert.equal(server.connections[0]?.closed, false);
    go.resolve();
    const [used] = await Promise.all(both);
    assert.equal(used, server.connections[0]);
    assert.equal(used?.closed, true);
    assert.equal(server.connections[1]?.closed, false);
    assert.ok(server.find({ kind: 'Job', namespace: 'default', name: 'y' }));
  });
});

describe('a kubeconfig that is written', () => {
  test('ends nothing if what this window is connected to stays the same', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-session-'));
    opened.push({ dispose: () => rmSync(folder, { recursive: true }) });
    const file = path.join(folder, 'config');
    writeFileSync(file, 'current-context: a\nusers: [{token: one}]\n');
    const server = new FakeServer();
    const clusters = new FakeClusters({ a: server, b: new FakeServer() });
    clusters.files = [file];
    const { session } = start(clusters);
    session.configure({ context: 'a' }, true);
    const first = await session.cluster();
    writeFileSync(file, 'current-context: b\nusers: [{token: one}]\n');
    clusters.current = 'b';
    clusters.wrote();
    await settle();
    assert.equal(session.isOpen(first), true, 'another context was made the current one: not ours');
    writeFileSync(file, 'current-context: b\nusers: [{token: two}]\n');
    clusters.wrote();
    await settle();
    assert.equal(session.isOpen(first), false, 'new credentials');
  });

  test('leads to the current context where none is pinned', async () => {
    const clusters = new FakeClusters({ a: new FakeServer(), b: new FakeServer() });
    const { session } = start(clusters);
    session.configure({}, true);
    await session.cluster();
    clusters.current = 'b';
    clusters.wrote();
    await settle();
    assert.equal((await session.cluster()).context.context, 'b');
  });
});

describe('the status', () => {
  test('is off, with its target, when nobody looks; connecting only while something comes', async () => {
    const { session, phases } = start(new FakeClusters({ a: new FakeServer() }));
    session.configure({}, true);
    await session.cluster();
    assert.deepEqual(phases, ['off', 'connecting', 'off'], 'told after the connect, too');
    const { phase, context, cluster, namespace } = toConnectionDto(session, say);
    assert.deepEqual([phase, context, cluster, namespace], ['off', 'a', 'a', 'default']);
    session.setInterest(true);
    await settle();
    assert.equal(session.status.phase, 'connected');
    test.mock.timers.enable({ apis: ['setTimeout'] });
    session.setInterest(false);
    test.mock.timers.tick(60_000);
    test.mock.timers.reset();
    assert.equal(session.status.phase, 'off');
    assert.equal(session.status.target?.context, 'a');
  });

  test('says where it leads while it connects, as far as that is known', async () => {
    const clusters = new FakeClusters({ a: new FakeServer(), b: new FakeServer() });
    clusters.before = () => sleep(20);
    const { session } = start(clusters);
    const where = () => {
      const { context, cluster, id } = toConnectionDto(session, say);
      return [context, cluster, id !== undefined];
    };
    session.configure({}, true);
    session.setInterest(true);
    assert.deepEqual(where(), [undefined, undefined, false], 'the kubeconfig chooses, and was not read');
    await session.cluster();
    session.reconnect();
    assert.equal(session.status.phase, 'connecting');
    assert.deepEqual(where(), ['a', 'a', true], 'the same again');
    session.configure({ context: 'b' }, true);
    assert.deepEqual(where(), ['b', undefined, false], 'what was chosen, of which only the name is known');
    await session.cluster();
    session.configure({}, true);
    assert.deepEqual(where(), [undefined, undefined, false], 'no choice any more');
  });

  test('namespaces can be chosen right after a change of context, with no view open', async () => {
    const b = new FakeServer();
    b.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } });
    const clusters = new FakeClusters({ a: new FakeServer(), b });
    const { session } = start(clusters);
    session.configure({ context: 'a' }, true);
    await session.cluster();
    session.configure({ context: 'b' }, true);
    const list = await listTargets(session, clusters, new AbortController().signal);
    assert.deepEqual([list.current, list.namespaces], ['b', ['team']]);
  });

  test('contexts are listed where none can be connected', async () => {
    const clusters = new FakeClusters({ a: new FakeServer() });
    clusters.before = async () => {
      throw new Error('down');
    };
    const { session } = start(clusters);
    session.configure({}, true);
    const list = await listTargets(session, clusters, new AbortController().signal);
    assert.deepEqual([list.current, list.contexts.length, list.namespaces], ['a', 1, []]);
  });
});

describe('who may see one namespace only', () => {
  const gpuNode = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n1', labels: { 'gpuctl/pool': 'p', 'gpuctl/gpu-type': 'A100' } },
    status: { allocatable: { 'nvidia.com/gpu': '8' }, conditions: [{ type: 'Ready', status: 'True' }] },
  };
  const holder = { ...pod('team-a', 'j-0', 'j', '1', RUNNING) };
  holder.spec = { nodeName: 'n1', containers: [{ resources: { limits: { 'nvidia.com/gpu': '2' } } }] };

  test('is told how many GPUs there are, not how many are free', async () => {
    const server = new FakeServer();
    server.put(gpuNode, holder);
    server.may = namespaceOnly('team-a');
    const { session } = start(new FakeClusters({ a: server }));
    session.configure({ namespace: 'team-a' }, true);
    session.setInterest(true);
    await settle();
    const { pools, unknown } = toPoolsDto(session, say);
    assert.match(unknown ?? '', /pods of all namespaces/);
    assert.deepEqual(pools[0]?.gpus, [{ type: 'A100', total: 8, unavailable: 0 }]);
    assert.deepEqual(pools[0]?.nodes[0]?.gpus, [{ type: 'A100', total: 8, unavailable: 0 }]);
    assert.deepEqual(pools[0]?.nodes[0]?.holders, []);
    server.may = () => true;
    session.reconnect();
    await settle();
    const free = toPoolsDto(session, say).pools[0];
    assert.deepEqual([free?.gpus[0]?.used, free?.gpus[0]?.free, free?.gpus[0]?.largestBlock], [2, 6, 6]);
    const since = '2026-01-01T00:00:00Z';
    assert.deepEqual(free?.nodes[0]?.holders, [{ job: 'j', namespace: 'team-a', gpus: 2, since, other: 'unseen' }]);
  });

  test('what was allowed on an earlier connection of the context is not believed to be refused at once', async () => {
    const server = new FakeServer();
    const { session } = start(new FakeClusters({ prod: server }));
    server.may = ({ kind }) => kind !== 'Node';
    session.configure({ context: 'prod' }, true);
    session.setInterest(true);
    await until('connected', () => session.status.phase === 'connected');
    session.reconnect();
    await until('connected again', () => server.connections.length === 2 && session.status.phase === 'connected');
    const [first, second] = server.connections.map(({ watched }) =>
      watched.filter(({ wasAllowed }) => wasAllowed).map(({ kind }) => kind),
    );
    assert.deepEqual(first, []);
    assert.ok(second?.includes('Job') && second.includes('Pod') && !second.includes('Node'), second?.join());
  });

  test('sees no jobs of the old namespace after a change to one that is forbidden, and why', async () => {
    const server = new FakeServer();
    server.put(job('team-a', 'j', '1'), job('team-c', 'k', '2'));
    server.may = namespaceOnly('team-a', 'team-c');
    const { session } = start(new FakeClusters({ a: server }));
    const names = () => toJobsDto(session, say).jobs.map(({ ref }) => ref.name);
    session.configure({ namespace: 'team-a' }, true);
    session.setInterest(true);
    await until('jobs', () => names().join() === 'j');
    assert.match(toJobsDto(session, say).incomplete ?? '', /^Jobs of team-a only/);
    session.configure({ namespace: 'team-b' }, true);
    await settle();
    const { jobs, incomplete, namespaces } = toJobsDto(session, say);
    assert.deepEqual([jobs, namespaces], [[], ['team-b']]);
    assert.match(
      incomplete ?? '',
      /you may not list jobs, deployments, statefulsets in team-b\. Ask for “get, list, watch”/,
    );
    session.configure({ namespace: 'team-c' }, true);
    await until('jobs of the next', () => names().join() === 'k');
  });
});
