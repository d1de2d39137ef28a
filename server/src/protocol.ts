/**
 * Everything that client and server say to each other beyond the standard language server protocol, one file an area. It imports nothing
 * from elsewhere, so that both sides (and tests) can share it. All texts in it are already in the person's language; all times are ISO 8601
 * in UTC.
 */
import { checkRequests } from './protocol/check.ts';
import { type ConnectionDto, connectionRequests } from './protocol/connection.ts';
import { documentsRequests } from './protocol/documents.ts';
import { type FilesProgressDto, filesRequests } from './protocol/files.ts';
import { forwardsNotifications, forwardsRequests } from './protocol/forwards.ts';
import { insideRequests } from './protocol/inside.ts';
import { jobActionRequests } from './protocol/jobActions.ts';
import { jobPageRequests } from './protocol/jobPage.ts';
import { jobsRequests } from './protocol/jobs.ts';
import { type LogBatch, logsRequests } from './protocol/logs.ts';
import { notification, request } from './protocol/method.ts';
import { notebooksRequests } from './protocol/notebooks.ts';
import type { ClientOptions } from './protocol/options.ts';
import { poolsRequests } from './protocol/pools.ts';
import { type SubmitAnswer, type SubmitAsk, type SubmitProgress, submitRequests } from './protocol/submit.ts';
import { terminalRequests } from './protocol/terminal.ts';

export * from './protocol/check.ts';
export * from './protocol/connection.ts';
export * from './protocol/documents.ts';
export * from './protocol/failure.ts';
export * from './protocol/files.ts';
export * from './protocol/forwards.ts';
export * from './protocol/inside.ts';
export * from './protocol/jobActions.ts';
export * from './protocol/jobPage.ts';
export * from './protocol/jobs.ts';
export * from './protocol/logs.ts';
export * from './protocol/method.ts';
export * from './protocol/notebooks.ts';
export * from './protocol/options.ts';
export * from './protocol/pools.ts';
export * from './protocol/submit.ts';
export * from './protocol/terminal.ts';

/** Requests that the client sends. */
export const Requests = {
  ...checkRequests,
  ...connectionRequests,
  ...documentsRequests,
  ...filesRequests,
  ...forwardsRequests,
  ...insideRequests,
  ...jobActionRequests,
  ...jobPageRequests,
  ...jobsRequests,
  ...logsRequests,
  ...notebooksRequests,
  ...poolsRequests,
  ...submitRequests,
  ...terminalRequests,
} as const;

/** Requests that the server sends. */
export const ClientRequests = {
  /** Whether what a submit asks may be done. */
  agree: request<SubmitAsk, { answer: SubmitAnswer }>('gpuctl/job/agree'),
  /** What a terminal prints, at most 64 KiB; the answer lets the next batch come. */
  appendTerminal: request<{ terminal: string; text: string }, void>('gpuctl/terminal/append'),
  /** A batch of log text; the answer is the acknowledgement that lets the next batch come. */
  appendLog: request<LogBatch, void>('gpuctl/log/append'),
  /** URIs of the workspace's `*.gpuctl.yaml` and `*.gpuctl.yml`, without what the person's settings exclude; at most `limit`. */
  listFiles: request<{ limit: number }, { uris: string[] }>('gpuctl/files/list'),
  /** The text of a file of the workspace; null where there is none, or more than `limit` bytes. */
  readFile: request<{ uri: string; limit: number }, { text: string | null }>('gpuctl/files/read'),
} as const;

/** Notifications that the client sends. */
export const ClientNotifications = {
  /** What the person has open; watches run while anything is. Open gpuctl documents count by themselves. */
  interests: notification<{ views: string[] }>('gpuctl/interests'),
  /** A setting of the connection or the language changed. */
  configure: notification<Omit<ClientOptions, 'version'>>('gpuctl/configure'),
  /** Files such as `listFiles` lists were made, written or removed. */
  filesChanged: notification<{ changed: string[]; deleted: string[] }>('gpuctl/files/changed'),
} as const;

/** Notifications that the server sends. */
export const ServerNotifications = {
  ...forwardsNotifications,
  connectionChanged: notification<ConnectionDto>('gpuctl/connection/changed'),
  /** Jobs or pools differ from what was last listed; comes coalesced. */
  stateChanged: notification<{ parts: ('jobs' | 'pools')[] }>('gpuctl/state/changed'),
  submitProgress: notification<SubmitProgress>('gpuctl/submit/progress'),
  /** The shell of a terminal has ended, or is lost; `code` is its exit code where that is known. */
  terminalEnded: notification<{ terminal: string; message: string; code?: number }>('gpuctl/terminal/ended'),
  logEnded: notification<{ log: string; message: string }>('gpuctl/log/ended'),
  /** How far a comparison or a transfer of files is. */
  filesProgress: notification<FilesProgressDto>('gpuctl/jobFiles/progress'),
  /** So much of a log is written into its file. */
  logSaving: notification<{ progress: string; bytes: number }>('gpuctl/log/saving'),
} as const;
