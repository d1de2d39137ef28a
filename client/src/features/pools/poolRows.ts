import type { GpuCountDto, NodeDto, PoolDto, PoolsDto } from '../../../../server/src/protocol.ts';
import { type Row, toTooltip } from '../../infrastructure/row.ts';
import type { Texts } from '../../infrastructure/texts.ts';
import { broken, sayCounts, toSentence, toSummary, toUse } from './counts.ts';
import { buildQuotaRow } from './quotaRow.ts';

/** Cells of the picture of a node (one a GPU on most). */
const NODE_CELLS = 8;
/** A pool with more nodes than this is closed at first: what it has stands in its own line. */
const OPEN = 50;

/** What decides how pools are told. */
export interface PoolRowsContext {
  texts: Texts;
  now: number;
  /** The namespace of the window; a job elsewhere says where it is. */
  namespace?: string | undefined;
}

/** What is limited, then pools with how much of each is free, and below each its nodes with the jobs that hold them. */
export function buildPoolRows(data: PoolsDto, context: PoolRowsContext): Row[] {
  const { t } = context.texts;
  const { pools, quotas = [], unknown, refused } = data;
  // A view with a note has no welcome: what helps stands here.
  if (pools.length === 0 && unknown !== undefined) {
    const command = 'gpuctl.cluster.check';
    return [{ id: command, label: t('ui.pools.check'), icon: { name: 'checklist' }, command }];
  }
  const rows = pools.map((pool) => buildPoolRow(pool, refused, context));
  return [...quotas.map((quota) => buildQuotaRow(quota, quotas.length, context.texts)), ...rows];
}

/** The row of a pool; the nodes that belong to none are that of the empty name. */
export const poolRowId = (pool: string): string => `pool:${pool}`;

function buildPoolRow(pool: PoolDto, refused: string | undefined, context: PoolRowsContext): Row {
  const { texts } = context;
  const { t } = texts;
  const { name, gpus, nodes } = pool;
  const id = poolRowId(name);
  const label = name || t('ui.pools.none');
  const nodeCount = t('ui.pools.nodes', { count: nodes.length });
  const types = gpus.length > 1 ? gpus.map((count) => buildTypeRow(count, id, name, texts)) : [];
  return {
    id,
    label,
    description: gpus.length > 0 ? toSummary(gpus, nodes.length, texts) : `${nodeCount} · ${t('ui.pools.noGpu')}`,
    icon: toPoolIcon(gpus),
    tooltip: toTooltip(label, [
      ['', pool.description],
      ...gpus.map((count) => [count.type, toSentence(count, texts)] as const),
      [t('ui.fact.nodes'), String(nodes.length)],
      ['', t('ui.pools.drop')],
      ['', refused],
    ]),
    spoken: texts.list([label, ...sayCounts(gpus, texts), nodeCount]),
    context: ['pool', ...(name ? [] : ['none']), ...(refused ? ['no-bind'] : [])].join('.'),
    expanded: name !== '' && nodes.length <= OPEN,
    pool: name,
    children: [...types, ...nodes.map((node) => buildNodeRow(node, id, name, refused, context))],
  };
}

/** A type of GPU of a pool that has several. */
function buildTypeRow(count: GpuCountDto, parent: string, pool: string, texts: Texts): Row {
  const { type } = count;
  return {
    id: `${parent}/type:${type}`,
    label: type,
    description: toSummary([{ ...count, type: '' }], 2, texts),
    icon: { name: 'circuit-board' },
    tooltip: toTooltip(type, [['', toSentence(count, texts)]]),
    spoken: sayCounts([count], texts).join(),
    context: 'type',
    pool,
  };
}

