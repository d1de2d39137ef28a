import type { CheckLineDto, CheckStatus, ClusterReportDto } from '../../../../server/src/protocol.ts';
import { escapeMarkdown } from '../../infrastructure/row.ts';
import type { Texts } from '../../infrastructure/texts.ts';

/** State as shape; the word stands beside it. */
const MARKS: Record<CheckStatus, string> = { good: '✓', missing: '✗', unknown: '?' };

/** The report as Markdown: a heading for each area, a line for each thing, and below what is not good what it would give and how to get it. */
export function toMarkdown({ cluster, context, namespace, fit, areas }: ClusterReportDto, { t }: Texts): string {
  const parts = areas.flatMap(({ title, lines }) => [`## ${escapeMarkdown(title)}`, lines.map(toItem(t)).join('\n')]);
  return [
    `# ${escapeMarkdown(t('doctor.file', { cluster }))}`,
    escapeMarkdown(t('doctor.where', { context, namespace })),
    `**${t(fit ? 'doctor.fit' : 'doctor.not-fit')}**`,
    ...parts,
    '',
  ].join('\n\n');
}

/** Our own words may hold code in back quotes; what comes from the cluster stands in them as it is. */
const said = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 ? part : escapeMarkdown(part)))
    .join('');

const toItem =
  (t: Texts['t']) =>
  ({ status, needed, what, found, gives, how }: CheckLineDto): string => {
    const name = needed ? t('doctor.needed', { what }) : what;
    const first = `- ${MARKS[status]} ${t(`check.status.${status}`)} — ${t('doctor.line', { what: `**${escapeMarkdown(name)}**`, found: said(found) })}`;
    if (status === 'good') return first;
    const more = [t('doctor.gives', { gives }), ...(how ? [t('doctor.how', { how })] : [])];
    return [first, ...more.map((line) => `  - ${said(line)}`)].join('\n');
  };
