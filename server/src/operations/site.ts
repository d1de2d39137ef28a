import { type Message, message } from '../../../l10n/index.ts';
import type { Site } from '../frameworks/framework.ts';
import type { JobModel } from '../kinds/kind.ts';
import { type KubeObject, LABEL_PREFIXES, type LabelPrefix } from '../model/kubeObject.ts';
import { toNode, toPool } from '../state/project.ts';
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

/** What a submit needs to know of the cluster. */
export interface FoundSite {
  site: Site;
  warnings: Message[];
  /** Makes the PriorityClass that is missing but may be made; to be called once nothing else can refuse the job. */
  makePriorityClass: (() => Promise<void>) | undefined;
}

/** Finds out what a build depends on. What may not be looked at takes its default, and is said where it matters. */
export async function findSite(
  session: Session,
  cluster: Cluster,
  model: JobModel,
  namespace: string,
  signal: AbortSignal,
): Promise<FoundSite> {
  const { pool, gpuType } = model.demand;
  const warnings: Message[] = [];
  const [nodes, known, priority] = await Promise.all([
    listNodes(session, cluster, signal),
    pool === undefined ? undefined : readPool(session, cluster, pool, signal),
    findPriorityClass(cluster, model.priority, signal),
  ]);
  if (!nodes.length && (pool ?? gpuType) !== undefined) warnings.push(message('submit.nodes-unknown'));
  if (priority === 'absent') warnings.push(message('submit.no-priority', { priority: model.priority }));
  return {
    site: {
      namespace,
      prefix: choosePrefix(nodes),
      pool: known?.site ?? {},
      poolNodes: nodes.filter((node) => node.pool === pool),
      priorityClass: priority === 'present',
      annotations: {},
    },
    warnings,
    makePriorityClass:
      priority === 'may-be-made' ? () => makePriorityClass(cluster, model.priority, signal) : undefined,
  };
}

/** The nodes that are held, else asked for now: a submit may come before anybody looked at the cluster. */
async function listNodes(session: Session, cluster: Cluster, signal: AbortSignal): Promise<NodeRecord[]> {
  if (session.state.hasNodes) return [...session.state.nodes];
  const nodes = await cluster.list({ apiVersion: 'v1', kind: 'Node' }, { signal }).catch(ignoreForbidden);
  return (nodes ?? []).map(toNode);
}

async function readPool(session: Session, cluster: Cluster, name: string, signal: AbortSignal) {
  const held = session.state.pool(name);
  if (held) return held;
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: SYSTEM_NAMESPACE, name: `gpuctl-pool-${name}` };
  const object = await cluster.read(ref, { signal }).catch(ignoreForbidden);
  return object && toPool(object);
}

/** The prefix that the cluster's nodes bear already, else ours; `gpuctl-yaml.md`, labels and names. */
function choosePrefix(nodes: readonly NodeRecord[]): LabelPrefix {
  const [ours, older] = LABEL_PREFIXES;
  const bears = (prefix: LabelPrefix) =>
    nodes.some(({ labels }) => Object.keys(labels).some((key) => key.startsWith(`${prefix}/`)));
  return bears(older) && !bears(ours) ? older : ours;
}

const priorityClass = (priority: JobModel['priority']): KubeObject => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name: `gpuctl-${priority}`, labels: { 'app.kubernetes.io/managed-by': 'gpuctl' } },
  ...PRIORITIES[priority],
});

/** A class that may not be looked at counts as present: the dry run tells otherwise. */
async function findPriorityClass(
  cluster: Cluster,
  priority: JobModel['priority'],
  signal: AbortSignal,
): Promise<'present' | 'may-be-made' | 'absent'> {
  const wanted = priorityClass(priority);
  const { apiVersion, kind, metadata } = wanted;
  try {
    if (await cluster.read({ apiVersion, kind, name: metadata.name }, { signal })) return 'present';
  } catch (error) {
    if (isForbidden(error)) return 'present';
    throw error;
  }
  try {
    await cluster.create(wanted, { signal, dryRun: true });
    return 'may-be-made';
  } catch (error) {
    if (isForbidden(error)) return 'absent';
    throw error;
  }
}

async function makePriorityClass(cluster: Cluster, priority: JobModel['priority'], signal: AbortSignal): Promise<void> {
  try {
    await cluster.create(priorityClass(priority), { signal });
  } catch (error) {
    if (!(error instanceof GpuctlError && error.reason === 'AlreadyExists')) throw error;
  }
}

const isForbidden = (error: unknown): boolean => error instanceof GpuctlError && error.status === 403;

/** For `catch`: what may not be looked at is taken as not there. */
export function ignoreForbidden(error: unknown): undefined {
  if (!isForbidden(error)) throw error;
}
