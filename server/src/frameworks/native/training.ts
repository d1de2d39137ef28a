import type { TrainingModel } from '../../kinds/training/model.ts';
import type { KubeObject } from '../../model/kubeObject.ts';
import type { BuiltJob, Site } from '../framework.ts';
import { buildDeepSpeedConfig } from './deepspeed.ts';
import { jobLabels, MANAGED, mainAnnotations } from './metadata.ts';
import { buildPodSpec, type EnvVar, MAIN_CONTAINER, type PodSpec, workdirClaim } from './podTemplate.ts';

/** Port of the rendezvous of the ranks, where each pod has its own address. */
const RENDEZVOUS_PORT = 29500;
const COMPLETION_INDEX = "metadata.annotations['batch.kubernetes.io/job-completion-index']";
const JOB_NAME_LABEL = 'batch.kubernetes.io/job-name';

/** Exit codes that no retry mends: bad usage, not executable, not found (POSIX shell). */
const HOPELESS_EXIT_CODES = [2, 126, 127];

/**
 * A training job becomes a Job: of one pod, or, for several nodes, an Indexed Job of one pod a node with a headless Service by which
 * the ranks find each other.
 */
export function buildTraining(model: TrainingModel, site: Site): BuiltJob {
  const several = model.demand.pods > 1;
  const labels = jobLabels(model, site);
  const spec = buildPodSpec(model, site, [...(several ? rendezvousEnv(model, site) : []), ...deepSpeedEnv(model)]);
  spec.restartPolicy = 'Never';
  spec.terminationGracePeriodSeconds = 120; // time to write a checkpoint on SIGTERM
  if (several) spreadOverNodes(spec, model, site);
  const owned: KubeObject[] = [];
  const metadata = { name: model.name, namespace: site.namespace, labels };
  if (several) owned.push(buildRendezvousService(model, site, metadata));
  if (model.deepspeed?.generate) {
    owned.push(mountDeepSpeed(spec, model, metadata));
  }
  const template = { metadata: { labels: { ...labels } }, spec };
  const main: KubeObject = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...metadata, annotations: mainAnnotations(model, site) },
    spec: {
      suspend: true,
      parallelism: model.demand.pods,
      completions: model.demand.pods,
      completionMode: several ? 'Indexed' : 'NonIndexed',
      ...(several ? { backoffLimitPerIndex: model.retries, maxFailedIndexes: 0 } : { backoffLimit: model.retries }),
      ...(model.timeoutSeconds !== undefined && { activeDeadlineSeconds: model.timeoutSeconds }),
      podReplacementPolicy: 'Failed',
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
          {
            action: 'FailJob',
            onExitCodes: { containerName: MAIN_CONTAINER, operator: 'In', values: HOPELESS_EXIT_CODES },
          },
        ],
      },
      template,
    },
  };
  return {
    main,
    owned,
    kept: buildClaims(model, site),
    start: { spec: { suspend: false } },
    pod: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: several ? `${model.name}-0` : model.name, namespace: site.namespace, labels: { ...labels } },
      spec: structuredClone(spec),
    },
  };
}

const usesHostNetwork = (model: TrainingModel, site: Site): boolean =>
  (model.distributed.network === 'auto' ? site.pool.network : model.distributed.network) === 'host';

/** On the network of the nodes, jobs share addresses: each takes a port of its own, from 20000 to 29999. */
function rendezvousPort(model: TrainingModel, site: Site): number {
  if (!usesHostNetwork(model, site)) return RENDEZVOUS_PORT;
  let hash = 0;
  for (const char of `${site.namespace}/${model.name}`) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 10_000;
  return 20_000 + hash;
}

