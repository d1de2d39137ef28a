import { message } from '../../../l10n/index.ts';
import { nodeCapacity } from '../capacity/pools.ts';
import { isOfType } from '../capacity/verdict.ts';
import type { JobModel } from '../kinds/kind.ts';
import type { Site } from '../kinds/manifests/site.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { NodeRecord } from '../state/records.ts';
import { GpuctlError } from './error.ts';

/** Labels by which clusters say in which rack a node stands, where the pool does not name one. There is no standard. */
const RACK_LABELS = [
  'topology.kubernetes.io/rack',
  'cloud.provider.com/topology-rack',
  'fabric.topograph.run/tier-0',
  'network.topology.nvidia.com/leaf',
  'topology.k8s.aws/network-node-layer-3',
  'cloud.google.com/gce-topology-subblock',
];

/**
 * The rack that a job with `sameRack: required` is put into: one that holds all its nodes now, the fullest of these, so that large
 * blocks stay free; else one that can ever hold them. Where pods are not held, all of a node counts as free. Throws where racks are
 * not known, or none is large enough.
 */
export function chooseRack(
  state: ClusterState,
  all: readonly NodeRecord[],
  { demand, name }: JobModel,
  rackLabel: string | undefined,
): Site['rack'] {
  if (demand.sameRack !== 'required') return undefined;
  const nodes = all.filter(
    (node) => node.pool === demand.pool && (demand.gpuType === undefined || isOfType(node, demand.gpuType)),
  );
  const label = rackLabel ?? RACK_LABELS.find((one) => nodes.some(({ labels }) => labels[one] !== undefined));
  if (!label || !nodes.some(({ labels }) => labels[label] !== undefined)) {
    const say = message('submit.racks-unknown', { name, pool: demand.pool ?? 'default' });
    throw new GpuctlError('submit.racks-unknown', say, { hint: message('submit.racks-unknown.hint') });
  }
  const racks = new Map<string, { now: number; ever: number }>();
  for (const node of nodes) {
    const value = node.labels[label];
    if (value === undefined) continue;
    const { free, total, usable } = nodeCapacity(state, node);
    const rack = racks.get(value) ?? { now: 0, ever: 0 };
    if (usable && free >= demand.gpusPerPod) rack.now++;
    if (usable && total >= demand.gpusPerPod) rack.ever++;
    racks.set(value, rack);
  }
  const fitting = [...racks].filter(([, { ever }]) => ever >= demand.pods);
  const [best] = fitting.toSorted(
    ([a, one], [b, other]) =>
      Number(other.now >= demand.pods) - Number(one.now >= demand.pods) || one.now - other.now || a.localeCompare(b),
  );
  if (!best) {
    const most = Math.max(0, ...[...racks.values()].map(({ ever }) => ever));
    const args = { name, pods: demand.pods, gpus: demand.gpusPerPod, most };
    const hint = { hint: message('submit.no-rack.hint') };
    throw new GpuctlError('submit.no-rack', message('submit.no-rack', args), hint);
  }
  return { label, value: best[0] };
}
