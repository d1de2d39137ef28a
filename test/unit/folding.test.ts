import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildFolds } from '../../server/src/language/folding.ts';
import { openText } from './openText.ts';

const folds = (text: string, mode: 'gpuctl' | 'yaml' = 'gpuctl') =>
  buildFolds(openText(text, mode)).map(
    ({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ? ` ${kind}` : ''}`,
  );

describe('folding', () => {
  test('folds sections, lists, items and long values', () => {
    const text = `kind: training
job:
  name: a

environment:
  command:
    - sh
    - |
      echo 1
      # no comment
      # nor this
  env: [
    { name: A },
  ]
  args: "one
    two"
`;
    assert.deepEqual(folds(text), ['1-2', '4-15', '5-10', '7-10', '11-12', '14-15']);
  });

  test('folds blocks of comments and regions', () => {
    const text = '# one\n# two\nkind: training\n# alone\njob:\n  # region names\n  name: a\n  # endregion\n';
    assert.deepEqual(folds(text), ['4-6', '0-1 comment', '5-7 region']);
  });

  test('folds each document where there are several, foreign ones included', () => {
    const text = '---\nkind: training\njob:\n  name: a\n\n---\nkind: Secret\napiVersion: v1\ndata:\n  a: b\n';
    assert.deepEqual(folds(text), ['0-3', '2-3', '5-9', '8-9']);
    assert.deepEqual(folds(text, 'yaml'), folds(text));
  });

  test('folds a broken document by what is indented', () => {
    assert.deepEqual(folds('kind: training\njob:\n  name: "a\n  x: [1\nresources:\n  gpu: 1\n'), ['1-3', '4-5']);
  });

  test('an edit elsewhere moves what was found before', () => {
    const job = 'kind: training\njob:\n  name: a\n';
    const before = openText(`${job}---\n${job}`);
    buildFolds(before);
    const after = openText(`# new\n${job}---\n${job}`, 'gpuctl', before);
    assert.deepEqual(
      buildFolds(after).map(({ startLine, endLine }) => [startLine, endLine]),
      [
        [0, 3],
        [2, 3],
        [4, 7],
        [6, 7],
      ],
    );
  });
});
