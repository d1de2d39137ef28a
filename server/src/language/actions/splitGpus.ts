import { message } from '../../../../l10n/index.ts';
import type { Demand } from '../../kinds/kind.ts';
import { valueAt } from '../../model/edits/values.ts';
import { toTextChanges } from '../../model/edits.ts';
import type { Change } from '../../model/finding.ts';
import { type Offer, type Place, touches } from './offer.ts';

const NODES = ['resources', 'nodeCount'];
const MOST = 6;

/** At `gpu` or `nodeCount` of a training: the GPUs spread evenly over other numbers of nodes, first those that could start now. */
export function offerSplits(place: Place): Offer[] {
  const { document } = place.placed;
  if (document.kind?.name !== 'training') return [];
  const tree = document.tree();
  const gpuKey = ['resources', tree.hasKey(['resources', 'acceleratorCount']) ? 'acceleratorCount' : 'gpu'];
  const isAsked = [gpuKey, NODES].some(
    (path) => tree.hasKey(path) && (touches(place, tree.rangeOf(path, 'key')) || touches(place, tree.rangeOf(path))),
  );
  const gpus = toCount(valueAt(tree.value, gpuKey));
  if (!isAsked || !Number.isInteger(gpus) || gpus < 2) return [];
  const now = toCount(valueAt(tree.value, NODES) ?? 1);
  const demand = demandOf((key) => valueAt(tree.value, ['resources', key]));
  const canHold = holds(place, demand.pool);
  return divisors(gpus)
    .filter((nodes) => nodes !== now && canHold(nodes, gpus / nodes))
    .slice(0, MOST)
    .map((nodes) => ({ nodes, fits: place.host.live.fits({ ...demand, ...spread(gpus, nodes) }) }))
    .sort((a, b) => Number(b.fits) - Number(a.fits))
    .flatMap(({ nodes, fits }) => {
      const change: Change = nodes > 1 ? { do: 'set', path: NODES, value: nodes } : { do: 'remove', path: NODES };
      const changes = toTextChanges([change], tree);
      if (!changes) return [];
      const split =
        nodes > 1
          ? message('action.split', { gpus, nodes, each: gpus / nodes })
          : message('action.split.one', { gpus });
      return [{ title: fits ? message('action.split.fits', { split }) : split, changes }];
    });
}

/** Whether a pool has so many nodes with so many GPUs when it is empty; of a pool that is not known anything may be. */
function holds({ host }: Place, pool: string | undefined): (nodes: number, each: number) => boolean {
  const sizes = host.live.nodes().flatMap((node) => (node.pool === pool && node.gpus > 0 ? node.gpus : []));
  return (nodes, each) => !sizes.length || sizes.filter((gpus) => gpus >= each).length >= nodes;
}

/** A number, in quotes or not. */
const toCount = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;

function divisors(count: number): number[] {
  const found: number[] = [];
  for (let one = 1; one <= Math.min(count, 1024); one++) if (count % one === 0) found.push(one);
  return found;
}

const spread = (gpus: number, nodes: number): Pick<Demand, 'pods' | 'gpusPerPod' | 'onePodPerNode'> => ({
  pods: nodes,
  gpusPerPod: gpus / nodes,
  onePodPerNode: nodes > 1,
});

/** What is asked for beside GPUs. Read from the value, since a document whose GPUs do not divide has no meaning yet. */
function demandOf(get: (key: string) => unknown): Demand {
  const text = (key: string) => {
    const value = get(key);
    return typeof value === 'string' && value ? value : undefined;
  };
  const pool = text('pool');
  return {
    pool: pool === 'default' ? undefined : pool,
    gpuType: text('gpuType'),
    pods: 1,
    gpusPerPod: 0,
    cpuMillis: undefined,
    memoryBytes: undefined,
    onePodPerNode: false,
    sameRack: 'off',
  };
}
