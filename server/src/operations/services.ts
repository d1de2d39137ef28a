import { type Message, message } from '../../../l10n/index.ts';
import { SHARINGS, sharingOf } from '../capacity/sharing.ts';
import type { InferenceModel } from '../kinds/inference/model.ts';
import type { JobModel } from '../kinds/kind.ts';
import { wantedQueue } from '../kinds/manifests/queue.ts';
import type { GpuSharing, PoolSite, ScalingSource } from '../kinds/manifests/site.ts';
import type { KubeObject } from '../model/kubeObject.ts';
import type { NodeRecord } from '../state/records.ts';
import { ownedBy } from './owned.ts';
import type { Cluster } from './ports.ts';
import { ignoreForbidden } from './priorityClass.ts';
import { findKueue } from './queue.ts';

/** The API of KEDA. */
export const KEDA = 'keda.sh/v1alpha1';
/** Versions of the API by which pods have metrics of their own, the newest first. */
export const POD_METRICS = ['custom.metrics.k8s.io/v1beta2', 'custom.metrics.k8s.io/v1beta1'];

/** How Prometheus is installed as a rule: label or name of its Service. */
const PROMETHEUS = [
  { labelSelector: 'app.kubernetes.io/name=prometheus' },
  { labelSelector: 'app=kube-prometheus-stack-prometheus' },
  { labelSelector: 'operated-prometheus=true' },
  { labelSelector: 'app.kubernetes.io/name=vmsingle' },
  { labelSelector: 'app.kubernetes.io/name=thanos-query' },
  { fieldSelector: 'metadata.name=prometheus-k8s' },
  { fieldSelector: 'metadata.name=prometheus-server' },
];

/** What was looked for and is not there, for the person. */
export interface Found<T> {
  value: T;
  warnings: Message[];
}

/**
 * The queue that starts the job: the document's, else the pool's, where the cluster has Kueue. What may not be looked at is taken as it is
 * wanted, or as it was decided for a job that is there: `pool` is `undefined` where it may not be read.
 */
export async function findQueue(
  cluster: Cluster,
  model: JobModel,
  pool: PoolSite | undefined,
  { namespace, existing }: { namespace: string; existing: KubeObject | undefined },
  signal: AbortSignal,
): Promise<Found<string | undefined>> {
  const own = model.sections.resources?.queue;
  const queue = own ?? (pool ? pool.queue : existing && wantedQueue(existing));
  if (queue === undefined) return { value: undefined, warnings: [] };
  const kueue = await findKueue(cluster, signal);
  // Of the document's own, the builder says that it is left out.
  if (!kueue) return { value: undefined, warnings: own === undefined ? [message('submit.no-kueue', { queue })] : [] };
  if (!kueue.seen) return { value: queue, warnings: [message('queue.unknown', { queue })] };
  const ref = { apiVersion: kueue.apiVersion, kind: 'LocalQueue', namespace, name: queue };
  const found = await cluster.read(ref, { signal }).catch((error) => ignoreForbidden(error) ?? 'unknown');
  return { value: queue, warnings: found ? [] : [message('submit.no-queue', { queue, namespace })] };
}

/**
 * What the number of replicas of a service can follow in this cluster. `address`: of a Prometheus that is known (`decisions.md` 26). Where
 * nothing is found or may be looked at, it is what a service that is there follows already: nobody asked to take that away.
 */
export async function findScaling(
  cluster: Cluster,
  model: JobModel,
  address: string | undefined,
  existing: KubeObject | undefined,
  signal: AbortSignal,
): Promise<ScalingSource> {
  if (!(model as Partial<InferenceModel>).autoscaling) return { by: 'none' };
  const own = existing && ownScaling(await ownedBy(cluster, existing, { signal }));
  const isKeda = own?.by === 'keda';
  if (isKeda || (await served(cluster, KEDA, signal))?.includes('scaledobjects')) {
    const prometheus = address ?? (await findPrometheus(cluster, signal)) ?? (isKeda ? own.prometheus : undefined);
    if (prometheus) return { by: 'keda', prometheus };
  }
  for (const apiVersion of POD_METRICS) {
    const names = await served(cluster, apiVersion, signal);
    const podMetrics = names?.flatMap((name) => (name.startsWith('pods/') ? [name.slice('pods/'.length)] : []));
    if (podMetrics?.length) return { by: 'hpa', podMetrics };
  }
  return own ?? { by: 'none' };
}

