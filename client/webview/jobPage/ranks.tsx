import { useRef, useState } from 'preact/hooks';
import type { PageAsk, RankRow, RanksSection } from '../../src/features/jobPage/pageView.ts';
import { moveInGrid } from './gridKeys.ts';
import { Button, Icon } from './parts.tsx';

type Ask = ((ask: PageAsk) => void) | undefined;

/** Ranks as a grid: one stop of the keyboard, and arrows within; Enter presses the button that has the focus. */
export function Ranks({ section, ask }: { section: RanksSection; ask: Ask }) {
  const { heading, summary, columns, rows: all, filter } = section;
  const grid = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState({ key: '', column: 0 });
  const [onlyBad, setOnlyBad] = useState(false);
  const rows = filter && onlyBad ? all.filter(({ phase }) => phase !== 'running' && phase !== 'succeeded') : all;
  const row = Math.max(
    0,
    rows.findIndex(({ key }) => key === at.key),
  );

  const move = (event: KeyboardEvent) => {
    const to = moveInGrid({ row, column: at.column }, event, { rows: rows.length, columns: columns.length });
    const target = to && rows[to.row];
    if (!target) return;
    event.preventDefault();
    setAt({ key: target.key, column: to.column });
    const cell = grid.current?.tBodies[0]?.rows[to.row]?.cells[to.column];
    (cell?.querySelector('button') ?? cell)?.focus();
  };

  return (
    <>
      <p>{summary}</p>
      {filter && (
        <label>
          <input
            type="checkbox"
            checked={onlyBad}
            onChange={({ currentTarget }) => setOnlyBad(currentTarget.checked)}
          />{' '}
          {filter}
        </label>
      )}
      {rows.length > 0 && (
        <div class="scrolls">
          {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA grid pattern on a table */}
          <table ref={grid} role="grid" aria-label={heading} aria-rowcount={rows.length + 1} onKeyDown={move}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((one, index) => (
                <Rank
                  key={one.key}
                  row={one}
                  columns={columns}
                  stop={index === row ? at.column : -1}
                  ask={ask}
                  focused={(column) => setAt({ key: one.key, column })}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

interface RankProps {
  row: RankRow;
  columns: string[];
  /** The cell that the keyboard comes to; -1: none of this row. */
  stop: number;
  ask: Ask;
  focused: (column: number) => void;
}

function Rank({ row: { phase, cells, buttons }, columns, stop, ask, focused }: RankProps) {
  const places = columns.slice(cells.length);
  return (
    <tr>
      {cells.map((text, column) => {
        const attributes = { tabIndex: column === stop ? 0 : -1, onFocus: () => focused(column) };
        if (column === 0)
          return (
            <th key={columns[column]} scope="row" {...attributes}>
              <Icon name={phase} />
              {text}
            </th>
          );
        return (
          <td key={columns[column]} {...attributes}>
            {text}
          </td>
        );
      })}
      {places.map((name, index) => {
        const column = cells.length + index;
        const button = buttons[index];
        const tabIndex = column === stop ? 0 : -1;
        return (
          <td key={name} tabIndex={button ? undefined : tabIndex} onFocus={() => focused(column)}>
            {button && <Button button={button} ask={ask} look="link" tabIndex={tabIndex} />}
          </td>
        );
      })}
    </tr>
  );
}
