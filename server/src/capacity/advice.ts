import { type Message, message } from '../../../l10n/index.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { Ask } from './ask.ts';
import { compareNames, UNLABELLED } from './pools.ts';
import { rackFor } from './rackRooms.ts';
import { rackLabelOf } from './racks.ts';
import { roomsFor } from './room.ts';
import type { WhenFree } from './whenFree.ts';
import { clock, holderList } from './words.ts';

/** A pool in which the job would find room now. */
export interface OtherPool {
  pool: string;
  /** The type of GPUs that it would use there. */
  type: string;
  /** GPUs that are free there, of that type. */
  free: number;
}

/** Other pools with room for the same GPUs now, be they of another type; the one with the most first. */
export function otherPools(state: ClusterState, ask: Ask): OtherPool[] {
  if (ask.gpusPerPod === 0) return [];
  const { accelerator, pods } = ask;
  const found: OtherPool[] = [];
  for (const pool of state.poolNames) {
    const site = state.pool(pool)?.site;
    if (pool === ask.pool || site?.restricted) continue;
    const anyType = { ...ask, pool, gpuType: undefined, needs: { ...ask.needs, selector: [], terms: [] } };
    const rooms = roomsFor(state, anyType).filter(({ open, node }) => open && node.allocatable.gpus[accelerator]);
    const rackLabel = ask.rackLabel === undefined ? undefined : rackLabelOf(state.nodesIn(pool), site?.rackLabel);
    if (ask.rackLabel !== undefined && rackLabel === undefined) continue;
    for (const [type, members] of Map.groupBy(rooms, ({ node }) => node.gpuType ?? UNLABELLED)) {
      const places =
        rackLabel === undefined
          ? members.reduce((sum, { now }) => sum + now, 0)
          : rackFor(members, rackLabel, pods, ({ now }) => now).places;
      if (places < pods) continue;
      const free = members.reduce(
        (sum, { node, held }) =>
          sum + Math.max(0, (node.allocatable.gpus[accelerator] ?? 0) - (held.amounts.gpus[accelerator] ?? 0)),
        0,
      );
      found.push({ pool, type, free });
    }
  }
  return found.sort((a, b) => b.free - a.free || compareNames(a.pool, b.pool));
}

/** What is said, with when it will be otherwise and where else it would fit. */
export function withAdvice(
  said: Message,
  when: WhenFree | undefined,
  other: OtherPool | undefined,
  home: string,
): Message {
  const or = other ? message('verdict.or-pool', { ...other }) : '';
  if (when?.at !== undefined) return message('verdict.likely-at', { said, time: clock(when.at), or });
  if (when?.jobs.length)
    return message('verdict.once-ended', { said, jobs: holderList(when.jobs, home), count: when.jobs.length, or });
  return other ? message('verdict.other-pool', { said, ...other }) : said;
}
