/**
 * A seventh kind is added to a copy of the project by the steps of CONTRIBUTING.md: a folder, its place in the one list, `npm run generate`.
 * Then everything knows it. That the cluster takes it is proved in `test/cluster/seventhKind.test.ts`.
 */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import {
  type CompletionItem,
  type CompletionList,
  createMessageConnection,
  type Diagnostic,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { type RenderedDto, Requests } from '../../server/src/protocol.ts';
import { addSeventhKind, DOCUMENT, type SeventhKind } from './seventhKindTree.ts';

const run = promisify(execFile);
const TEXT = readFileSync(DOCUMENT, 'utf8');

describe('a seventh kind', () => {
  let kind: SeventhKind;
  let server: ReturnType<typeof spawn>;
  let editor: MessageConnection;
  const published = new Map<string, (found: Diagnostic[]) => void>();
  before(async () => {
    kind = await addSeventhKind();
    server = spawn(process.execPath, ['server/src/main.ts', '--stdio'], {
      cwd: kind.root,
      env: { ...process.env, KUBECONFIG: '/nonexistent', HOME: '/nonexistent' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    assert.ok(server.stdin && server.stdout);
    editor = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
    editor.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) =>
      published.get(uri)?.(diagnostics),
    );
    editor.listen();
    await editor.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {},
      initializationOptions: { version: '0.1.0', language: 'en', trusted: false, connection: {} },
    });
    await editor.sendNotification('initialized', {});
  });
  after(async () => {
    await editor?.sendRequest('shutdown');
    editor?.dispose();
    server?.kill();
    kind?.remove();
  });

  /** Opens a document and gives its findings. */
  function open(uri: string, text: string, languageId = 'gpuctl'): Promise<Diagnostic[]> {
    const found = new Promise<Diagnostic[]>((resolve) => published.set(uri, resolve));
    const textDocument = { uri, languageId, version: 1, text };
    return editor.sendNotification('textDocument/didOpen', { textDocument }).then(() => found);
  }
  const codes = (found: readonly Diagnostic[]) => found.map(({ code }) => code);
  const propose = async (uri: string, text: string): Promise<string[]> => {
    await open(uri, text.replace('¦', ''));
    const before = text.slice(0, text.indexOf('¦')).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const answer = await editor.sendRequest('textDocument/completion', { textDocument: { uri }, position });
    return ((answer as CompletionList).items ?? (answer as CompletionItem[])).map(({ label }) => label);
  };

  test('touches one folder and one list; all else that changes is generated', () => {
    assert.deepEqual(kind.changedLines, [
      "import { benchmark } from './benchmark/index.ts';",
      'export const KINDS = [training, inference, notebook, compute, pool, quota, benchmark] as unknown as readonly Kind[];',
    ]);
    const elsewhere = kind.generated.filter((file) => !file.startsWith('server/src/kinds/benchmark/'));
    assert.deepEqual(
      elsewhere.filter((file) => !/^(schemas\/published\/.*|docs\/keys.*|.*\.generated\.ts)$/.test(file)),
      [],
    );
    assert.ok(kind.generated.includes('server/src/kinds/benchmark/benchmark.generated.ts'));
  });

  test('fits the types of the rest', async () => {
    const tsc = path.join(kind.root, 'node_modules/typescript/bin/tsc');
    const project = path.join(kind.root, 'tsconfig.server.json');
    writeFileSync(project, '{"extends": "./tsconfig.json", "include": ["server", "l10n"]}');
    await run(process.execPath, [tsc, '-p', project]).catch(({ stdout }) => assert.fail(stdout));
  });

  test('is checked: by its schema, with every spelling, by the rules of all jobs and by its own', async () => {
    assert.deepEqual(codes(await open('file:///w/good.gpuctl.yaml', TEXT)), []);
    const wrong = TEXT.replace('runs: 2', 'runs: none').replace('gpu: 2', 'gpus: 2');
    assert.deepEqual(codes(await open('file:///w/wrong.gpuctl.yaml', wrong)).sort(), [
      'key.unknown',
      'value.wrong-type',
    ]);
    const own = await open('file:///w/own.gpuctl.yaml', TEXT.replace('at_once: 2', 'at_once: 5'));
    assert.deepEqual(
      own.map(({ message }) => message),
      ['`atOnce` can be at most 2; found: 5.'],
    );
    const shared = await open('file:///w/shared.gpuctl.yaml', TEXT.replace('nccl:2.28', 'nccl'));
    assert.ok(codes(shared).includes('image.no-tag'));
    assert.deepEqual(codes(await open('file:///w/plain.yaml', 'kind: benchmark\nbenchmark: {}\n', 'yaml')), [
      'key.missing',
      'key.missing',
    ]);
  });

  test('is completed', async () => {
    assert.ok((await propose('file:///w/kind.gpuctl.yaml', 'kind: ¦\n')).includes('benchmark'));
    const keys = await propose('file:///w/keys.gpuctl.yaml', `${TEXT.split('  runs')[0]}  ¦\n`);
    assert.deepEqual(keys.sort(), ['atOnce', 'runs']);
  });

  test('is built, and previewed', async () => {
    const uri = 'file:///w/good.gpuctl.yaml';
    const { text, counterparts }: RenderedDto = await editor.sendRequest(Requests.render.method, {
      textDocument: { uri },
    });
    const lines = text.split('\n').map((line) => line.trim());
    for (const line of ['kind: Job', 'completions: 2', 'gpuctl/job-type: benchmark', 'nvidia.com/gpu: 2'])
      assert.ok(lines.includes(line), `${line} is not in\n${text}`);
    const origin = counterparts.find(({ line }) => lines[line] === 'completions: 2');
    assert.equal(origin?.sources[0]?.start.line, TEXT.split('\n').indexOf('  runs: 2'), 'it leads to its key');
  });

  test('is known to the command line', async () => {
    const { stdout } = await run(process.execPath, ['server/src/cliMain.ts', 'render', '-f', DOCUMENT], {
      cwd: kind.root,
    });
    assert.match(stdout, /^ {2}completions: 2$/m);
  });
});
