// Who may do what in the demo: namespaces, priority classes, roles.
import type { KubernetesObject } from './apiClient.ts';

/** ml-team and ml-research belong to ml-engineer, sandbox to restricted, vision-team to the people of the demo's jobs. */
export const NAMESPACES = ['gpuctl-system', 'ml-team', 'ml-research', 'sandbox', 'vision-team'];

const RBAC = 'rbac.authorization.k8s.io';
const READ = ['get', 'list', 'watch'];
const ALL = [...READ, 'create', 'update', 'patch', 'delete', 'deletecollection'];

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

const rule = (group: string, resources: string[], verbs: string[]): Rule => ({ apiGroups: [group], resources, verbs });

function role(kind: 'Role' | 'ClusterRole', name: string, namespace: string | undefined, rules: Rule[]) {
  return { apiVersion: `${RBAC}/v1`, kind, metadata: { name, namespace }, rules };
}

function binding(user: string, kind: 'Role' | 'ClusterRole', name: string, namespace?: string) {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: namespace ? 'RoleBinding' : 'ClusterRoleBinding',
    metadata: { name: `${user}-${name}`, namespace },
    roleRef: { apiGroup: RBAC, kind, name },
    subjects: [{ apiGroup: RBAC, kind: 'User', name: user }],
  };
}

/** What a user of gpuctl needs in a namespace. */
const userRules: Rule[] = [
  rule('batch', ['jobs'], ALL),
  rule('apps', ['deployments', 'statefulsets', 'deployments/scale', 'statefulsets/scale'], ALL),
  rule('apps', ['replicasets'], READ),
  rule('autoscaling', ['horizontalpodautoscalers'], ALL),
  rule('', ['pods', 'services', 'configmaps', 'secrets', 'persistentvolumeclaims', 'events'], ALL),
  rule('', ['pods/log', 'pods/status', 'resourcequotas'], READ),
  rule('', ['pods/exec', 'pods/attach', 'pods/portforward'], ['get', 'create']),
  rule('', ['pods/resize'], ['get', 'update', 'patch']),
  rule('events.k8s.io', ['events'], READ),
];

/**
 * ml-engineer: everything of gpuctl in two namespaces; reads nodes, and pods of all namespaces, so that capacity is
 * known; no namespaces, no priority classes of their own. restricted: the same in sandbox, and nothing beyond it.
 */
export const rights: KubernetesObject[] = [
  role('ClusterRole', 'gpuctl-user', undefined, userRules),
  role('ClusterRole', 'gpuctl-capacity', undefined, [
    rule('', ['nodes', 'pods'], READ),
    rule('scheduling.k8s.io', ['priorityclasses'], READ),
    rule('storage.k8s.io', ['storageclasses'], READ),
  ]),
  role('Role', 'gpuctl-pools', 'gpuctl-system', [rule('', ['configmaps'], READ)]),
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
