import { DRAIN_SECONDS, GRACE_SECONDS } from '../../kinds/manifests/deployment.ts';
import type { KubeObject } from '../../model/kubeObject.ts';
import { ourLabel } from '../../model/kubeObject.ts';
import { parseQuantity } from '../../model/quantity.ts';
import { TOOLS } from '../../tools/index.ts';
import { STOPPED } from '../submit/applyJob.ts';
import { containerOf, type LivePod, type Mapping } from './readPod.ts';
import { durationOf } from './readTraining.ts';

const EXPOSED: Record<string, string> = { NodePort: 'nodePort', LoadBalancer: 'loadBalancer' };

interface Probe {
  httpGet?: { path?: string; port?: string | number };
}

/** The section `service`. `isPlain`: of a notebook, which has neither replicas nor a health check. */
export function readService(main: KubeObject, pod: LivePod, parts: readonly KubeObject[], isPlain: boolean): Mapping {
  const service = parts.find(({ kind }) => kind === 'Service');
  const { ports = [], type = '' } = (service?.spec ?? {}) as { ports?: { port: number }[]; type?: string };
  const container = containerOf(pod);
  const port =
    container.ports?.find(({ name }) => name === 'service')?.containerPort ?? container.ports?.[0]?.containerPort;
  const expose = EXPOSED[type];
  const shared = {
    ...((port ?? ports[0]?.port) !== undefined && { port: port ?? ports[0]?.port }),
    ...(expose && { expose }),
  };
  if (isPlain) return shared;
  const probe = (container.readinessProbe ?? container.startupProbe ?? container.livenessProbe) as Probe | undefined;
  const path = probe?.httpGet?.path;
  const grace = pod.terminationGracePeriodSeconds ?? 0;
  const timeout = grace - DRAIN_SECONDS;
  return {
    replicas: replicasOf(main, parts),
    ...shared,
    ...(path !== undefined && { healthCheck: path }),
    ...(timeout > GRACE_SECONDS && { timeout: durationOf(timeout) }),
  };
}

/** As many as it should have: what stop noted down, the least of an autoscaler, else as it is. */
function replicasOf(main: KubeObject, parts: readonly KubeObject[]): number {
  const stopped = Number(ourLabel(main.metadata.annotations, STOPPED));
  const { replicas = 1 } = main.spec as { replicas?: number };
  return stopped || replicas || leastOf(parts.find(isScaler)) || 1;
}

const isScaler = ({ kind }: KubeObject): boolean => kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject';
const leastOf = (scaler: KubeObject | undefined): number | undefined => {
  const { minReplicaCount, minReplicas } = (scaler?.spec ?? {}) as Record<string, number>;
  return minReplicaCount ?? minReplicas;
};

const KEYS: Record<string, string> = {
  gpuUtilization: 'targetGPUUtilization',
  gpuMemoryUtilization: 'targetGPUMemoryUtilization',
  qps: 'targetQPS',
  queueLength: 'targetQueueLength',
};

/** The section `autoscaling`, of an autoscaler that gpuctl made; and what of it is not understood. */
export function readAutoscaling(parts: readonly KubeObject[]): { section: Mapping | undefined; lost: boolean } {
  const scaler = parts.find(isScaler);
  if (!scaler) return { section: undefined, lost: false };
  const spec = scaler.spec as {
    minReplicaCount?: number;
    maxReplicaCount?: number;
    minReplicas?: number;
    maxReplicas?: number;
    triggers?: { name?: string; metadata?: { threshold?: string } }[];
    metrics?: { pods?: { metric: { name: string }; target: { averageValue?: string } } }[];
  };
  const triggers = (spec.triggers ?? []).map(({ name = '', metadata }) => [KEYS[name], Number(metadata?.threshold)]);
  const metrics = (spec.metrics ?? []).map(({ pods }) => [
    KEYS[metricOf(pods?.metric.name ?? '')],
    parseQuantity(pods?.target.averageValue),
  ]);
  const targets = [...triggers, ...metrics] as [string | undefined, number | undefined][];
  const known = targets.filter(([key, value]) => key !== undefined && value !== undefined && !Number.isNaN(value));
  const minReplicas = leastOf(scaler) ?? 1;
  return {
    section: {
      minReplicas,
      maxReplicas: spec.maxReplicaCount ?? spec.maxReplicas ?? minReplicas,
      ...Object.fromEntries(known),
    },
    lost: known.length < targets.length,
  };
}

/** Which figure of an engine a metric of pods is. Adapters replace colons, and serve a counter as a rate. */
function metricOf(name: string): string {
  if (name === 'DCGM_FI_DEV_GPU_UTIL') return 'gpuUtilization';
  const plain = (metric = '') => metric.replaceAll(':', '_');
  for (const { server } of TOOLS) {
    const { queue, requests } = server?.metrics?.names ?? {};
    if (queue && plain(queue) === plain(name)) return 'queueLength';
    if (requests && `${plain(requests).replace(/_total$/, '')}_per_second` === plain(name)) return 'qps';
  }
  return '';
}

/** Where the autoscaler of KEDA asks. */
export function prometheusOf(parts: readonly KubeObject[]): string | undefined {
  const { triggers = [] } = (parts.find(({ kind }) => kind === 'ScaledObject')?.spec ?? {}) as {
    triggers?: { metadata?: { serverAddress?: string } }[];
  };
  return triggers[0]?.metadata?.serverAddress;
}

/** Names of the metrics of pods that an autoscaler follows. */
export function podMetricsOf(parts: readonly KubeObject[]): string[] {
  const { metrics = [] } = (parts.find(({ kind }) => kind === 'HorizontalPodAutoscaler')?.spec ?? {}) as {
    metrics?: { pods?: { metric: { name: string } } }[];
  };
  return metrics.flatMap(({ pods }) => (pods ? [pods.metric.name] : []));
}
