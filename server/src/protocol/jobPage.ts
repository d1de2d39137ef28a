import type { JobDto, JobGesture, JobRef, JobTargetDto } from './jobs.ts';
import { request } from './method.ts';

/** Something in the life of a job. */
export interface JobMomentDto {
  what: 'submitted' | 'waited' | 'started' | 'restarted' | 'succeeded' | 'failed' | 'stopped';
  text: string;
  /** When, or since when; absent where that is not known. */
  at?: string;
  /** Of what lasts: until when; null while it does. */
  until?: string | null;
}

/** What the cluster said of a job or of some of its ranks, equal words together. */
export interface JobEventDto {
  /** When it was said last. */
  at?: string;
  count: number;
  /** `rank 3`, `12 ranks`; empty for the job itself. */
  about: string;
  text: string;
  /** What the cluster calls it, and its own words. */
  reason: string;
  raw: string;
}

/** All of a job that is held, as its page shows it. */
export interface JobPageDto {
  /** Another one wherever something in here is. */
  revision: string;
  job: JobDto;
  /** Whether it will fit, with whom it waits for and until when; only while it waits for room. */
  verdict?: string;
  /** In the order in which they came. */
  moments: JobMomentDto[];
  /** Newest first. */
  events: JobEventDto[];
  /** Older ones that are not among them. */
  moreEvents: number;
  /** What can be done with a job that is as it is; of these `job.refused` tells what the person may not do. */
  gestures: JobGesture[];
}

/** What a job consists of, and where it came from: read when asked for. */
export interface JobPartsDto {
  /** In the cluster's own words: the main resource first. Secrets by name only. */
  resources: { kind: string; name: string }[];
  /** The document that it was submitted with, without its secrets. */
  source?: string;
  /** Where that file lay in the workspace, and in which commit. */
  path?: string;
  commit?: string;
  /** How the run before this one ended, where it was resumed. */
  lastOutcome?: 'succeeded' | 'failed';
}

/** One of the resources that a job consists of, to be read. */
export interface JobResourceDto {
  context: string;
  cluster: string;
  /** As YAML, without secrets. */
  text: string;
}

/** Requests of the page of one job. */
export const jobPageRequests = {
  /** `unchanged`: it is of the revision that the asker has. Null where there is no such job. Fails where jobs of its namespace are not looked at. */
  jobPage: request<{ job: JobRef; revision?: string }, JobPageDto | 'unchanged' | null>('gpuctl/job/page'),
  /** Null where there is no such job. */
  jobParts: request<{ job: JobRef }, JobPartsDto | null>('gpuctl/job/parts'),
  /** Null where the job, or that of it, is gone. */
  jobResource: request<JobTargetDto & { kind: string; name: string }, JobResourceDto | null>('gpuctl/job/resource'),
} as const;
