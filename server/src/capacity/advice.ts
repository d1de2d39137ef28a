import { type Message, message } from '../../../l10n/index.ts';
import type { ClusterState } from '../state/clusterState.ts';
import { type Ask, askFor } from './ask.ts';
import { isOpenFor } from './matching.ts';
import { compareNames, UNLABELLED } from './pools.ts';
import { counterOf } from './room.ts';
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
  const counts = counterOf(askFor(ask, ask.pods, ask.gpusPerPod));
  const found: OtherPool[] = [];
  for (const pool of state.poolNames) {
    if (pool === ask.pool || state.pool(pool)?.site.restricted) continue;
    const byType = new Map<string, { places: number; free: number }>();
    for (const node of state.nodesIn(pool)) {
      if (!isOpenFor(ask.needs, node) || !node.allocatable.gpus[ask.accelerator]) continue;
      const usage = state.usageOf(node.name);
      const type = node.gpuType ?? UNLABELLED;
      const sums = byType.get(type) ?? { places: 0, free: 0 };
      sums.places += counts(node, usage);
      sums.free += Math.max(
        0,
        (node.allocatable.gpus[ask.accelerator] ?? 0) - (usage.amounts.gpus[ask.accelerator] ?? 0),
      );
      byType.set(type, sums);
    }
    for (const [type, { places, free }] of byType) if (places >= ask.pods) found.push({ pool, type, free });
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
