/** What stands at a position of a document: texts with `¦` for the cursor. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kindNamed } from '../../server/src/kinds/index.ts';
import { cursorAt, toCanonicalPlace } from '../../server/src/language/cursor.ts';

function look(marked: string) {
  const offset = marked.indexOf('¦');
  assert.ok(offset >= 0, 'no cursor in the text');
  return cursorAt(marked.replace('¦', ''), offset);
}

/** `key job.[name] na>me`: what is wanted, where, the siblings, the word with the cursor in it. */
function tell(marked: string): string {
  const cursor = look(marked);
  if (!cursor) return 'nothing';
  const { wants, path, siblings, range, typed, needsSpace, hasColon } = cursor;
  const text = marked.replace('¦', '');
  const word = `${typed}>${text.slice(range.start + typed.length, range.end)}`;
  const flags = `${needsSpace ? ' space' : ''}${hasColon ? ' colon' : ''}`;
  return `${wants} ${path.join('.') || '/'} [${siblings.toSorted()}] ${word}${flags}`;
}

const holds = (cases: Record<string, [text: string, expected: string]>) => {
  for (const [what, [text, expected]] of Object.entries(cases)) {
    it(what, () => assert.equal(tell(text), expected));
  }
};

describe('cursor: keys', () => {
  holds({
    'of an empty document': ['¦', 'item / [] >'],
    'half-typed at the root': ['ki¦', 'item / [] ki>'],
    'half-typed in a section': ['kind: training\njob:\n  name: a\n  na¦\n', 'item job [name] na>'],
    'with the rest of the word': ['job:\n  na¦mespace: x\n  priority: low\n', 'key job [priority] na>mespace colon'],
    'at the beginning of the word': ['job:\n  ¦name: x\n', 'key job [] >name colon'],
    'on an empty line: the column decides': ['a:\n  b: 1\n  ¦\nc: 2\n', 'item a [b] >'],
    'on an empty line at the root': ['a:\n  b: 1\n¦\nc: 2\n', 'item / [a,c] >'],
    'siblings below count, those of others do not': ['a:\n  ¦\n  b: 1\n  c:\n    d: 1\ne:\n  f: 1\n', 'item a [b,c] >'],
    'below a section that ends the file': ['a:\n  b:\n    ¦', 'item a.b [] >'],
    'in another column than the keys of the mapping: none': ['job:\n  name: a\n ¦\n', 'nothing'],
    'in another column than the keys below: none': ['  ¦\nkind: a\n', 'nothing'],
    'on an empty line above deeper keys: none': ['job:\n  name: a\n¦\n  priority: low\n', 'nothing'],
    'deeper than a value: none': ['job:\n  name: a\n    ¦\n', 'nothing'],
    'of the first list item': ['s:\n  w:\n    - ¦\n', 'item s.w.0 [] >'],
    'of a later item': ['s:\n  w:\n    - path: a\n    - path: b\n      cl¦\n', 'item s.w.1 [path] cl>'],
    'of an item whose list is in the column of its key': ['w:\n- a: 1\n- a: 2\n  ¦\nv:\n', 'item w.1 [a] >'],
    'behind a list in the column of its key': ['w:\n- a: 1\n¦\n', 'item / [w] >'],
    'right behind the dash': ['w:\n  -¦\n', 'item w.0 [] > space'],
    'the key behind a dash': ['w:\n  - pa¦th: x\n    size: 1\n', 'key w.0 [size] pa>th colon'],
    'in nested lists': ['w:\n  - - a\n    - b: 1\n      ¦\n', 'item w.0.1 [b] >'],
    'in quotes': ['job:\n  "na¦me": x\n', 'key job [] "na>me" colon'],
    'with spaces before the colon': ['job:\n  na¦me : x\n', 'key job [] na>me colon'],
    'behind non-ASCII text': ['job:\n  description: 千问微调 🎉\n  na¦\n', 'item job [description] na>'],
    'with CRLF': ['job:\r\n  name: a\r\n  ¦\r\nx: 1\r\n', 'item job [name] >'],
    'behind a BOM': ['\uFEFFki¦', 'item / [] ki>'],
    'behind a BOM, second line': ['\uFEFFkind: training\nj¦', 'item / [kind] j>'],
    'below a document marker': ['---\nkind: a\n¦', 'item / [kind] >'],
    'with tabs as indentation': ['job:\n\tname: a\n\tna¦\n', 'item job [name] na>'],
    'with anchors and merge keys': ['a: &x\n  b: 1\nc:\n  <<: *x\n  d¦\n', 'item c [<<] d>'],
    'below an anchored section': ['job: &j\n  ¦', 'item job [] >'],
    'behind a block scalar': ['a:\n  b: |\n    text: no\n  ¦\n', 'item a [b] >'],
    'behind a block scalar that ends the file': ['a:\n  - |\n    text\n¦', 'item / [a] >'],
    'behind a value in quotes over several lines': ['a: "x\n  y: z"\nb¦', 'item / [a] b>'],
  });
});

