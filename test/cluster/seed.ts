// Puts the demo into a fresh cluster, as its admin.
import { type ApiClient, type KubernetesObject, until } from './apiClient.ts';
import { notReadyNode, type Pool, pools } from './demo.ts';
import { jobsOfOthers, OTHERS_NAMESPACE, podsOfOthers } from './demoJobs.ts';
import { NAMESPACES, priorityClasses, rights } from './demoRights.ts';

/** @see seedDemo */
export interface SeedOptions {
  /** The pools' documents, and the node that is not ready. */
  pools: boolean;
  jobsOfOthers: boolean;
}

/** Namespaces, priority classes and rights; then what the options say. Jobs are created, not waited for. */
export async function seedDemo(api: ApiClient, options: SeedOptions): Promise<void> {
  const createAll = (objects: KubernetesObject[]) => Promise.all(objects.map((object) => api.create(object)));
  await createAll(NAMESPACES.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })));
  await createAll([
    ...priorityClasses,
    ...rights,
    ...(options.pools ? [...pools.map(poolConfigMap), unservedNode()] : []),
  ]);
  if (!options.jobsOfOthers) return;
  // Without its service account the namespace would refuse pods, and the jobs would show failed attempts.
  const account = `/api/v1/namespaces/${OTHERS_NAMESPACE}/serviceaccounts/default`;
  await until('service account of the demo jobs', () => api.get(account), 60_000);
  await createAll(jobsOfOthers);
}

/** Returns when every pod of the jobs of others is Running. */
export function waitForJobsOfOthers(api: ApiClient): Promise<unknown> {
  return until(
    'jobs of others Running',
    async () => {
      const { items } = await api.get(`/api/v1/namespaces/${OTHERS_NAMESPACE}/pods`);
      return items.filter((pod: KubernetesObject) => pod.status.phase === 'Running').length === podsOfOthers;
    },
    60_000,
  );
}

/** What submitting the pool's document would make; the node labels are on the nodes from the start. */
function poolConfigMap(pool: Pool): KubernetesObject {
  const site = Object.entries(pool.site).map(([key, value]) => `    ${key}: ${value}\n`);
  const document =
    `kind: pool\nversion: v0.1\npool:\n  name: ${pool.name}\n  description: ${pool.description}\n` +
    (site.length > 0 ? `  site:\n${site.join('')}` : '') +
    `nodes:\n${pool.nodes.map((node) => `  ${node}: { gpuType: ${pool.gpuType} }\n`).join('')}`;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `gpuctl-pool-${pool.name}`,
      namespace: 'gpuctl-system',
      labels: { 'app.kubernetes.io/managed-by': 'gpuctl' },
    },
    data: { 'pool.yaml': document, nodes: `${pool.nodes.join('\n')}\n` },
  };
}

/** A node whose kubelet went away long ago; the node controller then taints it as unreachable. */
function unservedNode(): KubernetesObject {
  const { name, labels, allocatable } = notReadyNode;
  const since = new Date(Date.now() - 3 * 3600_000).toISOString().replace(/\.\d+Z/, 'Z');
  const conditions = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
    type,
    status: 'Unknown',
    reason: 'NodeStatusUnknown',
    message: 'Kubelet stopped posting node status.',
    lastHeartbeatTime: since,
    lastTransitionTime: since,
  }));
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', ...labels } },
    status: { capacity: allocatable, allocatable, conditions },
  };
}
