import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type {
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InitializeResult,
  InlayHint,
  MarkupContent,
  SelectionRange,
  SemanticTokens,
  TextEdit,
} from 'vscode-languageserver/node';
import { ClientNotifications } from '../../server/src/protocol.ts';
import { Pair, startPair } from './pair.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-looks-'));
const at = (name: string) => pathToFileURL(path.join(folder, name)).href;
const NO_CLUSTER = { connection: { kubeconfig: path.join(folder, 'none') } };
const JOB = `kind: training
job:
    name: a-job
environment:
    image: app:1
    command: [torchrun, train.py]
resources:
    gpu: 8
    nodeCount: 2
`;
const FOREIGN = 'apiVersion: v1\nkind: Secret\ndata:\n    a:   b\n';
const pairs: Pair[] = [];
after(async () => {
  for (const pair of pairs) await pair.stop();
  rmSync(folder, { recursive: true });
});
const start = async (...[options]: Parameters<typeof startPair>) => {
  const pair = await startPair({ ...NO_CLUSTER, ...options });
  pairs.push(pair);
  return pair;
};
/** Opens a file and asks a request about it. */
async function asker(pair: Pair, name: string, text: string, languageId = 'gpuctl') {
  const uri = at(name);
  if (text.includes('job:')) await pair.open(uri, text, languageId);
  else
    await pair.client.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  return <T>(method: string, params: object = {}) =>
    pair.client.sendRequest<T>(`textDocument/${method}`, { textDocument: { uri }, ...params });
}
const FORMAT = { options: { tabSize: 2, insertSpaces: true } };
const GENERIC = ['documentSymbol', 'foldingRange', 'formatting', 'selectionRange'];

describe('what a person sees in a file', () => {
  test('comes by the protocol, at its place behind a foreign document', async () => {
    writeFileSync(path.join(folder, 'train.py'), '');
    const ask = await asker(await start(), 'a.gpuctl.yaml', `${FOREIGN}---\n${JOB}`);
    const hover = await ask<Hover>('hover', { position: { line: 12, character: 6 } });
    assert.match((hover.contents as MarkupContent).value, /`resources.gpu`[\s\S]*4 GPUs on each of 2 nodes/);
    assert.deepEqual(hover.range, { start: { line: 12, character: 4 }, end: { line: 12, character: 7 } });

    const all = { range: { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } } };
    const hints = await ask<InlayHint[]>('inlayHint', all);
    assert.deepEqual(
      hints.map(({ position, label }) => [position.line, label]),
      [[12, '‹4 per node × 2›']],
    );
    const symbols = await ask<DocumentSymbol[]>('documentSymbol');
    assert.deepEqual(
      symbols.map(({ name, range }) => [name, range.start.line]),
      [['a-job', 5]],
    );
    const folds = await ask<FoldingRange[]>('foldingRange');
    assert.deepEqual(
      folds.map(({ startLine, endLine }) => [startLine, endLine]),
      [
        [0, 3],
        [2, 3],
        [4, 13],
        [6, 7],
        [8, 10],
        [11, 13],
      ],
    );
    const [selection] = await ask<SelectionRange[]>('selectionRange', { positions: [{ line: 7, character: 11 }] });
    assert.deepEqual(selection?.range, { start: { line: 7, character: 10 }, end: { line: 7, character: 11 } });
    const tokens = await ask<SemanticTokens>('semanticTokens/full');
    assert.deepEqual(tokens.data, [7, 10, 5, 0, 0, 2, 11, 5, 2, 0]);
    const links = await ask<DocumentLink[]>('documentLink');
    assert.deepEqual(
      links.map(({ target, range }) => [target, range.start]),
      [[at('train.py'), { line: 10, character: 24 }]],
    );
    const edits = await ask<TextEdit[]>('formatting', FORMAT);
    assert.deepEqual(
      edits.map(({ range }) => range.start.line),
      [7, 9, 10, 12, 13],
    );
  });

  test('in a YAML file beside another YAML service only what needs us is ours', async () => {
    const ask = await asker(await start({ otherYaml: true }), 'b.yaml', JOB, 'yaml');
    for (const method of GENERIC) {
      const answer = await ask<unknown[] | null>(method, { ...FORMAT, positions: [{ line: 0, character: 0 }] });
      assert.ok(answer === null || answer.length === 0, method);
    }
    assert.ok(await ask('hover', { position: { line: 0, character: 0 } }));
    assert.ok((await ask<SemanticTokens>('semanticTokens/full')).data.length);
  });

  test('is all of it in a YAML file where we are alone', async () => {
    const ask = await asker(await start(), 'c.yaml', JOB, 'yaml');
    for (const method of GENERIC) {
      const answer = await ask<unknown[]>(method, { ...FORMAT, positions: [{ line: 0, character: 0 }] });
      assert.ok(answer.length > 0, method);
    }
  });

  test('is nothing in foreign YAML but folds', async () => {
    const ask = await asker(await start(), 'd.yaml', FOREIGN, 'yaml');
    assert.deepEqual(await ask('documentSymbol'), []);
    assert.deepEqual(await ask('formatting', FORMAT), []);
    assert.deepEqual(await ask('hover', { position: { line: 0, character: 0 } }), null);
    assert.equal((await ask<FoldingRange[]>('foldingRange')).length, 1);
  });

  test('no answer fails on text that is broken, hostile or not open', async () => {
    const pair = await start();
    const everything = { ...FORMAT, positions: [{ line: 0, character: 1 }], position: { line: 0, character: 1 } };
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const methods = [...GENERIC, 'hover', 'inlayHint', 'semanticTokens/full', 'documentLink', 'rangeFormatting'];
    const texts = [
      '',
      '\0',
      'kind: [',
      '['.repeat(20_000),
      `job:\n${'- '.repeat(5000)}`,
      'kind: training\njob: &a [*a]',
      '\uD800: x',
    ];
    for (const [index, text] of texts.entries()) {
      const ask = await asker(pair, `hostile-${index}.gpuctl.yaml`, text);
      for (const method of methods) await ask(method, { ...everything, range });
    }
    for (const method of methods)
      await pair.client.sendRequest(`textDocument/${method}`, { textDocument: { uri: at('x') }, ...everything, range });
  });
});

