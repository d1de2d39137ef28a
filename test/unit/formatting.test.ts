import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { buildFormatting } from '../../server/src/language/formatting.ts';
import { applyChanges, layOut } from '../../server/src/language/layout.ts';
import { parseYaml } from '../../server/src/model/parseYaml.ts';
import { openText } from './openText.ts';
import { randomYaml } from './randomYaml.ts';

const format = (text: string, tabSize = 2, isLast = true) => applyChanges(text, layOut(text, { tabSize, isLast }));
const tidies = (before: string, after: string, tabSize?: number) => {
  assert.equal(format(before, tabSize), after);
  assert.equal(format(after, tabSize), after, 'twice is once');
};

describe('formatting', () => {
  test('indents sections and list items evenly, and spaces words', () => {
    tidies(
      'job:\n    name :   a\n    l:\n    - x\n    -   b:  1\n        c: [1,2 ,  3]\n    m: {a: 1,b:   2 }   \n',
      'job:\n  name: a\n  l:\n    - x\n    - b: 1\n      c: [1, 2, 3]\n  m: {a: 1, b: 2 }\n',
    );
  });

  test("takes the editor's width of indentation; what follows a dash stands behind it", () => {
    tidies('a:\n b:\n - c: 1\n   d:\n    e: 2\n', 'a:\n    b:\n        - c: 1\n          d:\n              e: 2\n', 4);
  });

  test('keeps comments, with their section, and the columns of those behind values', () => {
    tidies(
      '# top\na:\n      # of b\n      b: 1     # aligned\n      cc: 2    # aligned\n      # end of a\n# of d\nd: 1\n',
      '# top\na:\n  # of b\n  b: 1     # aligned\n  cc: 2    # aligned\n  # end of a\n# of d\nd: 1\n',
    );
  });

  test('keeps two blank lines at most, none at the end, and one line break there', () => {
    tidies('a: 1\n\n\n\n\nb: 2\n  \n\n', 'a: 1\n\n\nb: 2\n');
    tidies('a: 1', 'a: 1\n');
  });

  test('moves block scalars as a whole and leaves their text alone', () => {
    tidies(
      'a:\n     s: |\n         for i:  # no comment\n           echo   "$i",x\n\n\n\n\n         done\n     t: 1\n',
      'a:\n  s: |\n    for i:  # no comment\n      echo   "$i",x\n\n\n\n\n    done\n  t: 1\n',
    );
    tidies('a:\n- |2\n    x\n- >-\n        y\n', 'a:\n  - |2\n      x\n  - >-\n    y\n');
    tidies('a: |+\n   x\n\n\n\n\n', 'a: |+\n  x\n\n\n\n\n');
  });

  test('keeps anchors, tags, aliases, merges, quotes and the order', () => {
    tidies(
      'b:  &x\n     z: \'q\'\n     y:   !t   "r"\na:\n    <<:   *x\n    c: *x\n',
      'b: &x\n  z: \'q\'\n  y: !t "r"\na:\n  <<: *x\n  c: *x\n',
    );
  });

  test('keeps flow style over several lines', () => {
    tidies('a: {\n    b: 1,\n  c: [\n 2,\n 3\n ]\n}\n', 'a: {\n  b: 1,\n  c: [\n    2,\n    3\n  ]\n}\n');
  });

  test('turns tabs between words into blanks', () => {
    tidies('a:\tb\nc: [1,\t2]\t\n', 'a: b\nc: [1, 2]\n');
  });

  test('keeps CRLF, and the marker and byte order mark in front', () => {
    tidies('\uFEFFa:\r\n    b: 1\r\n\r\n\r\n\r\n    c: 2', '\uFEFFa:\r\n  b: 1\r\n\r\n\r\n  c: 2\r\n');
    tidies('%YAML 1.2\n---   \na:\n   b: 1\n...\n', '%YAML 1.2\n---\na:\n  b: 1\n...\n');
  });

  test('leaves broken documents exactly alone', () => {
    for (const broken of [
      'a:\n\tb:   1\n',
      'a: [1,2\nb:   2\n',
      'a: "x\nb:    1\n',
      'a:\n    b: 1\n   c: 2\n',
      'a:   1: 2\n',
      '? a\n:   b\n',
      '['.repeat(5000),
    ])
      assert.deepEqual(layOut(broken, { tabSize: 2, isLast: true }), []);
  });

  test('never changes what is read, and formatting twice is formatting once', () => {
    const next = randomYaml(20261123);
    let changed = 0;
    for (let round = 0; round < 600; round++) {
      const text = next();
      const [tabSize, isLast] = [round % 3 ? 2 : 4, round % 4 !== 0];
      const tidy = format(text, tabSize, isLast);
      const [before, after] = [parseYaml(text), parseYaml(tidy)];
      assert.deepEqual(before?.errors, []);
      assert.deepEqual(after?.errors, []);
      assert.deepEqual(JSON.stringify(after), JSON.stringify(before), text);
      const notes = (one: string) => one.match(/#.*?(?=\s*$)/gm);
      assert.deepEqual(notes(tidy), notes(text), text);
      assert.equal(format(tidy, tabSize, isLast), tidy, text);
      assert.doesNotMatch(tidy, /\S[ \t]+\r?$/m, text);
      if (tidy !== text) changed++;
    }
    assert.ok(changed > 550, `only ${changed} were formatted`);
  });
});

describe('formatting a file', () => {
  const OURS = 'kind: training\njob:\n    name: a\n';
  const FOREIGN = 'kind: Secret\napiVersion: v1\ndata:\n        a:   b\n\n\n\n\n';
  const result = async (text: string, range?: Range) => {
    const file = openText(text);
    const edits = await buildFormatting(file, { tabSize: 2 }, range);
    return { edits, text: TextDocument.applyEdits(file.document, edits) };
  };

  test('never touches foreign documents', async () => {
    const { text } = await result(`${OURS}---\n${FOREIGN}---\n${OURS}`);
    assert.equal(text, `${OURS.replace('    ', '  ')}---\n${FOREIGN}---\n${OURS.replace('    ', '  ')}`);
    assert.deepEqual((await result(FOREIGN)).edits, []);
  });

  test('edits no more than the blanks that change, so that cursors stay', async () => {
    const { edits } = await result(OURS);
    assert.deepEqual(edits, [
      { range: { start: { line: 2, character: 2 }, end: { line: 2, character: 4 } }, newText: '' },
    ]);
  });

  test('of a range only what lies in it, if that reads the same', async () => {
    const text = 'kind:   training\njob:\n  name:   a\n';
    const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } };
    assert.equal((await result(text, range)).text, 'kind:   training\njob:\n  name: a\n');
    const half = 'kind: training\njob:\n    name: a\n    priority: low\n';
    const line = { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } };
    assert.equal((await result(half, line)).text, half);
  });

  test('a thousand documents let others have their turn', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const { text } = await result(`${OURS}---\n`.repeat(1000));
    clearInterval(timer);
    assert.equal(text, `${OURS.replace('    ', '  ')}---\n`.repeat(1000));
    assert.ok(turns > 3, `${turns} turns`);
  });
});
