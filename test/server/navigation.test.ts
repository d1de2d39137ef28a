import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { DocumentHighlight, Location, WorkspaceEdit } from 'vscode-languageserver';
import { type Pair, startPair } from './pair.ts';
import { afterEdit, WorkspaceFolder } from './workspaceFolder.ts';

const env = { ...process.env, KUBECONFIG: '/nonexistent', HOME: '/nonexistent' };
const training = (name: string, pool = 'fast') =>
  `kind: training\njob:\n  name: ${name} # mine\nenvironment:\n  image: x:1\nresources:\n  pool: ${pool}\n`;
const POOL = `kind: pool\npool:\n  name: "fast"\n`;
const NAME = { line: 2, character: 10 };
const IN_RESOURCES = { line: 6, character: 8 };

let pair: Pair;
let folder: WorkspaceFolder;

async function begin(files: Record<string, string>, documentChanges = true): Promise<void> {
  pair = await startPair({ env, capabilities: { workspace: { workspaceEdit: { documentChanges } } } });
  folder = await WorkspaceFolder.create(pair, files);
}

const ask = <R>(method: string, uri: string, position: object, more: object = {}): Promise<R> =>
  pair.client.sendRequest(`textDocument/${method}`, { textDocument: { uri }, position, ...more });

const where = (found: readonly Location[]) =>
  found.map(({ uri, range: { start } }) => `${uri.split('/').at(-1)}:${start.line}:${start.character}`).sort();

/** Waits until the files of the folder are known. */
const indexed = (uri: string, count: number) =>
  pair.until('the files of the folder', async () => {
    const found = await ask<Location[]>('references', uri, IN_RESOURCES, { context: { includeDeclaration: true } });
    return found.length === count;
  });

beforeEach(() => begin({ 'pool.gpuctl.yaml': POOL, 'other.gpuctl.yml': training('other', "'fast'") }));
afterEach(async () => {
  await pair.stop();
  await folder.close();
});

test('a pool is found where it is defined, and all jobs that use it', async () => {
  const uri = folder.uri('mine.gpuctl.yaml');
  await pair.open(uri, training('mine'));
  await indexed(uri, 3);
  assert.deepEqual(where(await ask('definition', uri, IN_RESOURCES)), ['pool.gpuctl.yaml:2:9']);
  assert.deepEqual(where(await ask('definition', uri, NAME)), ['mine.gpuctl.yaml:2:8']);
  assert.deepEqual(await ask('definition', uri, { line: 4, character: 10 }), []);
  assert.deepEqual(where(await ask('references', uri, IN_RESOURCES, { context: { includeDeclaration: false } })), [
    'mine.gpuctl.yaml:6:8',
    'other.gpuctl.yml:6:9',
  ]);
});

test('highlights stay in the file; `default` and foreign documents have none', async () => {
  const text = `${training('a')}---\n${POOL}---\n${training('b', 'default')}---\napiVersion: v1\nkind: Pod\npool: {name: fast}\n`;
  await pair.open('untitled:Untitled-1', text);
  const found = await ask<DocumentHighlight[]>('documentHighlight', 'untitled:Untitled-1', IN_RESOURCES);
  assert.deepEqual(found.map(({ range, kind }) => [range.start.line, kind]).sort(), [
    [10, 3],
    [6, 2],
  ]);
  assert.deepEqual(await ask('definition', 'untitled:Untitled-1', { line: 18, character: 9 }), []);
  assert.equal(await ask('prepareRename', 'untitled:Untitled-1', { line: 18, character: 9 }), null);
  assert.equal(await ask('prepareRename', 'untitled:Untitled-1', { line: 22, character: 14 }), null);
  assert.equal(await ask('prepareRename', 'file:///closed.yaml', NAME), null);
});

