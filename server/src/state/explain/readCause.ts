import { type Explanation, type Facts, factsIn, type Row, toExplanation, withoutSecrets } from './explain.ts';
import { ERROR_LINE, LOG_ROWS } from './logs.ts';

/** Lines shown of a log at most, and characters of each. */
const LINES = 30;
const LINE_LENGTH = 400;
/** Lines around one that has no traceback. */
const BEFORE = 3;
const AFTER = 2;

/** What a log tells of the end of its program. */
export interface Cause {
  explanation: Explanation;
  /** The lines that say so, without secrets, in order. */
  lines: string[];
}

interface Match {
  row: Row;
  /** Where it begins and ends in the text. */
  from: number;
  to: number;
  groups: Facts;
}

/**
 * The cause in the last lines of a log: of the causes that are known the last one, since what came before it was survived, as it was itself where
 * another error of Python ends the log; else the last error of Python; else what only follows from another failure. `undefined` where none of these
 * is there.
 */
export function readCause(log: string, facts: Facts): Cause | undefined {
  const text = toPlain(log);
  const matches = LOG_ROWS.flatMap((row) => lastMatch(row, text) ?? []);
  const last = (all: Match[]) =>
    all.reduce<Match | undefined>((best, one) => (!best || one.to > best.to ? one : best), undefined);
  const cause = last(distinctCauses(matches.filter(({ row }) => !row.consequence)));
  const consequence = last(matches.filter(({ row }) => row.consequence));
  const error = lastError(text);
  const isSurvived = cause && error && cause.to < Math.min(lastChain(text), error.from);
  const match = (isSurvived ? error : (cause ?? error)) ?? consequence;
  if (!match) return undefined;
  const lines = linesAround(text, match);
  return { explanation: toExplanation(match.row, lines.join('\n'), { ...facts, ...match.groups }), lines };
}

/** A log without secrets, colours, the steps of progress bars and the ends of endless lines. */
export const toPlain = (log: string): string =>
  withoutSecrets(log.replace(ESCAPES, '').replace(/\r\n?/g, '\n').replace(ENDLESS, '$1'));

/** Five times of what is shown of a line, so that half a secret at its end is not. */
const ENDLESS = /^(.{2000}).+/gm;

/** Colours and other orders to a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they begin with
const ESCAPES = /\u001b\[[0-9;?]*[A-Za-z]/g;

function lastMatch(row: Row, text: string): Match | undefined {
  if (!row.pattern) return undefined;
  let found: RegExpExecArray | undefined;
  for (const match of text.matchAll(new RegExp(row.pattern, `${row.pattern.flags}g`))) found = match as RegExpExecArray;
  return found && toMatch(row, found);
}

const toMatch = (row: Row, match: RegExpExecArray): Match => ({
  row,
  from: match.index,
  to: match.index + match[0].length,
  groups: factsIn(match.groups),
});

/** Of several lines of the table that fit the same place, the first, which has the most numbers. */
const distinctCauses = (matches: Match[]): Match[] =>
  matches.filter((one, index) => !matches.slice(0, index).some(({ from, to }) => from <= one.to && one.from <= to));

const ERROR: Row = { code: 'job.crash.error' };
const CONSEQUENCES = LOG_ROWS.filter(({ consequence }) => consequence);

/** Tracebacks that ended something: what Python says while it cleans up is none. */
const TRACEBACK = /(?<!Exception ignored in[^\n]{0,300}\n)Traceback \(most recent call last\)/g;
const CHAINED = /^(?:.{0,80} )?(?:During handling of the above exception|The above exception was the direct cause)/m;

/** Where the last traceback begins, or the first of those that it follows from; -1: there is none. */
function lastChain(text: string): number {
  const all = [...text.matchAll(TRACEBACK)].map(({ index }) => index);
  while (all.length > 1 && CHAINED.test(text.slice(all.at(-2), all.at(-1)))) all.pop();
  return all.at(-1) ?? -1;
}

function lastError(text: string): Match | undefined {
  let found: RegExpExecArray | undefined;
  for (const match of text.matchAll(ERROR_LINE))
    if (!CONSEQUENCES.some(({ pattern }) => pattern?.test(match[0]))) found = match as RegExpExecArray;
  if (!found) return undefined;
  const error = found.groups?.error ?? '';
  return { ...toMatch(ERROR, found), groups: { error: error.length > 160 ? `${error.slice(0, 160)} …` : error } };
}

/** The traceback that ends there, else a few lines around it. */
function linesAround(text: string, { from, to }: Match): string[] {
  const all = text.split('\n');
  const first = text.slice(0, from).split('\n').length - 1;
  const end = text.slice(0, to).split('\n').length - 1;
  const traceback = all.findLastIndex(
    (line, index) => index <= first && line.includes('Traceback (most recent call last)'),
  );
  // Between a traceback and its error all lines are indented, whatever stands before them.
  const isWhole = traceback >= 0 && first - traceback < 200 && all.slice(traceback + 1, first).every(isInTraceback);
  const begin = isWhole ? traceback : Math.max(0, first - BEFORE);
  const lines = all.slice(begin, Math.min(all.length, end + 1 + (isWhole ? 0 : AFTER))).map(toShown);
  while (lines.at(-1)?.trim() === '') lines.pop();
  while (lines[0]?.trim() === '') lines.shift();
  return lines.length > LINES ? [...lines.slice(0, 2), '…', ...lines.slice(3 - LINES)] : lines;
}

const isInTraceback = (line: string): boolean =>
  /^(?:\[[^\]]*\]:? ?|\(\S+ pid=\d+\) |\w+ \d\d-\d\d [\d:.]+ )?(?:.*\] )?\s/.test(line);

/** A line as it is shown. */
export const toShown = (line: string): string =>
  line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)} …` : line.trimEnd();
