import { type Message, message } from '../../../../l10n/index.ts';
import type { LogPlaces } from '../../protocol.ts';
import type { JobName } from '../deleteJob.ts';
import { asGpuctlError } from '../error.ts';
import type { Session } from '../session.ts';
import { followLog } from './followLog.ts';
import type { LineTaker } from './lineStream.ts';

interface LogEvents {
  /** Hands on text with how far the log was read; settles when it was taken. */
  append(log: string, text: string, places: LogPlaces): Promise<void>;
  /** Hands on a word of ours that belongs between the lines. */
  note(log: string, say: Message): Promise<void>;
  ended(log: string, message: Message): void;
  /** The number of open logs changed. */
  changed(): void;
}

interface LogAsked {
  job: JobName;
  pod?: string | undefined;
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

  /** Follows a log until its job ends; `from`: what the reader has of it already. */
  open(asked: LogAsked & { from?: LogPlaces | undefined }): string {
    const { session } = this;
    return this.start((log, signal) => followLog(session, { ...asked, ...this.takerOf(log), signal }));
  }

  /** Opens the log of the try before. Throws `log.no-previous` where there is none. */
  async openPrevious(asked: LogAsked, called: AbortSignal): Promise<string> {
    const { session } = this;
    const found = Promise.withResolvers<void>();
    const log = this.start(async (id, signal) => {
      const { append, note } = this.takerOf(id);
      const take = async (text: string, places: LogPlaces) => {
        found.resolve();
        await append(text, places);
      };
      const { readLog } = await import('./readLog.ts');
      await readLog(session, { ...asked, previous: true, append: take, note, signal }).catch((error) => {
        found.reject(error);
        throw error;
      });
      found.resolve();
      return message('log.previous-end');
    });
    const close = () => this.close(log);
    called.addEventListener('abort', close);
    try {
      called.throwIfAborted();
      await found.promise;
    } finally {
      if (called.aborted) close();
      called.removeEventListener('abort', close);
    }
    return log;
  }

  close(log: string): void {
    this.followed.get(log)?.abort();
    if (this.followed.delete(log)) this.events.changed();
  }

  private takerOf(log: string): LineTaker {
    return {
      append: (text, places) => this.events.append(log, text, places),
      note: (say) => this.events.note(log, say),
    };
  }

  private start(run: (log: string, signal: AbortSignal) => Promise<Message>): string {
    const log = String(++this.last);
    const abort = new AbortController();
    this.followed.set(log, abort);
    this.events.changed();
    const { signal } = abort;
    run(log, signal)
      .catch((error) => (signal.aborted ? undefined : message('log.failed', { why: asGpuctlError(error).say })))
      .then((end) => {
        this.close(log);
        if (end) this.events.ended(log, end);
      });
    return log;
  }
}
