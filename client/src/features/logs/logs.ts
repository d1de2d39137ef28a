import * as vscode from 'vscode';
import { ClientRequests, type LogPlaces, Requests, ServerNotifications } from '../../../../server/src/protocol.ts';
import type { JobTarget } from '../../infrastructure/commands.ts';
import { setContextKey } from '../../infrastructure/contextKeys.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { ServerAwayError } from '../../infrastructure/server.ts';
import { LogChannel } from './logChannel.ts';

/** Channels of ended logs that stay readable. */
const ENDED_KEPT = 10;

/** Stands for the name of a log while a new server is asked for it: the old name may mean another log there. */
const UNNAMED = '';

/** The log of a job or of one of its pods; `previous`: of the try before. */
export type Wanted = Required<Pick<JobTarget, 'job'>> & Pick<JobTarget, 'pod' | 'context'> & { previous?: true };

/** A log that the person opened: it stays theirs over restarts of the server, until they close it or the job ends. */
interface Log {
  wanted: Wanted;
  channel: LogChannel;
  /** The server's name of it while it is followed. */
  id: string | undefined;
  /** How far it was read: a new server goes on there. */
  places: LogPlaces;
}

/** The logs that are open, one channel for a job or for one of its pods. */
export class Logs implements vscode.Disposable {
  readonly #infrastructure: Infrastructure;
  readonly #logs = new Map<string, Log>();
  /** Logs whose follower is asked for, until the answer is taken. */
  readonly #pending = new Map<string, Promise<void>>();
  readonly #error = new vscode.EventEmitter<LogChannel>();
  readonly #subscription: vscode.Disposable;
  /** The first error of a log is another. */
  readonly onDidFindError = this.#error.event;

  constructor(infrastructure: Infrastructure) {
    const { server } = infrastructure;
    this.#infrastructure = infrastructure;
    server.onRequest(ClientRequests.appendLog, async ({ log, text, places, note }) => {
      const found = await this.#find(log);
      if (!found) return;
      found.places = { ...found.places, ...places };
      if (text) await found.channel.append(text);
      if (note) found.channel.appendNote(note);
    });
    this.#subscription = vscode.Disposable.from(
      this.#error,
      server.onDidStart(() => this.#replay()),
      server.onNotification(ServerNotifications.logEnded, async ({ log, message }) => {
        const ended = await this.#find(log);
        if (ended) this.#end(ended, message);
      }),
    );
  }

