import { type CST, Parser } from 'yaml';
import { LIMITS } from '../model/yamlTree.ts';
import { Lines } from './lines.ts';

/** A stretch of text that layout does not touch: between pieces are only blanks and line breaks. */
export interface Piece {
  type: string;
  start: number;
  end: number;
  /** The column where it belongs if it is the first of its line; `undefined` for a comment, which goes with its neighbours. */
  column: number | undefined;
  /** Whether lines below it may begin at its column: a key or a dash. */
  level: boolean;
  /** Of a value over several lines: the columns of its further lines. */
  inner?: Inner;
}

/** How the further lines of a value are indented: all at one column (text that is folded), or moved together (a block scalar). */
export type Inner = { to: number } | { from: number; to: number; bodyStart: number };

/** Columns below a dash begin behind it and its space. */
const BEHIND_DASH = 2;

class NotOurs extends Error {}

/** A document cut into pieces, in order. `undefined` where it has something that is better left alone: errors, `? ` keys, depth. */
export function toPieces(text: string, tabSize: number): Piece[] | undefined {
  const cutter = new Cutter(text, tabSize);
  try {
    for (const token of new Parser().parse(text)) cutter.visit(token, 0, 0);
  } catch (error) {
    if (error instanceof NotOurs) return undefined;
    throw error;
  }
  return cutter.pieces;
}

class Cutter {
  readonly pieces: Piece[] = [];
  private readonly text: string;
  private readonly lines: Lines;
  private readonly tabSize: number;
  private depth = 0;

  constructor(text: string, tabSize: number) {
    this.text = text;
    this.lines = new Lines(text);
    this.tabSize = tabSize;
  }

  /**
   * `column`: where its lines begin. `base`: where the bracket belongs that closes it. `holder`: the key or dash that it is the value of.
   */
  visit(token: CST.Token, column: number, base: number, holder?: Piece): void {
    if (++this.depth > LIMITS.depth) throw new NotOurs();
    switch (token.type) {
      case 'document':
        this.all(token.start, 0);
        if (token.value) this.visit(token.value, 0, 0);
        this.all(token.end, 0);
        break;
      case 'doc-end':
        this.add('doc-end', token.offset, token.source, 0);
        this.all(token.end, 0);
        break;
      case 'block-map':
        for (const item of token.items) this.mapItem(item, column);
        break;
      case 'block-seq':
        for (const { start, value } of token.items) {
          this.all(start, column);
          const dash = this.pieces.findLast(({ type }) => type === 'seq-item-ind');
          const behind = column + BEHIND_DASH;
          if (value) this.visit(value, behind, behind, dash);
        }
        break;
      case 'flow-collection':
        this.flow(token, column, base);
        break;
      case 'block-scalar':
        this.blockScalar(token, column, holder);
        break;
      case 'alias':
      case 'scalar':
      case 'single-quoted-scalar':
      case 'double-quoted-scalar':
        this.add(token.type, token.offset, token.source, column, { to: column });
        this.all(token.end, column);
        break;
      case 'directive':
        this.add(token.type, token.offset, token.source, 0);
        break;
      case 'error':
      case 'flow-error-end':
        throw new NotOurs();
      default:
        this.all([token], column);
    }
    this.depth--;
  }

  private mapItem({ start, key, sep, value }: CST.CollectionItem, column: number): void {
    if (start.some(({ type }) => type === 'explicit-key-ind')) throw new NotOurs();
    this.all(start, column);
    const keyIndex = this.pieces.length;
    if (key) this.visit(key, column, column);
    const piece = this.pieces[keyIndex];
    if (piece) piece.level = true;
    this.all(sep, column + this.tabSize);
    if (value) this.visit(value, column + this.tabSize, column, piece);
  }

  private flow(token: CST.FlowCollection, column: number, holder: number): void {
    const base = this.isFirstInLine(token.offset) ? column : holder;
    const inside = base + this.tabSize;
    this.all([token.start], column);
    for (const { start, key, sep, value } of token.items) {
      if (start.some(({ type }) => type === 'explicit-key-ind')) throw new NotOurs();
      this.all(start, inside);
      if (key) this.visit(key, inside, inside);
      this.all(sep, inside);
      if (value) this.visit(value, inside, inside);
    }
    this.all(token.end, base);
  }

  private blockScalar(token: CST.BlockScalar, column: number, holder: Piece | undefined): void {
    if (holder?.column === undefined) throw new NotOurs(); // one that is the whole document
    this.all(token.props as CST.SourceToken[], column);
    const header = token.props.find(({ type }) => type === 'block-scalar-header');
    const last = token.props.at(-1) as CST.SourceToken | undefined;
    if (!header || !last || !token.source) return;
    const bodyStart = last.offset + last.source.length;
    const indents = token.source.match(/^ *(?=[^ \r\n])/gm) ?? [];
    const [first] = indents;
    if (first === undefined) return; // blank lines
    const explicit = /[1-9]/.test((header as CST.SourceToken).source);
    // With an indicator the text keeps its distance from what it belongs to.
    const from = explicit ? this.columnOf(holder.start) : first.length;
    const inner: Inner = { from, to: explicit ? holder.column : column, bodyStart };
    this.add('block-scalar', bodyStart, token.source, undefined, inner);
  }

  private all(tokens: readonly CST.SourceToken[] | undefined, column: number): void {
    for (const { type, offset, source } of tokens ?? []) {
      if (type === 'space' || type === 'newline') continue;
      if (type === 'comment') this.add(type, offset, source.trimEnd(), undefined);
      else this.add(type, offset, source, type === 'doc-start' ? 0 : column);
    }
  }

  private add(type: string, start: number, source: string, column: number | undefined, inner?: Inner): void {
    const several = inner && source.includes('\n');
    const level = type === 'seq-item-ind';
    this.pieces.push({ type, start, end: start + source.length, column, level, ...(several && { inner }) });
  }

  private columnOf(offset: number): number {
    return offset - this.lines.startOf(this.lines.lineOf(offset));
  }

  private isFirstInLine(offset: number): boolean {
    return /^[ \t]*$/.test(this.text.slice(this.lines.startOf(this.lines.lineOf(offset)), offset));
  }
}
