import type { JobTargetDto } from './jobs.ts';
import { request } from './method.ts';

/** How the server in a notebook is reached: for the one who opens it, and for nobody else to see. */
export interface NotebookAccessDto {
  /** Port in the job that it listens on. */
  port: number;
  scheme: 'http' | 'https';
  /** Where its addresses begin: `/`, or `/user/li/`. */
  path: string;
  /** Empty where it lets everybody in. */
  token?: string;
  /** What else a request to it bears: what a password was exchanged for. */
  headers?: Record<string, string>;
  /** It wants a password and nothing else, and none was given. */
  needsPassword?: true;
}

export interface NotebookAccessParams extends JobTargetDto {
  /** Where it is not known yet, milliseconds that it may take until the server answers; two minutes if absent. */
  patience?: number;
  /**
   * Of a server that wants one; it is exchanged for cookies and forgotten. They hold for one address: `host` is the local one, `127.0.0.1:18888`.
   */
  password?: { secret: string; host: string };
}

/** What runs in a notebook, as its own server says. */
export interface NotebookActivityDto {
  kernels: number;
  /** Kernels that compute at this moment. */
  busy: number;
  /** Since when nothing was asked of it; absent while something computes. */
  idleSince?: string;
}

/** CPU and memory as Kubernetes writes them (`8`, `32Gi`); absent where none is set. */
export interface NotebookAmountsDto {
  cpu?: string;
  memory?: string;
}

/** What a notebook has, and would have. */
export interface NotebookSizeDto {
  /** As it starts the next time. */
  next: NotebookAmountsDto & { gpus: number };
  /** As it runs now; absent where it does not. */
  now?: NotebookAmountsDto & { gpus: number };
  /** What runs in it; absent where that is not known. */
  activity?: NotebookActivityDto;
  /** A change of the size that is on its way, as a sentence. `going`: it comes by itself; `refused`: it does not. */
  resizing?: { is: 'going' | 'waiting' | 'refused'; text: string };
}

export interface ResizeNotebookParams extends JobTargetDto {
  cpu?: string;
  memory?: string;
  /** Another number of GPUs restarts what runs. */
  gpus?: number;
}

/**
 * - `asked`: the node is asked for it; `notebookSize` tells what becomes of it
 * - `restarted`: its kernels are gone, and it starts with the new size
 * - `next-start`: it has it when it starts again
 * - `same`: it was so already
 */
export interface ResizedDto {
  how: 'asked' | 'restarted' | 'next-start' | 'same';
  /** Why not at once, as a sentence. */
  why?: string;
}

/** Requests about notebooks. */
export const notebooksRequests = {
  /** Answered when the server in it answers, anew each time. The token is in nothing else that is said. */
  notebookAccess: request<NotebookAccessParams, NotebookAccessDto>('gpuctl/notebook/access'),
  /**
   * An address of this machine that leads on to the notebook, once and for a minute, so that no token is in what starts a browser. `at`: where the
   * browser reaches the port of the notebook, such as `http://127.0.0.1:18888`.
   */
  notebookTicket: request<JobTargetDto & { at: string }, { url: string }>('gpuctl/notebook/ticket'),
  notebookSize: request<JobTargetDto, NotebookSizeDto>('gpuctl/notebook/size'),
  resizeNotebook: request<ResizeNotebookParams, ResizedDto>('gpuctl/notebook/resize'),
} as const;
