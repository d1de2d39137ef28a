/**
 * The verdict against the real kube-scheduler: random pools and jobs, judged before they are submitted as the product submits them, and
 * compared with what then becomes of their pods. `GPUCTL_TEST_SEED` takes other cases.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Verdict } from '../../server/src/capacity/verdict.ts';
import { createCase } from './randomCluster.ts';
import { CASES_AT_ONCE } from './randomPool.ts';
import { describeObject, foretold, type Outcome, writeFixture } from './schedulerFixtures.ts';
import { type Tried, tryCases } from './schedulerStage.ts';

const CASES = process.env.GPUCTL_TEST_SIZE === 'full' ? 10_000 : CASES_AT_ONCE;
const FIRST = Number(process.env.GPUCTL_TEST_SEED ?? 1);

/** Verdicts that say that no waiting will help. */
const IMPOSSIBLE: readonly Verdict['is'][] = [
  'unsaid',
  'too-many',
  'node-too-small',
  'too-few-nodes',
  'too-large',
  'no-rack',
  'no-such-type',
  'no-gpus',
  'no-such-pool',
];

/** What is counted of a case. */
interface Result {
  verdict: Verdict['is'];
  outcome: Outcome;
  isWrong: boolean;
  /** Whether the verdict is one that people bet on: that it fits, or never will. */
  isBold: boolean;
  isStray: boolean;
  /** Whether exactly those were pushed out whom the verdict names; `undefined` where it names nobody. */
  isWhom: boolean | undefined;
}

test('verdicts are what the scheduler does', async () => {
  console.log(`cases from ${FIRST} on`);
  const results: Result[] = [];
  for (let from = FIRST; from < FIRST + CASES; from += CASES_AT_ONCE) {
    const count = Math.min(CASES_AT_ONCE, FIRST + CASES - from);
    const tried = await tryCases(Array.from({ length: count }, (_, index) => createCase(from + index)));
    for (const one of tried) {
      const result = toResult(one);
      results.push(result);
      if (result.isWrong || result.isStray) tell(one);
    }
  }
  const rows = Map.groupBy(results, ({ verdict, outcome }) => `${verdict}: ${outcome}`);
  console.table([...rows].map(([key, { length }]) => [key, length]).toSorted());
  const count = (holds: (result: Result) => boolean | undefined) => results.filter(holds).length;
  const wrong = count(({ isWrong }) => isWrong);
  const bold = count(({ isBold }) => isBold);
  const boldWrong = count(({ isBold, isWrong }) => isBold && isWrong);
  console.log(`${wrong} of ${CASES} wrong; of ${bold} that say "fits" or "impossible" ${boldWrong}`);
  console.log(`whom: right ${count(({ isWhom }) => isWhom)}, other ${count(({ isWhom }) => isWhom === false)}`);
  assert.ok(wrong <= CASES * 0.005, `${wrong} of ${CASES} wrong`);
  assert.ok(boldWrong <= bold * 0.002, `${boldWrong} of ${bold} that say "fits" or "impossible" wrong`);
  assert.equal(
    count(({ isStray }) => isStray),
    0,
    'pods on nodes that the verdict does not name',
  );
  for (const outcome of ['bound', 'bound by preemption', 'not all bound'])
    assert.ok(count((result) => result.outcome === outcome) >= CASES * 0.1, `too few ${outcome}`);
});

function toResult({ verdict, outcome, nodes, pushedOut }: Tried): Result {
  const isWrong = foretold(verdict) !== outcome;
  const runs = verdict.is === 'fits' || verdict.is === 'preempts';
  const named = verdict.is === 'preempts' ? verdict.victims.map(({ job }) => job) : [];
  return {
    verdict: verdict.is,
    outcome,
    isWrong,
    isBold: verdict.is === 'fits' || IMPOSSIBLE.includes(verdict.is) || (verdict.is === 'quota' && verdict.never),
    isStray: runs && nodes.some((node) => !verdict.nodes.includes(node)),
    isWhom: named.length && !isWrong ? named.toSorted().join() === pushedOut.toSorted().join() : undefined,
  };
}

/** Prints a case and keeps it. */
function tell({ case: one, verdict, outcome, before, nodes, pushedOut, refused }: Tried): void {
  const about = `${verdict.is}, but ${outcome}`;
  const file = writeFixture({ ...one, ...before, about, outcome });
  console.log(
    [
      `case ${one.seed}: ${about}; kept in ${file}`,
      one.text,
      JSON.stringify(verdict),
      JSON.stringify({ nodes, pushedOut, refused }),
      ...[...before.nodes, ...before.pods].map(describeObject),
      JSON.stringify([before.quotas, before.limitRanges, before.pools].flat().map(({ metadata: _, ...rest }) => rest)),
    ].join('\n'),
  );
}
