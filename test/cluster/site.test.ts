/** What a submit finds out of the cluster before it builds a job: nothing is guessed, and what was decided for a job that is there holds. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { message, toText } from '../../l10n/index.ts';
import { createClusters } from '../../server/src/cluster/index.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import type { JobModel } from '../../server/src/kinds/kind.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import type { Cluster } from '../../server/src/operations/ports.ts';
import { Session } from '../../server/src/operations/session.ts';
import { planSettings } from '../../server/src/operations/settings/settings.ts';
import { type FoundSite, findSite } from '../../server/src/operations/site.ts';
import type { Plan } from '../../server/src/operations/submit/plan.ts';
import { prepare } from '../../server/src/operations/submit/submit.ts';
import { ClusterState } from '../../server/src/state/clusterState.ts';
import { until } from './apiClient.ts';
import { installCrds, KEDA } from './crds.ts';
import { errorOf, never, SettingsStage } from './settingsStage.ts';

const stage = new SettingsStage();
const sessions: Session[] = [];
after(() => {
  for (const session of sessions) session.dispose();
});

/** A session like that of the editor: it watches. */
async function watching(context: string): Promise<Session> {
  const session = new Session(createClusters(process.env), { onStatus: () => undefined, onState: () => undefined });
  sessions.push(session);
  session.configure({ kubeconfig: stage.cluster.kubeconfig, context }, true);
  session.setInterest(true);
  await until('all is held', () => session.status.podsKnown && session.state.hasNodes);
  return session;
}

type See = (cluster: Cluster) => Cluster;
const asItIs: See = (cluster) => cluster;
const failing = (method: 'resources' | 'list' | 'listNames' | 'read', kind: RegExp, status?: number): See => {
  const fail = new GpuctlError('test', message('session.internal'), status === undefined ? {} : { status });
  return (cluster) => ({
    ...cluster,
    [method]: (at: string | { kind: string }, ...rest: unknown[]) =>
      kind.test(typeof at === 'string' ? at : at.kind)
        ? Promise.reject(fail)
        : (cluster[method] as (...all: unknown[]) => Promise<unknown>)(at, ...rest),
  });
};

function read(text: string) {
  const document = readDocument(text, 'gpuctl');
  assert.ok(document?.model, JSON.stringify(document?.findings));
  return document;
}

/** Submits, and agrees to nothing. */
const submit = (text: string, session = stage.engineer, see = asItIs): Promise<Plan> =>
  session.use(async (cluster) => {
    const origin = { document: read(text), path: 'a.yaml', gitCommit: undefined };
    const { plan, carryOut } = await prepare(session, see(cluster), origin, never);
    assert.deepEqual(plan.asks, []);
    await carryOut(never);
    return plan;
  });

/** What a submit finds for a job that is not there. */
const find = (text: string, session: Session, see = asItIs, namespace = 'ml-team'): Promise<FoundSite> =>
  session.use((cluster) => findSite(session, see(cluster), read(text).model as JobModel, namespace, undefined, never));
const said = ({ warnings }: Pick<FoundSite | Plan, 'warnings'>, key: RegExp): string[] =>
  warnings.filter((one) => key.test(one.key)).map((one) => toText(one, 'en'));

