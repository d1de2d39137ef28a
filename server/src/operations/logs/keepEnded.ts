import type { WorkloadRecord } from '../../state/records.ts';
import { findMain } from '../mainResource.ts';
import type { Session } from '../session.ts';

/** Milliseconds since the end of a job in which its log is still fetched, and how many of those that ended while nobody looked. */
const RECENT = 24 * 3_600_000;
const JOBS = 10;
/** Milliseconds that one log may take: nobody waits for it. */
const PATIENCE = 300_000;

/** Keeps the logs of the person's jobs as they end, so that they are there when the cluster has cleaned up; one after the other, in silence. */
export class KeepEnded {
  private readonly session: Session;
  private readonly listener: { dispose(): void };
  private readonly over = new AbortController();
  /** Uids of jobs that were seen before their end, and of those that are done with. */
  private readonly seen = new Set<string>();
  private readonly done = new Set<string>();
  private late = JOBS;
  private work: Promise<void> = Promise.resolve();

  constructor(session: Session) {
    this.session = session;
    this.listener = session.onChange(() => this.look());
  }

  dispose(): void {
    this.listener.dispose();
    this.over.abort();
  }

  private look(): void {
    const { state, user, status, keepLogs } = this.session;
    if (user === undefined || status.phase !== 'connected' || !keepLogs) return;
    for (const workload of state.workloads) {
      const { uid, resource, submittedBy, outcome, endedAt } = workload;
      if (resource !== 'Job' || submittedBy !== user || this.done.has(uid)) continue;
      if (!outcome) {
        this.seen.add(uid);
        continue;
      }
      this.done.add(uid);
      const isRecent = endedAt !== undefined && Date.now() - Date.parse(endedAt) < RECENT;
      if (!this.seen.delete(uid) && (!isRecent || this.late-- <= 0)) continue;
      this.work = this.work.then(() => this.keep(workload)).catch(() => {});
    }
  }

  private async keep({ namespace, name, uid }: WorkloadRecord): Promise<void> {
    const { signal } = this.over;
    if (signal.aborted) return;
    await this.session.use(async (cluster) => {
      const main = await findMain(cluster, namespace, name, signal);
      const { keepLog } = await import('./saveLog.ts');
      if (main?.metadata.uid === uid) await keepLog(this.session, cluster, main, signal, undefined, PATIENCE);
    });
  }
}
