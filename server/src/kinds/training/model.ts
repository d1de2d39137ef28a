import type { JobSections } from '../job.ts';
import type { JobModel } from '../kind.ts';
import type { Training } from './training.generated.ts';

/** What a training document means, defaults filled in. */
export interface TrainingModel extends JobModel {
  kind: 'training';
  /** Generated DeepSpeed settings; `undefined` where the document asks for none or brings its own file. */
  deepspeed: DeepSpeed | undefined;
  distributed: { network: 'auto' | 'pod' | 'host'; ncclSocketIfname: string | undefined; rdma: boolean };
  output: { dir: string | undefined; resumeFromCheckpoint: boolean };
  /** Further tries after the first. */
  retries: number;
  /** Seconds until the job is ended; `undefined` for no limit. */
  timeoutSeconds: number | undefined;
  sections: Training & JobSections;
}

/** DeepSpeed settings. `generate: false` is the user's own file at `path`. */
export interface DeepSpeed {
  generate: boolean;
  stage: 0 | 1 | 2 | 3;
  offload: 'none' | 'cpu' | 'nvme';
  /** The user's own settings, which win. */
  config: Record<string, unknown>;
  /** Absolute path in the job. */
  path: string;
}