test('a pool is renamed in open and in closed files, within its quotes, by versions', async () => {
  const uri = folder.uri('mine.gpuctl.yaml');
  await pair.open(uri, training('mine'));
  await indexed(uri, 3);
  assert.deepEqual(await ask('prepareRename', uri, IN_RESOURCES), {
    range: { start: { line: 6, character: 8 }, end: { line: 6, character: 12 } },
    placeholder: 'fast',
  });
  // Written by another program, and not yet told by the watcher.
  await writeFile(join(folder.path, 'pool.gpuctl.yaml'), `# new first line\n${POOL}`);
  const edit = await ask<WorkspaceEdit>('rename', uri, IN_RESOURCES, { newName: '123' });
  const versions = edit.documentChanges?.map((one) => 'textDocument' in one && one.textDocument.version);
  assert.deepEqual(versions?.sort(), [1, null, null]);
  assert.deepEqual(
    afterEdit(edit, {
      [uri]: training('mine'),
      [folder.uri('pool.gpuctl.yaml')]: `# new first line\n${POOL}`,
      [folder.uri('other.gpuctl.yml')]: training('other', "'fast'"),
    }),
    {
      [uri]: training('mine', '"123"'),
      [folder.uri('pool.gpuctl.yaml')]: `# new first line\n${POOL.replace('fast', '123')}`,
      [folder.uri('other.gpuctl.yml')]: training('other', "'123'"),
    },
  );
});

test('a name that cannot be is refused with a sentence', async () => {
  const uri = folder.uri('mine.gpuctl.yaml');
  const service = training('mine').replace('training', 'inference');
  await pair.open(uri, service);
  await indexed(uri, 3);
  const refusal = (position: object, newName: string) =>
    ask('rename', uri, position, { newName }).then(
      () => assert.fail(`${newName} was taken`),
      (error: Error) => error.message,
    );
  assert.match(await refusal(NAME, 'Not_A_Name'), /lower-case|lower case/);
  assert.match(await refusal(NAME, 'a'.repeat(60)), /59/);
  assert.match(await refusal(NAME, 'other'), /other\.gpuctl\.yml/);
  assert.match(await refusal(IN_RESOURCES, 'default'), /no pool/);
  const edit = await ask<WorkspaceEdit>('rename', uri, NAME, { newName: 'a'.repeat(59) });
  assert.deepEqual(afterEdit(edit, { [uri]: service }), { [uri]: service.replace('mine', 'a'.repeat(59)) });
});

test('the same job in another file is told, and the word goes with the other file', async () => {
  const uri = folder.uri('mine.gpuctl.yaml');
  await pair.open(uri, training('other'));
  const told = await pair.until('the finding', () =>
    pair.diagnostics.get(uri)?.diagnostics.find(({ code }) => code === 'job.twice-in-workspace'),
  );
  assert.match(String(told.message), /other\.gpuctl\.yml/);
  assert.equal(told.severity, 3);
  assert.deepEqual(told.range, { start: { line: 2, character: 8 }, end: { line: 2, character: 13 } });
  await folder.remove('other.gpuctl.yml');
  const gone = () => !pair.diagnostics.get(uri)?.diagnostics.some(({ code }) => code === told.code);
  await pair.until('the finding to go', gone);
  await folder.write('third.gpuctl.yaml', training('other'));
  await pair.until('the finding again', () => !gone());
});

test('an editor that knows nothing of us has the open files, and edits by file', async () => {
  await pair.stop();
  await folder.close();
  pair = await startPair({ env, ours: false, capabilities: {} });
  folder = await WorkspaceFolder.create(pair, { 'pool.gpuctl.yaml': POOL });
  const uri = folder.uri('mine.gpuctl.yaml');
  await pair.open(uri, training('mine'));
  await pair.open('vscode-vfs://host/pool.yaml', POOL, 'yaml');
  assert.deepEqual(where(await ask('definition', uri, IN_RESOURCES)), ['pool.yaml:2:9']);
  const edit = await ask<WorkspaceEdit>('rename', uri, IN_RESOURCES, { newName: 'slow' });
  assert.deepEqual(Object.keys(edit.changes ?? {}).sort(), [uri, 'vscode-vfs://host/pool.yaml'].sort());
});
