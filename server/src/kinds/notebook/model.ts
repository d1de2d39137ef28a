import type { JobSections } from '../job.ts';
import type { JobModel, ServiceModel } from '../kind.ts';
import type { Notebook } from './notebook.generated.ts';

/** What a notebook document means, defaults filled in. */
export interface NotebookModel extends JobModel {
  kind: 'notebook';
  service: Pick<ServiceModel, 'port' | 'expose'>;
  token: NotebookToken;
  sections: Notebook & JobSections;
}

/** Where the token of a notebook comes from; `empty`: it is set to nothing, so that everyone who reaches the port may use it. */
export type NotebookToken =
  | { from: 'gpuctl' }
  | { from: 'command' | 'args' | 'env'; index: number | string; empty: boolean };
