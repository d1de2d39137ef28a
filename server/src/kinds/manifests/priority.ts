import type { JobModel } from '../kind.ts';

/** Values of `job.priority` as Kubernetes priorities; `gpuctl-yaml.md`, common sections. */
export const PRIORITIES = {
  high: { value: 1_000_000, preemptionPolicy: 'PreemptLowerPriority' },
  medium: { value: 500_000, preemptionPolicy: 'PreemptLowerPriority' },
  low: { value: 100, preemptionPolicy: 'Never' },
} as const;

/** Name of the PriorityClass of a priority. */
export const priorityClassOf = (priority: JobModel['priority']): string => `gpuctl-${priority}`;
