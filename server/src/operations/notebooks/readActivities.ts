import type { WorkloadRecord } from '../../state/records.ts';
import { asGpuctlError } from '../error.ts';
import { rightsFor } from '../gestures.ts';
import type { Session } from '../session.ts';
import { WhileWatched } from '../whileWatched.ts';
import type { NotebookActivity } from './activities.ts';

/** Milliseconds after which a notebook is asked again. */
const EVERY = 60_000;
/** Notebooks of which that is done. */
const NOTEBOOKS = 10;
/** The same where it did not answer, mostly since it has only begun to start; twice as long each time, up to what is waited where we may not. */
const UNANSWERED = 5_000;
const REFUSED = 600_000;

/** While it is watched, asks the person's own running notebooks now and then what they do. */
export class ReadActivities {
  /** Set by whether anybody looks at the list of jobs. */
  readonly watched = new WhileWatched(() => this.look());
  private readonly session: Session;
  private readonly under = new Set<string>();
  /** When each is to be asked next, and how often in a row it gave no answer. */
  private readonly due = new Map<string, { at: number; failures: number }>();

  constructor(session: Session) {
    this.session = session;
  }

  private look(): void {
    const { state, user, status, rights } = this.session;
    if (user === undefined || status.phase !== 'connected') return;
    const mine = [...state.workloads]
      .filter(
        ({ jobKind, resource, submittedBy, suspended }) =>
          jobKind === 'notebook' && resource === 'StatefulSet' && submittedBy === user && !suspended,
      )
      .toSorted((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''))
      .slice(0, NOTEBOOKS);
    const uids = new Set(mine.map(({ uid }) => uid));
    for (const uid of this.due.keys()) if (!uids.has(uid)) this.forget(uid);
    for (const workload of mine) {
      const { uid } = workload;
      if (this.under.has(uid) || (this.due.get(uid)?.at ?? 0) > Date.now()) continue;
      if (!this.isRunning(workload)) this.forget(uid);
      // A refusal makes the session ask for all rights anew: it is not called forth without need.
      else if (!rights.lacking(rightsFor('forward', workload))) void this.ask(workload);
    }
  }

  private isRunning(workload: WorkloadRecord): boolean {
    const { namespace, name } = workload;
    return this.session.state
      .podsOf(namespace, name, workload)
      .some(({ phase, terminating }) => phase === 'Running' && !terminating);
  }

  private forget(uid: string): void {
    this.due.delete(uid);
    this.session.activities.set(uid, undefined);
  }

  /** Never fails, and is not told: whoever is not let in sees nothing of it. */
  private async ask({ namespace, name, uid }: WorkloadRecord): Promise<void> {
    const { session } = this;
    const { signal } = this.watched;
    this.under.add(uid);
    try {
      const { fetchActivity } = await import('./notebookActivity.ts');
      const context = session.status.target?.context;
      const activity = await fetchActivity(session, { job: { namespace, name }, context }, signal);
      this.answered(uid, activity, signal);
    } catch (error) {
      this.answered(uid, undefined, signal, asGpuctlError(error).status === 403);
    } finally {
      this.under.delete(uid);
    }
  }

  private answered(uid: string, activity: NotebookActivity | undefined, watched: AbortSignal, mayNot = false): void {
    if (watched.aborted) return;
    const failures = activity ? 0 : (this.due.get(uid)?.failures ?? 0) + 1;
    const wait = activity ? EVERY : mayNot ? REFUSED : Math.min(UNANSWERED * 2 ** (failures - 1), REFUSED);
    this.due.set(uid, { at: Date.now() + wait, failures });
    this.session.activities.set(uid, activity);
  }
}
