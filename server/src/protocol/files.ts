import type { JobRef } from './jobs.ts';
import { request } from './method.ts';

/** Whose files are meant. */
export interface FilesPlaceDto {
  job: JobRef;
  /** One of its pods by name; else the one of a rank; else the first that runs. */
  pod?: string;
  rank?: number;
  /** Context in which the person saw the job; another one by now is refused. */
  context?: string;
  /** The same as the first eight digits of its SHA-256, as addresses of files name it. */
  cluster?: string;
}

/** `both`: what is newer on one side goes to the other; else one side is copied over the other, and nothing is deleted. */
export type FilesDirection = 'both' | 'up' | 'down';

/** Two folders whose differences are asked for. */
export interface FilesCompareParams extends FilesPlaceDto {
  direction: FilesDirection;
  /** Absolute path on the server's machine. */
  here: string;
  /** Absolute path in the job. */
  there: string;
  /** Only these paths below the folders, with all that is in them. */
  only?: string[];
  /** Patterns as in `.gitignore` of what is left out. */
  exclude: string[];
  /** Names what is told of it meanwhile. */
  progress: string;
}

export interface LeftDto {
  path: string;
  why: string;
}

/** What would be done, to be asked and carried out; nothing was done yet. */
export interface FilesPlanDto {
  plan: string;
  /** These two folders were the same once; otherwise nothing is known of what was deleted. */
  met: boolean;
  /** Files, links and folders that go to the job, and that come from it. */
  uploads: FilesCountDto;
  downloads: FilesCountDto;
  /** Paths that are gone on one side and unchanged on the other. */
  deletedThere: string[];
  deletedHere: string[];
  /** Paths that were changed on both sides; of a copy in one direction, those that would be replaced. */
  conflicts: string[];
  /** Paths that are left as they are. */
  left: LeftDto[];
}

export interface FilesCountDto {
  count: number;
  bytes: number;
}

/** `both`: the file here keeps its name, the job's gets another, on both sides. */
export type FilesChoice = 'mine' | 'theirs' | 'both' | 'skip';

/** What the person decided of what a plan asks. */
export interface FilesChoices {
  /** Of conflicts that `each` does not name. */
  conflicts: FilesChoice;
  each?: Record<string, FilesChoice>;
  /** Whether what is gone on one side goes on the other, too, or comes back. */
  deletions: 'delete' | 'restore' | 'skip';
}

export interface FilesDoneDto {
  uploaded: number;
  downloaded: number;
  deletedHere: number;
  deletedThere: number;
  /** What stayed as it was, and why; the next time may find it otherwise. */
  left: LeftDto[];
}

export type FileKindDto = 'file' | 'folder' | 'other';

/** What stands at a path in a job. Times in milliseconds since 1970. */
export interface FileStatDto {
  /** Of a link, what it leads to; `other` where that is nothing. */
  kind: FileKindDto;
  isLink: boolean;
  size: number;
  changedAt: number;
  createdAt: number;
  /** Whether it may be written. */
  writable: boolean;
}

/** Bytes above which a file is downloaded and not opened. */
export const MOST_OPENED = 20 * 2 ** 20;

type AtPath = FilesPlaceDto & { path: string };

/** Requests about files of jobs that run. Fail with `files.not-found`, `files.exists`, `files.is-folder`, `files.no-folder`, `files.refused` and others. */
export const filesRequests = {
  /** Folders in which the job keeps its files, the first being where it works; and which part of it was found. */
  jobFolders: request<FilesPlaceDto, { folders: string[]; pod: string; rank?: number }>('gpuctl/jobFiles/folders'),
  compareFiles: request<FilesCompareParams, FilesPlanDto>('gpuctl/jobFiles/compare'),
  /** Carries out a plan, once. */
  transferFiles: request<{ plan: string; choices: FilesChoices; progress: string }, FilesDoneDto>(
    'gpuctl/jobFiles/transfer',
  ),
  forgetFilesPlan: request<{ plan: string }, void>('gpuctl/jobFiles/forget'),
  statFile: request<AtPath, FileStatDto>('gpuctl/jobFiles/stat'),
  listFolder: request<AtPath, { name: string; kind: FileKindDto; isLink: boolean; size: number }[]>(
    'gpuctl/jobFiles/list',
  ),
  /** Base64. Fails with `files.too-large` above `MOST_OPENED`. */
  readJobFile: request<AtPath, { base64: string }>('gpuctl/jobFiles/read'),
  /** Whole or not at all. */
  writeJobFile: request<AtPath & { base64: string; create: boolean; overwrite: boolean }, void>(
    'gpuctl/jobFiles/write',
  ),
  deleteJobFile: request<AtPath & { recursive: boolean }, void>('gpuctl/jobFiles/delete'),
  renameJobFile: request<AtPath & { to: string; overwrite: boolean }, void>('gpuctl/jobFiles/rename'),
  makeJobFolder: request<AtPath, void>('gpuctl/jobFiles/makeFolder'),
} as const;

/** How far a transfer is. `of` is 0 while that is not known. */
export interface FilesProgressDto {
  progress: string;
  bytes: number;
  of: number;
}
