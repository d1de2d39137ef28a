/** What the view of jobs and the notifications are given: what each job says, and what a thousand of them cost. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { toText } from '../../l10n/index.ts';
import { awaitedJobs } from '../../server/src/operations/awaitedJobs.ts';
import type { CollectionRef, KubeObject } from '../../server/src/operations/ports.ts';
import { Session } from '../../server/src/operations/session.ts';
import { type Say, toJobsDto } from '../../server/src/operations/views.ts';
import { measureCockpit } from '../bench/cockpit.ts';
import { FakeClusters, FakeServer, job, pod, until } from './fakeCluster.ts';

const say: Say = (one) => toText(one, 'en');
const { signal } = new AbortController();
const opened: Session[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.dispose();
});

async function look(server: FakeServer): Promise<Session> {
  const session = new Session(new FakeClusters({ a: server }), { onStatus: () => {}, onState: () => {} });
  opened.push(session);
  session.configure({ namespace: 'team-a' }, true);
  session.setInterest(true);
  await until('connected', () => session.status.phase === 'connected' && session.user === server.user);
  return session;
}

const ours = (name: string, annotations: Record<string, string> = {}, more: Partial<KubeObject> = {}): KubeObject => {
  const made = job('team-a', name, `uid-${name}`, more);
  made.metadata.annotations = annotations;
  return made;
};
const crashed = (restarts: number) => ({
  phase: 'Failed',
  containerStatuses: [
    {
      restartCount: restarts,
      state: { terminated: { reason: 'OOMKilled', exitCode: 137, finishedAt: '2026-11-23T08:00:00Z' } },
    },
  ],
});
const FAILED = { status: { conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] } };
const GPUS = { containers: [{ resources: { limits: { 'nvidia.com/gpu': '4' } } }] };
const node = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: {
    allocatable: { 'nvidia.com/gpu': '4', pods: '10', cpu: '8', memory: '64Gi' },
    capacity: { 'nvidia.com/gpu': '4' },
    conditions: [{ type: 'Ready', status: 'True' }],
  },
});

describe('a job in the list', () => {
  test('says whose it is, which run, how often it began again, how far it is, and its reason also in a few words', async () => {
    const server = new FakeServer();
    server.user = 'zhang';
    server.put(
      ours('mine', { 'gpuctl/submitted-by': 'zhang', 'gpuctl/run': '3' }, FAILED),
      pod('team-a', 'mine-0', 'mine', 'uid-mine', crashed(2)),
      ours('theirs', { 'gpuctl/submitted-by': 'li' }),
    );
    const session = await look(server);
    session.steps.set('uid-theirs', { at: 40, of: 100 });
    const { jobs, me } = toJobsDto(session, say);
    assert.equal(me, 'zhang');
    const [mine, theirs] = ['mine', 'theirs'].map((name) => jobs.find(({ ref }) => ref.name === name));
    assert.deepEqual(
      [mine?.uid, mine?.mine, mine?.run, mine?.restarts, mine?.step],
      ['uid-mine', true, 3, 2, undefined],
    );
    assert.deepEqual([mine?.state, mine?.brief], ['failed: ran out of memory', 'out of memory']);
    assert.deepEqual(
      [theirs?.mine, theirs?.run, theirs?.restarts, theirs?.step],
      [undefined, undefined, 0, { at: 40, of: 100 }],
    );
  });

  test('is nobody’s where the cluster does not say who we are', async () => {
    const server = new FakeServer();
    server.put(ours('a', { 'gpuctl/submitted-by': 'zhang' }));
    const { jobs, me } = toJobsDto(await look(server), say);
    assert.deepEqual([me, jobs[0]?.mine, jobs[0]?.submittedBy], [undefined, undefined, 'zhang']);
  });
});

describe('a job that somebody waits for', () => {
  const held = ours('held', {}, { spec: { parallelism: 2, suspend: true, template: { spec: GPUS } } });
  const ask = async (session: Session, ...names: string[]) =>
    (
      await awaitedJobs(
        session,
        names.map((name) => ({ namespace: 'team-a', name })),
        say,
        signal,
      )
    ).map(({ job: { name }, is, canRun }) => [name, is === null ? null : is.uid, canRun]);

  test('is told of as it is, or that it is gone; where it is held, that there is room for all of it', async () => {
    const server = new FakeServer();
    server.put(held, ours('runs'), node('n1'));
    const session = await look(server);
    assert.deepEqual(await ask(session, 'runs', 'held', 'none'), [
      ['runs', 'uid-runs', undefined],
      ['held', 'uid-held', undefined],
      ['none', null, undefined],
    ]);
    server.put(node('n2'));
    await until('the second node', () => session.state.node('n2') !== undefined);
    assert.deepEqual(await ask(session, 'held'), [['held', 'uid-held', true]]);
    const taken = pod('team-b', 'x', 'x', 'uid-x', { phase: 'Running' });
    taken.spec = { nodeName: 'n2', ...GPUS };
    server.put(taken);
    await until('the pod', () => session.state.holdsPodsOf('team-b', 'x'));
    assert.deepEqual(await ask(session, 'held'), [['held', 'uid-held', undefined]]);
  });

  test('is left out where its namespace is not seen, or nothing is known yet', async () => {
    const server = new FakeServer();
    server.put(ours('runs'));
    server.may = ({ kind, namespace }: CollectionRef) => kind === 'Node' || namespace === 'team-a';
    const session = await look(server);
    const elsewhere = { namespace: 'team-b', name: 'runs' };
    assert.deepEqual(await awaitedJobs(session, [elsewhere], say, signal), []);
    assert.deepEqual(await ask(session, 'runs'), [['runs', 'uid-runs', undefined]]);
    session.setInterest(false);
    session.reconnect();
    assert.deepEqual(await ask(session, 'runs'), []);
  });
});

describe('1,000 jobs that change 50 times a second', () => {
  test('are told in bundles, listed twice a second, and leave the processor to others', async () => {
    const figures = await measureCockpit();
    console.log(`# ${JSON.stringify(figures)}`);
    assert.ok(figures.told <= 21, `told ${figures.told} times a second`);
    assert.ok(figures.listed > 0 && figures.listed <= 2.5, `listed ${figures.listed} times a second`);
    assert.ok(figures.cpu < 0.5, `${figures.cpu} of a processor`);
  });
});
