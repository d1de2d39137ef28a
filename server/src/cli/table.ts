import type { Output, Style } from './output.ts';

/** A cell of a table: its text, and how it looks on a terminal. */
export type Cell = string | { text: string; style: Style };

const GAP = '   ';
/** Characters that take two columns of a terminal (Unicode, East Asian Width: W and F), as far as our texts have them. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;

/** Columns of a terminal that a text takes. */
export const widthOf = (text: string): number => [...text].length + (text.match(WIDE)?.length ?? 0);

/** Rows below headers. Columns are as wide as what was printed so far: a table that goes on stays straight. */
export class Table {
  private readonly out: Output;
  private readonly headers: readonly string[];
  private readonly widths: number[];
  private begun = false;

  constructor(out: Output, headers: readonly string[]) {
    this.out = out;
    this.headers = headers;
    this.widths = headers.map(widthOf);
  }

  async print(rows: readonly (readonly Cell[])[]): Promise<void> {
    for (const row of rows)
      for (const [index, cell] of row.entries())
        this.widths[index] = Math.max(this.widths[index] ?? 0, widthOf(textOf(cell)));
    const lines = rows.map((row) => this.toLine(row));
    if (!this.begun) lines.unshift(this.toLine(this.headers.map((text) => ({ text, style: 'bold' }))));
    this.begun = true;
    await this.out.write(lines.map((line) => `${line}\n`).join(''));
  }

  private toLine(row: readonly Cell[]): string {
    const cells = row.map((cell, index) => {
      const text = textOf(cell);
      const padding = index === row.length - 1 ? 0 : (this.widths[index] ?? 0) - widthOf(text);
      return (typeof cell === 'string' ? text : this.out.style(cell.style, text)) + ' '.repeat(padding);
    });
    return cells.join(GAP).trimEnd();
  }
}

const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);
