import { stringify } from 'yaml';
import { message } from '../../../../l10n/index.ts';
import { GpuctlError } from '../../operations/error.ts';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit.ts';
import type { ListName } from '../items.ts';
import { type List, openList } from '../lists.ts';
import { withSession } from '../liveSession.ts';
import { type Cell, Table } from '../table.ts';

export interface GetOptions {
  output?: 'table' | 'wide' | 'json' | 'yaml';
  watch?: boolean;
  allNamespaces?: boolean;
}

/** `get`: jobs, pools, nodes or quotas, now and (`--watch`) as they change. */
export async function get(cli: Cli, [what, ...names]: string[], options: GetOptions): Promise<number> {
  const signal = cli.reading;
  return withSession(cli, async (session) => {
    const list = await openList(what as ListName, session, cli, options.allNamespaces ?? false, signal);
    try {
      await show(cli, list, what as ListName, names, options);
      return EXIT.ok;
    } finally {
      list.dispose();
    }
  });
}

async function show<Item extends { name: string }>(
  cli: Cli,
  list: List<Item>,
  kind: ListName,
  names: string[],
  options: GetOptions,
): Promise<void> {
  const { output = 'table', watch = false, allNamespaces = false } = options;
  const wide = output === 'wide';
  const isAsked = ({ name }: Item) => !names.length || names.includes(name);
  const items = list.items().filter(isAsked);
  for (const name of names)
    if (!items.some((item) => item.name === name)) throw new GpuctlError('get.none', list.none(name));
  const notes = list.notes();
  if (output === 'json' || output === 'yaml') {
    if (watch) return follow(cli, list, isAsked, (changes) => printChanges(cli, output, changes));
    const all = { version: 1, kind, items, ...(notes.length && { notes }) };
    return output === 'json' ? cli.out.json(all) : cli.out.write(stringify(all));
  }
  for (const note of notes) await cli.out.note(note);
  if (!items.length && !watch) {
    // Where something is not known, nothing is not said to be there.
    if (!notes.length) await cli.out.note(cli.say(list.empty()));
    return;
  }
  const { headers, rows } = list.columns;
  const table = new Table(
    cli.out,
    headers(wide, allNamespaces).map((key) => cli.say(message(key as 'cli.column.name'))),
  );
  const rowsOf = (item: Item) => rows(item, cli, wide, allNamespaces);
  if (!watch) return table.print(items.flatMap(rowsOf));
  // What is gone has no state any more; where there is no column for a state, the word stands behind the row.
  const states = headers(wide, allNamespaces).at(-1) === 'cli.column.state' ? 1 : 0;
  const deleted: Cell = { text: cli.t('cli.state.deleted'), style: 'dim' };
  const gone = (row: Cell[]): Cell[] => [...row.slice(0, row.length - states), deleted];
  return follow(cli, list, isAsked, (changes) =>
    table.print(changes.flatMap(({ type, item }) => (type === 'removed' ? rowsOf(item).map(gone) : rowsOf(item)))),
  );
}

interface Change<Item> {
  type: 'added' | 'changed' | 'removed';
  item: Item;
}

/** Hands on everything that is there, then what changes, until it is called off. */
async function follow<Item extends { name: string }>(
  cli: Cli,
  list: List<Item>,
  isAsked: (item: Item) => boolean,
  print: (changes: Change<Item>[]) => Promise<void>,
): Promise<never> {
  let known = new Map<string, { text: string; item: Item }>();
  let told = '';
  for (;;) {
    const now = new Map(
      list
        .items()
        .filter(isAsked)
        .map((item) => [list.keyOf(item), { text: JSON.stringify(item), item }]),
    );
    const changes: Change<Item>[] = [];
    for (const [key, { text, item }] of now) {
      const before = known.get(key);
      if (before?.text !== text) changes.push({ type: before ? 'changed' : 'added', item });
    }
    for (const [key, { item }] of known) if (!now.has(key)) changes.push({ type: 'removed', item });
    if (changes.length) await print(changes);
    known = now;
    const trouble = list.trouble();
    if (trouble && trouble !== told) await cli.out.note(trouble);
    told = trouble ?? '';
    await list.next();
  }
}

/** One change a line, or one YAML document each. */
async function printChanges(cli: Cli, output: 'json' | 'yaml', changes: Change<unknown>[]): Promise<void> {
  for (const change of changes)
    await (output === 'json' ? cli.out.line(JSON.stringify(change)) : cli.out.write(`---\n${stringify(change)}`));
}
