import type { JobModel } from '../kinds/kind.ts';
import { PRIORITIES, priorityClassOf } from '../kinds/manifests/priority.ts';
import type { KubeObject } from '../model/kubeObject.ts';
import { GpuctlError, isForbidden } from './error.ts';
import type { Cluster } from './ports.ts';

const priorityClass = (priority: JobModel['priority']): KubeObject => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name: priorityClassOf(priority), labels: { 'app.kubernetes.io/managed-by': 'gpuctl' } },
  ...PRIORITIES[priority],
});

/** Looks for the class of a priority. One that may not be looked at counts as present: the dry run tells otherwise. */
export async function findPriorityClass(
  cluster: Cluster,
  priority: JobModel['priority'],
  signal: AbortSignal,
): Promise<'present' | 'may-be-made' | 'absent'> {
  const wanted = priorityClass(priority);
  const { apiVersion, kind, metadata } = wanted;
  try {
    if (await cluster.read({ apiVersion, kind, name: metadata.name }, { signal })) return 'present';
  } catch (error) {
    if (isForbidden(error)) return 'present';
    throw error;
  }
  try {
    await cluster.create(wanted, { signal, dryRun: true });
    return 'may-be-made';
  } catch (error) {
    if (isForbidden(error)) return 'absent';
    throw error;
  }
}

/** Makes it, unless somebody else just did. */
export async function makePriorityClass(
  cluster: Cluster,
  priority: JobModel['priority'],
  signal: AbortSignal,
): Promise<void> {
  try {
    await cluster.create(priorityClass(priority), { signal });
  } catch (error) {
    if (!(error instanceof GpuctlError && error.reason === 'AlreadyExists')) throw error;
  }
}

/** For `catch`: what may not be looked at is taken as not there. */
export function ignoreForbidden(error: unknown): undefined {
  if (!isForbidden(error)) throw error;
}
