import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Message, message, toText } from '../../l10n/index.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { checkCluster, isFit, toReportDto } from '../../server/src/operations/checkCluster.ts';
import type { CheckLine } from '../../server/src/operations/checks/check.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import type { Access, CollectionRef } from '../../server/src/operations/ports.ts';
import { Session } from '../../server/src/operations/session.ts';
import { FakeClusters, FakeConnection, FakeServer } from '../server/fakeCluster.ts';
import { type NodeOptions, node } from './nodesAndPods.ts';

const never = new AbortController().signal;
const english = (one: Message | undefined): string => (one ? toText(one, 'en') : '');

/** What a cluster in memory says, beside the objects that it has. */
interface Says {
  version?: () => Promise<string>;
  resources?: Record<string, string[]>;
  list?: (collection: CollectionRef) => Promise<void>;
  mayI?: (access: Access) => boolean | undefined;
}

/** A session on a cluster in memory. */
function sessionOn(objects: KubeObject[], says: Says = {}): Session {
  const server = new FakeServer();
  server.put(...objects);
  server.mayI = says.mayI ?? (() => true);
  class Connection extends FakeConnection {
    override version = says.version ?? (async () => 'v1.36.3');
    override async resources(apiVersion?: string) {
      return says.resources?.[apiVersion ?? ''] as undefined;
    }
    override async list(collection: CollectionRef) {
      await says.list?.(collection);
      return super.list(collection);
    }
  }
  const clusters = new FakeClusters({ prod: server });
  clusters.connect = async () =>
    new Connection(
      { context: 'prod', cluster: 'prod-a', user: 'me', namespace: 'team', server: 'https://prod' },
      server,
    );
  const session = new Session(clusters, { onStatus: () => {}, onState: () => {} });
  session.configure({}, true);
  return session;
}

/** What is told of a cluster. */
async function linesOf(objects: KubeObject[], says: Says = {}, patience?: number): Promise<Map<string, CheckLine>> {
  const session = sessionOn(objects, says);
  try {
    const { lines } = await checkCluster(session, never, patience);
    return new Map(lines.map((line) => [line.id, line]));
  } finally {
    session.dispose();
  }
}

/** Status and sentence of one line. */
async function lineOf(id: string, objects: KubeObject[], says: Says = {}): Promise<[string | undefined, string]> {
  const line = (await linesOf(objects, says)).get(id);
  return [line?.status, english(line?.found)];
}

const labelled = (name: string, options: NodeOptions, labels: Record<string, string>): KubeObject => {
  const object = node(name, options);
  Object.assign(object.metadata.labels ?? {}, labels);
  return object;
};
const storageClass = (name: string, provisioner: string, annotations = {}): KubeObject =>
  ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, annotations },
    provisioner,
  }) as KubeObject;

