import { PRIORITIES } from '../../kinds/manifests/priority.ts';
import { wantedQueue } from '../../kinds/manifests/queue.ts';
import { OFFLINE, type Site } from '../../kinds/manifests/site.ts';
import { type KubeObject, ourLabel, prefixOf } from '../../model/kubeObject.ts';
import { recogniseTool } from '../../tools/index.ts';
import {
  containerOf,
  type LiveContainer,
  type LivePod,
  type Mapping,
  readAmounts,
  readPlacement,
  readWorkdirs,
  sayable,
  templateOf,
  writeEnv,
} from './readPod.ts';
import { podMetricsOf, prometheusOf, readAutoscaling, readService } from './readService.ts';
import { readDistributed, readTraining, withoutPrelude } from './readTraining.ts';

/** What can be read off the resources of a job. */
export interface ReadJob {
  /** The document, by canonical keys. Its environment holds also what gpuctl adds by itself. */
  value: Mapping & { environment: Mapping };
  /** The environment, as far as a document can say it. */
  env: ReturnType<typeof sayable>;
  /** What else a build of it depended on. */
  site: Site;
  /** Fields that a document cannot say. */
  lost: string[];
}

/** Kinds by what Kubernetes calls the main resource, where no label tells. */
const KINDS: Record<string, string> = { Job: 'training', StatefulSet: 'notebook' };
const ENGINES: readonly string[] = ['vllm', 'sglang', 'triton', 'tgi'];
const JOB_KINDS: readonly string[] = ['training', 'inference', 'notebook', 'compute'];

/** The kind of a job: as its label says, else by its main resource and its program. */
function kindOf(main: KubeObject, { image = '', command = [], args = [] }: LiveContainer): string {
  const said = ourLabel(main.metadata.labels, 'job-type') ?? '';
  if (JOB_KINDS.includes(said)) return said;
  const tool = recogniseTool({ image, command, args })?.tool.name ?? '';
  return KINDS[main.kind] ?? (ENGINES.includes(tool) ? 'inference' : 'compute');
}

/**
 * Reads a document off the resources of a job, whoever made them. `parts`: what belongs to it, such as its Service, autoscaler and claims;
 * `base`: what is known of the cluster.
 */
export function readJob(main: KubeObject, parts: readonly KubeObject[], base: Site = OFFLINE): ReadJob {
  const { metadata } = main;
  const { spec: pod } = templateOf(main);
  const container = containerOf(pod);
  const kind = kindOf(main, container);
  const amounts = readAmounts(container);
  const placement = readPlacement(pod);
  const pool = placement.pool ?? knownPool(main);
  const gpuType = ourLabel(metadata.annotations, 'gpu-type') ?? placement.gpuType;
  const queue = wantedQueue(main);
  const nodes = kind === 'training' ? nodesOf(main) : 1;
  const { command, args, output } = withoutPrelude(container);
  const storage = readWorkdirs(
    metadata.name,
    pod,
    parts.filter((one) => one.kind === 'PersistentVolumeClaim'),
  );
  const scaling = kind === 'inference' ? readAutoscaling(parts) : undefined;
  const rdmaName = base.pool.rdmaResource ?? amounts.others.find((name) => /rdma|hca|roce|ib/i.test(name));
  const rdma = rdmaName !== undefined && amounts.others.includes(rdmaName);
  const isService = kind !== 'training';
  const site = siteOf(main, parts, base, {
    ...placement,
    accelerator: amounts.accelerator,
    queue,
    share: amounts.share,
  });
  const poolIsHost = site.pool.network === 'host' && nodes > 1;
  const distributed =
    nodes > 1 ? readDistributed(pod, container, { rdma, rack: placement.rack !== undefined, poolIsHost }) : undefined;
  const secret = pod.imagePullSecrets?.[0]?.name;
  const { share } = amounts;
  // Of shares of a GPU only the shared memory tells whether the document names a GPU as well.
  const gpus = share
    ? Number(pod.volumes?.some(({ name }) => name === 'shm') ?? 0) * (amounts.gpus || 1)
    : amounts.gpus;
  const value = {
    kind,
    job: {
      name: metadata.name,
      ...(metadata.namespace && { namespace: metadata.namespace }),
      ...priorityOf(main, pod),
      ...describedBy(main, container),
    },
    environment: {
      image: container.image ?? '',
      ...(secret && { imagePullSecret: secret }),
      ...(command?.length && { command }),
      ...(args?.length && { args }),
    },
    resources: {
      pool: pool ?? 'default',
      ...(gpus && { gpu: gpus * nodes }),
      ...(gpuType !== undefined && { gpuType }),
      ...(nodes > 1 && { nodeCount: nodes }),
      ...(amounts.cpu !== undefined && { cpu: Number(amounts.cpu) || amounts.cpu }),
      ...(amounts.memory !== undefined && { memory: amounts.memory }),
      ...(share && { gpuShare: `${share.amount}${share.of.unit === 'GiB' ? 'Gi' : 'Mi'}` }),
      ...(queue !== undefined && queue !== base.pool.queue && { queue }),
    },
    ...(kind === 'inference' && servedModel(main)),
    ...(kind === 'training' && readTraining(main, container, parts)),
    ...(distributed && { distributed }),
    ...(output !== undefined && { output: { dir: output, resumeFromCheckpoint: true } }),
    ...(isService && { service: readService(main, pod, parts, kind === 'notebook') }),
    ...(scaling?.section && { autoscaling: scaling.section }),
    ...(storage.workdirs.length && { storage: { workdirs: storage.workdirs } }),
  };
  const env = sayable(container.env ?? []);
  const unsaid = (container.env ?? []).filter((one) => !env.includes(one) && !isField(one.valueFrom));
  const lost = [
    ...(pod.containers ?? []).filter((one) => one !== container).map(({ name }) => `containers: ${name}`),
    ...unsaid.map(({ name }) => `env: ${name}`),
    ...storage.lost.map((name) => `volumes: ${name}`),
    ...(scaling?.lost ? ['autoscaling'] : []),
    ...extraPorts(parts),
  ];
  return { value, env, site, lost };
}

