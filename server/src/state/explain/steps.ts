/** A step of a training, as a line of its log tells it. */
export interface ReadStep {
  at: number;
  /** Steps in all, where the line tells it. */
  of?: number;
}

const NUMBER = '(?<at>\\d[\\d,]*)';
const OF = '(?:\\s*(?:/|of)\\s*(?<of>\\d[\\d,]*))';
/** What may stand between a name and its number: `"step": "1/60"`, `global_step=3`, `iteration      100/`. */
const BETWEEN = '["\']?\\s*[:=]?\\s*["\']?';

/** What stands behind `step 3:` where that is a step of a training: a loss, numbers, names with values. */
const VALUES = '(?!\\s*:\\s*(?![^\\d]*loss|["\'\\d.{(\\[-]|[\\w/.-]+\\s*[=:]|[\\w/.-]+\\s+[\\d.])\\S)';

/** How trainers tell their steps. A row that also tells how many there are goes first. */
const STEP_ROWS: readonly RegExp[] = [
  // Hugging Face Trainer, Lightning: ` 15%|█▌        | 1840/12000 [10:02<55:31,  3.05it/s]`. Bars with other words count files or samples.
  new RegExp(
    `(?:^|\\] )(?:(?:epoch|train|training|steps?|iter\\w*)\\b[^|]{0,40})?\\s*\\d{1,3}%\\|[^|]*\\|\\s*${NUMBER}\\s*/\\s*(?<of>\\d+)(?:\\s|$)`,
    'i',
  ),
  // `step 1840/12000`, `Step: 3 of 10`, `{"step": "1/60"}`, Megatron's `iteration      100/   5000 |`
  new RegExp(`\\b(?:global[_ ]?)?(?:steps?|iter(?:ation)?)${BETWEEN}\\[?${NUMBER}${OF}`, 'i'),
  // DeepSpeed's `step=10, skipped=0`, verl's `training/global_step:12`, `'step': 10`, nanoGPT's `iter 100: loss 2.3`
  new RegExp(`\\bglobal[_ ]?steps?${BETWEEN}${NUMBER}(?![\\d.%])`, 'i'),
  new RegExp(`(?:^|[\\s{(\\[,|'"])(?:step|iter(?:ation)?)["']?\\s*[:=]\\s*["']?${NUMBER}(?![\\d.%])${VALUES}`, 'i'),
  new RegExp(`(?:^|[\\s{(\\[,|])(?:step|iter(?:ation)?) +${NUMBER}(?=\\s*(?:[:,|]|$|-\\s|loss))${VALUES}`, 'i'),
];

/** Steps of something else than the training: of an evaluation, a schedule, an image that is built. */
const OTHERS =
  /\b(?:warm[- ]?up|time|eval\w*|val(?:idation)?|test(?:ing)?|sampling|inference)[\s_/-]*(?:step|iter(?:ation)?)s?\b|\bstep \d+\/\d+ ?: (?:FROM|RUN|COPY|ADD|ENV|ARG|WORKDIR|CMD|LABEL|USER|ENTRYPOINT|EXPOSE|VOLUME) /gi;

/** Cheaper than the table; a line that has none of these words has no step. */
const MAYBE = /step|iter|%\|/i;

/** The step that a line tells; `undefined` where it tells none. */
export function readStep(line: string): ReadStep | undefined {
  if (line.length > 2_000 || !MAYBE.test(line)) return undefined;
  const trained = line.replace(OTHERS, '');
  for (const row of STEP_ROWS) {
    const { at, of } = row.exec(trained)?.groups ?? {};
    if (at === undefined) continue;
    const step = { at: toNumber(at), ...(of !== undefined && { of: toNumber(of) }) };
    if (step.of === undefined || (step.of > 0 && step.at <= step.of)) return step;
  }
  return undefined;
}

const toNumber = (text: string): number => Number(text.replaceAll(',', ''));

/** The last step that a text tells, of its last lines. */
export function readLastStep(text: string): ReadStep | undefined {
  const lines = text.slice(-4_000).split(/[\r\n]/);
  for (let index = lines.length - 1; index >= 0; index--) {
    const step = readStep(lines[index] ?? '');
    if (step) return step;
  }
  return undefined;
}
