import { sharedMemoryBytes } from '../../kinds/job.ts';
import type { JobModel, Workdir } from '../../kinds/kind.ts';
import { DEFAULT_ACCELERATOR } from '../../state/accelerators.ts';
import type { Site } from '../framework.ts';

/** Parts of a pod spec that we write. */
export interface PodSpec {
  [field: string]: unknown;
  containers: Container[];
  volumes?: Volume[];
}
export interface Container {
  [field: string]: unknown;
  name: string;
  env: EnvVar[];
  volumeMounts?: VolumeMount[];
}
export type EnvVar = { name: string; value?: string; valueFrom?: object };
export type Volume = { name: string; [source: string]: unknown };
export type VolumeMount = { name: string; mountPath: string; subPath?: string; readOnly?: boolean };

/** Name of the one container of our pods. */
export const MAIN_CONTAINER = 'main';

const fieldEnv = (name: string, fieldPath: string): EnvVar => ({ name, valueFrom: { fieldRef: { fieldPath } } });

/** The pod of any job kind: image, command, resources, storage, placement. Kinds add to it what is theirs. */
export function buildPodSpec(model: JobModel, site: Site, extraEnv: EnvVar[]): PodSpec {
  const { environment, demand } = model;
  const limits: Record<string, string | number> = {};
  if (model.cpu !== undefined) limits.cpu = model.cpu;
  if (model.memory !== undefined) limits.memory = model.memory;
  if (demand.gpusPerPod > 0) limits[DEFAULT_ACCELERATOR] = demand.gpusPerPod;
  const storage = buildStorage(model);
  const spec: PodSpec = {
    containers: [
      {
        name: MAIN_CONTAINER,
        image: environment.image,
        ...(environment.command.length && { command: environment.command }),
        ...(environment.args.length && { args: environment.args }),
        env: withUsersOwn(
          [
            fieldEnv('POD_IP', 'status.podIP'),
            fieldEnv('POD_NAME', 'metadata.name'),
            fieldEnv('POD_NAMESPACE', 'metadata.namespace'),
            fieldEnv('NODE_NAME', 'spec.nodeName'),
            { name: 'GPUCTL_JOB_NAME', value: model.name },
            ...model.extraEnv,
            ...extraEnv,
          ],
          environment.env.map((entry) =>
            'secret' in entry
              ? { name: entry.name, valueFrom: { secretKeyRef: { name: entry.secret, key: entry.key } } }
              : { name: entry.name, value: entry.value },
          ),
        ),
        resources: Object.keys(limits).length ? { limits } : {},
        ...(storage.mounts.length && { volumeMounts: storage.mounts }),
        terminationMessagePolicy: 'FallbackToLogsOnError',
      },
    ],
    ...(storage.volumes.length && { volumes: storage.volumes }),
    ...(environment.imagePullSecret && { imagePullSecrets: [{ name: environment.imagePullSecret }] }),
    ...(site.priorityClass && { priorityClassName: `gpuctl-${model.priority}` }),
    ...buildPlacement(model, site),
  };
  if (demand.gpusPerPod > 0)
    spec.tolerations = [{ key: DEFAULT_ACCELERATOR, operator: 'Exists', effect: 'NoSchedule' }];
  return spec;
}

/** The user's own value of a name wins, in the place where ours would stand. */
function withUsersOwn(ours: EnvVar[], users: EnvVar[]): EnvVar[] {
  const names = new Set(users.map(({ name }) => name));
  return [...ours.filter(({ name }) => !names.has(name)), ...users];
}

/** Name of the claim that is made for the i-th workdir of a job. */
export const workdirClaim = (job: string, index: number): string => `${job}-workdir-${index}`;

function buildStorage(model: JobModel): { volumes: Volume[]; mounts: VolumeMount[] } {
  const volumes: Volume[] = model.workdirs.map((workdir, index) => ({
    name: `workdir-${index}`,
    ...volumeSource(model, workdir, index),
  }));
  const mounts: VolumeMount[] = model.workdirs.map(({ path, readOnly }, index) => ({
    name: `workdir-${index}`,
    mountPath: path,
    ...(readOnly && { readOnly }),
  }));
  if (model.demand.gpusPerPod > 0) {
    volumes.push({ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: `${sharedMemoryBytes(model) / 2 ** 20}Mi` } });
    mounts.push({ name: 'shm', mountPath: '/dev/shm' });
  }
  return { volumes, mounts };
}

function volumeSource(model: JobModel, { source, readOnly }: Workdir, index: number): object {
  switch (source.from) {
    case 'hostPath':
      return { hostPath: { path: source.path, type: 'DirectoryOrCreate' } };
    case 'claim':
      return { persistentVolumeClaim: { claimName: source.name, ...(readOnly && { readOnly }) } };
    case 'nfs':
      return { nfs: { server: source.server, path: source.path, ...(readOnly && { readOnly }) } };
    case 'new':
      return { persistentVolumeClaim: { claimName: workdirClaim(model.name, index) } };
  }
}

/**
 * Where pods may go: the pool by its label under whichever prefix its nodes bear it; the GPU type by the labels that match it.
 */
function buildPlacement(model: JobModel, site: Site): object {
  const { pool, gpuType } = model.demand;
  const byPool = pool === undefined ? noPool() : inPool(pool, site);
  const types = gpuType === undefined ? [] : typeTerms(gpuType, site);
  const poolTerms = byPool.terms.length ? byPool.terms : [[]];
  const terms = poolTerms
    .flatMap((one) => (types.length ? types.map((other) => [...one, other]) : [one]))
    .filter((term) => term.length);
  return {
    ...(byPool.selector && { nodeSelector: byPool.selector }),
    ...(terms.length && {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: terms.map((matchExpressions) => ({ matchExpressions })),
          },
        },
      },
    }),
  };
}

interface Expression {
  key: string;
  operator: 'In' | 'DoesNotExist';
  values?: string[];
}

const noPool = (): { selector?: Record<string, string>; terms: Expression[][] } => ({
  terms: [
    [
      { key: 'gpuctl/pool', operator: 'DoesNotExist' },
      { key: 'runwhere.ai/pool', operator: 'DoesNotExist' },
    ],
  ],
});

function inPool(pool: string, site: Site): { selector?: Record<string, string>; terms: Expression[][] } {
  const prefixes = ['gpuctl', 'runwhere.ai'].filter((prefix) =>
    site.poolNodes.some(({ labels }) => labels[`${prefix}/pool`] === pool),
  );
  if (prefixes.length < 2) return { selector: { [`${prefixes[0] ?? site.prefix}/pool`]: pool }, terms: [] };
  return { terms: prefixes.map((prefix) => [{ key: `${prefix}/pool`, operator: 'In', values: [pool] }]) };
}

/** Labels by which the pool's nodes say that they have this type; as the document writes it where nothing is known. */
function typeTerms(gpuType: string, site: Site): Expression[] {
  const wanted = gpuType.toLowerCase();
  const found = new Map<string, Set<string>>();
  for (const { labels } of site.poolNodes) {
    for (const key of ['gpuctl/gpu-type', 'runwhere.ai/gpu-type', 'runwhere.ai/gpuType', 'nvidia.com/gpu.product']) {
      const value = labels[key];
      if (value?.toLowerCase() !== wanted) continue;
      found.set(key, (found.get(key) ?? new Set()).add(value));
      break;
    }
  }
  if (!found.size) return [{ key: `${site.prefix}/gpu-type`, operator: 'In', values: [gpuType] }];
  return [...found].map(([key, values]) => ({ key, operator: 'In', values: [...values] }));
}
