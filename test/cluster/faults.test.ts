/** What can go wrong between us and a real API server, at every point of a watch: the state held ends right, soon, and the server is left alone. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createCluster } from '../../server/src/cluster/cluster.ts';
import { chooseTarget, readKubeconfig } from '../../server/src/cluster/kubeconfig.ts';
import type { ReflectorTiming } from '../../server/src/cluster/reflector.ts';
import type { Cluster, WatchStatus } from '../../server/src/operations/ports.ts';
import { until } from './apiClient.ts';
import { startCluster, type Cluster as TestCluster } from './cluster.ts';
import { type Deed, type Point, startFaultProxy } from './faultProxy.ts';
import { inParallel } from './kwok.ts';

/** What takes minutes for people takes seconds here: the product waits 90 s for a sign of life, 15 s for an answer, 180 s after a refusal. */
const timing: Partial<ReflectorTiming> = { silence: 1200, answer: 1000, refused: 1000, backoff: [100, 1000] };
/** How long a fault lasts, and until when all must be well again. */
const FAULT = 1200;
const WELL = 5000;
/** Requests and connections while a fault lasts, and until all is well. */
const MOST_REQUESTS = 20;
const RECONNECTS = process.env.GPUCTL_TEST_SIZE === 'full' ? 10_000 : 300;
const collection = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'sandbox' };

/** Struck while a watch is live, so that what is held must be mended; `first`: before anything is held. */
const TABLE: { at: Point; does: Deed[]; first?: true }[] = [
  { at: 'connect', does: ['reset', 'delay', 'half-open', 'truncate', 'garbage', 'end'] },
  { at: 'list', does: ['reset', 'delay', 'half-open', 'truncate', 'trickle', 'garbage', 401, 403, 410, 429, 500, 503] },
  {
    at: 'page 2',
    does: ['reset', 'delay', 'half-open', 'truncate', 'trickle', 'garbage', 401, 403, 410, 429, 500, 503],
  },
  {
    at: 'watch',
    does: [
      'reset',
      'delay',
      'half-open',
      'truncate',
      'trickle',
      'garbage',
      'end',
      'ERROR 410',
      'ERROR 429',
      'ERROR 500',
    ],
  },
  { at: 'watch', does: [401, 403, 404, 410, 429, 500, 503] },
  {
    at: 'idle',
    does: ['reset', 'delay', 'half-open', 'truncate', 'trickle', 'garbage', 'end', 'ERROR 410', 'ERROR 500'],
  },
  { at: 'connect', does: ['reset', 'half-open'], first: true },
  { at: 'list', does: ['reset', 'half-open', 'truncate', 401, 429, 503], first: true },
  { at: 'page 2', does: ['reset', 'half-open', 'truncate', 410, 503], first: true },
];

const escaped: unknown[] = [];
const onEscape = (error: unknown) => escaped.push(error);
const closing: (() => void)[] = [];
let test: TestCluster;
let admin: Cluster;

async function connect(server?: string, times = timing): Promise<Cluster> {
  const target = chooseTarget(await readKubeconfig(test, {}), 'admin', {});
  const cluster = { ...target.cluster, ...(server && { server }) };
  return createCluster({ ...target, cluster }, {}, times);
}

before(async () => {
  process.on('uncaughtException', onEscape);
  process.on('unhandledRejection', onEscape);
  test = await startCluster({ nodes: 'none' });
  admin = await connect();
  await admin.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'sandbox' } });
  // More than a page.
  await inParallel(520, 24, (index) => put(`bulk-${index}`, '1'));
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
  assert.deepEqual(escaped, []);
});
after(async () => {
  process.off('uncaughtException', onEscape);
  process.off('unhandledRejection', onEscape);
  admin?.close();
  await test?.stop();
});

const put = (name: string, v: string) =>
  admin.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'sandbox' }, data: { v } });
const isOf = (id: string, name: string) => name.startsWith('bulk-') || name.startsWith(`${id}-`);

