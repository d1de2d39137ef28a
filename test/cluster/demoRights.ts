// Who may do what in the demo: namespaces, priority classes, roles.
import type { KubernetesObject } from './apiClient.ts';
import { documentedObjects } from './documentedObjects.ts';

/** ml-team and ml-research belong to ml-engineer, sandbox to restricted, vision-team to the people of the demo's jobs. */
export const NAMESPACES = ['gpuctl-system', 'ml-team', 'ml-research', 'sandbox', 'vision-team'];

const RBAC = 'rbac.authorization.k8s.io';
/** The roles are those of the documentation: what the tests may do, whoever follows it may do. */
const roles = documentedObjects('submit.md').filter(({ metadata: { name } }) =>
  ['gpuctl-user', 'gpuctl-capacity', 'gpuctl-pools'].includes(name),
);

function binding(user: string, kind: 'Role' | 'ClusterRole', name: string, namespace?: string) {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: namespace ? 'RoleBinding' : 'ClusterRoleBinding',
    metadata: { name: `${user}-${name}`, namespace },
    roleRef: { apiGroup: RBAC, kind, name },
    subjects: [{ apiGroup: RBAC, kind: 'User', name: user }],
  };
}

/**
 * ml-engineer: everything of gpuctl in two namespaces; reads nodes, and pods of all namespaces, so that capacity is
 * known; no namespaces, no priority classes of their own. restricted: the same in sandbox, and nothing beyond it.
 */
export const rights: KubernetesObject[] = [
  ...roles.filter(({ kind }) => kind !== 'RoleBinding'),
  binding('ml-engineer', 'ClusterRole', 'gpuctl-user', 'ml-team'),
  binding('ml-engineer', 'ClusterRole', 'gpuctl-user', 'ml-research'),
  binding('ml-engineer', 'ClusterRole', 'gpuctl-capacity'),
  binding('ml-engineer', 'Role', 'gpuctl-pools', 'gpuctl-system'),
  binding('restricted', 'ClusterRole', 'gpuctl-user', 'sandbox'),
];

/** The three classes of `job.priority`. */
export const priorityClasses: KubernetesObject[] = [
  { name: 'gpuctl-high', value: 1_000_000, preemptionPolicy: 'PreemptLowerPriority' },
  { name: 'gpuctl-medium', value: 500_000, preemptionPolicy: 'PreemptLowerPriority' },
  { name: 'gpuctl-low', value: 100, preemptionPolicy: 'Never' },
].map(({ name, value, preemptionPolicy }) => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'gpuctl' } },
  value,
  preemptionPolicy,
}));