/** With the environment as it is to stand in the document. */
export function withEnv(value: ReadJob['value'], env: ReadJob['env']): ReadJob['value'] {
  const section = writeEnv(env);
  return section ? { ...value, environment: { ...value.environment, env: section } } : value;
}

/** What every pod of ours is told by itself. */
const isField = (from: Mapping | undefined): boolean => from?.fieldRef !== undefined;

function knownPool({ metadata }: KubeObject): string | undefined {
  const said = ourLabel(metadata.labels, 'pool');
  return said === 'default' ? undefined : said;
}

/** Several nodes only where it is made as gpuctl makes it: so many ranks at once, each of them once. */
function nodesOf({ spec }: KubeObject): number {
  const { parallelism = 1, completions = 1, completionMode } = spec as Mapping & Record<string, number>;
  return String(completionMode) === 'Indexed' && parallelism === completions ? parallelism : 1;
}

function priorityOf({ metadata }: KubeObject, { priorityClassName = '' }: LivePod): Mapping {
  const said = ourLabel(metadata.labels, 'priority') ?? priorityClassName.replace(/^gpuctl-/, '');
  return Object.hasOwn(PRIORITIES, said) && said !== 'medium' ? { priority: said } : {};
}

function describedBy({ metadata }: KubeObject, { env = [] }: LiveContainer): Mapping {
  const description = ourLabel(metadata.annotations, 'description');
  const number = (name: string) => Number(env.find((one) => one.name === name)?.value) || undefined;
  const [epochs, batchSize] = [number('GPUCTL_EPOCHS'), number('GPUCTL_BATCH_SIZE')];
  return { ...(description && { description }), ...(epochs && { epochs }), ...(batchSize && { batchSize }) };
}

function servedModel({ metadata }: KubeObject): Mapping {
  const entries = ['source', 'name', 'version', 'format', 'cache'].flatMap((key): [string, string][] => {
    const text = ourLabel(metadata.annotations, `model-${key}`);
    return text === undefined ? [] : [[key, text]];
  });
  return entries.length ? { model: Object.fromEntries(entries) } : {};
}

/** Ports of a Service beyond the first: a document has one. */
const extraPorts = (parts: readonly KubeObject[]): string[] =>
  parts
    .filter(({ kind }) => kind === 'Service')
    .flatMap(({ spec }) => ((spec as { ports?: { name?: string; port: number }[] }).ports ?? []).slice(1))
    .map(({ name, port }) => `Service port: ${name ?? port}`);

interface Decided {
  accelerator: string | undefined;
  queue: string | undefined;
  rack: Site['rack'];
  share: ReturnType<typeof readAmounts>['share'];
}

/** A cluster where a build gives just these resources. */
function siteOf(main: KubeObject, parts: readonly KubeObject[], base: Site, decided: Decided): Site {
  const { accelerator, queue, rack, share } = decided;
  const prometheus = prometheusOf(parts);
  const podMetrics = podMetricsOf(parts);
  const scaling = prometheus
    ? ({ by: 'keda', prometheus } as const)
    : podMetrics.length
      ? ({ by: 'hpa', podMetrics } as const)
      : ({ by: 'none' } as const);
  return {
    ...base,
    namespace: main.metadata.namespace,
    prefix: prefixOf(main),
    priorityClass: templateOf(main).spec.priorityClassName !== undefined,
    ...(accelerator && { accelerator }),
    sharing: share?.of,
    queue,
    rack,
    scaling,
  };
}