describe('cursor: values', () => {
  holds({
    'behind colon and space': ['r:\n  pool: ¦\n  gpu: 1\n', 'value r.pool [gpu] >'],
    'right behind the colon': ['r:\n  pool:¦\n', 'value r.pool [] > space'],
    'the rest of the word counts': ['r:\n  pool: tra¦ining  # big\n', 'value r.pool [] tra>ining'],
    'in double quotes': ['r:\n  pool: "tra¦in"\n', 'value r.pool [] tra>in'],
    'in single quotes, not closed': ["r:\n  pool: 'tra¦\n  gpu: 1\n", 'value r.pool [gpu] tra>'],
    'behind an anchor': ['r:\n  pool: &p tra¦\n', 'value r.pool [] tra>'],
    'with a colon in it': ['e:\n  image: nginx:¦1.2\n', 'value e.image [] nginx:>1.2'],
    'of a list item': ['e:\n  command:\n    - python\n    - tr¦ain.py\n', 'item e.command.1 [] tr>ain.py'],
    'on a line of their own': ['r:\n  pool:\n    tr¦\n', 'item r.pool [] tr>'],
    'of the key behind a dash': ['e:\n  - name: a\n    secret: ¦\n', 'value e.0.secret [name] >'],
    'alias: none': ['r: *a¦\n', 'nothing'],
    'block scalar: none': ['a: |\n  te¦xt\n', 'nothing'],
    'empty line inside a block scalar: none': ['a: |\n  text\n¦\n  more\n', 'nothing'],
    'header of a block scalar: none': ['a: |¦\n', 'nothing'],
    'comment: none': ['a: 1 # k¦\n', 'nothing'],
    'comment line: none': ['# ki¦\nkind: a\n', 'nothing'],
    'document marker: none': ['---¦\nkind: a\n', 'nothing'],
    'directive: none': ['%YA¦ML 1.2\n---\n', 'nothing'],
    'second line of a quoted value: none': ['a: "x\n  y¦\n  z"\n', 'nothing'],
  });
});

describe('cursor: flow style', () => {
  holds({
    'an empty mapping': ['job: {¦}', 'item job [] >'.replace('item', 'key')],
    'a key behind a comma': ['job: {name: a, ¦}', 'key job [name] >'],
    'a half-typed key that is not closed': ['job: {name: a, na¦\nkind: x\n', 'key job [name] na>'],
    'a key with its colon': ['job: {na¦me: a, priority: low}', 'key job [priority] na>me colon'],
    'a value': ['job: {priority: ¦, name: a}', 'value job.priority [name] >'],
    'a value right behind the colon': ['{"job":{"name":¦}}', 'value job.name [] > space'],
    'a half-typed value': ['job: {priority: lo¦w}', 'value job.priority [] lo>w'],
    'a list item': ['command: [python, tr¦ain]', 'item command.1 [] tr>ain'],
    'an empty item': ['command: [python, ¦]', 'item command.1 [] >'],
    'a mapping in a list': ['w: [{path: a}, {¦}]', 'key w.1 [] >'],
    'over several lines': ['r: {\n  pool: a,\n  gp¦\n}\nx: 1\n', 'key r [pool] gp>'],
    'in JSON': ['{\n  "kind": "training",\n  "job": {"na¦"}\n}', 'key job [] "na>"'],
    'a quoted value': ['{"job": {"priority": "l¦"}}', 'value job.priority [] l>'],
    'in a list item in block style': ['w:\n  - {path: /a, ¦}\n', 'key w.0 [path] >'],
    'behind its marker': ['--- {kind: a, ¦}', 'key / [kind] >'],
    'in a comment: none': ['a: {b: 1, # c¦\n}', 'nothing'],
    'behind the closing bracket: none': ['a: {b: 1} ¦\n', 'nothing'],
  });
});

describe('cursor: broken documents', () => {
  holds({
    'below a bracket that is not closed': ['a: [1, 2\nb:\n  c: 1\n  ¦\n', 'item b [c] >'],
    'below a quote that is not closed': ['a: "text\nb:\n  ¦\n', 'item b [] >'],
    'below a line that is no YAML': ['job:\n  %%% ]]\n  name: a\n  ¦\n', 'item job [name] >'],
    'below a half-typed key': ['job:\n  na\n  ¦\n', 'item job [] >'],
    'below a wrong indentation': ['job:\n    name: a\n  pri: 1\n  ¦\n', 'item job [pri] >'],
  });

  it('costs what the text is long, however deep and broken', () => {
    for (const text of [
      '{'.repeat(100_000),
      '- '.repeat(50_000),
      'a: ['.repeat(30_000),
      `a: "${'x'.repeat(200_000)}`,
      'a:\n'.repeat(60_000),
      ' - a\n'.repeat(40_000),
    ]) {
      const begin = performance.now();
      cursorAt(text, text.length);
      assert.ok(performance.now() - begin < 3000, `${text.slice(0, 10)}: ${performance.now() - begin} ms`);
    }
  });
});

describe('cursor: canonical paths', () => {
  it('takes every spelling to the canonical one, and leaves names of the user alone', () => {
    const training = kindNamed('training');
    assert.ok(training);
    const canonical = (path: (string | number)[]) => toCanonicalPlace(path, training.schema).path.join('.');
    assert.equal(canonical(['resources', 'gpu-type']), 'resources.gpuType');
    assert.equal(canonical(['storage', 'workdirs', 0, 'host_path']), 'storage.workdirs.0.hostPath');
    assert.equal(canonical(['environment', 'env', 'batch_size']), 'environment.env.batch_size');
    assert.equal(toCanonicalPlace(['job', 'nonsense', 'deeper'], training.schema).schema, undefined);
  });
});
