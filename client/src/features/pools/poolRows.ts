import type { GpuCountDto, NodeDto, PoolDto, PoolsDto } from '../../../../server/src/protocol.ts';
import { type Row, toTooltip } from '../../infrastructure/row.ts';
import type { Texts } from '../../infrastructure/texts.ts';

/** Cells of the picture of a node (one a GPU on most) and of a pool, which has more to say beside it. */
const NODE_CELLS = 8;
const POOL_CELLS = 5;

/** Pools with how much of each is free, and below each its nodes. */
export function buildPoolRows({ pools }: PoolsDto, texts: Texts, now = Date.now()): Row[] {
  return pools.map((pool) => buildPoolRow(pool, texts, now));
}

/** The row of a pool; the nodes that belong to none are that of the empty name. */
export const poolRowId = (pool: string): string => `pool:${pool}`;

function buildPoolRow(pool: PoolDto, texts: Texts, now: number): Row {
  const { t } = texts;
  const { name, gpus, nodes } = pool;
  const id = poolRowId(name);
  const label = name || t('ui.pools.none');
  const nodeCount = t('ui.pools.nodes', { count: nodes.length });
  const description = gpus.length > 0 ? toSummary(gpus, { t }) : `${nodeCount} · ${t('ui.pools.noGpu')}`;
  return {
    id,
    label,
    description,
    tooltip: toTooltip(label, [
      ['', pool.description],
      ...gpus.map((count) => [count.type, toSentence(count, { t })] as const),
      [t('ui.fact.nodes'), String(nodes.length)],
    ]),
    spoken: [label, ...gpus.map((count) => `${count.type}: ${toSentence(count, { t })}`), nodeCount].join(', '),
    context: 'pool',
    expanded: name !== '',
    children: nodes.map((node) => buildNodeRow(node, id, texts, now)),
  };
}

function buildNodeRow(node: NodeDto, parent: string, { t, time }: Texts, now: number): Row {
  const { name, ready, cordoned, rack, gpus, holders } = node;
  const condition = ready ? (cordoned ? t('ui.node.cordoned') : undefined) : t('ui.node.notReady');
  const held = holders.map(({ job }) => job).join(', ');
  return {
    id: `${parent}/${name}`,
    label: name,
    description: [condition, toUse(gpus, { t }), held].filter(Boolean).join('  '),
    icon: toNodeIcon(node),
    tooltip: toTooltip(name, [
      [t('ui.fact.state'), condition ?? t('ui.node.ready')],
      ...gpus.map((count) => [count.type, toSentence(count, { t })] as const),
      [t('ui.fact.rack'), rack],
      ...holders.map(({ job, namespace, gpus: count, since }) => {
        const held = t('ui.gpus', { count });
        const text = since ? t('ui.node.heldSince', { held, time: time(since, now) }) : held;
        return [`${job} (${namespace})`, text] as const;
      }),
    ]),
    spoken: [
      name,
      condition ?? t('ui.node.ready'),
      ...gpus.map((count) => `${count.type}: ${toSentence(count, { t })}`),
      held && t('ui.node.holders', { jobs: held }),
    ]
      .filter(Boolean)
      .join(', '),
    context: 'node',
  };
}

/** What is free, and of what; the picture comes last, since a narrow side bar cuts what stands there. */
function toSummary(gpus: readonly GpuCountDto[], { t }: Pick<Texts, 't'>): string {
  const parts = gpus.map(({ type, total, free, unavailable, unhealthy = 0 }) => {
    if (total === 0) return `${unavailable + unhealthy}×${type} · ${t('ui.pools.noneUsable')}`;
    if (free === undefined) return `${total}×${type} · ${t('ui.pools.useUnknown')}`;
    return `${t('ui.pools.free', { free, total })} ${type}`;
  });
  const [only, ...others] = gpus;
  const bar = only && others.length === 0 ? toBar(only, POOL_CELLS) : '';
  return [parts.join(', '), bar].filter(Boolean).join('  ');
}

/** How much of a node is in use; of one that takes no jobs, or of which that is not known, how much it has. */
function toUse(gpus: readonly GpuCountDto[], { t }: Pick<Texts, 't'>): string {
  const [only, ...others] = gpus;
  if (!only) return t('ui.pools.noGpu');
  const parts = gpus.map(({ type, total, used, unavailable, unhealthy = 0 }) => {
    if (total === 0 || used === undefined) return `${total || unavailable + unhealthy}×${type}`;
    return others.length > 0 ? `${used}/${total} ${type}` : `${used}/${total}`;
  });
  const bar = others.length > 0 ? '' : toBar(only, NODE_CELLS);
  const unknown = gpus.some(({ total, used }) => total > 0 && used === undefined);
  return [bar, parts.join(', '), unknown && `· ${t('ui.pools.useUnknown')}`].filter(Boolean).join(' ');
}

function toNodeIcon({ ready, cordoned }: NodeDto): NonNullable<Row['icon']> {
  if (!ready) return { name: 'error', color: 'charts.red' };
  return cordoned ? { name: 'warning', color: 'charts.yellow' } : { name: 'server' };
}

/** Used and free as a picture: any use shows at least one cell, anything free leaves at least one. Empty where there is nothing to show. */
export function toBar({ used, total }: GpuCountDto, length: number): string {
  if (used === undefined || total === 0) return '';
  const cells = Math.round((used / total) * length);
  const full = Math.min(Math.max(cells, used > 0 ? 1 : 0), used < total ? length - 1 : length);
  return '▓'.repeat(full) + '░'.repeat(length - full);
}

function toSentence(count: GpuCountDto, texts: Pick<Texts, 't'>): string {
  const { total, unavailable, unhealthy } = count;
  if (total + unavailable === 0 && unhealthy) return texts.t('ui.pools.onlyUnhealthy', { unhealthy });
  const sentence = sayCount(count, texts);
  return unhealthy ? texts.t('ui.pools.unhealthy', { sentence, unhealthy }) : sentence;
}

function sayCount({ total, used, free, unavailable, largestBlock }: GpuCountDto, { t }: Pick<Texts, 't'>): string {
  if (total === 0 && unavailable > 0) return t('ui.pools.onlyUnavailable', { unavailable });
  const sentence =
    used === undefined || free === undefined || largestBlock === undefined
      ? t('ui.pools.sentence.unknown', { total })
      : t('ui.pools.sentence', { used, total, free, block: largestBlock });
  return unavailable > 0 ? t('ui.pools.unavailable', { sentence, unavailable }) : sentence;
}
