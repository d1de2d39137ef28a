import type { DeepSpeed } from '../../kinds/training/model.ts';

type Settings = Record<string, unknown>;

/**
 * The DeepSpeed configuration of a stage. What depends on the run (batch sizes, precision, optimizer, gradient clipping) is `auto`:
 * the trainer fills it in, and a number that disagreed with its world size would be refused.
 */
export function buildDeepSpeedConfig({ stage, offload, config }: DeepSpeed): Settings {
  const zero: Settings = { stage, overlap_comm: true, contiguous_gradients: true };
  if (stage === 3) {
    Object.assign(zero, {
      reduce_bucket_size: 'auto',
      stage3_prefetch_bucket_size: 'auto',
      stage3_param_persistence_threshold: 'auto',
      stage3_gather_16bit_weights_on_model_save: true,
    });
  } else if (stage > 0) {
    Object.assign(zero, {
      reduce_scatter: true,
      allgather_partitions: true,
      allgather_bucket_size: 5e8,
      reduce_bucket_size: 5e8,
    });
  }
  if (offload !== 'none' && stage >= 1) {
    const device = {
      device: offload,
      ...(offload === 'cpu' && { pin_memory: true }),
      ...(offload === 'nvme' && { nvme_path: '/tmp' }),
    };
    zero.offload_optimizer = device;
    if (stage === 3) zero.offload_param = device;
  }
  return merge(
    {
      train_batch_size: 'auto',
      train_micro_batch_size_per_gpu: 'auto',
      gradient_accumulation_steps: 'auto',
      gradient_clipping: 'auto',
      zero_allow_untested_optimizer: true,
      bf16: { enabled: 'auto' },
      fp16: { enabled: 'auto' },
      zero_optimization: zero,
    },
    config,
  );
}

/** Deep merge; what the user wrote wins, lists are replaced whole. */
function merge(base: Settings, over: Settings): Settings {
  const result: Settings = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const known = result[key];
    result[key] = isSettings(known) && isSettings(value) ? merge(known, value) : value;
  }
  return result;
}
const isSettings = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
