import { type Message, message } from '../../../l10n/index.ts';
import { toAsk } from '../capacity/ask.ts';
import { chooseRackFor } from '../capacity/rackRooms.ts';
import { RACK_LABELS, rackLabelOf } from '../capacity/racks.ts';
import type { JobModel } from '../kinds/kind.ts';
import type { Site } from '../kinds/manifests/site.ts';
import type { KubeObject } from '../model/kubeObject.ts';
import { ClusterState } from '../state/clusterState.ts';
import { toPod, toWorkload } from '../state/project.ts';
import type { NodeRecord } from '../state/records.ts';
import { GpuctlError } from './error.ts';
import type { Cluster } from './ports.ts';
import { ignoreForbidden } from './priorityClass.ts';
import type { Session } from './session.ts';

/** Pods that hold something. */
const HOLDING = 'status.phase!=Succeeded,status.phase!=Failed';

/**
 * The rack of a job with `sameRack: required`: that of the job that is there (`existing`) as long as it asks for the same, since its own
 * pods fill it; else one that is chosen now, by the pods that are held, or else asked for. Throws as `chooseRack` does.
 */
export async function findRack(
  { state, status }: Session,
  cluster: Cluster,
  nodes: readonly NodeRecord[],
  model: JobModel,
  site: Omit<Site, 'rack'>,
  existing: KubeObject | undefined,
  signal: AbortSignal,
): Promise<{ value: Site['rack']; warnings: Message[] }> {
  if (model.demand.sameRack !== 'required') return { value: undefined, warnings: [] };
  const { rackLabel } = site.pool;
  const own = existing && ownRack(existing, model, rackLabel ? [rackLabel] : RACK_LABELS);
  if (own) return { value: own, warnings: [] };
  if (status.podsKnown) return { value: chooseRack(state, nodes, model, site), warnings: [] };
  const collection = { apiVersion: 'v1', kind: 'Pod', fieldSelector: HOLDING };
  const pods = await cluster.list(collection, { signal }).catch(ignoreForbidden);
  const seen = new ClusterState();
  seen.applyPods([{ type: 'reset', items: (pods ?? []).map(toPod) }]);
  const value = chooseRack(seen, nodes, model, site);
  return { value, warnings: pods || !value ? [] : [message('submit.rack-unseen', { rack: value.value })] };
}

/** The rack that a job was put into, where it has not ended and asked for what it asks for now. */
function ownRack(existing: KubeObject, { demand }: JobModel, labels: readonly string[]): Site['rack'] {
  const workload = toWorkload(existing);
  const asksTheSame =
    workload &&
    workload.pool === demand.pool &&
    workload.gpuType === demand.gpuType &&
    workload.podsWanted === demand.pods &&
    workload.gpusPerPod === demand.gpusPerPod;
  if (!asksTheSame || workload.outcome || existing.metadata.deletionTimestamp) return undefined;
  const { template } = existing.spec as { template?: { spec?: { affinity?: { nodeAffinity?: NodeAffinity } } } };
  const [term] =
    template?.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  for (const { key, values: [value] = [] } of term?.matchExpressions ?? [])
    if (labels.includes(key) && value !== undefined) return { label: key, value };
  return undefined;
}

interface NodeAffinity {
  requiredDuringSchedulingIgnoredDuringExecution?: {
    nodeSelectorTerms?: { matchExpressions?: { key: string; values?: string[] }[] }[];
  };
}

/**
 * The rack that a job with `sameRack: required` is put into: the one that its verdict speaks of. Throws where racks are not known, or
 * none is large enough.
 */
export function chooseRack(
  state: ClusterState,
  all: readonly NodeRecord[],
  model: JobModel,
  site: Omit<Site, 'rack'>,
): Site['rack'] {
  const { demand, name } = model;
  if (demand.sameRack !== 'required') return undefined;
  const nodes = all.filter((node) => node.pool === demand.pool);
  const label = rackLabelOf(nodes, site.pool.rackLabel);
  if (!label) {
    const say = message('submit.racks-unknown', { name, pool: demand.pool ?? 'default' });
    throw new GpuctlError('submit.racks-unknown', say, { hint: message('submit.racks-unknown.hint') });
  }
  const ask = toAsk(model, { ...site, rack: undefined }, state);
  // What is held may be without nodes, or behind them.
  const here = new ClusterState();
  here.applyNodes([{ type: 'reset', items: nodes }]);
  here.applyPods([{ type: 'reset', items: nodes.flatMap((node) => [...state.podsOn(node.name)]) }]);
  const { value, places: most, holds } = chooseRackFor(here, ask, label);
  if (holds && value !== undefined) return { label, value };
  const args = { name, pods: demand.pods, gpus: demand.gpusPerPod, most };
  const hint = { hint: message('submit.no-rack.hint') };
  throw new GpuctlError('submit.no-rack', message('submit.no-rack', args), hint);
}
