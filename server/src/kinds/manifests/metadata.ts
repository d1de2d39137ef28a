import { hideSecrets, SECRET_MARKER } from '../../model/secrets.ts';
import type { JobModel } from '../kind.ts';
import { QUEUE_LABEL } from './queue.ts';
import type { Site } from './site.ts';

/** Every object of ours bears it. */
export const MANAGED = { 'app.kubernetes.io/managed-by': 'gpuctl' } as const;

/** Labels of the main resource, its Service and its pods; `gpuctl-yaml.md`, fine print 12. */
export function jobLabels(model: JobModel, { prefix, namespace }: Site): Record<string, string> {
  return {
    [`${prefix}/job-type`]: model.kind,
    [`${prefix}/priority`]: model.priority,
    [`${prefix}/pool`]: model.demand.pool ?? 'default',
    ...(namespace !== undefined && { [`${prefix}/namespace`]: namespace }),
    ...MANAGED,
  };
}

/** The labels of a main resource without replicas, which nothing can start: with that of its queue. A training gets that once it may start. */
export const mainLabels = (model: JobModel, site: Site): Record<string, string> => ({
  ...jobLabels(model, site),
  ...(site.queue !== undefined && { [QUEUE_LABEL]: site.queue }),
});

/** Annotations of the main resource: what makes the job known again, and what people wrote of it. */
export function mainAnnotations(model: JobModel, { prefix, annotations }: Site): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`${prefix}/${name}`, value])),
    ...(model.description !== undefined && {
      [`${prefix}/description`]: hideSecrets(model.description, SECRET_MARKER),
    }),
    ...(model.demand.gpuType !== undefined && { [`${prefix}/gpu-type`]: model.demand.gpuType }),
  };
}

/** The namespace, for metadata: left out where none is known. */
export const inNamespace = ({ namespace }: Site): { namespace?: string } =>
  namespace === undefined ? {} : { namespace };
