import type { Tool } from './tool.ts';
import { TRAINER_FEATURES } from './trainer.ts';

/** The launcher, which reaches other nodes by ssh; the library runs under any launcher. */
export const deepspeed: Tool = {
  name: 'deepspeed',
  title: 'DeepSpeed',
  starts: [['deepspeed'], ['-m', 'deepspeed.launcher.runner']],
  images: /^deepspeed(?:-|$)/,
  needs: ['deepspeed'],
  launcher: {
    nodes: ['--num-nodes'],
    perNode: ['--num-gpus'],
    total: [],
    nodeRank: ['--node-rank'],
    address: ['--master-addr'],
    alone: [],
    starts: 'all',
  },
  features: TRAINER_FEATURES,
};
