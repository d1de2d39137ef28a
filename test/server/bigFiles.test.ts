/** Files that nobody would write, in the server's own process: bounded time, one word about why, and nobody else waits. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  createMessageConnection,
  type Diagnostic,
  type MessageConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

const MB = 1024 * 1024;
const DOCUMENT = 'kind: training\njob:\n  name: NAME\nenvironment:\n  image: python:3.12\n';
const HEAD = `${DOCUMENT}resources:\n  pool: p\n  gpu: one\n`;
const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join('');

/** What is opened, and the code of the one finding that says why it is not looked at; `undefined` where it is. */
const FILES: Record<string, [text: string, code?: string]> = {
  'many documents, 20 MB': [many(Math.ceil((20 * MB) / 80), (i) => `---\n${DOCUMENT.replace('NAME', `job-${i}`)}`)],
  'one document, 20 MB': [
    `${HEAD}x:\n${many(400_000, (i) => `  key-${i}: a value of some length ${i}\n`)}`,
    'document.too-large',
  ],
  'brackets in brackets, 10,000 deep': [`${HEAD}x: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`, 'document.too-large'],
  'lists in lists, 10,000 deep': [`${HEAD}x:\n  ${'- '.repeat(10_000)}a\n`, 'document.too-large'],
  'aliases of aliases': [
    `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${many(12, (i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]\n`)}${HEAD}x: *a12\n`,
    'document.too-large',
  ],
  'a line of 1 MB': [`${HEAD}x: ${'long '.repeat(MB / 5)}\n`, 'document.too-large'],
  '100,000 keys': [`${HEAD}x:\n${many(100_000, (i) => `  k${i}: 1\n`)}`, 'document.too-large'],
  '200,000 empty documents': [many(200_000, () => '---\n')],
  'NUL bytes': [`${HEAD}x: "${'\0'.repeat(1000)}"\n`],
  'a comment of 5 MB': [`${'# nothing to see here\n'.repeat((5 * MB) / 22)}${DOCUMENT}`],
  'mistakes all over': [`${HEAD}${many(8_000, (i) => `key-${i}: {\n`)}`],
};
/** Milliseconds: what a person does not feel, and what a cold start of code may add to it. */
const STALL = 50;
const SLACK = 50;

describe('big and hostile files', { timeout: 300_000 }, () => {
  let child: ChildProcess;
  let client: MessageConnection;
  const published = new Map<string, (diagnostics: Diagnostic[]) => void>();
  const askStall = () =>
    new Promise<{ clock: number; work: number; memory: number }>((resolve) => {
      child.once('message', (stall) => resolve(stall as { clock: number; work: number; memory: number }));
      child.send('stall');
    });

  before(async () => {
    const main = path.join(import.meta.dirname, '../../server/src/main.ts');
    const args = ['--import', path.join(import.meta.dirname, 'stalls.ts'), main, '--stdio'];
    child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit', 'ipc'] });
    assert.ok(child.stdout && child.stdin);
    client = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    client.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: PublishDiagnosticsParams) =>
      published.get(uri)?.(diagnostics),
    );
    client.listen();
    await client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
    await client.sendNotification('initialized', {});
    await open('file:///work/first.gpuctl.yaml', HEAD);
  });
  after(() => {
    client.dispose();
    child.kill();
  });

  async function open(uri: string, text: string): Promise<Diagnostic[]> {
    let found: Diagnostic[] = [];
    published.set(uri, (diagnostics) => {
      found = diagnostics;
    });
    const textDocument = { uri, languageId: 'gpuctl', version: 1, text };
    await client.sendNotification('textDocument/didOpen', { textDocument });
    // Answered once the file is checked; what is told of it comes before or right behind.
    await client.sendRequest('textDocument/hover', { textDocument, position: { line: 0, character: 0 } });
    await new Promise((resolve) => setTimeout(resolve, 500));
    return found;
  }

  for (const [name, [text, code]] of Object.entries(FILES)) {
    test(name, async (context) => {
      const uri = `file:///work/${encodeURIComponent(name)}.gpuctl.yaml`;
      await askStall();
      const began = performance.now();
      const diagnostics = await open(uri, text);
      const took = performance.now() - began;
      const { work, memory } = await askStall();
      context.diagnostic(`${took.toFixed(0)} ms, longest stall ${work.toFixed(0)} ms, ${(memory / MB).toFixed(0)} MB`);
      if (code)
        assert.deepEqual(
          diagnostics.map((one) => one.code),
          [code],
        );
      assert.ok(took < 60_000, `${took} ms`);
      assert.ok(work < STALL + SLACK, `the server stood still for ${work} ms`);
      await client.sendNotification('textDocument/didClose', { textDocument: { uri } });
    });
  }
});
