import { type Message, message } from '../../../l10n/index.ts';
import { ourLabel } from '../model/kubeObject.ts';
import { GpuctlError } from './error.ts';
import type { Session } from './session.ts';
import { findMain } from './submit.ts';

export interface JobName {
  namespace: string;
  name: string;
}

/** What a delete will do, before anyone is asked. */
export interface DeletionPlan {
  cluster: string;
  removes: Message[];
  keeps: Message[];
}

/** Looks at what belongs to a job. Throws `job.gone` where there is none. */
export async function planDelete(session: Session, { namespace, name }: JobName): Promise<DeletionPlan> {
  const cluster = await session.cluster();
  const main = await requireMain(session, { namespace, name });
  const pods = session.state
    .podsOf(namespace, name)
    .filter(({ phase }) => phase === 'Running' || phase === 'Pending').length;
  const owned = await Promise.all(
    ['Service', 'ConfigMap', 'Secret'].map(async (kind) => {
      const collection = { apiVersion: 'v1', kind, namespace, labelSelector: 'app.kubernetes.io/managed-by=gpuctl' };
      const objects = await cluster.list(collection).catch(() => []);
      return objects
        .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === main.metadata.uid))
        .map(({ metadata }) => message('delete.removes.owned', { kind, name: metadata.name }));
    }),
  );
  const claims = await cluster
    .list({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace })
    .then((objects) => objects.filter(({ metadata }) => new RegExp(`^${name}-workdir-\\d+$`).test(metadata.name)))
    .catch(() => []);
  return {
    cluster: cluster.context.cluster,
    removes: [
      message('delete.removes.main', { kind: main.kind, name }),
      ...(pods ? [message('delete.removes.pods', { pods })] : []),
      ...owned.flat(),
    ],
    keeps: claims.map(({ metadata }) => message('delete.keeps.storage', { name: metadata.name })),
  };
}

/** Removes the main resource; what it owns goes with it. Storage stays. */
export async function deleteJob(session: Session, job: JobName, signal: AbortSignal): Promise<void> {
  const cluster = await session.cluster();
  const main = await requireMain(session, job);
  const { uid } = main.metadata;
  await cluster.remove(
    { apiVersion: main.apiVersion, kind: main.kind, namespace: job.namespace, name: job.name },
    { signal, propagation: 'Background', ...(uid && { uid }) },
  );
}

async function requireMain(session: Session, { namespace, name }: JobName) {
  const cluster = await session.cluster();
  const main = await findMain(cluster, namespace, name);
  if (!main) throw new GpuctlError('job.gone', message('delete.gone', { name, namespace }));
  if (ourLabel(main.metadata.labels, 'job-type') === undefined) {
    throw new GpuctlError('job.not-ours', message('delete.not-ours', { name, namespace }));
  }
  return main;
}
