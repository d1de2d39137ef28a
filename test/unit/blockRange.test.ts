import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';
import { kindNamed, SCHEMAS } from '../../server/src/kinds/index.ts';
import { blockRange } from '../../server/src/model/blockRange.ts';
import type { Value } from '../../server/src/model/canonical.ts';
import type { Path } from '../../server/src/model/finding.ts';
import { YamlTree } from '../../server/src/model/yamlTree.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures/rules');
const ODD = `--- # a document
kind: training # a comment
job:
    name:   "quoted"
    description: 'a: b # no comment'
    # between
    priority: low

environment:
  image:
    trainer:1
  command:
  - sh
  -   -c
  - |
    job:
      # not a comment
    name: inside
  - "a \\" b"
  args: [a,
    b]
  env:
    - name: A
      value: a#b
    -
      name: B
      value: c # d
    - { name: C, value: d }
resources: {gpu: 1}
node_count: 1
storage:
  workdirs:
      - path: /data
        read-only: true
      - hostPath: /x
        path: /y:z
timeout: 1h
  2m
`;

/** The paths of everything in a value. */
const pathsOf = (value: Value, path: Path = []): Path[] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) =>
        pathsOf(child, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : []),
];

/** Looks at every place in both ways; returns how many of them the quick one knows. */
function compare(text: string): number {
  const tree = new YamlTree(text, kindNamed('training')?.schema, SCHEMAS);
  let known = 0;
  for (const place of pathsOf(tree.value).slice(1)) {
    for (const at of ['key', 'value'] as const) {
      if (at === 'key' && typeof place.at(-1) === 'number') continue;
      const quick = blockRange(text, place, at);
      if (!quick) continue;
      known++;
      assert.deepEqual(quick, tree.rangeOf(place, at), `${place.join('.')} (${at}) in:\n${text}`);
    }
  }
  return known;
}

test('what is found by a look at the lines stands where the parser finds it', () => {
  assert.ok(compare(ODD) > 30);
  compare(ODD.replaceAll('\n', '\r\n'));
  for (const file of readdirSync(fixtures)) {
    if (file.startsWith('yaml.') || file.startsWith('key.duplicate') || file.startsWith('key.two')) continue;
    const text = readFileSync(path.join(fixtures, file), 'utf8');
    for (const { document } of documentsOf(checkFile(text, 'gpuctl')))
      if (!/\t/.test(document.text)) compare(document.text);
  }
});

test('names of variables have no spellings', () => {
  compare('kind: training\nenvironment:\n  env:\n    hf_token: a\n    HF_TOKEN: b\n');
});

test('an absent place and one in flow style are left to the parser', () => {
  assert.equal(blockRange(ODD, ['job', 'nothing'], 'value'), undefined);
  assert.equal(blockRange(ODD, ['resources', 'gpu'], 'value'), undefined);
  assert.equal(blockRange(ODD, ['storage'], 'value'), undefined);
  assert.equal(blockRange('{kind: training}', ['kind'], 'value'), undefined);
});
