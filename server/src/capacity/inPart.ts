import type { ClusterState } from '../state/clusterState.ts';
import type { Ask } from './ask.ts';
import { judge, runs } from './verdict.ts';
import type { Victim } from './victims.ts';

/** How many pods of a job would run, and who would be pushed out for them. */
export interface Part {
  places: number;
  victims: readonly Victim[];
}

/**
 * What a job that does not fit as a whole pushes out all the same: the scheduler places one pod after the other, and a gang is held back by
 * nothing. `undefined` where the part of it that finds a place needs nobody to go.
 */
export function pushesInPart(state: ClusterState, ask: Ask): Part | undefined {
  if (!ask.priority.preempts) return undefined;
  let found: Part | undefined;
  let [few, many] = [1, ask.pods - 1];
  while (few <= many) {
    const places = Math.floor((few + many) / 2);
    const verdict = judge(state, { ...ask, pods: places });
    if (runs(verdict)) {
      few = places + 1;
      found = verdict.is === 'preempts' ? { places, victims: verdict.victims } : undefined;
    } else many = places - 1;
  }
  return found;
}
