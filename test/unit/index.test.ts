import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type CheckedFile, checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';
import type { OpenFile } from '../../server/src/language/host.ts';
import { BOUNDS } from '../../server/src/language/workspace/diskFiles.ts';
import { createWorkspaceIndex, type WorkspaceFiles } from '../../server/src/language/workspaceIndex.ts';

const job = (name: string, pool = 'a', image = 'x:1', namespace = '') =>
  `kind: training\njob:\n  name: ${name}\n${namespace && `  namespace: ${namespace}\n`}environment:\n  image: ${image}\nresources:\n  pool: ${pool}\n`;
const pool = (name: string) => `kind: pool\npool:\n  name: "${name}"\n`;

let version = 0;
function open(uri: string, text: string, previous?: CheckedFile): OpenFile {
  const document = TextDocument.create(uri, 'gpuctl', ++version, text);
  return { uri, document, checked: checkFile(text, 'gpuctl', previous), mode: 'gpuctl' };
}

/** Files of a workspace that lie in memory. */
class MemoryFiles implements WorkspaceFiles {
  readonly texts: Map<string, string>;
  reads = 0;
  constructor(texts: Record<string, string>) {
    this.texts = new Map(Object.entries(texts));
  }
  async list(limit: number) {
    return [...this.texts.keys()].slice(0, limit);
  }
  async read(uri: string) {
    this.reads++;
    const text = this.texts.get(uri);
    if (text === undefined) throw new Error('no such file');
    return text;
  }
}

const where = (names: readonly { uri: string; range: { start: { line: number; character: number } } }[]) =>
  names.map(({ uri, range: { start } }) => `${uri}:${start.line}:${start.character}`).sort();

