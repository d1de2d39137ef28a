/** Where a gesture is carried out, what stays in a view, which rows are meant: what must not go wrong when the window changes its cluster. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { type Awaited, isAwaitedStill, isOf } from '../../client/src/features/jobs/awaited.ts';
import { toChosen } from '../../client/src/features/jobs/chosen.ts';
import { WantedRow } from '../../client/src/features/jobs/wantedRow.ts';
import type { Connection } from '../../client/src/infrastructure/connection.ts';
import { isElsewhere, withKnown } from '../../client/src/infrastructure/place.ts';
import { contextOf } from '../../client/src/infrastructure/seenIn.ts';
import { createTexts } from '../../client/src/infrastructure/texts.ts';

const texts = createTexts(() => 'en');
const sft = { namespace: 'team', name: 'sft' };
const other = { namespace: 'team', name: 'other' };
const DAY = 24 * 60 * 60_000;

describe('a gesture', () => {
  const of = (now: string | undefined, seen: string | undefined) => {
    const connection = { current: { ...(now && { context: now }) } } as unknown as Connection;
    return contextOf({ connection, texts }, seen);
  };

  test('is carried out where the person saw what it is about, and nowhere else', () => {
    assert.equal(of('a', 'a'), 'a');
    assert.equal(of('a', undefined), 'a');
    assert.throws(() => of('b', 'a'), { message: /in cluster a.*in b now/ });
  });

  test('is never without a context: where none is known it is refused, and what was seen is checked when it is connected', () => {
    assert.equal(of(undefined, 'a'), 'a');
    assert.throws(() => of(undefined, undefined), /not known which cluster/);
  });

  test('asks before a loss in one way only, whose first button does nothing', () => {
    // What is only information loses nothing: a pool for a file, how much is going to be copied, what is not saved.
    const modal = globSync('client/src/**/*.ts').filter((file) => {
      const text = readFileSync(file, 'utf8').replaceAll(/showInformationMessage\([^;]*modal: true/g, '');
      return /modal: true/.test(text);
    });
    assert.deepEqual(
      modal.map((file) => file.replaceAll('\\', '/')),
      ['client/src/infrastructure/askBeforeLoss.ts'],
    );
  });

  test('on several rows is about the jobs that were selected, not about those of selected ranks and reasons', () => {
    const rows = [{ job: sft }, { job: other, pod: 'other-0' }, { job: other, row: { context: 'reason' } }];
    assert.deepEqual(toChosen({ job: sft, context: 'a' }, rows), { jobs: [sft], context: 'a' });
    assert.deepEqual(toChosen({ job: other, pod: 'other-0' }).jobs, [other]);
    assert.deepEqual(toChosen(undefined).jobs, []);
  });
});

describe('what a view shows', () => {
  const here = { context: 'a', id: '1', namespace: 'team' };

  test('stays while it is not known where the window is, and goes when that is elsewhere', () => {
    assert.equal(isElsewhere(here, {}), false);
    assert.equal(isElsewhere(here, { context: 'a' }), false);
    for (const now of [{ context: 'b' }, { context: 'a', id: '2' }, { ...here, namespace: 'lab' }])
      assert.equal(isElsewhere(here, now), true);
    assert.deepEqual(withKnown(here, { context: 'a' }), here);
  });

  test('selects the row of a job that was submitted as soon as it is there, but not an hour later nor in another cluster', () => {
    const wanted = new WantedRow();
    wanted.want(sft, 'a', 0);
    assert.deepEqual([wanted.in('a', 1_000), wanted.in(undefined, 2_000)], [sft, sft]);
    assert.equal(wanted.in('a', DAY), undefined);
    wanted.want(sft, 'a', 0);
    assert.equal(wanted.in('b', 1_000), undefined);
    assert.equal(wanted.in('a', 2_000), undefined);
  });
});

describe('a job whose end is told', () => {
  const awaited: Awaited = { context: 'a', cluster: '1', job: sft, since: new Date(0).toISOString() };

  test('is of one cluster, whatever another kubeconfig calls a context', () => {
    assert.equal(isOf(awaited, { context: 'a', id: '1' }), true);
    assert.equal(isOf(awaited, { context: 'a' }), true);
    assert.equal(isOf(awaited, { context: 'a', id: '2' }), false);
    assert.equal(isOf(awaited, { context: 'b', id: '1' }), false);
  });

  test('is forgotten after a week', () => {
    assert.deepEqual(
      [6, 8].map((days) => isAwaitedStill(days * DAY)(awaited)),
      [true, false],
    );
  });
});

describe('words for times, lengths and lists', () => {
  const chinese = createTexts(() => 'zh-cn');
  const at = (seconds: number) => new Date(seconds * 1_000).toISOString();

  test('a length below a minute is told in seconds, and is no age', () => {
    assert.deepEqual(
      [texts.length(at(0), at(48)), texts.length(at(0), at(4_320)), chinese.length(at(0), at(48))],
      ['48 s', '1h12m', '48 秒'],
    );
  });

  test('midnight is 00:05', () => {
    const midnight = new Date(2026, 0, 1, 0, 5);
    for (const { time } of [texts, chinese]) assert.equal(time(midnight.toISOString(), midnight.getTime()), '00:05');
  });

  test('names are joined as the language does, steps are grouped', () => {
    assert.deepEqual([texts.list(['a', undefined, 'b']), chinese.list(['a', 'b'])], ['a, b', 'a、b']);
    assert.deepEqual([texts.step(1840, 12000), texts.step(1840, undefined)], ['1,840/12,000', '1,840']);
  });
});
