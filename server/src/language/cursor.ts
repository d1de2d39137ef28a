import { SCHEMAS } from '../kinds/index.ts';
import type { TextRange } from '../model/finding.ts';
import { childSchema, type JsonSchema } from '../model/schema.ts';
import { flowAt } from './cursor/flow.ts';
import { endOfQuote, isSpace, type Line, type Mark, readLines, type WrittenKey } from './cursor/lines.ts';

/** What stands at a position of a document. Offsets are UTF-16, of the document's text. */
export interface Cursor {
  /** `item`: whatever belongs at `path`, be it a key or a value (an empty line, behind a dash, in `[ ]`). */
  wants: 'key' | 'value' | 'item';
  /** Keys as written and list indexes from the root: of the mapping whose key is wanted, or of the value. */
  path: (string | number)[];
  /** Keys of that mapping as written, without the one at the cursor; those of the mapping around where a value is wanted. */
  siblings: string[];
  style: 'block' | 'flow';
  /** The word at the cursor, with its rest behind the cursor; of a quoted key with its quotes, of a quoted value without. */
  range: TextRange;
  /** That word up to the cursor. */
  typed: string;
  quote: '"' | "'" | undefined;
  /** A key that has its colon already. */
  hasColon: boolean;
  /** It stands right behind a colon or a dash, which want a space. */
  needsSpace: boolean;
  /** Column of the word, and of the first thing on its line. */
  column: number;
  indent: number;
  /** All block keys of the document, as written. */
  written: string[];
}

/** Looks at a position in one document; `undefined` in comments, block scalars and wherever nothing can be completed. */
export function cursorAt(text: string, offset: number): Cursor | undefined {
  const lines = readLines(text);
  const index = lines.findLastIndex(({ start }) => start <= offset);
  const line = lines[index];
  if (!line || offset > line.end || isDirective(text, line)) return undefined;
  const written = lines.flatMap(({ marks }) => marks.flatMap(({ key }) => key?.text ?? []));
  if (line.flow !== undefined && offset > line.flow) return inFlow(text, lines, index, offset, line.flow, written);
  if (line.inside && !isBehind(lines, index, offset)) return undefined;
  const place = inBlock(text, line, offset);
  if (!place) return undefined;
  const { path, siblings } = climb(lines, index, place);
  if (!path) return undefined;
  const { range } = place;
  return {
    ...place,
    path,
    siblings,
    style: 'block',
    typed: text.slice(range.start, offset),
    indent: line.isBlank ? place.column : line.indent,
    written,
  };
}

/** A place in canonical spelling, and its schema; `undefined` where the dialect knows no such place. */
export interface CanonicalPlace {
  path: (string | number)[];
  schema: JsonSchema | undefined;
  /** The schema as it stands in its mapping, with the default and the examples of this very place. */
  own: JsonSchema | undefined;
  /** The file in which references of the schema are looked up. */
  root: JsonSchema;
}

export function toCanonicalPlace(path: readonly (string | number)[], root: JsonSchema): CanonicalPlace {
  let at = SCHEMAS.resolve(root, root);
  let own: JsonSchema | undefined = root;
  const canonical = path.map((part) => {
    const mapping = at?.schema;
    const key = typeof part === 'string' && mapping ? (SCHEMAS.spellingsOf(mapping).canonical.get(part) ?? part) : part;
    own = typeof key === 'number' ? mapping?.items : childSchema(mapping, key);
    at = at && SCHEMAS.resolve(own, at.root);
    return key;
  });
  return { path: canonical, schema: at?.schema, own, root: at?.root ?? root };
}

interface Place {
  wants: Cursor['wants'];
  column: number;
  range: TextRange;
  quote: Cursor['quote'];
  hasColon: boolean;
  needsSpace: boolean;
  /** The key whose value is wanted, on the same line. */
  of?: WrittenKey;
}

const NOTHING = { quote: undefined, hasColon: false, needsSpace: false } as const;

