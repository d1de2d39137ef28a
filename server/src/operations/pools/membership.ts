import { message } from '../../../../l10n/index.ts';
import { readDocument } from '../../kinds/document.ts';
import type { NodeLabels } from '../../kinds/manifests/built.ts';
import { OFFLINE } from '../../kinds/manifests/site.ts';
import { buildPool, leavingNodes, poolConfigMap, SYSTEM_NAMESPACE } from '../../kinds/pool/manifests.ts';
import type { PoolModel } from '../../kinds/pool/model.ts';
import { applyChanges } from '../../model/edits/pieces.ts';
import { toTextChanges } from '../../model/edits.ts';
import type { Change } from '../../model/finding.ts';
import { ourLabel } from '../../model/kubeObject.ts';
import { hideSecrets, SECRET_MARKER } from '../../model/secrets.ts';
import type { NodeRecord } from '../../state/records.ts';
import { GpuctlError } from '../error.ts';
import type { Cluster, KubeObject } from '../ports.ts';
import { ignoreForbidden } from '../priorityClass.ts';
import { isOurs, Refusals } from '../refusals.ts';
import type { Session } from '../session.ts';
import { applySettings } from '../settings/applySettings.ts';
import { emptyPlan, listNodes, type PlannedObject, planApplied, type Trying, tryNodes } from '../settings/settings.ts';
import { settingsAnnotations } from '../settings/settingsOrigin.ts';
import { choosePrefix } from '../site.ts';
import type { Prepared } from '../submit/plan.ts';
import { joinAsks, poolAsks } from './poolAsks.ts';

/** Nodes that go into a pool, or (`undefined`) out of theirs. */
export interface Membership {
  nodes: readonly string[];
  pool: string | undefined;
}

/** A node that is to be in a pool, with the type of its GPUs where the pool's other nodes tell it. */
interface Joining {
  name: string;
  gpuType: string | undefined;
}

/**
 * Looks what putting nodes into a pool, or taking them out of theirs, would do, and has the cluster judge all of it, without any effect.
 * Other nodes of those pools stay as they are, whatever the pools' documents say. A document that is kept in the cluster is changed along,
 * so that it lists who is there. Everything that others lose stands in `asks`. Throws GpuctlError with everything that is in the way.
 */
export async function planMembership(
  session: Session,
  cluster: Cluster,
  { nodes: names, pool }: Membership,
  signal: AbortSignal,
): Promise<Prepared> {
  const all = await listNodes(cluster, signal);
  const chosen = all.filter(({ name }) => names.includes(name));
  if (!chosen.length) throw noSuchNode(names[0] ?? '', cluster);
  const gone = names.filter((name) => !chosen.some((node) => node.name === name));
  const left = [...new Set(chosen.flatMap(({ pool: from }) => (from === undefined || from === pool ? [] : [from])))];
  const plan = emptyPlan(cluster, 'pool', pool ?? left.join(', '));
  const trying: Trying = { cluster, signal, refusals: new Refusals() };
  const joining =
    pool === undefined ? [] : chosen.map((node) => ({ name: node.name, gpuType: typeFor(node, pool, all) }));
  const labels =
    pool === undefined
      ? left.flatMap((from) => leavingNodes(from, chosen, new Set()))
      : buildPool(modelOf(pool, joining), { ...OFFLINE, prefix: choosePrefix(session, all), nodes: chosen }).nodes;
  const user = await cluster.whoAmI({ signal }).catch(() => undefined);
  const leaving = chosen.map(({ name }) => name);
  const [changed, ...documents] = await Promise.all([
    tryNodes(labels, trying),
    ...(pool === undefined ? [] : [planDocument(pool, joining, [], user, trying)]),
    ...left.map((from) => planDocument(from, [], leaving, user, trying)),
  ]);
  trying.refusals.throw();
  const applied = documents.filter((one) => typeof one === 'object');
  const stale = [...(pool === undefined ? [] : [pool]), ...left].filter((_, at) => documents[at] === 'stale');
  plan.changes.push(...changed.changes, ...applied.map(({ change }) => change));
  if (plan.changes.every((change) => change.do === 'leave')) plan.outcome = 'unchanged';
  plan.warnings.push(
    ...gone.map((node) => message('settings.no-such-node', { node, cluster: cluster.context.cluster })),
    ...changed.gone.map((node) => message('finding.pool.unknown-node', { node })),
    ...stale.map((name) => message('settings.document-stays', { name })),
  );
  plan.asks.push(
    ...(pool === undefined ? [] : await joinAsks(session, cluster, pool, changed.nodes, signal)),
    ...(await asksOfPools(session, cluster, pool, left, changed.nodes, all, signal)),
  );
  const built = { kept: [], applied: applied.map(({ object }) => object), nodes: changed.nodes };
  return { plan, carryOut: (signal) => applySettings(cluster, built, plan, signal) };
}

