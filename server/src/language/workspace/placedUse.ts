import type { GpuctlDocument } from '../../kinds/document.ts';
import type { TextRange } from '../../model/finding.ts';
import type { NameUse } from './documentNames.ts';

export interface PlacedUse {
  range: { start: { line: number; character: number }; end: { line: number; character: number } };
  /** Whether the range lies within quotes; else it is the whole value, which may be an alias or a text over several lines. */
  quoted: boolean;
}

/** Where a name stands in its document. */
export function rangeOfUse(document: GpuctlDocument, use: NameUse): TextRange & Pick<PlacedUse, 'quoted'> {
  const { start, end } = document.rangeOf(use.path);
  const quoted = /^["']/.test(document.text[start] ?? '') && document.text.slice(start + 1, end - 1) === use.name;
  return quoted ? { start: start + 1, end: end - 1, quoted } : { start, end, quoted };
}

/** Where a name stands in a file in which the document begins at a line, counted from 0. */
export function placeUse(document: GpuctlDocument, use: NameUse, line: number): PlacedUse {
  const { start, end, quoted } = rangeOfUse(document, use);
  const positionAt = (offset: number) => {
    const before = document.text.slice(0, offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    return { line: line + before.split('\n').length - 1, character: offset - lineStart };
  };
  return { range: { start: positionAt(start), end: positionAt(end) }, quoted };
}
