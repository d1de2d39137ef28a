import { type Message, message } from '../../../../l10n/index.ts';
import type { DocumentModel } from '../../kinds/kind.ts';
import type { BuiltSettings } from '../../kinds/manifests/built.ts';
import { OFFLINE } from '../../kinds/manifests/site.ts';
import type { PoolModel } from '../../kinds/pool/model.ts';
import { hideSecrets, SECRET_MARKER } from '../../model/secrets.ts';
import { toNode, toPool } from '../../state/project.ts';
import type { NodeRecord } from '../../state/records.ts';
import { GpuctlError } from '../error.ts';
import { poolAsks } from '../pools/poolAsks.ts';
import { type Cluster, type CollectionRef, type KubeObject, type ObjectRef, refOf } from '../ports.ts';
import { ignoreForbidden } from '../priorityClass.ts';
import { Refusals, requireOurs } from '../refusals.ts';
import type { Session } from '../session.ts';
import { choosePrefix } from '../site.ts';
import type { Outcome, Plan, PlannedChange, Prepared } from '../submit/plan.ts';
import type { Origin } from '../submit/planJob.ts';
import { changedFields } from '../submit/tryOut.ts';
import { applySettings } from './applySettings.ts';
import { settingsAnnotations, toldOf, unlimitedAsks, whoseElse } from './settingsOrigin.ts';

/** A pool as it may be called: part of an object's name and the value of a label. */
const POOL_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_VALUE = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/**
 * Looks what a submit of a pool or a quota would do, and has the cluster judge all of it, without any effect. Throws GpuctlError with
 * everything that is in the way.
 */
export async function planSettings(
  session: Session,
  cluster: Cluster,
  model: DocumentModel,
  origin: Omit<Origin, 'hold'>,
  signal: AbortSignal,
): Promise<Prepared> {
  const { kind, name } = model;
  const { document } = origin;
  const plan = emptyPlan(cluster, kind, name);
  const refusals = new Refusals();
  const nodes = kind === 'pool' ? await listNodes(cluster, signal) : [];
  const source = hideSecrets(document.text, SECRET_MARKER);
  if (kind === 'pool') checkPool(model as PoolModel, refusals);
  if (kind === 'pool' && source !== document.text) plan.warnings.push(message('settings.secret-hidden', { name }));
  refusals.throw();
  const site = { ...OFFLINE, prefix: choosePrefix(session, nodes), nodes, annotations: { source } };
  const built = document.kind?.build(model, site) as BuiltSettings;
  const trying: Trying = { cluster, signal, refusals };
  const user = await cluster.whoAmI({ signal }).catch(() => undefined);
  const annotations = settingsAnnotations(origin, user);
  const kept = await Promise.all(built.kept.map((object) => planKept(object, trying)));
  const isNew = (namespace: string | undefined) =>
    kept.some((change) => change.do === 'create' && change.object.name === namespace);
  const [applied, changed, obsolete] = await Promise.all([
    Promise.all(
      built.applied.map((object) => planApplied(object, annotations, isNew(object.metadata.namespace), trying)),
    ),
    tryNodes(built.nodes, trying),
    built.obsolete && planObsolete(built.obsolete, built.applied, trying),
  ]);
  refusals.throw();
  if (built.obsolete && !obsolete) {
    const { cluster: where } = cluster.context;
    plan.warnings.push(message('settings.other-namespaces-unknown', { name, cluster: where }));
  }
  plan.warnings.push(...built.leftOut, ...changed.gone.map((node) => message('finding.pool.unknown-node', { node })));
  plan.changes.push(
    ...kept,
    ...applied.map(({ change }) => change),
    ...changed.changes,
    ...(obsolete ?? []).map(({ change }) => change),
  );
  plan.outcome = outcomeOf(plan, applied);
  const losing = [...applied.filter(({ change }) => change.do === 'change'), ...(obsolete ?? [])];
  plan.asks.push(
    ...whoseElse(
      model,
      losing.flatMap(({ current }) => current ?? []),
      annotations,
    ),
    ...unlimitedAsks(
      name,
      (obsolete ?? []).map(({ change }) => change),
    ),
    ...applied.flatMap((one) => openedAsks(name, one)),
    ...(await poolAsks(session, cluster, name, changed.nodes, signal)),
  );
  const final = { ...built, applied: applied.map(({ object }) => object), nodes: changed.nodes };
  return { plan, carryOut: (signal) => applySettings(cluster, final, plan, signal) };
}

