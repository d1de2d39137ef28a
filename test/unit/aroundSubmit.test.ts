import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { heldSite } from '../../server/src/capacity/heldSite.ts';
import { documentsOf } from '../../server/src/kinds/checkedFile.ts';
import { NO_LEVELS } from '../../server/src/kinds/levels.ts';
import { OFFLINE, type Site } from '../../server/src/kinds/manifests/site.ts';
import { buildLenses } from '../../server/src/language/lenses.ts';
import { Previews } from '../../server/src/language/preview.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import { Session } from '../../server/src/operations/session.ts';
import { heldSitesKey } from '../../server/src/operations/site.ts';
import { submitFiles } from '../../server/src/operations/submit/submitFiles.ts';
import { toJobsDto } from '../../server/src/operations/views.ts';
import type { FileToSubmit } from '../../server/src/protocol.ts';
import { ClusterState } from '../../server/src/state/clusterState.ts';
import { toWorkload } from '../../server/src/state/project.ts';
import type { NodeRecord } from '../../server/src/state/records.ts';
import { FakeClusters, FakeServer } from '../server/fakeCluster.ts';
import { openText, sayIn } from './openText.ts';

const job = (name: string, more = '') => `kind: training
job: {name: ${name}}
environment: {image: x:1}
${more}`;

/** The first lines of a preview, up to its first document. */
function headOf(
  text: string,
  { cluster, site = OFFLINE }: { cluster?: string; site?: Site },
  language: 'en' | 'zh-cn',
) {
  const held = { name: () => cluster, sitesKey: () => '', site: () => site };
  const { text: shown } = new Previews(held, sayIn(language)).render(openText(text));
  return shown.split('\n\n')[0]?.split('\n').slice(1) ?? [];
}

describe('the preview beside a cluster', () => {
  const head = (text: string, site?: Site, language: 'en' | 'zh-cn' = 'en') =>
    headOf(text, { cluster: 'prod', ...(site && { site }) }, language);

  test('says what only Submit looks at, where a document has it, and else nothing', () => {
    assert.deepEqual(head(job('a')), []);
    assert.match(head(job('a', 'resources: {gpu: 1, queue: team}')).join(), /queue.*Submit looks/);
    assert.match(head(job('a', 'resources: {pool: p}'), { ...OFFLINE, pool: { queue: 'team' } }).join(), /queue/);
    assert.match(head(job('a', 'resources: {gpu: 1, gpuShare: 8Gi}').replace('training', 'notebook')).join(), /share/);
    assert.match(head(job('a', 'resources: {gpu: 1, queue: team}'), undefined, 'zh-cn').join(), /队列/);
    const service = `kind: inference
job: {name: chat}
environment: {image: x:1}
resources: {gpu: 1}
autoscaling: {minReplicas: 1, maxReplicas: 4, targetQueueLength: 10}
`;
    assert.match(head(service).join(), /Autoscaling.*KEDA/);
  });

  test('says it once for all documents, and not where no cluster is connected', () => {
    const two = `${job('a', 'resources: {gpu: 1, queue: t}\n')}---\n${job('b', 'resources: {gpu: 1, queue: t}')}`;
    assert.equal(head(two).length, 1);
    assert.deepEqual(headOf(two, {}, 'en'), []);
  });
});

describe('what is held of a site', () => {
  const node = (name: string, own: Partial<NodeRecord> = {}): NodeRecord => ({
    key: name,
    name,
    labels: {},
    ready: true,
    cordoned: false,
    taints: [],
    allocatable: { cpuMillis: 0, memoryBytes: 0, gpus: {}, others: {} },
    unhealthy: {},
    maxPods: 110,
    pool: undefined,
    gpuType: undefined,
    gpuProduct: undefined,
    ...own,
  });
  const sessionOf = (nodes: NodeRecord[], connectionOptions: Session['connectionOptions'] = {}) => {
    const state = new ClusterState();
    state.applyNodes(nodes.map((item) => ({ type: 'set', item })));
    const status = { target: { context: 'prod', cluster: 'prod' }, namespace: 'team-a' };
    return { state, status, connectionOptions } as unknown as Session;
  };

  test('differs with all that it is made from, and with nothing else', () => {
    const plain = node('n1');
    const key = heldSitesKey(sessionOf([plain]));
    assert.equal(heldSitesKey(sessionOf([plain])), key);
    const gpus = { cpuMillis: 0, memoryBytes: 0, gpus: { 'amd.com/gpu': 8 }, others: {} };
    for (const other of [
      sessionOf([plain], { labelPrefix: 'runwhere.ai' }),
      sessionOf([plain], { prometheus: 'http://metrics:9090' }),
      sessionOf([node('n1', { allocatable: gpus })]),
      sessionOf([node('n1', { labels: { 'topology/rack': 'r1' } })]),
    ])
      assert.notEqual(heldSitesKey(other), key);
  });

  test('has the address of the settings for autoscaling', () => {
    const model = documentsOf(openText(job('a')).checked)[0]?.document.model;
    assert.ok(model);
    const settings = { namespace: 'team-a', labelPrefix: undefined, prometheus: 'http://metrics:9090' };
    const { scaling } = heldSite(new ClusterState(), settings, model);
    assert.deepEqual(scaling, { by: 'keda', prometheus: 'http://metrics:9090' });
  });
});

