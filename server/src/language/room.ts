import { type Message, message } from '../../../l10n/index.ts';
import type { Ask } from '../capacity/ask.ts';
import { type Holder, holdersOf } from '../capacity/holders.ts';
import { holdsItAlready } from '../capacity/liveRules.ts';
import type { Outlook } from '../capacity/outlook.ts';
import { compareNames, countByType, nodeCapacity } from '../capacity/pools.ts';
import { roomsFor } from '../capacity/room.ts';
import { clock, toList } from '../capacity/words.ts';
import type { JobModel } from '../kinds/kind.ts';
import type { Say } from '../operations/views.ts';
import type { ClusterState } from '../state/clusterState.ts';
import { fewNodes } from './fewWords.ts';

/** What is free of the GPUs that a job asks for, and where it would go: `28 of 32 free, fits on n2, n4`. */
export function gpuRoom(model: JobModel, outlook: Outlook): Message | undefined {
  if (holdsItAlready(model, outlook)) return undefined;
  const [ask, found] = [outlook.ask(model), outlook.verdict(model)];
  const verdict = found.is === 'queued' ? found.alone : found;
  const numbers = 'free' in verdict ? verdict : countsOf(outlook.state, ask);
  if (!numbers?.total) return undefined;
  const room = message('inlay.free', { free: numbers.free, total: numbers.total });
  // The editor cuts the hints of a line behind 43 characters, and those of several nodes begin with `‹4 per node × 2›`.
  const isLong = model.kind === 'training' && ask.pods > 1;
  if (verdict.is === 'fits') {
    const fits = { room, nodes: fewNodes(verdict.nodes) };
    return isLong ? message('inlay.fits.short', fits) : message('inlay.fits', fits);
  }
  if (isLong) return room;
  if (verdict.is === 'preempts') return message('inlay.preempts', { room });
  return verdict.is === 'fragmented' ? message('inlay.together', { room, largest: verdict.largest }) : room;
}

/** What is free in the pool of a job, of every type: `14 of 32 GPUs free`; `undefined` where it has none. */
export function poolRoom(state: ClusterState, ask: Ask): Message | undefined {
  const counts = countsOf(state, { ...ask, gpuType: undefined });
  if (!counts) return undefined;
  const { free, total, unavailable, unhealthy } = counts;
  if (total) return message('inlay.pool', { free, total });
  return unavailable
    ? message('inlay.pool.unusable', { count: unavailable })
    : message('inlay.pool.broken', { count: unhealthy });
}

function countsOf(state: ClusterState, { pool, gpuType, accelerator }: Ask) {
  const nodes = [...state.nodesIn(pool)].map((node) => nodeCapacity(state, node));
  const counts = countByType(nodes, accelerator).filter(
    ({ type }) => gpuType === undefined || type.toLowerCase() === gpuType.toLowerCase(),
  );
  if (!counts.length) return undefined;
  const sum = (of: 'free' | 'total' | 'unavailable' | 'unhealthy') =>
    counts.reduce((all, count) => all + (count[of] ?? 0), 0);
  return { free: sum('free'), total: sum('total'), unavailable: sum('unavailable'), unhealthy: sum('unhealthy') };
}

/** Rows of the table, and holders that one of them names. */
const ROWS = 8;
const HOLDERS = 2;

/** The nodes that a job may go to, those with room for it first, with what is free on each and who holds the rest; Markdown. */
export function roomTable(model: JobModel, outlook: Outlook, say: Say): string {
  const { state } = outlook;
  const ask = outlook.ask(model);
  const rows = roomsFor(state, ask).flatMap((room) => {
    const total = room.node.allocatable.gpus[ask.accelerator] ?? 0;
    if (total === 0) return [];
    const takes = room.open ? room.now : 0;
    return [{ ...room, total, takes, free: Math.max(0, total - (room.held.amounts.gpus[ask.accelerator] ?? 0)) }];
  });
  if (!rows.length) return '';
  rows.sort(
    (a, b) =>
      Number(b.takes > 0) - Number(a.takes > 0) ||
      Number(b.open) - Number(a.open) ||
      b.free - a.free ||
      compareNames(a.node.name, b.node.name),
  );
  const titles = ['node', 'type', 'free', 'holders'] as const;
  const lines = rows.slice(0, ROWS).map(({ node, open, takes, free, total }) => {
    const holders = holdersOf(state, state.podsOn(node.name)).filter(
      ({ job, namespace, gpus }) => gpus > 0 && !(job === ask.name && namespace === ask.namespace),
    );
    return [
      `${takes > 0 ? '✓ ' : ''}${plain(node.name)}`,
      `${plain(node.gpuType ?? '')}&nbsp;&nbsp;`, // the editor draws columns close to each other
      say(open ? message('hover.room.of', { free, total }) : message('hover.room.closed')),
      holdersIn(holders, say),
    ];
  });
  const table = [titles.map((title) => say(message(`hover.room.${title}`))), [':--', ':--', ':--', ':--'], ...lines];
  const more = rows.length - ROWS;
  return [
    table.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
    ...(more > 0 ? [say(message('hover.room.more', { count: more }))] : []),
  ].join('\n\n');
}

function holdersIn(holders: readonly Holder[], say: Say): string {
  const named = holders.slice(0, HOLDERS).map(({ job, gpus, since }) => {
    const name = plain(job);
    return since === undefined
      ? message('hover.room.holder', { job: name, gpus })
      : message('hover.room.holder.since', { job: name, gpus, time: clock(since) });
  });
  const list = toList(named);
  if (list === undefined || typeof list === 'string') return list ?? '';
  const count = holders.length - named.length;
  return say(count > 0 ? message('verdict.more', { list, count }) : list);
}

/** A name of the cluster as plain words in a cell: whoever made it may have tried to write Markdown. */
const plain = (name: string): string => name.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>|~&!#$]/g, '\\$&');
