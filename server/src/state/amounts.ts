import { isAccelerator } from '../model/accelerators.ts';
import { toBytes, toMillicores } from '../model/quantity.ts';
import type { Amounts } from './records.ts';

export type ResourceList = Record<string, string | number> | undefined;

export const NOTHING: Amounts = { cpuMillis: 0, memoryBytes: 0, gpus: {} };

/** Reads a Kubernetes resource list (`{cpu: "4", memory: "8Gi", "nvidia.com/gpu": "2"}`). */
export function toAmounts(list: ResourceList): Amounts {
  if (!list) return NOTHING;
  const gpus: Record<string, number> = {};
  for (const [name, quantity] of Object.entries(list)) if (isAccelerator(name)) gpus[name] = Number(quantity) || 0;
  return { cpuMillis: toMillicores(list.cpu) ?? 0, memoryBytes: toBytes(list.memory) ?? 0, gpus };
}

const combine = (a: Amounts, b: Amounts, how: (x: number, y: number) => number): Amounts => {
  const gpus: Record<string, number> = { ...a.gpus };
  for (const [name, count] of Object.entries(b.gpus)) gpus[name] = how(gpus[name] ?? 0, count);
  return { cpuMillis: how(a.cpuMillis, b.cpuMillis), memoryBytes: how(a.memoryBytes, b.memoryBytes), gpus };
};
export const plus = (a: Amounts, b: Amounts): Amounts => combine(a, b, (x, y) => x + y);
export const minus = (a: Amounts, b: Amounts): Amounts => combine(a, b, (x, y) => x - y);
const larger = (a: Amounts, b: Amounts): Amounts => combine(a, b, Math.max);

interface Container {
  restartPolicy?: string;
  resources?: { requests?: ResourceList; limits?: ResourceList };
}
export interface PodSpec {
  containers?: Container[];
  initContainers?: Container[];
  overhead?: ResourceList;
}

/** A limit without a request is a request, too. */
const requestsOf = ({ resources }: Container): Amounts => toAmounts({ ...resources?.limits, ...resources?.requests });

/**
 * What the scheduler reserves for a pod: all containers together, or the largest init step with the sidecars started before it,
 * whichever is more, plus overhead (KEP-753, `resource.PodRequests`).
 */
export function podRequests(spec: PodSpec | undefined): Amounts {
  let running = (spec?.containers ?? []).map(requestsOf).reduce(plus, NOTHING);
  let sidecars = NOTHING;
  let starting = NOTHING;
  for (const container of spec?.initContainers ?? []) {
    const request = requestsOf(container);
    if (container.restartPolicy === 'Always') {
      sidecars = plus(sidecars, request);
      starting = larger(starting, sidecars);
    } else starting = larger(starting, plus(sidecars, request));
  }
  running = plus(running, sidecars);
  return plus(larger(running, starting), toAmounts(spec?.overhead));
}

/** Accelerators of all kinds together. */
export const gpuCount = (amounts: Amounts): number =>
  Object.values(amounts.gpus).reduce((sum, count) => sum + count, 0);