async function eventually(look: () => boolean): Promise<void> {
  for (let tries = 0; !look(); tries++) {
    assert.ok(tries < 500, 'not within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('names of open files are found with their places, and follow every change', () => {
  const index = createWorkspaceIndex();
  const first = open('a.yaml', `${job('one')}---\n${pool('a')}---\napiVersion: v1\nkind: Pod\n`);
  index.update(first);
  index.update(open('b.yaml', job('two')));
  assert.deepEqual(where(index.names('pool', 'a')), ['a.yaml:10:9', 'a.yaml:6:8', 'b.yaml:6:8']);
  assert.deepEqual(where(index.names('job')), ['a.yaml:2:8', 'b.yaml:2:8']);
  assert.deepEqual(
    index
      .names('pool', 'a')
      .map(({ role }) => role)
      .sort(),
    ['definition', 'reference', 'reference'],
  );
  index.update(open('a.yaml', `# moved\n${first.document.getText()}`, first.checked));
  assert.deepEqual(where(index.names('pool', 'a')), ['a.yaml:11:9', 'a.yaml:7:8', 'b.yaml:6:8']);
  index.close('a.yaml');
  assert.deepEqual(where(index.names('pool', 'a')), ['b.yaml:6:8']);
});

test('the pool `default` is no name, and a document with mistakes has names', () => {
  const index = createWorkspaceIndex();
  index.update(open('a.yaml', `${job('one', 'default')}typo: 1\nretries: -1\n---\n${job('two', 'b')}timeout: [\n`));
  assert.deepEqual(where(index.names('pool')), ['a.yaml:16:8']);
  assert.deepEqual(where(index.names('job')), ['a.yaml:12:8', 'a.yaml:2:8']);
});

test('values used before come by frequency, without those that are being typed', () => {
  const index = createWorkspaceIndex();
  const typed = open('b.yaml', job('three', 'a', 'pyto'));
  index.update(
    open('a.yaml', `${job('one', 'a', 'y:2')}---\n${job('two', 'a', 'z:3')}---\n${job('four', 'a', 'z:3')}`),
  );
  index.update(typed);
  assert.deepEqual(index.used('environment.image'), ['z:3', 'pyto', 'y:2']);
  assert.deepEqual(index.used('environment.image', documentsOf(typed.checked)[0]?.document), ['z:3', 'y:2']);
  const lists =
    'kind: notebook\njob: {name: n}\nenvironment: {image: i}\nstorage: {workdirs: [{path: /a}, {path: /b}]}\n';
  index.update(open('c.yaml', lists));
  assert.deepEqual(index.used('storage.workdirs.path'), ['/a', '/b']);
});

test('files on the disk are read once the first document is open; open ones win; changes are followed', async () => {
  const files = new MemoryFiles({ 'a.gpuctl.yaml': job('one'), 'b.gpuctl.yaml': pool('a'), 'c.gpuctl.yaml': '\0' });
  const index = createWorkspaceIndex({ files });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(files.reads, 0);
  index.update(open('a.gpuctl.yaml', job('one', 'other')));
  await eventually(() => index.names('pool', 'a').length === 1);
  assert.deepEqual(where(index.names('pool')), ['a.gpuctl.yaml:6:8', 'b.gpuctl.yaml:2:9']);
  index.close('a.gpuctl.yaml');
  await eventually(() => index.names('pool', 'a').length === 2);
  files.texts.set('b.gpuctl.yaml', pool('b'));
  index.filesChanged(['b.gpuctl.yaml'], ['a.gpuctl.yaml']);
  await eventually(() => index.names('pool', 'b').length === 1);
  assert.deepEqual(where(index.names('pool')), ['b.gpuctl.yaml:2:9']);
});

test('the same job in two files is told in both, with the other name, and goes when one of them does', async () => {
  const told: string[] = [];
  const files = new MemoryFiles({ 'x/a.gpuctl.yaml': job('same') });
  const index = createWorkspaceIndex({ files, changed: (uris) => told.push(...uris) });
  const findings = (file: OpenFile) =>
    documentsOf(file.checked).flatMap((placed) => index.findings(file, placed).map(({ message }) => message.args));
  const b = open('x/b.gpuctl.yaml', job('same'));
  index.update(b);
  assert.deepEqual(findings(b), []);
  await eventually(() => told.includes('x/b.gpuctl.yaml'));
  assert.deepEqual(findings(b), [{ name: 'same', file: 'a.gpuctl.yaml' }]);
  const c = open('y/b.gpuctl.yaml', job('same'));
  index.update(c);
  assert.deepEqual(findings(b), [{ name: 'same', file: 'a.gpuctl.yaml', count: 1 }]);
  index.filesChanged([], ['x/a.gpuctl.yaml']);
  assert.deepEqual(findings(c), [{ name: 'same', file: 'x/b.gpuctl.yaml' }]);
  const other = open('z.gpuctl.yaml', job('same', 'a', 'x:1', 'team'));
  index.update(other);
  assert.deepEqual(findings(other), []);
});

test('bounds hold: too many and too large files are left out', async () => {
  const many = Object.fromEntries(
    Array.from({ length: BOUNDS.files + 10 }, (_, at) => [`${at}.gpuctl.yaml`, job(`j${at}`)]),
  );
  const huge = `${job('small')}---\n${job('large')}# ${'x'.repeat(BOUNDS.documentCharacters)}\n`;
  const files = new MemoryFiles({ ...many, '0.gpuctl.yaml': huge });
  const index = createWorkspaceIndex({ files });
  index.update(open('mine.yaml', job('mine')));
  // Work between two turns of the event loop, by the processor's clock: others may use the machine.
  let longest = 0;
  let last = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(last);
    longest = Math.max(longest, (user + system) / 1000);
    last = process.cpuUsage();
  }, 1);
  await eventually(() => files.reads >= BOUNDS.files);
  await index.refresh([]);
  clearInterval(timer);
  assert.equal(index.names('job').length, BOUNDS.files + 1);
  assert.equal(index.names('job', 'small').length, 1);
  assert.equal(index.names('job', 'large').length, 0);
  assert.ok(longest < 100, `stalled for ${longest} ms`);
});

test('one changed document of a thousand costs the index little', () => {
  const index = createWorkspaceIndex();
  const texts = Array.from({ length: 1000 }, (_, at) => job(`j${at}`));
  let file = open('a.yaml', texts.join('---\n'));
  index.update(file);
  const times: number[] = [];
  for (let round = 0; round < 50; round++) {
    texts[500] = job(`new-${round}`);
    file = open('a.yaml', texts.join('---\n'), file.checked);
    const begun = performance.now();
    index.update(file);
    times.push(performance.now() - begun);
  }
  assert.equal(index.names('job', 'new-49').length, 1);
  assert.equal(index.names('job').length, 1000);
  const median = times.sort((a, b) => a - b)[25] as number;
  assert.ok(median < 1, `${median} ms`);
});
