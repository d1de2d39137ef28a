import { isAccelerator } from '../model/accelerators.ts';
import { toBytes, toMillicores } from '../model/quantity.ts';
import type { Amounts } from './records.ts';

export type ResourceList = Record<string, string | number> | undefined;

/** Shared by all that have none: most pods. */
const NONE: Readonly<Record<string, number>> = Object.freeze({});
export const NOTHING: Amounts = Object.freeze({ cpuMillis: 0, memoryBytes: 0, gpus: NONE, others: NONE });

/** Resources that a kubelet offers and a pod does not ask for by name. */
const UNCOUNTED = new Set(['cpu', 'memory', 'pods', 'storage']);

/** Reads a Kubernetes resource list (`{cpu: "4", memory: "8Gi", "nvidia.com/gpu": "2"}`). */
export function toAmounts(list: ResourceList): Amounts {
  if (!list) return NOTHING;
  let gpus = NONE;
  let others = NONE;
  for (const [name, quantity] of Object.entries(list)) {
    if (isAccelerator(name)) gpus = { ...gpus, [name]: Number(quantity) || 0 };
    else if (!UNCOUNTED.has(name)) others = { ...others, [name]: toBytes(quantity) ?? 0 };
  }
  return { cpuMillis: toMillicores(list.cpu) ?? 0, memoryBytes: toBytes(list.memory) ?? 0, gpus, others };
}

type Counts = Readonly<Record<string, number>>;
type Combine = (x: number, y: number) => number;

function combineCounts(a: Counts, b: Counts, how: Combine): Counts {
  if (b === NONE) return a;
  const both: Record<string, number> = { ...a };
  for (const [name, count] of Object.entries(b)) both[name] = how(both[name] ?? 0, count);
  return both;
}
const combine = (a: Amounts, b: Amounts, how: Combine): Amounts => ({
  cpuMillis: how(a.cpuMillis, b.cpuMillis),
  memoryBytes: how(a.memoryBytes, b.memoryBytes),
  gpus: combineCounts(a.gpus, b.gpus, how),
  others: combineCounts(a.others, b.others, how),
});
export const plus = (a: Amounts, b: Amounts): Amounts => combine(a, b, (x, y) => x + y);
export const minus = (a: Amounts, b: Amounts): Amounts => combine(a, b, (x, y) => x - y);
const larger = (a: Amounts, b: Amounts): Amounts => combine(a, b, Math.max);

interface Container {
  name?: string;
  restartPolicy?: string;
  resources?: { requests?: ResourceList; limits?: ResourceList };
}
export interface PodSpec {
  containers?: Container[];
  initContainers?: Container[];
  /** For the pod as a whole (Kubernetes 1.32–1.36): cpu and memory of it stand in place of the containers'. */
  resources?: { requests?: ResourceList; limits?: ResourceList };
  overhead?: ResourceList;
}

/** What a node has set aside for a container: more than its spec says while that is being made smaller. */
export interface Allocated {
  name?: string;
  allocatedResources?: ResourceList;
}

/** A limit without a request is a request, too. */
const requestsOf = ({ name, resources }: Container, allocated: readonly Allocated[]): Amounts => {
  const asked = toAmounts({ ...resources?.limits, ...resources?.requests });
  const held = allocated.find((one) => one.name === name)?.allocatedResources;
  return held && name !== undefined ? larger(asked, toAmounts(held)) : asked;
};

/**
 * What the scheduler reserves for a pod: all containers together, or the largest init step with the sidecars started before it,
 * whichever is more, plus overhead (KEP-753, KEP-1287, KEP-2837; `resource.PodRequests`).
 */
export function podRequests(spec: PodSpec | undefined, allocated: readonly Allocated[] = []): Amounts {
  let running = (spec?.containers ?? []).map((one) => requestsOf(one, allocated)).reduce(plus, NOTHING);
  let sidecars = NOTHING;
  let starting = NOTHING;
  for (const container of spec?.initContainers ?? []) {
    const request = requestsOf(container, allocated);
    if (container.restartPolicy === 'Always') {
      sidecars = plus(sidecars, request);
      starting = larger(starting, sidecars);
    } else starting = larger(starting, plus(sidecars, request));
  }
  running = plus(running, sidecars);
  return plus(ofWhole(larger(running, starting), spec?.resources), toAmounts(spec?.overhead));
}

function ofWhole(parts: Amounts, whole: PodSpec['resources']): Amounts {
  if (!whole) return parts;
  const list = { ...whole.limits, ...whole.requests };
  const { cpuMillis, memoryBytes } = toAmounts(list);
  return { ...parts, ...(list.cpu && { cpuMillis }), ...(list.memory && { memoryBytes }) };
}

/** Accelerators of all kinds together. */
export const gpuCount = (amounts: Amounts): number =>
  Object.values(amounts.gpus).reduce((sum, count) => sum + count, 0);

/** The amount of a resource by its name: cpu in millicores, memory and storage in bytes. */
export function amountOf({ cpuMillis, memoryBytes, gpus, others }: Amounts, resource: string): number {
  if (resource === 'cpu') return cpuMillis;
  if (resource === 'memory') return memoryBytes;
  return gpus[resource] ?? others[resource] ?? 0;
}

/** Names of the resources of which there is some. */
export const namesOf = ({ cpuMillis, memoryBytes, gpus, others }: Amounts): string[] => [
  ...Object.keys(gpus).filter((name) => gpus[name]),
  ...(cpuMillis ? ['cpu'] : []),
  ...(memoryBytes ? ['memory'] : []),
  ...Object.keys(others).filter((name) => others[name]),
];
