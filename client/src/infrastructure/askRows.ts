import type { GpuCountDto, PoolDto, RecipeDto } from '../../../server/src/protocol.ts';
import type { Texts } from './texts.ts';

/** A row of a question. */
export interface Row<T> {
  label: string;
  description?: string;
  value: T;
}

/** Pools with what is free in them, those of no pool last; a name that is not among them may be typed. */
export function buildPoolRows(pools: readonly PoolDto[], typed: string, { t }: Texts): Row<string>[] {
  const rows: Row<string>[] = pools
    .filter(({ name }) => name)
    .map(({ name, gpus }) => ({
      label: name,
      description: gpus.map((count) => countText(count, t)).join(' · '),
      value: name,
    }));
  const rest = pools.find(({ name }) => !name)?.gpus.map((count) => countText(count, t)) ?? [];
  rows.push({ label: 'default', description: [t('newFile.pool.none'), ...rest].join(' · '), value: 'default' });
  if (typed && !rows.some(({ value }) => value === typed))
    rows.push({ label: t('newFile.typed', { text: typed }), value: typed });
  return rows;
}

const countText = ({ type, total, free }: GpuCountDto, t: Texts['t']): string =>
  free === undefined ? t('newFile.pool.total', { total, type }) : t('newFile.pool.free', { free, total, type });

/** Numbers of GPUs that fit the nodes of a recipe, and the number that is typed. */
export function buildGpuRows(
  { gpus, nodes }: NonNullable<RecipeDto['resources']>,
  typed: string,
  { t }: Texts,
): Row<number>[] {
  const usual = [1, 2, 4, 8].map((each) => each * nodes);
  const numbers = new Set([...(nodes === 1 ? [0] : []), ...usual, gpus].sort((a, b) => a - b));
  if (/^\d{1,6}$/.test(typed)) numbers.add(Number(typed));
  return [...numbers].map((value) => ({
    label: value === 0 ? t('newFile.gpus.zero') : t('newFile.gpus.count', { count: value }),
    ...(nodes > 1 && value % nodes === 0 && { description: t('newFile.gpus.nodes', { each: value / nodes, nodes }) }),
    value,
  }));
}

/** What the name of a job, a pool or a quota looks like. */
export const isName = (text: string): boolean => /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(text);
