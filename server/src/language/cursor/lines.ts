/** A key as it is written, and where; the range of a quoted one is with its quotes. */
export interface WrittenKey {
  text: string;
  start: number;
  end: number;
}

/** What gives a line its place in block style: a dash, or a key with its colon. */
export interface Mark {
  column: number;
  /** `undefined` for a dash. */
  key?: WrittenKey;
}

/** One line of a YAML document, as far as its structure goes. Offsets are UTF-16, of the text. */
export interface Line {
  start: number;
  /** Without the line break. */
  end: number;
  /** Column of what comes first; that of the end where there is nothing. */
  indent: number;
  /** Nothing, a comment, a directive or a document marker. */
  isBlank: boolean;
  /** What began on a line above and goes on here. `column` is that of its key or dash, -1 at the root. */
  inside?: { of: 'scalar' | 'quote' | 'flow'; column: number };
  marks: readonly Mark[];
  /** Where the value behind the marks begins; `end` where there is none. */
  value: number;
  /** Where the flow collection begins that stands here or goes on here. */
  flow?: number;
}

/** What goes on over the end of a line. */
type Open =
  | { of: 'scalar'; column: number }
  | { of: 'quote'; column: number; quote: string }
  | { of: 'flow'; column: number; start: number; depth: number; quote: string };

/** An anchor or a tag in front of a value. */
const PROPERTY = /[&!][^\s,[\]{}]*(?:[ \t]+|(?=[\r\n]|$))/y;

/**
 * Reads the lines of one YAML document: linear, without a parser, so that it holds in a document that is broken. What is not closed ends
 * with the next line that begins a key or an item no deeper than what it belongs to.
 */
export function readLines(text: string): Line[] {
  const lines: Line[] = [];
  let open: Open | undefined;
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start <= text.length; ) {
    const newLine = text.indexOf('\n', start);
    const stop = newLine < 0 ? text.length : newLine;
    const end = text[stop - 1] === '\r' && stop > start ? stop - 1 : stop;
    const first = skipSpaces(text, start, end);
    const marker = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/.test(text.slice(start, start + 4));
    const line: Line = { start, end, indent: first - start, isBlank: first === end, marks: [], value: end };
    if (open && (marker || ends(open, text, line))) open = undefined;
    if (open) {
      line.inside = { of: open.of, column: open.column };
      if (open.of === 'flow') line.flow = open.start;
      open = goOn(open, text, start, end);
    } else if (marker) {
      const content = skipSpaces(text, start + 3, end);
      if ('{['.includes(text[content] ?? ' ') && content < end) {
        line.value = content;
        line.flow = content;
        open = goOn({ of: 'flow', column: -1, start: content, depth: 0, quote: '' }, text, content, end);
      } else line.isBlank = true;
    } else if (text[first] === '#' || text[start] === '%') line.isBlank = true;
    else if (!line.isBlank) open = readContent(line, text, first);
    lines.push(line);
    if (newLine < 0) break;
    start = newLine + 1;
  }
  return lines;
}

/** Marks and value of a line; what of it goes on below. */
function readContent(line: Line, text: string, first: number): Open | undefined {
  const { start, end } = line;
  const marks: Mark[] = [];
  let at = first;
  while (text[at] === '-' && (at + 1 === end || isSpace(text[at + 1]))) {
    marks.push({ column: at - start });
    at = skipSpaces(text, at + 1, end);
  }
  const key = readKey(text, at, end);
  if (key) {
    marks.push({ column: at - start, key });
    at = skipSpaces(text, text.indexOf(':', key.end) + 1, end);
  }
  for (PROPERTY.lastIndex = at; at < end && PROPERTY.test(text); PROPERTY.lastIndex = at)
    at = Math.min(end, PROPERTY.lastIndex);
  line.marks = marks;
  line.value = text[at] === '#' ? end : at;
  const column = marks.at(-1)?.column ?? -1;
  const character = at < end ? (text[at] as string) : '';
  if (/^[|>][-+\d]*[ \t]*(?:#.*)?$/.test(text.slice(at, end))) return { of: 'scalar', column };
  if (character === '{' || character === '[') {
    line.flow = at;
    return goOn({ of: 'flow', column, start: at, depth: 0, quote: '' }, text, at, end);
  }
  if (character !== '"' && character !== "'") return undefined;
  return goOn({ of: 'quote', column, quote: character }, text, at + 1, end);
}

/** Whether a line shows that what was open has ended, closed or not. */
function ends(open: Open, text: string, { start, end, indent, isBlank }: Line): boolean {
  if (isBlank) return false;
  if (open.of === 'scalar') return indent <= open.column;
  if (indent > open.column) return false;
  const first = start + indent;
  return readKey(text, first, end) !== undefined || (text[first] === '-' && isSpace(text[first + 1] ?? ' '));
}

/** What is still open behind a stretch of text. */
function goOn(open: Open, text: string, from: number, to: number): Open | undefined {
  if (open.of === 'scalar') return open;
  if (open.of === 'quote') return endOfQuote(text, from, to, open.quote) < 0 ? open : undefined;
  let { depth, quote } = open;
  for (let at = from; at < to; at++) {
    const character = text[at] as string;
    if (quote) {
      const close = endOfQuote(text, at, to, quote);
      if (close < 0) break;
      at = close;
      quote = '';
    } else if ((character === '"' || character === "'") && beginsToken(text, at)) quote = character;
    else if (character === '#' && isSpace(text[at - 1] ?? ' ')) break;
    else if (character === '[' || character === '{') depth++;
    else if ((character === ']' || character === '}') && --depth <= 0) return undefined;
  }
  return { ...open, depth, quote };
}

/** The key that begins here, if a colon makes it one. */
function readKey(text: string, at: number, end: number): WrittenKey | undefined {
  const first = text[at];
  if (at >= end || first === undefined) return undefined;
  if (first === '"' || first === "'") {
    const close = endOfQuote(text, at + 1, end, first);
    if (close < 0 || !isColon(text, skipSpaces(text, close + 1, end), end)) return undefined;
    return { text: text.slice(at + 1, close), start: at, end: close + 1 };
  }
  if ('#[]{},|>*&!%@`'.includes(first)) return undefined;
  for (let colon = at; colon < end; colon++) {
    if (text[colon] === '#' && isSpace(text[colon - 1])) return undefined;
    if (!isColon(text, colon, end)) continue;
    const written = text.slice(at, colon).trimEnd();
    return written ? { text: written, start: at, end: at + written.length } : undefined;
  }
  return undefined;
}

const isColon = (text: string, at: number, end: number): boolean =>
  at < end && text[at] === ':' && (at + 1 === end || isSpace(text[at + 1]));

/** Where a quoted text closes; -1 where it does not. */
export function endOfQuote(text: string, from: number, to: number, quote: string): number {
  for (let at = from; at < to; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === "'") at++;
      else return at;
    }
  }
  return -1;
}

/** Whether a quote here opens a text; the one in `it's` does not. */
export const beginsToken = (text: string, at: number): boolean => {
  let before = at - 1;
  while (before >= 0 && /\s/.test(text[before] as string)) before--;
  return before < 0 || '[{,:'.includes(text[before] as string);
};

export const isSpace = (character: string | undefined): boolean => character === ' ' || character === '\t';

export function skipSpaces(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(text[at])) at++;
  return at;
}
