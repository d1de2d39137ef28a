import type { SelectionRange } from 'vscode-languageserver';
import type { TextRange } from '../model/finding.ts';
import { firstLine } from '../model/yamlTree.ts';
import type { LanguageHost, OpenFile } from './host.ts';
import { type Entry, outlineOf } from './outline.ts';
import { rangeIn } from './symbols.ts';

/** Grows a selection by what things are: word, value, pair, section, document, file. */
export function registerSelectionRanges(host: LanguageHost): void {
  host.connection.onSelectionRanges(({ textDocument, positions }) => {
    const file = host.file(textDocument.uri);
    if (!file || !host.isGeneric(file)) return null;
    return positions.map((position) => buildSelectionRange(file, file.document.offsetAt(position)));
  });
}

/** What is around an offset of the file, from the smallest outwards. */
export function buildSelectionRange(
  { checked, document }: Pick<OpenFile, 'checked' | 'document'>,
  at: number,
): SelectionRange {
  const chunk = checked.chunks.findLast(({ offset }) => offset <= at);
  const ranges: TextRange[] = [{ start: 0, end: document.getText().length }];
  if (chunk) {
    const { offset, text } = chunk;
    const { start } = firstLine(text);
    ranges.push({ start: offset + start, end: offset + Math.max(start, text.trimEnd().length) });
    for (const { start, end } of around(outlineOf(text).entries, text, at - offset)) {
      ranges.push({ start: offset + start, end: offset + end });
    }
  }
  let selection: SelectionRange = { range: rangeIn(document, at, at) };
  let innermost: SelectionRange | undefined;
  let outer: TextRange | undefined;
  for (const range of ranges) {
    // Each has to be within the one around it: VS Code drops the rest otherwise.
    if (range.start > at || range.end < at) continue;
    if (outer && (range.start < outer.start || range.end > outer.end)) continue;
    if (outer && range.start === outer.start && range.end === outer.end) continue;
    selection = { range: rangeIn(document, range.start, range.end), ...(innermost && { parent: innermost }) };
    innermost = selection;
    outer = range;
  }
  return selection;
}

function around(entries: readonly Entry[], text: string, at: number): TextRange[] {
  const entry = entries.find(({ start, keyEnd, valueEnd }) => start <= at && at <= Math.max(keyEnd, valueEnd));
  if (!entry) return [];
  const { start, keyEnd, valueStart, valueEnd, style } = entry;
  const pair = { start, end: Math.max(keyEnd, valueEnd) };
  const siblings = { start: entries[0]?.start ?? start, end: entries.at(-1)?.valueEnd ?? pair.end };
  if (at <= keyEnd && entry.key !== undefined) return [siblings, pair, { start, end: keyEnd }, wordAt(text, at)];
  const value = { start: valueStart, end: valueEnd };
  if (entry.children.length) return [siblings, pair, value, ...around(entry.children, text, at)];
  if (style !== 'quoted') return [siblings, pair, value, wordAt(text, at)];
  return [siblings, pair, value, { start: valueStart + 1, end: valueEnd - 1 }, wordAt(text, at)];
}

function wordAt(text: string, at: number): TextRange {
  const isWord = (index: number) => /[\p{L}\p{N}_]/u.test(text[index] ?? '');
  let start = at;
  let end = at;
  while (start > 0 && isWord(start - 1)) start--;
  while (isWord(end)) end++;
  return { start, end };
}
