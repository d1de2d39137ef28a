import { type Message, message } from '../../../../l10n/index.ts';
import { RACK_LABELS } from '../../capacity/racks.ts';
import { ourLabel } from '../../model/kubeObject.ts';
import { toNode, toPool } from '../../state/project.ts';
import type { NodeRecord } from '../../state/records.ts';
import type { Check, Found, Probe } from './check.ts';

/** Labels by which a node says that it has GPUs, whoever offers them: GPU feature discovery, node feature discovery (10de is NVIDIA). */
const HARDWARE = ['nvidia.com/gpu.present', 'feature.node.kubernetes.io/pci-10de.present', 'amd.com/gpu.family'];
/** What the GPU operator writes to the nodes that it looks after. */
const OPERATOR = /^nvidia\.com\/gpu\.deploy\./;
/** Names and numbers that one sentence lists. */
const LISTED = 6;

/** What nodes have, and what is said of it by labels. */
export const GPU_CHECKS: readonly Check[] = [
  {
    id: 'gpus',
    area: 'gpus',
    needed: 'if-seen',
    what: message('check.gpus'),
    gives: message('check.gpus.gives'),
    async look(probe) {
      const nodes = await nodesOf(probe);
      const offered = new Map<string, number>();
      for (const { allocatable } of nodes)
        for (const [resource, count] of Object.entries(allocatable.gpus))
          if (count > 0) offered.set(resource, (offered.get(resource) ?? 0) + count);
      const how = message('check.gpus.how');
      if (!offered.size) {
        const idle = nodes.filter(({ labels }) => HARDWARE.some((label) => labels[label] === 'true')).length;
        const found = idle
          ? message('check.gpus.not-offered', { idle, nodes: nodes.length })
          : message('check.gpus.none', { nodes: nodes.length });
        return { status: 'missing', found, how };
      }
      const operated = nodes.some(({ labels }) => Object.keys(labels).some((label) => OPERATOR.test(label)));
      const numbers = {
        list: toList([...offered].map(([resource, count]) => `${count} × ${resource}`)),
        nodes: withGpus(nodes).length,
        all: nodes.length,
      };
      const found = operated ? message('check.gpus.operator', numbers) : message('check.gpus.plugin', numbers);
      return { status: 'good', found };
    },
  },
  {
    id: 'types',
    area: 'gpus',
    what: message('check.types'),
    gives: message('check.types.gives'),
    async look(probe) {
      const nodes = withGpus(await nodesOf(probe));
      if (!nodes.length) return { status: 'unknown', found: message('check.no-gpu-nodes') };
      const unnamed = nodes.filter((node) => !isNamed(node)).map(({ name }) => name);
      const list = toList(typesByPool(nodes));
      if (!unnamed.length) return { status: 'good', found: message('check.types.good', { list }) };
      const found = message('check.types.unnamed', { count: unnamed.length, nodes: toList(unnamed), list });
      return { status: 'missing', found, how: message('check.types.how') };
    },
  },
  {
    id: 'pools',
    area: 'gpus',
    what: message('check.pools'),
    gives: message('check.pools.gives'),
    async look(probe) {
      const nodes = await nodesOf(probe);
      const names = [...new Set(nodes.flatMap(({ pool }) => pool ?? []))].sort();
      const outside = withGpus(nodes).filter(({ pool }) => pool === undefined).length;
      if (names.length)
        return {
          status: 'good',
          found: message('check.pools.good', { count: names.length, list: toList(names), outside }),
        };
      return { status: 'missing', found: message('check.pools.none'), how: message('check.pools.how') };
    },
  },
  {
    id: 'racks',
    area: 'gpus',
    what: message('check.racks'),
    gives: message('check.racks.gives'),
    async look(probe): Promise<Found> {
      const nodes = withGpus(await nodesOf(probe));
      const labels = [...(await rackLabels(probe)), ...RACK_LABELS];
      const label = labels.find((one) => nodes.some((node) => node.labels[one] !== undefined));
      if (!nodes.length) return { status: 'unknown', found: message('check.no-gpu-nodes') };
      if (label === undefined)
        return { status: 'missing', found: message('check.racks.none'), how: message('check.racks.how') };
      const racks = new Set(nodes.flatMap((node) => node.labels[label] ?? []));
      const without = nodes.filter((node) => node.labels[label] === undefined).length;
      return { status: 'good', found: message('check.racks.good', { racks: racks.size, label, without }) };
    },
  },
];

const nodesOf = async (probe: Probe): Promise<NodeRecord[]> => (await probe.nodes()).map(toNode);

const countOf = ({ allocatable }: NodeRecord): number =>
  Object.values(allocatable.gpus).reduce((sum, count) => sum + count, 0);

const withGpus = (nodes: readonly NodeRecord[]): NodeRecord[] => nodes.filter((node) => countOf(node) > 0);

const isNamed = ({ labels, gpuProduct }: NodeRecord): boolean =>
  (ourLabel(labels, 'gpu-type') ?? ourLabel(labels, 'gpuType') ?? gpuProduct) !== undefined;

/** `training-pool: 48 × A100-80G`, for each pool and type. */
function typesByPool(nodes: readonly NodeRecord[]): Message[] {
  const counts = new Map<string, { pool: string; type: string; count: number }>();
  for (const node of nodes) {
    if (!isNamed(node)) continue;
    const [pool, type] = [node.pool ?? 'default', node.gpuType ?? ''];
    const key = JSON.stringify([pool, type]);
    const known = counts.get(key) ?? { pool, type, count: 0 };
    counts.set(key, { ...known, count: known.count + countOf(node) });
  }
  return [...counts.values()]
    .sort((a, b) => a.pool.localeCompare(b.pool) || b.count - a.count)
    .map((one) => message('check.types.one', one));
}

/** Labels of racks that pools name; where they may not be read, the usual ones are all there is. */
async function rackLabels(probe: Probe): Promise<string[]> {
  const pools = await probe.pools().catch(() => []);
  return pools.flatMap((object) => toPool(object)?.site.rackLabel ?? []);
}

/** One after the other, the first few of many. */
export function toList(parts: readonly (string | Message)[]): string | Message {
  const shown = parts.slice(0, LISTED);
  const more = parts.length - shown.length;
  const rest = more ? message('check.list.more', { more }) : undefined;
  const all = rest ? [...shown, rest] : shown;
  return all.reduceRight<string | Message>(
    (after, first) => (after === '' ? first : message('check.list', { first, rest: after })),
    '',
  );
}
