import { frameworkNamed } from '../frameworks/index.ts';
import type { Demand, JobModel } from '../kinds/kind.ts';
import { PRIORITIES, priorityClassOf } from '../kinds/manifests/priority.ts';
import type { Site } from '../kinds/manifests/site.ts';
import { DEFAULT_ACCELERATOR } from '../model/accelerators.ts';
import { NOTHING } from '../state/amounts.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { Amounts, CpuAndMemory, DefaultsRecord } from '../state/records.ts';
import { type Expression, type PodNeeds, readPodNeeds } from './podNeeds.ts';
import { rackLabelOf } from './racks.ts';

/** What a job asks of the cluster: so many pods that are alike. */
export interface Ask {
  name: string;
  namespace: string;
  /** `undefined` stands for the nodes that belong to no pool. */
  pool: string | undefined;
  gpuType: string | undefined;
  pods: number;
  needs: PodNeeds;
  /** Resource by which GPUs are asked for, and how many each pod asks for. */
  accelerator: string;
  gpusPerPod: number;
  priority: Priority;
  /** Label of nodes within one value of which all pods must be; `none`: they must be in one rack, and no label tells of racks. */
  rackLabel: string | 'none' | undefined;
  /** The queue that decides when it starts. */
  queue: string | undefined;
}

export interface Priority {
  value: number;
  /** Whether it may push out jobs of less. */
  preempts: boolean;
}

/** Reads off a job's own manifests what it asks for. */
export function toAsk(model: JobModel, site: Site, state: ClusterState): Ask {
  const { demand, name } = model;
  const built = frameworkNamed(model.framework)?.build(model, site);
  const namespace = model.namespace ?? site.namespace ?? 'default';
  const needs = withDefaults(
    readPodNeeds(built?.pod ?? { apiVersion: 'v1', kind: 'Pod', metadata: { name } }),
    state.defaultsIn(namespace),
  );
  return {
    name,
    namespace,
    pool: demand.pool,
    gpuType: demand.gpuType,
    pods: demand.pods,
    needs,
    accelerator: site.accelerator,
    gpusPerPod: needs.requests.gpus[site.accelerator] ?? 0,
    priority: priorityOf(model, needs.priorityClass, state),
    rackLabel:
      demand.sameRack === 'required' && !site.rack
        ? (rackLabelOf(state.nodesIn(demand.pool), site.pool.rackLabel) ?? 'none')
        : undefined,
    queue: model.sections.resources?.queue ?? site.pool.queue,
  };
}

/** Of what the job does not name, what its namespace gives. */
function withDefaults(needs: PodNeeds, defaults: DefaultsRecord | undefined): PodNeeds {
  if (!defaults) return needs;
  const { requests } = needs;
  const filled = (by: CpuAndMemory) => ({
    ...requests,
    cpuMillis: requests.cpuMillis || (by.cpuMillis ?? 0),
    memoryBytes: requests.memoryBytes || (by.memoryBytes ?? 0),
  });
  return { ...needs, requests: filled(defaults.requests), limits: filled(defaults.limits) };
}

/** As the cluster has the class; as ours will be made where it has none of that name yet. */
function priorityOf({ priority }: JobModel, name: string | undefined, state: ClusterState): Priority {
  const classes = [...state.priorities];
  const found = classes.find((one) => (name === undefined ? one.isDefault : one.name === name));
  if (found) return { value: found.value, preempts: found.preempts };
  if (name !== priorityClassOf(priority)) return { value: 0, preempts: true };
  const { value, preemptionPolicy } = PRIORITIES[priority];
  return { value, preempts: preemptionPolicy !== 'Never' };
}

/** The same job with another number of pods, or of GPUs for each. */
export function askFor(ask: Ask, pods: number, gpusPerPod: number, apart = ask.needs.apart): Ask {
  const { requests } = ask.needs;
  const gpus = { ...requests.gpus, [ask.accelerator]: gpusPerPod };
  const limits = { ...ask.needs.limits, gpus };
  return { ...ask, pods, gpusPerPod, needs: { ...ask.needs, apart, requests: { ...requests, gpus }, limits } };
}

/** GPUs of a pool and nothing else: for a document that has no meaning yet, or one that would be split otherwise. */
export function plainAsk(state: ClusterState, demand: Demand): Ask {
  const { pool, gpuType, pods, gpusPerPod } = demand;
  const requests: Amounts = { ...NOTHING, gpus: gpusPerPod ? { [DEFAULT_ACCELERATOR]: gpusPerPod } : {} };
  return {
    name: '',
    namespace: '',
    pool,
    gpuType,
    pods,
    accelerator: DEFAULT_ACCELERATOR,
    gpusPerPod,
    needs: {
      requests,
      limits: requests,
      selector: [],
      terms: gpuType === undefined ? [] : ofType(state, pool, gpuType),
      tolerations: [{ key: DEFAULT_ACCELERATOR, operator: 'Exists' }],
      hostPorts: [],
      apart: demand.onePodPerNode,
      priorityClass: undefined,
    },
    priority: { value: 0, preempts: false },
    rackLabel: undefined,
    queue: undefined,
  };
}

const TYPE_LABELS = ['gpuctl/gpu-type', 'runwhere.ai/gpu-type', 'runwhere.ai/gpuType', 'nvidia.com/gpu.product'];

/** Nodes of a type, by whichever label says it, without regard to case. */
export function ofType(state: ClusterState, pool: string | undefined, type: string): Expression[][] {
  const nodes = [...state.nodesIn(pool)];
  const terms = TYPE_LABELS.flatMap((key) => {
    const values = [...new Set(nodes.map(({ labels }) => labels[key]))].filter(
      (value) => value?.toLowerCase() === type.toLowerCase(),
    ) as string[];
    return values.length ? [[{ key, operator: 'In', values } as const]] : [];
  });
  return terms.length ? terms : [[{ key: TYPE_LABELS[0] as string, operator: 'In', values: [type] }]];
}
