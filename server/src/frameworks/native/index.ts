import type { JobModel } from '../../kinds/kind.ts';
import type { TrainingModel } from '../../kinds/training/model.ts';
import type { BuiltJob, Framework, Site } from '../framework.ts';
import { buildTraining } from './training.ts';

/** Needs nothing installed in the cluster: plain Kubernetes resources. */
export const native: Framework = {
  name: 'native',
  builds: ['training'],
  build(model: JobModel, site: Site): BuiltJob {
    return buildTraining(model as TrainingModel, site);
  },
};
