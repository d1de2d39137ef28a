import { isMap, isScalar, isSeq, Lexer, type Node, type Pair } from 'yaml';
import type { Value } from '../canonical.ts';
import type { Path, TextChange } from '../finding.ts';
import { respell, spell, spellingOf } from '../spelling.ts';
import type { YamlTree } from '../yamlTree.ts';
import {
  type Container,
  endOf,
  endOfNode,
  type Found,
  find,
  isBlockScalar,
  isEmpty,
  Lines,
  rangeOf,
  startOf,
} from './locate.ts';
import { blockValue, flowValue, inQuotesOf } from './write.ts';

type Edits = TextChange[] | undefined;

/** Gives an entry a value; what is absent on the way is made. */
export function setValue(tree: YamlTree, path: Path, value: Value): Edits {
  const found = find(tree, path);
  const lines = new Lines(tree.text);
  if (found.depth === path.length) return replace(found, spelt(tree, path, value), lines);
  const key = path[found.depth] as string | number;
  const inner = path.slice(found.depth + 1).reduceRight((made: Value, part) => entry(part, made), value);
  const made = spelt(tree, path.slice(0, found.depth), entry(key, inner));
  if (isMap(found.node)) {
    const [written, child] = Object.entries(made as Record<string, Value>)[0] as [string, Value];
    return insert(
      found.node as Container,
      { key: written, value: child },
      lines,
      found.depth === 0 ? predecessors(tree, key) : undefined,
    );
  }
  if (isSeq(found.node) && key === found.node.items.length)
    return insert(found.node as Container, { value: (made as Value[])[0] as Value }, lines);
  return isEmpty(found.node) ? replace(found, made, lines) : undefined;
}

/** Adds an item to a list. */
export function appendItem(tree: YamlTree, path: Path, value: Value): Edits {
  const { depth, node } = find(tree, path);
  if (depth < path.length || isEmpty(node)) return setValue(tree, path, [value]);
  return isSeq(node) ? setValue(tree, [...path, node.items.length], value) : undefined;
}

/** Renames a key; its quotes stay. */
export function renameKey(tree: YamlTree, path: Path, to: string): Edits {
  const { depth, holder, index } = find(tree, path);
  const key = isMap(holder) && (holder.items[index] as Pair<Node>).key;
  if (depth < path.length || !isScalar(key)) return undefined;
  const [start, end] = rangeOf(key);
  return [{ range: { start, end }, text: inQuotesOf(key, to) ?? flowValue(to) }];
}

/** Removes an entry, with the comment on its last line. */
export function removeEntry(tree: YamlTree, path: Path): Edits {
  const { depth, holder, index } = find(tree, path);
  if (!holder || depth < path.length) return undefined;
  const lines = new Lines(tree.text);
  if (holder.flow) return removeFromFlow(holder, index, lines);
  const start = startOf(holder, index, lines);
  const end = endOf(holder, index, tree.text);
  if (holder.items.length === 1) return [empty(holder, start, end, lines)];
  const lineEnd = lines.end(end);
  if (lines.before(start).trim()) {
    // The entry begins behind the dash of an item: what follows moves up to it.
    const rest = tree.text.slice(lineEnd);
    return [{ range: { start, end: lineEnd + rest.length - rest.trimStart().length }, text: '' }];
  }
  return [wholeLines(lines, start, end)];
}

const entry = (key: string | number, value: Value): Value => (typeof key === 'number' ? [value] : { [key]: value });

/** A value with its keys in the document's spelling. */
function spelt(tree: YamlTree, path: Path, value: Value): Value {
  const schema = tree.schema && tree.schemas.atPath(path, tree.schema);
  if (!schema || !tree.schema || typeof value !== 'object') return value;
  const style = spellingOf(tree);
  return style === 'camelCase' ? value : respell(value, schema.schema, schema.root, tree.schemas, style);
}

