import type { JsonSchema } from '../../model/schema.ts';
import type { Validate } from '../../model/schemaFindings.ts';
import { type JobSections, toJobModel } from '../job.ts';
import type { Kind } from '../kind.ts';
import type { Rule } from '../rule.ts';
import { JOB_RULES } from '../rules/index.ts';
import { toService } from '../service.ts';
import { validateCompute } from '../validators.generated.ts';
import type { Compute } from './compute.generated.ts';
import schema from './compute.schema.json' with { type: 'json' };
import { buildCompute } from './manifests.ts';
import type { ComputeModel } from './model.ts';

function toModel(value: unknown): ComputeModel {
  const sections = value as Compute;
  const job = toJobModel('compute', sections as JobSections, false);
  const service = toService(sections.service);
  return {
    ...job,
    kind: 'compute',
    demand: { ...job.demand, pods: service.replicas },
    service,
    sections: sections as ComputeModel['sections'],
  };
}

/** `kind: compute` becomes a Deployment with a Service. */
export const compute: Kind<ComputeModel> = {
  name: 'compute',
  schema: schema as JsonSchema,
  validate: validateCompute as unknown as Validate,
  marks: ['job'],
  toModel,
  rules: JOB_RULES as readonly Rule<ComputeModel>[],
  build: buildCompute,
};
