/** What is remembered of jobs, and what is left of them where somebody calls off; on a cluster that is played. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { message } from '../../l10n/index.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { awaitedJobs } from '../../server/src/operations/awaitedJobs.ts';
import { compareFile } from '../../server/src/operations/compare.ts';
import { deleteJob } from '../../server/src/operations/deleteJob.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import { SubmittedModels } from '../../server/src/operations/jobPage/submittedModels.ts';
import { stop } from '../../server/src/operations/lifecycle.ts';
import { planMembership } from '../../server/src/operations/pools/membership.ts';
import type { Cluster } from '../../server/src/operations/ports.ts';
import type { Session } from '../../server/src/operations/session.ts';
import { noteNextRun, readNextRun } from '../../server/src/operations/submit/journal.ts';
import { ClusterState } from '../../server/src/state/clusterState.ts';
import { toWorkload } from '../../server/src/state/project.ts';
import { node, POOL, stateOf } from '../unit/nodesAndPods.ts';
import { sayIn } from '../unit/openText.ts';
import { FakeClusters, FakeServer, job } from './fakeCluster.ts';

process.env.GPUCTL_STATE = mkdtempSync(path.join(tmpdir(), 'gpuctl-called-off-'));
after(() => rmSync(process.env.GPUCTL_STATE ?? '', { recursive: true, force: true }));

const NEVER = new AbortController().signal;
const TEXT = 'kind: training\njob: {name: a}\nenvironment: {image: x:1, command: [a]}\nresources: {gpu: 1}\n';

/** A session on one connection, of which all calls of the cluster are noted, with what it may do beyond the fake's. */
async function stage({ server = new FakeServer(), state = new ClusterState(), more = {} as Partial<Cluster> } = {}) {
  const calls: string[] = [];
  const fake = await new FakeClusters({ prod: server }).connect({});
  const cluster = new Proxy({ ...more } as Cluster, {
    get: (own, name: keyof Cluster) => {
      const found: unknown = own[name] ?? fake[name];
      if (typeof found !== 'function') return found;
      return (...given: unknown[]) => {
        calls.push(name);
        return found.apply(own[name] ? own : fake, given);
      };
    },
  });
  const session = {
    ...{ state, status: { phase: 'connected', podsKnown: true }, missing: [], namespaces: undefined, keepLogs: 100 },
    ...{
      namespace: 'default',
      connectionOptions: {},
      steps: { of: () => undefined },
      rights: { lacking: () => undefined },
    },
    use: (run: (open: Cluster) => unknown) => run(cluster),
  } as unknown as Session;
  return { server, session, cluster, calls };
}
const held = (uid: string, more: Partial<KubeObject> = {}): KubeObject => {
  const made = job('default', 'a', uid, more);
  made.metadata.annotations = { 'gpuctl/source': TEXT, 'gpuctl/spec-hash': 'h' };
  return made;
};
const workloadOf = (object: KubeObject) => toWorkload(object) ?? assert.fail('no job of ours');

describe('what a job was submitted with', () => {
  test('is read once for all who ask, and anew where the job was scaled or is another', async () => {
    const { server, session, calls } = await stage();
    const first = held('u1');
    server.put(first);
    const models = new SubmittedModels();
    const workload = workloadOf(first);
    const [one, other] = await Promise.all([models.of(session, workload), models.of(session, workload)]);
    assert.equal(one?.name, 'a');
    assert.equal(one, other);
    const read = calls.length;
    assert.equal(await models.of(session, { ...workload, podsWanted: 2 }), undefined);
    assert.ok(calls.length > read);
    server.put(held('u2'));
    assert.equal(await models.of(session, { ...workload, uid: 'u0' }), undefined, 'that of another run');
  });
});

describe('a held job that is waited for', () => {
  test('is not asked of again with every look while it cannot be read', async () => {
    const state = new ClusterState();
    const suspended = held('u1', { spec: { parallelism: 1, suspend: true } });
    suspended.metadata.annotations = { ...suspended.metadata.annotations, 'gpuctl/held': 'true' };
    state.applyWorkloads('Job', [{ type: 'set', item: workloadOf(suspended) }]);
    const fails = async () => {
      throw new GpuctlError('connection.refused', message('connection.cancelled'), { status: 500 });
    };
    const { session, calls } = await stage({ state, more: { read: fails } });
    const look = () => awaitedJobs(session, [{ namespace: 'default', name: 'a' }], sayIn('en'), NEVER);
    const [seen] = await look();
    assert.equal(seen?.is?.held, true);
    const asked = calls.length;
    assert.ok(asked > 0);
    for (let again = 0; again < 5; again++) await look();
    assert.equal(calls.length, asked);
  });
});

