import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';
import { Recent } from '../../server/src/model/recent.ts';

test('what was used last is kept, the rest is made anew', () => {
  const recent = new Recent<object>(2, 100);
  const made: string[] = [];
  const hold = (name: string, weight = 1) =>
    recent.hold(weight, () => {
      made.push(name);
      return { name };
    });
  const [a, b, c, heavy] = [hold('a'), hold('b'), hold('c'), hold('heavy', 200)];
  const first = a();
  assert.equal(a(), first);
  b();
  assert.equal(a(), first, 'a is used again');
  c();
  assert.equal(a(), first, 'so b has gone');
  assert.notEqual(b(), undefined);
  assert.deepEqual(made, ['a', 'b', 'c', 'b']);
  assert.equal(heavy(), heavy(), 'what is asked for is kept, however heavy');
  a();
  heavy();
  assert.deepEqual(made, ['a', 'b', 'c', 'b', 'heavy', 'a', 'heavy']);
});

test('of a file of hundreds of documents only some trees are held', () => {
  const text = Array.from({ length: 200 }, (_, index) => `kind: training\njob:\n  name: job-${index}\n---\n`).join('');
  const documents = documentsOf(checkFile(text, 'gpuctl')).map(({ document }) => document);
  const trees = documents.map((document) => document.tree());
  const kept = documents.filter((document, index) => index >= 136 && document.tree() === trees[index]);
  assert.equal(kept.length, 64);
  assert.notEqual(documents[0]?.tree(), trees[0]);
});
