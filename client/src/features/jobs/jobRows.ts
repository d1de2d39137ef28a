import type { ForwardDto, JobDto, PodDto, TroubleDto } from '../../../../server/src/protocol.ts';
import { type Row, toTooltip } from '../../infrastructure/row.ts';
import { hasSpoken, isSilent } from '../../infrastructure/silence.ts';
import type { Texts } from '../../infrastructure/texts.ts';
import { buildForwardRow, forwardsOf } from './forwardRows.ts';
import { isKnownKind, isOverdue, SERVICES, STATES, signsOf } from './jobSigns.ts';

/** What decides how a job is told. */
export interface JobRowsContext {
  texts: Texts;
  now: number;
  /** The namespace of the window; a job elsewhere says where it is. */
  namespace?: string | undefined;
  /** Minutes that a job may run in part before it is marked; 0 marks none. */
  startTimeout?: number;
  /** Ports of jobs on this machine. */
  forwards?: readonly ForwardDto[];
  /** Context of the kubeconfig of which the jobs are. */
  context?: string | undefined;
}

/** Milliseconds after which a notebook in which nothing runs is told of, and after which it is offered to stop it. */
const IDLE = 600_000;
const OFFER = 3_600_000;

/** A job with its reason, where something is the matter, and its pods. `isSorted`: the group that it stands in says its state. */
export function buildJobRow(job: JobDto, context: JobRowsContext, isSorted: boolean): Row {
  const { t, list } = context.texts;
  const { ref, phase, pods, trouble } = job;
  const id = `job:${ref.namespace}/${ref.name}`;
  const isLate = isOverdue(job, context.now, context.startTimeout);
  const word = t(`ui.phase.${phase}`);
  const facts = toFacts(job, context, isLate, isSorted);
  const { icon, sign } = signsOf(job, isLate);
  const forwards = forwardsOf(ref, context.forwards, context.context);
  const isTold = phase === 'failed' || (trouble !== undefined && phase !== 'succeeded');
  return {
    id,
    label: ref.name,
    description: facts.join(' · '),
    icon,
    badge: { sign, meaning: word, ...(phase === 'failed' && { isBad: true }) },
    tooltip: toJobTooltip(job, context),
    links: [
      ...(isOpenable(job) ? [{ label: t('ui.jobs.open'), command: 'gpuctl.notebook.open' } as const] : []),
      { label: t('ui.jobs.details'), command: 'gpuctl.job.details' },
      ...(isTold ? [{ label: t('ui.jobs.why'), command: 'gpuctl.job.why' } as const] : []),
      ...(job.refused?.log ? [] : [{ label: t('ui.jobs.log'), command: 'gpuctl.job.log' } as const]),
      ...(toOffer(job, context) && !job.refused?.stop
        ? [{ label: t('ui.jobs.stop'), command: 'gpuctl.job.stop' } as const]
        : []),
    ],
    spoken: list([...new Set([ref.name, word, toKind(job.kind, context.texts), ...facts])]),
    context: [
      'job',
      phase,
      ...(job.held ? ['held'] : []),
      ...(SERVICES.includes(job.kind) ? ['service'] : []),
      ...(job.kind === 'notebook' ? ['notebook'] : []),
      ...(isTold ? ['told'] : []),
      ...(isSilent(job) ? ['silent'] : []),
      ...refusalsOf(job),
    ].join('.'),
    command: 'gpuctl.job.details',
    job: ref,
    // Where it comes into another group, what is reached through it stays in sight.
    ...(forwards.length && { expanded: true }),
    children: [
      ...(isTold ? [buildReasonRow(job, id, context)] : []),
      ...forwards.map((one) => buildForwardRow(one, id, context.texts)),
      ...[...pods].sort(byRank).map((pod) => buildPodRow(job, pod, id, context)),
    ],
  };
}

/** The whole sentence, which the row of a job has no room for; it opens the explanation. */
function buildReasonRow({ ref, state, trouble, phase }: JobDto, parent: string, { texts }: JobRowsContext): Row {
  const { t, list } = texts;
  return {
    id: `${parent}?`,
    label: state || t(`ui.phase.${phase}`),
    icon: { name: 'lightbulb' },
    tooltip: toTooltip(state, [
      ['', trouble?.hint],
      [t('ui.fact.details'), toDetails(trouble)],
    ]),
    spoken: list([t('ui.jobs.why'), state]),
    context: 'reason',
    command: 'gpuctl.job.why',
    job: ref,
  };
}

/** What menus leave out: `no-delete`. */
const refusalsOf = ({ refused = {} }: JobDto): string[] => Object.keys(refused).map((gesture) => `no-${gesture}`);

function buildPodRow(job: JobDto, pod: PodDto, parent: string, { texts: { t, time }, now }: JobRowsContext): Row {
  const { name, rank, node, phase, state, restarts, startedAt, trouble } = pod;
  const { ref, refused } = job;
  const label = rank === undefined ? name : t('ui.pod.rank', { rank });
  const description = [node, state].filter(Boolean).join(' · ');
  const { icon, color } = STATES[phase];
  return {
    id: `${parent}/${name}`,
    label,
    description,
    icon: { name: icon, color },
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
    context: [
      'pod',
      ...(phase === 'running' ? [phase] : []),
      ...(hasSpoken(pod) ? [] : ['silent']),
      ...(['log', 'terminal', 'forward'] as const)
        .filter((gesture) => refused?.[gesture])
        .map((gesture) => `no-${gesture}`),
    ].join('.'),
    command: 'gpuctl.job.log',
    job: ref,
    pod: name,
  };
}

