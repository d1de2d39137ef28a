import { MAIN_CONTAINER } from '../../kinds/manifests/pod.ts';
import type { WorkloadRecord } from '../../state/records.ts';
import { asGpuctlError } from '../error.ts';
import { rightsFor } from '../gestures.ts';
import type { Session } from '../session.ts';
import { WhileWatched } from '../whileWatched.ts';

/** Milliseconds after which a log that nobody follows is looked into again. */
const EVERY = 30_000;
/** Jobs of which that is done. */
const JOBS = 10;
/** Last lines that are read, and milliseconds that this may take. */
const TAIL_LINES = 20;
const PATIENCE = 5_000;
/** Milliseconds after which a namespace is asked again that has refused. */
const REFUSED = 600_000;

/** While it is watched, reads now and then the last lines of the person's running trainings whose log nobody follows, for their steps. */
export class ReadSteps {
  /** Set by whether anybody looks at the list of jobs. */
  readonly watched = new WhileWatched(() => this.look());
  private readonly session: Session;
  private readonly under = new Set<string>();
  /** Until when no log of a namespace is asked for. */
  private readonly refused = new Map<string, number>();

  constructor(session: Session) {
    this.session = session;
  }

  private look(): void {
    const { session } = this;
    const { state, user, steps, status } = session;
    if (user === undefined || status.phase !== 'connected') return;
    const mine = [...state.workloads]
      .filter((one) => one.submittedBy === user && one.resource === 'Job' && !one.outcome && !one.suspended)
      .toSorted((a, b) => (b.startedAt ?? '').localeCompare(a.startedAt ?? ''))
      .slice(0, JOBS);
    for (const workload of mine) {
      const { uid } = workload;
      if (this.under.has(uid) || Date.now() - steps.lastRead(uid) < EVERY) continue;
      if (!this.may(workload)) continue;
      this.under.add(uid);
      // Not told: whoever may not read logs sees no steps.
      void this.read(workload)
        .catch((error) => {
          if (asGpuctlError(error).status === 403) this.refused.set(workload.namespace, Date.now() + REFUSED);
          steps.read(uid, '');
        })
        .finally(() => this.under.delete(uid));
    }
  }

  /** A refusal makes the session ask for all rights anew: it is not called forth without need. */
  private may(workload: WorkloadRecord): boolean {
    const right = this.session.rights.lacking(rightsFor('log', workload)); // asked each time, so that it stays known
    return !right && (this.refused.get(workload.namespace) ?? 0) <= Date.now();
  }

  private async read({ namespace, name, uid }: WorkloadRecord): Promise<void> {
    const { session } = this;
    const workload = session.state.workload(namespace, name);
    const running = session.state.podsOf(namespace, name, workload).filter(({ phase }) => phase === 'Running');
    const first = running.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))[0];
    if (!first) return;
    const signal = AbortSignal.any([this.watched.signal, AbortSignal.timeout(PATIENCE)]);
    await session.use(async (cluster) => {
      let text = '';
      const options = { container: MAIN_CONTAINER, follow: false, tailLines: TAIL_LINES, signal };
      for await (const chunk of cluster.log(first, options)) text = (text + chunk).slice(-8_000);
      session.steps.read(uid, text);
    });
  }
}
