import type { JobRef } from './jobs.ts';

/** A failure as a person reads it. Also the `data` of every ResponseError of ours. */
export interface FailureDto {
  code: string;
  message: string;
  hint?: string;
  /** Raw cause, shown on demand. */
  detail?: string;
  /** What can be done next, in order; the client has a command for each. */
  actions: FailureAction[];
}
export type FailureAction =
  | { do: 'openJob'; job: JobRef }
  | { do: 'rename'; uri: string; line: number; character: number; length: number }
  | { do: 'selectTarget' }
  | { do: 'openKubeconfig'; path: string }
  | { do: 'retry' };
