import type { FeatureUse } from './tool.ts';

/** Arguments of scripts that use the Hugging Face Trainer or follow its names. */
export const TRAINER_FEATURES: readonly FeatureUse[] = [
  { feature: 'bf16', without: 'depends', flags: ['--bf16'], values: ['true'], bare: true, instead: '--fp16' },
  {
    feature: 'flash-attention-2',
    without: 'depends',
    flags: ['--attn-implementation'],
    values: ['flash_attention_2'],
    instead: 'sdpa',
  },
  {
    feature: 'flash-attention-3',
    without: 'depends',
    flags: ['--attn-implementation'],
    values: ['flash_attention_3'],
    instead: 'sdpa',
  },
];
