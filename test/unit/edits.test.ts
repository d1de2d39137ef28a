import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindNamed, SCHEMAS } from '../../server/src/kinds/index.ts';
import { toTextChanges } from '../../server/src/model/edits.ts';
import type { Change, Path, TextChange } from '../../server/src/model/finding.ts';
import { YamlTree } from '../../server/src/model/yamlTree.ts';

const training = kindNamed('training')?.schema;

/** The text after changes; `undefined` where they cannot be made. */
function edit(text: string, ...changes: Change[]): string | undefined {
  const made = toTextChanges(changes, new YamlTree(text, training, SCHEMAS));
  return made && applied(text, made);
}

const applied = (text: string, changes: readonly TextChange[]): string =>
  changes
    .toReversed()
    .reduce((at, { range, text: added }) => at.slice(0, range.start) + added + at.slice(range.end), text);

const set = (path: Path, value: unknown): Change => ({ do: 'set', path, value }) as Change;
const append = (path: Path, value: unknown): Change => ({ do: 'append', path, value }) as Change;
const remove = (...path: (string | number)[]): Change => ({ do: 'remove', path });
const rename = (path: Path, to: string): Change => ({ do: 'rename', path, to });

test('a scalar is replaced alone: the comment stays, and so do quotes', () => {
  assert.equal(
    edit('resources:\n  gpu: 8   # all\n', set(['resources', 'gpu'], 16)),
    'resources:\n  gpu: 16   # all\n',
  );
  const image = (quote: string) => `environment:\n  image: ${quote}a:1${quote}\n`;
  for (const quote of ['', '"', "'"])
    assert.equal(edit(image(quote), set(['environment', 'image'], 'b:2')), image(quote).replace('a:1', 'b:2'));
  assert.equal(
    edit('environment: {image: a}\n', set(['environment', 'image'], 'a, b')),
    'environment: {image: "a, b"}\n',
  );
  assert.equal(
    edit('output:\n  dir: /a\n', set(['output', 'dir'], 'a: b #c')),
    "output:\n  dir: 'a: b #c'\n".replaceAll("'", '"'),
  );
  assert.equal(edit('version: 1\n', set(['version'], '1')), 'version: "1"\n');
  assert.equal(edit('resources:\n  gpu: "8"\n', set(['resources', 'gpu'], 4)), 'resources:\n  gpu: 4\n');
  assert.equal(edit('a: |  # c\n  x\n  y\n\nb: 1\n', set(['a'], 'z')), 'a: z  # c\n\nb: 1\n');
  assert.equal(edit('a: 1 # c\nb: 1\n', set(['a'], 'x\ny')), 'a: |- # c\n  x\n  y\nb: 1\n');
});

test('an absent key comes at the end of its mapping, in its style', () => {
  const gpu = ['resources', 'gpu'];
  assert.equal(
    edit('resources:\n    pool: a # p\n\njob:\n', set(gpu, 8)),
    'resources:\n    pool: a # p\n    gpu: 8\n\njob:\n',
  );
  assert.equal(edit('resources: { pool: a }\n', set(gpu, 8)), 'resources: { pool: a, gpu: 8 }\n');
  assert.equal(edit('resources: {}\n', set(gpu, 8)), 'resources: { gpu: 8 }\n');
  assert.equal(edit('resources: # none\njob:\n', set(gpu, 8)), 'resources: # none\n  gpu: 8\njob:\n');
  assert.equal(
    edit('{"resources": {\n  "pool": "a"  # p\n}}', set(gpu, 8)),
    '{"resources": {\n  "pool": "a",\n  "gpu": 8  # p\n}}',
  );
  assert.equal(edit('resources:\n  pool: a', set(gpu, 8)), 'resources:\n  pool: a\n  gpu: 8');
  assert.equal(edit('job:\r\n  name: a\r\n', set(gpu, 8)), 'job:\r\n  name: a\r\nresources:\r\n  gpu: 8\r\n');
  assert.equal(edit('\uFEFFkind: training\n', set(['retries'], 1)), '\uFEFFkind: training\nretries: 1\n');
  assert.equal(edit('resources:\n  pool:\ta\n', set(gpu, 8)), 'resources:\n  pool:\ta\n  gpu: 8\n');
  assert.equal(
    edit('--- # d\nresources:\n  pool: a\n...\n', set(gpu, 8)),
    '--- # d\nresources:\n  pool: a\n  gpu: 8\n...\n',
  );
  assert.equal(
    edit('environment:\n  env:\n  - name: A\n', set(['environment', 'env', 0, 'value'], '')),
    'environment:\n  env:\n  - name: A\n    value: ""\n',
  );
});

