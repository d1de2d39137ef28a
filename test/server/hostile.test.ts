/** Texts that nobody writes and somebody opens: the real server in a process of its own, watched from within for how long it stands still. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createMessageConnection,
  type Diagnostic,
  type MessageConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

const root = path.join(import.meta.dirname, '../..');
/** Milliseconds that the event loop may stand still. */
const STALL = 50;
/** Processor time grows where other programs share the two cores and their caches; twice has been seen, and no more. */
const SLACK = 2;

let child: ChildProcess;
let client: MessageConnection;
let count = 0;
const published = new Map<string, PublishDiagnosticsParams>();
const history: PublishDiagnosticsParams[] = [];

interface Stall {
  clock: number;
  work: number;
  memory: number;
}
/** How long the server stood still since this was asked last. */
const stall = () =>
  new Promise<Stall>((resolve) => {
    child.once('message', (message) => resolve(message as Stall));
    child.send({});
  });

before(async () => {
  const args = ['--import', path.join(root, 'test/server/stalls.ts'), path.join(root, 'server/src/main.ts'), '--stdio'];
  child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, KUBECONFIG: path.join(root, 'no-kubeconfig') },
  });
  assert.ok(child.stdin && child.stdout);
  client = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  client.onNotification('textDocument/publishDiagnostics', (told: PublishDiagnosticsParams) => {
    published.set(told.uri, told);
    history.push(told);
  });
  client.listen();
  await client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
  await client.sendNotification('initialized', {});
  await sleep(1500); // the checks are warm
});

after(() => {
  client.dispose();
  child.kill();
});

const open = (uri: string, text: string) =>
  client.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'gpuctl', version: 1, text },
  });
const type = (uri: string, version: number, text: string) =>
  client.sendNotification('textDocument/didChange', {
    textDocument: { uri, version },
    contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text }],
  });
const close = (uri: string) => client.sendNotification('textDocument/didClose', { textDocument: { uri } });
const hover = (uri: string, line = 1) =>
  client.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line, character: 2 } });

/** The findings of a version; a request about the file waits until it is checked. */
async function findings(uri: string, version: number): Promise<Diagnostic[]> {
  await hover(uri);
  for (let waited = 0; waited < 500; waited += 5) {
    const told = published.get(uri);
    if (told?.version === version) return told.diagnostics;
    await sleep(5);
  }
  return [];
}

const repeat = (text: string, length: number) => text.repeat(Math.max(1, Math.floor(length / text.length)));
const MB = 1024 * 1024;
const HEAD = 'kind: training\njob:\n  name: a\nenvironment:\n  image: python:3.12\n';
const JOB = (name: string) =>
  `${HEAD.replace('name: a', `name: ${name}`)}resources: {pool: a, gpu: 1, cpu: 1, memory: 1Gi}\n`;
const TOO_LARGE = ['document.too-large'];
const letters = [...'bcdefghij'];
const bomb = (join: (aliases: string) => string) =>
  `${HEAD}a: &a ${join('')}\n${letters
    .map((name, index) => `${name}: &${name} ${join(Array(9).fill(`*${'abcdefghij'[index]}`).join(', '))}\n`)
    .join('')}`;

