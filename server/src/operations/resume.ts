import { type Message, message } from '../../../l10n/index.ts';
import type { BuiltJob } from '../kinds/manifests/built.ts';
import { QUEUE_LABEL, wantedQueue } from '../kinds/manifests/queue.ts';
import { type KubeObject, LABEL_PREFIXES, type LabelPrefix, prefixOf } from '../model/kubeObject.ts';
import { describeJob } from './describeJob.ts';
import { GpuctlError } from './error.ts';
import { type JobTarget, onJob, startMain } from './lifecycle.ts';
import { keepLog } from './logs/saveLog.ts';
import { findMain } from './mainResource.ts';
import { ownedByJob } from './owned.ts';
import type { Cluster } from './ports.ts';
import type { Session } from './session.ts';
import { createJob, isStopped, removeJob, STOPPED, UNFINISHED, unfinished } from './submit/applyJob.ts';
import { forgetNextRun, type NextRun, noteNextRun, readNextRun } from './submit/journal.ts';
import { outcomeText, runOf } from './submit/planJob.ts';
import { tryNew } from './submit/tryOut.ts';

/** `started`: a stopped job goes on. `next-run`: an ended one was replaced by its next run. */
export interface Resumed {
  how: 'started' | 'next-run';
  /** Which run of its name it is, from 1. */
  run: number;
  /** File with the log of the run before. */
  log: string | undefined;
  warnings: Message[];
}

/**
 * Lets a job go on: a stopped one is started; an ended one, which Kubernetes cannot start again, is replaced by its next run under
 * the same name, made from the very objects of the last. What was begun and cut off is finished.
 */
export async function resume(session: Session, target: JobTarget, signal: AbortSignal): Promise<Resumed> {
  const { namespace, name } = target.job;
  const finished = await session.use((cluster) => finishNextRun(cluster, target, signal));
  if (finished) return finished;
  return onJob(session, target, signal, async (cluster, main, workload) => {
    const run = runOf(main);
    if (!workload.outcome) {
      if (!isStopped(main) && !workload.suspended) {
        const { state } = describeJob(session.state, workload);
        throw new GpuctlError('resume.runs', message('lifecycle.resume.runs', { namespace, name, state }));
      }
      await startMain(cluster, main, signal);
      return { how: 'started', run, log: undefined, warnings: [] };
    }
    const { state } = describeJob(session.state, workload);
    const log = await keepLog(session, cluster, main, signal);
    const owned = await ownedByJob(cluster, main, { signal });
    const next: NextRun = {
      replaces: main.metadata.uid ?? '',
      prefix: prefixOf(main),
      built: nextRun(main, owned, run + 1, workload.outcome, workload.reason),
    };
    const warnings: Message[] = log ? [] : [message('lifecycle.resume.no-log', { name, state })];
    await tryNew(next.built, { cluster, existing: main, isSame: true, warnings, signal });
    await noteNextRun(cluster, namespace, name, next);
    await removeJob(cluster, main, signal);
    await makeNextRun(cluster, next, undefined, warnings, signal);
    return { how: 'next-run', run: run + 1, log, warnings };
  });
}

/** Finishes a next run that was cut off after the run before it was deleted. */
async function finishNextRun(
  cluster: Cluster,
  { job: { namespace, name }, context }: JobTarget,
  signal: AbortSignal,
): Promise<Resumed | undefined> {
  if (context !== undefined && context !== cluster.context.context) return undefined;
  const next = await readNextRun(cluster, namespace, name);
  if (!next) return undefined;
  const main = await findMain(cluster, namespace, name, signal);
  if (main?.metadata.uid === next.replaces && !main.metadata.deletionTimestamp) return undefined; // begins anew
  if (main?.metadata.uid === next.replaces) await removeJob(cluster, main, signal);
  else if (main && unfinished(main) === undefined) {
    await forgetNextRun(cluster, namespace, name);
    return undefined;
  }
  const warnings: Message[] = [];
  const existing = main && main.metadata.uid !== next.replaces ? main : undefined;
  await makeNextRun(cluster, next, existing, warnings, signal);
  return { how: 'next-run', run: runOf(next.built.main), log: undefined, warnings };
}