test('a missing section comes where the schema has it, with the blank lines of its neighbours', () => {
  const text = 'kind: training\n\njob:\n  name: a\n  # description: b\n\noutput:\n  dir: /o\n';
  assert.equal(
    edit(text, set(['resources', 'gpu'], 8), set(['resources', 'nodeCount'], 2)),
    text.replace('b\n\n', 'b\n\nresources:\n  gpu: 8\n  nodeCount: 2\n\n'),
  );
  assert.equal(
    edit('output: {}\nkind: training\n', set(['storage', 'workdirs'], [{ path: '/a', readOnly: true }])),
    'output: {}\nkind: training\nstorage:\n  workdirs:\n    - path: /a\n      readOnly: true\n',
  );
});

test('new keys are spelt as the document spells', () => {
  assert.equal(
    edit('resources:\n  node-count: 2\n', set(['resources', 'gpuType'], 'a100')),
    'resources:\n  node-count: 2\n  gpu-type: a100\n',
  );
  assert.equal(
    edit('resources:\n  node_count: 2\n', append(['storage', 'workdirs'], { path: '/a', hostPath: '/b' })),
    'resources:\n  node_count: 2\nstorage:\n  workdirs:\n    - path: /a\n      host_path: /b\n',
  );
  assert.equal(
    edit('resources:\n  node-count: 2\n', set(['resources', 'nodeCount'], 4)),
    'resources:\n  node-count: 4\n',
  );
});

test('an item joins its list in the style of the list, or makes it', () => {
  const command = ['environment', 'command'];
  const of = (list: string) => `environment:\n  command:${list}\n  image: a\n`;
  assert.equal(edit(of(' [a, b] # c'), append(command, '1')), of(' [a, b, "1"] # c'));
  assert.equal(edit(of(' []'), append(command, 'x')), of(' [x]'));
  assert.equal(edit(of('\n  - a # one\n  # two'), append(command, 'x')), of('\n  - a # one\n  - x\n  # two'));
  assert.equal(
    edit(of('\n      - a'), append(command, { b: 1, c: [2] })),
    of('\n      - a\n      - b: 1\n        c:\n          - 2'),
  );
  assert.equal(edit(of(''), append(command, 'x')), of('\n    - x'));
  assert.equal(
    edit('environment:\n  image: a\n', append(command, 'x')),
    'environment:\n  image: a\n  command:\n    - x\n',
  );
  assert.equal(edit(of(' [a,\n    b  # c\n  ]'), append(command, 'x')), of(' [a,\n    b,\n    x  # c\n  ]'));
});

test('a key goes with its value and its own comment', () => {
  const text = 'a: 1 # one\n# between\nb:\n  c: 2 # two\n  d: 3\n\ne: 4';
  assert.equal(edit(text, remove('a')), '# between\nb:\n  c: 2 # two\n  d: 3\n\ne: 4');
  assert.equal(edit(text, remove('b')), 'a: 1 # one\n# between\n\ne: 4');
  assert.equal(edit(text, remove('b', 'c')), 'a: 1 # one\n# between\nb:\n  d: 3\n\ne: 4');
  assert.equal(edit(text, remove('e')), 'a: 1 # one\n# between\nb:\n  c: 2 # two\n  d: 3\n');
  assert.equal(edit(text, remove('b', 'c'), remove('b', 'd')), 'a: 1 # one\n# between\nb: {}\n\ne: 4');
  assert.equal(edit('a: {b: 1, c: 2}', remove('a', 'b')), 'a: {c: 2}');
  assert.equal(edit('a: {b: 1, c: 2}', remove('a', 'c')), 'a: {b: 1}');
  assert.equal(edit('a: {b: 1}', remove('a', 'b')), 'a: {}');
  assert.equal(edit('a: {\n  b: 1, # one\n  c: 2 # two\n}', remove('a', 'c')), 'a: {\n  b: 1 # one\n}');
  assert.equal(edit('a: {\n  b: 1, # one\n  c: 2 # two\n}', remove('a', 'b')), 'a: {\n  c: 2 # two\n}');
  assert.equal(edit('- a: 1 # x\n  b: 2\n', remove(0, 'a')), '- b: 2\n');
});

