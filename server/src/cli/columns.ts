import type { TextKey } from '../../../l10n/index.ts';
import type { GpuCountDto, JobPhase } from '../protocol.ts';
import { ageOf } from './age.ts';
import type { Cli } from './cli.ts';
import type { JobItem, NodeItem, PoolItem, QuotaItem } from './items.ts';
import type { Style } from './output.ts';
import type { Cell } from './table.ts';

/** How a list is shown as a table: an item may take several rows. */
export interface Columns<Item> {
  headers(wide: boolean, all: boolean): TextKey[];
  rows(item: Item, cli: Cli, wide: boolean, all: boolean): Cell[][];
}

const PHASES: Partial<Record<JobPhase, Style>> = {
  running: 'green',
  waiting: 'yellow',
  failed: 'red',
  stopped: 'dim',
};

/** A state in the colour of its phase. */
export const stateCell = (phase: JobPhase, text: string): Cell => {
  const style = PHASES[phase];
  return style ? { text, style } : text;
};

export const jobColumns: Columns<JobItem> = {
  headers: (wide, all) => [
    ...(all ? (['cli.column.namespace'] as const) : []),
    'cli.column.name',
    'cli.column.kind',
    'cli.column.gpus',
    'cli.column.pool',
    'cli.column.age',
    ...(wide ? (['cli.column.gpuType', 'cli.column.running', 'cli.column.submittedBy'] as const) : []),
    'cli.column.state',
  ],
  rows: (job, _, wide, all) => [
    [
      ...(all ? [job.namespace] : []),
      job.name,
      job.kind,
      String(job.gpus),
      job.pool,
      ageOf(job.createdAt, Date.now()),
      ...(wide ? [job.gpuType ?? '-', `${job.podsRunning}/${job.podsWanted}`, job.submittedBy ?? '-'] : []),
      stateCell(job.phase, job.state),
    ],
  ],
};

export const poolColumns: Columns<PoolItem> = {
  headers: (wide) => [
    'cli.column.name',
    'cli.column.gpuType',
    'cli.column.free',
    'cli.column.used',
    'cli.column.total',
    'cli.column.block',
    'cli.column.unavailable',
    'cli.column.nodes',
    ...(wide ? (['cli.column.description'] as const) : []),
  ],
  rows: ({ name, gpus, nodes, description = '-' }, _, wide) =>
    orOne(gpus).map((count) => [name, ...toCounts(count), String(nodes.length), ...(wide ? [description] : [])]),
};

export const nodeColumns: Columns<NodeItem> = {
  headers: (wide) => [
    'cli.column.name',
    'cli.column.pool',
    'cli.column.gpuType',
    'cli.column.free',
    'cli.column.used',
    'cli.column.total',
    ...(wide ? (['cli.column.rack', 'cli.column.jobs'] as const) : []),
    'cli.column.state',
  ],
  rows: (node, cli, wide) =>
    orOne(node.gpus).map((count) => [
      node.name,
      node.pool,
      ...toCounts(count).slice(0, 4),
      ...(wide ? [node.rack ?? '-', node.jobs.map(({ name }) => name).join(', ') || '-'] : []),
      nodeState(node, cli),
    ]),
};

/** Whether a node takes jobs, in words. */
export function nodeState({ ready, cordoned }: NodeItem, cli: Cli): Cell {
  if (!ready) return { text: cli.t('cli.node.notReady'), style: 'red' };
  return cordoned ? { text: cli.t('cli.node.cordoned'), style: 'yellow' } : cli.t('cli.node.ready');
}

export const quotaColumns: Columns<QuotaItem> = {
  headers: () => ['cli.column.name', 'cli.column.namespace', 'cli.column.gpus', 'cli.column.cpu', 'cli.column.memory'],
  rows: ({ name, namespace, gpu, cpu, memory }) => [
    [name, namespace, ...[gpu, cpu, memory].map((one) => (one ? `${one.used ?? '?'}/${one.limit}` : '-'))],
  ],
};

/** Type, free, used, total, largest block, unavailable; `?` for what is not known. */
function toCounts(count: GpuCountDto | undefined): string[] {
  if (!count) return ['-', '-', '-', '-', '-', '-'];
  const { type, free, used, total, largestBlock, unavailable } = count;
  return [type, ...[free, used, total, largestBlock, unavailable].map((one) => String(one ?? '?'))];
}

/** What has no GPU has a row, too. */
const orOne = (counts: GpuCountDto[]): (GpuCountDto | undefined)[] => (counts.length ? counts : [undefined]);
