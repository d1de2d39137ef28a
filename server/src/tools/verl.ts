import type { Tool } from './tool.ts';

/** It starts its processes by Ray; `trainer.n_gpus_per_node` and `trainer.nnodes` say how many. */
export const verl: Tool = {
  name: 'verl',
  title: 'verl',
  starts: [
    ['-m', 'verl.trainer.main_ppo'],
    ['-m', 'verl.trainer.main_generation'],
    ['-m', 'verl.trainer.main_eval'],
  ],
  images: /^verl(?:-|$)/,
  needs: ['verl', 'ray'],
  launcher: {
    nodes: ['trainer.nnodes'],
    perNode: ['trainer.n_gpus_per_node'],
    total: [],
    nodeRank: [],
    address: [],
    alone: [],
    starts: 'all',
  },
};
