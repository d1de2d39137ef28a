import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileChecks } from '../language/fileChecks.ts';
import type { LiveValues } from '../operations/liveValues.ts';
import type { Logs } from '../operations/logs/logs.ts';
import type { Clusters } from '../operations/ports.ts';
import type { Session } from '../operations/session.ts';
import type { Say } from '../operations/views.ts';
import type { FailureDto, NotificationMethod, RequestMethod } from '../protocol.ts';

/** What a request of our client can be answered from. */
export interface RequestHost {
  session: Session;
  clusters: Clusters;
  live: LiveValues;
  logs: Logs;
  checks: FileChecks;
  /** An open document of the editor. */
  document(uri: string): TextDocument | undefined;
  /** The text of a file that is not open in the editor. */
  readFile(uri: string): Promise<string>;
  /** Puts a message into the person's language. */
  say: Say;
  /** What works on a cluster; loaded when it is first asked for. */
  onCluster(): Promise<typeof import('../operations/onCluster.ts')>;
  /** Answers a request: cancelling it reaches `run`, and whatever goes wrong becomes one `FailureDto`. */
  handle<P, R>(request: RequestMethod<P, R>, run: (params: P, signal: AbortSignal) => Promise<R>): void;
  /** Asks the client. */
  ask<P, R>(request: RequestMethod<P, R>, params: P): Promise<R>;
  /** Tells the client. */
  notify<P>(notification: NotificationMethod<P>, params: P): void;
  toFailure(error: unknown): FailureDto;
}
