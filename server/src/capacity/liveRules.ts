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
import { type OtherPool, otherPools, withAdvice } from './advice.ts';
import { type Asking, isPassing, toCapacityFindings } from './findings.ts';
import { capacityFixes, withoutRestricted } from './fixes.ts';
import type { Outlook } from './outlook.ts';
import { compareNames } from './pools.ts';
import { runs, type Verdict } from './verdict.ts';
import type { WhenFree } from './whenFree.ts';

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

function liveBreaches(document: GpuctlDocument, live: Live, file: CheckedFile | undefined): RuleFinding[] {
  const { model } = document;
  if ('unknown' in live) return isJob(model) && model.demand.gpusPerPod > 0 ? [notKnown(live.unknown)] : [];
  if (model?.kind === 'pool') return nodesOfPool(model as PoolModel, live.state);
  if (!isJob(model)) return [];
  const own = holdsItAlready(model, live)
    ? []
    : [...mendable(document, model, live), ...notTogether(model, live, file)];
  return [...own, ...absentPool(model, live.state)];
}

/** Of more jobs in one file than this nobody expects that they run at once. */
const TOGETHER = 20;

const JOBS = new WeakMap<CheckedFile, readonly JobModel[]>();

function jobsOf(file: CheckedFile): readonly JobModel[] {
  let jobs = JOBS.get(file);
  if (!jobs) {
    jobs = documentsOf(file).flatMap(({ document }) => (isJob(document.model) ? [document.model] : []));
    JOBS.set(file, jobs);
  }
  return jobs;
}

/** A job that fits alone, and not beside the jobs above it in the file. */
export function notTogether(model: JobModel, outlook: Outlook, file: CheckedFile | undefined): RuleFinding[] {
  const models = file ? jobsOf(file) : [];
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
export const holdsItAlready = (model: JobModel, outlook: Outlook): boolean => outlook.holds(model);

/** How a document asks for what it demands. */
export function askingOf({ kind, sections: { resources } }: JobModel): Asking {
  const isOldKey = resources?.gpu === undefined && resources?.acceleratorCount !== undefined;
  return { gpuKey: isOldKey ? 'acceleratorCount' : 'gpu', spreads: kind === 'training' };
}

/** Why a job does not run, and other pools where it would. `when` is what was told of the time. */
interface Found {
  when: WhenFree | undefined;
  findings: RuleFinding[];
  others: OtherPool[];
}

/** What was found last: findings, lens, hints and hover of a job ask for the same. A verdict is one job's, and of one state. */
const FOUND = new WeakMap<Verdict, Found>();
const MENDABLE = new WeakMap<Found, { document: GpuctlDocument; findings: RuleFinding[] }>();

/** Why a job does not run now, with when it will and where it would; nothing where it fits. What mends it: see `mendable`. */
export const capacityFindings = (model: JobModel, outlook: Outlook): RuleFinding[] => find(model, outlook).findings;

/** The same of a document's job, with what mends it. */
export function mendable(document: GpuctlDocument, model: JobModel, outlook: Outlook): RuleFinding[] {
  const found = find(model, outlook);
  const known = MENDABLE.get(found);
  if (known?.document === document) return known.findings;
  const { others, findings } = found;
  const { state, settings } = outlook;
  const { queues } = settings;
  const situation = { model, ask: outlook.ask(model), asking: askingOf(model), state, document, queues };
  const fixes = findings.length ? capacityFixes(situation, outlook.verdict(model), others) : [];
  const mended = fixes.length ? findings.map((finding) => ({ ...finding, fixes })) : findings;
  MENDABLE.set(found, { document, findings: mended });
  return mended;
}

function find(model: JobModel, outlook: Outlook): Found {
  const [ask, verdict] = [outlook.ask(model), outlook.verdict(model)];
  // When that is may be known later than the rest.
  const when = isPassing(verdict) ? outlook.whenFree(model).when : undefined;
  const known = FOUND.get(verdict);
  if (known && known.when === when) return known;
  const plain = toCapacityFindings(ask, verdict, askingOf(model));
  const isToMove = plain.length > 0 && (isPassing(verdict) || verdict.is === 'preempts');
  const others = isToMove ? otherPools(outlook.state, ask) : [];
  const findings = plain.map((finding) =>
    isPassing(verdict) ? { ...finding, message: withAdvice(finding.message, when, others[0], ask.namespace) } : finding,
  );
  const found = { when, findings, others };
  FOUND.set(verdict, found);
  return found;
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
  const names = withoutRestricted([...pools], state).sort(compareNames);
  if (!names.length) return [];
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
