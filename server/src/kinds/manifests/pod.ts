import type { KubeObject } from '../../model/kubeObject.ts';
import { toBytes } from '../../model/quantity.ts';
import type { JobModel } from '../kind.ts';
import { inNamespace } from './metadata.ts';
import { buildPlacement } from './placement.ts';
import { priorityClassOf } from './priority.ts';
import type { Site } from './site.ts';
import { buildStorage } from './storage.ts';

/** Parts of a pod spec that we write. */
export interface PodSpec {
  [field: string]: unknown;
  /** Our pods have one container. */
  containers: [Container];
  volumes?: Volume[];
}
export interface Container {
  [field: string]: unknown;
  name: string;
  command?: string[];
  args?: string[];
  env: EnvVar[];
  resources?: { limits: Record<string, string | number> };
  volumeMounts?: VolumeMount[];
}
export type EnvVar = { name: string; value?: string; valueFrom?: object };
export type Volume = { name: string; [source: string]: unknown };
export type VolumeMount = { name: string; mountPath: string; subPath?: string; readOnly?: boolean };
export interface PodTemplate {
  metadata: { labels: Record<string, string>; annotations?: Record<string, string> };
  spec: PodSpec;
}

/** Name of the one container of our pods. */
export const MAIN_CONTAINER = 'main';

const fieldEnv = (name: string, fieldPath: string): EnvVar => ({ name, valueFrom: { fieldRef: { fieldPath } } });

/** The pod of any job kind: image, command, resources, storage, placement. Kinds add to it what is theirs. */
export function buildPodSpec(model: JobModel, site: Site, extraEnv: EnvVar[]): PodSpec {
  const { environment } = model;
  const accelerators = acceleratorLimits(model, site);
  const limits: Record<string, string | number> = { ...accelerators };
  if (model.cpu !== undefined) limits.cpu = model.cpu;
  if (model.memory !== undefined) limits.memory = model.memory;
  const storage = buildStorage(model);
  const args = [...environment.args, ...model.addedArgs];
  const tolerations = toleratedTaints(accelerators, site);
  return {
    containers: [
      {
        name: MAIN_CONTAINER,
        image: environment.image,
        ...(environment.command.length && { command: [...environment.command] }),
        ...(args.length && { args }),
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
        ...(Object.keys(limits).length && { resources: { limits } }),
        ...(storage.mounts.length && { volumeMounts: storage.mounts }),
        terminationMessagePolicy: 'FallbackToLogsOnError',
      },
    ],
    ...(storage.volumes.length && { volumes: storage.volumes }),
    ...(environment.imagePullSecret && { imagePullSecrets: [{ name: environment.imagePullSecret }] }),
    ...(site.priorityClass && { priorityClassName: priorityClassOf(model.priority) }),
    ...buildPlacement(model, site),
    ...(tolerations.length && { tolerations }),
    // Else a Service named `vllm` or `jupyter` in the namespace sets VLLM_PORT or JUPYTER_PORT to `tcp://…`, and the program fails.
    enableServiceLinks: false,
  };
}

/** A single pod of a template, for a dry run. */
export const singlePod = (template: PodTemplate, name: string, site: Site): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, ...inNamespace(site), ...structuredClone(template.metadata) },
  spec: structuredClone(template.spec),
});

/** Whether a pod takes up a GPU, or a share of one. */
export const takesGpu = (model: JobModel, site: Site): boolean =>
  Object.keys(acceleratorLimits(model, site)).length > 0;

/** What a pod asks for of accelerators: whole ones, or a share of the memory of one where the nodes of the pool offer that. */
function acceleratorLimits({ demand, sections }: JobModel, { accelerator, sharing }: Site): Record<string, number> {
  const share = toBytes(sections.resources?.gpuShare);
  const whole = demand.gpusPerPod > 0 ? { [accelerator]: demand.gpusPerPod } : {};
  if (share === undefined || !sharing) return whole;
  const amount = Math.ceil(share / (sharing.unit === 'GiB' ? 2 ** 30 : 2 ** 20));
  return sharing.inPlaceOfGpu
    ? { [sharing.resource]: amount }
    : { [accelerator]: Math.max(1, demand.gpusPerPod), [sharing.resource]: amount };
}

/** Nodes with accelerators are commonly tainted by the name of the resource; those with MIG slices by that of the whole GPU. */
function toleratedTaints(accelerators: Record<string, number>, { accelerator }: Site): object[] {
  if (!Object.keys(accelerators).length) return [];
  const keys = new Set([accelerator.startsWith('nvidia.com/') ? 'nvidia.com/gpu' : accelerator, accelerator]);
  return [...keys].map((key) => ({ key, operator: 'Exists', effect: 'NoSchedule' }));
}

/** The user's own value of a name wins, in the place where ours would stand. */
function withUsersOwn(ours: EnvVar[], users: EnvVar[]): EnvVar[] {
  const names = new Set(users.map(({ name }) => name));
  return [...ours.filter(({ name }) => !names.has(name)), ...users];
}
