import { type DocumentModel, isJob, type JobModel } from '../kinds/kind.ts';
import { OFFLINE, type Site } from '../kinds/manifests/site.ts';
import { DEFAULT_ACCELERATOR, isSliceOf } from '../model/accelerators.ts';
import { LABEL_PREFIXES, type LabelPrefix } from '../model/kubeObject.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { NodeRecord } from '../state/records.ts';
import { isOfType } from './nodeType.ts';
import { sharingOf } from './sharing.ts';

/** What a person decided that builds depend on, and where jobs go that name no namespace. */
export interface SiteSettings {
  namespace: string;
  /** Prefix of the labels that are written; `undefined`: the one that the cluster bears already. */
  labelPrefix: string | undefined;
  /** Address of the Prometheus that autoscaling asks. */
  prometheus: string | undefined;
  /** Whether the cluster has queues (Kueue); `undefined` where that is not known. */
  queues?: boolean | undefined;
}

/** What a build depends on as far as it is held: nodes and pools; the rest as offline. For what follows every key and may not wait. */
export function heldSite(state: ClusterState, settings: SiteSettings, model: DocumentModel): Site {
  const job = isJob(model) ? model : undefined;
  const nodes = [...(job ? state.nodesIn(job.demand.pool) : state.nodes)];
  const pool = job?.demand.pool === undefined ? undefined : state.pool(job.demand.pool);
  const prometheus = pool?.site.prometheus ?? settings.prometheus;
  return {
    ...OFFLINE,
    namespace: job?.namespace ?? settings.namespace,
    prefix: heldPrefix(state, settings.labelPrefix) ?? LABEL_PREFIXES[0],
    pool: pool?.site ?? {},
    nodes,
    ...(job && { accelerator: acceleratorOf(job, nodes) }),
    ...(job?.sections.resources?.gpuShare !== undefined && { sharing: sharingOf(nodes) }),
    ...(prometheus && { scaling: { by: 'keda', prometheus } }),
  };
}

/**
 * The prefix of the labels that we write: as the setting says, else the one that nodes or jobs of the cluster bear already;
 * `gpuctl-yaml.md`, labels and names. `undefined`: nothing that is held bears one.
 */
export function heldPrefix(
  state: ClusterState,
  labelPrefix: string | undefined,
  nodes: Iterable<NodeRecord> = state.nodes,
): LabelPrefix | undefined {
  const wanted = LABEL_PREFIXES.find((prefix) => prefix === labelPrefix);
  if (wanted) return wanted;
  const all = [...nodes];
  const jobs = [...state.workloads];
  return LABEL_PREFIXES.find(
    (prefix) => all.some((node) => bears(node, `${prefix}/`)) || jobs.some((job) => job.prefix === prefix),
  );
}

function bears({ labels }: NodeRecord, start: string): boolean {
  for (const key in labels) if (key.startsWith(start)) return true;
  return false;
}

/**
 * The resource by which GPUs are asked for: NVIDIA's where the nodes that the job may go to have it, unless its GPU type is a slice;
 * else the one that most of them have.
 */
export function acceleratorOf({ demand: { pool, gpuType } }: JobModel, nodes: readonly NodeRecord[]): string {
  const members = nodes.filter((node) => node.pool === pool);
  const slice = gpuType && members.flatMap(({ allocatable }) => Object.keys(allocatable.gpus)).find(isSliceOf(gpuType));
  if (slice) return slice;
  const counts = new Map<string, number>();
  for (const node of members) {
    if (gpuType !== undefined && !isOfType(node, gpuType)) continue;
    for (const [name, count] of Object.entries(node.allocatable.gpus))
      if (count > 0) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  if (!counts.size || counts.has(DEFAULT_ACCELERATOR)) return DEFAULT_ACCELERATOR;
  return (
    [...counts].toSorted(([a, one], [b, other]) => other - one || a.localeCompare(b))[0]?.[0] ?? DEFAULT_ACCELERATOR
  );
}
