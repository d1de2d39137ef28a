import type { JsonSchema } from '../../model/schema.ts';
import type { Validate } from '../../model/schemaFindings.ts';
import type { Kind } from '../kind.ts';
import { QUOTA_RULES } from '../rules/index.ts';
import { validateQuota } from '../validators.generated.ts';
import { buildQuota } from './manifests.ts';
import type { QuotaModel } from './model.ts';
import type { Quota } from './quota.generated.ts';
import schema from './quota.schema.json' with { type: 'json' };

function toModel(value: unknown): QuotaModel {
  const sections = value as Quota;
  const { name, description } = sections.quota;
  const fallback = sections.default ?? {};
  return {
    kind: 'quota',
    name,
    description: text(description),
    namespaces: Object.entries(sections.namespace ?? {}).map(([namespace, own]) => ({
      name: namespace,
      cpu: text(own?.cpu ?? fallback.cpu),
      memory: text(own?.memory ?? fallback.memory),
      gpu: text(own?.gpu ?? fallback.gpu),
    })),
    sections,
  };
}

const text = (value: string | number | boolean | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

/** `kind: quota` becomes a ResourceQuota in each of its namespaces. */
export const quota: Kind<QuotaModel> = {
  name: 'quota',
  schema: schema as JsonSchema,
  validate: validateQuota as unknown as Validate,
  marks: ['quota', 'namespace'],
  toModel,
  rules: QUOTA_RULES,
  build: buildQuota,
};
