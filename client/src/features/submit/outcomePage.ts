import type { SubmitResult, SubmitResultDto } from '../../../../server/src/protocol.ts';
import { escapeMarkdown } from '../../infrastructure/row.ts';
import type { Texts } from '../../infrastructure/texts.ts';
import { type FileInfo, keyOf, toKind } from './submitRows.ts';

/** A document that was to be submitted. */
export interface Wanted {
  uri: string;
  document: number;
  kind: string;
  name: string;
}

/** What became of each document that was wanted; `undefined` where it was cancelled before. */
export interface Outcome {
  wanted: Wanted;
  result: SubmitResultDto | undefined;
}

/** Each that was wanted with what became of it. */
export function toOutcomes(wanted: readonly Wanted[], { documents }: Pick<SubmitResult, 'documents'>): Outcome[] {
  const results = new Map(documents.map((one) => [keyOf(one), one]));
  return wanted.map((one) => ({ wanted: one, result: results.get(keyOf(one)) }));
}

/** Whether it is to be submitted yet. */
export const isLeft = ({ result }: Outcome): boolean => result === undefined || !('warnings' in result);

/** Whether to offer it again: what somebody declined is done with. */
export const isToRetry = (one: Outcome): boolean => isLeft(one) && one.result?.result !== 'not-agreed';

/** A page that tells of all: what was not submitted first, each with its cause and what helps. Markdown. */
export function toOutcomePage(
  outcomes: readonly Outcome[],
  cluster: string,
  files: ReadonlyMap<string, FileInfo>,
  texts: Texts,
): string {
  const { t } = texts;
  const left = outcomes.filter(isLeft);
  const done = outcomes.filter((one) => !isLeft(one));
  const part = (heading: string, part: readonly Outcome[]) =>
    part.length ? [`## ${heading}`, part.map((one) => toItem(one, files, texts)).join('\n')] : [];
  return [
    `# ${escapeMarkdown(t('ui.submit.outcome.title', { cluster }))}`,
    escapeMarkdown(toOutcomeSentence(outcomes, cluster, texts)),
    ...part(t('ui.submit.outcome.left'), left),
    ...part(t('ui.submit.outcome.done'), done),
    '',
  ].join('\n\n');
}

/** How many were submitted, or not. */
export function toOutcomeSentence(outcomes: readonly Outcome[], cluster: string, { t }: Texts): string {
  const count = outcomes.length;
  const left = outcomes.filter(isLeft).length;
  return left ? t('ui.submit.outcome.some', { left, count, cluster }) : t('ui.submit.outcome.all', { count, cluster });
}

function toItem({ wanted, result }: Outcome, files: ReadonlyMap<string, FileInfo>, texts: Texts): string {
  const { t } = texts;
  const { name, kind, uri } = wanted;
  const file = files.get(uri);
  const where = result && 'job' in result && result.job ? result.job.namespace : undefined;
  const about = [
    toKind(kind, texts),
    where,
    file?.name,
    file?.unsaved ? t('ui.submit.list.unsaved') : undefined,
  ].filter((one) => one !== undefined);
  const said = t(`ui.submit.outcome.${result?.result ?? 'cancelled'}`);
  const why = toWhy(result, texts).map((line) => `  \n  ${toMarkdown(line.replace(/\s+/g, ' '))}`);
  return `- **${escapeMarkdown(name)}** · ${escapeMarkdown(about.join(' · '))} · *${escapeMarkdown(said)}*${why.join('')}`;
}

/** A sentence as it is, with what it names in backticks as code. */
const toMarkdown = (sentence: string): string =>
  sentence
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 ? part : escapeMarkdown(part)))
    .join('');

function toWhy(result: SubmitResultDto | undefined, { join }: Texts): string[] {
  if (!result) return [];
  if (result.result === 'failed') return [join(result.failure.message, result.failure.hint)];
  if (result.result === 'skipped') return [result.why];
  return 'warnings' in result ? result.warnings : [];
}
