import type { TextChange } from '../finding.ts';

/** A stretch of the first text, or a text of its own. */
type Piece = { start: number; end: number } | { added: string };

/** A text under change, which knows at the end what differs from the first. */
export class Pieces {
  text: string;
  private readonly first: string;
  private pieces: Piece[];

  constructor(text: string) {
    this.text = text;
    this.first = text;
    this.pieces = [{ start: 0, end: text.length }];
  }

  /** Makes changes that count in the text as it is now and do not overlap. */
  apply(changes: readonly TextChange[]): void {
    for (const { range, text } of changes.toSorted((a, b) => b.range.start - a.range.start)) {
      const [head, rest] = this.cut(this.pieces, range.start);
      const [, tail] = this.cut(rest, range.end - range.start);
      this.pieces = [...head, ...(text ? [{ added: text }] : []), ...tail];
      this.text = this.text.slice(0, range.start) + text + this.text.slice(range.end);
    }
  }

  /** All that was changed, in the first text, sorted, without overlaps. */
  changes(): TextChange[] {
    const changes: TextChange[] = [];
    let at = 0;
    let added = '';
    for (const piece of [...this.pieces, { start: this.first.length, end: this.first.length }]) {
      if ('added' in piece) added += piece.added;
      else {
        if (this.first.slice(at, piece.start) !== added) {
          changes.push({ range: { start: at, end: piece.start }, text: added });
        }
        added = '';
        at = piece.end;
      }
    }
    return changes;
  }

  private cut(pieces: readonly Piece[], length: number): [Piece[], Piece[]] {
    const head: Piece[] = [];
    let left = length;
    for (const [index, piece] of pieces.entries()) {
      const size = 'added' in piece ? piece.added.length : piece.end - piece.start;
      if (left < size) {
        const [one, other]: [Piece, Piece] =
          'added' in piece
            ? [{ added: piece.added.slice(0, left) }, { added: piece.added.slice(left) }]
            : [
                { start: piece.start, end: piece.start + left },
                { start: piece.start + left, end: piece.end },
              ];
        return left
          ? [
              [...head, one],
              [other, ...pieces.slice(index + 1)],
            ]
          : [head, pieces.slice(index)];
      }
      head.push(piece);
      left -= size;
    }
    return [head, []];
  }
}

/** A text after changes that do not overlap. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  return changes
    .toSorted((a, b) => b.range.start - a.range.start)
    .reduce((at, { range, text: added }) => at.slice(0, range.start) + added + at.slice(range.end), text);
}
