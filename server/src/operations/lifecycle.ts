import { kindWord, message } from '../../../l10n/index.ts';
import { QUEUE_LABEL, queueOf, wantedQueue } from '../kinds/manifests/queue.ts';
import { type KubeObject, LABEL_PREFIXES, ourLabel, prefixOf } from '../model/kubeObject.ts';
import { toWorkload } from '../state/project.ts';
import type { WorkloadRecord } from '../state/records.ts';
import { describeJob } from './describeJob.ts';
import { GpuctlError } from './error.ts';
import { keepLog } from './logs/saveLog.ts';
import { findMain } from './mainResource.ts';
import { ownedBy } from './owned.ts';
import { type Cluster, refOf } from './ports.ts';
import { findKueue, setActive } from './queue.ts';
import type { Session } from './session.ts';
import { isScaler, isStopped, KEDA_PAUSED, STOPPED, unfinished } from './submit/applyJob.ts';

/** A job, and the context in which the person saw it; another one by now is refused. */
export interface JobTarget {
  job: { namespace: string; name: string };
  context: string | undefined;
}

/** Whether something was done: `false` where it was so already. */
export type Done = boolean;

/** Ends the pods of a job and keeps the job: a training is suspended, a service has no replicas. Storage stays, kernels and memory do not. */
export function stop(session: Session, target: JobTarget, signal: AbortSignal): Promise<Done> {
  return onJob(session, target, signal, async (cluster, main, workload) => {
    if (workload.outcome) throw ended(session, workload, 'lifecycle.stop.ended');
    const isJob = main.kind === 'Job';
    const isQueued = isJob && queueOf(main) !== undefined;
    if (isStopped(main) || (workload.suspended && !isQueued)) return false;
    const { replicas = 1 } = main.spec as { replicas?: number };
    // First, since it takes its time: called off by then, nothing is half stopped.
    if (isJob)
      await keepLog(session, cluster, main, signal, `stopped-${new Date().toISOString().replace(/[-:]|\..*/g, '')}`);
    if (isQueued) await setActive(cluster, main, false, signal);
    await pauseScaling(cluster, main, '0', signal);
    await cluster.patch(
      refOf(main),
      {
        metadata: { annotations: { [`${prefixOf(main)}/${STOPPED}`]: String(isJob ? 1 : replicas) } },
        spec: isJob ? { suspend: true } : { replicas: 0 },
      },
      { signal },
    );
    return true;
  });
}

/** Lets a job run that was stopped or held. */
export function start(session: Session, target: JobTarget, signal: AbortSignal): Promise<Done> {
  return onJob(session, target, signal, async (cluster, main, workload) => {
    if (workload.outcome) throw ended(session, workload, 'lifecycle.start.ended');
    const isWaiting = main.kind === 'Job' && workload.suspended && queueOf(main) !== undefined;
    if (isWaiting && !isStopped(main)) return (await setActive(cluster, main, true, signal)) === 'changed';
    if (!isStopped(main) && !workload.suspended) return false;
    await startMain(cluster, main, signal);
    return true;
  });
}

/** Takes away what stop did. A training of a queue is only let go: the queue starts it. */
export async function startMain(cluster: Cluster, main: KubeObject, signal: AbortSignal): Promise<void> {
  const replicas = Number(ourLabel(main.metadata.annotations, STOPPED)) || 1;
  const stopped = Object.fromEntries(LABEL_PREFIXES.map((prefix) => [`${prefix}/${STOPPED}`, null]));
  const queue = main.kind === 'Job' ? await queueToWaitIn(cluster, main, signal) : undefined;
  const change =
    queue === undefined
      ? { metadata: { annotations: stopped }, spec: main.kind === 'Job' ? { suspend: false } : { replicas } }
      : { metadata: { annotations: stopped, labels: { [QUEUE_LABEL]: queue } } };
  await cluster.patch(refOf(main), change, { signal });
  await pauseScaling(cluster, main, null, signal);
}

