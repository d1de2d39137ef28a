import type { CallOptions, Cluster, CollectionRef, KubeObject } from './ports.ts';

/** Kinds of objects that a main resource of ours may own beside its pods. */
const OWNED: readonly Pick<CollectionRef, 'apiVersion' | 'kind'>[] = [
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'v1', kind: 'Secret' },
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
];

const MANAGED_BY_US = 'app.kubernetes.io/managed-by=gpuctl';

/** What a main resource owns beside its pods. What may not be looked at, or is not served, is left out. */
export async function ownedBy(cluster: Cluster, main: KubeObject, options: CallOptions): Promise<KubeObject[]> {
  const { namespace, uid } = main.metadata;
  const lists = await Promise.all(
    OWNED.map(({ apiVersion, kind }) =>
      cluster
        .list({ apiVersion, kind, ...(namespace && { namespace }), labelSelector: MANAGED_BY_US }, options)
        .then((objects) => objects.map((object) => ({ ...object, apiVersion, kind })))
        .catch(() => []),
    ),
  );
  return lists.flat().filter(({ metadata }) => metadata.ownerReferences?.some((owner) => owner.uid === uid));
}
