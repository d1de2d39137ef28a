import type { DocumentModel } from '../kind.ts';
import type { Pool } from './pool.generated.ts';

/** What a pool document means. */
export interface PoolModel extends DocumentModel {
  kind: 'pool';
  description: string | undefined;
  nodes: { name: string; gpuType: string | undefined }[];
  site: {
    rackLabel?: string;
    network?: 'pod' | 'host';
    ncclSocketIfname?: string;
    rdmaResource?: string;
    storageClass?: string;
    queue?: string;
    prometheus?: string;
    restricted?: boolean;
  };
  /** The document as it is written, by canonical keys. */
  sections: Pool;
}
