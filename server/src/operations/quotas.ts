import { type KubeObject, ourLabel } from '../model/kubeObject.ts';
import { type Delta, objectKey } from '../state/delta.ts';
import type { Cluster } from './ports.ts';

/** What a quota grants to one namespace. Amounts are Kubernetes quantities; what is absent has no limit. */
export interface QuotaUse {
  key: string;
  name: string;
  namespace: string;
  amounts: QuotaAmount[];
}

export interface QuotaAmount {
  resource: 'cpu' | 'memory' | 'gpu';
  limit: string;
  /** `undefined` until the cluster has counted. */
  used: string | undefined;
}

const RESOURCES = [
  ['cpu', /^requests\.cpu$/],
  ['memory', /^requests\.memory$/],
  ['gpu', /^requests\.[^/]+\/./],
] as const;

/** Follows the quotas of a namespace, or (`undefined`) of all of them; `told` has them in order of name, or why they cannot be had, and whether that is a refusal. */
export function watchQuotas(
  cluster: Cluster,
  namespace: string | undefined,
  told: (quotas: readonly QuotaUse[] | Error, refused: boolean) => void,
): { dispose(): void } {
  const held = new Map<string, QuotaUse>();
  const apply = (delta: Delta<QuotaUse>) => {
    if (delta.type === 'reset') held.clear();
    if (delta.type === 'reset') for (const item of delta.items) held.set(item.key, item);
    else if (delta.type === 'set') held.set(delta.item.key, delta.item);
    else held.delete(delta.key);
  };
  return cluster.watch<QuotaUse>({
    collection: {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      labelSelector: 'app.kubernetes.io/managed-by=gpuctl',
      ...(namespace !== undefined && { namespace }),
    },
    project: toQuotaUse,
    onDelta: (deltas) => {
      for (const delta of deltas) apply(delta);
      told(
        [...held.values()].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)),
        false,
      );
    },
    onStatus: (status) => {
      if (status.phase === 'forbidden' || status.phase === 'retrying') told(status.error, status.phase === 'forbidden');
    },
  });
}

const sortKey = ({ name, namespace }: QuotaUse) => `${name} ${namespace}`;

function toQuotaUse({ metadata, spec, status }: KubeObject): QuotaUse {
  const { hard = {} } = (spec ?? {}) as { hard?: Record<string, string> };
  const { used = {} } = (status ?? {}) as { used?: Record<string, string> };
  const namespace = metadata.namespace ?? '';
  return {
    key: objectKey(metadata),
    name: ourLabel(metadata.labels, 'quota') ?? metadata.name,
    namespace,
    amounts: RESOURCES.flatMap(([resource, pattern]) => {
      const key = Object.keys(hard).find((name) => pattern.test(name));
      const limit = key === undefined ? undefined : hard[key];
      return key === undefined || limit === undefined ? [] : [{ resource, limit, used: used[key] }];
    }),
  };
}
