import type { JobRef } from './jobs.ts';
import { request } from './method.ts';

/** How far the log of one pod was read: of the lines since a whole second so many are known. Times as in the log, nine digits, in UTC. */
export interface LogPlace {
  /** `2026-01-01T00:00:00`. */
  since: string;
  /** Time of the first line that was counted. */
  first: string;
  count: number;
  /** Time of the newest line, and how many of that time are known. */
  last: string;
  same: number;
}
/** How far a log was read, by the uids of its pods. */
export type LogPlaces = Record<string, LogPlace>;

export interface LogOpened {
  log: string;
  title: string;
}

/** What of a job's log is asked for. */
export interface LogWanted {
  job: JobRef;
  /** Only this pod. */
  pod?: string;
  /** Context in which the person saw the job; another one by now is refused. */
  context?: string;
}

/** A batch of a log. */
export interface LogBatch {
  log: string;
  /** Whole lines. */
  text: string;
  /** A word of ours, after the text. */
  note?: string;
  /** How far the log was read with this batch, of those pods that have lines in it. */
  places: LogPlaces;
}

/** The try before the one that runs: a log that is opened, or the file of a run before. */
export type PreviousLog = LogOpened | { file: string };

/** The log of a run that is kept on the server's machine. */
export interface SavedLogDto {
  /** Path of the file. */
  file: string;
  cluster: string;
  namespace: string;
  name: string;
  run: number;
  /** When the run was made. */
  createdAt: string;
  /** When the file was written. */
  savedAt: string;
  bytes: number;
}

export interface SavedLogsDto {
  /** Folder in which all of them lie. */
  folder: string;
  /** The newest first. */
  logs: SavedLogDto[];
}

/** Requests about logs. */
export const logsRequests = {
  /** Opens a log that follows until the job ends. `from`: what the client has of it already, which is not sent again. */
  openLog: request<LogWanted & { from?: LogPlaces }, LogOpened>('gpuctl/log/open'),
  /** Opens the log of the try before, of each rank that has one; else names the file of the run before. */
  openPreviousLog: request<LogWanted, PreviousLog>('gpuctl/log/openPrevious'),
  closeLog: request<{ log: string }, void>('gpuctl/log/close'),
  /** Writes the whole log as it is now (`previous`: that of the tries before) into a file on the server's machine. `progress` names what is told of it. */
  saveLog: request<LogWanted & { progress: string; previous?: boolean }, { file: string; bytes: number }>(
    'gpuctl/log/save',
  ),
  savedLogs: request<void, SavedLogsDto>('gpuctl/log/saved'),
  /** Deletes these, or all; tells how many are gone. */
  deleteSavedLogs: request<{ files?: string[] }, { deleted: number }>('gpuctl/log/deleteSaved'),
} as const;
