/** What people do with gpuctl, from the first key to the end of the job, on the real test cluster; see README.md. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ProductStage } from '../cluster/productStage.ts';
import { Desk } from './desk.ts';
import { readScenario, type Scenario, type Step } from './scenario.ts';
import { nothingIsLeft, take } from './steps.ts';

const stage = new ProductStage();

for (const name of globSync('*.md', { cwd: import.meta.dirname })
  .filter((one) => one !== 'README.md')
  .sort()) {
  const scenario = readScenario(path.join(import.meta.dirname, name));
  test(scenario.title, async () => {
    const desk = new Desk(stage, scenario);
    await desk.become('ml-engineer');
    const failures: unknown[] = [];
    try {
      for (const step of scenario.steps) await take(step, desk).catch((error) => fail(scenario, step, error));
    } catch (error) {
      failures.push(error);
    }
    await desk
      .clear()
      .then(() => nothingIsLeft(desk))
      .catch((error) => failures.push(error));
    if (failures.length) throw failures[0];
  });
}

/** Says at which step of which file it failed, and what a person was told. */
function fail({ file }: Scenario, { line, sentence }: Step, error: Error & { data?: { message: string } }): never {
  const told = error.data?.message ?? error.message;
  throw new Error(`test/scenarios/${file}:${line}: ${sentence}\n${told}`, { cause: error });
}
