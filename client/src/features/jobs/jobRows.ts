import type { JobDto, JobPhase, JobsDto, PodDto, TroubleDto } from '../../../../server/src/protocol.ts';
import { type Row, toTooltip } from '../../infrastructure/row.ts';
import type { Texts } from '../../infrastructure/texts.ts';

/** State as shape and colour; the word stands in the group, the description and the tooltip. */
const ICONS: Record<JobPhase, { name: string; color: string }> = {
  waiting: { name: 'clockface', color: 'charts.yellow' },
  running: { name: 'circle-filled', color: 'charts.green' },
  succeeded: { name: 'pass', color: 'charts.blue' },
  failed: { name: 'error', color: 'charts.red' },
  stopped: { name: 'circle-slash', color: 'disabledForeground' },
  unknown: { name: 'question', color: 'disabledForeground' },
};

const GROUPS = [
  { id: 'running', phases: ['running'] },
  { id: 'waiting', phases: ['waiting', 'unknown'] },
  { id: 'ended', phases: ['failed', 'succeeded', 'stopped'] },
] as const satisfies { id: string; phases: JobPhase[] }[];

/** A job that should be whole by now, and is not. */
const IN_PART = { name: 'warning', color: 'charts.orange' };
const MINUTE = 60_000;

/** Kinds that have replicas. */
export const SERVICES: readonly string[] = ['inference', 'compute'];

/** What decides how a job is told. */
export interface JobRowsContext {
  texts: Texts;
  now: number;
  /** The namespace of the window; a job elsewhere says where it is. */
  namespace?: string | undefined;
  /** Minutes that a job may run in part before it is marked; 0 marks none. */
  startTimeout?: number;
}

/** Jobs in groups by state. Inside a group the newest stands first, and stays there: only a change of state moves a row. */
export function buildJobRows({ jobs, incomplete }: JobsDto, context: JobRowsContext): Row[] {
  const { t } = context.texts;
  // A view with a note has no welcome: what that offers stands here.
  if (jobs.length === 0 && incomplete) {
    const command = 'gpuctl.job.newFile';
    return [{ id: command, label: t('ui.jobs.newFile'), icon: { name: 'new-file' }, command }];
  }
  return GROUPS.flatMap(({ id, phases }) => {
    const members = jobs.filter(({ phase }) => (phases as readonly JobPhase[]).includes(phase)).sort(byBirth);
    if (members.length === 0) return [];
    const label = t(`ui.jobs.${id}`);
    return [
      {
        id: `group:${id}`,
        label,
        description: String(members.length),
        spoken: `${label}, ${t('ui.jobs.count', { count: members.length })}`,
        // Ended ones, too: the job that one was watching does not go out of sight when it fails.
        expanded: true,
        context: 'group',
        children: members.map((job) => buildJobRow(job, context)),
      },
    ];
  });
}

/** What cannot be seen; without it, an empty list is the whole truth and the welcome says so. */
export function toJobsNote({ jobs, incomplete }: JobsDto, { t, join }: Texts): string | undefined {
  return incomplete && jobs.length === 0 ? join(t('ui.jobs.none'), incomplete) : incomplete;
}

function buildJobRow(job: JobDto, context: JobRowsContext): Row {
  const { t } = context.texts;
  const { ref, phase, pods } = job;
  const id = `job:${ref.namespace}/${ref.name}`;
  const elsewhere = ref.namespace === context.namespace ? undefined : ref.namespace;
  const [gpus, age, state] = [toGpus(job, context), toAge(job, context), toState(job, context)];
  // What is compared comes first, since a narrow side bar cuts the rest: how much a job holds; how one ended, and when.
  const facts = job.endedAt ? [state, age, gpus, elsewhere] : [gpus, age, state, elsewhere];
  const description = facts.filter(Boolean).join(' · ');
  return {
    id,
    label: ref.name,
    description,
    icon: isOverdue(job, context) ? IN_PART : ICONS[phase],
    tooltip: toJobTooltip(job, context),
    spoken: [ref.name, t(`ui.phase.${phase}`), ...facts.filter((fact) => fact !== t(`ui.phase.${phase}`))]
      .filter(Boolean)
      .join(', '),
    context: [
      'job',
      phase,
      ...(job.held ? ['held'] : []),
      ...(SERVICES.includes(job.kind) ? ['service'] : []),
      ...refusalsOf(job),
    ].join('.'),
    command: 'gpuctl.job.log',
    job: ref,
    children: [...pods].sort(byRank).map((pod) => buildPodRow(job, pod, id, context)),
  };
}

/** What menus leave out: `no-delete`. */
const refusalsOf = ({ refused = {} }: JobDto): string[] => Object.keys(refused).map((gesture) => `no-${gesture}`);

