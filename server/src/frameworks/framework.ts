import type { JobModel } from '../kinds/kind.ts';
import type { BuiltJob } from '../kinds/manifests/built.ts';
import type { Site } from '../kinds/manifests/site.ts';

/** Builds the resources of jobs, and says what is lost of the document on the way. */
export interface Framework {
  readonly name: string;
  /** Kinds of jobs that it builds. */
  readonly builds: readonly string[];
  build(model: JobModel, site: Site): BuiltJob;
}
