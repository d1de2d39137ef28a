import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import type { CodeAction, CodeLens, DocumentDiagnosticReport } from 'vscode-languageserver/node';
import { type FailureDto, Requests } from '../../server/src/protocol.ts';
import { type Pair, startPair } from './pair.ts';

const VALID = `kind: training
job:
  name: hello
environment:
  image: python:3.12
resources:
  pool: training-pool
  gpu: 1
  cpu: 8
  memory: 64Gi
`;
const URI = 'file:///work/a.gpuctl.yaml';
const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-server-'));
const NO_CLUSTER = { connection: { kubeconfig: path.join(folder, 'none') } };
const pairs: Pair[] = [];
const start = async (...args: Parameters<typeof startPair>) => {
  const pair = await startPair(...args);
  pairs.push(pair);
  return pair;
};
after(async () => {
  for (const pair of pairs) await pair.stop();
  rmSync(folder, { recursive: true });
});

describe('findings in the editor', () => {
  test('stand at their place, also behind other documents and after non-ASCII text', async () => {
    const pair = await start(NO_CLUSTER);
    const text = `# 你好 🙂\napiVersion: v1\nkind: Secret\n---\n${VALID.replace('gpu: 1', 'gpus: 1')}`;
    const [finding, ...rest] = await pair.open(URI, text);
    assert.deepEqual(rest, []);
    assert.equal(finding?.code, 'key.unknown');
    assert.deepEqual(finding?.range, { start: { line: 11, character: 2 }, end: { line: 11, character: 6 } });
    assert.match(String(finding?.message), /Did you mean `gpu`\?/);
  });

  test('come in Chinese', async () => {
    const pair = await start({ ...NO_CLUSTER, language: 'zh-cn' });
    const [finding] = await pair.open(URI, VALID.replace('name: hello', 'nmae: hello'));
    assert.equal(finding?.message, '`job` 中缺少 `name`。');
  });

  test('follow edits, and go when the file is closed', async () => {
    const pair = await start(NO_CLUSTER);
    assert.deepEqual(await pair.open(URI, VALID), []);
    assert.equal((await pair.change(URI, VALID.replace('gpu: 1', 'gpu: one'))).length, 1);
    assert.deepEqual(await pair.change(URI, VALID), []);
    await pair.change(URI, 'kind: training\n');
    await pair.client.sendNotification('textDocument/didClose', { textDocument: { uri: URI } });
    await pair.until('no findings', () => pair.diagnostics.get(URI)?.diagnostics.length === 0);
  });

  test('foreign YAML gets none, and no lens', async () => {
    const pair = await start(NO_CLUSTER);
    const foreign = 'file:///work/deployment.yaml';
    await pair.client.sendNotification('textDocument/didOpen', {
      textDocument: { uri: foreign, languageId: 'yaml', version: 1, text: 'apiVersion: v1\nkind: Pod\nfoo: [\n' },
    });
    assert.deepEqual(await pair.client.sendRequest('textDocument/codeLens', { textDocument: { uri: foreign } }), []);
    await pair.open(URI, VALID);
    assert.equal(pair.diagnostics.get(foreign), undefined);
  });

  test('are asked for by an editor that wants it so, and then not pushed', async () => {
    const pair = await start({ ours: false, diagnostics: 'pull' });
    const textDocument = { uri: URI, languageId: 'gpuctl', version: 1, text: VALID.replace('gpu: 1', 'gpus: 1') };
    await pair.client.sendNotification('textDocument/didOpen', { textDocument });
    const report = await pair.client.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument });
    assert.deepEqual(report.kind === 'full' && report.items.map(({ code }) => code), ['key.unknown']);
    assert.equal(pair.diagnostics.size, 0);
  });

  test('a fix is offered where it belongs and mends the text', async () => {
    const pair = await start(NO_CLUSTER);
    const [finding] = await pair.open(URI, VALID.replace('gpu: 1', 'gpus: 1'));
    const [action] = await pair.client.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: URI },
      range: finding?.range,
      context: { diagnostics: [finding] },
    });
    assert.equal(action?.title, 'Change to `gpu`');
    assert.deepEqual(action?.edit?.changes?.[URI], [{ range: finding?.range, newText: 'gpu' }]);
  });
});

