/** The rows of "New gpuctl File…". */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildGpuRows, buildPoolRows, isName } from '../../client/src/infrastructure/askRows.ts';
import { createTexts } from '../../client/src/infrastructure/texts.ts';

const english = createTexts(() => 'en');

describe('new file', () => {
  const pools = [
    {
      name: 'training-pool',
      gpus: [{ type: 'A100-80G', total: 32, used: 18, free: 14, unavailable: 0, largestBlock: 6 }],
      nodes: [],
    },
    { name: 'unseen', gpus: [{ type: 'L40S', total: 4, unavailable: 0 }], nodes: [] },
    { name: '', gpus: [], nodes: [] },
  ];
  const rows = (typed = '', known = pools) =>
    buildPoolRows(known, typed, english).map(({ label, description, value }) => [label, description, value]);

  it('offers pools with what is free in them, or in all where that is unknown', () => {
    assert.deepEqual(rows(), [
      ['training-pool', '14 of 32 A100-80G free', 'training-pool'],
      ['unseen', '4 × L40S', 'unseen'],
      ['default', 'nodes that belong to no pool', 'default'],
    ]);
  });

  it('takes a pool by its name where none is known', () => {
    assert.deepEqual(rows('mine', []), [
      ['default', 'nodes that belong to no pool', 'default'],
      ['Use mine', undefined, 'mine'],
    ]);
    assert.equal(rows('training-pool').length, 3, 'what is there is not offered again');
  });

  it('offers GPUs in whole numbers for each node, and the number that is typed', () => {
    const numbers = (gpus: number, nodes: number, typed = '') =>
      buildGpuRows({ gpus, nodes }, typed, english).map(({ label, description }) => [label, description].join('|'));
    assert.deepEqual(numbers(1, 1), ['no GPU|', '1 GPU|', '2 GPUs|', '4 GPUs|', '8 GPUs|']);
    assert.deepEqual(numbers(16, 2).at(-1), '16 GPUs|8 on each of 2 nodes');
    assert.deepEqual(numbers(16, 2, '24').at(-1), '24 GPUs|12 on each of 2 nodes');
    assert.deepEqual(numbers(1, 1, 'many').length, 5);
  });

  it('knows a name that will do', () => {
    assert.deepEqual(['a', 'qwen2-72b-sft', 'a'.repeat(63)].filter(isName).length, 3);
    assert.deepEqual(['', 'A', '-a', 'a-', 'a_b', '千问', 'a'.repeat(64)].filter(isName), []);
  });
});
