import type { JobSections } from '../job.ts';
import type { JobModel, ServiceModel } from '../kind.ts';
import type { Inference } from './inference.generated.ts';

/** What an inference document means, defaults filled in. `demand.pods` is the number of replicas. */
export interface InferenceModel extends JobModel {
  kind: 'inference';
  service: ServiceModel;
  autoscaling: Autoscaling | undefined;
  /** As written, else as guessed from image and command, else `custom`. */
  engine: Engine;
  /** What is served, as free text for people and annotations. */
  served: { source?: string; name?: string; version?: string; format?: string; cache?: string };
  sections: Inference & JobSections;
}

export type Engine = 'vllm' | 'sglang' | 'triton' | 'tgi' | 'custom';

/** Bounds of the number of replicas, and what it follows. */
export interface Autoscaling {
  minReplicas: number;
  maxReplicas: number;
  /** Percent for utilizations, requests a second for `qps`, requests for `queueLength`. */
  targets: { metric: 'gpuUtilization' | 'gpuMemoryUtilization' | 'qps' | 'queueLength'; value: number }[];
}
