import type { At, Path, TextRange } from './finding.ts';
import { spellingsOfKey } from './schema.ts';

/** Lines of one mapping or list, and the column at which its entries begin. */
interface Block {
  lines: readonly Line[];
  indent: number;
}
interface Line {
  text: string;
  start: number;
}

/**
 * The range of a key, or of a plain or quoted value on one line, in a document in block style whose YAML is known to be right and
 * free of anchors, tags and tabs. `undefined` for all else: then the parser that knows places has to look. Most documents that break
 * a rule are such, and this saves the whole parse.
 */
export function blockRange(text: string, path: Path, at: At): TextRange | undefined {
  let block = rootOf(text);
  for (const [depth, part] of path.entries()) {
    if (!block) return undefined;
    if (typeof part === 'number') {
      const item = itemOf(block, part);
      if (!item) return undefined;
      if (depth === path.length - 1) return scalarRange(item.lines, item.indent);
      block = item;
      continue;
    }
    const entry = entryOf(block, part);
    if (!entry) return undefined;
    const { line, key, after, rest } = entry;
    if (depth === path.length - 1) {
      const start = line.start + block.indent;
      if (at === 'key') return { start, end: start + key.length };
      return scalarRange([line, ...rest], after);
    }
    block = /^\s*(?:#|$)/.test(line.text.slice(after)) ? blockOf(rest) : undefined;
  }
  return undefined;
}

function rootOf(text: string): Block | undefined {
  const lines: Line[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    lines.push({ text: line.endsWith('\r') ? line.slice(0, -1) : line, start });
    start += line.length + 1;
  }
  const from = lines.findIndex((line) => !isEmpty(line) && !line.text.startsWith('---'));
  const marker = lines.slice(0, Math.max(0, from)).find((line) => line.text.startsWith('---'));
  if (from < 0 || (marker && !/^---\s*(?:#|$)/.test(marker.text))) return undefined;
  return blockOf(lines.slice(from).filter((line) => !line.text.startsWith('...')));
}

function blockOf(lines: readonly Line[]): Block | undefined {
  const first = lines.find((line) => !isEmpty(line));
  return first && { lines, indent: first.text.search(/\S/) };
}

/**
 * The entry of a mapping under a key, as it is or in another of its spellings: its line, and the deeper lines below. A person's own
 * keys, which have no spellings, always stand there as they are.
 */
function entryOf({ lines, indent }: Block, key: string) {
  const isHere = (line: Line) => !isEmpty(line) && line.text.search(/\S/) === indent;
  // The items of a list may stand below the first letter of its key.
  const isItem = (line: Line) => /^-(?: |$)/.test(line.text.slice(indent));
  for (const written of spellingsOfKey(key)) {
    for (const [index, line] of lines.entries()) {
      if (!line.text.startsWith(written, indent) || !isHere(line)) continue;
      const colon = /^ *:(?= |$)/.exec(line.text.slice(indent + written.length));
      if (!colon) continue;
      const next = lines.findIndex((other, later) => later > index && isHere(other) && !isItem(other));
      const rest = lines.slice(index + 1, next < 0 ? undefined : next);
      return { line, key: written, after: indent + written.length + colon[0].length, rest };
    }
  }
  return undefined;
}

/** The n-th item of a list, without its dash. */
function itemOf({ lines, indent }: Block, wanted: number): Block | undefined {
  const starts = lines.flatMap((line, index) =>
    !isEmpty(line) && line.text.search(/\S/) === indent && /^-(?: |$)/.test(line.text.slice(indent)) ? [index] : [],
  );
  const from = starts[wanted];
  const first = from === undefined ? undefined : lines[from];
  if (!first || from === undefined) return undefined;
  const text = `${first.text.slice(0, indent)} ${first.text.slice(indent + 1)}`;
  return blockOf([{ text, start: first.start }, ...lines.slice(from + 1, starts[wanted + 1])]);
}

/** A scalar that stands alone on the first of its lines, behind a column. */
function scalarRange([line, ...rest]: readonly Line[], from: number): TextRange | undefined {
  if (!line || rest.some((one) => !isEmpty(one))) return undefined;
  const match = /^( *)("[^"\\]*"|'[^']*'|[^\s"'|>{}[\]&*!%@`#?,:-](?:[^#:]|(?<! )#|:(?! |$))*?)\s*(?: #.*)?$/.exec(
    line.text.slice(from),
  );
  if (!match?.[2]) return undefined;
  const start = line.start + from + (match[1] as string).length;
  return { start, end: start + match[2].length };
}

const isEmpty = ({ text }: Line): boolean => /^\s*(?:#|$)/.test(text);