describe('the rack of a job that must stand in one', () => {
  // Two nodes with three free GPUs each are in rack-2 alone, and once they are taken in none.
  const text = (name: string, priority = 'medium') => `kind: training
job: {name: ${name}, priority: ${priority}}
environment: {image: alpine:3.22, command: [sh, -c, "trap 'exit 0' TERM; sleep 600 & wait"]}
resources: {pool: training-pool, gpu: 6, nodeCount: 2, cpu: 100m, memory: 256Mi}
distributed: {sameRack: required}
`;
  const rackOf = async (name: string): Promise<string> => {
    const { spec } = (await stage.read(`apis/batch/v1/%/jobs/${name}`)) as KubeObject & { spec: { template: object } };
    return (
      /"cloud\.provider\.com\/topology-rack","operator":"In","values":\["([^"]+)"/.exec(JSON.stringify(spec))?.[1] ?? ''
    );
  };

  test('is chosen by the pods of all also where none are held, and kept while its own fill it', async () => {
    assert.equal((await submit(text('racked'))).outcome, 'created');
    assert.equal(await rackOf('racked'), 'rack-2');
    await until('it runs', async () => (await stage.pods('batch.kubernetes.io/job-name=racked')).length === 2);
    const editor = await watching('ml-engineer');
    await until(
      'its pods are held',
      () => editor.state.podsOf('ml-team', 'racked').filter(({ node }) => node).length === 2,
    );
    const rackFor = async (other: string) => (await find(other, editor)).site.rack?.value;
    assert.equal(await rackFor(text('patient', 'low')), 'rack-1', 'another job is put elsewhere');
    assert.equal(await rackFor(text('other')), 'rack-2', 'where it pushes out who has less, it would run at once');
    assert.equal((await submit(text('racked'), editor)).outcome, 'unchanged');
    assert.equal((await submit(text('racked'))).outcome, 'unchanged');
  });

  test('is chosen by the nodes alone where no pods may be listed, and that is said', async () => {
    const found = await find(text('blind'), stage.engineer, failing('list', /^Pod$/, 403));
    assert.equal(found.site.rack?.label, 'cloud.provider.com/topology-rack');
    assert.deepEqual(said(found, /rack/), [
      'You may not list the pods of all namespaces, so the rack rack-1 was chosen without knowing which of its GPUs are free.',
    ]);
  });
});

describe('a queue', () => {
  const text = `kind: training
job: {name: queued}
environment: {image: alpine:3.22, command: [sh, -c, "true"]}
resources: {queue: team, cpu: 100m, memory: 64Mi}
`;

  test('is not bypassed where the cluster did not say whether it has queues', async () => {
    assert.equal((await errorOf(submit(text, stage.engineer, failing('resources', /kueue/)))).code, 'test');
    assert.equal(await stage.read('apis/batch/v1/%/jobs/queued'), undefined);
    const forbidden = await find(text, stage.engineer, failing('resources', /kueue/, 403));
    assert.equal(forbidden.site.queue, 'team');
    assert.match(said(forbidden, /queue/).join(), /may not be asked/);
  });

  test('of the pool is kept for a job that is there where the pool may not be read', async () => {
    const text = 'kind: training\njob: {name: a}\nenvironment: {image: x:1}\nresources: {pool: training-pool}\n';
    const existing = (labels: object, annotations: object = {}) =>
      ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a', labels, annotations }, spec: {} }) as KubeObject;
    const blind: See = (cluster) => failing('read', /^ConfigMap$/, 403)(failing('resources', /kueue/, 403)(cluster));
    const queueOf = (main: KubeObject, see: See) =>
      stage.engineer.use(async (cluster) => {
        const model = read(text).model as JobModel;
        return (await findSite(stage.engineer, see(cluster), model, 'ml-team', main, never)).site.queue;
      });
    assert.equal(await queueOf(existing({ 'kueue.x-k8s.io/queue-name': 'team' }), blind), 'team');
    assert.equal(await queueOf(existing({}, { 'gpuctl/queue': 'team' }), blind), 'team', 'held');
    assert.equal(
      await queueOf(existing({ 'kueue.x-k8s.io/queue-name': 'team' }), asItIs),
      undefined,
      'the pool has none',
    );
  });

  test('that is left out is told of once', async () => {
    assert.deepEqual(said(await submit(text), /queue|kueue/), [
      'The queue `team` is not used, since no queues are known here: the job starts as soon as there is room.',
    ]);
  });
});

