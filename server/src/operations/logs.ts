import { type Message, message } from '../../../l10n/index.ts';
import type { JobName } from './deleteJob.ts';
import { asGpuctlError } from './error.ts';
import { followLog } from './followLog.ts';
import type { Session } from './session.ts';

interface LogEvents {
  /** Hands on text; settles when it was taken. */
  append(log: string, text: string): Promise<void>;
  ended(log: string, message: Message): void;
  /** The number of open logs changed. */
  changed(): void;
}

/** The logs that are open, by an id of ours. */
export class Logs {
  private readonly followed = new Map<string, AbortController>();
  private last = 0;
  private readonly session: Session;
  private readonly events: LogEvents;

  constructor(session: Session, events: LogEvents) {
    this.session = session;
    this.events = events;
  }

  get count(): number {
    return this.followed.size;
  }

  open(job: JobName, pod: string | undefined): string {
    const log = String(++this.last);
    const abort = new AbortController();
    this.followed.set(log, abort);
    this.events.changed();
    const { signal } = abort;
    followLog(this.session, { job, pod, signal, append: (text) => this.events.append(log, text) })
      .catch((error) => (signal.aborted ? undefined : message('log.failed', { why: asGpuctlError(error).say })))
      .then((end) => {
        this.close(log);
        if (end) this.events.ended(log, end);
      });
    return log;
  }

  close(log: string): void {
    this.followed.get(log)?.abort();
    if (this.followed.delete(log)) this.events.changed();
  }
}
