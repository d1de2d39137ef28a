import type { JobRef } from '../../../../server/src/protocol.ts';
import type { JobTarget } from '../../infrastructure/commands.ts';

/** The jobs that a gesture is about, and the context of the kubeconfig in which they were seen, where that is said. */
export interface Chosen {
  jobs: JobRef[];
  context: string | undefined;
}

/** A row of the tree: what it is about, and what menus ask for. */
type Chosenable = JobTarget & { row?: { context?: string } };

/**
 * Of all selected rows where the row is among them, else of that row; none from the palette. A selected rank or reason is not the choice of its
 * job: of several rows only those of jobs are meant.
 */
export function toChosen(target: JobTarget | undefined, all: readonly Chosenable[] = []): Chosen {
  const ofJobs = all.filter(({ pod, row }) => pod === undefined && row?.context !== 'reason');
  const rows = all.length > 1 ? ofJobs : target ? [target] : [];
  const jobs = rows.flatMap(({ job }) => (job ? [job] : []));
  const unique = [...new Map(jobs.map((job) => [`${job.namespace}/${job.name}`, job])).values()];
  return { jobs: unique, context: target?.context };
}
