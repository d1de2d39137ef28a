import { gpuCount } from '../state/amounts.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { PodRecord, WorkloadRecord } from '../state/records.ts';

/** A job, or a pod of nobody's job, and what it holds. */
export interface Holder {
  job: string;
  namespace: string;
  gpus: number;
  pods: number;
  /** ISO time since when. */
  since: string | undefined;
  /** ISO time when it ends at the latest, where it has a time limit. */
  endsAt: string | undefined;
}

/** The GPUs that a pod holds. */
export const gpusOf = ({ requests }: PodRecord): number => gpuCount(requests);

/** Whose pods these are, those with the most GPUs first. */
export function holdersOf(state: ClusterState, pods: Iterable<PodRecord>): Holder[] {
  const holders = new Map<string, Holder>();
  for (const pod of pods) {
    const { namespace, startedAt } = pod;
    const job = pod.job ?? pod.name;
    const key = `${namespace}/${job}`;
    let holder = holders.get(key);
    if (!holder) {
      const endsAt = pod.job === undefined ? undefined : endOf(state.workload(namespace, job));
      holder = { job, namespace, gpus: 0, pods: 0, since: startedAt, endsAt };
      holders.set(key, holder);
    }
    holder.gpus += gpusOf(pod);
    holder.pods++;
    holder.since = earlier(holder.since, startedAt);
  }
  return [...holders.values()].sort((a, b) => b.gpus - a.gpus || a.job.localeCompare(b.job));
}

const earlier = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

/** When a job ends at the latest. */
function endOf(workload: WorkloadRecord | undefined): string | undefined {
  if (workload?.timeLimit === undefined || workload.startedAt === undefined) return undefined;
  return new Date(Date.parse(workload.startedAt) + workload.timeLimit * 1000).toISOString();
}
