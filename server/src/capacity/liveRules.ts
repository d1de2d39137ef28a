import { message } from '../../../l10n/index.ts';
import { type GpuctlDocument, placeFindings } from '../kinds/document.ts';
import { severityOf } from '../kinds/findingList.ts';
import { isJob, type JobModel } from '../kinds/kind.ts';
import { applyLevels, type Levels } from '../kinds/levels.ts';
import type { PoolModel } from '../kinds/pool/model.ts';
import { DEFAULT_ACCELERATOR } from '../model/accelerators.ts';
import type { Finding, Fix, RuleFinding } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import type { ClusterState } from '../state/clusterState.ts';
import { type Asking, toCapacityFindings } from './findings.ts';
import { capacityFixes } from './fixes.ts';
import { compareNames } from './pools.ts';
import { judge } from './verdict.ts';

/** The cluster as it is held, whole: where nodes or pods are not known, there is none to ask. */
export interface Live {
  state: ClusterState;
  /** Namespace of jobs that name none. */
  namespace: string;
}

/**
 * What is to be told of a document: what is known of it alone, and what the cluster says of it. Where both say the same of one place,
 * the cluster knows better. Cheap: reads what is held, and where nothing is found does not look into the text.
 */
export function withLiveFindings(
  known: readonly Finding[],
  document: GpuctlDocument,
  live: Live | undefined,
  levels: Levels,
): readonly Finding[] {
  const broken = live ? liveBreaches(document, live) : [];
  if (!broken.length) return known;
  const placed = placeFindings(broken, document);
  const rest = known.filter(
    (one) => !placed.some(({ code, range }) => code === one.code && range.start === one.range.start),
  );
  return [...rest, ...applyLevels(placed, document, levels)];
}

function liveBreaches({ model }: GpuctlDocument, { state, namespace }: Live): RuleFinding[] {
  if (model?.kind === 'pool') return nodesOfPool(model as PoolModel, state);
  if (!isJob(model)) return [];
  const running = state.workload(model.namespace ?? namespace, model.name);
  if (running && !running.outcome) return []; // it holds its GPUs already
  return [...capacity(model, state), ...absentPool(model, state)];
}

function capacity(model: JobModel, state: ClusterState): RuleFinding[] {
  const { resources } = model.sections;
  const asking: Asking = {
    gpuKey: resources?.gpu === undefined && resources?.acceleratorCount !== undefined ? 'acceleratorCount' : 'gpu',
    spreads: model.kind === 'training',
  };
  const verdict = judge(state, model.demand);
  return toCapacityFindings(model.demand, verdict, asking).map((finding) => {
    const fixes = capacityFixes(model, verdict, asking, state);
    return { ...finding, ...(fixes.length && { fixes }) };
  });
}

/** How many names are offered or guessed at: a pool may list thousands of nodes of another cluster. */
const OFFERED = 4;
const GUESSED = 3;

/** A job with GPUs that names no pool, where there are pools with GPUs. */
function absentPool(model: JobModel, state: ClusterState): RuleFinding[] {
  if (model.demand.gpusPerPod === 0 || model.sections.resources?.pool !== undefined) return [];
  const pools = new Set<string>();
  for (const { pool, allocatable } of state.nodes)
    if (pool !== undefined && allocatable.gpus[DEFAULT_ACCELERATOR]) pools.add(pool);
  if (!pools.size) return [];
  const names = [...pools].sort(compareNames);
  const offered = names.slice(0, OFFERED);
  const list = offered.map((name) => `\`${name}\``).join(', ') + (names.length > OFFERED ? ', …' : '');
  const fixes: Fix[] = [...offered, 'default'].map((name) => ({
    title: message('fix.add', { text: `pool: ${name}` }),
    changes: [{ do: 'set', path: ['resources', 'pool'], value: name }],
  }));

  return [
    {
      code: 'pool.absent',
      severity: 'warning',
      path: ['resources'],
      at: 'key',
      message: message('finding.pool.absent.known', { pools: list }),
      fixes,
    },
  ];
}

/** Nodes that a pool lists: those that the cluster does not have, and those that another pool has now. */
function nodesOfPool({ name, nodes }: PoolModel, state: ClusterState): RuleFinding[] {
  let guesses = 0;
  return nodes.flatMap(({ name: node }): RuleFinding[] => {
    const path = ['nodes', node];
    const known = state.node(node);
    if (!known) {
      const guess =
        guesses++ < GUESSED
          ? nearest(
              node,
              [...state.nodes].map((one) => one.name),
            )
          : undefined;
      const code = 'pool.unknown-node';
      const about = { code, severity: severityOf(code), path, at: 'key' } as const;
      if (guess === undefined) return [{ ...about, message: message('finding.pool.unknown-node', { node }) }];
      const isListed = nodes.some((one) => one.name === guess);
      const rename: Fix = {
        title: message('fix.replace-with', { text: guess }),
        changes: [{ do: 'rename', path, to: guess }],
        preferred: true,
      };
      const said = message('finding.pool.unknown-node.guess', { node, guess });
      return [{ ...about, message: said, ...(!isListed && { fixes: [rename] }) }];
    }
    if (known.pool === undefined || known.pool === name) return [];
    const code = 'pool.node-moves';
    const said = message('finding.pool.node-moves', { node, from: known.pool, to: name });
    return [{ code, severity: severityOf(code), path, at: 'key', message: said }];
  });
}
