import type { JobRef, JobTargetDto } from './jobs.ts';
import { request } from './method.ts';

/** The document behind a job. No secret is in it. */
export interface JobSourceDto {
  context: string;
  cluster: string;
  text: string;
  /** Read off what runs, since nothing was noted down with the submit; `text` says what could not be read. */
  rebuilt: boolean;
  /** Where the file lay in the workspace, and what its document is known by: see `findDocument`. */
  path?: string;
  hash?: string;
}

/** Whether a number of replicas would run, in a few words. */
export interface ScaleVerdictDto {
  severity: 'info' | 'warning';
  text: string;
}

/** What the line above a document says or offers: a title with icons as VS Code writes them, and its command. */
export interface LineCommandDto {
  title: string;
  command: string;
  arguments?: unknown[];
}

/** Requests behind gestures on one job. */
export const jobActionRequests = {
  jobSource: request<JobTargetDto, JobSourceDto>('gpuctl/job/source'),
  /** The line of the document in a text that is the very one that was submitted; null where none is. */
  findDocument: request<{ text: string; hash: string }, { line: number } | null>('gpuctl/document/find'),
  /** Answered from what is held; null where nothing is known. */
  scaleVerdict: request<{ job: JobRef; replicas: number }, ScaleVerdictDto | null>('gpuctl/job/scaleVerdict'),
  /** What the lines above the document at a line say and offer; empty where it is none of ours. */
  lineCommands: request<{ textDocument: { uri: string }; line: number }, { commands: LineCommandDto[] }>(
    'gpuctl/document/commands',
  ),
} as const;
