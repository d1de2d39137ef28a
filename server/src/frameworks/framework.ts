import type { JobModel } from '../kinds/kind.ts';
import type { BuiltJob } from '../kinds/manifests/built.ts';
import type { Site } from '../kinds/manifests/site.ts';
import type { KubeObject } from '../model/kubeObject.ts';
import type { WorkloadRecord } from '../state/records.ts';

/** Builds the resources of jobs, and says what is lost of the document on the way. */
export interface Framework {
  readonly name: string;
  /** Kinds of jobs that it builds. */
  readonly builds: readonly string[];
  build(model: JobModel, site: Site): BuiltJob;
  /** Main resources of its jobs, which are followed, and what is kept of each: `undefined` for what is not ours. */
  readonly watches: readonly {
    apiVersion: string;
    kind: WorkloadRecord['resource'];
    toWorkload(object: KubeObject): WorkloadRecord | undefined;
  }[];
}
