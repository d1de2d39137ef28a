import type { FilesPlaceDto } from './files.ts';
import { request } from './method.ts';

/** A Python program that runs in a part of a job. */
export interface PythonProcessDto {
  pid: number;
  /** Its path below the folder where it works, its file's name where that lies elsewhere, or a module's name; without arguments. */
  program: string;
  /** Where it works. */
  folder: string;
  /** Its file, from the root of the container's files; none where it has none, as `python -c`. */
  script?: string;
  /** As PyTorch and others number the processes of a job, and those of one machine. */
  rank?: number;
  localRank?: number;
  /** Where its debugger listens already. */
  port?: number;
}

/** A TensorBoard that runs in a part of a job. */
export interface TensorBoardDto {
  port: number;
  /** Folder whose events it shows. */
  folder: string;
}

/** Requests about what runs inside a job. */
export const insideRequests = {
  /** The Python programs of a part of a job, at least one. */
  pythonProcesses: request<FilesPlaceDto, { processes: PythonProcessDto[] }>('gpuctl/inside/python'),
  /** Lets the debugger into one of them; `port` is where it listens in the job. */
  attachDebugger: request<FilesPlaceDto & { pid: number }, { port: number }>('gpuctl/inside/debug'),
  /** Shows what a part of a job wrote for TensorBoard; answered when it can be seen. `id` is the client's own. */
  startTensorBoard: request<FilesPlaceDto & { id: string }, TensorBoardDto>('gpuctl/inside/tensorBoard'),
  stopTensorBoard: request<{ id: string }, void>('gpuctl/inside/stopTensorBoard'),
} as const;
