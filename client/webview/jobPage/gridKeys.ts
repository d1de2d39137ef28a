/** A place in a grid, both counted from 0. */
export interface Place {
  row: number;
  column: number;
}

/** Rows that a page of keys takes. */
const PAGE = 10;

/** Where a key leads in a grid, as the ARIA grid pattern has it; `undefined` for keys that lead nowhere. */
export function moveInGrid(
  { row, column }: Place,
  { key, ctrlKey }: { key: string; ctrlKey: boolean },
  { rows, columns }: { rows: number; columns: number },
): Place | undefined {
  const [lastRow, lastColumn] = [rows - 1, columns - 1];
  switch (key) {
    case 'ArrowDown':
      return { row: Math.min(row + 1, lastRow), column };
    case 'ArrowUp':
      return { row: Math.max(row - 1, 0), column };
    case 'ArrowRight':
      return { row, column: Math.min(column + 1, lastColumn) };
    case 'ArrowLeft':
      return { row, column: Math.max(column - 1, 0) };
    case 'PageDown':
      return { row: Math.min(row + PAGE, lastRow), column };
    case 'PageUp':
      return { row: Math.max(row - PAGE, 0), column };
    case 'Home':
      return { row: ctrlKey ? 0 : row, column: 0 };
    case 'End':
      return { row: ctrlKey ? lastRow : row, column: lastColumn };
    default:
      return undefined;
  }
}