describe('formatting is offered', () => {
  /** A pair whose client can be told later, and what it was told. */
  async function tellable(otherYaml: boolean) {
    const pair = new Pair({});
    pairs.push(pair);
    const told = new Map<string, string>();
    const shown = () => [...told.values()].sort();
    pair.client.onRequest('client/registerCapability', ({ registrations }) => {
      for (const { id, method, registerOptions } of registrations)
        told.set(id, `${method} ${registerOptions.documentSelector[0].language}`);
    });
    pair.client.onRequest('client/unregisterCapability', ({ unregisterations }) => {
      for (const { id } of unregisterations) told.delete(id);
    });
    const options = { version: '0.1.0', language: 'en', trusted: false, ...NO_CLUSTER } as const;
    const { capabilities } = await pair.client.sendRequest<InitializeResult>('initialize', {
      processId: null,
      rootUri: null,
      capabilities: { textDocument: { formatting: { dynamicRegistration: true } } },
      initializationOptions: { ...options, otherYaml },
    });
    await pair.client.sendNotification('initialized', {});
    const configure = (other: boolean) => pair.tell(ClientNotifications.configure, { ...options, otherYaml: other });
    return { pair, capabilities, shown, configure };
  }
  const both = (language: string) => [
    `textDocument/formatting ${language}`,
    `textDocument/rangeFormatting ${language}`,
  ];
  const everywhere = [...both('gpuctl'), ...both('yaml')].sort();

  test('for our language always, for YAML as long as no other service is there', async () => {
    const { pair, capabilities, shown, configure } = await tellable(true);
    assert.equal(capabilities.documentFormattingProvider, undefined);
    await pair.until('ours', () => shown().length === 2);
    assert.deepEqual(shown(), both('gpuctl'));
    await configure(false);
    await pair.until('both', () => shown().length === 4);
    assert.deepEqual(shown(), everywhere);
    await configure(true);
    await pair.until('ours again', () => shown().length === 2);
    assert.deepEqual(shown(), both('gpuctl'));
  });

  test('for both where we are alone from the beginning', async () => {
    const { pair, shown } = await tellable(false);
    await pair.until('both', () => shown().length === 4);
    assert.deepEqual(shown(), everywhere);
  });

  test('from the beginning to a client that cannot be told later', async () => {
    const pair = new Pair({});
    pairs.push(pair);
    const { capabilities } = await pair.client.sendRequest<InitializeResult>('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {},
    });
    assert.equal(capabilities.documentFormattingProvider, true);
  });
});
