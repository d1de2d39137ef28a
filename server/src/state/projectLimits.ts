import type { KubeObject } from '../model/kubeObject.ts';
import { toBytes, toMillicores } from '../model/quantity.ts';
import type { ResourceList } from './amounts.ts';
import { objectKey } from './delta.ts';
import type { DefaultsRecord, PriorityRecord, QuotaRecord } from './records.ts';

/** What is kept of a ResourceQuota; `undefined` where it is for pods of a nature that ours never have. */
export function toQuota({ metadata, spec, status }: KubeObject): QuotaRecord | undefined {
  const { scopes = [], scopeSelector } = (spec ?? {}) as {
    scopes?: string[];
    scopeSelector?: { matchExpressions?: { scopeName: string; operator: string; values?: string[] }[] };
  };
  const chosen = scopeSelector?.matchExpressions ?? [];
  const names = [
    ...scopes,
    ...chosen.filter(({ scopeName }) => scopeName !== 'PriorityClass').map((one) => one.scopeName),
  ];
  // Pods of ours have no deadline of their own; one without cpu and memory is taken for one that has some.
  if (names.some((name) => name === 'Terminating' || name === 'BestEffort' || name === 'CrossNamespacePodAffinity'))
    return undefined;
  const byClass = chosen.filter(({ scopeName }) => scopeName === 'PriorityClass');
  if (byClass.some(({ operator }) => operator !== 'In')) return undefined;
  const { hard, used } = (status ?? {}) as { hard?: ResourceList; used?: ResourceList };
  return {
    key: objectKey(metadata),
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    hard: toLimits(hard),
    used: toLimits(used),
    priorityClasses: byClass.length ? byClass.flatMap(({ values = [] }) => values) : undefined,
  };
}

const toLimits = (list: ResourceList): Record<string, number> =>
  Object.fromEntries(
    Object.entries(list ?? {}).map(([name, quantity]) => [
      name,
      (/(?:^|\.)cpu$/.test(name) ? toMillicores(quantity) : toBytes(quantity)) ?? 0,
    ]),
  );

/** What is kept of a PriorityClass. */
export function toPriority(object: KubeObject): PriorityRecord {
  const { value, globalDefault, preemptionPolicy } = object as unknown as {
    value?: number;
    globalDefault?: boolean;
    preemptionPolicy?: string;
  };
  return {
    key: object.metadata.name,
    name: object.metadata.name,
    value: value ?? 0,
    preempts: preemptionPolicy !== 'Never',
    isDefault: globalDefault ?? false,
  };
}

/** What is kept of a LimitRange; `undefined` where it gives containers nothing by default. */
export function toDefaults({ metadata, spec }: KubeObject): DefaultsRecord | undefined {
  const { limits = [] } = (spec ?? {}) as {
    limits?: { type: string; default?: ResourceList; defaultRequest?: ResourceList }[];
  };
  const ours = limits.find(({ type }) => type === 'Container');
  const defaults = { ...ours?.default, ...ours?.defaultRequest };
  if (defaults.cpu === undefined && defaults.memory === undefined) return undefined;
  return {
    key: objectKey(metadata),
    namespace: metadata.namespace ?? '',
    cpuMillis: toMillicores(defaults.cpu),
    memoryBytes: toBytes(defaults.memory),
  };
}
