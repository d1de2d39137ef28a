import { type Message, message } from '../../../l10n/index.ts';
import { type KubeObject, ourLabel } from '../model/kubeObject.ts';
import { GpuctlError } from './error.ts';
import { forgetNextRun } from './journal.ts';
import { findMain } from './mainResource.ts';
import { ownedBy } from './owned.ts';
import type { Cluster } from './ports.ts';
import type { Session } from './session.ts';

export interface JobName {
  namespace: string;
  name: string;
}

/** One object of one context: what a person was asked about, and nothing else. */
export interface Deletion {
  job: JobName;
  context: string;
  uid: string;
}

/** What a delete will do, before anyone is asked. */
export interface DeletionPlan {
  context: string;
  uid: string;
  cluster: string;
  removes: Message[];
  keeps: Message[];
}

/** Looks at what belongs to a job. Throws `job.gone` where there is none. */
export function planDelete(session: Session, { namespace, name }: JobName, signal: AbortSignal): Promise<DeletionPlan> {
  return session.use(async (cluster) => {
    const main = await requireMain(cluster, { namespace, name }, signal);
    const pods = session.state
      .podsOf(namespace, name)
      .filter(({ phase }) => phase === 'Running' || phase === 'Pending').length;
    const [owned, claims] = await Promise.all([
      ownedBy(cluster, main, { signal }),
      cluster.list({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace }, { signal }).catch(() => []),
    ]);
    const storage = claims.filter(({ metadata }) => isWorkdirClaim(metadata.name, name));
    return {
      context: cluster.context.context,
      uid: main.metadata.uid ?? '',
      cluster: cluster.context.cluster,
      removes: [
        message('delete.removes.main', { kind: main.kind, name }),
        ...(pods ? [message('delete.removes.pods', { pods })] : []),
        ...owned.map(({ kind, metadata }) => message('delete.removes.owned', { kind, name: metadata.name })),
      ],
      keeps: storage.map(({ metadata }) => message('delete.keeps.storage', { name: metadata.name })),
    };
  });
}

/** Removes the main resource that the plan named, and no other; what it owns goes with it. Storage stays. */
export function deleteJob(session: Session, { job, context, uid }: Deletion, signal: AbortSignal): Promise<void> {
  return session.use(async (cluster) => {
    if (cluster.context.context !== context) {
      const now = cluster.context.context;
      throw new GpuctlError('job.other-cluster', message('delete.other-cluster', { name: job.name, context, now }));
    }
    const { apiVersion, kind } = await requireMain(cluster, job, signal);
    await forgetNextRun(cluster, job.namespace, job.name);
    const removed = await cluster.remove({ apiVersion, kind, ...job }, { signal, propagation: 'Background', uid });
    if (!removed) throw new GpuctlError('job.gone', message('delete.gone', { ...job }));
  });
}

const isWorkdirClaim = (claim: string, job: string): boolean =>
  claim.startsWith(`${job}-workdir-`) && /^\d+$/.test(claim.slice(`${job}-workdir-`.length));

async function requireMain(cluster: Cluster, { namespace, name }: JobName, signal: AbortSignal): Promise<KubeObject> {
  const main = await findMain(cluster, namespace, name, signal);
  if (!main) throw new GpuctlError('job.gone', message('delete.gone', { name, namespace }));
  if (ourLabel(main.metadata.labels, 'job-type') === undefined) {
    throw new GpuctlError('job.not-ours', message('delete.not-ours', { name, namespace }));
  }
  return main;
}
