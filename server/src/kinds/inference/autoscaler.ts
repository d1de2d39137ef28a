import { type Message, message } from '../../../../l10n/index.ts';
import type { KubeObject } from '../../model/kubeObject.ts';
import type { Tool } from '../../tools/index.ts';
import { inNamespace, jobLabels } from '../manifests/metadata.ts';
import type { Site } from '../manifests/site.ts';
import type { Autoscaling, InferenceModel } from './model.ts';

type Metric = Autoscaling['targets'][number]['metric'];

/** What scales an inference: one object or none, and the number of replicas that it starts with. */
export interface BuiltAutoscaler {
  objects: KubeObject[];
  replicas: number;
  maxReplicas: number;
  leftOut: Message[];
}

const KEYS: Record<Metric, string> = {
  gpuUtilization: 'targetGPUUtilization',
  gpuMemoryUtilization: 'targetGPUMemoryUtilization',
  qps: 'targetQPS',
  queueLength: 'targetQueueLength',
};

/** New replicas take minutes to load a model: at most twice as many every two minutes. One at a time goes, after ten quiet minutes. */
const BEHAVIOR = {
  scaleUp: { policies: [{ type: 'Percent', value: 100, periodSeconds: 120 }] },
  scaleDown: { stabilizationWindowSeconds: 600, policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }] },
};

/**
 * The autoscaler of an inference, of those targets that something in the cluster measures. `tellsMetrics`: whether the engine is started so
 * that it tells its figures.
 */
export function buildAutoscaler(
  model: InferenceModel,
  site: Site,
  tool: Tool | undefined,
  tellsMetrics: boolean,
): BuiltAutoscaler {
  const { autoscaling, service } = model;
  const fixed = { objects: [], replicas: service.replicas, maxReplicas: service.replicas, leftOut: [] };
  if (!autoscaling?.targets.length) return fixed;
  const { by } = site.scaling;
  if (by === 'none') return { ...fixed, leftOut: [message('left-out.scaling', { replicas: service.replicas })] };
  // Every target is measured at running replicas: from 0 nothing would ever wake the service again (KEDA 2.20, scale_scaledobjects.go).
  const minReplicas = Math.max(1, autoscaling.minReplicas);
  const { maxReplicas } = autoscaling;
  const leftOut = autoscaling.minReplicas < 1 ? [message('left-out.scaling.zero')] : [];
  const measured: object[] = [];
  for (const { metric, value } of autoscaling.targets) {
    const reason = unmeasured(metric, site, tool, tellsMetrics);
    const built = by === 'keda' ? trigger(model, site, tool, metric, value) : podMetric(site, tool, metric, value);
    if (reason || !built) leftOut.push(reason ?? message('left-out.scaling.not-served', { key: KEYS[metric] }));
    else measured.push(built);
  }
  if (!measured.length) return { ...fixed, leftOut };
  const metadata = { name: model.name, ...inNamespace(site), labels: jobLabels(model, site) };
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: model.name };
  const object: KubeObject =
    by === 'keda'
      ? {
          apiVersion: 'keda.sh/v1alpha1',
          kind: 'ScaledObject',
          metadata,
          spec: {
            scaleTargetRef,
            minReplicaCount: minReplicas,
            maxReplicaCount: maxReplicas,
            advanced: { horizontalPodAutoscalerConfig: { behavior: BEHAVIOR } },
            triggers: measured,
          },
        }
      : {
          apiVersion: 'autoscaling/v2',
          kind: 'HorizontalPodAutoscaler',
          metadata,
          spec: { scaleTargetRef, minReplicas, maxReplicas, metrics: measured, behavior: BEHAVIOR },
        };
  const replicas = Math.min(maxReplicas, Math.max(minReplicas, service.replicas));
  return { objects: [object], replicas, maxReplicas, leftOut };
}

