import type { JobRef, JobTargetDto } from './jobs.ts';
import { notification, request } from './method.ts';

/** What a forward is for; it says nothing about how it works. */
export type ForwardPurpose = 'notebook' | 'service' | 'debug' | 'tensorboard';

/** A port of a job that is to be reached from this machine. With a context: that of the kubeconfig in which the person saw the job. */
export interface ForwardTarget extends JobTargetDto {
  /** Rank of a distributed job; absent: whichever of its pods can be reached, and that one as long as it can. */
  rank?: number;
  /** Name of the only pod that is meant, where that has no rank: of several replicas this one. */
  pod?: string;
  /** Port that the program in the job listens on. */
  port: number;
  /** Port of this machine to begin with, if it is free; another is taken where it is not. */
  localPort?: number;
  purpose?: ForwardPurpose;
}

/**
 * - `connecting`: it is being looked for
 * - `ready`: the program answers on its port
 * - `waiting`: not now; `why` says what is waited for. It goes on by itself
 * - `failed`: it does not go on by itself; `why` says what to do
 */
export type ForwardState = 'connecting' | 'ready' | 'waiting' | 'failed';

/** A forward as it is now. */
export interface ForwardDto {
  /** Of this server process. */
  id: string;
  job: JobRef;
  /** Context of the kubeconfig that it leads to; absent until that is known. */
  context?: string;
  rank?: number;
  pod?: string;
  port: number;
  /** The same for the life of the forward; 0 where none could be had (`failed`). */
  localPort: number;
  state: ForwardState;
  /** Why it is not ready, as sentences. */
  why?: string;
  /** Something that the person should know, and that does not keep it from working: another local port than the one before. */
  note?: string;
  /** `http://localhost:18888`, never with a token. What carries a secret says `http://127.0.0.1:<localPort>`: `localhost` may be asked for over IPv6 first. */
  url: string;
  purpose?: ForwardPurpose;
}

/** Requests about forwards. */
export const forwardsRequests = {
  /**
   * Answered when the local port listens, not when the job is reached. For the same port of the same job (and rank) it is the forward that there is.
   * Fails where there is no connection to be made at all: the workspace is not trusted.
   */
  forwardStart: request<ForwardTarget, ForwardDto>('gpuctl/forward/start'),
  /** Ends it with all that goes through it; nothing where it is gone already. */
  forwardStop: request<{ id: string }, void>('gpuctl/forward/stop'),
  /** Begins anew, on the same local port; what goes through it is cut off. */
  forwardRestart: request<{ id: string }, ForwardDto>('gpuctl/forward/restart'),
  forwardList: request<void, ForwardDto[]>('gpuctl/forward/list'),
  /** Ports that the job says it serves on, the first of its own program before others; asked of the cluster. */
  forwardPorts: request<JobTargetDto, { ports: number[] }>('gpuctl/forward/ports'),
} as const;

/** Notifications about forwards. */
export const forwardsNotifications = {
  /** All of them, whenever one differs. */
  forwardsChanged: notification<ForwardDto[]>('gpuctl/forward/changed'),
} as const;