/** A reader of one case, by a proxy of its own: holds versions by name. */
async function follow(id: string, times = timing) {
  const proxy = await startFaultProxy(test);
  const cluster = await connect(`https://127.0.0.1:${proxy.port}`, times);
  closing.push(() => {
    cluster.close();
    proxy.close();
  });
  const held = new Map<string, string>();
  const statuses: WatchStatus[] = [];
  const start = () =>
    cluster.watch<[string, string]>({
      collection,
      project: ({ metadata: { name, resourceVersion = '' } }) => (isOf(id, name) ? [name, resourceVersion] : undefined),
      onDelta(deltas) {
        for (const delta of deltas) {
          if (delta.type === 'remove') held.delete(delta.key.split('/')[1] ?? '');
          else if (delta.type === 'set') held.set(...delta.item);
          else {
            held.clear();
            for (const item of delta.items) held.set(...item);
          }
        }
      },
      onStatus: (status) => statuses.push(status),
    });
  const live = () => until('live', () => statuses.at(-1)?.phase === 'live', 10_000, 10);
  return { proxy, cluster, held, statuses, start, live };
}

/** Somebody else's work: creates, changes and deletes until told to stop; an API server that is away is nothing to it. */
function work(id: string) {
  let going = true;
  const done = (async () => {
    for (let count = 0; going; count++) {
      const at = (back: number) => ({ ...collection, name: `${id}-${count - back}` });
      await put(at(0).name, `${count}`).catch(() => {});
      if (count > 2) await admin.patch(at(1), { data: { v: 'changed' } }).catch(() => {});
      if (count > 5) await admin.remove(at(4)).catch(() => {});
      await wait(150);
    }
  })();
  return {
    async stop() {
      going = false;
      await done;
    },
  };
}

/** Milliseconds until what is held is what a fresh list says. */
async function untilRight(id: string, held: Map<string, string>): Promise<number> {
  const since = performance.now();
  const listed = await admin.list(collection);
  const fresh = listed.map(({ metadata }) => [metadata.name, metadata.resourceVersion ?? ''] as const);
  const expected = JSON.stringify(fresh.filter(([name]) => isOf(id, name)).sort());
  await until(`${id} holds what a list says`, () => JSON.stringify([...held].sort()) === expected, WELL, 10);
  return performance.now() - since;
}

interface Result {
  name: string;
  milliseconds: number;
  requests: number;
}

async function strike(id: string, at: Point, does: Deed, first: boolean): Promise<Result> {
  const name = `${does} at ${at}${first ? ', at first' : ''}`;
  const { proxy, held, start, live } = await follow(id);
  const others = work(id);
  if (first) {
    proxy.begin(at, does);
    start();
  } else {
    start();
    await live();
    await wait(300);
    if (at === 'idle') await others.stop();
    if (at === 'idle') await wait(300);
    proxy.begin(at, does);
  }
  // After a quiet watch was struck, there must be something to miss.
  const later = at === 'idle' ? work(`${id}-later`) : undefined;
  await wait(FAULT);
  proxy.end();
  await later?.stop();
  await others.stop();
  const milliseconds = await untilRight(id, held).catch((error: Error) => assert.fail(`${name}: ${error.message}`));
  const { requests, harmed } = proxy.counts();
  assert.ok(harmed > 0, `${name}: nothing was struck`);
  assert.ok(requests <= MOST_REQUESTS, `${name}: ${requests} requests`);
  return { name, milliseconds, requests };
}

/** A line of the slowest and the busiest. */
function tell(results: Result[]): void {
  const slowest = results.reduce((a, b) => (a.milliseconds > b.milliseconds ? a : b));
  const busiest = results.reduce((a, b) => (a.requests > b.requests ? a : b));
  console.log(
    `${results.length} faults; slowest: ${slowest.name}, right after ${Math.round(slowest.milliseconds)} ms; busiest: ${busiest.name}, ${busiest.requests} requests`,
  );
}

