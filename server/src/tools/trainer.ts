import { flagValue, hasFlag } from './flags.ts';
import type { FeatureUse, RecognisedTool } from './tool.ts';

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

/** Arguments by which the Trainer goes on from a checkpoint. */
export const RESUME_ARGUMENT = '--resume_from_checkpoint';

/** Arguments that are the Trainer's own (`TrainingArguments`): a script that takes one of them takes all of them. */
const TRAINER_ONLY = [
  '--per-device-train-batch-size',
  '--save-strategy',
  '--save-total-limit',
  '--logging-steps',
  '--eval-strategy',
  '--evaluation-strategy',
  '--warmup-ratio',
  '--do-train',
];
/** With a value they are the Trainer's; others have them without one. */
const TRAINER_SWITCHES = ['--bf16', '--fp16', '--tf32', '--gradient-checkpointing'];
const LAUNCHED = new Set(['python', 'torchrun', 'accelerate', 'deepspeed']);

/** Whether a script takes the arguments of the Hugging Face Trainer, as far as its command tells. */
export function takesTrainerArguments({ tool, arguments: words }: RecognisedTool): boolean {
  return (
    LAUNCHED.has(tool.name) &&
    (hasFlag(words, TRAINER_ONLY) ||
      TRAINER_SWITCHES.some((flag) => /^(?:true|false)$/i.test(flagValue(words, [flag])?.value ?? '')))
  );
}
