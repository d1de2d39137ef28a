import type { TextChange, TextRange } from '../model/finding.ts';
import { type Piece, toPieces } from './layoutPieces.ts';
import { Lines } from './lines.ts';
import { sameMeaning } from './sameMeaning.ts';

/** Blank lines in a row that are kept. */
const BLANK_LINES = 2;

export interface LayoutOptions {
  /** Columns of one step of indentation. */
  tabSize: number;
  /** Whether nothing follows the document in its file. */
  isLast: boolean;
  /** Only what lies in this range is changed. */
  within?: TextRange;
}

/**
 * What makes a document tidy: indentation, blanks between words, blank lines, the last line break. Only blanks between words are changed,
 * and only where the parser reads the same from the result: a broken document, and one that has something unusual, stay as they are.
 * Offsets count from the document's start.
 */
export function layOut(text: string, options: LayoutOptions): TextChange[] {
  const pieces = toPieces(text, options.tabSize);
  if (!pieces?.length) return [];
  const { within: { start, end } = { start: 0, end: text.length } } = options;
  const changes = toChanges(text, pieces, options)?.filter(({ range }) => range.start >= start && range.end <= end);
  if (!changes?.length) return [];
  return sameMeaning(text, applyChanges(text, changes)) ? changes : [];
}

/** The text with changes made that are in order and do not overlap. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  let result = '';
  let at = 0;
  for (const { range, text: replacement } of changes) {
    result += text.slice(at, range.start) + replacement;
    at = range.end;
  }
  return result + text.slice(at);
}

/** A column where lines began, and where they begin now. */
interface Level {
  from: number;
  to: number;
}

function toChanges(text: string, pieces: readonly Piece[], { isLast }: LayoutOptions): TextChange[] | undefined {
  const lines = new Lines(text);
  const columnOf = (offset: number) => offset - lines.startOf(lines.lineOf(offset));
  const changes: TextChange[] = [];
  const levels: Level[] = [];
  const change = (start: number, end: number, replacement: string) => {
    const before = text.slice(start, end);
    if (before === replacement) return;
    const shorter = Math.min(before.length, replacement.length);
    let head = 0;
    while (head < shorter && before[head] === replacement[head]) head++;
    let tail = 0;
    while (tail < shorter - head && before.at(-1 - tail) === replacement.at(-1 - tail)) tail++;
    const range = { start: start + head, end: end - tail };
    changes.push({ range, text: replacement.slice(head, replacement.length - tail) });
  };
  let ahead: { at: number; level: Level | undefined } = { at: 0, level: undefined };
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index] as Piece;
    const before = pieces[index - 1];
    const gapStart = before?.end ?? 0;
    const gap = text.slice(gapStart, piece.start);
    if (/[^ \t\r\n]/.test(gap)) return undefined;
    const startsLine = !before || gap.includes('\n') || text[gapStart - 1] === '\n';
    const from = columnOf(piece.start);
    const indented = piece.type !== 'block-scalar' && piece.type !== 'byte-order-mark';
    if (startsLine && indented && before?.type !== 'byte-order-mark') {
      if (piece.column === undefined && ahead.at <= index) ahead = nextLevel(pieces, index, text, columnOf);
      const column = piece.column ?? commentColumn(from, levels, ahead.level);
      change(gapStart, piece.start, lineBreaks(gap, !before || text[gapStart - 1] === '\n') + ' '.repeat(column));
    } else if (before && indented) change(gapStart, piece.start, between(before, piece, gap));
    if (piece.level) {
      while (levels.length && (levels.at(-1) as Level).from > from) levels.pop();
      levels.push({ from, to: piece.column ?? from });
    }
    if (piece.inner && !innerLines(text, piece, change)) return undefined;
  }
  const last = pieces.at(-1) as Piece;
  const rest = text.slice(last.end);
  const ended = text[last.end - 1] === '\n';
  if (/[^ \t\r\n]/.test(rest)) return undefined;
  change(last.end, text.length, isLast ? end(text, rest, last, ended) : lineBreaks(rest, ended));
  return changes;
}

/** One line break at the end of a file; none is made after a block scalar, whose text it might belong to. */
function end(text: string, rest: string, last: Piece, ended: boolean): string {
  if (ended || (last.type === 'block-scalar' && !rest.includes('\n'))) return '';
  return /\r?\n/.exec(rest)?.[0] ?? /\r?\n/.exec(text)?.[0] ?? '\n';
}

/** Line breaks of a gap without blanks at line ends, and with a few blank lines at most. */
function lineBreaks(gap: string, ended: boolean): string {
  const breaks = gap.match(/\r?\n/g) ?? [];
  return breaks.slice(0, BLANK_LINES + (ended ? 0 : 1)).join('');
}

/** The blanks between two pieces of a line. */
function between({ type: left }: Piece, { type: right }: Piece, gap: string): string {
  if (right === 'comment') return gap;
  if (right === 'comma') return '';
  if (right === 'map-value-ind') return left === 'scalar' || left.endsWith('-quoted-scalar') ? '' : gap;
  if (right === 'flow-map-end' || right === 'flow-seq-end') return gap && ' ';
  if (left === 'flow-map-start' || left === 'flow-seq-start') return gap && ' ';
  if (['map-value-ind', 'seq-item-ind', 'comma', 'anchor', 'tag', 'doc-start'].includes(left)) return ' ';
  return gap;
}

/** The next piece that begins a line and is no comment, and the level that it is at. */
function nextLevel(
  pieces: readonly Piece[],
  index: number,
  text: string,
  columnOf: (offset: number) => number,
): { at: number; level: Level | undefined } {
  for (let at = index + 1; at < pieces.length; at++) {
    const { type, start, column } = pieces[at] as Piece;
    if (type === 'comment' || column === undefined) continue;
    if (/\n[ \t]*$/.test(text.slice(0, start).slice(-1000)))
      return { at, level: { from: columnOf(start), to: column } };
  }
  return { at: pieces.length, level: undefined };
}

/** A comment goes with the line below it if it begins at its column, else with the section above that it is in. */
function commentColumn(from: number, levels: readonly Level[], next: Level | undefined): number {
  if (next && next.from === from) return next.to;
  return levels.findLast((level) => level.from <= from)?.to ?? next?.to ?? 0;
}

/** The further lines of a value. False where they are not indented as expected. */
function innerLines(
  text: string,
  { start, end, inner }: Piece,
  change: (start: number, end: number, replacement: string) => void,
): boolean {
  if (!inner) return true;
  const isBlock = 'from' in inner;
  let at = isBlock ? inner.bodyStart : text.indexOf('\n', start) + 1;
  while (at < end && (at > 0 || isBlock)) {
    const lineEnd = text.indexOf('\n', at);
    const stop = lineEnd < 0 || lineEnd > end ? end : lineEnd;
    const line = text.slice(at, stop).replace(/\r$/, '');
    if (!isBlock) {
      const blanks = /^[ \t]*/.exec(line)?.[0].length ?? 0;
      change(at, at + blanks, blanks === line.length ? '' : ' '.repeat(inner.to));
    } else if (/^ *$/.test(line) && line.length <= inner.from) change(at, at + line.length, '');
    else if (!line.startsWith(' '.repeat(inner.from))) return false;
    else change(at, at + inner.from, ' '.repeat(inner.to));
    at = stop + 1;
  }
  return true;
}
