import * as vscode from 'vscode';
import { ClientRequests, Requests, ServerNotifications } from '../../../../server/src/protocol.ts';
import type { JobTarget } from '../../infrastructure/commands.ts';
import { setContextKey } from '../../infrastructure/contextKeys.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { LogChannel } from './logChannel.ts';

/** Channels of ended logs that stay readable. */
const ENDED_KEPT = 10;

/** Stands for the name of a log while a new server is asked for it: the old name may mean another log there. */
const UNNAMED = '';

type Wanted = Required<Pick<JobTarget, 'job'>> & Pick<JobTarget, 'pod'>;

/** A log that the person opened: it stays theirs over restarts of the server, until they close it or the job ends. */
interface Log {
  wanted: Wanted;
  channel: LogChannel;
  /** The server's name of it while it is followed. */
  id: string | undefined;
}

/** The logs that are open, one channel for a job or for one of its pods. */
export class Logs implements vscode.Disposable {
  readonly #infrastructure: Infrastructure;
  readonly #logs = new Map<string, Log>();
  /** Logs whose follower is asked for, until the answer is taken. */
  readonly #pending = new Map<string, Promise<void>>();
  readonly #subscription: vscode.Disposable;

  constructor(infrastructure: Infrastructure) {
    const { server } = infrastructure;
    this.#infrastructure = infrastructure;
    server.onRequest(ClientRequests.appendLog, async ({ log, text }) => {
      await (await this.#find(log))?.channel.append(text);
    });
    this.#subscription = vscode.Disposable.from(
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

  /** Shows the log of a job and follows it, if that is not done already or under way. */
  async open(wanted: Wanted): Promise<void> {
    const key = toKey(wanted);
    if (this.#logs.get(key)?.id === undefined) await this.#once(key, () => this.#follow(wanted));
    this.#logs.get(key)?.channel.show();
  }

  /** Stops following a job, all of it or one pod. What came until now stays readable. */
  async stop({ job, pod }: Wanted): Promise<void> {
    const { server, texts } = this.#infrastructure;
    for (const log of [...this.#logs.values()]) {
      const { id, wanted } = log;
      if (id === undefined || wanted.job.name !== job.name || wanted.job.namespace !== job.namespace) continue;
      if (pod !== undefined && wanted.pod !== pod) continue;
      this.#end(log, texts.t('ui.log.stopped'));
      if (id !== UNNAMED) await server.request(Requests.closeLog, { log: id });
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const { channel } of this.#logs.values()) channel.dispose();
  }

  #createChannel({ job, pod }: Wanted): LogChannel {
    const { t } = this.#infrastructure.texts;
    return new LogChannel(`gpuctl: ${pod ?? job.name}`, () => `── ${t('ui.log.dropped')}`);
  }

  async #follow(wanted: Wanted): Promise<void> {
    const key = toKey(wanted);
    const id = await this.#request(wanted);
    const known = this.#logs.get(key);
    known?.channel.clear();
    // The one that was opened last is last: the first is the first to go.
    this.#logs.delete(key);
    this.#logs.set(key, { wanted, channel: known?.channel ?? this.#createChannel(wanted), id });
    this.#changed();
  }

  /** One follower for a log, however often it is asked for before the answer is there. */
  #once(key: string, start: () => Promise<void>): Promise<void> {
    const pending = this.#pending.get(key) ?? start().finally(() => this.#pending.delete(key));
    this.#pending.set(key, pending);
    return pending;
  }

  async #request({ job, pod }: Wanted): Promise<string> {
    const params = pod === undefined ? { job } : { job, pod };
    return (await this.#infrastructure.server.request(Requests.openLog, params)).log;
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
    const ended = [...this.#logs].filter(([, { id }]) => id === undefined);
    for (const [key, { channel }] of ended.slice(0, Math.max(0, ended.length - ENDED_KEPT))) {
      this.#logs.delete(key);
      channel.dispose();
    }
    this.#changed();
  }

  /** A new server knows of no log: those that were followed are asked for again. */
  #replay(): void {
    const { boundary, server, texts } = this.#infrastructure;
    for (const [key, log] of this.#logs) {
      if (log.id === undefined) continue;
      log.id = UNNAMED;
      const follow = async () => {
        try {
          const id = await this.#request(log.wanted);
          if (log.id !== UNNAMED) return void (await server.request(Requests.closeLog, { log: id })); // stopped meanwhile
          log.id = id;
          log.channel.appendNote(texts.t('ui.log.resumed'));
        } catch (error) {
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

const toKey = ({ job, pod }: Wanted): string => [job.namespace, job.name, pod ?? ''].join('/');
