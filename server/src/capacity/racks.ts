import type { NodeRecord } from '../state/records.ts';

/** Labels by which clusters say in which rack a node stands, where the pool does not name one. There is no standard. */
export const RACK_LABELS = [
  'topology.kubernetes.io/rack',
  'cloud.provider.com/topology-rack',
  'fabric.topograph.run/tier-0',
  'network.topology.nvidia.com/leaf',
  'topology.k8s.aws/network-node-layer-3',
  'cloud.google.com/gce-topology-subblock',
];

/** The label that tells the racks of these nodes apart: the pool's own, else the first known one that any of them bears. */
export function rackLabelOf(nodes: Iterable<NodeRecord>, ofPool: string | undefined): string | undefined {
  const all = [...nodes];
  const bears = (label: string) => all.some(({ labels }) => labels[label] !== undefined);
  return (ofPool === undefined ? RACK_LABELS : [ofPool]).find(bears);
}
