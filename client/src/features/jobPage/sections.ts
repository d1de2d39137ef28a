import type { JobDto, JobMomentDto, JobPhase, PodDto } from '../../../../server/src/protocol.ts';
import { hasSpoken } from '../../infrastructure/silence.ts';
import { isService, type PageContext, type PageData, withoutPhase } from './pageData.ts';
import type { PageButton, PageRaw, PageSection, RankRow } from './pageView.ts';

/** The parts of a page below its head, in the order in which they are asked for: why, until when, where, since when. */
export function buildSections(data: PageData, context: PageContext): PageSection[] {
  return [
    ...buildCause(data, context),
    ...buildVerdict(data, context),
    buildRanks(data, context),
    buildTimeline(data, context),
    buildEvents(data, context),
    ...buildResources(data, context),
    ...buildSource(data, context),
  ];
}

/** Whether it is worth reading the log of a job to know what is wrong with it: what waits for room has none. */
export const hasCause = ({ phase, trouble }: JobDto): boolean =>
  phase === 'failed' || (trouble !== undefined && !trouble.code.startsWith('job.wait.'));

function buildCause({ page, why }: PageData, { texts: { t }, onlyLooks }: PageContext): PageSection[] {
  const { job } = page;
  if (!hasCause(job) || why === null) return [];
  const { hint, detail } = why ?? job.trouble ?? {};
  const note = why === undefined ? t('ui.page.reading-log') : why.unread;
  const who = why?.rank !== undefined && job.podsWanted > 1 ? t('ui.pod.rank', { rank: why.rank }) : why?.pod;
  const log: PageButton | undefined =
    why?.pod === undefined || job.refused?.log || onlyLooks
      ? undefined
      : { ask: { do: 'log', pod: why.pod }, label: t('ui.page.log-of', { who: who ?? why.pod }) };
  return [
    {
      id: 'cause',
      heading: t(job.phase === 'failed' ? 'ui.page.why-failed' : 'ui.page.why-trouble'),
      text: withoutPhase(why?.message ?? job.state, t('ui.phase.failed')),
      linesLabel: t('ui.page.lines'),
      lines: why?.lines ?? [],
      ...(hint && { hint }),
      ...(note && { note }),
      ...(log && { log }),
      ...(detail && { raw: { label: t('ui.page.raw'), text: detail } }),
    },
  ];
}

function buildVerdict({ page: { verdict } }: PageData, { texts: { t } }: PageContext): PageSection[] {
  return verdict === undefined ? [] : [{ id: 'verdict', heading: t('ui.page.verdict'), text: verdict }];
}

function buildTimeline({ page: { moments }, parts }: PageData, context: PageContext): PageSection {
  const { t } = context.texts;
  const before = parts?.lastOutcome && t('ui.page.before', { outcome: t(`ui.phase.${parts.lastOutcome}`) });
  return {
    id: 'timeline',
    heading: t('ui.page.timeline'),
    items: moments.map((moment) => ({
      what: moment.what,
      text: moment.text,
      ...toTime(moment.at, context),
      ...toLength(moment, context),
    })),
    ...(before && { before }),
  };
}

function toTime(at: string | undefined, { texts: { t, time }, now }: PageContext): { time: string; datetime?: string } {
  return at === undefined ? { time: t('ui.page.time-unknown') } : { time: time(at, now), datetime: at };
}

function toLength({ at, until }: JobMomentDto, { texts, now }: PageContext): { length?: string } {
  if (at === undefined || until === undefined) return {};
  const milliseconds = (until === null ? now : Date.parse(until)) - Date.parse(at);
  // What lasts is told by the minute: seconds would stand still between two looks.
  if (until === null && milliseconds < MINUTE) return {};
  const length = texts.length(new Date(0).toISOString(), new Date(milliseconds).toISOString());
  return { length: texts.t(until === null ? 'ui.page.for-so-far' : 'ui.page.for', { length }) };
}

const MINUTE = 60_000;

/** Rows that are looked through at a glance. */
const FEW = 16;
const PHASES: readonly JobPhase[] = ['failed', 'waiting', 'running', 'succeeded', 'stopped', 'unknown'];