/** What others lose, a pool after the other where nodes of several leave theirs. */
async function asksOfPools(
  session: Session,
  cluster: Cluster,
  pool: string | undefined,
  left: readonly string[],
  changed: readonly NodeLabels[],
  all: readonly NodeRecord[],
  signal: AbortSignal,
) {
  if (pool !== undefined) return poolAsks(session, cluster, pool, changed, signal);
  const poolOf = new Map(all.map((node) => [node.name, node.pool]));
  const asks = left.map((from) => {
    const leaving = changed.filter(({ node }) => poolOf.get(node) === from);
    return poolAsks(session, cluster, from, leaving, signal);
  });
  return (await Promise.all(asks)).flat();
}

/** The type that a node is to bear in a pool: as nodes with the same GPUs bear it there, else elsewhere. Its own, where it has one, stays. */
function typeFor(node: NodeRecord, pool: string, all: readonly NodeRecord[]): string | undefined {
  const { gpuProduct } = node;
  if (gpuProduct === undefined || labelledType(node) !== undefined) return undefined;
  const same = all.filter((other) => other.gpuProduct === gpuProduct && labelledType(other) !== undefined);
  const found = same.find((other) => other.pool === pool) ?? same[0];
  return found && labelledType(found);
}

const labelledType = ({ labels }: NodeRecord): string | undefined =>
  ourLabel(labels, 'gpu-type') ?? ourLabel(labels, 'gpuType');

const modelOf = (name: string, nodes: Joining[]): PoolModel => ({
  kind: 'pool',
  name,
  description: undefined,
  nodes,
  site: {},
  sections: { kind: 'pool', pool: { name } },
});

/**
 * What becomes of the document of a pool that is kept in the cluster; `undefined` where it has none of ours, or lists them so already, `stale`
 * where it cannot be seen or is broken.
 */
async function planDocument(
  pool: string,
  joining: readonly Joining[],
  leaving: readonly string[],
  user: string | undefined,
  trying: Trying,
): Promise<PlannedObject | 'stale' | undefined> {
  const { cluster, signal } = trying;
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: SYSTEM_NAMESPACE, name: poolConfigMap(pool) };
  const kept = await cluster.read(ref, { signal }).catch((error) => {
    ignoreForbidden(error);
    return 'stale' as const;
  });
  if (kept === 'stale') return kept;
  if (!kept || !isOurs(kept)) return undefined;
  const text = (kept.data as Record<string, string> | undefined)?.['pool.yaml'] ?? '';
  const listed = relist(text, joining, leaving);
  if (listed === text) return undefined;
  const document = listed === undefined ? undefined : readDocument(listed, 'gpuctl');
  if (document?.model?.kind !== 'pool') return 'stale';
  const source = hideSecrets(document.text, SECRET_MARKER);
  const [wanted] = buildPool(document.model as PoolModel, { ...OFFLINE, annotations: { source } }).applied;
  const path = ourLabel(kept.metadata.annotations, 'source-path');
  const annotations = settingsAnnotations({ document, path, gitCommit: undefined }, user);
  return planApplied(wanted as KubeObject, annotations, false, trying);
}

/** The text of a pool's document with other nodes in it; `undefined` where it cannot be changed without a look. */
export function relist(text: string, joining: readonly Joining[], leaving: readonly string[]): string | undefined {
  const document = readDocument(text, 'gpuctl');
  if (document?.model?.kind !== 'pool') return undefined;
  const listed = new Set((document.model as PoolModel).nodes.map(({ name }) => name));
  const changes: Change[] = [
    ...leaving.filter((name) => listed.has(name)).map((name): Change => ({ do: 'remove', path: ['nodes', name] })),
    ...joining
      .filter(({ name }) => !listed.has(name))
      .map(({ name, gpuType }): Change => ({ do: 'set', path: ['nodes', name], value: gpuType ? { gpuType } : {} })),
  ];
  const edits = toTextChanges(changes, document.tree());
  return edits && applyChanges(text, edits);
}

function noSuchNode(node: string, { context: { cluster } }: Cluster): GpuctlError {
  return new GpuctlError('settings.no-such-node', message('settings.no-such-node', { node, cluster }));
}