/** What the autoscaler of a service that is there follows. */
function ownScaling(owned: readonly KubeObject[]): ScalingSource | undefined {
  for (const { kind, spec } of owned) {
    const { triggers = [], metrics = [] } = spec as {
      triggers?: { metadata?: { serverAddress?: string } }[];
      metrics?: { pods?: { metric: { name: string } } }[];
    };
    const prometheus = triggers.map(({ metadata }) => metadata?.serverAddress).find(Boolean);
    if (kind === 'ScaledObject' && prometheus) return { by: 'keda', prometheus };
    const podMetrics = metrics.flatMap(({ pods }) => pods?.metric.name ?? []);
    if (kind === 'HorizontalPodAutoscaler' && podMetrics.length) return { by: 'hpa', podMetrics };
  }
  return undefined;
}

/** Address of a Prometheus in the cluster; `undefined` where none is found or services may not be listed. */
const findPrometheus = async (cluster: Cluster, signal: AbortSignal): Promise<string | undefined> =>
  (await listPrometheus(cluster, signal).catch(ignoreForbidden))?.[0]?.address;

/** A Prometheus in the cluster: its Service, and its address as the cluster reaches it. */
export interface FoundPrometheus {
  namespace: string;
  name: string;
  address: string;
}

/** What in the cluster answers as Prometheus does, by the labels and names that it is installed under; the likeliest first. Throws where Services may not be listed. */
export async function listPrometheus(cluster: Cluster, signal: AbortSignal): Promise<FoundPrometheus[]> {
  const lists = PROMETHEUS.map((selector) =>
    cluster.list({ apiVersion: 'v1', kind: 'Service', ...selector }, { signal }),
  );
  return (await Promise.all(lists)).flat().flatMap(({ metadata: { name, namespace = '' }, spec }) => {
    const ports = (spec as { ports?: { name?: string; port: number }[] }).ports ?? [];
    const port = ports.find((one) => /^(?:http-web|web|http)$/.test(one.name ?? '')) ?? ports[0];
    return port ? [{ namespace, name, address: `http://${name}.${namespace}.svc:${port.port}` }] : [];
  });
}

/** What HAMi writes to the nodes whose GPUs it shares. */
const HAMI_NODE = 'hami.io/node-nvidia-register';
const HAMI = SHARINGS.find(({ resource }) => resource === 'nvidia.com/gpumem');

/** How the nodes of the job's pool share the memory of GPUs; asked only where the document wants a share. */
export async function findSharing(
  cluster: Cluster,
  model: JobModel,
  nodes: readonly NodeRecord[],
  signal: AbortSignal,
): Promise<GpuSharing | undefined> {
  if (model.sections.resources?.gpuShare === undefined) return undefined;
  const members = nodes.filter((node) => node.pool === model.demand.pool);
  const told = sharingOf(members);
  if (told) return told;
  for (const { name } of members) {
    const node = await cluster.read({ apiVersion: 'v1', kind: 'Node', name }, { signal }).catch(ignoreForbidden);
    if (node?.metadata.annotations?.[HAMI_NODE]) return HAMI;
  }
  return undefined;
}

/** Resources of a group and version; none where they may not be asked for. */
const served = (cluster: Cluster, apiVersion: string, signal: AbortSignal): Promise<string[] | undefined> =>
  cluster.resources(apiVersion, { signal }).catch(ignoreForbidden);
