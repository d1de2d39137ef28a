import type { PoolDto } from '../../../../server/src/protocol.ts';
import { buildGpuRows, type Row } from '../../infrastructure/askRows.ts';
import type { Texts } from '../../infrastructure/texts.ts';

/** Numbers of GPUs for a notebook, each with what a pool has for it now; a notebook is on one node. */
export function buildRoomRows(
  pools: readonly PoolDto[],
  pool: string,
  usual: number,
  typed: string,
  texts: Texts,
): Row<number>[] {
  const gpus = pools.find(({ name }) => name === (pool === 'default' ? '' : pool))?.gpus ?? [];
  const isKnown =
    gpus.length > 0 && gpus.every(({ free, largestBlock }) => free !== undefined && largestBlock !== undefined);
  const free = gpus.reduce((sum, one) => sum + (one.free ?? 0), 0);
  const largest = Math.max(0, ...gpus.map(({ largestBlock = 0 }) => largestBlock));
  const total = gpus.reduce((sum, one) => sum + one.total, 0);
  return buildGpuRows({ gpus: usual, nodes: 1 }, typed, texts).map((row) => {
    if (!isKnown || row.value === 0) return row;
    return { ...row, description: toRoom(row.value, { free, largest, total }, texts) };
  });
}

function toRoom(
  wanted: number,
  { free, largest, total }: Record<'free' | 'largest' | 'total', number>,
  { t }: Texts,
): string {
  if (wanted <= largest) return t('ui.notebook.new.fits');
  if (wanted > total) return t('ui.notebook.new.never');
  return wanted <= free ? t('ui.notebook.new.scattered', { free, largest }) : t('ui.notebook.new.waits', { free });
}
