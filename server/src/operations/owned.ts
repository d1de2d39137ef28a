import { GpuctlError } from './error.ts';
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

/** What a main resource owns beside its pods. What may not be looked at is left out; what the cluster does not serve is not there. */
export async function ownedBy(cluster: Cluster, main: KubeObject, options: CallOptions): Promise<KubeObject[]> {
  const lists = await Promise.all(
    OWNED.map((collection) => listOwned(cluster, main, collection, options).catch(unlessLost)),
  );
  return lists.flat();
}

/** What the Job of a training owns: all of it, or a failure where something may not be looked at. */
export async function ownedByJob(cluster: Cluster, main: KubeObject, options: CallOptions): Promise<KubeObject[]> {
  const parts = OWNED.filter(({ kind }) => kind === 'Service' || kind === 'ConfigMap');
  return (await Promise.all(parts.map((collection) => listOwned(cluster, main, collection, options)))).flat();
}

async function listOwned(
  cluster: Cluster,
  main: KubeObject,
  { apiVersion, kind }: (typeof OWNED)[number],
  options: CallOptions,
): Promise<KubeObject[]> {
  const { namespace } = main.metadata;
  const collection = { apiVersion, kind, ...(namespace && { namespace }), labelSelector: MANAGED_BY_US };
  const objects = await cluster.list(collection, options);
  return objects.flatMap((object) => (isOwnedBy(object, main) ? [{ ...object, apiVersion, kind }] : []));
}

/** Whether a main resource owns an object. */
export const isOwnedBy = ({ metadata }: KubeObject, main: KubeObject): boolean =>
  metadata.ownerReferences?.some(({ uid }) => uid === main.metadata.uid) ?? false;

/** A list that was refused, or that the cluster cannot give, holds nothing; one that was lost on the way is unknown. */
function unlessLost(error: unknown): KubeObject[] {
  if (error instanceof GpuctlError && (error.status === 403 || error.status === 404)) return [];
  throw error;
}
