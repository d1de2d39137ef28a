import type { JsonSchema } from '../../model/schema.ts';
import type { Validate } from '../../model/schemaFindings.ts';
import { type JobSections, toJobModel } from '../job.ts';
import type { Kind } from '../kind.ts';
import type { Rule } from '../rule.ts';
import { JOB_RULES } from '../rules/index.ts';
import { validateNotebook } from '../validators.generated.ts';
import { buildNotebook } from './manifests.ts';
import type { NotebookModel } from './model.ts';
import type { Notebook } from './notebook.generated.ts';
import schema from './notebook.schema.json' with { type: 'json' };
import { tokenOf } from './token.ts';

function toModel(value: unknown): NotebookModel {
  const sections = value as Notebook;
  const job = toJobModel('notebook', sections as JobSections, false);
  const { port = 8888, expose = 'cluster' } = sections.service ?? {};
  return {
    ...job,
    kind: 'notebook',
    service: { port, expose },
    token: tokenOf(job.environment, sections.environment.env),
    sections: sections as NotebookModel['sections'],
  };
}

/** `kind: notebook` becomes a StatefulSet with a Service. */
export const notebook: Kind<NotebookModel> = {
  name: 'notebook',
  schema: schema as JsonSchema,
  validate: validateNotebook as unknown as Validate,
  marks: ['job'],
  toModel,
  rules: JOB_RULES as readonly Rule<NotebookModel>[],
  build: buildNotebook,
};
