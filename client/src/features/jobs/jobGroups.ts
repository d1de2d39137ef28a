import type { JobDto, JobPhase, JobsDto } from '../../../../server/src/protocol.ts';
import type { Row } from '../../infrastructure/row.ts';
import type { Texts } from '../../infrastructure/texts.ts';
import { buildOtherForwards, forwardsOf } from './forwardRows.ts';
import { buildJobRow, type JobRowsContext, toKind } from './jobRows.ts';
import { isKnownKind, KINDS, PHASES, STATES } from './jobSigns.ts';

/** By what jobs can be grouped. */
export const GROUPINGS = ['state', 'kind', 'pool', 'namespace', 'owner'] as const;

/** Which jobs a person wants to see, and how. */
export interface JobChoice {
  grouping: (typeof GROUPINGS)[number];
  /** Only one's own. */
  mine: boolean;
  /** Words that all must be found; empty for none. */
  filter: string;
}

export const EVERYTHING: JobChoice = { grouping: 'state', mine: false, filter: '' };

/** What a group is called, and the order in which groups stand. */
interface Group {
  id: string;
  label: string;
  order: string;
  icon?: Row['icon'];
  isClosed?: boolean;
}

/**
 * Jobs in groups, as the person wants them. Inside a group the newest stands first, after those of another state where the group has
 * several: only a change of state moves a row.
 */
export function buildJobGroups(data: JobsDto, choice: JobChoice, context: JobRowsContext): Row[] {
  const { forwards = [], texts, context: here } = context;
  const below = select(data, choice, texts).flatMap(({ ref }) => forwardsOf(ref, forwards, here));
  const others = forwards.filter((forward) => !below.includes(forward));
  return [...buildGroups(data, choice, context), ...buildOtherForwards(others, texts)];
}

function buildGroups(data: JobsDto, choice: JobChoice, context: JobRowsContext): Row[] {
  const { t } = context.texts;
  const shown = select(data, choice, context.texts);
  if (!shown.length && data.jobs.length) {
    const isFiltered = choice.filter !== '';
    const command = isFiltered ? 'gpuctl.jobs.clearFilter' : 'gpuctl.jobs.showAll';
    const label = isFiltered ? t('ui.jobs.clearFilter') : t('ui.jobs.showAll');
    return [{ id: command, label, icon: { name: isFiltered ? 'clear-all' : 'organization' }, command }];
  }
  // A view with a note has no welcome: what that offers stands here, and what helps who may see nothing.
  if (!shown.length && data.incomplete) {
    const offers = [
      { command: 'gpuctl.job.newFile', label: t('ui.jobs.newFile'), icon: { name: 'new-file' } },
      { command: 'gpuctl.target.select', label: t('ui.action.selectTarget'), icon: { name: 'server' } },
      { command: 'gpuctl.cluster.check', label: t('ui.jobs.checkCluster'), icon: { name: 'checklist' } },
    ] as const;
    return offers.map((offer) => ({ ...offer, id: offer.command }));
  }
  const groups = new Map<string, { group: Group; members: JobDto[] }>();
  for (const job of shown) {
    const group = groupOf(job, choice, data.me, context);
    const known = groups.get(group.id);
    if (known) known.members.push(job);
    else groups.set(group.id, { group, members: [job] });
  }
  const isSorted = choice.grouping === 'state';
  return [...groups.values()]
    .sort((a, b) => a.group.order.localeCompare(b.group.order))
    .map(({ group: { id, label, icon, isClosed }, members }) => ({
      id: `group:${id}`,
      label,
      description: String(members.length),
      ...(icon && { icon }),
      spoken: `${label}, ${t('ui.jobs.count', { count: members.length })}`,
      // Those that ended today, too: the job that one was watching does not go out of sight when it fails.
      expanded: !isClosed,
      context: 'group',
      children: members.sort(isSorted ? byBirth : byState).map((job) => buildJobRow(job, context, isSorted)),
    }));
}

/** What cannot be seen or is not shown; without it, an empty list is the whole truth and the welcome says so. */
export function toJobsNote(data: JobsDto, choice: JobChoice, texts: Texts): string | undefined {
  const { jobs, incomplete, me } = data;
  const { t, join } = texts;
  const unknown = choice.mine && me === undefined ? t('ui.jobs.meUnknown') : undefined;
  if (jobs.length === 0) return incomplete ? join(t('ui.jobs.none'), incomplete) : undefined;
  if (select(data, choice, texts).length > 0) return join(unknown, incomplete) || undefined;
  const none =
    choice.filter === ''
      ? t('ui.jobs.noneMine', { me: me ?? '', all: jobs.length })
      : t('ui.jobs.noneMatch', { filter: choice.filter, all: jobs.length });
  return join(none, unknown, incomplete);
}

