/** What a log names: files of the workspace, and its first error. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findError, findPlaces, matchFiles } from '../../client/src/features/logs/logScan.ts';

describe('places in files', () => {
  test('are found as Python and compilers write them, with their lines', () => {
    const text = [
      'nothing here 12:34:56 and 10.0.0.1:8080, http://host:80/x, v1.2:3',
      '[rank 1]   File "/app/src/train.py", line 12, in <module>',
      'src/kernel.cu:12:3: error: expected',
      'train.py:7 and ./data/load.py:8, (utils.py:9)',
      '2026-01-01 [trainer.py:2128] INFO',
      '  File "/opt/my code/训练.py", line 3',
    ].join('\n');
    const found = findPlaces(text).map(({ line, from, to, path, at, column }) => [
      line,
      text.split('\n')[line]?.slice(from, to),
      path,
      at,
      column,
    ]);
    assert.deepEqual(found, [
      [1, 'File "/app/src/train.py", line 12', '/app/src/train.py', 12, undefined],
      [2, 'src/kernel.cu:12:3', 'src/kernel.cu', 12, 3],
      [3, 'train.py:7', 'train.py', 7, undefined],
      [3, './data/load.py:8', './data/load.py', 8, undefined],
      [3, 'utils.py:9', 'utils.py', 9, undefined],
      [4, 'trainer.py:2128', 'trainer.py', 2128, undefined],
      [5, 'File "/opt/my code/训练.py", line 3', '/opt/my code/训练.py', 3, undefined],
    ]);
  });

  test('mean the files of the workspace that end alike', () => {
    const files = ['train.py', 'src/data/load.py', 'lib/load.py', 'other/utils.py'];
    for (const [path, expected] of [
      ['/workspace/train.py', ['train.py']],
      ['/app/src/data/load.py', ['src/data/load.py']],
      ['data/load.py', ['src/data/load.py']],
      ['load.py', ['src/data/load.py', 'lib/load.py']],
      ['./train.py', ['train.py']],
      ['/app/utils.py', []],
      ['/usr/lib/python3.12/site-packages/torch/other/utils.py', []],
      ['/usr/lib/python3.12/train.py', []],
      ['absent.py', []],
    ] as const)
      assert.deepEqual(matchFiles(path, files), expected, path);
  });

  test('and errors are looked for in no more than milliseconds, whatever the text is', () => {
    for (const text of [
      'a/'.repeat(50_000),
      'x'.repeat(64_000),
      'a.b'.repeat(20_000),
      '[a'.repeat(30_000),
      'A.a'.repeat(20_000),
      'Error'.repeat(12_000),
    ]) {
      const began = performance.now();
      findPlaces(text);
      findError(text);
      assert.ok(performance.now() - began < 250, `${text.slice(0, 5)}: ${performance.now() - began} ms`);
    }
  });
});

describe('the first error', () => {
  test('is the line that begins it', () => {
    for (const line of [
      'Traceback (most recent call last):',
      '[rank 3] Traceback (most recent call last):',
      'ValueError: no such thing',
      '[rank 0] torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB',
      '2026-01-01 12:00:00 ERROR cannot open',
      'Segmentation fault (core dumped)',
      'sh: torchrun: not found',
      'Killed',
      'cat: /data/x: No such file or directory',
    ])
      assert.equal(findError(`step 1\nloss 2.0\n${line}\nmore\n`), 2, line);
  });

  test('is none of what only sounds like one', () => {
    for (const line of [
      'error_rate 0.1, 0 errors',
      'eval_error: 0.3',
      'no error',
      'Error bars are drawn',
      'UserWarning: something',
      'on_error=continue',
      'HTTP/1.1 200 OK',
    ])
      assert.equal(findError(`${line}\n`), undefined, line);
  });
});