describe('a check of the cluster says', () => {
  test('whether the release is new enough', async () => {
    const of = (version: string) => lineOf('version', [], { version: async () => version });
    assert.deepEqual(await of('v1.31.0-eks-1'), ['good', 'v1.31.0-eks-1; 1.31 or newer is needed.']);
    assert.deepEqual(await of('v1.30.9'), ['missing', 'v1.30.9 is older than 1.31.']);
    assert.equal((await of('v2.0.1'))[0], 'good');
    assert.equal((await of(''))[0], 'unknown');
  });

  test('who offers how many GPUs, and whether GPUs are there that nobody offers', async () => {
    const nodes = [node('a', {}), node('b', { gpus: 4 }), node('c', { gpus: 0 })];
    assert.deepEqual(await lineOf('gpus', nodes), [
      'good',
      '12 × nvidia.com/gpu on 2 of 3 nodes, offered by a device plugin.',
    ]);
    const operated = labelled('d', {}, { 'nvidia.com/gpu.deploy.driver': 'true' });
    assert.match((await lineOf('gpus', [operated]))[1], /offered by the GPU operator/);
    const idle = labelled('e', { gpus: 0 }, { 'nvidia.com/gpu.present': 'true' });
    assert.deepEqual(await lineOf('gpus', [idle, node('c', { gpus: 0 })]), [
      'missing',
      '1 of 2 nodes have GPUs, and none of them offers them.',
    ]);
    assert.equal((await lineOf('gpus', []))[0], 'missing');
  });

  test('types by pool, and the nodes without one', async () => {
    const nodes = [node('a', { pool: 'x' }), node('b', { pool: 'x' }), node('c', { type: 'H100', gpus: 2 })];
    assert.deepEqual(await lineOf('types', nodes), ['good', 'default: 2 × H100, x: 16 × A100-80G.']);
    assert.deepEqual(await lineOf('types', [...nodes, node('d', { type: '' })]), [
      'missing',
      '1 node has GPUs without a type: d. Known: default: 2 × H100, x: 16 × A100-80G.',
    ]);
    assert.deepEqual(await lineOf('pools', nodes), ['good', '1 pool: x; 1 node with GPUs outside of them.']);
  });

  test('racks by the usual labels', async () => {
    const [a, b] = ['r1', 'r2'].map((rack) => labelled(rack, {}, { 'topology.kubernetes.io/rack': rack }));
    assert.ok(a && b);
    assert.deepEqual(await lineOf('racks', [a, b, node('c', {})]), [
      'good',
      '2 by the label topology.kubernetes.io/rack; 1 node with GPUs without it.',
    ]);
    assert.equal((await lineOf('racks', [node('c', {})]))[0], 'missing');
  });

  test('whether storage can be shared: known, known not to be, and not known', async () => {
    const of = (...provisioners: string[]) =>
      lineOf(
        'shared-storage',
        provisioners.map((one, index) => storageClass(`c${index}`, one)),
      );
    assert.deepEqual(await of('ebs.csi.aws.com', 'nfs.csi.k8s.io'), ['good', 'Storage classes: c1 (nfs.csi.k8s.io).']);
    assert.equal((await of('ebs.csi.aws.com', 'rancher.io/local-path'))[0], 'missing');
    assert.deepEqual(await of('ebs.csi.aws.com', 'example.com/fast'), [
      'unknown',
      'Whether several nodes can share a volume of these is not known: c1 (example.com/fast).',
    ]);
    assert.equal((await of())[0], 'missing');
    const marked = storageClass('main', 'x', { 'storageclass.kubernetes.io/is-default-class': 'true' });
    assert.deepEqual(await lineOf('default-storage', [storageClass('other', 'x'), marked]), ['good', 'main.']);
  });

  test('what is served', async () => {
    const resources = { 'keda.sh/v1alpha1': ['scaledobjects'], 'kueue.x-k8s.io/v1beta1': ['localqueues'] };
    const lines = await linesOf([], { resources });
    assert.equal(lines.get('keda')?.status, 'good');
    assert.equal(english(lines.get('kueue')?.found), 'Kueue is there; namespace team has no queue.');
    const without = await linesOf([]);
    assert.deepEqual(
      ['keda', 'kueue', 'pod-metrics', 'dcgm', 'prometheus'].map((id) => without.get(id)?.status),
      Array(5).fill('missing'),
    );
    for (const [id, line] of without) if (line.status === 'missing') assert.ok(line.how, `${id} says how to get it`);
  });

  test('each right that is missing, with its place; where the cluster does not tell, it is unknown', async () => {
    const mayI = ({ verb, resource, subresource }: Access) =>
      subresource === 'exec' ? undefined : !(resource === 'jobs' && verb === 'create');
    const lines = await linesOf([], { mayI });
    assert.equal(english(lines.get('rights.training')?.found), 'You lack “create” on jobs in namespace team.');
    assert.equal(lines.get('rights.exec')?.status, 'unknown');
    assert.equal(lines.get('rights.nodes')?.status, 'good');
    assert.match(english(lines.get('rights.nodes')?.found), /“list, watch” on nodes in the whole cluster/);
  });
});

