import { SHARINGS } from '../../capacity/sharing.ts';
import { isAccelerator } from '../../model/accelerators.ts';
import type { KubeObject } from '../../model/kubeObject.ts';

/** Any mapping of a manifest or of a document. */
export type Mapping = Record<string, unknown>;
export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The parts of a pod's spec that a document can say. */
export interface LivePod extends Mapping {
  containers?: LiveContainer[];
  volumes?: (Mapping & { name: string })[];
  imagePullSecrets?: { name?: string }[];
  nodeSelector?: Record<string, string>;
  affinity?: {
    nodeAffinity?: {
      requiredDuringSchedulingIgnoredDuringExecution?: {
        nodeSelectorTerms?: { matchExpressions?: Expression[] }[];
      };
    };
    podAffinity?: Mapping;
  };
  hostNetwork?: boolean;
  priorityClassName?: string;
  terminationGracePeriodSeconds?: number;
}
export interface LiveContainer extends Mapping {
  image?: string;
  command?: string[];
  args?: string[];
  env?: LiveEnv[];
  resources?: { limits?: Record<string, string | number>; requests?: Record<string, string | number> };
  volumeMounts?: { name: string; mountPath: string; subPath?: string; readOnly?: boolean }[];
  ports?: { name?: string; containerPort: number }[];
}
export interface LiveEnv {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef?: { name: string; key: string } } & Mapping;
}
interface Expression {
  key: string;
  operator: string;
  values?: string[];
}

/** The template of the pods that a main resource makes. */
export const templateOf = (main: KubeObject): { metadata?: Mapping; spec: LivePod } => {
  const { template } = (main.spec ?? {}) as { template?: { metadata?: Mapping; spec?: LivePod } };
  return { ...template, spec: template?.spec ?? {} };
};

/** The container that runs the job: ours by its name, else the first. */
export const containerOf = ({ containers = [] }: LivePod): LiveContainer =>
  containers.find(({ name }) => name === 'main') ?? containers[0] ?? {};

/** What of the environment a document can say: plain values and references to secrets. */
export const sayable = (env: readonly LiveEnv[]): LiveEnv[] =>
  env.filter(({ valueFrom }) => !valueFrom || valueFrom.secretKeyRef);

/** The section `env`: a mapping where all are plain values. */
export function writeEnv(env: readonly LiveEnv[]): Mapping | Mapping[] | undefined {
  if (!env.length) return undefined;
  const isPlain = env.every(({ valueFrom }) => !valueFrom) && new Set(env.map(({ name }) => name)).size === env.length;
  if (isPlain) return Object.fromEntries(env.map(({ name, value = '' }) => [name, value]));
  return env.map(({ name, value = '', valueFrom }) => {
    const from = valueFrom?.secretKeyRef;
    return from ? { name, secret: from.name, key: from.key } : { name, value };
  });
}

/** What a pod asks for: names of the resources by which it asks for GPUs and shares of them, and how many. */
export interface LiveAmounts {
  accelerator: string | undefined;
  gpus: number;
  share: { of: (typeof SHARINGS)[number]; amount: number } | undefined;
  cpu: string | undefined;
  memory: string | undefined;
  /** Other countable things, such as RDMA devices. */
  others: string[];
}

export function readAmounts({ resources = {} }: LiveContainer): LiveAmounts {
  const asked = { ...resources.requests, ...resources.limits };
  const names = Object.keys(asked);
  const accelerator = names.find(isAccelerator);
  const sharing = SHARINGS.find(({ resource }) => asked[resource] !== undefined);
  const text = (value: string | number | undefined) => (value === undefined ? undefined : String(value));
  return {
    accelerator,
    gpus: accelerator === undefined ? 0 : Number(asked[accelerator]) || 0,
    share: sharing && { of: sharing, amount: Number(asked[sharing.resource]) || 0 },
    cpu: text(asked.cpu),
    memory: text(asked.memory),
    others: names.filter((name) => name.includes('/') && name !== accelerator && name !== sharing?.resource),
  };
}

/** Where its pods may go. */
export interface LivePlacement {
  pool: string | undefined;
  gpuType: string | undefined;
  rack: { label: string; value: string } | undefined;
}

const POOL = /^(?:gpuctl|runwhere\.ai)\/pool$/;
const TYPE = /^(?:gpuctl|runwhere\.ai)\/gpu-?[tT]ype$|^nvidia\.com\/gpu\.product$/;

export function readPlacement({ nodeSelector = {}, affinity }: LivePod): LivePlacement {
  const { nodeSelectorTerms = [] } = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? {};
  const said = [
    ...Object.entries(nodeSelector).map(([key, value]) => ({ key, value })),
    ...nodeSelectorTerms.flatMap(({ matchExpressions = [] }) =>
      matchExpressions.flatMap(({ key, operator, values = [] }) =>
        operator === 'In' && values.length === 1 ? [{ key, value: values[0] ?? '' }] : [],
      ),
    ),
  ];
  const find = (pattern: RegExp) => said.find(({ key }) => pattern.test(key))?.value;
  const rack = said.find(({ key }) => /rack/i.test(key) && nodeSelector[key] === undefined);
  return { pool: find(POOL), gpuType: find(TYPE), rack: rack && { label: rack.key, value: rack.value } };
}

/** Storage as the section `workdirs`, and what is mounted that it cannot say, by the names of the volumes. */
export function readWorkdirs(
  job: string,
  { volumes = [], ...pod }: LivePod,
  claims: readonly KubeObject[],
): { workdirs: Mapping[]; lost: string[] } {
  const workdirs: Mapping[] = [];
  const lost: string[] = [];
  const mounts = containerOf(pod).volumeMounts ?? [];
  for (const volume of volumes) {
    const own = mounts.filter(({ name }) => name === volume.name);
    if (isOurs(volume)) continue;
    if (!own.length) lost.push(volume.name);
    for (const { mountPath: path, subPath, readOnly } of own) {
      const source = subPath === undefined ? sourceOf(job, workdirs.length, volume, claims) : undefined;
      if (!source) lost.push(volume.name);
      else {
        const same = source.hostPath === path ? {} : source;
        workdirs.push({ path, ...same, ...(readOnly && { readOnly: true }) });
      }
    }
  }
  return { workdirs, lost };
}

/** What a submit makes by itself. */
const isOurs = ({ name, emptyDir, configMap }: Mapping): boolean =>
  (isMapping(emptyDir) && emptyDir.medium === 'Memory' && name === 'shm') ||
  (isMapping(emptyDir) && name === 'nvme') ||
  (isMapping(configMap) && (name === 'deepspeed' || name === 'resume'));

function sourceOf(job: string, index: number, volume: Mapping, claims: readonly KubeObject[]): Mapping | undefined {
  const { hostPath, nfs, persistentVolumeClaim } = volume;
  if (isMapping(hostPath)) return { hostPath: hostPath.path };
  if (isMapping(nfs)) return { nfs: { server: nfs.server, path: nfs.path } };
  if (!isMapping(persistentVolumeClaim)) return undefined;
  const { claimName } = persistentVolumeClaim;
  const made = claimName === `${job}-workdir-${index}` && claims.find(({ metadata }) => metadata.name === claimName);
  if (!made) return { claim: claimName };
  const spec = made.spec as { resources?: { requests?: { storage?: unknown } }; storageClassName?: unknown };
  const { storageClassName: storageClass } = spec;
  return { size: spec.resources?.requests?.storage, ...(storageClass !== undefined && { storageClass }) };
}
