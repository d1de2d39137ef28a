import type { JobModel } from '../kind.ts';
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

/** The labels of the main resource: with that of the queue which starts it. */
export const mainLabels = (model: JobModel, site: Site): Record<string, string> => ({
  ...jobLabels(model, site),
  ...(site.queue !== undefined && { 'kueue.x-k8s.io/queue-name': site.queue }),
});

/** Annotations of the main resource: what makes the job known again, and what people wrote of it. */
export function mainAnnotations(model: JobModel, { prefix, annotations }: Site): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`${prefix}/${name}`, value])),
    ...(model.description !== undefined && { [`${prefix}/description`]: model.description }),
    ...(model.demand.gpuType !== undefined && { [`${prefix}/gpu-type`]: model.demand.gpuType }),
  };
}

/** The namespace, for metadata: left out where none is known. */
export const inNamespace = ({ namespace }: Site): { namespace?: string } =>
  namespace === undefined ? {} : { namespace };
