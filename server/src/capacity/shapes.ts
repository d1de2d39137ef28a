import { message } from '../../../l10n/index.ts';
import { type SetValue, warningsWith } from '../kinds/changedDocument.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import type { JobModel } from '../kinds/kind.ts';
import type { Fix } from '../model/finding.ts';
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

/** A job, and what its fixes are looked for in. */
export interface Situation {
  model: JobModel;
  ask: Ask;
  asking: Asking;
  state: ClusterState;
  document: GpuctlDocument;
  /** Whether the cluster has queues; `undefined` where that is not known. */
  queues: boolean | undefined;
}

/** How many shapes are tried out in the document before one is offered. */
const TRIES = 16;

/** Shapes that fit now, else that could ever fit, and that go with the rest of the document; none twice. */
export function shapesFor(situation: Situation, verdict: Verdict): Shape[] {
  const { model, ask, asking, state } = situation;
  const pick: Pick = (shapes) => {
    let best: { shape: Shape; warnings: number } | undefined;
    for (const shape of shapes.slice(0, TRIES)) {
      if (best && (shape.pods !== best.shape.pods || 2 * shape.gpus <= best.shape.gpus)) continue;
      const warnings = warningsWith(situation.document, valuesOf(model, shape, asking));
      if (warnings === undefined || (best && warnings >= best.warnings)) continue;
      best = { shape, warnings };
      if (warnings === 0) break;
    }
    return best?.shape;
  };
  if (asking.spreads && verdict.is === 'fragmented') {
    const { split } = verdict;
    return toList(pick(split ? [{ pods: split.nodes, gpus: split.gpus }] : []));
  }
  const rooms = roomsFor(state, ask);
  const asked = { pods: model.demand.pods, gpus: model.demand.gpusPerPod };
  for (const what of ['now', 'ever'] as const) {
    const blocks = blocksOf(ask, rooms, what);
    if (!blocks.length) continue;
    const shapes = asking.spreads ? spreadsIn(blocks, asked, verdict, pick) : replicasIn(blocks, asked, pick);
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
function spreadsIn(blocks: readonly number[], asked: Shape, verdict: Verdict, pick: Pick): Shape[] {
  const all = size(asked);
  const on = (pods: number, limit: number) => falling(pods, Math.min(blocks[pods - 1] ?? 0, limit));
  if (verdict.is === 'node-too-small') {
    const more = blocks.flatMap((block, index) => {
      const shape = { pods: index + 1, gpus: all / (index + 1) };
      return shape.pods > asked.pods && all % shape.pods === 0 && block >= shape.gpus ? [shape] : [];
    });
    const found = pick(more);
    if (found) return [found];
  }
  const same = pick(on(asked.pods, asked.gpus));
  const most = pick(
    blocks
      .slice(0, all)
      .flatMap((_, index) => on(index + 1, Math.floor(all / (index + 1))))
      .filter((shape) => !same || size(shape) > size(same))
      .sort((a, b) => size(b) - size(a)),
  );
  return [...toList(same), ...toList(most)].filter(({ pods, gpus }) => pods !== asked.pods || gpus !== asked.gpus);
}

/** For replicas: fewer of the same size, or as many with fewer GPUs. */
function replicasIn(blocks: readonly number[], { pods, gpus }: Shape, pick: Pick): Shape[] {
  const roomFor = (each: number) => blocks.reduce((count, block) => count + Math.floor(block / each), 0);
  const fewer = Math.min(pods, roomFor(gpus));
  const smaller = falling(pods, Math.min(gpus - 1, blocks[0] ?? 0)).filter((shape) => roomFor(shape.gpus) >= pods);
  return [...toList(pick(fewer > 0 && fewer < pods ? [{ pods: fewer, gpus }] : [])), ...toList(pick(smaller))];
}

/** The first shape that draws no new error; rather one that is more than half as large, on as many nodes, and draws fewer warnings. */
type Pick = (shapes: readonly Shape[]) => Shape | undefined;

const toList = (shape: Shape | undefined): Shape[] => (shape ? [shape] : []);

/** So many GPUs for each, and ever fewer. */
const falling = (pods: number, most: number): Shape[] =>
  Array.from({ length: Math.max(0, most) }, (_, less) => ({ pods, gpus: most - less }));

const size = ({ pods, gpus }: Shape): number => pods * gpus;

/** GPUs of the document, which for one job of several nodes are those of all nodes. */
const gpusOf = ({ pods, gpus }: Shape, { spreads }: Asking): number => (spreads ? pods * gpus : gpus);

function valuesOf({ demand }: JobModel, shape: Shape, asking: Asking): SetValue[] {
  const count = gpusOf(shape, asking);
  const before = gpusOf({ pods: demand.pods, gpus: demand.gpusPerPod }, asking);
  const podsPath = asking.spreads ? ['resources', 'nodeCount'] : ['service', 'replicas'];
  return [
    ...(count === before ? [] : [{ do: 'set', path: ['resources', asking.gpuKey], value: count } as const]),
    ...(shape.pods === demand.pods ? [] : [{ do: 'set', path: podsPath, value: shape.pods } as const]),
  ];
}

/** Writes a shape into the document. */
export function toShapeFix(model: JobModel, shape: Shape, asking: Asking): Fix {
  const { pods, gpus } = shape;
  const title = asking.spreads
    ? message('fix.gpus-on-nodes', { gpus: gpusOf(shape, asking), nodes: pods, perNode: gpus })
    : message('fix.replicas', { replicas: pods, gpus });
  return { title, changes: valuesOf(model, shape, asking) };
}
