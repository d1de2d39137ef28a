import { message } from '../../../l10n/index.ts';
import type { JobModel } from '../kinds/kind.ts';
import type { Change, Fix, Path } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { Asking } from './findings.ts';
import { type NodeCapacity, nodeCapacity, UNLABELLED } from './pools.ts';
import { isOfType, type Verdict } from './verdict.ts';

/** How many pools or types are offered in place of one that does not exist. */
const OFFERED = 4;

/** An even spread: so many GPUs on each of so many nodes, or for each of so many replicas. */
interface Shape {
  pods: number;
  gpus: number;
}

/** What a job could ask for instead, so that it can run: the nearest to what it asks for first. */
export function capacityFixes(model: JobModel, verdict: Verdict, asking: Asking, state: ClusterState): Fix[] {
  const { demand } = model;
  switch (verdict.is) {
    case 'no-such-pool':
      return replaceBy(['resources', 'pool'], demand.pool ?? '', verdict.known);
    case 'no-such-type': {
      const types = verdict.has.map(({ type }) => type).filter((type) => type !== UNLABELLED);
      const path = ['resources', 'gpuType'];
      if (types.length) return replaceBy(path, verdict.type, types);
      return [{ title: message('fix.remove', { key: 'gpuType' }), changes: [{ do: 'remove', path }] }];
    }
    case 'fragmented':
    case 'insufficient':
    case 'unavailable':
    case 'too-many':
    case 'node-too-small':
    case 'too-few-nodes':
      return shapesFor(model, verdict, asking.spreads, state).map((shape) => toFix(model, shape, asking));
    default:
      return [];
  }
}

/** The one that was most likely meant may be taken without a look. */
function replaceBy(path: Path, found: string, known: readonly string[]): Fix[] {
  const guess = nearest(found, known);
  const others = known.filter((one) => one !== guess).slice(0, OFFERED - (guess === undefined ? 0 : 1));
  return [...(guess === undefined ? [] : [guess]), ...others].map((text) => ({
    title: message('fix.replace-with', { text }),
    changes: [{ do: 'set', path, value: text }],
    ...(text === guess && { preferred: true }),
  }));
}

/** Shapes that fit now, else that could ever fit; none twice. */
function shapesFor({ demand }: JobModel, verdict: Verdict, spreads: boolean, state: ClusterState): Shape[] {
  const nodes = [...state.nodes]
    .filter((node) => node.pool === demand.pool)
    .filter((node) => demand.gpuType === undefined || isOfType(node, demand.gpuType))
    .map((node) => nodeCapacity(state, node));
  const asked = { pods: demand.pods, gpus: demand.gpusPerPod };
  if (spreads && verdict.is === 'fragmented')
    return verdict.split ? [{ pods: verdict.split.nodes, gpus: verdict.split.gpus }] : [];
  for (const what of ['free', 'total'] as const) {
    const blocks = blocksOf(nodes, what);
    if (!blocks.length) continue;
    const shapes = spreads ? spreadsIn(blocks, asked, verdict) : replicasIn(blocks, asked);
    if (shapes.length) return shapes;
  }
  return [];
}

/** GPUs that are together on one node, the largest first. */
const blocksOf = (nodes: readonly NodeCapacity[], what: 'free' | 'total'): number[] =>
  nodes
    .map((one) => one[what])
    .filter((gpus) => gpus > 0)
    .sort((a, b) => b - a);

/** For one job of several nodes: the same GPUs on more nodes; else as many as fit on the same number of nodes, then on any. */
function spreadsIn(blocks: readonly number[], { pods, gpus }: Shape, verdict: Verdict): Shape[] {
  const all = pods * gpus;
  if (verdict.is === 'node-too-small') {
    for (let more = pods + 1; more <= blocks.length; more++)
      if (all % more === 0 && (blocks[more - 1] as number) >= all / more) return [{ pods: more, gpus: all / more }];
  }
  const shapes = blocks.map((block, index) => ({ pods: index + 1, gpus: Math.min(block, gpus) }));
  const same = shapes[pods - 1];
  const most = shapes.reduce((best, shape) => (size(shape) > size(best) ? shape : best));
  return [...(same ? [same] : []), ...(!same || size(most) > size(same) ? [most] : [])].filter(
    (shape) => size(shape) < all,
  );
}

/** For replicas: fewer of the same size, or as many with fewer GPUs. */
function replicasIn(blocks: readonly number[], { pods, gpus }: Shape): Shape[] {
  const roomFor = (each: number) => blocks.reduce((count, block) => count + Math.floor(block / each), 0);
  const fewer = Math.min(pods, roomFor(gpus));
  let smaller = Math.min(gpus - 1, blocks[0] ?? 0);
  while (smaller > 0 && roomFor(smaller) < pods) smaller--;
  return [
    ...(fewer > 0 && fewer < pods ? [{ pods: fewer, gpus }] : []),
    ...(smaller > 0 ? [{ pods, gpus: smaller }] : []),
  ];
}

const size = ({ pods, gpus }: Shape): number => pods * gpus;

function toFix({ demand }: JobModel, { pods, gpus }: Shape, { gpuKey, spreads }: Asking): Fix {
  const podsPath = spreads ? ['resources', 'nodeCount'] : ['service', 'replicas'];
  const count = spreads ? pods * gpus : gpus;
  const before = spreads ? demand.pods * demand.gpusPerPod : demand.gpusPerPod;
  const changes: Change[] = [
    ...(count === before ? [] : [{ do: 'set', path: ['resources', gpuKey], value: count } as const]),
    ...(pods === demand.pods ? [] : [{ do: 'set', path: podsPath, value: pods } as const]),
  ];
  const title = spreads
    ? message('fix.gpus-on-nodes', { gpus: count, nodes: pods, perNode: gpus })
    : message('fix.replicas', { replicas: pods, gpus });
  return { title, changes };
}