describe('lenses', () => {
  const POOL = 'kind: pool\npool: {name: p}\nnodes: {n1: {gpuType: A100-80G}}\n';
  const lenses = (text: string) => {
    const target = { context: 'prod', cluster: 'prod-a', namespace: 'team-a' };
    const lenses = buildLenses(openText(text), {
      target,
      live: { outlook: () => undefined, job: () => undefined },
      say: sayIn('en'),
    });
    return lenses.flatMap(({ command }) => (command ? [command] : []));
  };

  test('name a namespace for a job, and for a pool only the cluster', () => {
    const [submit, preview, where] = lenses(job('a'));
    assert.deepEqual(
      [preview?.command, preview?.arguments],
      ['gpuctl.document.preview', ['file:///work/a.gpuctl.yaml']],
    );
    assert.match(where?.title ?? '', /to prod-a · team-a$/);
    assert.match(submit?.tooltip ?? '', /Creates the job .* namespace team-a/);
    const [make, , there] = lenses(POOL);
    assert.match(there?.title ?? '', /to prod-a$/);
    assert.doesNotMatch(make?.tooltip ?? '', /job|namespace/);
    assert.match(make?.tooltip ?? '', /prod-a/);
  });

  test('say which document they mean, not only where it stands', () => {
    const submits = lenses(`${job('a')}---\n${POOL}`).filter(({ command }) => command === 'gpuctl.job.submit');
    assert.deepEqual(
      submits.map(({ arguments: given }) => given?.[0].meant),
      [
        { kind: 'training', name: 'a' },
        { kind: 'pool', name: 'p' },
      ],
    );
  });
});

describe('a job as the tree shows it', () => {
  const isHeld = (annotations: Record<string, string>, labels: Record<string, string> = {}) => {
    const state = new ClusterState();
    const item = toWorkload({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'j', namespace: 'd', labels: { 'gpuctl/job-type': 'training', ...labels }, annotations },
      spec: { suspend: true },
      status: {},
    });
    assert.ok(item);
    state.applyWorkloads('Job', [{ type: 'set', item }]);
    const session = new Session(new FakeClusters({ a: new FakeServer() }), { onStatus: () => {}, onState: () => {} });
    session.state = state;
    return toJobsDto(session, sayIn('en')).jobs[0]?.held;
  };

  test('is held where it waits for a person: not where one stopped it, nor where a queue decides', () => {
    assert.equal(isHeld({}), true);
    assert.equal(isHeld({ 'gpuctl/stopped': '1' }), undefined);
    assert.equal(isHeld({}, { 'kueue.x-k8s.io/queue-name': 'team' }), undefined);
  });
});

describe('a document that was meant', () => {
  /** What is submitted of a file; errors keep it from reaching a cluster. */
  async function submitted(text: string, own: Partial<FileToSubmit>): Promise<string[]> {
    const session = { cluster: async () => ({ context: { context: 'prod', cluster: 'prod' } }) } as unknown as Session;
    const file = { uri: 'file:///a.gpuctl.yaml', languageId: 'gpuctl', text, ...own };
    const desk = {
      say: sayIn('en'),
      agree: async () => 'no' as const,
      progress: () => {},
      toFailure: () => ({ code: 'x', message: '', actions: [] }),
    };
    const options = { context: undefined, levels: NO_LEVELS, signal: new AbortController().signal };
    const { documents } = await submitFiles(session, [file], options, desk);
    return documents.map(({ name }) => name);
  }
  const broken = (name: string) => job(name, 'resources: {gpu: many}\n');
  const meant = { kind: 'training', name: 'b' };

  test('is found where another stands before it by now', async () => {
    assert.deepEqual(await submitted(broken('b'), { document: 0, meant }), ['b']);
    assert.deepEqual(await submitted(`${broken('a')}---\n${broken('b')}`, { document: 0, meant }), ['b']);
    assert.deepEqual(await submitted(`${broken('a')}---\n${broken('b')}`, { document: 0 }), ['a']);
  });

  test('is not replaced by another where it is gone', async () => {
    const isGone = (error: unknown) => error instanceof GpuctlError && error.say.key === 'submit.document-gone';
    await assert.rejects(submitted(broken('a'), { document: 0, meant }), isGone);
  });
});
