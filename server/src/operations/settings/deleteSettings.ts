import { message } from '../../../../l10n/index.ts';
import type { BuiltSettings } from '../../kinds/manifests/built.ts';
import { leavingNodes, poolConfigMap, SYSTEM_NAMESPACE } from '../../kinds/pool/manifests.ts';
import { quotaSelector } from '../../kinds/quota/manifests.ts';
import { GpuctlError } from '../error.ts';
import { poolAsks } from '../pools/poolAsks.ts';
import type { Cluster, ObjectRef } from '../ports.ts';
import { Refusals, requireOurs } from '../refusals.ts';
import type { Session } from '../session.ts';
import type { PlannedChange, Prepared } from '../submit/plan.ts';
import { applySettings } from './applySettings.ts';
import { emptyPlan, listNodes, planRemoval, type Trying, tryNodes } from './settings.ts';
import { unlimitedAsks } from './settingsOrigin.ts';

/** A pool or a quota, by its name. */
export interface SettingsName {
  kind: 'pool' | 'quota';
  name: string;
}

/**
 * Looks what deleting a pool or a quota would do, without any effect: a pool's configuration and our labels on its nodes, a quota's
 * limits in each namespace. Namespaces are left. Throws `settings.gone` where there is none of that name.
 */
export async function planSettingsDeletion(
  session: Session,
  cluster: Cluster,
  { kind, name }: SettingsName,
  signal: AbortSignal,
): Promise<Prepared> {
  const plan = emptyPlan(cluster, kind, name);
  const trying: Trying = { cluster, signal, refusals: new Refusals() };
  const found = kind === 'pool' ? await findPool(name, trying) : await findQuota(name, trying);
  trying.refusals.throw();
  if (!found.changes.length) throw new GpuctlError('settings.gone', gone(kind, name, cluster.context.cluster));
  plan.changes.push(...found.changes);
  if (kind === 'quota')
    plan.asks.push(
      ...unlimitedAsks(
        name,
        found.changes.filter((change) => change.do === 'remove'),
      ),
    );
  plan.asks.push(...(await poolAsks(session, cluster, name, found.nodes, signal)));
  const built = { kept: [], applied: [], nodes: found.nodes };
  return { plan, carryOut: (signal) => applySettings(cluster, built, plan, signal) };
}

interface Found {
  nodes: BuiltSettings['nodes'];
  changes: PlannedChange[];
}

async function findPool(name: string, trying: Trying): Promise<Found> {
  const { cluster, signal, refusals } = trying;
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: SYSTEM_NAMESPACE, name: poolConfigMap(name) };
  const [configMap, known] = await Promise.all([cluster.read(ref, { signal }), listNodes(cluster, signal)]);
  const { nodes, changes } = await tryNodes(leavingNodes(name, known, new Set()), trying);
  if (!configMap) return { nodes, changes };
  await refusals.gather(async () => requireOurs(cluster, configMap));
  return { nodes, changes: [await planRemoval(configMap, trying), ...changes, leave(SYSTEM_NAMESPACE)] };
}

async function findQuota(name: string, trying: Trying): Promise<Found> {
  const { cluster, signal } = trying;
  const [apiVersion, kind] = ['v1', 'ResourceQuota'];
  const found = await cluster.list({ apiVersion, kind, labelSelector: quotaSelector(name) }, { signal });
  const removals = await Promise.all(found.map((object) => planRemoval({ ...object, apiVersion, kind }, trying)));
  return { nodes: [], changes: [...removals, ...found.map(({ metadata }) => leave(metadata.namespace ?? ''))] };
}

const leave = (namespace: string): PlannedChange => {
  const object: ObjectRef = { apiVersion: 'v1', kind: 'Namespace', name: namespace };
  return { do: 'leave', object, fields: [] };
};

const gone = (kind: SettingsName['kind'], name: string, cluster: string) =>
  kind === 'pool'
    ? message('settings.gone.pool', { name, cluster })
    : message('settings.gone.quota', { name, cluster });