function outcomeOf({ changes }: Plan, applied: readonly PlannedObject[]): Outcome {
  if (changes.every((change) => change.do === 'leave')) return 'unchanged';
  return applied.length && applied.every(({ change }) => change.do === 'create') ? 'created' : 'changed';
}

/** An object as it is to be, as it is now, and what is done to it. */
export interface PlannedObject {
  object: KubeObject;
  current: KubeObject | undefined;
  change: PlannedChange;
}

/** Whether a pool that was for some only is for everybody afterwards. */
function openedAsks(name: string, { object, current }: PlannedObject): Message[] {
  const isRestricted = (one: KubeObject | undefined) => one && toPool(one)?.site.restricted === true;
  return isRestricted(current) && !isRestricted(object) ? [message('settings.ask.opened', { name })] : [];
}

/** A plan for a pool or a quota in which nothing stands yet. */
export const emptyPlan = ({ context: { context, cluster } }: Cluster, kind: string, name: string): Plan => ({
  context,
  cluster,
  namespace: undefined,
  kind,
  name,
  outcome: 'changed',
  changes: [],
  asks: [],
  warnings: [],
});

/** The nodes as they are now: what is held may be behind what was just written. */
export async function listNodes(cluster: Cluster, signal: AbortSignal): Promise<NodeRecord[]> {
  return (await cluster.list({ apiVersion: 'v1', kind: 'Node' }, { signal })).map(toNode);
}

/** What goes on while a plan is tried out. */
export interface Trying {
  cluster: Cluster;
  signal: AbortSignal;
  refusals: Refusals;
}

/** Has the cluster judge the labels of nodes. A node that went away meanwhile is `gone`, and left out. */
export async function tryNodes(
  wanted: BuiltSettings['nodes'],
  { cluster, signal, refusals }: Trying,
): Promise<{ nodes: BuiltSettings['nodes']; changes: PlannedChange[]; gone: string[] }> {
  const gone = new Set<string>();
  await Promise.all(
    wanted.map(({ node, labels }) =>
      refusals.gather(async () => {
        try {
          await cluster.patch(nodeRef(node), { metadata: { labels } }, { dryRun: true, signal });
        } catch (error) {
          if ((error as GpuctlError).status !== 404) throw error;
          gone.add(node);
        }
      }),
    ),
  );
  const nodes = wanted.filter(({ node }) => !gone.has(node));
  const changes = nodes.map(({ node, labels }): PlannedChange => {
    const fields = Object.keys(labels).map((key) => `metadata.labels.${key}`);
    return { do: 'change', object: nodeRef(node), fields };
  });
  return { nodes, changes, gone: [...gone] };
}

/** Names a node. */
export const nodeRef = (name: string): ObjectRef => ({ apiVersion: 'v1', kind: 'Node', name });

/** Plans to remove an object of ours; whether that is allowed is asked, since a removal cannot be tried. */
export async function planRemoval(object: KubeObject, { cluster, signal, refusals }: Trying): Promise<PlannedChange> {
  const ref = refOf(object);
  await refusals.gather(() => requireRight(cluster, 'delete', ref, signal));
  return { do: 'remove', object: ref, fields: [] };
}

function checkPool({ name, nodes }: PoolModel, refusals: Refusals): void {
  if (!POOL_NAME.test(name) || name === 'default')
    refusals.add('settings.pool-name', message('settings.pool-name', { name }));
  for (const { name: node, gpuType: type } of nodes) {
    if (type !== undefined && !LABEL_VALUE.test(type))
      refusals.add('settings.gpu-type', message('settings.gpu-type', { node, type }));
  }
}

