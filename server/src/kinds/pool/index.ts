import type { JsonSchema } from '../../model/schema.ts';
import type { Validate } from '../../model/schemaFindings.ts';
import type { Kind } from '../kind.ts';
import { POOL_RULES } from '../rules/index.ts';
import { validatePool } from '../validators.generated.ts';
import { buildPool } from './manifests.ts';
import type { PoolModel } from './model.ts';
import type { Pool } from './pool.generated.ts';
import schema from './pool.schema.json' with { type: 'json' };

function toModel(value: unknown): PoolModel {
  const sections = value as Pool;
  const { name, description, site = {} } = sections.pool;
  const { ncclSocketIfname, prometheus, ...rest } = site;
  return {
    kind: 'pool',
    name,
    description: description === undefined ? undefined : String(description),
    nodes: Object.entries(sections.nodes ?? {}).map(([node, labels]) => ({
      name: node,
      gpuType: labels?.gpuType === undefined ? undefined : String(labels.gpuType) || undefined,
    })),
    site: {
      ...rest,
      ...(ncclSocketIfname !== undefined && { ncclSocketIfname: String(ncclSocketIfname) }),
      ...(prometheus !== undefined && { prometheus: String(prometheus) }),
    },
    sections,
  };
}

/** `kind: pool` becomes a ConfigMap and labels on nodes. Older files say `kind: resource`. */
export const pool: Kind<PoolModel> = {
  name: 'pool',
  schema: schema as JsonSchema,
  validate: validatePool as unknown as Validate,
  marks: ['pool'],
  toModel,
  rules: POOL_RULES,
  build: buildPool,
};
