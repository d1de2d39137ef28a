// Generated from compute.schema.json by `npm run generate`.

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
 * A port: a whole number from 1 to 65535.
 */
export type Port = number;
/**
 * A path of a web address, such as `/health`.
 */
export type HttpPath = string;
/**
 * A time span: `90s`, `15m`, `12h`, `2d`, `1h30m`. A bare number is seconds.
 */
export type Duration = string | number;
export type Expose = 'cluster' | 'nodePort' | 'loadBalancer';

/**
 * A service of any other sort.
 */
export interface Compute {
  /**
   * What this document is: a training, an inference service, a notebook, a computation, a pool or a quota.
   */
  kind: 'compute';
  version?: Version;
  job: Job;
  environment: Environment;
  resources?: Resources;
  storage?: Storage;
  service?: Service;
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
export interface Service {
  replicas?: Count;
  port?: Port;
  healthCheck?: HttpPath;
  timeout?: Duration;
  expose?: Expose;
}
