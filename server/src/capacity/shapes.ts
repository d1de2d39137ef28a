import { message } from '../../../l10n/index.ts';
import type { JobModel } from '../kinds/kind.ts';
import type { Change, Fix } from '../model/finding.ts';
import type { ClusterState } from '../state/clusterState.ts';
import { type Ask, askFor } from './ask.ts';
import type { Asking } from './findings.ts';
import { counterOf, NO_ONE, type Room, roomsFor } from './room.ts';
import type { Verdict } from './verdict.ts';

/** An even spread: so many GPUs on each of so many nodes, or for each of so many replicas. */
interface Shape {
  pods: number;
  gpus: number;
}

/** Shapes that fit now, else that could ever fit; none twice. */
export function shapesFor(
  { demand }: JobModel,
  ask: Ask,
  verdict: Verdict,
  spreads: boolean,
  state: ClusterState,
): Shape[] {
  if (spreads && verdict.is === 'fragmented')
    return verdict.split ? [{ pods: verdict.split.nodes, gpus: verdict.split.gpus }] : [];
  const rooms = roomsFor(state, ask);
  const asked = { pods: demand.pods, gpus: demand.gpusPerPod };
  for (const what of ['now', 'ever'] as const) {
    const blocks = blocksOf(ask, rooms, what);
    if (!blocks.length) continue;
    const shapes = spreads ? spreadsIn(blocks, asked, verdict) : replicasIn(blocks, asked);
    if (shapes.length) return shapes;
  }
  return [];
}

/** GPUs that are together on one node beside room for what else each pod needs, the largest first. */
function blocksOf(ask: Ask, rooms: readonly Room[], what: 'now' | 'ever'): number[] {
  const { accelerator } = ask;
  const counts = counterOf(askFor(ask, 1, 0));
  return rooms
    .filter(({ node, open, held }) => open && counts(node, what === 'now' ? held : NO_ONE) > 0)
    .map(({ node, held }) => {
      const all = node.allocatable.gpus[accelerator] ?? 0;
      return what === 'now' ? all - (held.amounts.gpus[accelerator] ?? 0) : all;
    })
    .filter((gpus) => gpus > 0)
    .sort((a, b) => b - a);
}

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

/** Writes a shape into the document. */
export function toShapeFix({ demand }: JobModel, { pods, gpus }: Shape, { gpuKey, spreads }: Asking): Fix {
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
