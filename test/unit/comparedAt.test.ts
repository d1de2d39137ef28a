/** What a side of a comparison says of itself: which document, and where; also after the window was opened again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromQuery, toQuery } from '../../client/src/features/preview/comparedAt.ts';

const where = { uri: 'file:///work/a%20b.gpuctl.yaml', context: 'prod', namespace: 'team-a' };

test('the document, its cluster and its namespace come back from an address', () => {
  const one = { ...where, document: 2, meant: { kind: 'training', name: '训练' } };
  assert.deepEqual(fromQuery(toQuery(one)), one);
  assert.deepEqual(fromQuery(toQuery(where)), where);
});

test('an address that does not say all of it means nothing, never the whole file', () => {
  for (const query of [
    '',
    'null',
    'file:///work/a.gpuctl.yaml',
    JSON.stringify({ uri: where.uri }),
    JSON.stringify({ ...where, context: undefined }),
    JSON.stringify({ ...where, namespace: '' }),
    JSON.stringify({ ...where, document: 1 }),
    JSON.stringify({ ...where, meant: { kind: 'training', name: 'a' } }),
    JSON.stringify({ ...where, document: 1, meant: { kind: 'training' } }),
  ])
    assert.equal(fromQuery(query), undefined, query);
});