describe('the autoscaler of a service', () => {
  const text = `kind: inference
job: {name: scaled}
environment: {image: "vllm/vllm-openai:v1", args: [--model, m]}
resources: {pool: inference-pool, gpu: 1, cpu: 100m, memory: 64Mi}
service: {replicas: 1}
autoscaling: {minReplicas: 1, maxReplicas: 2, targetQueueLength: 10}
`;
  before(() => installCrds(stage.admin, KEDA));
  const address = async (): Promise<unknown> => {
    const scaler = await stage.read('apis/keda.sh/v1alpha1/%/scaledobjects/scaled');
    return (scaler?.spec as { triggers: { metadata: object }[] } | undefined)?.triggers[0]?.metadata;
  };

  test('stays where the one who submits the same does not find what it follows', async () => {
    const knowing = stage.sessionOf('ml-engineer');
    knowing.configure({ ...knowing.connectionOptions, prometheus: 'http://prometheus.example:9090' }, true);
    assert.equal((await submit(text, knowing)).outcome, 'created');
    const before = await address();
    assert.ok(before);
    knowing.configure({ ...knowing.connectionOptions, prometheus: undefined }, true);
    for (const see of [asItIs, failing('resources', /keda|metrics/, 403), failing('list', /^Service$/, 403)]) {
      if (see !== asItIs) assert.equal((await find(text, knowing, see)).site.scaling.by, 'none');
      assert.equal((await submit(text, knowing, see)).outcome, 'unchanged');
      assert.deepEqual(await address(), before);
    }
    assert.equal((await errorOf(find(text, knowing, failing('resources', /keda/)))).code, 'test');
  });
});

describe('the prefix of labels', () => {
  const text = 'kind: compute\njob: {name: a}\nenvironment: {image: x:1}\nresources: {pool: p}\n';

  test('is that of the jobs of the namespace where the nodes may not be seen', async () => {
    const session = stage.sessionOf('restricted');
    const found = () => find(text, session, asItIs, 'sandbox');
    const first = await found();
    assert.deepEqual([first.site.prefix, said(first, /prefix/)], ['gpuctl', []]);
    await stage.admin.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'old', namespace: 'sandbox', labels: { 'runwhere.ai/job-type': 'compute' } },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: 'old' } },
        template: { metadata: { labels: { app: 'old' } }, spec: { containers: [{ name: 'main', image: 'x:1' }] } },
      },
    });
    assert.equal((await found()).site.prefix, 'runwhere.ai');
    const blind = await find(text, session, failing('listNames', /./, 403), 'sandbox');
    assert.equal(blind.site.prefix, 'gpuctl');
    assert.match(said(blind, /prefix/).join(), /set `gpuctl\.labelPrefix`/);
  });
});

describe('a pool that was made a moment ago', () => {
  test('is seen by a job of the same file, though nothing of it is held yet', async () => {
    const editor = await watching('admin');
    const late = new ClusterState();
    late.applyNodes([{ type: 'reset', items: [...editor.state.nodes] }]);
    late.applyPools([{ type: 'reset', items: [...editor.state.pools] }]);
    editor.state = late; // what the watches bring goes to the other
    const text = (pool: string) => `kind: pool\npool: {name: fresh, site: {${pool}}}\nnodes: {c1: {gpuType: X1}}\n`;
    const make = (pool: string) =>
      editor.use(async (cluster) => {
        const document = read(text(pool));
        if (!document.model) return;
        const { carryOut } = await planSettings(
          editor,
          cluster,
          document.model,
          { document, path: undefined, gitCommit: undefined },
          never,
        );
        await carryOut(never);
      });
    const job = 'kind: training\njob: {name: a}\nenvironment: {image: x:1}\nresources: {pool: fresh}\n';
    await make('ncclSocketIfname: eth1');
    const { site } = await find(job, editor);
    assert.deepEqual(
      site.nodes.filter(({ pool }) => pool === 'fresh').map(({ name }) => name),
      ['c1'],
    );
    assert.equal(site.pool.ncclSocketIfname, 'eth1');
  });

  test('and that is held already is read anew', async () => {
    const editor = await watching('admin');
    const late = new ClusterState();
    const old = { key: 'x', name: 'training-pool', description: undefined, site: { ncclSocketIfname: 'old0' } };
    late.applyNodes([{ type: 'reset', items: [...editor.state.nodes] }]);
    late.applyPools([{ type: 'reset', items: [old] }]);
    editor.state = late;
    const job = 'kind: training\njob: {name: a}\nenvironment: {image: x:1}\nresources: {pool: training-pool}\n';
    assert.equal((await find(job, editor)).site.pool.ncclSocketIfname, undefined);
  });
});
