import type { GpuCountDto, NodeDto, PoolDto, PoolsDto } from '../../../../server/src/protocol.ts';
import { type Row, toTooltip } from '../../infrastructure/row.ts';
import type { Texts } from '../../infrastructure/texts.ts';

const CELLS = 8;

/** Pools with how much of each is free, and below each its nodes. */
export function buildPoolRows({ pools }: PoolsDto, texts: Texts): Row[] {
  return pools.map((pool) => buildPoolRow(pool, texts));
}

function buildPoolRow(pool: PoolDto, { t }: Texts): Row {
  const { name, gpus, nodes } = pool;
  const id = `pool:${name}`;
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
    children: nodes.map((node) => buildNodeRow(node, id, { t })),
  };
}

function buildNodeRow(node: NodeDto, parent: string, { t }: Pick<Texts, 't'>): Row {
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
      ...holders.map(({ job, namespace, gpus: count }) => [`${job} (${namespace})`, t('ui.gpus', { count })] as const),
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

/** What is free comes first, then the picture: a narrow side bar cuts what follows. */
function toSummary(gpus: readonly GpuCountDto[], { t }: Pick<Texts, 't'>): string {
  const parts = gpus.map(({ free, used, total, type }) => ({
    free: t('ui.pools.free', { free }),
    of: `${used}/${total} ${type}`,
  }));
  const [only, ...others] = parts;
  if (only && others.length === 0) return `${only.free}  ${toBar(gpus)}  ${only.of}`;
  return parts.map(({ free, of }) => `${free} · ${of}`).join(', ');
}

/** How much of a node is in use; of one that takes no jobs, how much it would have. */
function toUse(gpus: readonly GpuCountDto[], { t }: Pick<Texts, 't'>): string {
  const usable = gpus.filter(({ total }) => total > 0);
  if (usable.length > 0) return `${toBar(usable)} ${usable.map(({ used, total }) => `${used}/${total}`).join(', ')}`;
  const unavailable = gpus.reduce((sum, count) => sum + count.unavailable, 0);
  return unavailable > 0 ? t('ui.gpus', { count: unavailable }) : t('ui.pools.noGpu');
}

function toNodeIcon({ ready, cordoned }: NodeDto): NonNullable<Row['icon']> {
  if (!ready) return { name: 'error', color: 'charts.red' };
  return cordoned ? { name: 'warning', color: 'charts.yellow' } : { name: 'server' };
}

/** Used and free as a picture of eight cells: any use shows at least one cell, anything free leaves at least one. */
export function toBar(gpus: readonly GpuCountDto[]): string {
  const total = gpus.reduce((sum, count) => sum + count.total, 0);
  const used = gpus.reduce((sum, count) => sum + count.used, 0);
  if (total === 0) return '░'.repeat(CELLS);
  const cells = Math.round((used / total) * CELLS);
  const full = Math.min(Math.max(cells, used > 0 ? 1 : 0), used < total ? CELLS - 1 : CELLS);
  return '▓'.repeat(full) + '░'.repeat(CELLS - full);
}

function toSentence({ total, used, free, unavailable, largestBlock }: GpuCountDto, { t }: Pick<Texts, 't'>): string {
  if (total === 0 && unavailable > 0) return t('ui.pools.onlyUnavailable', { unavailable });
  const sentence = t('ui.pools.sentence', { used, total, free, block: largestBlock });
  return unavailable > 0 ? t('ui.pools.unavailable', { sentence, unavailable }) : sentence;
}
