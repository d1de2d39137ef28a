import { message } from '../../../../l10n/index.ts';
import type { ForwardDto, ForwardTarget } from '../../protocol.ts';
import { cancelled, GpuctlError } from '../error.ts';
import type { Session } from '../session.ts';
import type { Say } from '../views.ts';
import { Forward } from './forward.ts';

/** Milliseconds within which several changes are told as one. */
const COALESCE = 30;

/** The forwards of this window, by ids of ours. They are on loopback only, and end with the process. */
export class Forwards {
  private readonly session: Session;
  private readonly say: Say;
  private readonly changed: () => void;
  private readonly held = new Map<string, Forward>();
  private last = 0;
  private pending: NodeJS.Timeout | undefined;
  private disposed = false;

  /** `changed`: one of them differs, or there is another; comes coalesced. */
  constructor(session: Session, say: Say, changed: () => void) {
    this.session = session;
    this.say = say;
    this.changed = changed;
  }

  /** Done when the local port listens, not when the job is reached. The same port of the same job has one forward, however often it is asked for. */
  async start(target: ForwardTarget): Promise<ForwardDto> {
    if (this.disposed) throw cancelled();
    if (!this.session.isTrusted) throw new GpuctlError('connection.untrusted-workspace', message('session.untrusted'));
    const context = target.context ?? this.session.status.heading?.context;
    const known = [...this.held].find(([, forward]) => isSame(forward, target, context));
    if (known) {
      const [id, forward] = known;
      await (forward.view.state === 'failed' ? forward.restart() : forward.listens);
      return this.toDto(id, forward);
    }
    const id = `forward-${++this.last}`;
    const forward = new Forward(this.session, target, () => this.tell());
    this.held.set(id, forward);
    await forward.start();
    this.tell();
    return this.toDto(id, forward);
  }

  /** Ends one with all that goes through it. */
  stop(id: string): void {
    this.held.get(id)?.stop();
    if (this.held.delete(id)) this.tell();
  }

  /** Begins anew on the same local port. Throws where it is gone. */
  async restart(id: string): Promise<ForwardDto> {
    const forward = this.held.get(id);
    if (!forward) throw new GpuctlError('forward.stopped', message('forward.stopped'));
    await forward.restart();
    return this.toDto(id, forward);
  }

  /** In the order in which they were started. */
  list(): ForwardDto[] {
    return [...this.held].map(([id, forward]) => this.toDto(id, forward));
  }

  /** Ends all. */
  dispose(): void {
    this.disposed = true;
    clearTimeout(this.pending);
    for (const forward of this.held.values()) forward.stop();
    this.held.clear();
  }

  private toDto(id: string, { target, view }: Forward): ForwardDto {
    const { job, rank, pod, port, purpose } = target;
    const { state, why, hint, note, localPort, context } = view;
    const sentences = [why, hint].filter((one) => one !== undefined).map(this.say);
    return {
      id,
      job,
      ...(context !== undefined && { context }),
      ...(rank !== undefined && { rank }),
      ...(pod !== undefined && { pod }),
      port,
      localPort,
      state,
      ...(state !== 'ready' && sentences.length && { why: sentences.join(' ') }),
      ...(note && { note: this.say(note) }),
      url: `http://localhost:${localPort}`,
      ...(purpose && { purpose }),
    };
  }

  private tell(): void {
    if (this.disposed) return;
    this.pending ??= setTimeout(() => {
      this.pending = undefined;
      this.changed();
    }, COALESCE);
  }
}

function isSame(
  { target, view }: Forward,
  { job, rank, pod, port }: ForwardTarget,
  context: string | undefined,
): boolean {
  const { namespace, name } = target.job;
  return (
    job.name === name &&
    job.namespace === namespace &&
    rank === target.rank &&
    pod === target.pod &&
    port === target.port &&
    (context === undefined || view.context === undefined || context === view.context)
  );
}