describe('lenses', () => {
  const lenses = (pair: Pair) =>
    pair.client.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: URI } });

  test('stand above each document of ours; one with errors says so instead', async () => {
    const pair = await start(NO_CLUSTER);
    await pair.open(URI, `# two jobs\n${VALID}---\n${VALID.replace('gpu: 1', 'gpu: one').replace('hello', 'other')}`);
    const found = (await lenses(pair)).map(({ range, command }) => [
      range.start.line,
      command?.title,
      command?.command,
    ]);
    assert.deepEqual(found, [
      [1, '$(play)\u00a0Submit', 'gpuctl.job.submit'],
      [1, '$(open-preview)\u00a0Preview', 'gpuctl.document.preview'],
      [1, '$(circle-slash)\u00a0no cluster', 'gpuctl.target.select'],
      [12, '$(error)\u00a01 error to mend first', 'workbench.actions.view.problems'],
      [12, '$(circle-slash)\u00a0no cluster', 'gpuctl.target.select'],
    ]);
  });

  test('of two jobs of one name say that these cannot both be', async () => {
    const pair = await start(NO_CLUSTER);
    await pair.open(URI, `${VALID}---\n${VALID}`);
    const titles = (await lenses(pair)).map(({ command }) => command?.title ?? '');
    assert.equal(titles.filter((title) => title.includes('1 error')).length, 2, titles.join('\n'));
  });

  test('are not offered to an editor that has not our commands', async () => {
    const pair = await start({ ours: false });
    await pair.open(URI, VALID);
    assert.deepEqual(await lenses(pair), []);
  });
});

describe('bad days', () => {
  test('no kubeconfig: says where it looked, and authoring goes on', async () => {
    const pair = await start(NO_CLUSTER);
    await pair.open(URI, VALID);
    const status = await pair.until('the reason', () =>
      pair.connection?.phase === 'none' ? pair.connection : undefined,
    );
    assert.match(status.message ?? '', /No kubeconfig was found|cannot be read/);
    assert.equal(status.capacity.known, false);
    assert.deepEqual(await pair.findings(URI), [], 'nothing is claimed of capacity');
    await assert.rejects(pair.submit({ uri: URI, document: 0 }), ({ data }: { data: FailureDto }) => {
      assert.equal(data.code, 'kubeconfig.none');
      assert.ok(data.hint);
      return true;
    });
  });

  test('a kubeconfig that appears is picked up; a broken one is named with its line', async () => {
    const pair = await start({ connection: { kubeconfig: path.join(folder, 'later') } });
    await pair.open(URI, VALID);
    await pair.until('none', () => pair.connection?.phase === 'none');
    writeFileSync(path.join(folder, 'later'), 'apiVersion: v1\nclusters: [\n');
    const status = await pair.until('the new file', () =>
      pair.connection?.message?.includes('not valid YAML') ? pair.connection : undefined,
    );
    assert.match(status.message ?? '', /line \d/);
  });

  test('an untrusted workspace is checked, and nothing else', async () => {
    const pair = await start({ ...NO_CLUSTER, trusted: false });
    assert.equal((await pair.open(URI, 'kind: training\n')).length, 2);
    assert.equal((await pair.ask(Requests.connection)).phase, 'off');
    await assert.rejects(pair.submit({ uri: URI, text: VALID, document: 0 }), /not trusted/);
  });

  test('an unreachable cluster is said once, with what to do', async () => {
    const kubeconfig = path.join(folder, 'refusing');
    writeFileSync(
      kubeconfig,
      JSON.stringify({
        'current-context': 'c',
        clusters: [{ name: 'far', cluster: { server: 'https://127.0.0.1:1' } }],
        users: [{ name: 'u', user: { token: 'secret-token' } }],
        contexts: [{ name: 'c', context: { cluster: 'far', user: 'u' } }],
      }),
    );
    const pair = await start({ connection: { kubeconfig } });
    await pair.open(URI, VALID);
    const status = await pair.until('failed', () =>
      pair.connection?.phase === 'failed' ? pair.connection : undefined,
    );
    assert.match(status.message ?? '', /far/);
    const told = pair.notifications.filter(({ method }) => method === 'gpuctl/connection/changed').length;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    assert.equal(
      pair.notifications.filter(({ method }) => method === 'gpuctl/connection/changed').length,
      told,
      'no storm',
    );
    assert.ok(!JSON.stringify(pair.notifications).includes('secret-token'));
  });

  test('hostile text does not end the server', async () => {
    const pair = await start(NO_CLUSTER);
    const hostile = [
      '\0',
      '&a [*a, *a]',
      '{'.repeat(20_000),
      '? '.repeat(2_000),
      `kind: training\n${'- '.repeat(5_000)}`,
      '\uD800',
      '!!js/function x',
      '%TAG ! x\n---\n!y',
    ];
    for (const [index, text] of hostile.entries()) await pair.open(`file:///work/${index}.gpuctl.yaml`, text);
    assert.equal((await pair.open(URI, 'kind: training\n')).length, 2);
  });
});
