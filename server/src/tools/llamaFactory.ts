import type { Tool } from './tool.ts';
import { TRAINER_FEATURES } from './trainer.ts';

/** It starts torchrun itself, with `NNODES`, `NODE_RANK`, `NPROC_PER_NODE`, `MASTER_ADDR`, `MASTER_PORT`. */
export const llamaFactory: Tool = {
  name: 'llama-factory',
  title: 'LLaMA-Factory',
  starts: [
    ['llamafactory-cli', 'train'],
    ['lmf', 'train'],
    ['-m', 'llamafactory.cli', 'train'],
  ],
  images: /^llama-?factory(?:-|$)/,
  needs: ['llamafactory-cli'],
  features: [
    { feature: 'bf16', without: 'depends', flags: ['--pure-bf16', 'pure_bf16'], values: ['true'], bare: true },
    { feature: 'bf16', without: 'depends', flags: ['bf16'], values: ['true'], instead: 'fp16' },
    {
      feature: 'flash-attention-2',
      without: 'depends',
      flags: ['--flash-attn', 'flash_attn'],
      values: ['fa2'],
      instead: 'sdpa',
    },
    ...TRAINER_FEATURES,
  ],
};
