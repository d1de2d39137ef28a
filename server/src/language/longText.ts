import type {
  Position,
  Range,
  TextDocumentContentChangeEvent,
  TextDocumentsConfiguration,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** From this length on, in UTF-16 units, a text counts its lines piece by piece. */
const LONG = 1024 * 1024;
/** UTF-16 units of a piece. */
const PIECE = 4096;

/**
 * A document of many megabytes. The usual kind walks the whole text for its first position, and again over all lines after an edit; this
 * one counts line breaks only up to the place that is asked for, and keeps the counts of what lies before an edit.
 */
class LongText implements TextDocument {
  readonly uri: string;
  readonly languageId: string;
  version: number;
  private text: string;
  /** Lines that begin before the end of each piece, for the pieces that were counted. */
  private readonly lines: number[] = [];

  constructor(uri: string, languageId: string, version: number, text: string) {
    this.uri = uri;
    this.languageId = languageId;
    this.version = version;
    this.text = text;
  }

  get lineCount(): number {
    return this.linesBefore(Math.ceil(this.text.length / PIECE)) + 1;
  }

  getText(range?: Range): string {
    return range ? this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.text;
  }

  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(Math.trunc(offset), this.text.length));
    const piece = Math.floor(at / PIECE);
    const line = this.linesBefore(piece) + this.breaksIn(piece * PIECE, at);
    const start = this.lineStart(line);
    // The place behind the first half of a line break is still at the end of its line.
    const end = this.text[at - 1] === '\r' && this.text[at] === '\n' ? at - 1 : at;
    return { line, character: end - start };
  }

  offsetAt({ line, character }: Position): number {
    const start = this.lineStart(line);
    if (line < 0 || character <= 0 || start >= this.text.length) return start;
    let end = Math.min(start + character, this.text.length);
    const rest = /[\r\n]/.exec(this.text.slice(start, end));
    if (rest) end = start + rest.index;
    return end;
  }

  getLineRange(line: number): Range {
    const start = this.positionAt(this.lineStart(line));
    return { start, end: this.positionAt(this.offsetAt({ line: start.line, character: this.text.length })) };
  }

  getEOLCharacters(line: number): string {
    if (line < 0) return '';
    const end = this.offsetAt({ line, character: this.text.length });
    return /^(?:\r\n|\r|\n)?/.exec(this.text.slice(end, end + 2))?.[0] ?? '';
  }

  update(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    for (const change of changes) {
      let from = 0;
      let to = this.text.length;
      if ('range' in change) {
        const { start, end } = change.range;
        from = this.offsetAt(start);
        to = this.offsetAt(end);
        if (from > to) [from, to] = [to, from];
      }
      this.text = this.text.slice(0, from) + change.text + this.text.slice(to);
      this.lines.length = Math.min(this.lines.length, Math.max(0, Math.floor((from - 1) / PIECE)));
    }
    this.version = version;
  }

  /** Where a line begins; beyond the last one, the end of the text. */
  private lineStart(line: number): number {
    if (line <= 0) return 0;
    const pieces = Math.ceil(this.text.length / PIECE);
    let piece = firstNotLess(this.lines, line);
    while (piece < pieces && this.linesBefore(piece + 1) < line) piece++;
    if (piece >= pieces) return this.text.length;
    let left = line - this.linesBefore(piece);
    for (let at = piece * PIECE; at < this.text.length; at++) if (this.isBreak(at) && --left === 0) return at + 1;
    return this.text.length;
  }

  /** Lines that begin before a piece, the first one aside. */
  private linesBefore(piece: number): number {
    while (this.lines.length < piece) {
      const begin = this.lines.length * PIECE;
      this.lines.push((this.lines.at(-1) ?? 0) + this.breaksIn(begin, Math.min(begin + PIECE, this.text.length)));
    }
    return piece > 0 ? (this.lines[piece - 1] as number) : 0;
  }

  private breaksIn(from: number, to: number): number {
    let count = 0;
    for (let at = from; at < to; at++) if (this.isBreak(at)) count++;
    return count;
  }

  /** Whether a line ends with this character: `\n`, or a `\r` without one. */
  private isBreak(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return code === 0x0a || (code === 0x0d && this.text.charCodeAt(at + 1) !== 0x0a);
  }
}

/** The first place in a rising list whose number is not less than one. */
function firstNotLess(numbers: readonly number[], than: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < than) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How the texts of open documents are held. */
export const OPEN_TEXTS: TextDocumentsConfiguration<TextDocument> = {
  create: (uri, languageId, version, text) =>
    text.length < LONG
      ? TextDocument.create(uri, languageId, version, text)
      : new LongText(uri, languageId, version, text),
  update(document, changes, version) {
    if (!(document instanceof LongText)) return TextDocument.update(document, changes, version);
    document.update(changes, version);
    return document;
  },
};