function buildNodeRow(
  node: NodeDto,
  parent: string,
  pool: string,
  refused: string | undefined,
  context: PoolRowsContext,
): Row {
  const { texts } = context;
  const { t } = texts;
  const { name, rack, gpus, holders, closed } = node;
  const id = `${parent}/${name}`;
  const condition = toCondition(node, texts);
  const dead = broken(gpus);
  const faults = dead ? t('ui.pools.broken', { count: dead }) : undefined;
  const held = texts.list(holders.map(({ job }) => job));
  return {
    id,
    label: name,
    description: [condition, faults, toUse(gpus, NODE_CELLS, texts), held].filter(Boolean).join('  '),
    icon: toNodeIcon(node),
    tooltip: toTooltip(name, [
      [t('ui.fact.state'), condition ?? t('ui.node.ready')],
      ['', closed && t('ui.node.closed.why')],
      ...gpus.map((count) => [count.type, toSentence(count, texts)] as const),
      [t('ui.fact.rack'), rack],
      ...holders.map(({ job, namespace, gpus: count, since }) => {
        const held = t('ui.gpus', { count });
        const text = since ? t('ui.node.heldSince', { held, time: texts.time(since, context.now) }) : held;
        return [`${job} (${namespace})`, text] as const;
      }),
      ['', refused],
    ]),
    spoken: texts.list([
      name,
      condition ?? t('ui.node.ready'),
      ...sayCounts(gpus, texts),
      held && t('ui.node.holders', { jobs: held }),
    ]),
    context: ['node', ...(pool ? ['pooled'] : []), ...(refused ? ['no-bind'] : [])].join('.'),
    expanded: false,
    pool,
    node: name,
    children: holders.map((holder) => buildHolderRow(holder, id, pool, context)),
  };
}

/** A job that holds GPUs of a node; a click shows it among the jobs. */
function buildHolderRow(
  { job, namespace, gpus, since, other }: NodeDto['holders'][number],
  parent: string,
  pool: string,
  { texts, now, namespace: home }: PoolRowsContext,
): Row {
  const { t } = texts;
  const count = t('ui.gpus', { count: gpus });
  const elsewhere = namespace === home ? '' : namespace;
  const facts = [count, since && texts.age(since, now), elsewhere].filter(Boolean);
  return {
    id: `${parent}/${namespace}/${job}`,
    label: job,
    description: facts.join(' · '),
    icon: other === 'no-job' ? { name: 'circle-outline' } : { name: 'circle-filled', color: 'charts.green' },
    tooltip: toTooltip(job, [
      ['', other === 'no-job' ? t('ui.node.holder.other') : other && t('ui.node.holder.unseen')],
      [t('ui.fact.gpu'), String(gpus)],
      [t('ui.fact.namespace'), namespace],
      [t('ui.node.holder.since'), since && texts.time(since, now)],
    ]),
    spoken: [job, ...facts].join(', '),
    context: other ? 'holder.other' : 'holder',
    pool,
    ...(!other && { command: 'gpuctl.node.showJob', job: { namespace, name: job } }),
  };
}

/** What keeps jobs off a node, in a word. */
function toCondition({ ready, cordoned, closed }: NodeDto, { t }: Texts): string | undefined {
  if (!ready) return t('ui.node.notReady');
  if (cordoned) return t('ui.node.cordoned');
  return closed ? t('ui.node.closed') : undefined;
}

function toNodeIcon({ ready, cordoned, closed, gpus }: NodeDto): NonNullable<Row['icon']> {
  if (!ready) return { name: 'error', color: 'charts.red' };
  if (cordoned) return { name: 'warning', color: 'charts.yellow' };
  if (closed) return { name: 'lock', color: 'disabledForeground' };
  return broken(gpus) ? { name: 'flame', color: 'charts.orange' } : { name: 'server' };
}

/** Whether something is free, as shape and colour; the words stand beside it. */
function toPoolIcon(gpus: readonly GpuCountDto[]): NonNullable<Row['icon']> {
  if (gpus.length === 0) return { name: 'layers' };
  if (gpus.every(({ total }) => total === 0)) return { name: 'circle-slash', color: 'charts.red' };
  if (gpus.some(({ total, free }) => total > 0 && free === undefined))
    return { name: 'question', color: 'disabledForeground' };
  return gpus.some(({ free = 0 }) => free > 0)
    ? { name: 'layers', color: 'charts.green' }
    : { name: 'layers-active', color: 'charts.yellow' };
}
