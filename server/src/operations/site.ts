import { randomBytes } from 'node:crypto';
import { type Message, message } from '../../../l10n/index.ts';
import { acceleratorOf, heldPrefix } from '../capacity/heldSite.ts';
import { isOfType } from '../capacity/nodeType.ts';
import { type DocumentModel, isJob, type JobModel } from '../kinds/kind.ts';
import { OFFLINE, type Site } from '../kinds/manifests/site.ts';
import { type KubeObject, LABEL_PREFIXES, type LabelPrefix, prefixOf } from '../model/kubeObject.ts';
import { toNode, toPool } from '../state/project.ts';
import type { NodeRecord, PoolRecord } from '../state/records.ts';
import { GpuctlError } from './error.ts';
import { MAIN_RESOURCES } from './mainResource.ts';
import type { Cluster, CollectionRef } from './ports.ts';
import { findPriorityClass, ignoreForbidden, makePriorityClass } from './priorityClass.ts';
import { findRack } from './rack.ts';
import { findQueue, findScaling, findSharing } from './services.ts';
import type { Session } from './session.ts';
import { SYSTEM_NAMESPACE } from './watches.ts';

/** What a submit needs to know of the cluster. */
export interface FoundSite {
  site: Site;
  warnings: Message[];
  /** Makes the PriorityClass that is missing but may be made; to be called once nothing else can refuse the job. */
  makePriorityClass: (() => Promise<void>) | undefined;
}

/**
 * Finds out what a build depends on. What may not be looked at takes its default, and is said where it matters. What was decided for a job
 * that is there holds: `existing` is its main resource.
 */
export async function findSite(
  session: Session,
  cluster: Cluster,
  model: JobModel,
  namespace: string,
  existing: KubeObject | undefined,
  signal: AbortSignal,
): Promise<FoundSite> {
  const { pool, gpuType } = model.demand;
  const warnings: Message[] = [];
  const [nodes, known, priority] = await Promise.all([
    findNodes(session, cluster, model, signal),
    pool === undefined ? undefined : readPool(session, cluster, pool, signal),
    findPriorityClass(cluster, model.priority, signal),
  ]);
  const settings = known === 'unknown' ? {} : (known?.site ?? {});
  if (pool !== undefined && settings.restricted) await requireUse(cluster, pool, signal);
  const { prometheus = session.connectionOptions.prometheus } = settings;
  const readSettings = known === 'unknown' ? undefined : settings;
  const [queue, scaling, sharing, prefix] = await Promise.all([
    findQueue(cluster, model, readSettings, { namespace, existing }, signal),
    findScaling(cluster, model, prometheus, existing, signal),
    findSharing(cluster, model, nodes, signal),
    existing ? prefixOf(existing) : findPrefix(session, cluster, nodes, namespace, signal),
  ]);
  if (!nodes.length && (pool ?? gpuType) !== undefined) warnings.push(message('submit.nodes-unknown'));
  if (prefix === undefined && (pool ?? gpuType) !== undefined)
    warnings.push(message('submit.prefix-unknown', { prefix: LABEL_PREFIXES[0] }));
  if (priority === 'absent') warnings.push(message('submit.no-priority', { priority: model.priority }));
  const site: Site = {
    ...OFFLINE,
    namespace,
    prefix: prefix ?? LABEL_PREFIXES[0],
    pool: settings,
    nodes,
    priorityClass: priority === 'present',
    accelerator: acceleratorOf(model, nodes),
    sharing,
    scaling,
    queue: queue.value,
    token: randomBytes(24).toString('hex'),
  };
  const rack = await findRack(session, cluster, nodes, model, site, existing, signal);
  return {
    site: { ...site, rack: rack.value },
    warnings: [...warnings, ...queue.warnings, ...rack.warnings],
    makePriorityClass:
      priority === 'may-be-made' ? () => makePriorityClass(cluster, model.priority, signal) : undefined,
  };
}

/** A pool that is not for everybody is for those who have the verb `use` on it (`decisions.md` 28). Where that cannot be asked, the cluster decides. */
async function requireUse(cluster: Cluster, pool: string, signal: AbortSignal): Promise<void> {
  const access = { verb: 'use', group: 'gpuctl', resource: 'pools', name: pool };
  if ((await cluster.mayI(access, { signal })) !== false) return;
  const say = message('submit.pool-restricted', { pool });
  throw new GpuctlError('submit.pool-restricted', say, { hint: message('submit.pool-restricted.hint') });
}