describe('a check of the cluster', () => {
  const forbidden = new GpuctlError('connection.forbidden', message('check.list', { first: 'not', rest: 'yours' }), {
    status: 403,
    hint: message('check.keda.how'),
  });

  test('says unknown, with the refusal, where something may not be seen, and goes on', async () => {
    const list = async ({ kind }: CollectionRef) => {
      if (kind === 'Node') throw forbidden;
    };
    const lines = await linesOf([storageClass('s', 'nfs')], { list });
    for (const id of ['gpus', 'types', 'pools', 'racks']) {
      assert.deepEqual([lines.get(id)?.status, english(lines.get(id)?.found)], ['unknown', 'not, yours'], id);
      assert.ok(lines.get(id)?.how, id);
    }
    assert.equal(lines.get('gpus')?.needed, false, 'GPUs that may not be seen keep nobody from submitting');
    assert.equal(lines.get('shared-storage')?.status, 'good');
    assert.ok(isFit([...lines.values()]));
  });

  test('is fit for who may not see the release, and not where it is too old', async () => {
    const of = async (version: () => Promise<string>) => {
      const lines = await linesOf([node('a', {})], { version });
      return [lines.get('version')?.status, isFit([...lines.values()])];
    };
    assert.deepEqual(await of(() => Promise.reject(forbidden)), ['unknown', true]);
    assert.deepEqual(await of(async () => 'v1.30.9'), ['missing', false]);
  });

  test('waits for nobody longer than a while', async () => {
    const list = async ({ kind }: CollectionRef) => {
      if (kind === 'Node') await new Promise(() => {});
    };
    const began = performance.now();
    const lines = await linesOf([], { list }, 200);
    assert.ok(performance.now() - began < 2_000);
    assert.equal(lines.get('gpus')?.status, 'unknown');
    assert.match(english(lines.get('gpus')?.found), /No answer within/);
    assert.equal(lines.get('version')?.status, 'good');
  });

  test('is called off at once', async () => {
    const session = sessionOn([], { list: () => new Promise(() => {}) });
    const abort = new AbortController();
    const checked = checkCluster(session, abort.signal);
    setTimeout(() => abort.abort(), 20);
    const began = performance.now();
    await assert.rejects(checked, ({ code }: GpuctlError) => code === 'cancelled');
    assert.ok(performance.now() - began < 500);
    session.dispose();
  });

  test('has nothing to tell of a cluster that is away', async () => {
    const away = new GpuctlError('connection.refused', message('connection.cancelled'));
    const session = sessionOn([], { version: () => Promise.reject(away), list: () => Promise.reject(away) });
    await assert.rejects(checkCluster(session, never), ({ code }: GpuctlError) => code === 'connection.refused');
    session.dispose();
  });

  test('is fit where jobs of one kind at least can be submitted, seen and read', async () => {
    const of = async (refused: (access: Access) => boolean) =>
      isFit([...(await linesOf([node('a', {})], { mayI: (access) => !refused(access) })).values()]);
    assert.ok(await of(() => false));
    assert.ok(
      (await of(({ resource }) => resource === 'jobs' || resource === 'secrets')) === false,
      'jobs are not seen',
    );
    assert.ok(await of(({ resource, verb }) => resource === 'secrets' && verb === 'create'));
    assert.equal(await of(({ verb }) => verb === 'create'), false);
    assert.equal(await of(({ subresource }) => subresource === 'log'), false);
  });

  test('speaks both languages, area by area', async () => {
    const session = sessionOn([node('a', {})]);
    const report = await checkCluster(session, never);
    session.dispose();
    const [en, zh] = (['en', 'zh-cn'] as const).map((language) => toReportDto(report, (one) => toText(one, language)));
    assert.deepEqual(
      en?.areas.map(({ title, lines }) => [title, lines.length]),
      [
        ['Connection', 2],
        ['GPUs', 4],
        ['Metrics', 4],
        ['Queues and priorities', 2],
        ['Storage', 2],
        ['Your rights', 15],
      ],
    );
    for (const { lines } of zh?.areas ?? [])
      for (const { what, gives } of lines) assert.match(gives, /\p{Script=Han}/u, what);
  });
});