function buildRanks({ page: { job } }: PageData, context: PageContext): PageSection {
  const { t } = context.texts;
  const services = isService(job);
  const rows = [...job.pods]
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.name.localeCompare(b.name))
    .map((pod) => toRankRow(pod, services, job.refused, context));
  const counts = PHASES.flatMap((phase) => {
    const count = job.pods.filter((pod) => pod.phase === phase).length;
    return count ? [t('ui.page.counted', { count, word: t(`ui.phase.${phase}`) })] : [];
  });
  return {
    id: 'ranks',
    heading: t(services ? 'ui.page.replicas' : 'ui.page.ranks'),
    summary: counts.join(' · ') || t('ui.page.none-made'),
    columns: [
      t(services ? 'ui.page.replica' : 'ui.page.rank'),
      t('ui.fact.state'),
      t('ui.fact.node'),
      t('ui.fact.restarts'),
      t('ui.page.log'),
      t('ui.page.terminal'),
    ],
    rows,
    ...(rows.length > FEW && { filter: t('ui.page.only-bad') }),
  };
}

function toRankRow(
  pod: PodDto,
  services: boolean,
  refused: JobDto['refused'],
  { texts: { t }, onlyLooks }: PageContext,
): RankRow {
  const { name, rank, phase, state, node, restarts } = pod;
  const who = services ? name : t('ui.pod.rank', { rank: rank ?? 0 });
  const [log, terminal] = [t('ui.page.log'), t('ui.page.terminal')];
  const toLog: PageButton = { ask: { do: 'log', pod: name }, label: log, spoken: t('ui.page.log-of', { who }) };
  const ask = { do: 'terminal', pod: name } as const;
  const toTerminal: PageButton = { ask, label: terminal, spoken: t('ui.page.terminal-of', { who }) };
  const buttons = [
    !onlyLooks && !refused?.log && hasSpoken(pod) ? toLog : null,
    !onlyLooks && !refused?.terminal && phase === 'running' ? toTerminal : null,
  ];
  return { key: name, phase, cells: [who, state, node ?? t('ui.page.rank-no-node'), String(restarts)], buttons };
}

function buildEvents({ page: { events, moreEvents: count } }: PageData, context: PageContext): PageSection {
  const { t } = context.texts;
  const note = events.length ? count > 0 && t('ui.page.more-events', { count }) : t('ui.page.no-events');
  return {
    id: 'events',
    heading: t('ui.page.events'),
    items: events.map(({ at, count: times, about, text, reason, raw }) => ({
      key: [about, reason, raw].join('\n'),
      about,
      text,
      ...toTime(at, context),
      ...(times > 1 && { times: t('ui.page.times', { count: times }) }),
      raw: { label: t('ui.page.raw'), text: `${reason}: ${raw}` } satisfies PageRaw,
    })),
    ...(note && { note }),
  };
}

function buildResources({ parts }: PageData, { texts: { t }, onlyLooks }: PageContext): PageSection[] {
  if (!parts) return [];
  const items = parts.resources.map(({ kind, name }) => {
    const text = `${kind.toLowerCase()}/${name}`;
    const ask = { do: 'copy', text } as const;
    const copy: PageButton = { ask, label: t('ui.page.copy'), spoken: t('ui.page.copy-what', { what: text }) };
    const open: PageButton = {
      ask: { do: 'resource', kind, name },
      label: name,
      spoken: t('ui.page.open-what', { what: text }),
    };
    return { kind, name, copy, ...(!onlyLooks && { open }) };
  });
  return [{ id: 'resources', heading: t('ui.page.resources'), items, copied: t('ui.page.copied') }];
}

function buildSource({ parts, file }: PageData, { texts: { t }, onlyLooks }: PageContext): PageSection[] {
  if (!parts) return [];
  const { source, path, commit } = parts;
  const from =
    path && (commit ? t('ui.page.from-commit', { path, commit: commit.slice(0, 8) }) : t('ui.page.from', { path }));
  const buttons: PageButton[] = [
    ...(onlyLooks ? [] : [{ ask: { do: 'source' }, label: t('ui.page.open-source') } as const]),
    ...(file === undefined
      ? []
      : ([
          { ask: { do: 'file' }, label: t('ui.page.open-file', { path: file }) },
          { ask: { do: 'preview' }, label: t('ui.page.preview') },
        ] as const)),
  ];
  return [
    {
      id: 'source',
      heading: t('ui.page.source'),
      buttons,
      ...(from && { from }),
      ...(source === undefined
        ? { note: t('ui.page.no-source') }
        : { yaml: { label: t('ui.page.show-yaml'), text: source } }),
    },
  ];
}
