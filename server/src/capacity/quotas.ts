import { amountOf } from '../state/amounts.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { Amounts, QuotaRecord } from '../state/records.ts';
import type { Ask } from './ask.ts';

/** A limit of the namespace that the job would pass. Amounts: cpu in millicores, memory and storage in bytes, else pieces. */
export interface QuotaLimit {
  quota: string;
  namespace: string;
  /** `cpu`, `memory`, `pods` or an extended resource. */
  resource: string;
  asked: number;
  used: number;
  hard: number;
  /** Whether it asks for more than the namespace may have at all. */
  never: boolean;
}

/** The first limit of its namespace that a job would pass, beside those that are submitted before it; one that it can never pass below comes first. */
export function quotaInTheWay(state: ClusterState, ask: Ask, before: readonly Ask[] = []): QuotaLimit | undefined {
  const limits = quotasOf(state, ask).flatMap((quota) => {
    const others = before.filter((one) => one.namespace === ask.namespace && quotasOf(state, one).includes(quota));
    return limitsPassed(state, quota, ask, others);
  });
  return limits.find(({ never }) => never) ?? limits[0];
}

/** The quotas that apply to the pods of a job. */
function quotasOf(
  state: ClusterState,
  { namespace, needs: { priorityClass = '', requests, limits } }: Ask,
): QuotaRecord[] {
  const isBestEffort = [requests, limits].every(({ cpuMillis, memoryBytes }) => !cpuMillis && !memoryBytes);
  return state
    .quotasIn(namespace)
    .filter(({ priorityClasses }) => !priorityClasses || priorityClasses.includes(priorityClass))
    .filter(({ bestEffort }) => bestEffort === undefined || bestEffort === isBestEffort);
}

/** The amounts that a limit counts. */
const countedBy = (key: string, { requests, limits }: Ask['needs']): Amounts =>
  key.startsWith('limits.') ? limits : requests;

/** What the pods of a job count as, of a limit by its name. */
const amountFor = (key: string, resource: string, { pods, needs }: Ask): number =>
  pods * (resource === 'pods' ? 1 : amountOf(countedBy(key, needs), resource));

function limitsPassed(
  state: ClusterState,
  { name, namespace, hard, used }: QuotaRecord,
  ask: Ask,
  before: readonly Ask[],
): QuotaLimit[] {
  const own = state.podsOf(namespace, ask.name).filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed');
  return Object.entries(hard).flatMap(([key, limit]) => {
    const resource = toResource(key);
    if (resource === undefined) return [];
    const asked = amountFor(key, resource, ask);
    const held = own.reduce((sum, pod) => sum + (resource === 'pods' ? 1 : amountOf(pod.requests, resource)), 0);
    const others = before.reduce(
      (sum, one) => sum + amountFor(key, resource, one),
      Math.max(0, (used[key] ?? 0) - held),
    );
    if (asked === 0 || asked + others <= limit) return [];
    return [{ quota: name, namespace, resource, asked, used: others, hard: limit, never: asked > limit }];
  });
}

/** What a limit is of: `requests.cpu`, `limits.cpu` and `cpu` are all cpu. */
export function toResource(key: string): string | undefined {
  const name = key.replace(/^(?:requests|limits)\./, '');
  if (name === 'storage' || /^(?:persistentvolumeclaims|count|services)/.test(name) || /storageclass/.test(name))
    return undefined;
  return name === 'pods' || name === 'cpu' || name === 'memory' || name.includes('/') || name === 'ephemeral-storage'
    ? name
    : undefined;
}

/** Whether a job names a resource that a quota of its namespace wants named: without, its pods are refused. */
export function unnamedInQuota(
  state: ClusterState,
  ask: Ask,
): { quota: string; namespace: string; resource: string } | undefined {
  for (const { name, hard } of quotasOf(state, ask)) {
    for (const key of Object.keys(hard)) {
      const resource = toResource(key);
      if ((resource === 'cpu' || resource === 'memory') && !amountOf(countedBy(key, ask.needs), resource))
        return { quota: name, namespace: ask.namespace, resource };
    }
  }
  return undefined;
}
