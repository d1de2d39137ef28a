import type { Tool } from './tool.ts';
import { TRAINER_FEATURES } from './trainer.ts';

/** It reads each of its arguments from `PET_<NAME>`, too. */
export const torchrun: Tool = {
  name: 'torchrun',
  title: 'torchrun',
  starts: [['torchrun'], ['-m', 'torch.distributed.run'], ['-m', 'torch.distributed.launch']],
  needs: ['torchrun'],
  launcher: {
    nodes: ['--nnodes'],
    nodesEnv: 'PET_NNODES',
    perNode: ['--nproc-per-node'],
    perNodeEnv: 'PET_NPROC_PER_NODE',
    total: [],
    nodeRank: ['--node-rank'],
    address: ['--master-addr'],
    alone: ['--standalone'],
    starts: 'one',
  },
  features: TRAINER_FEATURES,
};