async function makeNextRun(
  cluster: Cluster,
  { built, prefix }: NextRun,
  existing: KubeObject | undefined,
  warnings: Message[],
  signal: AbortSignal,
): Promise<void> {
  const { name, namespace = '' } = built.main.metadata;
  await createJob({ cluster, built, prefix: prefix as LabelPrefix, isSame: true, warnings, signal }, existing);
  await forgetNextRun(cluster, namespace, name);
}

/** Labels that the Job controller puts on the pods of one Job. */
const CONTROLLER_LABELS = [
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'controller-uid',
  'job-name',
];

/** The objects of an ended run as those of the next: without what the server wrote, and with what is known of the last. */
function nextRun(
  main: KubeObject,
  owned: readonly KubeObject[],
  run: number,
  outcome: string,
  reason: string | undefined,
): BuiltJob {
  const prefix = prefixOf(main);
  const { name, namespace } = main.metadata;
  const bare = withoutServer(main);
  const { selector: _, manualSelector: __, ...spec } = bare.spec as Record<string, unknown>;
  const template = structuredClone(spec.template) as { metadata?: KubeObject['metadata']; spec: object };
  for (const label of CONTROLLER_LABELS) delete template.metadata?.labels?.[label];
  const queue = wantedQueue(main);
  if (queue !== undefined) withoutQueuesChoice(template.spec);
  const { [QUEUE_LABEL]: _queue, ...labels } = bare.metadata.labels ?? {};
  return {
    kept: [],
    main: {
      ...bare,
      metadata: {
        ...bare.metadata,
        labels,
        annotations: {
          ...bare.metadata.annotations,
          [`${prefix}/run`]: String(run),
          [`${prefix}/last-outcome`]: outcomeText(outcome, reason),
        },
      },
      spec: { ...spec, suspend: true, template },
    },
    owned: owned.map(withoutServer),
    start: queue === undefined ? { spec: { suspend: false } } : { metadata: { labels: { [QUEUE_LABEL]: queue } } },
    pod: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.metadata, name, ...(namespace && { namespace }) },
      spec: template.spec,
    },
    leftOut: [],
  };
}

/** The queue writes into a job to which nodes it lets it go, and keeps that when the job ends: its next run is not bound to them. */
function withoutQueuesChoice(spec: { nodeSelector?: Record<string, string> }): void {
  const ours = Object.entries(spec.nodeSelector ?? {}).filter(([key]) =>
    LABEL_PREFIXES.some((prefix) => key.startsWith(`${prefix}/`)),
  );
  if (ours.length) spec.nodeSelector = Object.fromEntries(ours);
  else delete spec.nodeSelector;
}

/** An object as it may be made again. */
function withoutServer({ apiVersion, kind, metadata, status: _, ...rest }: KubeObject): KubeObject {
  const { name, namespace, labels, annotations = {} } = metadata;
  const own = Object.entries(annotations).filter(
    ([key]) =>
      !key.startsWith('batch.kubernetes.io/') && !key.endsWith(`/${STOPPED}`) && !key.endsWith(`/${UNFINISHED}`),
  );
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace && { namespace }),
      ...(labels && { labels }),
      annotations: Object.fromEntries(own),
    },
    ...(kind === 'Service' ? { ...rest, spec: withoutAddresses(rest.spec as Record<string, unknown>) } : rest),
  };
}

/** A Service's spec without the addresses that the cluster gave it. */
function withoutAddresses({ clusterIPs: _, ipFamilies: __, ipFamilyPolicy: ___, ...spec }: Record<string, unknown>) {
  return spec.clusterIP === 'None' ? spec : { ...spec, clusterIP: undefined };
}
