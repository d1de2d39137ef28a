import { message } from '../../../l10n/index.ts';
import { OFFLINE } from '../kinds/manifests/site.ts';
import { type KubeObject, ourLabel } from '../model/kubeObject.ts';
import type { JobSourceDto } from '../protocol.ts';
import { cancelled, GpuctlError } from './error.ts';
import type { JobTarget } from './lifecycle.ts';
import { findMain } from './mainResource.ts';
import type { Cluster } from './ports.ts';
import { templateOf } from './rebuild/readPod.ts';
import { explained, rebuild } from './rebuild/rebuild.ts';
import type { Session } from './session.ts';
import { sourceOf } from './source.ts';
import type { Say } from './views.ts';

/**
 * The document behind a job: the one that it was submitted with, where that was noted down; else one rebuilt from its resources, as for
 * what the older tool or kubectl made. Throws GpuctlError where the job is gone, or another cluster is meant.
 */
export function readJobSource(
  session: Session,
  { job: { namespace, name }, context }: JobTarget,
  say: Say,
  signal: AbortSignal,
): Promise<JobSourceDto> {
  return session.use(async (cluster) => {
    const { context: now, cluster: clusterName } = cluster.context;
    if (context !== undefined && context !== now)
      throw new GpuctlError('job.other-cluster', message('lifecycle.other-cluster', { name, context, now }));
    const main = await findMain(cluster, namespace, name, signal);
    if (!main) throw new GpuctlError('job.gone', message('delete.gone', { name, namespace }));
    const where = { context: now, cluster: clusterName };
    const { annotations } = main.metadata;
    const [path, hash] = [ourLabel(annotations, 'source-path'), ourLabel(annotations, 'spec-hash')];
    const kept = sourceOf(main);
    if (kept !== undefined)
      return { ...where, text: kept, rebuilt: false, ...(path && { path }), ...(hash && { hash }) };
    const { state } = session;
    const pool = ourLabel(main.metadata.labels, 'pool');
    const base = {
      ...OFFLINE,
      nodes: [...state.nodesIn(pool === 'default' ? undefined : pool)],
      pool: (pool === undefined ? undefined : state.pool(pool)?.site) ?? {},
    };
    const text = explained(rebuild(main, await partsOf(cluster, main, signal), base), main, clusterName, say);
    return { ...where, text, rebuilt: true };
  });
}

/** Kinds of what may belong to a job, by whoever it was made. */
const LISTED = [
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
] as const;

/** What belongs to a main resource, as far as it may be seen: what leads to its pods, scales it, and what we call after it. */
async function partsOf(cluster: Cluster, main: KubeObject, signal: AbortSignal): Promise<KubeObject[]> {
  const { name, namespace = '' } = main.metadata;
  const { metadata, spec } = templateOf(main);
  const labels = { ...(metadata?.labels as Record<string, string>), 'batch.kubernetes.io/job-name': name };
  const claims = (spec.volumes ?? []).flatMap(({ persistentVolumeClaim }) => {
    const { claimName } = (persistentVolumeClaim ?? {}) as { claimName?: string };
    return claimName?.startsWith(`${name}-workdir-`) ? [claimName] : [];
  });
  const named = [
    { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: `${name}-deepspeed` },
    ...claims.map((claim) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name: claim })),
  ];
  const lists = LISTED.map(async ({ apiVersion, kind }) => {
    const found = await cluster.list({ apiVersion, kind, namespace }, { signal });
    return found.map((object) => ({ ...object, apiVersion, kind })).filter((one) => belongs(one, name, labels));
  });
  const reads = named.map(async (ref) => [await cluster.read(ref, { signal })].filter((one) => one !== undefined));
  const answers = await Promise.allSettled([...lists, ...reads]);
  if (signal.aborted) throw cancelled();
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
}

function belongs({ kind, spec }: KubeObject, name: string, labels: Record<string, string>): boolean {
  if (kind !== 'Service') return (spec as { scaleTargetRef?: { name?: string } }).scaleTargetRef?.name === name;
  const { selector = {} } = spec as { selector?: Record<string, string> };
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
