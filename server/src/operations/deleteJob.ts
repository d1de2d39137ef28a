import { catalogue, type Message, message } from '../../../l10n/index.ts';
import { ourLabel } from '../model/kubeObject.ts';
import { GpuctlError } from './error.ts';
import { keepLog } from './logs/saveLog.ts';
import { findMain } from './mainResource.ts';
import { ownedBy } from './owned.ts';
import type { Cluster } from './ports.ts';
import type { Session } from './session.ts';
import { forgetNextRun, readNextRun } from './submit/journal.ts';

export interface JobName {
  namespace: string;
  name: string;
}

/** One object of one context: what a person was asked about, and nothing else. */
export interface Deletion {
  job: JobName;
  context: string;
  /** Of the main resource; where a resume was cut off and there is none, of the run that the next one was to replace. */
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

/** Looks at what belongs to a job, or to its next run where a resume was cut off. Throws `job.gone` where there is neither. */
export function planDelete(
  session: Session,
  { namespace, name, context }: JobName & { context?: string },
  signal: AbortSignal,
): Promise<DeletionPlan> {
  return session.use(async (cluster) => {
    requireContext(cluster, name, context);
    const main = await findOurs(cluster, { namespace, name }, signal);
    const next = main ? undefined : await readNextRun(cluster, namespace, name);
    if (!main && !next) throw gone({ namespace, name });
    const pods = session.state
      .podsOf(namespace, name)
      .filter(({ phase }) => phase === 'Running' || phase === 'Pending').length;
    const [owned, claims] = await Promise.all([
      main ? ownedBy(cluster, main, { signal }) : [],
      cluster.list({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace }, { signal }).catch(() => []),
    ]);
    const storage = claims.filter(({ metadata }) => isWorkdirClaim(metadata.name, name));
    return {
      context: cluster.context.context,
      uid: (main ? main.metadata.uid : next?.replaces) ?? '',
      cluster: cluster.context.cluster,
      removes: [
        main ? message('delete.removes.main', { name }) : message('delete.removes.next-run', { name }),
        ...(pods ? [message('delete.removes.pods', { pods })] : []),
        ...owned.map(({ kind, metadata }) => ownedAs(kind, metadata.name)),
      ],
      keeps: storage.map(({ metadata }) => message('delete.keeps.storage', { name: metadata.name })),
    };
  });
}

/** Removes the main resource that the plan named, and no other; what it owns goes with it, and so does a next run. Storage stays. */
export function deleteJob(session: Session, { job, context, uid }: Deletion, signal: AbortSignal): Promise<void> {
  return session.use(async (cluster) => {
    requireContext(cluster, job.name, context);
    const main = await findOurs(cluster, job, signal);
    const next = await readNextRun(cluster, job.namespace, job.name);
    if (uid !== (main ? main.metadata.uid : next?.replaces)) throw gone(job);
    // First, since it takes its time: called off by then, nothing is gone.
    if (main?.kind === 'Job') await keepLog(session, cluster, main, signal);
    await forgetNextRun(cluster, job.namespace, job.name);
    if (!main) return;
    const { apiVersion, kind } = main;
    const removed = await cluster.remove({ apiVersion, kind, ...job }, { signal, propagation: 'Background', uid });
    if (!removed) throw gone(job);
  });
}

function requireContext({ context: { context: now } }: Cluster, name: string, context: string | undefined): void {
  if (context === undefined || context === now) return;
  throw new GpuctlError('job.other-cluster', message('delete.other-cluster', { name, context, now }));
}

/** What a job owns in the words of its owner; by the name that the cluster has for it where there is no other. */
function ownedAs(kind: string, name: string): Message {
  const key = `delete.removes.owned.${kind}` as 'delete.removes.owned.Service';
  return Object.hasOwn(catalogue, key) ? message(key, { name }) : message('delete.removes.owned', { kind, name });
}

const isWorkdirClaim = (claim: string, job: string): boolean =>
  claim.startsWith(`${job}-workdir-`) && /^\d+$/.test(claim.slice(`${job}-workdir-`.length));

const gone = (job: JobName): GpuctlError => new GpuctlError('job.gone', message('delete.gone', { ...job }));

async function findOurs(cluster: Cluster, { namespace, name }: JobName, signal: AbortSignal) {
  const main = await findMain(cluster, namespace, name, signal);
  if (main && ourLabel(main.metadata.labels, 'job-type') === undefined) {
    throw new GpuctlError('job.not-ours', message('delete.not-ours', { name, namespace }));
  }
  return main;
}
