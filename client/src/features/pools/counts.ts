import type { GpuCountDto } from '../../../../server/src/protocol.ts';
import type { Texts } from '../../infrastructure/texts.ts';

type Say = Pick<Texts, 't'>;

/** Cells of the picture of a pool, which has more to say beside it. */
const POOL_CELLS = 5;

/**
 * What is free and what is taken, of one type or of several. Of one, a picture stands before it and the largest block behind: a narrow side
 * bar cuts what stands at the end. A type without a name is told by its row.
 */
export function toSummary(gpus: readonly GpuCountDto[], nodes: number, { t }: Say): string {
  const [only, ...others] = gpus;
  const one = others.length === 0 ? only : undefined;
  const dead = broken(gpus.filter(({ total }) => total > 0));
  const facts = [
    gpus.map((count) => sayUse(count, { t })).join(', '),
    one && isSplit(one, nodes) ? t('ui.pools.block', { block: one.largestBlock ?? 0 }) : '',
    dead ? t('ui.pools.broken', { count: dead }) : '',
  ];
  return [one ? toBar(one, POOL_CELLS) : '', facts.filter(Boolean).join(' · ')].filter(Boolean).join(' ');
}

function sayUse({ type, total, used, free, unavailable, unhealthy = 0 }: GpuCountDto, { t }: Say): string {
  const named = (count: number) => (type ? `${count}×${type}` : String(count));
  if (total === 0) return `${named(unavailable + unhealthy)} · ${t('ui.pools.noneUsable')}`;
  if (used === undefined || free === undefined) return `${named(total)} · ${t('ui.pools.useUnknown')}`;
  if (!type) return t('ui.pools.count.type', { used, total, free });
  return t('ui.pools.count', { type, used, total, free });
}

/** Whether what is free does not lie together. */
const isSplit = ({ free = 0, largestBlock = 0 }: GpuCountDto, nodes: number): boolean =>
  nodes > 1 && largestBlock > 0 && largestBlock < free;

/** How much of a node is in use; of one that takes no jobs, or of which that is not known, how much it has. */
export function toUse(gpus: readonly GpuCountDto[], cells: number, { t }: Say): string {
  const [only, ...others] = gpus;
  if (!only) return t('ui.pools.noGpu');
  const parts = gpus.map(({ type, total, used, unavailable, unhealthy = 0 }) => {
    if (total === 0 || used === undefined) return `${total || unavailable + unhealthy}×${type}`;
    return others.length > 0 ? `${used}/${total} ${type}` : `${used}/${total}`;
  });
  const bar = others.length > 0 ? '' : toBar(only, cells);
  const unknown = gpus.some(({ total, used }) => total > 0 && used === undefined);
  return [bar, parts.join(', '), unknown && `· ${t('ui.pools.useUnknown')}`].filter(Boolean).join(' ');
}

/** Used and free as a picture: any use shows at least one cell, anything free leaves at least one. Empty where there is nothing to show. */
export function toBar({ used, total }: Pick<GpuCountDto, 'used' | 'total'>, length: number): string {
  if (used === undefined || total === 0) return '';
  const cells = Math.round((used / total) * length);
  const full = Math.min(Math.max(cells, used > 0 ? 1 : 0), used < total ? length - 1 : length);
  return '▓'.repeat(full) + '░'.repeat(length - full);
}

/** How many GPUs their driver takes for broken. */
export const broken = (gpus: readonly GpuCountDto[]): number =>
  gpus.reduce((sum, { unhealthy = 0 }) => sum + unhealthy, 0);

/** Each type in a sentence, for those who hear it. */
export const sayCounts = (gpus: readonly GpuCountDto[], texts: Say): string[] =>
  gpus.map((count) => `${count.type}: ${toSentence(count, texts)}`);

/** All numbers of a type in a sentence. */
export function toSentence(count: GpuCountDto, texts: Say): string {
  const { total, unavailable, unhealthy } = count;
  if (total + unavailable === 0 && unhealthy) return texts.t('ui.pools.onlyUnhealthy', { unhealthy });
  const sentence = sayCount(count, texts);
  return unhealthy ? texts.t('ui.pools.unhealthy', { sentence, unhealthy }) : sentence;
}

function sayCount({ total, used, free, unavailable, largestBlock }: GpuCountDto, { t }: Say): string {
  if (total === 0 && unavailable > 0) return t('ui.pools.onlyUnavailable', { unavailable });
  const sentence =
    used === undefined || free === undefined || largestBlock === undefined
      ? t('ui.pools.sentence.unknown', { total })
      : t('ui.pools.sentence', { used, total, free, block: largestBlock });
  return unavailable > 0 ? t('ui.pools.unavailable', { sentence, unavailable }) : sentence;
}
