import { Lexer } from 'yaml';
import { message } from '../../../l10n/index.ts';
import type { Finding } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import { LIMITS } from '../model/yamlTree.ts';
import { isFindingName, matchesFinding, NAMES_OF_FINDINGS } from './findingList.ts';

/** What the comments of a document silence: codes or groups, by the line (from 0) on which a finding begins. */
export interface Ignores {
  byLine: ReadonlyMap<number, readonly string[]>;
  /** Names in such comments that are no code. */
  unknown: readonly Finding[];
}

const WORD = 'gpuctl-ignore';
/** The form of a code; other words behind the first are for people. */
const CODE = /^[a-z-]+\.[a-z*-]+$/i;
/** Names that are no code, of which it is said at most. */
const MOST_UNKNOWN = 20;
const NONE: Ignores = { byLine: new Map(), unknown: [] };

/**
 * Reads the comments `# gpuctl-ignore: code, code`, at the end of a line or alone above it. What follows a further `#` is for people.
 * Only real comments count: not the `#` in a text or in the lines of a shell script.
 */
export function readIgnores(text: string): Ignores {
  if (!text.includes(WORD) || text.length > LIMITS.characters) return NONE;
  const byLine = new Map<number, string[]>();
  const unknown: Finding[] = [];
  let waiting: string[] = [];
  for (const { offset, comment, line, alone } of linesOf(text)) {
    const match = /^#+\s*gpuctl-ignore\s*[:：]?([^#]*)/.exec(comment);
    const names = [...(match?.[1] ?? '').matchAll(/[^\s,，、]+/g)].map((found) => {
      const start = offset + (match as RegExpExecArray)[0].length - (match?.[1] ?? '').length + found.index;
      return { name: found[0], range: { start, end: start + found[0].length } };
    });
    for (const [index, { name, range }] of names.entries())
      if (unknown.length < MOST_UNKNOWN && !isFindingName(name) && (index === 0 || CODE.test(name)))
        unknown.push(unknownName(name, range));
    waiting.push(...names.map(({ name }) => name));
    if (alone) continue; // for the next line that is not a comment alone
    if (waiting.length) byLine.set(line, waiting);
    waiting = [];
  }
  return { byLine, unknown };
}

/** Whether a finding of this code that begins at an offset of the text is silenced. */
export function isIgnored({ byLine }: Ignores, code: string, text: string, offset: number): boolean {
  if (!byLine.size) return false;
  let line = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', end + 1)) line++;
  return byLine.get(line)?.some((name) => matchesFinding(name, code)) ?? false;
}

/** Each line with the comment that it has (empty where none), and whether the comment is all there is. */
function* linesOf(text: string): Generator<{ line: number; offset: number; comment: string; alone: boolean }> {
  const comments = new Map<number, number>();
  let offset = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (token === '\u001F')
      isScalar = true; // what follows is the text of a scalar
    else if (token !== '\u0002' && token !== '\u0018') {
      if (!isScalar && token.startsWith('#')) comments.set(offset, offset + token.length);
      offset += token.length;
      isScalar = false;
    }
  }
  const starts = [...comments];
  let next = 0;
  let begin = 0;
  for (const [line, content] of text.split('\n').entries()) {
    const [from, to] = starts[next] ?? [Number.POSITIVE_INFINITY, 0];
    const isHere = from < begin + content.length;
    yield {
      line,
      offset: isHere ? from : begin,
      comment: isHere ? text.slice(from, to) : '',
      alone: isHere && !content.slice(0, from - begin).trim(),
    };
    if (isHere) next++;
    begin += content.length + 1;
  }
}

function unknownName(name: string, range: Finding['range']): Finding {
  const guess = nearest(name, NAMES_OF_FINDINGS);
  return {
    code: 'ignore.unknown-code',
    severity: 'hint',
    range,
    message: guess
      ? message('finding.ignore.unknown-code.guess', { name, guess })
      : message('finding.ignore.unknown-code', { name }),
    ...(guess && {
      fixes: [
        { title: message('fix.replace-with', { text: guess }), edits: [{ range, text: guess }], preferred: true },
      ],
    }),
  };
}
