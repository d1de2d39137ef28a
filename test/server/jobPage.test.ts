/** The page of a job, as our client asks for it: what is held at once, what has to be read, what is not to be had. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type { KubeObject } from '../../server/src/operations/ports.ts';
import { ClientNotifications, type JobPageDto, Requests } from '../../server/src/protocol.ts';
import { FakeClusters, FakeServer, job, pod, RUNNING } from './fakeCluster.ts';
import { type Pair, startPair } from './pair.ts';

let pair: Pair;
afterEach(() => pair.stop());

const REF = { namespace: 'default', name: 'sft' };
const SOURCE = `kind: training
job:
  name: sft
environment:
  image: x:1
  env:
    HF_TOKEN: <secret>
resources:
  pool: big
  gpu: 8
`;
const annotated = (annotations: object, more: Partial<KubeObject> = {}): KubeObject => {
  const main = job('default', 'sft', 'u1', more);
  const own = Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`gpuctl/${key}`, value]));
  const labels = { ...main.metadata.labels, 'gpuctl/pool': 'big' };
  return {
    ...main,
    metadata: { ...main.metadata, labels, creationTimestamp: '2026-01-01T00:00:00Z', annotations: own },
  };
};
const node = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'gpuctl/pool': 'big', 'gpuctl/gpu-type': 'A100' } },
  status: {
    allocatable: { 'nvidia.com/gpu': '8', cpu: '64', memory: '512Gi', pods: '110' },
    conditions: [{ type: 'Ready', status: 'True' }],
  },
});
const PENDING = {
  phase: 'Pending',
  conditions: [
    {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: '0/1 nodes are available: 1 Insufficient nvidia.com/gpu.',
    },
  ],
};
const event = (
  about: KubeObject,
  reason: string,
  message: string,
  count = 1,
  lastTimestamp = '2026-01-01T00:01:00Z',
) => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: `${about.metadata.name}.${reason}.${message.length}`, namespace: 'default' },
  involvedObject: { kind: about.kind, namespace: 'default', name: about.metadata.name, uid: about.metadata.uid },
  reason,
  message,
  count,
  lastTimestamp,
});

async function open(server: FakeServer): Promise<void> {
  pair = await startPair({ clusters: new FakeClusters({ prod: server }) });
  await pair.tell(ClientNotifications.interests, { views: ['page'] });
  await pair.until('connected', () => pair.connection?.phase === 'connected');
}
async function page(ref = REF): Promise<JobPageDto | null> {
  const told = await pair.ask(Requests.jobPage, { job: ref });
  assert.ok(told !== 'unchanged');
  return told;
}

describe('the page of a job', () => {
  test('tells of one that waits what it waits for and who must end, as the lens of its document does', async () => {
    const server = new FakeServer();
    const waits = pod('default', 'sft-0', 'sft', 'u1', PENDING);
    const { nodeName: _, ...spec } = waits.spec as { nodeName: string };
    const other = pod('default', 'other-0', 'other', 'u9', RUNNING);
    const gpus = { containers: [{ name: 'main', resources: { limits: { 'nvidia.com/gpu': '8' } } }] };
    server.put(node('n1'), annotated({ source: SOURCE, 'submitted-by': 'me' }, { spec: { parallelism: 1 } }));
    server.put({ ...waits, spec: { ...spec, ...gpus } }, job('default', 'other', 'u9'));
    server.put({ ...other, spec: { nodeName: 'n1', priority: 1_000_000, ...gpus } });
    // A try before it that its node did not take.
    server.put(pod('default', 'sft-a', 'sft', 'u1', { phase: 'Failed', reason: 'UnexpectedAdmissionError' }));
    await open(server);
    const shown = await page();
    assert.match(shown?.verdict ?? '', /^Not enough GPUs: big has 0 of 8 A100 free, 8 are asked for.*other/);
    assert.deepEqual(
      shown?.moments.map(({ what, text, until }) => [what, text, until]),
      [
        ['submitted', 'Submitted by me', undefined],
        ['waited', 'Waiting to run', null],
        ['restarted', 'The program failed and was tried again', undefined],
      ],
    );
    assert.ok(shown?.gestures.includes('stop') && !shown.gestures.includes('start'), shown?.gestures.join());
  });

  test('tells nothing of room once it has its place', async () => {
    const server = new FakeServer();
    server.put(node('n1'), annotated({ source: SOURCE }), pod('default', 'sft-0', 'sft', 'u1', RUNNING));
    await open(server);
    const shown = await page();
    assert.equal(shown?.verdict, undefined);
    assert.equal(shown?.moments.at(-1)?.what, 'started');
  });

  test('brings equal words of several ranks together, newest first, in plain words and with the raw ones', async () => {
    const server = new FakeServer();
    const main = annotated({}, { spec: { parallelism: 2 } });
    const ranks = ['0', '1'].map((rank) => {
      const one = pod('default', `sft-${rank}`, 'sft', 'u1', PENDING);
      one.metadata.labels = { ...one.metadata.labels, 'batch.kubernetes.io/job-completion-index': rank };
      return one;
    });
    const text = '0/1 nodes are available: 1 Insufficient nvidia.com/gpu. preemption: none.';
    server.put(main, ...ranks, ...ranks.map((rank) => event(rank, 'FailedScheduling', text, 3)));
    server.put(
      event(
        main,
        'FailedCreate',
        'Error creating: HF_TOKEN=hf_abcdefghijklmnopqrstuvwxyz0123456789',
        1,
        '2026-01-01T00:02:00Z',
      ),
    );
    await open(server);
    const { events = [] } = (await page()) ?? {};
    assert.deepEqual(
      events.map(({ about, count, reason }) => [about, count, reason]),
      [
        ['', 1, 'FailedCreate'],
        ['2 ranks', 6, 'FailedScheduling'],
      ],
    );
    assert.match(events[1]?.text ?? '', /GPU/);
    assert.equal(events[1]?.raw, text);
    assert.doesNotMatch(JSON.stringify(events), /hf_abc/);
  });

  test('reads what it consists of, with the document and without its secrets', async () => {
    const server = new FakeServer();
    const env = [{ name: 'DB_PASSWORD', value: 'hunter2hunter2' }];
    const source = `${SOURCE}# hunter2hunter2\n`;
    const spec = { parallelism: 1, template: { spec: { containers: [{ name: 'main', env }] } } };
    const about = {
      source,
      'source-path': 'jobs/sft.gpuctl.yaml',
      'git-commit': 'abc',
      'last-outcome': 'failed: BackoffLimitExceeded',
    };
    server.put(annotated(about, { spec }));
    const owned = { 'app.kubernetes.io/managed-by': 'gpuctl' };
    const ownerReferences = [{ apiVersion: 'batch/v1', kind: 'Job', name: 'sft', uid: 'u1' }];
    server.put({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'sft', namespace: 'default', labels: owned, ownerReferences },
    });
    await open(server);
    const parts = await pair.ask(Requests.jobParts, { job: REF });
    assert.deepEqual(parts?.resources, [
      { kind: 'Job', name: 'sft' },
      { kind: 'Service', name: 'sft' },
    ]);
    assert.equal(parts?.source, source.replace('hunter2hunter2', '<secret>'));
    assert.deepEqual([parts?.path, parts?.commit, parts?.lastOutcome], ['jobs/sft.gpuctl.yaml', 'abc', 'failed']);
    const one = (kind: string, name = 'sft') =>
      pair.ask(Requests.jobResource, { job: REF, context: 'prod', kind, name });
    const { text = '', context } = (await one('Job')) ?? {};
    assert.equal(context, 'prod');
    assert.match(text, /^apiVersion: batch\/v1\nkind: Job\n/);
    assert.match(text, /name: DB_PASSWORD\n\s+value: <secret>/);
    assert.doesNotMatch(text, /hunter2/);
    assert.match((await one('Service'))?.text ?? '', /kind: Service/);
    assert.equal(await one('Secret'), null);
    await assert.rejects(
      pair.ask(Requests.jobResource, { job: REF, context: 'other', kind: 'Job', name: 'sft' }),
      ({ data }: { data: { code: string } }) => data.code === 'job.other-cluster',
    );
  });

  test('is not told again while nothing of it changes, whatever other jobs do', async () => {
    const server = new FakeServer();
    server.put(annotated({}), pod('default', 'sft-0', 'sft', 'u1', RUNNING), job('default', 'other', 'u9'));
    await open(server);
    const { revision = '' } = (await page()) ?? {};
    const again = () => pair.ask(Requests.jobPage, { job: REF, revision });
    assert.equal(await again(), 'unchanged');
    server.put(job('default', 'third', 'u3'));
    await pair.until('the other job', async () => (await pair.ask(Requests.jobs)).jobs.length === 3);
    assert.equal(await again(), 'unchanged');
    server.put(pod('default', 'sft-0', 'sft', 'u1', PENDING));
    await pair.until('the change', async () => (await again()) !== 'unchanged');
  });

  test('says what is gone, what is not looked at, and what comes a moment later', async () => {
    const server = new FakeServer();
    server.may = ({ kind, namespace }) => kind === 'Node' || namespace === 'default';
    server.put(job('elsewhere', 'far', 'u7'));
    await open(server);
    assert.equal(await page(), null);
    await assert.rejects(
      page({ namespace: 'elsewhere', name: 'far' }),
      (error: { data?: { code: string; actions: object[] } }) => {
        assert.equal(error.data?.code, 'job.unseen');
        assert.deepEqual(error.data?.actions, [{ do: 'selectTarget' }]);
        return true;
      },
    );
    server.put(annotated({}));
    assert.equal((await page())?.job.ref.name, 'sft');
  });
});
