import type { JsonSchema } from '../../model/schema.ts';
import type { Validate } from '../../model/schemaFindings.ts';
import { addedArguments, TOOLS } from '../../tools/index.ts';
import { type JobSections, toJobModel } from '../job.ts';
import type { Kind } from '../kind.ts';
import type { Rule } from '../rule.ts';
import { JOB_RULES } from '../rules/index.ts';
import { toService } from '../service.ts';
import { validateInference } from '../validators.generated.ts';
import type { Inference } from './inference.generated.ts';
import schema from './inference.schema.json' with { type: 'json' };
import { buildInference } from './manifests.ts';
import type { Autoscaling, Engine, InferenceModel } from './model.ts';

const ENGINES: readonly string[] = ['vllm', 'sglang', 'triton', 'tgi'] satisfies Engine[];

function toModel(value: unknown): InferenceModel {
  const sections = value as Inference;
  const job = toJobModel('inference', sections as JobSections, false);
  const guess = job.tool?.tool.name ?? '';
  const engine = sections.engine ?? (ENGINES.includes(guess) ? (guess as Engine) : 'custom');
  const server = TOOLS.find(({ name }) => name === engine)?.server;
  const service = toService(sections.service, server?.health);
  return {
    ...job,
    kind: 'inference',
    demand: { ...job.demand, pods: service.replicas },
    addedArgs: addedArguments(job.tool, job.demand.gpusPerPod),
    service,
    autoscaling: sections.autoscaling && toAutoscaling(sections.autoscaling),
    engine,
    served: Object.fromEntries(Object.entries(sections.model ?? {}).map(([key, text]) => [key, String(text)])),
    sections: sections as InferenceModel['sections'],
  };
}

const METRICS = {
  targetGPUUtilization: 'gpuUtilization',
  targetGPUMemoryUtilization: 'gpuMemoryUtilization',
  targetQPS: 'qps',
  targetQueueLength: 'queueLength',
} as const;

function toAutoscaling(section: NonNullable<Inference['autoscaling']>): Autoscaling {
  const { minReplicas = 1, maxReplicas = Math.max(1, minReplicas) } = section;
  const targets = Object.entries(METRICS).flatMap(([key, metric]) => {
    const value = section[key as keyof typeof METRICS];
    return value === undefined ? [] : [{ metric, value }];
  });
  return { minReplicas, maxReplicas, targets };
}

/** `kind: inference` becomes a Deployment with a Service, and an autoscaler where one is asked for. */
export const inference: Kind<InferenceModel> = {
  name: 'inference',
  schema: schema as JsonSchema,
  validate: validateInference as unknown as Validate,
  marks: ['job'],
  toModel,
  rules: JOB_RULES as readonly Rule<InferenceModel>[],
  build: buildInference,
};
