import type { KubeObject } from '../../model/kubeObject.ts';
import type { BuiltSettings } from '../manifests/built.ts';
import { MANAGED } from '../manifests/metadata.ts';
import type { Site } from '../manifests/site.ts';
import type { QuotaModel } from './model.ts';

/**
 * Label that names the quota which a ResourceQuota is of. Its prefix is always ours: what a quota made is found by it, also after
 * the prefix of the cluster's labels has changed.
 */
const QUOTA_LABEL = 'gpuctl/quota';

/** Selects every ResourceQuota of a quota. */
export const quotaSelector = (quota: string): string =>
  Object.entries({ ...MANAGED, [QUOTA_LABEL]: quota })
    .map(([key, value]) => `${key}=${value}`)
    .join();

/** A quota becomes a ResourceQuota in each of its namespaces, which are made where they are absent. */
export function buildQuota(model: QuotaModel, { accelerator }: Site): BuiltSettings {
  const { name, description, namespaces } = model;
  return {
    kept: namespaces.map((namespace) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace.name, labels: { ...MANAGED } },
    })),
    applied: namespaces.map(
      ({ name: namespace, cpu, memory, gpu }): KubeObject => ({
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: {
          name: `${name}-${namespace}`,
          namespace,
          labels: { ...MANAGED, [QUOTA_LABEL]: name },
          ...(description !== undefined && { annotations: { 'gpuctl/description': description } }),
        },
        spec: {
          hard: {
            ...(cpu !== undefined && { 'requests.cpu': cpu, 'limits.cpu': cpu }),
            ...(memory !== undefined && { 'requests.memory': memory, 'limits.memory': memory }),
            ...(gpu !== undefined && { [`requests.${accelerator}`]: gpu }),
          },
        },
      }),
    ),
    obsolete: { apiVersion: 'v1', kind: 'ResourceQuota', labelSelector: quotaSelector(name) },
    nodes: [],
    leftOut: [],
  };
}
