import type { JobDto, JobGesture, JobPageDto, PodDto } from '../../../../server/src/protocol.ts';
import { isSilent } from '../../infrastructure/silence.ts';
import { isService, type PageContext, type PageData, withoutPhase } from './pageData.ts';
import type { PageButton, PageFact, PageView } from './pageView.ts';
import { buildSections } from './sections.ts';

/** The page of a job, in words. Pure. */
export function buildPage(data: PageData, context: PageContext): PageView {
  const { job } = data.page;
  const { t } = context.texts;
  const phaseWord = t(`ui.phase.${job.phase}`);
  return {
    name: job.ref.name,
    phase: job.phase,
    phaseWord,
    state: withoutPhase(job.state, phaseWord),
    gesturesLabel: t('ui.page.gestures'),
    gestures: context.onlyLooks ? [] : buildGestures(data.page, context),
    summaryLabel: t('ui.page.summary'),
    facts: buildFacts(job, context),
    sections: buildSections(data, context),
  };
}

const ORDER = ['log', 'start', 'stop', 'resume', 'scale', 'delete'] as const satisfies JobGesture[];
/** What is likely wanted most, of what can be done. */
const WANTED = ['start', 'resume', 'log'] as const satisfies JobGesture[];

function buildGestures({ job, gestures }: JobPageDto, { texts: { t } }: PageContext): PageButton[] {
  const fits: Partial<Record<JobGesture, boolean>> = {
    // What never started has no log.
    log: !isSilent(job),
    // A stopped job goes on by being started; only trainings have a next run.
    resume: !gestures.includes('start') && job.kind === 'training',
  };
  const offered = ORDER.filter((one) => gestures.includes(one) && fits[one] !== false);
  const wanted = WANTED.find((one) => offered.includes(one));
  return offered.map((gesture) => {
    const refused = job.refused?.[gesture];
    return {
      ask: { do: 'gesture', gesture },
      label: t(`ui.page.${gesture}`),
      ...(gesture === wanted && { main: true }),
      ...(refused && { refused }),
    };
  });
}

/** Nodes that are named one by one. */
const NODES = 6;

function buildFacts(job: JobDto, context: PageContext): PageFact[] {
  const { texts, now, cluster, onlyLooks } = context;
  const { t } = texts;
  const { createdAt, pool, run, restarts, step, podsWanted } = job;
  const facts: (PageFact | undefined)[] = [
    { name: t('ui.fact.kind'), value: toKind(job, context) },
    { name: t('ui.fact.gpu'), value: toGpus(job, context) },
    {
      name: t('ui.fact.pool'),
      value: pool ?? t('ui.page.no-pool'),
      ...(pool && !onlyLooks && { button: { ask: { do: 'pool', pool }, label: pool } }),
    },
    { name: t('ui.fact.nodes'), value: toNodes(job, context) },
    podsWanted > 1
      ? {
          name: t(isService(job) ? 'ui.page.replicas' : 'ui.page.ranks'),
          value: t('ui.page.running-of', { running: job.podsRunning, wanted: podsWanted }),
        }
      : undefined,
    step && {
      name: t('ui.page.step'),
      value: texts.step(step.at, step.of),
    },
    restarts > 0 ? { name: t('ui.fact.restarts'), value: String(restarts) } : undefined,
    run === undefined ? undefined : { name: t('ui.page.run'), value: t('ui.page.run-number', { run }) },
    createdAt === undefined ? undefined : { name: t('ui.page.age'), value: texts.age(createdAt, now) },
    job.submittedBy === undefined ? undefined : { name: t('ui.fact.submittedBy'), value: job.submittedBy },
    { name: t('ui.fact.namespace'), value: job.ref.namespace },
    cluster ? { name: t('ui.page.cluster'), value: cluster } : undefined,
  ];
  return facts.filter((fact) => fact !== undefined);
}

function toKind({ kind }: JobDto, { texts: { t } }: PageContext): string {
  const known = ['training', 'inference', 'notebook', 'compute'] as const;
  const name = known.find((one) => one === kind);
  return name ? t(`ui.kind.${name}`) : kind;
}

function toGpus(job: JobDto, { texts: { t } }: PageContext): string {
  const { gpus: count, gpuType, podsWanted: nodes } = job;
  if (count === 0) return t('ui.page.gpu-none');
  const gpus = gpuType ? `${count} × ${gpuType}` : t('ui.gpus', { count });
  return nodes > 1 && !isService(job) ? t('ui.page.gpus-each', { gpus, each: count / nodes, nodes }) : gpus;
}

function toNodes({ pods, endedAt }: JobDto, { texts: { t } }: PageContext): string {
  const isThere = ({ phase }: PodDto) => endedAt !== undefined || phase === 'running' || phase === 'waiting';
  const nodes = [...new Set(pods.filter(isThere).flatMap(({ node }) => node ?? []))];
  if (nodes.length === 0) return t('ui.page.no-node');
  const named = nodes.slice(0, NODES).join(', ');
  const count = nodes.length - NODES;
  return count > 0 ? t('ui.page.nodes-more', { nodes: named, count }) : named;
}
