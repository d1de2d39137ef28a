import type { KubeObject } from '../../model/kubeObject.ts';
import type { EnvVar, PodSpec } from '../manifests/pod.ts';
import type { DeepSpeed, TrainingModel } from './model.ts';

type Settings = Record<string, unknown>;

const FILE = 'ds_config.json';
/** Where the disks of the node appear that `offload: nvme` writes to. */
const NVME_PATH = '/local_nvme';

/**
 * The settings take effect by themselves where the Hugging Face Trainer runs: it reads the two of Accelerate. The other two are for
 * people and scripts.
 */
export function deepSpeedEnv({ deepspeed }: TrainingModel): EnvVar[] {
  if (!deepspeed) return [];
  return [
    { name: 'DEEPSPEED_CONFIG', value: deepspeed.path },
    ...(deepspeed.generate ? [{ name: 'DEEPSPEED_ZERO_STAGE', value: String(deepspeed.stage) }] : []),
    { name: 'ACCELERATE_USE_DEEPSPEED', value: 'true' },
    { name: 'ACCELERATE_DEEPSPEED_CONFIG_FILE', value: deepspeed.path },
  ];
}

/** Mounts the generated settings where trainers look, and the disks that they offload to; gives the ConfigMap that holds them. */
export function addDeepSpeed(spec: PodSpec, model: TrainingModel, metadata: KubeObject['metadata']): KubeObject[] {
  const { deepspeed } = model;
  if (!deepspeed?.generate) return [];
  const name = `${model.name}-deepspeed`;
  const config = `${JSON.stringify(buildDeepSpeedConfig(deepspeed), null, 2)}\n`;
  const [container] = spec.containers;
  spec.volumes = [...(spec.volumes ?? []), { name: 'deepspeed', configMap: { name } }];
  container.volumeMounts = [
    ...(container.volumeMounts ?? []),
    { name: 'deepspeed', mountPath: deepspeed.path, subPath: FILE, readOnly: true },
  ];
  if (config.includes(`"${NVME_PATH}"`) && !model.workdirs.some(({ path }) => path === NVME_PATH)) {
    spec.volumes.push({ name: 'nvme', emptyDir: {} });
    container.volumeMounts.push({ name: 'nvme', mountPath: NVME_PATH });
  }
  return [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...metadata, name }, data: { [FILE]: config } }];
}

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
      pin_memory: true,
      ...(offload === 'nvme' && { nvme_path: NVME_PATH }),
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

/** Deep merge; what the user wrote wins. Lists are replaced whole, and so are the settings of another device. */
function merge(base: Settings, over: Settings): Settings {
  const result: Settings = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const known = result[key];
    const goTogether = isSettings(known) && isSettings(value) && (value.device ?? known.device) === known.device;
    result[key] = goTogether ? merge(known, value) : value;
  }
  return result;
}
const isSettings = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