/** A namespace that may not be looked at counts as there: the dry run of what goes into it tells otherwise. */
async function planKept(namespace: KubeObject, { cluster, signal, refusals }: Trying): Promise<PlannedChange> {
  const object = refOf(namespace);
  const isThere = await cluster.read(object, { signal }).then(
    (found) => found !== undefined,
    (error) => ignoreForbidden(error) ?? true,
  );
  if (!isThere) await refusals.gather(() => cluster.create(namespace, { dryRun: true, signal }));
  return { do: isThere ? 'leave' : 'create', object, fields: [] };
}

/** Has the cluster judge an object as it is to be: made, changed, or left as it is. */
export async function planApplied(
  wanted: KubeObject,
  annotations: Readonly<Record<string, string>>,
  inNew: boolean,
  trying: Trying,
): Promise<PlannedObject> {
  const { cluster, signal, refusals } = trying;
  const ref = refOf(wanted);
  const planned: PlannedObject = {
    object: withAnnotations(wanted, annotations),
    current: undefined,
    change: { do: 'create', object: ref, fields: [] },
  };
  await refusals.gather(async () => {
    if (inNew) {
      for (const verb of ['create', 'patch']) await requireRight(cluster, verb, ref, signal);
      return;
    }
    const current = await cluster.read(ref, { signal });
    if (current) {
      requireOurs(cluster, current);
      planned.current = current;
      planned.object = withAnnotations(wanted, toldOf(current, annotations));
    }
    const { object: after } = await cluster.apply(planned.object, { dryRun: true, force: true, signal });
    const fields = current ? changedFields(current, after) : [];
    if (current) planned.change = { do: fields.length ? 'change' : 'leave', object: ref, fields };
  });
  return planned;
}

const withAnnotations = (object: KubeObject, annotations: Readonly<Record<string, string>>): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...annotations } },
});

/** What earlier versions of a document made and this one does not; `undefined` where that may not be looked at. */
async function planObsolete(
  { apiVersion, kind, labelSelector }: CollectionRef,
  applied: readonly KubeObject[],
  trying: Trying,
): Promise<{ current: KubeObject; change: PlannedChange }[] | undefined> {
  const { cluster, signal } = trying;
  const wanted = new Set(applied.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  const found = await cluster
    .list({ apiVersion, kind, ...(labelSelector && { labelSelector }) }, { signal })
    .catch(ignoreForbidden);
  const gone = found?.filter(({ metadata }) => !wanted.has(`${metadata.namespace}/${metadata.name}`));
  return (
    gone &&
    Promise.all(
      gone.map(async (current) => ({ current, change: await planRemoval({ ...current, apiVersion, kind }, trying) })),
    )
  );
}

const RESOURCES: Readonly<Record<string, string>> = { ConfigMap: 'configmaps', ResourceQuota: 'resourcequotas' };

/** Throws where the right to something is known to be missing. */
async function requireRight(cluster: Cluster, verb: string, ref: ObjectRef, signal: AbortSignal): Promise<void> {
  const { kind, namespace = '', name } = ref;
  const resource = RESOURCES[kind] ?? kind;
  const may = await cluster.mayI({ verb, group: '', resource, namespace, name }, { signal });
  if (may !== false) return;
  const { user, cluster: where } = cluster.context;
  const say = message('connection.forbidden.namespace', { user, verb: VERBS[verb] ?? verb, resource, namespace });
  const hint = message('connection.forbidden.hint', { cluster: where, verb, resource, group: 'core' });
  throw new GpuctlError('connection.forbidden', say, { hint });
}

const VERBS = {
  create: message('connection.verb.create'),
  patch: message('connection.verb.patch'),
  delete: message('connection.verb.delete'),
} as Readonly<Record<string, ReturnType<typeof message>>>;
