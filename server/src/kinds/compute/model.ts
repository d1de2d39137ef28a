import type { JobSections } from '../job.ts';
import type { JobModel, ServiceModel } from '../kind.ts';
import type { Compute } from './compute.generated.ts';

/** What a compute document means, defaults filled in. `demand.pods` is the number of replicas. */
export interface ComputeModel extends JobModel {
  kind: 'compute';
  service: ServiceModel;
  sections: Compute & JobSections;
}
