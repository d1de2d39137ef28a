import type { ProposalDto, ProposedJobDto } from '../../../../server/src/protocol.ts';
import type { Texts } from '../../infrastructure/texts.ts';

/** Jobs of a file that are told one by one. */
const TOLD = 5;

/** What can be answered to a proposal. */
export interface Answer {
  title: string;
  does: 'submit' | 'change';
}

/** A proposal as a question, or why there is nothing to propose. */
export type Proposal = { question: string; detail: string; answers: Answer[] } | { nothing: string };

/** What would change of the jobs of a file that go to a pool, whether they fit there, and what can be done. */
export function toProposal(
  { cluster, jobs, edits }: ProposalDto,
  { pool, file, unsaved }: { pool: string; file: string; unsaved: boolean },
  texts: Texts,
): Proposal {
  const { t, join } = texts;
  const [first] = jobs;
  if (!first) return { nothing: t('ui.propose.none', { file }) };
  const possible = jobs.filter(({ error }) => error === undefined);
  const errors = jobs.flatMap(({ error }) => error ?? []);
  if (!possible.length) return { nothing: join(...new Set(errors)) };
  const to = pool || t('ui.pools.none');
  const [only, ...others] = possible;
  const isOne = only && others.length === 0;
  const told = possible.slice(0, TOLD).flatMap((job) => [...tell(job, to, !isOne, texts), '']);
  const more = possible.length - TOLD;
  const namespaces = [...new Set(possible.map(({ namespace }) => namespace))].join(', ');
  const where = cluster ? [t('ui.propose.where', { cluster, namespace: namespaces })] : [];
  const lines = [
    ...where,
    ...(where.length ? [''] : []),
    ...told,
    ...(more > 0 ? [t('ui.propose.more', { count: more }), ''] : []),
    ...errors,
    ...(edits.length ? [join(t('ui.propose.file-stays'), unsaved ? t('ui.propose.saves') : undefined)] : []),
  ];
  return {
    question: isOne
      ? t('ui.propose.question', { name: only.name, pool: to })
      : t('ui.propose.question.several', { count: possible.length, file, pool: to }),
    detail: lines.join('\n').trim(),
    answers: [
      { title: t('ui.propose.submit'), does: 'submit' },
      ...(edits.length ? [{ title: t('ui.propose.change'), does: 'change' as const }] : []),
    ],
  };
}

/** A job's change and its verdict there; its name where there are several. */
function tell({ name, from, same, verdict }: ProposedJobDto, to: string, named: boolean, { t, join }: Texts): string[] {
  const change = same
    ? t('ui.propose.same')
    : from === undefined
      ? t('ui.propose.gets', { to })
      : t('ui.propose.moves', { from, to });
  const lines = [change, verdict].filter(Boolean);
  return named ? [`• ${name}: ${join(...lines)}`] : lines;
}
