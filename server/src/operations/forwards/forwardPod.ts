import type { Duplex } from 'node:stream';
import { type Message, message } from '../../../../l10n/index.ts';
import type { ForwardState, ForwardTarget } from '../../protocol.ts';
import { toWorkload } from '../../state/project.ts';
import type { PodRecord, WorkloadRecord } from '../../state/records.ts';
import { describeJob } from '../describeJob.ts';
import { asGpuctlError, type GpuctlError } from '../error.ts';
import { JobWatch } from '../jobWatch.ts';
import { findMain } from '../mainResource.ts';
import { pause } from '../pause.ts';
import type { Cluster } from '../ports.ts';
import type { Session } from '../session.ts';

/** Where the port of a job is now. */
export interface PortPlace {
  /** Connects to it; throws what `Cluster.forward` throws. */
  open(signal: AbortSignal): Promise<Duplex>;
}

interface Teller {
  /** `undefined`: nobody can be connected now. */
  at(place: PortPlace | undefined): void;
  show(state: ForwardState, why?: Message, hint?: Message): unknown;
}

/** Milliseconds until a job that is gone is looked for again, the first time and at the most. */
const LOOK_AFTER = [500, 10_000] as const;
/** Milliseconds until it is asked again whether somebody listens, the first time and at the most; and at the most where the way there is broken. */
const ASK_AFTER = [250, 3_000] as const;
const WAY_BROKEN = 15_000;
/** Milliseconds within which a node says that nobody listens. */
const SETTLES = 300;

/**
 * Follows the port of a job over one connection: which of its pods has it, and whether somebody listens there. Found again after restarts, on another
 * node, and in the next job of that name. Ends with the signal only, by throwing; throws also what only a person can mend.
 */
export async function followPort(
  session: Session,
  cluster: Cluster,
  target: ForwardTarget,
  signal: AbortSignal,
  teller: Teller,
): Promise<never> {
  const { job } = target;
  let wait: number = LOOK_AFTER[0];
  for (;;) {
    signal.throwIfAborted();
    const main = await findMain(cluster, job.namespace, job.name, signal);
    const workload = main && toWorkload(main);
    if (workload) {
      await new PortWatch(session, cluster, target, main.apiVersion, workload, teller).follow(signal);
      wait = LOOK_AFTER[0];
    }
    teller.show('waiting', message('forward.gone', { ...job }));
    await pause(wait, signal);
    wait = Math.min(wait * 2, LOOK_AFTER[1]);
  }
}

/** The port of one run of a job. */
class PortWatch {
  private readonly session: Session;
  private readonly cluster: Cluster;
  private readonly target: ForwardTarget;
  private readonly workload: WorkloadRecord;
  private readonly watch: JobWatch;
  private readonly teller: Teller;
  private pod: PodRecord | undefined;
  /** Whether somebody listens there; `undefined` until that was asked, and where there is doubt. */
  private answers: boolean | undefined;
  private askAt = 0;
  private wait: number = ASK_AFTER[0];
  private wake = () => {};

  constructor(
    session: Session,
    cluster: Cluster,
    target: ForwardTarget,
    apiVersion: string,
    workload: WorkloadRecord,
    teller: Teller,
  ) {
    this.session = session;
    this.cluster = cluster;
    this.target = target;
    this.workload = workload;
    this.teller = teller;
    this.watch = new JobWatch(cluster, apiVersion, workload);
  }

  /** Ends when the job is gone. */
  async follow(signal: AbortSignal): Promise<void> {
    const { watch } = this;
    let changed: Promise<void> | undefined;
    try {
      for (;;) {
        signal.throwIfAborted();
        changed ??= watch.next(signal).finally(() => {
          changed = undefined;
        });
        const news = changed;
        news.catch(() => undefined);
        const woken = new Promise<void>((resolve) => {
          this.wake = resolve;
        });
        if (!watch.workload) return;
        const due = watch.isListed ? await this.look(signal) : undefined;
        const timer = new AbortController();
        const late = due === undefined ? [] : [pause(due, AbortSignal.any([signal, timer.signal]))];
        await Promise.race([news, woken, ...late]).finally(() => timer.abort());
      }
    } finally {
      watch.dispose();
      this.teller.at(undefined);
    }
  }

