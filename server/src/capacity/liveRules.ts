import { type Message, message } from '../../../l10n/index.ts';
import { type CheckedFile, documentsOf } from '../kinds/checkedFile.ts';
import { type GpuctlDocument, placeFindings } from '../kinds/document.ts';
import { severityOf } from '../kinds/findingList.ts';
import { isJob, type JobModel } from '../kinds/kind.ts';
import { applyLevels, type Levels } from '../kinds/levels.ts';
import type { PoolModel } from '../kinds/pool/model.ts';
import { DEFAULT_ACCELERATOR } from '../model/accelerators.ts';
import type { Finding, Fix, RuleFinding } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import type { ClusterState } from '../state/clusterState.ts';
import { otherPools, withAdvice } from './advice.ts';
import { type Asking, isPassing, toCapacityFindings } from './findings.ts';
import { capacityFixes } from './fixes.ts';
import type { Outlook } from './outlook.ts';
import { compareNames } from './pools.ts';
import { runs, type Verdict } from './verdict.ts';

/** The cluster as it is held; where nothing can be judged, why. */
export type Live = Outlook | { unknown: Message };

/**
 * What is to be told of a document: what is known of it alone, and what the cluster says of it. Where both say the same of one place,
 * the cluster knows better. Cheap: reads what is held, and where nothing is found does not look into the text.
 */
export function withLiveFindings(
  known: readonly Finding[],
  document: GpuctlDocument,
  live: Live | undefined,
  levels: Levels,
  file?: CheckedFile,
): readonly Finding[] {
  const broken = live ? liveBreaches(document, live, file) : [];
  if (!broken.length) return known;
  const placed = placeFindings(broken, document);
  const rest = known.filter(
    (one) => !placed.some(({ code, range }) => code === one.code && range.start === one.range.start),
  );
  return [...rest, ...applyLevels(placed, document, levels)];
}

function liveBreaches({ model }: GpuctlDocument, live: Live, file: CheckedFile | undefined): RuleFinding[] {
  if ('unknown' in live) return isJob(model) && model.demand.gpusPerPod > 0 ? [notKnown(live.unknown)] : [];
  if (model?.kind === 'pool') return nodesOfPool(model as PoolModel, live.state);
  if (!isJob(model)) return [];
  const own = holdsItAlready(model, live) ? [] : [...capacityFindings(model, live), ...notTogether(model, live, file)];
  return [...own, ...absentPool(model, live.state)];
}

/** Of more jobs in one file than this nobody expects that they run at once. */
const TOGETHER = 50;

/** A job that fits alone, and not beside the jobs above it in the file. */
export function notTogether(model: JobModel, outlook: Outlook, file: CheckedFile | undefined): RuleFinding[] {
  const models = (file ? documentsOf(file) : []).flatMap(({ document }) =>
    isJob(document.model) ? [document.model] : [],
  );
  if (models.length < 2 || models.length > TOGETHER || !runs(outlook.verdict(model))) return [];
  const beside = outlook.together(models)[models.indexOf(model)];
  if (!beside || runs(beside)) return [];
  const code = 'capacity.not-together';
  const said = message('finding.capacity.not-together');
  return [{ code, severity: severityOf(code), path: ['resources', askingOf(model).gpuKey], message: said }];
}

function notKnown(reason: Message): RuleFinding {
  const code = 'capacity.unknown';
  const said = message('finding.capacity.unknown', { reason });
  return { code, severity: severityOf(code), path: ['resources'], at: 'key', message: said };
}

/** Whether the job runs as the document asks: then it has its GPUs. */
export function holdsItAlready(model: JobModel, { state, settings }: Outlook): boolean {
  const { pods, gpusPerPod, pool } = model.demand;
  const running = state.workload(model.namespace ?? settings.namespace, model.name);
  return (
    running !== undefined &&
    !running.outcome &&
    running.podsWanted === pods &&
    running.gpusPerPod === gpusPerPod &&
    running.pool === pool
  );
}

/** How a document asks for what it demands. */
export function askingOf({ kind, sections: { resources } }: JobModel): Asking {
  const isOldKey = resources?.gpu === undefined && resources?.acceleratorCount !== undefined;
  return { gpuKey: isOldKey ? 'acceleratorCount' : 'gpu', spreads: kind === 'training' };
}

/** What was found last: findings, lens, hints and hover of a job ask for the same. A verdict is one job's, and of one state. */
const FOUND = new WeakMap<Verdict, RuleFinding[]>();

/** Why a job does not run now, with when it will and what helps; nothing where it fits. */
export function capacityFindings(model: JobModel, outlook: Outlook): RuleFinding[] {
  const verdict = outlook.verdict(model);
  const known = FOUND.get(verdict);
  if (known) return known;
  const found = findCapacity(model, outlook);
  FOUND.set(verdict, found);
  return found;
}

function findCapacity(model: JobModel, outlook: Outlook): RuleFinding[] {
  const { state } = outlook;
  const asking = askingOf(model);
  const [ask, verdict] = [outlook.ask(model), outlook.verdict(model)];
  return toCapacityFindings(ask, verdict, asking).map((finding) => {
    const others = isPassing(verdict) || verdict.is === 'preempts' ? otherPools(state, ask) : [];
    const said = isPassing(verdict)
      ? withAdvice(finding.message, outlook.whenFree(model), others[0], ask.namespace)
      : finding.message;
    const fixes = capacityFixes(model, ask, verdict, asking, state, others);
    return { ...finding, message: said, ...(fixes.length && { fixes }) };
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