/** Why a target cannot be measured, whoever measures. */
function unmeasured(metric: Metric, site: Site, tool: Tool | undefined, tellsMetrics: boolean): Message | undefined {
  const key = KEYS[metric];
  if (metric === 'gpuUtilization' || metric === 'gpuMemoryUtilization') {
    const { accelerator } = site;
    return accelerator.startsWith('nvidia.com/') ? undefined : message('left-out.scaling.gpus', { key, accelerator });
  }
  const metrics = tool?.server?.metrics;
  if (!tool || !metrics?.names[metric === 'qps' ? 'requests' : 'queue'])
    return message('left-out.scaling.engine', { key });
  return tellsMetrics
    ? undefined
    : message('left-out.scaling.flag', { key, tool: tool.title, flag: metrics.flag ?? '' });
}

/** One figure for all replicas, which KEDA divides by the target to get their number. */
function trigger(model: InferenceModel, site: Site, tool: Tool | undefined, metric: Metric, target: number): object {
  const { scaling } = site;
  return {
    type: 'prometheus',
    name: metric,
    metricType: 'AverageValue',
    metadata: {
      serverAddress: scaling.by === 'keda' ? scaling.prometheus : '',
      query: queryOf(model, site, tool, metric),
      threshold: String(target),
    },
  };
}

/** Names of pods of a Deployment, and none of one whose name only begins alike. */
const podsOf = ({ name }: InferenceModel): string => `${name}-[a-z0-9]{6,10}-[a-z0-9]{5}`;

function queryOf(model: InferenceModel, site: Site, tool: Tool | undefined, metric: Metric): string {
  const select = (prefix = '') =>
    `{${site.namespace === undefined ? '' : `${prefix}namespace="${site.namespace}",`}${prefix}pod=~"${podsOf(model)}"}`;
  // Where Prometheus keeps its own labels of the exporter, those of the pod with the GPU are called `exported_…`.
  const eachReplica = (figure: (labels: string) => string) =>
    `sum(${['exported_', ''].map((prefix) => `avg by (${prefix}pod) (${figure(select(prefix))})`).join(' or ')})`;
  const names = tool?.server?.metrics?.names ?? {};
  switch (metric) {
    case 'gpuUtilization':
      return eachReplica((of) => `DCGM_FI_DEV_GPU_UTIL${of}`);
    case 'gpuMemoryUtilization':
      return eachReplica(
        (of) => `100 * DCGM_FI_DEV_FB_USED${of} / (DCGM_FI_DEV_FB_USED${of} + DCGM_FI_DEV_FB_FREE${of})`,
      );
    case 'qps':
      return `sum(rate(${names.requests}${select()}[2m]))`;
    case 'queueLength':
      // The ranks of an SGLang replica may each tell of the one queue that they share.
      return tool?.name === 'sglang'
        ? `sum(max by (pod, dp_rank) (${names.queue}${select()}))`
        : `sum(${names.queue}${select()})`;
  }
}

/** A metric of pods that an adapter serves. Colons in its name, and `_total` of a counter that it serves as a rate, are commonly replaced. */
function podMetric(site: Site, tool: Tool | undefined, metric: Metric, target: number): object | undefined {
  const { queue = '', requests = '' } = tool?.server?.metrics?.names ?? {};
  const names = {
    gpuUtilization: ['DCGM_FI_DEV_GPU_UTIL'],
    gpuMemoryUtilization: [], // no exporter tells it as a share
    qps: [`${requests.replace(/_total$/, '')}_per_second`],
    queueLength: [queue],
  }[metric].flatMap((name) => [...new Set([name, name.replaceAll(':', '_')])]);
  const served = site.scaling.by === 'hpa' ? site.scaling.podMetrics : [];
  const name = names.find((one) => served.includes(one));
  if (name === undefined) return undefined;
  const averageValue = Number.isInteger(target) ? String(target) : `${Math.round(target * 1000)}m`;
  return { type: 'Pods', pods: { metric: { name }, target: { type: 'AverageValue', averageValue } } };
}
