import type { ForwardDto, ForwardState, JobRef } from '../../../../server/src/protocol.ts';
import { type Row, toTooltip } from '../../infrastructure/row.ts';
import type { Texts } from '../../infrastructure/texts.ts';

/** The colour of a state; the word stands beside it. */
const COLORS: Record<ForwardState, string> = {
  connecting: 'charts.yellow',
  ready: 'charts.green',
  waiting: 'charts.yellow',
  failed: 'charts.red',
};

/** The forwards to a job, by where they lead. */
export const forwardsOf = (
  { namespace, name }: JobRef,
  forwards: readonly ForwardDto[] = [],
  context: string | undefined,
): readonly ForwardDto[] =>
  forwards.filter(
    ({ job, context: there }) =>
      job.name === name && job.namespace === namespace && (!there || !context || there === context),
  );

/** A forward as it stands below its job; `of`: below another row, where it says whose it is. */
export function buildForwardRow(forward: ForwardDto, parent: string, { t, list }: Texts, of = false): Row {
  const { id, job, context, rank, pod, port, state, why, note, url, purpose } = forward;
  // What is no page is not opened.
  const isPage = purpose !== 'debug';
  const word = t(`ui.forward.state.${state}`);
  const to = t('ui.forward.to', { port: String(port) });
  const whose = of ? [job.name, job.namespace, context] : [];
  const facts = [
    word,
    ...whose,
    to,
    rank === undefined ? undefined : t('ui.pod.rank', { rank }),
    state === 'connecting' ? undefined : why,
  ];
  const description = facts.filter(Boolean).join(' · ');
  return {
    id: `${parent}⇄${context ?? ''}/${job.namespace}/${job.name}/${rank ?? pod ?? ''}:${port}`,
    label: url,
    description,
    icon: { name: 'arrow-swap', color: COLORS[state] },
    tooltip: toTooltip(url, [
      [t('ui.fact.state'), word],
      ['', why],
      ['', note],
      [t('ui.forward.leads'), list([job.name, to, rank === undefined ? undefined : t('ui.pod.rank', { rank })])],
      [t('ui.fact.namespace'), job.namespace],
      [t('ui.forward.cluster'), context],
    ]),
    links: [
      ...(isPage ? [{ label: t('ui.forward.open'), command: 'gpuctl.forward.open' as const }] : []),
      { label: t('ui.forward.copy'), command: 'gpuctl.forward.copyUrl' },
    ],
    spoken: list([t('ui.forward.spoken', { url }), description]),
    context: `forward.${isPage ? '' : 'debug.'}${state}`,
    ...(isPage && { command: 'gpuctl.forward.open' as const }),
    forward: id,
  };
}

/** Forwards to jobs that are not among those shown: of another cluster, gone, hidden by a filter. */
export function buildOtherForwards(forwards: readonly ForwardDto[], texts: Texts): Row[] {
  if (!forwards.length) return [];
  const label = texts.t('ui.forward.others');
  const id = 'group:forwards';
  return [
    {
      id,
      label,
      description: String(forwards.length),
      icon: { name: 'arrow-swap' },
      expanded: true,
      context: 'group',
      children: forwards.map((forward) => buildForwardRow(forward, id, texts, true)),
    },
  ];
}
