import { parseDuration } from '../../model/duration.ts';
import type { JsonSchema } from '../../model/schema.ts';
import type { Validate } from '../../model/schemaFindings.ts';
import { type JobSections, toJobModel } from '../job.ts';
import type { Kind } from '../kind.ts';
import type { Rule } from '../rule.ts';
import { JOB_RULES } from '../rules/index.ts';
import { validateTraining } from '../validators.generated.ts';
import { buildTraining } from './manifests.ts';
import type { DeepSpeed, TrainingModel } from './model.ts';
import type { Training } from './training.generated.ts';
import schema from './training.schema.json' with { type: 'json' };

export const DEEPSPEED_PATH = '/etc/gpuctl/deepspeed/ds_config.json';

function toModel(value: unknown): TrainingModel {
  const sections = value as Training;
  const job = toJobModel('training', sections as JobSections, true);
  const { deepspeed, distributed = {}, output = {} } = sections;
  return {
    ...job,
    kind: 'training',
    framework: sections.framework ?? 'native',
    demand: { ...job.demand, sameRack: job.demand.pods > 1 ? (distributed.sameRack ?? 'preferred') : 'off' },
    deepspeed: deepspeed && toDeepSpeed(deepspeed, job.workdirs[0]?.path),
    distributed: {
      network: distributed.network ?? 'auto',
      ncclSocketIfname: String(distributed.ncclSocketIfname ?? '') || undefined,
      rdma: distributed.rdma ?? false,
    },
    output: { dir: output.dir || undefined, resumeFromCheckpoint: output.resumeFromCheckpoint ?? false },
    retries: Number(sections.retries ?? 3),
    timeoutSeconds: parseDuration(sections.timeout),
    sections: sections as TrainingModel['sections'],
  };
}

function toDeepSpeed(section: NonNullable<Training['deepspeed']>, workdir: string | undefined): DeepSpeed {
  const { stage, offload = 'none', config = {} } = section;
  const path = String(section.path ?? '') || undefined;
  const given = path ?? DEEPSPEED_PATH;
  return {
    generate:
      stage !== undefined || section.offload !== undefined || section.config !== undefined || path === undefined,
    stage: Number(stage ?? (offload === 'none' ? 2 : 3)) as DeepSpeed['stage'],
    offload,
    config,
    path: given.startsWith('/') ? given : `${workdir ?? '/etc/gpuctl/deepspeed'}/${given}`,
  };
}

/** `kind: training` becomes a Job. */
export const training: Kind<TrainingModel> = {
  name: 'training',
  schema: schema as JsonSchema,
  validate: validateTraining as unknown as Validate,
  marks: ['job'],
  toModel,
  rules: JOB_RULES as readonly Rule<TrainingModel>[],
  build: buildTraining,
};
