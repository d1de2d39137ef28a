// Generated from pool.schema.json by `npm run generate`.

export type Version = string | number | boolean;
/**
 * Letters, digits, `-`, `_` and `.`; begins and ends with a letter or digit; at most 63 characters; not empty.
 */
export type PoolName = string;
/**
 * A string. A number or `true`/`false` is taken as it is written.
 */
export type Text = string | number | boolean;
/**
 * A name such as `topology.example.com/rack`: an optional domain and `/`, then letters, digits, `-`, `_` and `.`.
 */
export type LabelKey = string;
/**
 * Lower-case letters, digits, `-` and `.`; begins and ends with a letter or digit.
 */
export type ResourceName = string;

/**
 * A group of nodes that jobs can ask for.
 */
export interface Pool {
  /**
   * What this document is: a training, an inference service, a notebook, a computation, a pool or a quota.
   */
  kind: 'pool' | 'resource';
  version?: Version;
  /**
   * The pool: a group of nodes for one purpose.
   */
  pool: {
    name: PoolName;
    description?: Text;
    /**
     * What jobs in this pool need to know of the site, so that no job has to say it.
     */
    site?: {
      rackLabel?: LabelKey;
      /**
       * Network that jobs on several nodes use here.
       */
      network?: 'pod' | 'host';
      ncclSocketIfname?: Text;
      rdmaResource?: LabelKey;
      storageClass?: ResourceName;
      queue?: ResourceName;
      prometheus?: Text;
      /**
       * Only those who were given the right may use this pool.
       */
      restricted?: boolean;
    };
  };
  /**
   * Nodes of the pool by name. Nodes that leave the list leave the pool.
   */
  nodes?: {
    [k: string]: {
      gpuType?: Text;
    } | null;
  };
}
