import type { Tool } from './tool.ts';
import { TRAINER_FEATURES } from './trainer.ts';

export const accelerate: Tool = {
  name: 'accelerate',
  title: 'Accelerate',
  starts: [['accelerate', 'launch'], ['accelerate-launch'], ['-m', 'accelerate.commands.launch']],
  needs: ['accelerate'],
  launcher: {
    nodes: ['--num-machines'],
    perNode: [],
    total: ['--num-processes'],
    nodeRank: ['--machine-rank'],
    address: ['--main-process-ip'],
    alone: [],
    settings: ['--config-file'],
    starts: 'all',
  },
  features: [
    {
      feature: 'bf16',
      without: 'depends',
      flags: ['--mixed-precision'],
      env: 'ACCELERATE_MIXED_PRECISION',
      values: ['bf16'],
      instead: 'fp16',
    },
    {
      feature: 'fp8',
      without: 'depends',
      flags: ['--mixed-precision'],
      env: 'ACCELERATE_MIXED_PRECISION',
      values: ['fp8'],
    },
    ...TRAINER_FEATURES,
  ],
};