/** What is wanted on a line in block style. */
function inBlock(text: string, line: Line, offset: number): Place | undefined {
  const { start, end, marks, value } = line;
  const here = { start: offset, end: offset };
  const column = offset - start;
  if (line.isBlank) {
    const before = text.slice(start, offset);
    return before.trim() || text.slice(offset, end).trim()
      ? undefined
      : { wants: 'item', column, range: here, ...NOTHING };
  }
  const mark = marks.at(-1);
  const key = mark?.key;
  if (key && offset >= key.start && offset <= key.end) {
    const quote = quoteAt(text, key.start);
    const range = { start: key.start, end: key.end };
    return { ...NOTHING, wants: 'key', column: mark.column, range, quote, hasColon: true };
  }
  const behind = key ? text.indexOf(':', key.end) + 1 : mark ? start + mark.column + 1 : start + line.indent;
  if (offset < behind) return undefined;
  const stop = endOfValue(text, value, end);
  const needsSpace = mark !== undefined && offset === behind && !isSpace(text[offset - 1]);
  const common = { wants: key ? 'value' : 'item', hasColon: false, needsSpace, ...(key && { of: key }) } as const;
  if (value === stop) {
    if (/\S/.test(text.slice(behind, offset).replace(/(?<!\S)[&!]\S*(?=[ \t])/g, ''))) return undefined; // a comment, or an anchor half-typed
    return { ...common, column: column + (needsSpace ? 1 : 0), range: here, quote: undefined };
  }
  const quote = quoteAt(text, value);
  if (offset < value || offset > stop || '|>*[{'.includes(text[value] as string)) return undefined;
  if (!quote) return { ...common, column: value - start, range: { start: value, end: stop }, quote };
  const close = endOfQuote(text, value + 1, stop, quote);
  if (offset === value || (close >= 0 && offset > close)) return undefined;
  const range = { start: value + 1, end: close < 0 ? stop : close };
  return { ...common, column: value - start, range, quote };
}

const quoteAt = (text: string, at: number): '"' | "'" | undefined =>
  text[at] === '"' ? '"' : text[at] === "'" ? "'" : undefined;

