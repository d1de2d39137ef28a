import type { JobRef } from './jobs.ts';
import { request } from './method.ts';

/** Columns and rows. */
export interface TerminalSizeDto {
  columns: number;
  rows: number;
}

export interface OpenTerminalParams {
  /** An id of the client's, so that what is printed can come before the answer. */
  terminal: string;
  job: JobRef;
  pod: string;
  /** Context in which the person saw the job; another one by now is refused. */
  context?: string;
  size: TerminalSizeDto;
}

/** Requests about terminals in the pods of jobs. */
export const terminalRequests = {
  /** Opens a shell on a terminal; answered when it runs. */
  openTerminal: request<OpenTerminalParams, void>('gpuctl/terminal/open'),
  /** What was typed, at most 64 KiB; the answer lets the next come. */
  typeInTerminal: request<{ terminal: string; text: string }, void>('gpuctl/terminal/type'),
  resizeTerminal: request<{ terminal: string; size: TerminalSizeDto }, void>('gpuctl/terminal/resize'),
  /** Ends the shell with what runs in it, also one that is no longer connected. */
  closeTerminal: request<{ terminal: string }, void>('gpuctl/terminal/close'),
} as const;
