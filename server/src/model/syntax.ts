import { parseEvents, YAMLException } from 'js-yaml';
import { message } from '../../../l10n/index.ts';
import type { Finding, TextChange, TextRange } from './finding.ts';
import { type Cause, LOOKS } from './syntaxCauses.ts';
import { type Line, lineAt, linesOf } from './syntaxLines.ts';
import { withoutStacks } from './withoutStacks.ts';

/** Findings on broken YAML that are told at most: a person mends one after the other. */
const MOST = 10;
/** Tries of mends and their cost, in characters that are parsed: a person is typing meanwhile. */
const TRIES = 60;
const CHARACTERS = 64 * 1024;

/** Characters that YAML does not allow in a text (1.2.2, c-printable [1]), and halves of surrogate pairs. */
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\0-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Whether a text has characters that YAML forbids, which not every parser minds. */
export const hasForbidden = (text: string): boolean => text.search(FORBIDDEN) >= 0;

/**
 * What is wrong with a broken YAML text: one finding for one mistake, on the line where it was made. A parser stumbles where it can no
 * longer go on, often later; so each likely cause nearby is mended for a try, and the one that lets the parser get further is told.
 * `stumbled` is where another parser stumbled, for a text that this one accepts.
 */
export function syntaxFindings(text: string, stumbled: number | undefined): Finding[] {
  const findings = forbidden(text);
  if (text.length > CHARACTERS) {
    const line = stumbled === undefined || findings.length ? undefined : lineOf(text, stumbled);
    return line ? [unreadable(line)] : findings;
  }
  const budget = { tries: TRIES, characters: CHARACTERS };
  const mends: TextChange[] = [];
  let now = text.replace(FORBIDDEN, ' ');
  let error = firstError(now, budget) ?? (findings.length ? undefined : stumbled);
  while (error !== undefined && findings.length < MOST) {
    const cause = causeOf(now, error, budget);
    const back = (range: TextRange) => toOriginal(range, mends);
    if (!cause) {
      findings.push(unreadable(back(lineOf(now, error))));
      break;
    }
    findings.push(toFinding(cause, back));
    if (cause.guess) break;
    for (const mend of fromEnd(cause.mend)) {
      now = apply(now, [mend]);
      mends.push(mend);
    }
    error = firstError(now, budget);
  }
  return findings;
}

interface Budget {
  tries: number;
  characters: number;
}

/** Where a parser stumbles first; `undefined` where it does not, or may not look any more. */
function firstError(text: string, budget: Budget): number | undefined {
  budget.characters -= text.length;
  try {
    withoutStacks(() => parseEvents(text, {}));
    return undefined;
  } catch (error) {
    return error instanceof YAMLException && error.mark ? Math.min(error.mark.position, text.length) : 0;
  }
}

/** The mistake that, once mended, lets the parser get past the line where it stumbled. */
function causeOf(text: string, error: number, budget: Budget): Cause | undefined {
  const lines = linesOf(text);
  let at = lineAt(lines, error);
  while (at > 0 && !lines[at]?.content) at--;
  let above = at - 1;
  while (above > 0 && !lines[above]?.content) above--;
  const suspects = above >= 0 && lines[above]?.content ? [at, above] : [at];
  for (const look of LOOKS) {
    let furthest: { cause: Cause; error: number } | undefined;
    for (const cause of suspects.flatMap((suspect) => look(lines, suspect, error))) {
      if (--budget.tries < 0 || budget.characters < text.length) return furthest?.cause;
      const mended = apply(text, cause.mend);
      const next = firstError(mended, budget);
      if (next === undefined) return cause;
      const gain = next - (mended.length - text.length);
      if (gain > (lines[at] as Line).end && gain > (furthest?.error ?? 0)) furthest = { cause, error: gain };
    }
    if (furthest) return furthest.cause;
  }
  return undefined;
}

function toFinding({ range, message, mend, fix, preferred }: Cause, back: (range: TextRange) => TextRange): Finding {
  const edits = mend.map((change) => ({ range: back(change.range), text: change.text }));
  return {
    code: 'yaml.syntax',
    severity: 'error',
    range: back(range),
    message,
    ...(fix && { fixes: [{ title: fix, edits, ...(preferred && { preferred }) }] }),
  };
}

const unreadable = (range: TextRange): Finding => ({
  code: 'yaml.syntax',
  severity: 'error',
  range,
  message: message('finding.yaml.syntax'),
});

function forbidden(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const { 0: char, index } of text.matchAll(FORBIDDEN)) {
    if (findings.length === MOST) break;
    const range = { start: index, end: index + 1 };
    const code = char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    findings.push({
      code: 'yaml.syntax',
      severity: 'error',
      range,
      message: message('finding.yaml.syntax.character', { code }),
      fixes: [
        { title: message('fix.yaml.remove', { text: `U+${code}` }), edits: [{ range, text: '' }], preferred: true },
      ],
    });
  }
  return findings;
}

/** The line that an offset lies in, or the last one above that has a content, without the blanks around it. */
function lineOf(text: string, offset: number): TextRange {
  let end = Math.max(1, text.slice(0, offset + 1).trimEnd().length);
  const lineEnd = text.indexOf('\n', end - 1);
  const start = text.lastIndexOf('\n', end - 1) + 1;
  end = lineEnd < 0 ? text.length : lineEnd;
  const line = text.slice(start, end);
  const indent = line.length - line.trimStart().length;
  return {
    start: Math.min(start + indent, text.length - 1),
    end: Math.max(start + line.trimEnd().length, start + indent + 1),
  };
}

const fromEnd = (changes: readonly TextChange[]): TextChange[] =>
  [...changes].sort((a, b) => b.range.start - a.range.start);

function apply(text: string, changes: readonly TextChange[]): string {
  let result = text;
  for (const { range, text: by } of fromEnd(changes))
    result = result.slice(0, range.start) + by + result.slice(range.end);
  return result;
}

/** A range of a mended text in the text before the mends. */
function toOriginal({ start, end }: TextRange, mends: readonly TextChange[]): TextRange {
  const back = (offset: number) =>
    mends.reduceRight((at, { range, text }) => {
      if (at <= range.start) return at;
      return at >= range.start + text.length ? at - text.length + (range.end - range.start) : range.start;
    }, offset);
  return { start: back(start), end: back(end) };
}