/** Where a value ends that begins at `from`: before a comment, without spaces. */
function endOfValue(text: string, from: number, end: number): number {
  const quote = quoteAt(text, from);
  const after = quote ? endOfQuote(text, from + 1, end, quote) : -1;
  if (after >= 0) return after + 1;
  const comment = quote ? -1 : text.slice(from, end).search(/[ \t]#/);
  const until = comment < 0 ? end : from + comment;
  return from + text.slice(from, until).trimEnd().length;
}

/**
 * The way from a place up to the root, by columns alone: what stands further left on a line above is what it belongs to. A list may stand
 * in the column of its key.
 */
function climb(
  lines: readonly Line[],
  index: number,
  { column, of, wants, range }: Pick<Place, 'column' | 'of' | 'wants' | 'range'>,
): { path: (string | number)[] | undefined; siblings: string[] } {
  const line = lines[index] as Line;
  const own = of ? line.marks.find(({ key }) => key === of) : undefined;
  const base = own?.column ?? column;
  const path: (string | number)[] = of ? [of.text] : [];
  const siblings: string[] = [];
  let parent: { line: number; mark: Mark } | undefined;
  let limit = base;
  let last: 'none' | 'key' | 'dash' = 'none';
  for (let at = index; at >= 0; at--) {
    const { inside, marks, value, end } = lines[at] as Line;
    if (inside) continue;
    for (const mark of marks.toReversed()) {
      const { key } = mark;
      if (at === index && (key ? key.start === range.start || key === of : mark.column >= base)) continue;
      if (last === 'dash' && !key && mark.column === limit) path[0] = Number(path[0]) + 1;
      else if (mark.column < limit || (last === 'dash' && key && mark.column === limit)) {
        // What has a value on its line has no keys below it.
        if (at !== index && key && value < end) return { path: undefined, siblings };
        path.unshift(key ? key.text : 0);
        parent ??= { line: at, mark };
        limit = mark.column;
        last = key ? 'key' : 'dash';
      } else if (last === 'none' && key && mark.column === limit) siblings.push(key.text);
    }
  }
  if (wants === 'item' && parent?.line !== index && !siblings.length) {
    const expected = columnBelow(lines, index, parent);
    if (expected !== undefined && expected !== base) return { path: undefined, siblings };
  }
  // A key on an empty line would take for itself what stands deeper below it.
  const next = lines.find(({ isBlank, inside }, at) => at > index && !isBlank && !inside);
  if (line.isBlank && next && next.indent > base) return { path: undefined, siblings };
  if (wants !== 'value' || of) siblings.push(...below(lines, index, base));
  return { path, siblings };
}

/** The column in which a mapping or a list already has something; `undefined` where nothing is in it but the line that is asked about. */
function columnBelow(
  lines: readonly Line[],
  index: number,
  parent: { line: number; mark: Mark } | undefined,
): number | undefined {
  const { line = -1, mark } = parent ?? {};
  const own = lines[line];
  if (own && mark && !mark.key) {
    const next = own.marks[own.marks.indexOf(mark) + 1];
    if (next) return next.column;
    if (own.value < own.end) return own.value - own.start;
  }
  for (let at = line + 1; at < lines.length; at++) {
    const { isBlank, inside, indent, marks } = lines[at] as Line;
    if (at === index || isBlank || inside) continue;
    const isList = mark?.key && marks[0] && !marks[0].key;
    const least = mark ? mark.column + (isList ? 0 : 1) : 0;
    return indent < least ? undefined : indent;
  }
  return undefined;
}

/** Keys in a column below a line, up to the end of their mapping. */
function below(lines: readonly Line[], index: number, column: number): string[] {
  const found: string[] = [];
  for (let at = index + 1; at < lines.length; at++) {
    const { isBlank, inside, indent, marks } = lines[at] as Line;
    if (isBlank || inside) continue;
    if (indent < column) break;
    const key = marks[0]?.column === column ? marks[0].key : undefined;
    if (key) found.push(key.text);
  }
  return found;
}

/** What is wanted in a flow collection, whose own place block style tells. */
function inFlow(
  text: string,
  lines: readonly Line[],
  index: number,
  offset: number,
  start: number,
  written: string[],
): Cursor | undefined {
  const first = lines.findLastIndex((line) => line.start <= start);
  let last = index;
  while (lines[last + 1]?.flow === start) last++;
  const place = flowAt(text, start, lines[last]?.end ?? text.length, offset);
  const holder = lines[first];
  if (!place || !holder) return undefined;
  const mark = holder.marks.at(-1);
  const of = mark?.key;
  const around = climb(lines, first, {
    column: mark ? mark.column + (of ? 0 : 1) : holder.indent,
    wants: 'value',
    range: { start, end: start },
    ...(of && { of }),
  });
  if (!around.path) return undefined;
  const { word, wants, hasColon, path, siblings } = place;
  const quote = word && quoteAt(text, word.start);
  const closed = word && quote && text[word.end - 1] === quote && word.end - word.start > 1;
  if (quote && (offset === word.start || (closed && offset === word.end))) return undefined;
  // A quoted key is replaced with its quotes, a quoted value without.
  const inner = quote && wants !== 'key' ? 1 : 0;
  const range = word
    ? { start: word.start + inner, end: word.end - (closed ? inner : 0) }
    : { start: offset, end: offset };
  const line = lines[index] as Line;
  return {
    wants,
    path: [...around.path, ...path],
    siblings,
    style: 'flow',
    range,
    typed: text.slice(range.start, offset),
    quote,
    hasColon,
    needsSpace: wants === 'value' && range.start === range.end && text[offset - 1] === ':',
    column: range.start - line.start,
    indent: line.indent,
    written,
  };
}

/** Whether a position on an empty line stands behind a block scalar rather than in it: no deeper than its key, and nothing of it below. */
function isBehind(lines: readonly Line[], index: number, offset: number): boolean {
  const { inside, isBlank, start } = lines[index] as Line;
  if (inside?.of !== 'scalar' || !isBlank || offset - start > inside.column) return false;
  const next = lines.slice(index + 1).find((line) => !line.isBlank);
  return !next?.inside;
}

/** A document marker, a directive: nothing stands beside them. */
const isDirective = (text: string, { start, end, flow }: Line): boolean =>
  flow === undefined && /^(?:---(?:\s|$)|\.\.\.(?:\s|$)|%)/.test(text.slice(start, Math.min(end, start + 4)));