  /** Brings what is known up to date; milliseconds until it is worth to look again without news. */
  private async look(signal: AbortSignal): Promise<number | undefined> {
    const { teller, watch } = this;
    const pod = this.choose();
    if (pod?.uid !== this.pod?.uid || pod?.restarts !== this.pod?.restarts) {
      [this.answers, this.askAt, this.wait] = [undefined, 0, ASK_AFTER[0]];
      teller.at(undefined);
      if (pod) teller.show('connecting', message('forward.connecting'));
    }
    this.pod = pod;
    if (!pod || watch.trouble) {
      const trouble = watch.trouble && asGpuctlError(watch.trouble);
      this.answers = undefined;
      teller.at(undefined);
      if (trouble) teller.show('waiting', trouble.say, trouble.hint);
      else teller.show('waiting', this.whyNone());
      return undefined;
    }
    // Who waits for one debugger takes whoever comes for it.
    if (this.target.purpose === 'debug') this.answers = true;
    if (!this.answers) {
      const left = this.askAt - Date.now();
      if (left > 0) return left;
      const failure = await this.ask(pod, signal);
      this.answers = failure === undefined;
      if (failure) {
        const most = failure.code === 'forward.refused' || failure.code === 'forward.none' ? ASK_AFTER[1] : WAY_BROKEN;
        this.wait = Math.min(this.wait * 1.5, most);
        this.askAt = Date.now() + this.wait;
        teller.at(failure.code === 'forward.refused' ? this.placeOf(pod) : undefined);
        teller.show('waiting', failure.say, failure.hint);
        return this.wait;
      }
      [this.askAt, this.wait] = [Date.now() + ASK_AFTER[0], ASK_AFTER[0]];
    }
    teller.at(this.placeOf(pod));
    teller.show('ready');
    return undefined;
  }

  /** Of those that run, the one that was taken, unless only others are ready to serve; else the first rank, the newest try of it. */
  private choose(): PodRecord | undefined {
    const { rank, pod: named } = this.target;
    const isBefore = ({ uid }: PodRecord) => Number(uid === this.pod?.uid);
    return this.watch.pods
      .filter((pod) => pod.phase === 'Running' && !pod.terminating)
      .filter(({ rank: own, name }) => (rank === undefined || own === rank) && (named === undefined || name === named))
      .sort(
        (a, b) =>
          Number(b.ready) - Number(a.ready) ||
          isBefore(b) - isBefore(a) ||
          (a.rank ?? 0) - (b.rank ?? 0) ||
          (b.startedAt ?? '').localeCompare(a.startedAt ?? ''),
      )[0];
  }

  private whyNone(): Message {
    const { session, watch, workload, target } = this;
    const held = session.state.workload(workload.namespace, workload.name);
    const isHeld = held?.uid === workload.uid && session.status.podsKnown;
    const now = watch.workload ?? workload;
    const { phase, state } = isHeld ? describeJob(session.state, held, true) : describeJob(watch.state, now);
    if (phase !== 'running') return message('forward.pods', { state });
    return target.rank === undefined
      ? message('forward.none')
      : message('forward.no-rank', { rank: String(target.rank) });
  }

  /** Whether somebody listens: why not, or nothing. Throws what no waiting mends. */
  private async ask(pod: PodRecord, signal: AbortSignal): Promise<GpuctlError | undefined> {
    try {
      const remote = await this.connect(pod, signal);
      try {
        await settled(remote);
      } finally {
        remote.destroy();
      }
      return undefined;
    } catch (failure) {
      signal.throwIfAborted();
      const error = asGpuctlError(failure);
      if (error.status === 403 || error.code === 'internal') throw error;
      return error;
    }
  }

  private placeOf(pod: PodRecord): PortPlace {
    return {
      open: async (signal) => {
        try {
          const remote = await this.connect(pod, signal);
          remote.on('error', (error) => this.doubt(error));
          remote.once('data', () => this.answers || this.learn(true));
          return remote;
        } catch (error) {
          this.doubt(error);
          throw error;
        }
      },
    };
  }

  private connect({ namespace, name }: PodRecord, signal: AbortSignal): Promise<Duplex> {
    return this.cluster.forward({ namespace, name, port: this.target.port }, signal);
  }

  /** A connection broke: perhaps nothing is as it was thought. */
  private doubt(failure: unknown): void {
    const { code } = asGpuctlError(failure);
    if (code !== 'cancelled' && this.answers) this.learn(undefined);
  }

  private learn(answers: boolean | undefined): void {
    this.answers = answers;
    this.wake();
  }
}

/** Done when a connection stands; throws what it was destroyed with. */
function settled(remote: Duplex): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, SETTLES);
    remote.once('error', reject);
    remote.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    remote.once('end', resolve);
    remote.once('data', () => resolve());
  });
}
