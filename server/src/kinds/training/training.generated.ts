// Generated from schemas/training.schema.json by `npm run generate`.

/**
 * Version of the dialect. `v0.1` and `v1` mean the same today.
 */
export type Version = string | number;
/**
 * Lower-case letters, digits and `-`; begins and ends with a letter or digit; at most 63 characters.
 */
export type DnsLabel = string;
/**
 * A string. A number or `true`/`false` is taken as it is written.
 */
export type Text = string | number | boolean;
/**
 * A whole number, 1 or more.
 */
export type PositiveCount = number | string;
/**
 * Lower-case letters, digits, `-` and `.`; begins and ends with a letter or digit.
 */
export type ResourceName = string;
/**
 * Environment variables: a list of `{name, value}` (or `{name, secret, key}`), or a mapping `NAME: value`.
 */
export type Env =
  | {
      /**
       * Name of the variable.
       */
      name: string;
      value?: Text;
      secret?: ResourceName;
      key?: Text;
    }[]
  | {
      [k: string]: Text;
    };
/**
 * Letters, digits, `-`, `_` and `.`; begins and ends with a letter or digit; at most 63 characters.
 */
export type LabelValue = string;
/**
 * A whole number, 0 or more.
 */
export type Count = number | string;
/**
 * A quantity as Kubernetes reads it: `400Gi`, `32G`, `500m`. `32G` (powers of 1000) is less than `32Gi` (powers of 1024).
 */
export type Quantity = string | number;
/**
 * A time span: `90s`, `15m`, `12h`, `2d`, `1h30m`. A bare number is seconds.
 */
export type Duration = string | number;

/**
 * A training job: runs to its end, on one or several nodes.
 */
export interface Training {
  /**
   * A training job.
   */
  kind: 'training';
  version?: Version;
  job: Job;
  environment: Environment;
  resources?: Resources;
  storage?: Storage;
  /**
   * What runs the job: `native` needs nothing to be installed in the cluster.
   */
  framework?: 'native' | 'kubeflow' | 'verl';
  /**
   * DeepSpeed configuration, made for you. Batch size, learning rate and precision are left to the trainer.
   */
  deepspeed?: {
    /**
     * ZeRO stage: 1 splits optimizer states over the GPUs, 2 gradients too, 3 parameters too.
     */
    stage?: 0 | 1 | 2 | 3 | '0' | '1' | '2' | '3';
    /**
     * Where optimizer states (and at stage 3 parameters) go that do not fit into GPU memory.
     */
    offload?: 'none' | 'cpu' | 'nvme';
    /**
     * Your own DeepSpeed settings; they win over the generated ones.
     */
    config?: {
      [k: string]: unknown;
    };
    path?: Text;
  };
  /**
   * How the nodes of the job talk to each other. The pool's own settings are the default.
   */
  distributed?: {
    /**
     * Network to use; `auto` takes what the pool says.
     */
    network?: 'auto' | 'pod' | 'host';
    ncclSocketIfname?: Text;
    /**
     * Use the pool's RDMA devices.
     */
    rdma?: boolean;
    /**
     * Whether all nodes have to stand in one rack.
     */
    sameRack?: 'preferred' | 'required' | 'off';
  };
  /**
   * Where results and checkpoints are written.
   */
  output?: {
    /**
     * Directory of checkpoints.
     */
    dir?: string;
    /**
     * Go on from the newest checkpoint when the job starts again.
     */
    resumeFromCheckpoint?: boolean;
  };
  retries?: Count;
  timeout?: Duration;
}
/**
 * Who this job is.
 */
export interface Job {
  name: DnsLabel;
  namespace?: DnsLabel;
  /**
   * `high` and `medium` may push out jobs of lower priority, `low` never does.
   */
  priority?: 'high' | 'medium' | 'low';
  description?: Text;
  epochs?: PositiveCount;
  batchSize?: PositiveCount;
}
/**
 * What runs: image, command, arguments and environment variables.
 */
export interface Environment {
  /**
   * Container image, with a tag or digest.
   */
  image: string;
  imagePullSecret?: ResourceName;
  /**
   * Program and arguments, one list item each. Default: what the image starts.
   */
  command?: Text[];
  /**
   * Arguments that are put behind `command` (or behind what the image starts).
   */
  args?: Text[];
  env?: Env;
}
/**
 * What the job needs to run.
 */
export interface Resources {
  pool?: LabelValue;
  gpu?: Count;
  acceleratorCount?: Count;
  gpuType?: Text;
  nodeCount?: PositiveCount;
  queue?: ResourceName;
  cpu?: Quantity;
  memory?: Quantity;
  gpuShare?: Quantity;
}
/**
 * Directories that the job sees.
 */
export interface Storage {
  /**
   * Directories to mount. The first one is where relative paths begin.
   */
  workdirs?: {
    /**
     * Where the job sees it: an absolute path.
     */
    path: string;
    /**
     * Directory on the node. Default: the same as `path`.
     */
    hostPath?: string;
    claim?: ResourceName;
    /**
     * Directory of an NFS server.
     */
    nfs?: {
      /**
       * Address of the server.
       */
      server: string;
      /**
       * Directory it exports.
       */
      path: string;
    };
    size?: Quantity;
    storageClass?: ResourceName;
    /**
     * The job may only read.
     */
    readOnly?: boolean;
  }[];
}
