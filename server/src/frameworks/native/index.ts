import { KINDS, kindNamed } from '../../kinds/index.ts';
import type { JobModel } from '../../kinds/kind.ts';
import type { BuiltJob } from '../../kinds/manifests/built.ts';
import type { Site } from '../../kinds/manifests/site.ts';
import { toWorkload } from '../../state/project.ts';
import type { Framework } from '../framework.ts';

/** Needs nothing installed in the cluster: what each kind becomes of plain Kubernetes resources. */
export const native: Framework = {
  name: 'native',
  builds: KINDS.map(({ name }) => name),
  build(model: JobModel, site: Site): BuiltJob {
    return kindNamed(model.kind)?.build(model, site) as BuiltJob;
  },
  watches: [
    { apiVersion: 'batch/v1', kind: 'Job', toWorkload },
    { apiVersion: 'apps/v1', kind: 'Deployment', toWorkload },
    { apiVersion: 'apps/v1', kind: 'StatefulSet', toWorkload },
  ],
};