test('an item goes with its line, or with its comma', () => {
  assert.equal(edit('a:\n- 1 # one\n- 2\n- b: 3\n  c: 4\n', remove('a', 2)), 'a:\n- 1 # one\n- 2\n');
  assert.equal(edit('a:\n- 1 # one\n- 2\n', remove('a', 0)), 'a:\n- 2\n');
  assert.equal(edit('a:\n- 1 # one\nb: 1\n', remove('a', 0)), 'a: []\nb: 1\n');
  assert.equal(edit('a: [1, 2, 3]\n', remove('a', 1)), 'a: [1, 3]\n');
  assert.equal(edit('a: [1, 2, 3,]\n', remove('a', 2)), 'a: [1, 2, ]\n');
  assert.equal(edit('a:\n- - 1\n  - 2\n', remove('a', 0, 0)), 'a:\n- - 2\n');
});

test('a key is renamed in its quotes', () => {
  assert.equal(edit('"a": 1 # c\n', rename(['a'], 'b')), '"b": 1 # c\n');
  assert.equal(edit('x: {a: 1}\n', rename(['x', 'a'], 'b')), 'x: {b: 1}\n');
  assert.equal(edit('a: 1\nb: 2\n', rename(['a'], 'b')), undefined);
});

test('a list in place of a list keeps the comments between its items', () => {
  const text = 'a:\n  # first\n  - x # one\n  # second\n  - y\n  - z # three\n';
  assert.equal(edit(text, set(['a'], ['x', 'q'])), 'a:\n  # first\n  - x # one\n  # second\n  - q\n');
  assert.equal(edit(text, set(['a'], ['x', 'y', 'z', 'q'])), `${text}  - q\n`);
  assert.equal(
    edit('e:\n- name: A\n  value: b # c\n', set(['e', 0], { name: 'A', secret: 's' })),
    'e:\n- name: A\n  secret: s\n',
  );
});

test('several changes in one place do not overlap', () => {
  const text = 'resources:\n  acceleratorCount: 8 # all\n';
  const changes = [
    rename(['resources', 'acceleratorCount'], 'gpu'),
    set(['resources', 'gpu'], 6),
    set(['resources', 'nodeCount'], 2),
    set(['resources', 'pool'], 'a'),
  ];
  assert.equal(edit(text, ...changes), 'resources:\n  gpu: 6 # all\n  nodeCount: 2\n  pool: a\n');
  const made = toTextChanges(changes, new YamlTree(text, training, SCHEMAS)) ?? [];
  for (const [index, { range }] of made.entries()) assert.ok(range.start > (made[index - 1]?.range.end ?? -1));
  assert.equal(edit('a:\n  b: 1\n', set(['c'], 1), remove('c')), 'a:\n  b: 1\n');
});

test('what an alias or a merge gives is not changed in its place', () => {
  const merged = 'base: &b\n  gpu: 8\nresources:\n  <<: *b\n  pool: a\n';
  assert.equal(edit(merged, set(['resources', 'gpu'], 4)), `${merged}  gpu: 4\n`);
  assert.equal(edit(merged, remove('resources', 'gpu')), undefined);
  assert.equal(edit(merged, set(['base', 'gpu'], 4)), undefined);
  const alias = 'base: &b\n  gpu: 8\nresources: *b\n';
  assert.equal(edit(alias, set(['resources', 'gpu'], 4)), undefined);
  assert.equal(edit(alias, remove('base')), undefined);
  assert.equal(edit('a: &n 8\nb: *n\n', set(['b'], 4)), 'a: &n 8\nb: 4\n');
  assert.equal(edit('a: &n 8\nb: 1\n', set(['a'], 4)), 'a: &n 4\nb: 1\n');
});

test('broken text, and what does not lead anywhere, is left alone', () => {
  assert.equal(edit('a: [1\nb: 2\n', set(['b'], 1)), undefined);
  assert.equal(edit('a: 1\n', set(['a', 'b'], 1)), undefined);
  assert.equal(edit('a: [1]\n', set(['a', 5], 1)), undefined);
  assert.equal(edit('a: 1\n', remove('b')), undefined);
  assert.equal(edit('', set(['b'], 1)), undefined);
  assert.equal(edit('a: |+\n  x\n\n', set(['b'], 1)), 'a: |+\n  x\n\nb: 1\n');
});
