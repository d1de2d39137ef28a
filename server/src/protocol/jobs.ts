import { request } from './method.ts';
import type { NotebookActivityDto } from './notebooks.ts';

/** Identity of a job in the connected cluster: the name is unique over the kinds of a namespace. */
export interface JobRef {
  namespace: string;
  name: string;
}

export type JobPhase = 'waiting' | 'running' | 'succeeded' | 'failed' | 'stopped' | 'unknown';

export interface PodDto {
  name: string;
  /** Rank in a distributed job. */
  rank?: number;
  node?: string;
  phase: JobPhase;
  /** State in a few words, with the reason where it is not well. */
  state: string;
  restarts: number;
  startedAt?: string;
  trouble?: TroubleDto;
}

/** What is wrong with a job or one of its pods; the sentence is its `state`. */
export interface TroubleDto {
  /** Stable: `job.image.not-found`. */
  code: string;
  /** What to do next. */
  hint?: string;
  /** What the cluster or the program said itself, shown on demand. */
  detail?: string;
}

/** Why a job failed or does not get on, with what its log says of it. */
export interface WhyDto extends TroubleDto {
  /** The sentence. */
  message: string;
  /** The pod that failed first, and its rank in a distributed job. */
  pod?: string;
  rank?: number;
  endedAt?: string;
  /** The lines of its log that matter; none where it has none or it cannot be read. */
  lines: string[];
  /** Why its log could not be read. */
  unread?: string;
}

/** How far a training is, as its log tells it. */
export interface StepDto {
  at: number;
  /** Steps in all, where that is told. */
  of?: number;
}

export interface JobDto {
  ref: JobRef;
  /** Of the main resource: another job of that name, or its next run, has another. */
  uid: string;
  /** `training`, `inference` … as the label says; empty where a resource bears none. */
  kind: string;
  phase: JobPhase;
  /** One line: the phase in words, or why it waits or failed. */
  state: string;
  /** The same in a few words, for places that are narrow; absent where it is short already. */
  brief?: string;
  trouble?: TroubleDto;
  gpus: number;
  gpuType?: string;
  pool?: string;
  podsWanted: number;
  podsRunning: number;
  /** Made without being started: it waits until somebody starts it. */
  held?: true;
  submittedBy?: string;
  /** Submitted by whoever is connected. */
  mine?: true;
  /** How often its pods were started again, all together. */
  restarts: number;
  /** It is being deleted. */
  deleting?: true;
  /** Which run of its name it is, from 2; absent for the first. */
  run?: number;
  step?: StepDto;
  /** What runs in a notebook, where that is known. */
  activity?: NotebookActivityDto;
  createdAt?: string;
  startedAt?: string;
  endedAt?: string;
  pods: PodDto[];
  /** What the person is known not to be allowed to do with it, with a sentence why; of what makes sense for a job that is as it is. */
  refused?: Partial<Record<JobGesture, string>>;
}

/** What a person does with a job that is there. */
export type JobGesture = 'log' | 'terminal' | 'forward' | 'stop' | 'start' | 'resume' | 'scale' | 'delete';

export interface JobsDto {
  jobs: JobDto[];
  /** Namespaces whose jobs are shown; `undefined` means all. */
  namespaces?: string[];
  /** Who the cluster says is connected; absent where it does not say. */
  me?: string;
  /** Why the list may be incomplete, as a sentence. */
  incomplete?: string;
}

/** A job that somebody waits for. */
export interface AwaitedJobDto {
  job: JobRef;
  /** Null: it is not there any more. */
  is: JobDto | null;
  /** It is held, and there is room for it now. */
  canRun?: true;
}

export interface DeletePlan {
  job: JobRef;
  /** Which object of which context was looked at; a delete names both, so that nothing else can be hit. */
  context: string;
  uid: string;
  cluster: string;
  /** What will be removed and what is kept, one line each. */
  removes: string[];
  keeps: string[];
}

/** A job, and the context in which the person saw it; another one by now is refused. */
export interface JobTargetDto {
  job: JobRef;
  context?: string;
}

/** What became of a resume: a stopped job goes on; an ended one was replaced by its next run. */
export interface ResumedDto {
  how: 'started' | 'next-run';
  /** Which run of its name it is, from 1. */
  run: number;
  /** File on the server's machine with the log of the run before. */
  log?: string;
  warnings: string[];
}

/** Requests about jobs that are there. */
export const jobsRequests = {
  jobs: request<void, JobsDto>('gpuctl/jobs/list'),
  /** What became of these; of what is not known now, nothing is said. */
  awaited: request<{ jobs: JobRef[] }, AwaitedJobDto[]>('gpuctl/jobs/awaited'),
  /** In another context by now it is refused. */
  planDelete: request<JobRef & { context?: string }, DeletePlan>('gpuctl/job/planDelete'),
  delete: request<Pick<DeletePlan, 'job' | 'context' | 'uid'>, void>('gpuctl/job/delete'),
  /** `done: false`: it was so already. */
  stop: request<JobTargetDto, { done: boolean }>('gpuctl/job/stop'),
  start: request<JobTargetDto, { done: boolean }>('gpuctl/job/start'),
  scale: request<JobTargetDto & { replicas: number }, { done: boolean }>('gpuctl/job/scale'),
  resume: request<JobTargetDto, ResumedDto>('gpuctl/job/resume'),
  /** Why a job failed or does not get on: of several ranks the first that did; null where nothing is wrong. */
  why: request<{ job: JobRef }, WhyDto | null>('gpuctl/job/why'),
  /** Why the person may not do something with a job, asked of the cluster now; null where they may, and where that is not known. */
  refusal: request<{ job: JobRef; gesture: JobGesture }, string | null>('gpuctl/job/refusal'),
} as const;
