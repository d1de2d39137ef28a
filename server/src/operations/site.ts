import { type Message, message } from '../../../l10n/index.ts';
import type { Site } from '../frameworks/framework.ts';
import type { JobModel } from '../kinds/kind.ts';
import { LABEL_PREFIXES, type LabelPrefix } from '../model/kubeObject.ts';
import { toPool } from '../state/project.ts';
import type { NodeRecord } from '../state/records.ts';
import { GpuctlError } from './error.ts';
import type { Cluster } from './ports.ts';
import type { Session } from './session.ts';
import { SYSTEM_NAMESPACE } from './watches.ts';

/** Values of `job.priority` as Kubernetes priorities; `gpuctl-yaml.md`, common sections. */
const PRIORITIES = {
  high: { value: 1_000_000, preemptionPolicy: 'PreemptLowerPriority' },
  medium: { value: 500_000, preemptionPolicy: 'PreemptLowerPriority' },
  low: { value: 100, preemptionPolicy: 'Never' },
} as const;

/** Finds out what a build depends on. What may not be looked at takes its default. */
export async function findSite(
  session: Session,
  cluster: Cluster,
  model: JobModel,
  namespace: string,
  signal: AbortSignal,
): Promise<{ site: Site; warnings: Message[] }> {
  const { pool } = model.demand;
  const warnings: Message[] = [];
  const poolNodes = [...session.state.nodes].filter((node) => node.pool === pool);
  const [known, priorityClass] = await Promise.all([
    pool === undefined ? undefined : readPool(session, cluster, pool, signal),
    ensurePriorityClass(cluster, model.priority, signal),
  ]);
  if (!priorityClass) warnings.push(message('submit.no-priority', { priority: model.priority }));
  return {
    site: {
      namespace,
      prefix: choosePrefix(session),
      pool: known?.site ?? {},
      poolNodes,
      priorityClass,
      annotations: {},
    },
    warnings,
  };
}

async function readPool(session: Session, cluster: Cluster, name: string, signal: AbortSignal) {
  const held = session.state.pool(name);
  if (held) return held;
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: SYSTEM_NAMESPACE, name: `gpuctl-pool-${name}` };
  const object = await cluster.read(ref, { signal }).catch(ignoreForbidden);
  return object && toPool(object);
}

/** The prefix that the cluster's nodes and workloads bear already, else ours; `gpuctl-yaml.md`, labels and names. */
export function choosePrefix(session: Session): LabelPrefix {
  const [ours, older] = LABEL_PREFIXES;
  const bears = (node: NodeRecord, prefix: LabelPrefix) =>
    Object.keys(node.labels).some((key) => key.startsWith(`${prefix}/`));
  const nodes = [...session.state.nodes];
  return nodes.some((node) => bears(node, older)) && !nodes.some((node) => bears(node, ours)) ? older : ours;
}

/** Whether the priority may be named: its class exists, was made now, or may not be looked at (then the dry run tells). */
async function ensurePriorityClass(
  cluster: Cluster,
  priority: JobModel['priority'],
  signal: AbortSignal,
): Promise<boolean> {
  const name = `gpuctl-${priority}`;
  const ref = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', name };
  try {
    if (await cluster.read(ref, { signal })) return true;
  } catch (error) {
    if (isForbidden(error)) return true;
    throw error;
  }
  const labels = { 'app.kubernetes.io/managed-by': 'gpuctl' };
  try {
    await cluster.create(
      { apiVersion: ref.apiVersion, kind: ref.kind, metadata: { name, labels }, ...PRIORITIES[priority] },
      { signal },
    );
    return true;
  } catch (error) {
    if (isForbidden(error)) return false;
    if (error instanceof GpuctlError && error.reason === 'AlreadyExists') return true;
    throw error;
  }
}

const isForbidden = (error: unknown): boolean => error instanceof GpuctlError && error.status === 403;

function ignoreForbidden(error: unknown): undefined {
  if (!isForbidden(error)) throw error;
}