/** What torchrun (PET_*) and LLaMA-Factory (the rest) read. RANK and WORLD_SIZE are torchrun's own to set. */
function rendezvousEnv(model: TrainingModel, site: Site): EnvVar[] {
  const address = `${model.name}-0.${model.name}`;
  const port = String(rendezvousPort(model, site));
  const nodes = String(model.demand.pods);
  const perNode = String(Math.max(1, model.demand.gpusPerPod));
  const rank = { valueFrom: { fieldRef: { fieldPath: COMPLETION_INDEX } } };
  const socket = model.distributed.ncclSocketIfname ?? site.pool.ncclSocketIfname;
  return [
    { name: 'NNODES', value: nodes },
    { name: 'NODE_RANK', ...rank },
    { name: 'NPROC_PER_NODE', value: perNode },
    { name: 'MASTER_ADDR', value: address },
    { name: 'MASTER_PORT', value: port },
    { name: 'PET_NNODES', value: nodes },
    { name: 'PET_NODE_RANK', ...rank },
    { name: 'PET_NPROC_PER_NODE', value: perNode },
    { name: 'PET_MASTER_ADDR', value: address },
    { name: 'PET_MASTER_PORT', value: port },
    { name: 'NCCL_DEBUG', value: 'WARN' },
    ...(socket ? [{ name: 'NCCL_SOCKET_IFNAME', value: socket }] : []),
  ];
}

/** One rank a node; near each other where the pool says what a rack is. */
function spreadOverNodes(spec: PodSpec, model: TrainingModel, site: Site): void {
  const labelSelector = { matchLabels: { [JOB_NAME_LABEL]: model.name } };
  const affinity = (spec.affinity ?? {}) as Record<string, unknown>;
  affinity.podAntiAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector }],
  };
  if (model.demand.sameRack !== 'off' && site.pool.rackLabel) {
    affinity.podAffinity = {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 100, podAffinityTerm: { topologyKey: site.pool.rackLabel, labelSelector } },
      ],
    };
  }
  spec.affinity = affinity;
  spec.subdomain = model.name;
  if (usesHostNetwork(model, site)) Object.assign(spec, { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' });
  if (model.distributed.rdma && site.pool.rdmaResource) {
    const [container] = spec.containers;
    const resources = container?.resources as { limits?: Record<string, unknown> };
    resources.limits = { ...resources.limits, [site.pool.rdmaResource]: 1 };
  }
}

function buildRendezvousService(model: TrainingModel, site: Site, metadata: KubeObject['metadata']): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata },
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true, // ranks look for each other before they are ready
      selector: { [JOB_NAME_LABEL]: model.name },
      ports: [{ name: 'rendezvous', port: rendezvousPort(model, site) }],
    },
  };
}

function deepSpeedEnv({ deepspeed }: TrainingModel): EnvVar[] {
  if (!deepspeed) return [];
  return [
    { name: 'DEEPSPEED_CONFIG', value: deepspeed.path },
    ...(deepspeed.generate ? [{ name: 'DEEPSPEED_ZERO_STAGE', value: String(deepspeed.stage) }] : []),
    { name: 'ACCELERATE_USE_DEEPSPEED', value: 'true' },
    { name: 'ACCELERATE_DEEPSPEED_CONFIG_FILE', value: deepspeed.path },
  ];
}

/** Makes the ConfigMap with the generated settings and mounts it at the path where trainers look. */
function mountDeepSpeed(spec: PodSpec, model: TrainingModel, metadata: KubeObject['metadata']): KubeObject {
  const deepspeed = model.deepspeed as NonNullable<TrainingModel['deepspeed']>;
  const name = `${model.name}-deepspeed`;
  const [container] = spec.containers;
  spec.volumes = [...(spec.volumes ?? []), { name: 'deepspeed', configMap: { name } }];
  if (container) {
    const mount = { name: 'deepspeed', mountPath: deepspeed.path, subPath: 'ds_config.json', readOnly: true };
    container.volumeMounts = [...(container.volumeMounts ?? []), mount];
  }
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, name },
    data: { 'ds_config.json': `${JSON.stringify(buildDeepSpeedConfig(deepspeed), null, 2)}\n` },
  };
}

/** Storage that is made for the job and kept: mounted by many where the job has several nodes. */
function buildClaims(model: TrainingModel, site: Site): KubeObject[] {
  return model.workdirs.flatMap(({ source }, index) => {
    if (source.from !== 'new') return [];
    const storageClass = source.storageClass ?? site.pool.storageClass;
    return [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: workdirClaim(model.name, index), namespace: site.namespace, labels: { ...MANAGED } },
        spec: {
          accessModes: [model.demand.pods > 1 ? 'ReadWriteMany' : 'ReadWriteOnce'],
          resources: { requests: { storage: source.size } },
          ...(storageClass && { storageClassName: storageClass }),
        },
      },
    ];
  });
}
