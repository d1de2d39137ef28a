import { checkFile } from '../kinds/checkedFile.ts';

/** A document that takes every way through the checks: it is read by both parsers, has a mistake and breaks a rule. */
const SAMPLE = `kind: training
job: {name: warm-up-ROUND}
environment:
  image: image:tag
  command: [sh, -c, "true"]
  env:
    - {name: A, value: 1}
resources:
  pool: pool
  gpu: 3
  node-count: 2
`;
const ROUNDS = 12;

/**
 * Runs the checks on a small document while nobody waits, so that the first file that a person opens meets compiled code. A few
 * milliseconds at a time, and none while there is something to do.
 */
export async function warmUp(): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const text = SAMPLE.replace('ROUND', String(round));
    const checked = checkFile(`${text}---\n${text}typo: 1\n`, 'gpuctl');
    checkFile(text, 'gpuctl', checked);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