  /** The logs that are followed now. */
  get followed(): Wanted[] {
    return [...this.#logs.values()].flatMap(({ id, wanted }) => (id === undefined ? [] : [wanted]));
  }

  /** The log that a document of the output panel shows. */
  of(document: vscode.TextDocument): { wanted: Wanted; channel: LogChannel } | undefined {
    return [...this.#logs.values()].find(({ channel }) => channel.owns(document));
  }

  /** Shows the log of a job and follows it, if that is not done already or under way. */
  async open(wanted: Wanted): Promise<void> {
    const key = toKey(wanted);
    if (this.#logs.get(key)?.id === undefined) await this.#once(key, () => this.#follow(wanted));
    this.#logs.get(key)?.channel.show();
    setContextKey('gpuctl.watched', true);
  }

  /** Stops following a job, all of it or one pod; tells whether it was followed. What came until now stays readable. */
  async stop({ job, pod }: Wanted): Promise<boolean> {
    const { server, texts } = this.#infrastructure;
    let stopped = false;
    for (const log of [...this.#logs.values()]) {
      const { id, wanted } = log;
      if (id === undefined || wanted.job.name !== job.name || wanted.job.namespace !== job.namespace) continue;
      if (pod !== undefined && wanted.pod !== pod) continue;
      stopped = true;
      this.#end(log, texts.t('ui.log.stopped'));
      if (id !== UNNAMED) await server.request(Requests.closeLog, { log: id });
    }
    return stopped;
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const { channel } of this.#logs.values()) channel.dispose();
  }

  /** The name tells channels apart, also those of jobs that are called alike. */
  #createChannel({ job, pod, previous }: Wanted): LogChannel {
    const { t } = this.#infrastructure.texts;
    const title = (name: string) => t(previous ? 'ui.log.title.previous' : 'ui.log.title', { name });
    const name = title(pod ?? job.name);
    const isTaken = [...this.#logs.values()].some(({ channel }) => channel.name === name);
    const channel = new LogChannel(
      isTaken ? title(`${job.namespace}/${pod ?? job.name}`) : name,
      () => `── ${t('ui.log.dropped')}`,
      () => this.#error.fire(channel),
    );
    return channel;
  }

  async #follow(wanted: Wanted): Promise<void> {
    const key = toKey(wanted);
    const id = await this.#request(wanted);
    if (id === undefined) return;
    const known = this.#logs.get(key);
    known?.channel.clear();
    // The one that was opened last is last: the first is the first to go.
    this.#logs.delete(key);
    this.#logs.set(key, { wanted, channel: known?.channel ?? this.#createChannel(wanted), id, places: {} });
    this.#changed();
  }

  /** One follower for a log, however often it is asked for before the answer is there. */
  #once(key: string, start: () => Promise<void>): Promise<void> {
    const pending = this.#pending.get(key) ?? start().finally(() => this.#pending.delete(key));
    this.#pending.set(key, pending);
    return pending;
  }

  /** The server's name of the log; `undefined` where a file that is kept is shown instead. */
  async #request({ job, pod, context, previous }: Wanted, from?: LogPlaces): Promise<string | undefined> {
    const { server } = this.#infrastructure;
    const asked = { job, ...(pod !== undefined && { pod }), ...(context && { context }) };
    if (!previous) return (await server.request(Requests.openLog, { ...asked, ...(from && { from }) })).log;
    const found = await server.request(Requests.openPreviousLog, asked);
    if ('log' in found) return found.log;
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(found.file));
    return undefined;
  }

  /** Text can be on its way before the answer that names its log was taken. */
  async #find(id: string): Promise<Log | undefined> {
    const find = () => [...this.#logs.values()].find((log) => log.id === id);
    const known = find();
    if (known) return known;
    await Promise.allSettled(this.#pending.values());
    return find();
  }

  #end(log: Log, message: string): void {
    log.id = undefined;
    log.channel.appendNote(message);
    // Those that ended first are the first to go.
    const own = toKey(log.wanted);
    this.#logs.delete(own);
    this.#logs.set(own, log);
    const ended = [...this.#logs].filter(([, { id }]) => id === undefined);
    for (const [key, { channel }] of ended.slice(0, Math.max(0, ended.length - ENDED_KEPT))) {
      this.#logs.delete(key);
      channel.dispose();
    }
    this.#changed();
  }

  /** A new server knows of no log: those that were followed are asked for again, from where they were. */
  #replay(): void {
    const { boundary, server, texts } = this.#infrastructure;
    for (const [key, log] of this.#logs) {
      if (log.id === undefined) continue;
      if (log.wanted.previous) {
        this.#end(log, texts.t('ui.log.stopped'));
        continue;
      }
      log.id = UNNAMED;
      const follow = async () => {
        try {
          const id = await this.#request(log.wanted, log.places);
          if (id !== undefined && log.id !== UNNAMED) {
            await server.request(Requests.closeLog, { log: id }); // stopped meanwhile
            return;
          }
          log.id = id;
          log.channel.appendNote(texts.t('ui.log.resumed'));
        } catch (error) {
          if (error instanceof ServerAwayError) throw error; // the next server is asked
          this.#end(log, boundary.toFailure(error).message);
          throw error;
        }
      };
      void boundary.runQuietly(() => this.#once(key, follow));
    }
  }

  #changed(): void {
    setContextKey('gpuctl.logs', this.followed.length > 0);
  }
}

const toKey = ({ job, pod, previous }: Wanted): string =>
  [job.namespace, job.name, pod ?? '', previous ? 'previous' : ''].join('/');