/** What a build depends on as far as it is held. Pure; offline without a cluster. */
export function heldSite(session: Session, model: DocumentModel): Site {
  if (session.status.target) return session.outlook.site(model);
  return { ...OFFLINE, namespace: isJob(model) ? model.namespace : undefined };
}

/** Differs where a held site may differ. */
export function heldSitesKey(session: Session): string {
  const { state, status, connectionOptions } = session;
  const nodes = [...state.nodes];
  return JSON.stringify([
    status.target?.context,
    status.namespace,
    choosePrefix(session, nodes),
    connectionOptions.prometheus,
    nodes.map(numberOf),
    [...state.pools].map(({ name, site }) => [name, site]),
  ]);
}

/** A number for each record of a node: what is held is replaced, never changed, and its labels are long. */
function numberOf(node: NodeRecord): number {
  const number = numbers.get(node) ?? ++given;
  numbers.set(node, number);
  return number;
}
const numbers = new WeakMap<NodeRecord, number>();
let given = 0;

/** The nodes that are held, else asked for now: a submit may come before anybody looked at the cluster. */
async function listNodes(session: Session, cluster: Cluster, signal: AbortSignal): Promise<NodeRecord[]> {
  return session.state.hasNodes ? [...session.state.nodes] : readNodes(cluster, signal);
}

/** The nodes as they are now. Those that may not be seen are none. */
export async function readNodes(cluster: Cluster, signal: AbortSignal): Promise<NodeRecord[]> {
  const nodes = await cluster.list({ apiVersion: 'v1', kind: 'Node' }, { signal }).catch(ignoreForbidden);
  return (nodes ?? []).map(toNode);
}

/** The nodes for a job. What is held may be behind the labels of a pool that was submitted just before. */
async function findNodes(
  session: Session,
  cluster: Cluster,
  { demand: { pool, gpuType } }: JobModel,
  signal: AbortSignal,
): Promise<NodeRecord[]> {
  const nodes = await listNodes(session, cluster, signal);
  const suits = (node: NodeRecord) => node.pool === pool && (gpuType === undefined || isOfType(node, gpuType));
  return pool === undefined || !session.state.hasNodes || nodes.some(suits) ? nodes : readNodes(cluster, signal);
}

/** A pool as it is now: what is held may be behind what was just written. `undefined`: there is none. */
async function readPool(
  session: Session,
  cluster: Cluster,
  name: string,
  signal: AbortSignal,
): Promise<PoolRecord | 'unknown' | undefined> {
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: SYSTEM_NAMESPACE, name: `gpuctl-pool-${name}` };
  try {
    const object = await cluster.read(ref, { signal });
    return object && toPool(object);
  } catch (error) {
    return ignoreForbidden(error) ?? session.state.pool(name) ?? 'unknown';
  }
}

/** The prefix of the labels that we write, by what is held. */
export const choosePrefix = ({ state, connectionOptions }: Session, nodes: readonly NodeRecord[]): LabelPrefix =>
  heldPrefix(state, connectionOptions.labelPrefix, nodes) ?? LABEL_PREFIXES[0];

/** The same, with a look at the jobs of the namespace where nothing that is held bears a prefix; `undefined` where nothing may be seen. */
async function findPrefix(
  session: Session,
  cluster: Cluster,
  nodes: readonly NodeRecord[],
  namespace: string,
  signal: AbortSignal,
): Promise<LabelPrefix | undefined> {
  const held = heldPrefix(session.state, session.connectionOptions.labelPrefix, nodes);
  if (held) return held;
  const [ours, older] = LABEL_PREFIXES;
  const collections = MAIN_RESOURCES.map((resource) => ({ ...resource, namespace }));
  const names = async (labelSelector: string) => {
    const list = (collection: CollectionRef) =>
      cluster.listNames({ ...collection, labelSelector }, { signal }).catch(ignoreForbidden);
    return (await Promise.all(collections.map(list))).filter((found) => found !== undefined);
  };
  const found = await names(`${older}/job-type,!${ours}/job-type`);
  if (!found.length) return nodes.length ? ours : undefined;
  if (!found.flat().length) return ours;
  return (await names(`${ours}/job-type`)).flat().length ? ours : older;
}
