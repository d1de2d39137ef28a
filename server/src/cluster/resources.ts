import { message } from '../../../l10n/index.ts';
import { GpuctlError } from '../operations/error.ts';

/** Kind → plural in the REST path. `/` before it: the kind has no namespaces. */
const PLURALS: Record<string, Record<string, string>> = {
  v1: {
    ConfigMap: 'configmaps',
    Event: 'events',
    Namespace: '/namespaces',
    Node: '/nodes',
    PersistentVolume: '/persistentvolumes',
    PersistentVolumeClaim: 'persistentvolumeclaims',
    Pod: 'pods',
    ResourceQuota: 'resourcequotas',
    Secret: 'secrets',
    Service: 'services',
    ServiceAccount: 'serviceaccounts',
    LimitRange: 'limitranges',
  },
  'apps/v1': { Deployment: 'deployments', ReplicaSet: 'replicasets', StatefulSet: 'statefulsets' },
  'batch/v1': { Job: 'jobs' },
  'autoscaling/v2': { HorizontalPodAutoscaler: 'horizontalpodautoscalers' },
  'keda.sh/v1alpha1': { ScaledObject: 'scaledobjects' },
  'kueue.x-k8s.io/v1beta1': { LocalQueue: 'localqueues', Workload: 'workloads' },
  'kueue.x-k8s.io/v1beta2': { LocalQueue: 'localqueues', Workload: 'workloads' },
  'policy/v1': { PodDisruptionBudget: 'poddisruptionbudgets' },
  'scheduling.k8s.io/v1': { PriorityClass: '/priorityclasses' },
  'storage.k8s.io/v1': { StorageClass: '/storageclasses' },
  'rbac.authorization.k8s.io/v1': {
    ClusterRole: '/clusterroles',
    ClusterRoleBinding: '/clusterrolebindings',
    Role: 'roles',
    RoleBinding: 'rolebindings',
  },
  'authorization.k8s.io/v1': {
    SelfSubjectAccessReview: '/selfsubjectaccessreviews',
    SelfSubjectRulesReview: '/selfsubjectrulesreviews',
  },
  'authentication.k8s.io/v1': { SelfSubjectReview: '/selfsubjectreviews' },
};

/**
 * REST path of a collection, or of one object in it; a kind with namespaces and none given means all of them.
 * Throws `connection.unknown-kind` for a kind that the table does not have.
 */
export function toPath(at: { apiVersion: string; kind: string; namespace?: string }, name?: string): string {
  const plurals = PLURALS[at.apiVersion] ?? {};
  const plural = Object.hasOwn(plurals, at.kind) ? plurals[at.kind] : undefined;
  if (plural === undefined) {
    const say = message('connection.unknown-kind', { kind: at.kind, apiVersion: at.apiVersion });
    throw new GpuctlError('connection.unknown-kind', say);
  }
  const root = at.apiVersion.includes('/') ? `/apis/${at.apiVersion}` : `/api/${at.apiVersion}`;
  const scope = at.namespace && !plural.startsWith('/') ? `/namespaces/${encodeURIComponent(at.namespace)}` : '';
  const collection = `${root}${scope}/${plural.replace('/', '')}`;
  return name === undefined ? collection : `${collection}/${encodeURIComponent(name)}`;
}

/** Query string with its `?`, without the parameters that have no value. */
export function toQuery(parameters: Record<string, string | number | boolean | undefined>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) if (value !== undefined) query.set(key, String(value));
  return query.size > 0 ? `?${query}` : '';
}