/** What is opened, and the codes that it is told; undefined where any will do. */
const TEXTS: Record<string, [text: string, codes: readonly string[] | undefined]> = {
  'one document of 20 MB': [
    `${HEAD}description: |\n${repeat('  some text that makes a line of a text\n', 20 * MB)}`,
    TOO_LARGE,
  ],
  'many documents in 20 MB': [
    Array.from({ length: 19_000 }, (_, index) => `${JOB(`job-${index}`)}# ${'x'.repeat(970)}\n---\n`).join(''),
    [],
  ],
  'a foreign document of 20 MB': [
    `apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n${repeat('    some text\n', 20 * MB)}`,
    [],
  ],
  'comments of 20 MB': [repeat('# a comment that says nothing\n', 20 * MB), []],
  'brackets, 10,000 deep': [`${HEAD}x: ${'['.repeat(10_000)}`, TOO_LARGE],
  'closed brackets, 10,000 deep': [`${HEAD}x: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, TOO_LARGE],
  'braces, 10,000 deep': [`${HEAD}x: ${'{a: '.repeat(10_000)}`, TOO_LARGE],
  'lists in lists, 10,000 deep': [`${HEAD}x:\n  ${'- '.repeat(10_000)}`, TOO_LARGE],
  'keys of keys, 10,000 deep': [`${HEAD}${'? '.repeat(10_000)}`, TOO_LARGE],
  'sections in sections, 690 deep': [
    `${HEAD}x:\n${Array.from({ length: 690 }, (_, depth) => `${' '.repeat(depth + 1)}a:\n`).join('')}`,
    TOO_LARGE,
  ],
  'a bomb of aliases': [bomb((aliases) => `[${aliases}]`), TOO_LARGE],
  'a bomb of merges': [bomb((aliases) => (aliases ? `{<<: [${aliases}]}` : '{x: 1}')), TOO_LARGE],
  'a line of 1 MB': [`${HEAD}description: ${'x'.repeat(MB)}\n`, TOO_LARGE],
  'a line of 250 KB with an open quote': [`${HEAD}description: "${repeat('a ', 250_000)}`, ['yaml.syntax']],
  'NUL bytes': [`${HEAD}${'\0'.repeat(100_000)}`, undefined],
  'halves of surrogate pairs': [`${HEAD}x: ${'\uD800'.repeat(100_000)}`, undefined],
  '100,000 anchors': [
    `${HEAD}x:\n${Array.from({ length: 100_000 }, (_, index) => `  - &a${index} 1\n`).join('')}`,
    TOO_LARGE,
  ],
  '100,000 keys': [
    `${HEAD}${Array.from({ length: 100_000 }, (_, index) => `k${index}: ${index}\n`).join('')}`,
    TOO_LARGE,
  ],
  '200,000 empty documents': ['---\n'.repeat(200_000), []],
  '200,000 documents': [repeat('---\nkind: training\n', 200_000 * 19), undefined],
  'blank lines': [`${HEAD}${'\n'.repeat(250_000)}`, undefined],
  comments: [`${HEAD}${repeat('# a comment that says nothing\n', 250_000)}`, undefined],
  'a long block scalar': [`${HEAD}description: |\n${repeat('  text\n', 250_000)}`, undefined],
  'as much as is just looked at': [`${HEAD}x:\n${repeat('  - name: A\n    value: b\n', 70_000)}`, undefined],
  'thousands of errors': [`${HEAD}x: [${','.repeat(19_000)}]\n`, undefined],
  'words without end': [`kind: training\n${repeat('jo\n', 250_000)}`, undefined],
  '1000 broken documents': [
    Array.from(
      { length: 1000 },
      (_, index) => `${JOB(`job-${index}`).replace('  image', '   image:x\n  image')}---\n`,
    ).join(''),
    undefined,
  ],
};

describe('hostile text', () => {
  for (const [name, [text, codes]] of Object.entries(TEXTS)) {
    test(`${name}: bounded time, nobody waits`, async (context) => {
      const uri = `file:///hostile-${count++}.gpuctl.yaml`;
      await stall();
      const began = performance.now();
      await open(uri, text);
      const found = await findings(uri, 1);
      const opened = performance.now() - began;
      const atOpen = await stall();
      await type(uri, 2, '# typed\n');
      await findings(uri, 2);
      const edited = performance.now() - began - opened;
      const atEdit = await stall();
      await close(uri);
      context.diagnostic(
        `${opened.toFixed(0)} ms, at most ${atOpen.work.toFixed(0)} ms still (${atOpen.clock.toFixed(0)} by the clock); after a key ` +
          `${edited.toFixed(0)} ms and ${atEdit.work.toFixed(0)} (${atEdit.clock.toFixed(0)}); ${(atEdit.memory / 1e6).toFixed(0)} MB`,
      );
      if (codes) assert.deepEqual([...new Set(found.map(({ code }) => String(code)))].sort(), codes);
      assert.ok(found.length <= 1000, `${found.length} findings are more than an editor shows`);
      for (const { work } of [atOpen, atEdit]) assert.ok(work < STALL * SLACK, `${work} ms still`);
    });
  }

  test('a request about another file does not wait for a big one', async () => {
    const big = 'file:///big.gpuctl.yaml';
    const small = 'file:///small.gpuctl.yaml';
    await open(small, JOB('small'));
    await findings(small, 1);
    await open(big, (TEXTS['many documents in 20 MB'] as [string, unknown])[0]);
    let answers = 0;
    for (; !published.has(big); answers++) await hover(small, 3);
    assert.ok(answers >= 5, `${answers} answers while the big file was checked`);
    await close(big);
    await close(small);
  });

  test('what is typed while a big file is checked counts: the last version is told, and none before', async () => {
    const big = 'file:///typed.gpuctl.yaml';
    await open(big, (TEXTS['many documents in 20 MB'] as [string, unknown])[0]);
    for (let version = 2; version <= 6; version++)
      await type(big, version, version === 6 ? 'kind: nothing\n---\n' : '# typed\n');
    const told = await findings(big, 6);
    assert.deepEqual(
      told.map(({ code }) => code),
      ['kind.unknown'],
    );
    const versions = history.filter(({ uri }) => uri === big).map(({ version }) => version);
    assert.deepEqual(versions, [6]);
    await close(big);
  });
});