describe('called off while the log is kept', () => {
  /** A cluster whose log is slow, with who calls off meanwhile. */
  async function slow(object: KubeObject) {
    const abort = new AbortController();
    const server = new FakeServer();
    const ownerReferences = [{ apiVersion: 'batch/v1', kind: 'Job', name: 'a', uid: 'u1' }];
    const queued = { name: 'job-a', namespace: 'default', uid: 'w', ownerReferences };
    server.put(object, { apiVersion: 'kueue.x-k8s.io/v1beta2', kind: 'Workload', metadata: queued, spec: {} });
    const pod = {
      ...{ apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'main' }] } },
      metadata: {
        ...{ name: 'a-0', namespace: 'default', uid: 'p' },
        labels: { 'batch.kubernetes.io/job-name': 'a', 'batch.kubernetes.io/controller-uid': 'u1' },
      },
      status: { phase: 'Running', containerStatuses: [{ name: 'main', state: { running: {} } }] },
    };
    server.put(pod);
    server.log = async function* () {
      abort.abort();
      await new Promise(() => {});
      yield '';
    };
    const changes: string[] = [];
    const note = (what: string) => async () => {
      changes.push(what);
      throw new Error('not in this test');
    };
    const resources = async () => ['localqueues'];
    const { session, cluster } = await stage({
      server,
      more: { patch: note('patch'), remove: note('remove'), resources },
    });
    return { session, cluster, changes, signal: abort.signal };
  }
  const target = { job: { namespace: 'default', name: 'a' }, context: 'prod' };
  const isCalledOff = (error: Error & { code?: string }) => error.name === 'AbortError' || error.code === 'cancelled';

  test('a stop has changed nothing yet, also of a job that waits in a queue', async () => {
    const queued = held('u1');
    queued.metadata.labels = { ...queued.metadata.labels, 'kueue.x-k8s.io/queue-name': 'q' };
    const { session, changes, signal } = await slow(queued);
    await assert.rejects(stop(session, target, signal), isCalledOff);
    assert.deepEqual(changes, []);
  });

  test('a delete has removed nothing yet, and the next run of a resume that was cut off is not forgotten', async () => {
    const { session, cluster, changes, signal } = await slow(held('u1'));
    await noteNextRun(cluster, 'default', 'a', { replaces: 'u1', prefix: 'gpuctl', built: {} as never });
    await assert.rejects(deleteJob(session, { job: target.job, context: 'prod', uid: 'u1' }, signal), isCalledOff);
    assert.ok(await readNextRun(cluster, 'default', 'a'));
    assert.deepEqual(changes, []);
  });
});

describe('several nodes for a pool', () => {
  test('of which one is gone: that is said, and the others go', async () => {
    const state = stateOf([node('n1', POOL)], []);
    const { session, cluster, server } = await stage({ state });
    server.put(node('n1', POOL));
    const { plan } = await planMembership(session, cluster, { nodes: ['n1', 'gone'], pool: 'training-pool' }, NEVER);
    assert.deepEqual(
      plan.warnings.map((say) => sayIn('en')(say)),
      ['There is no node gone in cluster prod any more.'],
    );
  });
});

describe('a document that is compared', () => {
  test('is found where it stands by now, after one was put above it', async () => {
    const broken = 'kind: training\njob: {name: mine}\n';
    const file = { uri: 'file:///work/a.gpuctl.yaml', languageId: 'gpuctl', levels: {}, document: 0 };
    const meant = { kind: 'training', name: 'mine' };
    const { session } = await stage();
    const compare = (text: string) => compareFile(session, { ...file, text, meant }, sayIn('en'), NEVER);
    const isOf = (code: string) => (error: GpuctlError) => error.code === code;
    await assert.rejects(compare(`${TEXT}---\n${broken}`), isOf('submit.has-errors'));
    await assert.rejects(compare(TEXT), isOf('submit.no-document'));
  });
});
