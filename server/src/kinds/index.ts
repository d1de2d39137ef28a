import common from '../../../schemas/common.schema.json' with { type: 'json' };
import type { JsonSchema } from '../model/schema.ts';
import { SchemaSet } from '../model/schema.ts';
import type { JobModel, Kind } from './kind.ts';
import { training } from './training/index.ts';

/** Every kind that can be checked and submitted. The one list: adding a kind adds a line here. */
export const KINDS: readonly Kind<JobModel>[] = [training as unknown as Kind<JobModel>];

export const kindNamed = (name: string): Kind<JobModel> | undefined => KINDS.find((kind) => kind.name === name);

/** Words of the dialect for `kind`, including those that this version does not handle yet. */
export const DIALECT_KINDS = ['training', 'inference', 'notebook', 'compute', 'pool', 'quota', 'resource'] as const;

/** Sections that some kind of the dialect has at its root; unused, but not unknown, in the others. */
export const DIALECT_SECTIONS: ReadonlySet<string> = new Set([
  'service',
  'autoscaling',
  'engine',
  'model',
  'pool',
  'nodes',
  'quota',
  'namespace',
  'default',
]);

export const SCHEMAS = new SchemaSet(common as JsonSchema, ...KINDS.map((kind) => kind.schema));