/**
 * What is compared comes first, since a narrow side bar cuts the rest: why a job does not run, else how much it holds. The word of the state
 * is left out where the group says it.
 */
function toFacts(job: JobDto, context: JobRowsContext, isLate: boolean, isSorted: boolean): string[] {
  const { phase, restarts, ref, podsRunning, podsWanted, trouble } = job;
  const { t } = context.texts;
  const word = isSorted ? undefined : t(`ui.phase.${phase}`);
  const [gpus, age, brief] = [toGpus(job, context), toAge(job, context), job.brief ?? job.state];
  const again = restarts > 0 ? t('ui.jobs.restarts', { restarts }) : undefined;
  const elsewhere = ref.namespace === context.namespace ? undefined : ref.namespace;
  const facts = () => {
    switch (phase) {
      case 'running': {
        const isPart = podsWanted > 1 || podsRunning < podsWanted;
        const progress = isPart && !isLate ? `${podsRunning}/${podsWanted}` : undefined;
        const fault = trouble && podsRunning >= podsWanted ? brief : undefined;
        return [
          isLate ? brief : (fault ?? word),
          gpus,
          age,
          progress,
          toStep(job, context) ?? toActivity(job, context),
          again,
        ];
      }
      case 'stopped':
        return [t('ui.phase.stopped'), gpus, age];
      case 'failed': {
        const why = brief === t('ui.phase.failed') || brief === '' ? undefined : brief;
        return [why, t('ui.phase.failed'), age, gpus, again];
      }
      case 'succeeded':
        return [brief || t('ui.phase.succeeded'), age, gpus];
      default:
        return [brief === word ? undefined : brief, word, gpus, age, again];
    }
  };
  return [...facts(), elsewhere].flatMap((fact) => (fact ? [fact] : []));
}

/** `8×A100-80G`; the kind of a job without GPUs, since there is nothing else to compare. */
function toGpus({ gpus, gpuType, kind }: JobDto, { texts }: JobRowsContext): string {
  if (gpus === 0) return toKind(kind, texts);
  return gpuType ? `${gpus}×${gpuType}` : texts.t('ui.gpus', { count: gpus });
}

/** The word for a kind; as it is written where nobody knows it. */
export const toKind = (kind: string, { t }: Texts): string => (isKnownKind(kind) ? t(`ui.kind.${kind}`) : kind);

function toAge({ phase, createdAt, startedAt, endedAt }: JobDto, { texts, now }: JobRowsContext): string | undefined {
  if (phase === 'running') return (startedAt ?? createdAt) && texts.age(startedAt ?? createdAt ?? '', now);
  if (endedAt) return texts.ago(endedAt, now);
  return createdAt && texts.age(createdAt, now);
}

function toStep({ step }: JobDto, { texts }: JobRowsContext): string | undefined {
  return step && texts.t('ui.jobs.step', { step: texts.step(step.at, step.of) });
}

/** What runs in a notebook: whether it computes, or since when it does not. */
function toActivity({ activity }: JobDto, { texts, now }: JobRowsContext): string | undefined {
  if (!activity) return undefined;
  if (activity.busy) return texts.t('ui.notebook.computes');
  const { idleSince } = activity;
  if (idleSince === undefined || now - Date.parse(idleSince) < IDLE) return undefined;
  return texts.t('ui.notebook.idle', { age: texts.age(idleSince, now) });
}

/** What a notebook holds for nothing; said, not done. */
function toOffer({ activity, gpus }: JobDto, { texts, now }: JobRowsContext): string | undefined {
  const { idleSince } = activity ?? {};
  if (idleSince === undefined || gpus === 0 || now - Date.parse(idleSince) < OFFER) return undefined;
  return texts.t('ui.notebook.offer', { age: texts.age(idleSince, now), gpus });
}

const isOpenable = ({ kind, phase, refused }: JobDto): boolean =>
  kind === 'notebook' && phase === 'running' && !refused?.forward;

function toJobTooltip(job: JobDto, context: JobRowsContext): string {
  const { t, time } = context.texts;
  const { now } = context;
  const at = (moment: string | undefined) => moment && time(moment, now);
  return toTooltip(job.ref.name, [
    [t('ui.fact.state'), job.state || t(`ui.phase.${job.phase}`)],
    ['', job.trouble?.hint],
    [t('ui.fact.kind'), toKind(job.kind, context.texts)],
    [t('ui.fact.gpu'), job.gpus > 0 ? toGpus(job, context) : undefined],
    [t('ui.fact.pool'), job.pool],
    [t('ui.fact.replicas'), `${job.podsRunning}/${job.podsWanted}`],
    [t('ui.fact.kernels'), job.activity && t('ui.notebook.kernels', { ...job.activity })],
    ['', toOffer(job, context)],
    [t('ui.fact.restarts'), job.restarts > 0 ? String(job.restarts) : undefined],
    [t('ui.fact.run'), job.run === undefined ? undefined : String(job.run)],
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

function byRank(a: PodDto, b: PodDto): number {
  return (a.rank ?? 0) - (b.rank ?? 0) || a.name.localeCompare(b.name);
}
