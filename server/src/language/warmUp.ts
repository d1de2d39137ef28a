import { checkFile } from '../kinds/checkedFile.ts';

/** A document such as people write. */
const SAMPLE = `kind: training
version: v0.1
job:
  name: warm-up-ROUND
  priority: high
  description: warms the checks up
environment:
  image: registry.example.com/team/image:1.0
  command: [sh, -c, "true"]
  env:
    - { name: A, value: INFO }
    - name: B
      value: 1e-5
resources:
  pool: training-pool
  nodeCount: 2
  gpu: 8
  gpuType: a100-80g
  cpu: 32
  memory: 400Gi
storage:
  workdirs:
    - path: /models
output:
  dir: /output/warm-up
`;
const ROUNDS = 40;
const COPIES = 12;

/**
 * Runs the checks on a small document while nobody waits, so that the first file that a person opens meets compiled code. A few
 * milliseconds at a time, and none while there is something to do.
 */
export async function warmUp(): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const right = SAMPLE.replace('ROUND', String(round)).replace('1e-5', 'x');
    const file = `${right}---\n`.repeat(COPIES);
    // One with a mistake and one that breaks a rule take the ways that know places.
    const checked = checkFile(`${file}${SAMPLE}typo: 1\n---\n${SAMPLE.replace('gpu: 8', 'gpu: 7')}`, 'gpuctl');
    checkFile(file, 'gpuctl', checked);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
