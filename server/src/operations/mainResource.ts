import type { Cluster, KubeObject, ObjectRef } from './ports.ts';

/** Kinds of main resources: the name of a job is unique over them. */
const MAIN_RESOURCES: readonly Pick<ObjectRef, 'apiVersion' | 'kind'>[] = [
  { apiVersion: 'batch/v1', kind: 'Job' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
];

/** The main resource of a name, of whichever kind. Where nothing is found, a kind that may not be read is a refusal, not an absence. */
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
  for (const answer of answers) if (answer.status === 'fulfilled' && answer.value) return answer.value;
  for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
  return undefined;
}
