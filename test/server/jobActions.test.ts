/** The line above a document follows its job; the document behind a job; what a number of replicas would need. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { CodeLens } from 'vscode-languageserver';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { specHash } from '../../server/src/operations/source.ts';
import { Requests } from '../../server/src/protocol.ts';
import { node, POOL, pod } from '../unit/nodesAndPods.ts';
import { FakeClusters, FakeServer, sleep, until } from './fakeCluster.ts';
import { type Pair, startPair } from './pair.ts';

const URI = 'file:///work/a.gpuctl.yaml';
const TEXT =
  'kind: training\njob:\n  name: a\nenvironment:\n  image: app:1\nresources:\n  pool: training-pool\n  gpu: 8\n';
const CAN = { workspace: { codeLens: { refreshSupport: true } } };

const pairs: Pair[] = [];
afterEach(async () => {
  for (const pair of pairs.splice(0)) await pair.stop();
});

const main = (
  more: { spec?: object; status?: object; annotations?: Record<string, string>; kind?: string } = {},
): KubeObject => ({
  apiVersion: more.kind ? 'apps/v1' : 'batch/v1',
  kind: more.kind ?? 'Job',
  metadata: {
    name: 'a',
    namespace: 'default',
    uid: 'a',
    creationTimestamp: new Date().toISOString(),
    labels: { 'gpuctl/job-type': more.kind ? 'inference' : 'training', 'gpuctl/pool': 'training-pool' },
    annotations: { 'gpuctl/spec-hash': specHash(TEXT), ...more.annotations },
  },
  spec: {
    parallelism: 1,
    ...more.spec,
    template: {
      spec: { containers: [{ name: 'main', image: 'app:1', resources: { limits: { 'nvidia.com/gpu': 8 } } }] },
    },
  },
  status: more.status ?? {},
});
const running = (phase = 'Running'): KubeObject => ({
  ...pod('a-0', 'n1', 8, phase),
  metadata: { name: 'a-0', namespace: 'default', uid: 'a-0', labels: { 'batch.kubernetes.io/job-name': 'a' } },
});

/** An editor with one document in sight, that asks again when it is told to, as VS Code does. */
async function start() {
  const server = new FakeServer();
  server.put(node('n1', POOL), node('n2', POOL));
  const pair = await startPair({ clusters: new FakeClusters({ prod: server }), capabilities: CAN });
  pairs.push(pair);
  const seen = { asked: 0, resolved: 0, line: '' };
  const ask = async () => {
    seen.asked++;
    const lenses = await pair.client.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: URI } });
    const titles: string[] = [];
    for (const lens of lenses) {
      if (lens.data) seen.resolved++;
      const { command } = lens.data ? await pair.client.sendRequest<CodeLens>('codeLens/resolve', lens) : lens;
      titles.push(command?.title.replace(/^\$\([\w-]+\)\u00a0/, '') ?? '');
    }
    seen.line = titles.join(' | ');
  };
  pair.client.onRequest('workspace/codeLens/refresh', () => {
    void ask().catch(() => undefined); // the window may close under way
    return null;
  });
  await pair.open(URI, TEXT);
  await ask();
  return { server, pair, seen };
}

describe('the line above a document', () => {
  test('follows its job from submit to its end, within a moment, and asks once for each change', async () => {
    const { server, pair, seen } = await start();
    await until('no job', () => /^Submit \| Preview \| fits now/.test(seen.line));
    server.put(main());
    await until('waits', () => /^Waiting: starting \| Log \| Details \| Stop \| Preview$/.test(seen.line));
    await sleep(600);
    const before = seen.asked;
    const begun = performance.now();
    server.put(running());
    await until('runs', () => /^Running 1\/1 \| Log/.test(seen.line));
    assert.ok(performance.now() - begun < 1_000, `${Math.round(performance.now() - begun)} ms`);
    assert.equal(seen.asked - before, 1);
    server.put(main({ annotations: { 'gpuctl/spec-hash': 'another' } }));
    await until('differs', () => seen.line.includes('Submit Changes'));
    const at = new Date().toISOString();
    server.put(main({ status: { conditions: [{ type: 'Failed', status: 'True', lastTransitionTime: at }] } }));
    await until('failed', () => /^Failed just now \| Resume \| Log \| Why \| Preview$/.test(seen.line));
    const listed = await pair.ask(Requests.lineCommands, { textDocument: { uri: URI }, line: 4 });
    assert.deepEqual(
      listed.commands.map(({ command }) => command),
      ['gpuctl.job.show', 'gpuctl.job.resume', 'gpuctl.job.log', 'gpuctl.job.why', 'gpuctl.document.preview'],
    );
    server.take(main());
    await until('gone', () => /^Submit \| Preview/.test(seen.line));
  });

  test('is left in peace by what happens to other jobs', async () => {
    const { server, seen } = await start();
    server.put(main(), running());
    await until('runs', () => /^Running 1\/1/.test(seen.line));
    await sleep(700);
    const before = { ...seen };
    const other = main();
    server.put({ ...other, metadata: { ...other.metadata, name: 'b', uid: 'b' } });
    await sleep(700);
    assert.deepEqual(seen, before);
  });
});

