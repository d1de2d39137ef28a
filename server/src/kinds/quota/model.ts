import type { DocumentModel } from '../kind.ts';
import type { Quota } from './quota.generated.ts';

/** What a quota document means; defaults are filled in for each namespace. */
export interface QuotaModel extends DocumentModel {
  kind: 'quota';
  description: string | undefined;
  /** Kubernetes quantities as written; `undefined` for no limit. */
  namespaces: { name: string; cpu: string | undefined; memory: string | undefined; gpu: string | undefined }[];
  /** The document as it is written, by canonical keys. */
  sections: Quota;
}
