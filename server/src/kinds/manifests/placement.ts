import { isSliceOf } from '../../model/accelerators.ts';
import type { JobModel } from '../kind.ts';
import type { Site, SiteNode } from './site.ts';

/**
 * Where pods may go: the pool by its label under whichever prefix its nodes bear it; the GPU type by the labels that match it; the
 * one rack that was chosen for a job that needs one.
 */
export function buildPlacement(model: JobModel, site: Site): object {
  const { pool, gpuType } = model.demand;
  const byPool = pool === undefined ? noPool() : inPool(pool, site);
  // A slice is chosen by its resource; no node is labelled with it.
  const byLabel = gpuType !== undefined && !isSliceOf(gpuType)(site.accelerator);
  const types = !byLabel ? [] : typeTerms(gpuType, nodesOf(pool, site), site);
  const poolTerms = byPool.terms.length ? byPool.terms : [[]];
  const terms = poolTerms
    .flatMap((one) => (types.length ? types.map((other) => [...one, other]) : [one]))
    .map((term) => [...term, ...inRack(model, site)])
    .filter((term) => term.length);
  return {
    ...(byPool.selector && { nodeSelector: byPool.selector }),
    ...(terms.length && {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: terms.map((matchExpressions) => ({ matchExpressions })),
          },
        },
      },
    }),
  };
}

const nodesOf = (pool: string | undefined, { nodes }: Site): readonly SiteNode[] =>
  nodes.filter((node) => node.pool === pool);

const inRack = ({ demand }: JobModel, { rack }: Site): Expression[] =>
  demand.sameRack === 'required' && rack ? [{ key: rack.label, operator: 'In', values: [rack.value] }] : [];

interface Expression {
  key: string;
  operator: 'In' | 'DoesNotExist';
  values?: string[];
}

const noPool = (): { selector?: Record<string, string>; terms: Expression[][] } => ({
  terms: [
    [
      { key: 'gpuctl/pool', operator: 'DoesNotExist' },
      { key: 'runwhere.ai/pool', operator: 'DoesNotExist' },
    ],
  ],
});

function inPool(pool: string, site: Site): { selector?: Record<string, string>; terms: Expression[][] } {
  const prefixes = ['gpuctl', 'runwhere.ai'].filter((prefix) =>
    nodesOf(pool, site).some(({ labels }) => labels[`${prefix}/pool`] === pool),
  );
  if (prefixes.length < 2) return { selector: { [`${prefixes[0] ?? site.prefix}/pool`]: pool }, terms: [] };
  return { terms: prefixes.map((prefix) => [{ key: `${prefix}/pool`, operator: 'In', values: [pool] }]) };
}

/** Labels by which the pool's nodes say that they have this type; as the document writes it where nothing is known. */
function typeTerms(gpuType: string, nodes: readonly SiteNode[], site: Site): Expression[] {
  const wanted = gpuType.toLowerCase();
  const found = new Map<string, Set<string>>();
  for (const { labels } of nodes) {
    for (const key of ['gpuctl/gpu-type', 'runwhere.ai/gpu-type', 'runwhere.ai/gpuType', 'nvidia.com/gpu.product']) {
      const value = labels[key];
      if (value?.toLowerCase() !== wanted) continue;
      found.set(key, (found.get(key) ?? new Set()).add(value));
      break;
    }
  }
  if (!found.size) return [{ key: `${site.prefix}/gpu-type`, operator: 'In', values: [gpuType] }];
  return [...found].map(([key, values]) => ({ key, operator: 'In', values: [...values] }));
}
