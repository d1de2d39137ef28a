/** What the editor shows of the cluster beside findings changes with it: without a keystroke, and only where it would differ. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type { CodeLens, InlayHint } from 'vscode-languageserver';
import { Requests } from '../../server/src/protocol.ts';
import { node, POOL, pod } from '../unit/nodesAndPods.ts';
import { FakeClusters, FakeServer, sleep, until } from './fakeCluster.ts';
import { type Pair, startPair } from './pair.ts';

const URI = 'file:///work/a.gpuctl.yaml';
const TEXT =
  'kind: training\njob:\n  name: a\nenvironment:\n  image: app:1\nresources:\n  pool: training-pool\n  gpu: 8\n';
const ALL = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
const CAN = { workspace: { codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true } } };

const pairs: Pair[] = [];
afterEach(async () => {
  for (const pair of pairs.splice(0)) await pair.stop();
});

/** An editor with one job open, that asks again when it is told to, as VS Code does. */
async function start(capabilities = CAN as object) {
  const server = new FakeServer();
  server.put(node('n1', POOL), node('n2', POOL), node('d1', { pool: 'dev-pool', gpus: 2, type: 'L40S' }));
  const pair = await startPair({ clusters: new FakeClusters({ prod: server }), capabilities });
  pairs.push(pair);
  const told = { lenses: 0, hints: 0, verdict: '', hint: '' };
  /** Asks without waiting; the answer may be cut off by the end of the test. */
  const begin = (ask: () => Promise<void>) =>
    void ask().catch((reason: unknown) => {
      if (pairs.includes(pair)) throw reason;
    });
  const askLenses = async () => {
    const asked = { textDocument: { uri: URI } };
    const lenses = await pair.client.sendRequest<CodeLens[]>('textDocument/codeLens', asked);
    const open = lenses.find(({ data }) => data);
    const resolved = open && (await pair.client.sendRequest<CodeLens>('codeLens/resolve', open));
    told.verdict = resolved?.command?.title ?? '';
  };
  const askHints = async () => {
    const asked = { textDocument: { uri: URI }, range: ALL };
    const hints = await pair.client.sendRequest<InlayHint[]>('textDocument/inlayHint', asked);
    told.hint = hints.map(({ label }) => label).join(' ');
  };
  pair.client.onRequest('workspace/codeLens/refresh', () => {
    told.lenses++;
    begin(askLenses);
    return null;
  });
  pair.client.onRequest('workspace/inlayHint/refresh', () => {
    told.hints++;
    begin(askHints);
    return null;
  });
  await pair.open(URI, TEXT);
  await Promise.all([askLenses(), askHints()]);
  return { server, pair, told, begin, askHints };
}

describe('the editor is told to ask again', () => {
  test('when what it shows would differ: within a moment, and back', async () => {
    const { server, told } = await start();
    await until('fits', () => /fits now: n1, n2/.test(told.verdict));
    await until('the hint', () => /16 of 16 free, fits on n1, n2/.test(told.hint));
    const begun = performance.now();
    server.put(pod('x', 'n1', 6), pod('y', 'n2', 6));
    await until('busy', () => /busy: needs 8, 4 of 16/.test(told.verdict) && /‹4 of 16 free›/.test(told.hint));
    assert.ok(performance.now() - begun < 1_000, `${Math.round(performance.now() - begun)} ms`);
    server.take(pod('x', 'n1', 6));
    await until('fits again', () => /fits now: n1/.test(told.verdict) && /fits on n1›/.test(told.hint));
  });

  test('of the lenses of a newer text that it has not asked for, too', async () => {
    const { server, pair, told } = await start();
    await until('fits', () => /fits now/.test(told.verdict));
    await sleep(700);
    const before = told.lenses;
    await pair.change(URI, TEXT.replace('gpu: 8', 'gpu: 4')); // as where the focus goes right after the edit
    server.put(pod('x', 'd1', 1));
    await until('asked again', () => told.lenses > before);
    await sleep(700);
    assert.equal(told.lenses, before + 1);
  });

  test('not when nothing of it differs', async () => {
    const { server, told } = await start();
    await until('fits', () => /fits now/.test(told.verdict) && /fits on/.test(told.hint));
    await sleep(700);
    const before = { ...told };
    server.put(pod('x', 'd1', 1)); // in another pool
    server.put(pod('waiting', undefined, 8, 'Pending'));
    await sleep(700);
    assert.deepEqual(told, before);
  });

  test('about twice a second where much changes, and with the last state at the end', async () => {
    const { server, told } = await start();
    await until('fits', () => /fits now/.test(told.verdict));
    await sleep(600);
    const before = told.hints;
    const end = performance.now() + 2_000;
    let count = 0;
    while (performance.now() < end) {
      server.put(pod('x', 'n1', (count++ % 7) + 1));
      await sleep(20);
    }
    server.put(pod('x', 'n1', 8));
    await until('the last', () => /‹8 of 16 free, fits on n2›/.test(told.hint));
    assert.ok(told.hints - before <= 6, `${told.hints - before} in 2 s`);
    assert.ok(told.hints - before >= 3, `${told.hints - before} in 2 s`);
  });

  test('also of a job that is not known to fit any more', async () => {
    const { server, pair, told } = await start();
    await until('fits', () => /fits now/.test(told.verdict));
    server.may = ({ kind }) => kind !== 'Node';
    await pair.ask(Requests.reconnect);
    await until('unknown', () => /unknown whether it fits/.test(told.verdict), 6_000);
    assert.doesNotMatch(told.hint, /free/);
  });

  test('never where it cannot be', async () => {
    const { server, told, begin, askHints } = await start({});
    await until('connected', () => {
      begin(askHints);
      return /16 of 16/.test(told.hint);
    });
    server.put(pod('x', 'n1', 6));
    await sleep(700);
    assert.deepEqual([told.lenses, told.hints], [0, 0]);
  });
});