/** A section of the root comes behind those that precede it in the schema; elsewhere the order does not matter. */
function predecessors(tree: YamlTree, section: string | number): readonly string[] | undefined {
  if (!tree.schema) return undefined;
  const { keys } = tree.schemas.spellingsOf(tree.schema);
  const at = keys.indexOf(String(section));
  if (at < 0) return undefined;
  return keys.slice(0, at).flatMap((key) => [key, spell(key, 'kebab-case'), spell(key, 'snake_case')]);
}

function replace({ node, holder, index, inFlow }: Found, value: Value, lines: Lines): Edits {
  const { text, eol } = lines;
  const column = holder ? lines.column(startOf(holder, index, lines)) : 0;
  const block = blockValue(value, isMap(holder) ? 'key' : 'item', column, eol);
  if (isEmpty(node)) {
    if (!holder) return undefined;
    const bare = isMap(holder) && node === null; // `{ key }`
    const at = bare ? endOf(holder, index, text) : lines.trimmed(rangeOf(node)[1]);
    const written = inFlow ? `${bare ? ':' : ''} ${flowValue(value)}` : block;
    return [insertion(written.startsWith(eol) ? lines.end(at) : at, written)];
  }
  const [from] = rangeOf(node);
  const to = endOfNode(node, text);
  const quoted = inQuotesOf(node, value);
  if (inFlow || quoted !== undefined || (isScalar(node) && !block.includes(eol) && !isBlockScalar(node))) {
    const flow = quoted ?? (inFlow ? flowValue(value) : block.slice(1));
    return holdsComment(node, lines, from, to) ? undefined : [{ range: { start: from, end: to }, text: flow }];
  }
  if (!holder) return undefined;
  if (holdsComment(node, lines, from, to)) return undefined;
  // A comment stays on the first line: behind the indicator of a block scalar it would become text.
  const inHeader = isScalar(node) && isBlockScalar(node);
  const comment =
    /^[^\r\n#]*?([ \t]+#[^\r\n]*)/.exec(inHeader ? text.slice(from, to) : text.slice(to, lines.end(to)))?.[1] ?? '';
  const [first, ...rest] = block.split(eol);
  const lead = lines.trimmed(from);
  const start = /[:-]/.test(text[lead - 1] ?? '') ? lead : from;
  const end = inHeader ? to : to + comment.length;
  return [{ range: { start, end }, text: [`${first}${comment}`, ...rest].join(eol) }];
}

/** Whether a comment would be lost with a collection. */
const holdsComment = (node: Node | null, lines: Lines, start: number, end: number): boolean =>
  !isScalar(node) &&
  [...new Lexer().lex(lines.text.slice(lines.start(start), end))].some((token) => token.startsWith('#'));

/** Adds an entry behind the last one, or behind the last of those that it should follow. */
function insert(
  holder: Container,
  { key, value }: { key?: string; value: Value },
  lines: Lines,
  follows?: readonly string[],
): Edits {
  const { text, eol } = lines;
  const last = holder.items.length - 1;
  if (holder.flow) return [insertIntoFlow(holder, { ...(key !== undefined && { key }), value }, lines)];
  const before = follows?.length ? lastOf(holder, follows) : last;
  if (before < 0) return undefined;
  const column = lines.column(startOf(holder, before, lines));
  const head = key === undefined ? '-' : `${flowValue(key)}:`;
  const written = head + blockValue(value, key === undefined ? 'item' : 'key', column, eol);
  const at = behindIndentedComments(lines.end(endOf(holder, before, text)), column, lines);
  const gap = follows && isSpaced(holder, before, lines) ? eol : '';
  return [insertion(at, `${eol}${gap}${' '.repeat(column)}${written}`)];
}

/** The last in the text of the entries with certain keys; the last of all where there is none. */
function lastOf(holder: Container, keys: readonly string[]): number {
  const found = holder.items.findLastIndex((item) => {
    const key = (item as Pair<Node>).key;
    return isScalar(key) && keys.includes(String(key.source ?? key.value));
  });
  return found < 0 ? holder.items.length - 1 : found;
}

/** Whether blank lines separate an entry from its neighbour. */
function isSpaced(holder: Container, index: number, lines: Lines): boolean {
  const [first, second] = index < holder.items.length - 1 ? [index, index + 1] : [index - 1, index];
  if (first < 0) return false;
  const between = lines.text.slice(endOf(holder, first, lines.text), startOf(holder, second, lines));
  return /\n[ \t]*\r?\n/.test(between);
}

/** Comments that stand deeper belong to the entry above them. */
function behindIndentedComments(lineEnd: number, column: number, lines: Lines): number {
  let at = lineEnd;
  for (;;) {
    const next = lines.next(at);
    const indent = /^[ \t]+(?=#)/.exec(lines.text.slice(next, lines.end(next)))?.[0].length ?? 0;
    if (next <= at || indent <= column) return at;
    at = lines.end(next);
  }
}

function insertIntoFlow(holder: Container, { key, value }: { key?: string; value: Value }, lines: Lines): TextChange {
  const { text, eol } = lines;
  const [start] = rangeOf(holder);
  const count = holder.items.length;
  if (!count) {
    const written = key === undefined ? flowValue(value) : `${flowValue(key)}: ${flowValue(value)}`;
    return insertion(start + 1, isMap(holder) ? ` ${written}${text[start + 1] === ' ' ? '' : ' '}` : written);
  }
  const lastStart = startOf(holder, count - 1, lines);
  const likeJson = isMap(holder) && text[lastStart] === '"';
  const write = likeJson ? (one: Value) => JSON.stringify(one) : flowValue;
  const written = key === undefined ? write(value) : `${write(key)}: ${write(value)}`;
  const ownLine = !lines.before(lastStart).trim();
  const gap = ownLine ? `${eol}${' '.repeat(lines.column(lastStart))}` : ' ';
  return insertion(endOf(holder, count - 1, text), `,${gap}${written}`);
}

/** Leaves `{}` or `[]` of a collection whose only entry goes. */
function empty(holder: Container, start: number, end: number, lines: Lines): TextChange {
  const written = isMap(holder) ? '{}' : '[]';
  const lead = lines.trimmed(start);
  const joins = /[:-]/.test(lines.text[lead - 1] ?? '');
  return { range: { start: joins ? lead : start, end: lines.end(end) }, text: joins ? ` ${written}` : written };
}

/** Removes lines with their break; of the last line of a file, the break before it. */
function wholeLines(lines: Lines, start: number, end: number): TextChange {
  const first = lines.start(start);
  const next = lines.next(end);
  const from =
    next === lines.text.length && !lines.text.endsWith('\n') && first > lines.first
      ? lines.end(lines.start(first - 1))
      : first;
  return { range: { start: from, end: next }, text: '' };
}

function removeFromFlow(holder: Container, index: number, lines: Lines): Edits {
  const { text } = lines;
  const start = startOf(holder, index, lines);
  const end = endOf(holder, index, text);
  const comma = commaAfter(text, end);
  const rest = text.slice(comma < 0 ? end : comma + 1, lines.end(end));
  const alone = !lines.before(start).trim() && /^\s*(?:#.*)?$/.test(rest);
  if (comma >= 0) {
    if (alone && lines.start(comma) === lines.start(end)) return [wholeLines(lines, start, end)];
    const spaces = /^[ \t]*/.exec(text.slice(comma + 1))?.[0].length ?? 0;
    return [{ range: { start, end: comma + 1 + spaces }, text: '' }];
  }
  const own: TextChange = alone ? wholeLines(lines, start, end) : { range: { start, end }, text: '' };
  if (index === 0) return [own];
  const before = commaAfter(text, endOf(holder, index - 1, text));
  if (before < 0) return undefined;
  if (!alone && lines.isBlank(before + 1, start)) return [{ range: { start: before, end }, text: '' }];
  return [{ range: { start: before, end: before + 1 }, text: '' }, own];
}

/** The comma behind an entry of a flow collection; comments may stand between. */
function commaAfter(text: string, end: number): number {
  const gap = /^(?:\s|(?<=\s)#[^\r\n]*)*,/.exec(text.slice(end))?.[0].length;
  return gap ? end + gap - 1 : -1;
}

const insertion = (at: number, text: string): TextChange => ({ range: { start: at, end: at }, text });
