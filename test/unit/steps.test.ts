import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Steps } from '../../server/src/operations/logs/steps.ts';
import { readLastStep, readStep } from '../../server/src/state/explain/steps.ts';

/** Lines as trainers write them, and the step that they tell: `at/of`, or `at`; empty for none. */
const LINES: readonly [line: string, step: string][] = [
  [' 15%|█▌        | 1840/12000 [10:02<55:31,  3.05it/s]', '1840/12000'],
  ['[rank 0]   0%|          | 0/60 [00:00<?, ?it/s]', '0/60'],
  ['[rank 0] 100%|██████████| 60/60 [00:12<00:00]', '60/60'],
  ['Epoch 3:  12%|█▏        | 100/800 [00:10<01:10, v_num=0]', '100/800'],
  ['step 1840/12000 loss 2.31', '1840/12000'],
  ['Step: 3 of 10', '3/10'],
  ['2026-01-01 12:00:00 - INFO - Step [1,840/12,000], loss=2.3', '1840/12000'],
  ['{"step": "1/60", "loss": 2.3}', '1/60'],
  [' iteration      100/    5000 | consumed samples:        12800 |', '100/5000'],
  ['iter 100: loss 2.3012, time 120ms', '100'],
  ['[2026-01-01 00:00:00] [INFO] [logging.py:96:log_dist] [Rank 0] step=10, skipped=0, lr=[1e-05]', '10'],
  ['global_step=1840 loss=2.1', '1840'],
  ["{'loss': 2.1, 'global_step': 77, 'epoch': 0.1}", '77'],
  ['step:12 - actor/entropy:0.4 - training/global_step:12 - perf/throughput:100', '12'],
  ["{'step': 10, 'loss': 0.5}", '10'],
  ['Step 3: training loss 0.4', '3'],
  ['step 100: 0.53 it/s', '100'],
  ['step 7: lr=1e-5 loss=2', '7'],
  // none
  ['Loading checkpoint shards:  50%|█████     | 2/4 [00:03<00:03,  1.5s/it]', ''],
  ['Map:  12%|█▏        | 1840/12000 [00:01<00:05, 1000 examples/s]', ''],
  ['model.safetensors:  30%|███       | 1.2G/4.0G [00:10<00:20]', ''],
  ['Running tokenizer on dataset (num_proc=8):  3%|▎ | 300/10000', ''],
  ['next steps: 1. read the docs', ''],
  ['took 12 steps to converge', ''],
  ['step time 3.4 s', ''],
  ['steps_per_second: 12', ''],
  ['footstep 3/4', ''],
  ['step 1: download model', ''],
  ['Step 2: install python 3', ''],
  ['Step 1/3 : FROM ubuntu', ''],
  ['warmup step: 100', ''],
  ['time step: 3', ''],
  ['eval step 3/10', ''],
  ['Validation step: 3', ''],
  ['step 9/3', ''],
  [`step 1/2 ${'x'.repeat(3_000)}`, ''],
];

test('a step is read from what trainers write, and from nothing else', () => {
  const told = LINES.map(([line]) => {
    const step = readStep(line);
    return [line, step ? [step.at, ...(step.of === undefined ? [] : [step.of])].join('/') : ''];
  });
  assert.deepEqual(told, LINES);
});

test('of a piece of a log the last step counts', () => {
  assert.deepEqual(readLastStep('step 1/9\nstep 2/9\nsaved\n'), { at: 2, of: 9 });
  assert.deepEqual(readLastStep(' 1%|  | 1/9 [\r 2%|  | 2/9 [\r'), { at: 2, of: 9 });
  assert.equal(readLastStep('nothing\n'), undefined);
});

test('the bar of an evaluation does not stand for the training, unless that is long over', () => {
  mock.timers.enable({ apis: ['Date', 'setTimeout'] });
  try {
    const steps = new Steps(() => {});
    steps.read('u', ' 15%|#| 1840/12000 [10:02<55:31,  3.05it/s]\n');
    steps.read('u', ' 44%|####| 11/25 [00:02<00:03,  4.0it/s]\n');
    assert.deepEqual(steps.of('u'), { at: 1840, of: 12_000 });
    steps.read('u', ' 15%|#| 1841/12000 [10:05<55:31,  3.05it/s]\n');
    assert.deepEqual(steps.of('u'), { at: 1841, of: 12_000 });
    mock.timers.tick(700_000);
    steps.read('u', ' 44%|####| 11/25 [00:02<00:03,  4.0it/s]\n');
    assert.deepEqual(steps.of('u'), { at: 11, of: 25 });
  } finally {
    mock.timers.reset();
  }
});
