import { message } from '../../../../l10n/index.ts';
import schema from '../../../../schemas/training.schema.json' with { type: 'json' };
import { parseDuration } from '../../model/duration.ts';
import type { RuleFinding } from '../../model/finding.ts';
import type { JsonSchema } from '../../model/schema.ts';
import type { Validate } from '../../model/schemaFindings.ts';
import { type JobSections, jobRules, notYet, toJobModel } from '../job.ts';
import type { JobModel, Kind } from '../kind.ts';
import type { Training } from './training.generated.ts';
import { validateTraining } from './validate.generated.ts';

/** What a training document means, defaults filled in. */
export interface TrainingModel extends JobModel {
  kind: 'training';
  /** Generated DeepSpeed settings; `undefined` where the document asks for none or brings its own file. */
  deepspeed: DeepSpeed | undefined;
  distributed: { network: 'auto' | 'pod' | 'host'; ncclSocketIfname: string | undefined; rdma: boolean };
  output: { dir: string | undefined; resumeFromCheckpoint: boolean };
  /** Further tries after the first. */
  retries: number;
  /** Seconds until the job is ended; `undefined` for no limit. */
  timeoutSeconds: number | undefined;
  sections: Training;
}

/** DeepSpeed settings. `generate: false` is the user's own file at `path`. */
export interface DeepSpeed {
  generate: boolean;
  stage: 0 | 1 | 2 | 3;
  offload: 'none' | 'cpu' | 'nvme';
  /** The user's own settings, which win. */
  config: Record<string, unknown>;
  /** Absolute path in the job. */
  path: string;
}

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
      ncclSocketIfname: distributed.ncclSocketIfname === undefined ? undefined : String(distributed.ncclSocketIfname),
      rdma: distributed.rdma ?? false,
    },
    output: { dir: output.dir, resumeFromCheckpoint: output.resumeFromCheckpoint ?? false },
    retries: Number(sections.retries ?? 3),
    timeoutSeconds: parseDuration(sections.timeout),
    sections,
  };
}

function toDeepSpeed(section: NonNullable<Training['deepspeed']>, workdir: string | undefined): DeepSpeed {
  const { stage, offload = 'none', config = {}, path } = section;
  const given = path === undefined ? DEEPSPEED_PATH : String(path);
  return {
    generate:
      stage !== undefined || section.offload !== undefined || section.config !== undefined || path === undefined,
    stage: Number(stage ?? (offload === 'none' ? 2 : 3)) as DeepSpeed['stage'],
    offload,
    config,
    path: given.startsWith('/') ? given : `${workdir ?? '/etc/gpuctl/deepspeed'}/${given}`,
  };
}

function rules(model: TrainingModel): RuleFinding[] {
  const several = model.demand.pods > 1;
  const findings = jobRules(model.sections as JobSections, model, several ? 50 : 63, several ? 'ranks' : 'job');
  if (model.output.resumeFromCheckpoint && model.output.dir === undefined) {
    findings.push({
      code: 'output.missing-dir',
      severity: 'warning',
      path: ['output', 'resumeFromCheckpoint'],
      message: message('finding.output.missing-dir'),
    });
  }
  const { distributed, version } = model.sections;
  if (distributed?.sameRack === 'required') findings.push(notYet(['distributed', 'sameRack'], 'sameRack: required'));
  if (version !== undefined && !['v0.1', 'v1', '0.1', '1'].includes(String(version))) {
    findings.push({
      code: 'version.unknown',
      severity: 'warning',
      path: ['version'],
      message: message('finding.version.unknown', { version: String(version) }),
    });
  }
  if (model.framework !== 'native') {
    findings.push({
      code: 'framework.not-available',
      severity: 'error',
      path: ['framework'],
      message: message('finding.framework.not-available', { framework: model.framework }),
    });
  }
  return findings;
}

/** `kind: training` becomes a Job. */
export const training: Kind<TrainingModel> = {
  name: 'training',
  schema: schema as JsonSchema,
  validate: validateTraining as unknown as Validate,
  toModel,
  rules,
};