/** What is shown beside the title: the filter, and that only one's own are. */
export function toJobsDescription({ mine, filter }: JobChoice, { t }: Texts): string | undefined {
  return [mine ? t('ui.jobs.mine') : '', filter && t('ui.jobs.filtered', { filter })].filter(Boolean).join(' · ');
}

/** Whether a job is among those that a person wants to see; `me`: who that is. */
export const isShown = (job: JobDto, me: string | undefined, choice: JobChoice, texts: Texts): boolean =>
  select({ jobs: [job], ...(me !== undefined && { me }) }, choice, texts).length > 0;

/** One's own where they are wanted and it is known who one is, of these those that hold every word of the filter. */
function select({ jobs, me }: JobsDto, { mine, filter }: JobChoice, texts: Texts): JobDto[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const own = mine && me !== undefined ? jobs.filter((job) => job.mine) : jobs;
  if (!words.length) return own;
  return own.filter((job) => {
    const text = toSearched(job, texts).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const toSearched = (
  { ref, kind, phase, state, brief, pool, gpuType, submittedBy, pods }: JobDto,
  texts: Texts,
): string =>
  [
    ...[ref.name, ref.namespace, kind, toKind(kind, texts), texts.t(`ui.phase.${phase}`), state, brief, pool, gpuType],
    ...[submittedBy, ...pods.map(({ node }) => node)],
  ].join('\n');

/** What stands last in any order. */
const LAST = '\uffff';

function groupOf(job: JobDto, { grouping }: JobChoice, me: string | undefined, context: JobRowsContext): Group {
  const { texts } = context;
  const { t } = texts;
  switch (grouping) {
    case 'state':
      return stateGroup(job, context);
    case 'kind': {
      const { kind } = job;
      const order = isKnownKind(kind) ? String(Object.keys(KINDS).indexOf(kind)) : `${LAST}${kind}`;
      const icon = { name: isKnownKind(kind) ? KINDS[kind] : 'symbol-misc' };
      return { id: `kind:${kind}`, label: toKind(kind, texts), order, icon };
    }
    case 'pool': {
      const { pool } = job;
      return { id: `pool:${pool ?? ''}`, label: pool ?? t('ui.pools.none'), order: pool ?? LAST };
    }
    case 'namespace': {
      const { namespace } = job.ref;
      return { id: `namespace:${namespace}`, label: namespace, order: namespace };
    }
    case 'owner': {
      const { submittedBy: owner } = job;
      const label = owner === undefined ? t('ui.jobs.noOwner') : owner === me ? t('ui.jobs.me', { owner }) : owner;
      return { id: `owner:${owner ?? ''}`, label, order: owner === undefined ? LAST : owner === me ? '' : owner };
    }
  }
}

/** What ended today is what one looks for; the rest is there when it is opened. */
function stateGroup({ phase, endedAt, createdAt }: JobDto, { texts: { t }, now }: JobRowsContext): Group {
  const of = (id: 'running' | 'waiting' | 'stopped', order: string, sign: JobPhase): Group => {
    const { icon: name, color } = STATES[sign];
    return { id, label: t(`ui.jobs.${id}`), order, icon: { name, color } };
  };
  if (phase === 'running') return of('running', '0', phase);
  if (phase === 'waiting' || phase === 'unknown') return of('waiting', '1', 'waiting');
  if (phase === 'stopped') return of('stopped', '2', phase);
  const at = new Date(endedAt ?? createdAt ?? now);
  return at.toDateString() === new Date(now).toDateString()
    ? { id: 'today', label: t('ui.jobs.today'), order: '3', icon: { name: 'history' } }
    : { id: 'earlier', label: t('ui.jobs.earlier'), order: '4', icon: { name: 'archive' }, isClosed: true };
}

function byBirth(a: JobDto, b: JobDto): number {
  return (b.createdAt ?? '').localeCompare(a.createdAt ?? '') || a.ref.name.localeCompare(b.ref.name);
}

function byState(a: JobDto, b: JobDto): number {
  return PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase) || byBirth(a, b);
}
