import { PRIORITIES, priorityClassOf } from '../kinds/manifests/priority.ts';
import type { KubeObject } from '../model/kubeObject.ts';
import { toBytes, toMillicores } from '../model/quantity.ts';
import type { ResourceList } from './amounts.ts';
import { objectKey } from './delta.ts';
import type { CpuAndMemory, DefaultsRecord, PriorityRecord, QuotaRecord } from './records.ts';

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
  // Pods of ours have no deadline of their own; it is their job that has one.
  if (names.some((name) => name === 'Terminating' || name === 'CrossNamespacePodAffinity')) return undefined;
  const byClass = chosen.filter(({ scopeName }) => scopeName === 'PriorityClass');
  const { hard, used } = (status ?? {}) as { hard?: ResourceList; used?: ResourceList };
  return {
    key: objectKey(metadata),
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    hard: toLimits(hard),
    used: toLimits(used),
    priorityClasses: byClass.length
      ? OUR_CLASSES.filter((name) => byClass.every((one) => isChosen(name, one)))
      : undefined,
    bestEffort: names.includes('BestEffort') ? true : names.includes('NotBestEffort') ? false : undefined,
  };
}

const OUR_CLASSES = Object.keys(PRIORITIES).map((priority) => priorityClassOf(priority as keyof typeof PRIORITIES));

function isChosen(name: string, { operator, values = [] }: { operator: string; values?: string[] }): boolean {
  if (operator === 'In') return values.includes(name);
  if (operator === 'NotIn') return !values.includes(name);
  return operator === 'Exists';
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
  const requests = toCpuAndMemory({ ...ours?.default, ...ours?.defaultRequest });
  if (requests.cpuMillis === undefined && requests.memoryBytes === undefined) return undefined;
  return {
    key: objectKey(metadata),
    namespace: metadata.namespace ?? '',
    requests,
    limits: toCpuAndMemory(ours?.default),
  };
}

const toCpuAndMemory = (list: ResourceList): CpuAndMemory => ({
  cpuMillis: toMillicores(list?.cpu),
  memoryBytes: toBytes(list?.memory),
});