describe('the document behind a job', () => {
  const ask = async (object: KubeObject, ...more: KubeObject[]) => {
    const { server, pair } = await start();
    server.put(object, ...more);
    const job = { namespace: 'default', name: object.metadata.name };
    return { pair, source: await pair.ask(Requests.jobSource, { job, context: 'prod' }) };
  };

  test('is the one that was submitted, also where it was packed, and where its file lies', async () => {
    const annotations = { 'gpuctl/source': TEXT, 'gpuctl/source-path': 'jobs/a.gpuctl.yaml' };
    const { pair, source } = await ask(main({ annotations }));
    assert.deepEqual(source, {
      context: 'prod',
      cluster: source.cluster,
      text: TEXT,
      rebuilt: false,
      path: 'jobs/a.gpuctl.yaml',
      hash: specHash(TEXT),
    });
    const text = `kind: pool\npool: {name: p}\n---\n${TEXT}`;
    assert.deepEqual(await pair.ask(Requests.findDocument, { text, hash: specHash(TEXT) }), { line: 3 });
    assert.equal(
      await pair.ask(Requests.findDocument, { text: text.replace('app:1', 'app:2'), hash: specHash(TEXT) }),
      null,
    );
    const packed = `gzip:${gzipSync(TEXT).toString('base64')}`;
    assert.equal((await ask(main({ annotations: { 'gpuctl/source': packed } }))).source.text, TEXT);
  });

  test('is rebuilt where none was noted down, or somebody broke it', async () => {
    for (const annotations of [{}, { 'gpuctl/source': 'gzip:AAAA' }] as Record<string, string>[]) {
      const { source } = await ask(main({ annotations }));
      assert.equal(source.rebuilt, true);
      assert.match(source.text, /^# Rebuilt from what runs: training a in default/);
      assert.match(source.text, /\nkind: training\njob:\n {2}name: a\n/);
    }
  });

  test('holds no secret that another hand wrote there', async () => {
    const text = `${TEXT}# hf_abcdefghijklmnopqrstuv\n`;
    const { source } = await ask(main({ annotations: { 'gpuctl/source': text } }));
    assert.doesNotMatch(source.text, /hf_abc/);
  });

  test('of a job in another cluster, or of none, is not made up', async () => {
    const { pair } = await ask(main());
    const job = { namespace: 'default', name: 'a' };
    await assert.rejects(pair.ask(Requests.jobSource, { job, context: 'other' }), /prod/);
    // Nor is the log of a job of that name here taken for it.
    const elsewhere = { job, context: 'other' };
    await assert.rejects(pair.ask(Requests.openLog, elsewhere), /prod/);
    await assert.rejects(pair.ask(Requests.openPreviousLog, elsewhere), /prod/);
    await assert.rejects(pair.ask(Requests.saveLog, { ...elsewhere, progress: '1' }), /prod/);
    await assert.rejects(pair.ask(Requests.jobSource, { job: { ...job, name: 'none' } }), /no job “none”/);
  });
});

describe('a number of replicas', () => {
  test('is judged by what is held, beside those that run', async () => {
    const { server, pair } = await start();
    const job = { namespace: 'default', name: 'a' };
    server.put(main({ kind: 'Deployment', spec: { replicas: 1, selector: {} } }), {
      ...running(),
      metadata: { ...running().metadata, labels: { app: 'a', 'gpuctl/job-type': 'inference' } },
    });
    const judge = (replicas: number) => pair.ask(Requests.scaleVerdict, { job, replicas });
    await until('held', () => true);
    for (const end = Date.now() + 3_000; !(await judge(2)); await sleep(20)) assert.ok(Date.now() < end);
    assert.deepEqual(await judge(2), {
      severity: 'info',
      text: '1 more: fits now: n2 · 8 of 8 free A100-80G (50 % of training-pool)',
    });
    const many = await judge(3);
    assert.equal(many?.severity, 'warning');
    assert.match(many?.text ?? '', /^2 more: busy: needs 16, 8 of 16 A100-80G free/);
    assert.equal(await judge(1), null);
    assert.deepEqual(await judge(0), { severity: 'info', text: 'frees 8 GPUs' });
    assert.equal(await pair.ask(Requests.scaleVerdict, { job: { ...job, name: 'none' }, replicas: 2 }), null);
  });
});