function buildPodRow(job: JobDto, pod: PodDto, parent: string, { texts: { t, time }, now }: JobRowsContext): Row {
  const { name, rank, node, phase, state, restarts, startedAt, trouble } = pod;
  const { ref, refused } = job;
  const label = rank === undefined ? name : t('ui.pod.rank', { rank });
  const description = [node, state].filter(Boolean).join(' · ');
  return {
    id: `${parent}/${name}`,
    label,
    description,
    icon: ICONS[phase],
    tooltip: toTooltip(label, [
      [t('ui.fact.state'), state],
      ['', trouble?.hint],
      [t('ui.fact.node'), node],
      [t('ui.fact.replica'), name],
      [t('ui.fact.started'), startedAt && time(startedAt, now)],
      [t('ui.fact.restarts'), restarts > 0 ? String(restarts) : undefined],
      [t('ui.fact.details'), toDetails(trouble)],
    ]),
    spoken: `${label}, ${description}`,
    context: refused?.log ? 'pod.no-log' : 'pod',
    command: 'gpuctl.job.log',
    job: ref,
    pod: name,
  };
}

/** `8×A100-80G`; the kind of a job without GPUs, since there is nothing else to compare. */
function toGpus({ gpus, gpuType, kind }: JobDto, { texts }: JobRowsContext): string {
  const { t } = texts;
  if (gpus === 0) return toKind(kind, texts);
  return gpuType ? `${gpus}×${gpuType}` : t('ui.gpus', { count: gpus });
}

function toKind(kind: string, { t }: Texts): string {
  const known = ['training', 'inference', 'notebook', 'compute'] as const;
  const name = known.find((candidate) => candidate === kind);
  return name ? t(`ui.kind.${name}`) : kind;
}

function toAge(job: JobDto, { texts, now }: JobRowsContext): string | undefined {
  const { phase, createdAt, startedAt, endedAt } = job;
  if (phase === 'running') return (startedAt ?? createdAt) && texts.age(startedAt ?? createdAt ?? '', now);
  if (endedAt) return texts.ago(endedAt, now);
  return createdAt && texts.age(createdAt, now);
}

/**
 * Whether a training has run in part for longer than it may: some of its ranks hold their GPUs and wait for others that never ran. A rank
 * that ran and is down for a while is another matter, and so is a replica of a service.
 */
function isOverdue(job: JobDto, { now, startTimeout = 0 }: JobRowsContext): boolean {
  const { kind, phase, podsRunning, podsWanted, pods, startedAt, createdAt } = job;
  if (kind !== 'training' || phase !== 'running' || podsRunning >= podsWanted || startTimeout <= 0) return false;
  const ran = new Set(pods.flatMap(({ startedAt, rank, name }) => (startedAt ? [rank ?? name] : [])));
  return ran.size < podsWanted && now - Date.parse(startedAt ?? createdAt ?? '') > startTimeout * MINUTE;
}

/** A running job says how many of its pods run, where it has several; any other, or one overdue, its state with the reason. */
function toState(job: JobDto, context: JobRowsContext): string | undefined {
  const { phase, state, podsRunning, podsWanted } = job;
  const { t } = context.texts;
  if (isOverdue(job, context)) return state;
  if (phase !== 'running') return state || t(`ui.phase.${phase}`);
  return podsWanted > 1 || podsRunning < podsWanted ? `${podsRunning}/${podsWanted}` : undefined;
}

function toJobTooltip(job: JobDto, context: JobRowsContext): string {
  const { t, time } = context.texts;
  const { now } = context;
  const at = (moment: string | undefined) => moment && time(moment, now);
  return toTooltip(job.ref.name, [
    [t('ui.fact.state'), job.state || t(`ui.phase.${job.phase}`)],
    ['', job.trouble?.hint],
    [t('ui.fact.kind'), toKind(job.kind, context.texts)],
    ['GPU', job.gpus > 0 ? toGpus(job, context) : undefined],
    [t('ui.fact.pool'), job.pool],
    [t('ui.fact.replicas'), `${job.podsRunning}/${job.podsWanted}`],
    [t('ui.fact.namespace'), job.ref.namespace],
    [t('ui.fact.submittedBy'), job.submittedBy],
    [t('ui.fact.submitted'), at(job.createdAt)],
    [t('ui.fact.started'), at(job.startedAt)],
    [t('ui.fact.ended'), at(job.endedAt)],
    [t('ui.fact.details'), toDetails(job.trouble)],
    ...Object.values(job.refused ?? {}).map((sentence) => ['', sentence] as const),
  ]);
}

/** Characters of a raw text that a tooltip has room for. */
const DETAILS = 600;

function toDetails({ detail = '' }: TroubleDto = { code: '' }): string | undefined {
  const text = detail.replace(/\s+/g, ' ');
  return text.length > DETAILS ? `${text.slice(0, DETAILS)} …` : text;
}

function byBirth(a: JobDto, b: JobDto): number {
  return (b.createdAt ?? '').localeCompare(a.createdAt ?? '') || a.ref.name.localeCompare(b.ref.name);
}

function byRank(a: PodDto, b: PodDto): number {
  return (a.rank ?? 0) - (b.rank ?? 0) || a.name.localeCompare(b.name);
}
