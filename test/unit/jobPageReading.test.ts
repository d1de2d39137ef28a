/** How a page reads what it shows: once for each state, again what could not be read, and nothing after its end. */
import assert from 'node:assert/strict';
import { beforeEach, mock, type TestContext, test } from 'node:test';
import { Reading } from '../../client/src/features/jobPage/reading.ts';

const settle = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

let told: string[];
let answers: PromiseWithResolvers<string>[];
let reading: Reading<string>;
const make = (again?: number) => {
  reading = new Reading({
    read: () => {
      const answer = Promise.withResolvers<string>();
      answers.push(answer);
      return answer.promise;
    },
    take: (value, isNewest) => told.push(isNewest ? value : `${value}, old`),
    fail: (error) => told.push(String(error)),
    rest: 100,
    ...(again !== undefined && { again }),
  });
};
const answer = async (value: string | Error) => {
  const last = answers.at(-1);
  if (typeof value === 'string') last?.resolve(value);
  else last?.reject(value);
  await settle();
};
const pass = async (milliseconds: number) => {
  mock.timers.tick(milliseconds);
  await settle();
};

beforeEach((context) => {
  told = [];
  answers = [];
  mock.timers.enable({ apis: ['setTimeout'] });
  (context as TestContext).after(() => mock.timers.reset());
});

test('what could not be read is read again by itself, after a rest', async () => {
  make(5_000);
  reading.want('failed');
  await answer(new Error('away'));
  assert.deepEqual(told, ['Error: away']);
  await pass(4_999);
  assert.equal(answers.length, 1);
  await pass(1);
  await answer('the cause');
  assert.deepEqual(told, ['Error: away', 'the cause']);
  await pass(60_000);
  assert.equal(answers.length, 2);
});

test('what could not be read is read at once when the person or a new connection says so', async () => {
  make(5_000);
  reading.want('failed');
  await answer(new Error('away'));
  reading.forget();
  reading.want('failed');
  assert.equal(answers.length, 2);
});

test('one at a time, the newest state only, with a rest in between', async () => {
  make();
  for (const state of ['1', '2', '3']) reading.want(state);
  assert.equal(answers.length, 1);
  await answer('a');
  assert.deepEqual(told, ['a, old']);
  reading.want('4');
  assert.equal(answers.length, 1);
  await pass(100);
  assert.equal(answers.length, 2);
  await answer('b');
  reading.want('4');
  await pass(1_000);
  assert.deepEqual([told, answers.length], [['a, old', 'b'], 2]);
});

test('nothing is read where nothing is wanted, and nothing is read, taken or told after its end', async () => {
  make(5_000);
  reading.want('1');
  reading.want(undefined);
  await answer('a');
  await pass(1_000);
  assert.equal(answers.length, 1);
  reading.want('2');
  reading.end();
  await answer('b');
  reading.want('3');
  await pass(60_000);
  assert.deepEqual([told, answers.length], [['a, old'], 2]);
});
