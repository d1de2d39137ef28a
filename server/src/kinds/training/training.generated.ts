// Generated from training.schema.json by `npm run generate`.

export type Version = string | number | boolean;
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
export type PositiveCount = number;
/**
 * An image such as `registry.example.com/team/image:tag`, as container registries name it.
 */
export type Image = string;
/**
 * Lower-case letters, digits, `-` and `.`; begins and ends with a letter or digit.
 */
export type ResourceName = string;
export type Env =
  | {
      name: EnvName;
      value?: Text;
      secret?: ResourceName;
      key?: Text;
    }[]
  | {
      [k: string]: Text;
    };
/**
 * Letters, digits, `_`, `-` and `.`, and no digit in front.
 */
export type EnvName = string;
/**
 * Letters, digits, `-`, `_` and `.`; begins and ends with a letter or digit; at most 63 characters; not empty.
 */
export type PoolName = string;
/**
 * A whole number, 0 or more.
 */
export type Count = number;
/**
 * A quantity as Kubernetes reads it: `400Gi`, `32G`, `500m`. `32G` (powers of 1000) is less than `32Gi` (powers of 1024).
 */
export type Quantity = string | number;
/**
 * An absolute path without `..` and `:`.
 */
export type MountPath = string;
/**
 * An absolute path without `..`.
 */
export type AbsolutePath = string;
/**
 * A time span: `90s`, `15m`, `12h`, `2d`, `1h30m`. A bare number is seconds.
 */
export type Duration = string | number;

/**
 * A training job: runs to its end, on one or several nodes.
 */
export interface Training {
  /**
   * What this document is: a training, an inference service, a notebook, a computation, a pool or a quota.
   */
  kind: 'training';
  version?: Version;
  job: Job;
  environment: Environment;
  resources?: Resources;
  storage?: Storage;
  /**
   * What runs the training. `native` needs nothing to be installed in the cluster.
   */
  framework?: 'native' | 'kubeflow' | 'verl';
  /**
   * DeepSpeed settings, made for you. Batch size, learning rate and precision are left to the trainer.
   */
  deepspeed?: {
    /**
     * ZeRO stage: what is split over the GPUs instead of being held by each.
     */
    stage?: 0 | 1 | 2 | 3;
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
   * How the nodes of the training talk to each other. The settings of the pool are the default.
   */
  distributed?: {
    /**
     * Network that the nodes use.
     */
    network?: 'auto' | 'pod' | 'host';
    ncclSocketIfname?: Text;
    /**
     * Use the RDMA devices of the pool.
     */
    rdma?: boolean;
    /**
     * Whether the nodes have to stand in one rack.
     */
    sameRack?: 'preferred' | 'required' | 'off';
  };
  /**
   * Where results and checkpoints are written.
   */
  output?: {
    /**
     * Directory of the checkpoints. On shared storage the job can go on from them on any node.
     */
    dir?: string;
    /**
     * Go on from the newest checkpoint when the job starts again; needs `output.dir`. A first run starts from the beginning.
     */
    resumeFromCheckpoint?: boolean;
  };
  retries?: Count;
  timeout?: Duration;
}
export interface Job {
  name: DnsLabel;
  namespace?: DnsLabel;
  /**
   * How urgent the job is. `high` and `medium` may push out jobs of lower priority, `low` never does.
   */
  priority?: 'high' | 'medium' | 'low';
  description?: Text;
  epochs?: PositiveCount;
  batchSize?: PositiveCount;
}
export interface Environment {
  image: Image;
  imagePullSecret?: ResourceName;
  /**
   * Program and arguments, one list item for each word. Default: what the image starts. Numbers and `true`/`false` are taken as they are written.
   */
  command?: Text[];
  /**
   * Arguments that are put behind `command`, or behind what the image starts.
   */
  args?: Text[];
  env?: Env;
}
export interface Resources {
  pool?: PoolName;
  gpu?: Count;
  acceleratorCount?: Count;
  gpuType?: Text;
  nodeCount?: PositiveCount;
  queue?: ResourceName;
  cpu?: Quantity;
  memory?: Quantity;
  gpuShare?: Quantity;
}
export interface Storage {
  /**
   * Directories to mount. The first one is where relative paths begin.
   */
  workdirs?: {
    path: MountPath;
    hostPath?: AbsolutePath;
    claim?: ResourceName;
    /**
     * Directory of an NFS server.
     */
    nfs?: {
      /**
       * Address of the NFS server.
       */
      server: string;
      path: AbsolutePath;
    };
    size?: Quantity;
    storageClass?: ResourceName;
    /**
     * The job may only read.
     */
    readOnly?: boolean;
  }[];
}
