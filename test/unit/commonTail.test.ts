import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commonTail, nearest } from '../../client/src/features/debugger/commonTail.ts';

test('paths have as much in common as their last names', () => {
  assert.equal(commonTail('/home/me/project/src/train.py', '/workspace/src/train.py'), 2);
  assert.equal(commonTail('/a/train.py', '/b/other.py'), 0);
  assert.equal(commonTail('/train.py', '/b/train.py'), 1);
  assert.equal(commonTail('/a/train.py', '/a/train.py'), 2);
});

test('a program belongs to the file that is most like it, and to none of two alike', () => {
  const files = ['/ws/src/train.py', '/ws/old/train.py', '/ws/old/src/other.py'];
  assert.equal(nearest('/workspace/src/train.py', files), '/ws/src/train.py');
  assert.equal(nearest('/workspace/train.py', files), undefined);
  assert.equal(nearest('/workspace/absent.py', files), undefined);
  assert.equal(nearest('/workspace/train.py', ['/ws/a/train.py']), '/ws/a/train.py');
});
