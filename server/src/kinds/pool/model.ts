import type { DocumentModel } from '../kind.ts';
import type { PoolSite } from '../manifests/site.ts';
import type { Pool } from './pool.generated.ts';

/** What a pool document means. */
export interface PoolModel extends DocumentModel {
  kind: 'pool';
  description: string | undefined;
  nodes: { name: string; gpuType: string | undefined }[];
  site: PoolSite;
  /** The document as it is written, by canonical keys. */
  sections: Pool;
}
