import { ourLabel } from '../model/kubeObject.ts';
import type { Cluster, KubeObject, ObjectRef } from './ports.ts';

/** Kinds of main resources: the name of a job is unique over them. */
export const MAIN_RESOURCES: readonly Pick<ObjectRef, 'apiVersion' | 'kind'>[] = [
  { apiVersion: 'batch/v1', kind: 'Job' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
];

/**
 * The main resource of a name, of whichever kind; one of ours before what others have called the same. Where nothing is found, a kind that may not be read is a refusal,
 * not an absence.
 */
export async function findMain(
  cluster: Cluster,
  namespace: string,
  name: string,
  signal?: AbortSignal,
): Promise<KubeObject | undefined> {
  const options = signal ? { signal } : {};
  const answers = await Promise.allSettled(
    MAIN_RESOURCES.map((resource) => cluster.read({ ...resource, namespace, name }, options)),
  );
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' && answer.value ? [answer.value] : []));
  const ours = found.find(({ metadata }) => ourLabel(metadata.labels, 'job-type') !== undefined);
  if (ours ?? found[0]) return ours ?? found[0];
  for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
  return undefined;
}