/** The queue that a training is to wait in, which has been told to let it go; `undefined` where nothing but us can start it. */
async function queueToWaitIn(cluster: Cluster, main: KubeObject, signal: AbortSignal): Promise<string | undefined> {
  const queue = wantedQueue(main);
  if (queue === undefined) return undefined;
  if (queueOf(main) === undefined) return (await findKueue(cluster, signal)) && queue;
  return (await setActive(cluster, main, true, signal)) === 'nobody to tell' ? undefined : queue;
}

/** Sets the number of replicas of a service, until the document with another number is submitted. */
export function scale(session: Session, target: JobTarget, replicas: number, signal: AbortSignal): Promise<Done> {
  return onJob(session, target, signal, async (cluster, main, workload) => {
    const { name, namespace, jobKind } = workload;
    if (main.kind !== 'Deployment') {
      const say = message('lifecycle.scale.kind', { name, kind: kindWord(jobKind) });
      const hint = message(jobKind === 'training' ? 'lifecycle.scale.training' : 'lifecycle.scale.notebook');
      throw new GpuctlError('scale.kind', say, { hint });
    }
    if (replicas === 0) return stop(session, target, signal);
    const scaler = (await ownedBy(cluster, main, { signal })).find(isScaler);
    if (scaler) {
      const spec = scaler.spec as Record<string, number>;
      const least = spec.minReplicas ?? spec.minReplicaCount ?? 1;
      const most = spec.maxReplicas ?? spec.maxReplicaCount ?? least;
      const say = message('lifecycle.scale.autoscaled', { name, namespace, least, most });
      throw new GpuctlError('scale.autoscaled', say, { hint: message('lifecycle.scale.autoscaled.hint') });
    }
    if (isStopped(main)) {
      const say = message('lifecycle.scale.stopped', { name, namespace });
      throw new GpuctlError('scale.stopped', say, { hint: message('lifecycle.scale.stopped.hint') });
    }
    if ((main.spec as { replicas?: number }).replicas === replicas) return false;
    await cluster.patch(refOf(main), { spec: { replicas } }, { signal });
    return true;
  });
}

/** An HPA leaves zero replicas alone; KEDA is told to. */
async function pauseScaling(
  cluster: Cluster,
  main: KubeObject,
  replicas: string | null,
  signal: AbortSignal,
): Promise<void> {
  if (main.kind !== 'Deployment') return;
  for (const object of await ownedBy(cluster, main, { signal })) {
    if (object.kind !== 'ScaledObject') continue;
    await cluster.patch(refOf(object), { metadata: { annotations: { [KEDA_PAUSED]: replicas } } }, { signal });
  }
}

function ended(session: Session, workload: WorkloadRecord, say: 'lifecycle.stop.ended' | 'lifecycle.start.ended') {
  const { namespace, name } = workload;
  const { state } = describeJob(session.state, workload);
  const hint = say === 'lifecycle.start.ended' ? { hint: message('lifecycle.start.ended.hint') } : {};
  return new GpuctlError('job.ended', message(say, { namespace, name, state }), hint);
}

/** Runs with the main resource of a job of ours, in the context that the person saw. */
export function onJob<T>(
  session: Session,
  { job: { namespace, name }, context }: JobTarget,
  signal: AbortSignal,
  run: (cluster: Cluster, main: KubeObject, workload: WorkloadRecord) => Promise<T>,
): Promise<T> {
  return session.use(async (cluster) => {
    const now = cluster.context.context;
    if (context !== undefined && context !== now)
      throw new GpuctlError('job.other-cluster', message('lifecycle.other-cluster', { name, context, now }));
    const main = await findMain(cluster, namespace, name, signal);
    if (!main) throw new GpuctlError('job.gone', message('delete.gone', { name, namespace }));
    const workload = toWorkload(main);
    if (!workload) throw new GpuctlError('job.not-ours', message('lifecycle.not-ours', { name, namespace }));
    if (unfinished(main) === 'create') {
      const say = message('lifecycle.unfinished', { name, namespace });
      throw new GpuctlError('job.unfinished', say, { hint: message('lifecycle.unfinished.hint') });
    }
    return run(cluster, main, workload);
  });
}