describe('a fault', () => {
  for (const { at, does, first = false } of TABLE)
    it(`at ${at}${first ? ', at first' : ''}: ${does.join(', ')}`, async () => {
      tell(
        await Promise.all(
          does.map((deed, index) =>
            strike(`${at.replace(' ', '')}${first ? 1 : 0}${index}${does.length}`, at, deed, first),
          ),
        ),
      );
    });
});

describe('the API server', () => {
  it('dies and comes again while we connect, list, are between two pages, ask for a watch, and are at rest', async () => {
    const points = ['list', 'page 2', 'watch', 'idle'] as const;
    const readers = await Promise.all(
      points.map(async (at) => ({
        at,
        id: `dies-${at.replace(' ', '')}`,
        ...(await follow(`dies-${at.replace(' ', '')}`)),
      })),
    );
    for (const { start, live } of readers) {
      start();
      await live();
    }
    const others = readers.map(({ id }) => work(id));
    for (const { at, proxy } of readers) if (at !== 'idle') proxy.begin(at, 'hold');
    for (const { at, proxy } of readers)
      if (at !== 'idle') await until(`a request held at ${at}`, () => proxy.counts().harmed > 0, 5000);
    await test.stopApiServer();
    const late = { at: 'connect', id: 'dies-connect', ...(await follow('dies-connect')) };
    late.start();
    for (const { proxy } of readers) proxy.end();
    await wait(500);
    const all = [...readers, late];
    for (const { at, statuses } of all)
      await until(`${at} says that there is no connection`, () => statuses.at(-1)?.phase === 'retrying', 5000);
    await test.startApiServer();
    const results = await Promise.all(
      all.map(async ({ id, held, proxy, at }, index) => {
        await others[index]?.stop();
        const milliseconds = await untilRight(id, held);
        return { name: `restart at ${at}`, milliseconds, requests: proxy.counts().requests };
      }),
    );
    tell(results);
    for (const { name, requests } of results) assert.ok(requests < 60, `${name}: ${requests} requests`);
  });
});

describe(`${RECONNECTS} reconnects`, () => {
  it('leave nothing behind', async (t) => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const { proxy, held, statuses, start, live } = await follow('again', { ...timing, backoff: [1, 5] });
    start();
    await live();
    const others = work('again');
    const reconnect = async (count: number) => {
      const { watches } = proxy.counts();
      // Most end as they do in life; now and then one breaks, or the list must be made anew.
      proxy.breakWatches(count % 50 === 49 ? 'ERROR 410' : count % 5 === 4 ? 'reset' : 'end');
      await until('another watch', () => proxy.counts().watches > watches, 10_000, 2);
    };
    const look = async () => {
      statuses.length = 0; // what the test itself keeps
      await wait(100);
      collect();
      await wait(50);
      collect();
      const kinds = process.getActiveResourcesInfo();
      const count = (kind: RegExp) => kinds.filter((one) => kind.test(one)).length;
      return {
        heap: process.memoryUsage().heapUsed / 2 ** 20,
        sockets: count(/TCP/),
        timers: count(/Timeout/),
        connections: proxy.connections(),
      };
    };
    for (let count = 0; count < 100; count++) await reconnect(count);
    const begun = await look();
    const since = performance.now();
    for (let count = 100; count < RECONNECTS; count++) await reconnect(count);
    const ended = await look();
    t.diagnostic(
      `${RECONNECTS - 100} reconnects in ${Math.round(performance.now() - since)} ms: ${JSON.stringify([begun, ended])}`,
    );
    assert.ok(ended.heap - begun.heap < 2, `${begun.heap.toFixed(1)} → ${ended.heap.toFixed(1)} MB`);
    for (const what of ['sockets', 'timers', 'connections'] as const)
      assert.ok(ended[what] <= begun[what] + 3, `${what}: ${begun[what]} → ${ended[what]}`);
    await others.stop();
    await untilRight('again', held);
  });
});
