import * as vscode from 'vscode';
import { ClientRequests, Requests, ServerNotifications } from '../../../../server/src/protocol.ts';
import type { JobTarget } from '../../infrastructure/commands.ts';
import { setContextKey } from '../../infrastructure/contextKeys.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { LogChannel } from './logChannel.ts';

/** Channels of ended logs that stay readable. */
const ENDED_KEPT = 10;

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
  readonly #subscription: vscode.Disposable;
  #opening: Promise<unknown> = Promise.resolve();

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

  /** Shows the log of a job and follows it, if that is not done already. */
  async open(wanted: Wanted, token?: vscode.CancellationToken): Promise<void> {
    const known = this.#logs.get(toKey(wanted));
    if (known?.id !== undefined) {
      known.channel.show();
      return;
    }
    const id = await this.#request(wanted, token);
    const log = known ?? { wanted, channel: this.#createChannel(wanted), id };
    if (known) known.channel.clear();
    log.id = id;
    // The one that was opened last is last: the first is the first to go.
    this.#logs.delete(toKey(wanted));
    this.#logs.set(toKey(wanted), log);
    log.channel.show();
    this.#changed();
  }

  /** Stops following a job, all of it or one pod. What came until now stays readable. */
  async stop({ job, pod }: Wanted): Promise<void> {
    const { server, texts } = this.#infrastructure;
    for (const log of [...this.#logs.values()]) {
      const { id, wanted } = log;
      if (id === undefined || wanted.job.name !== job.name || wanted.job.namespace !== job.namespace) continue;
      if (pod !== undefined && wanted.pod !== pod) continue;
      this.#end(log, texts.t('ui.log.stopped'));
      await server.request(Requests.closeLog, { log: id });
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

  async #request({ job, pod }: Wanted, token?: vscode.CancellationToken): Promise<string> {
    const params = pod === undefined ? { job } : { job, pod };
    const opened = this.#infrastructure.server.request(Requests.openLog, params, token);
    this.#opening = opened.catch(() => {});
    return (await opened).log;
  }

  /** Text can be on its way before the answer that names its log was taken. */
  async #find(id: string): Promise<Log | undefined> {
    await this.#opening;
    return [...this.#logs.values()].find((log) => log.id === id);
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
    const { boundary, texts } = this.#infrastructure;
    for (const log of this.#logs.values()) {
      if (log.id === undefined) continue;
      void boundary.runQuietly(async () => {
        try {
          log.id = await this.#request(log.wanted);
          log.channel.appendNote(texts.t('ui.log.resumed'));
        } catch (error) {
          this.#end(log, boundary.toFailure(error).message);
          throw error;
        }
      });
    }
  }

  #changed(): void {
    setContextKey('gpuctl.logs', this.followed.length > 0);
  }
}

const toKey = ({ job, pod }: Wanted): string => [job.namespace, job.name, pod ?? ''].join('/');
