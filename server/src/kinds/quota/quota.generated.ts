// Generated from quota.schema.json by `npm run generate`.

export type Version = string | number | boolean;
/**
 * Lower-case letters, digits, `-` and `.`; begins and ends with a letter or digit.
 */
export type ResourceName = string;
/**
 * A string. A number or `true`/`false` is taken as it is written.
 */
export type Text = string | number | boolean;
/**
 * A quantity as Kubernetes reads it: `400Gi`, `32G`, `500m`. `32G` (powers of 1000) is less than `32Gi` (powers of 1024).
 */
export type Quantity = string | number;
/**
 * A whole number, 0 or more.
 */
export type Count = number;

/**
 * What namespaces may use in all.
 */
export interface Quota {
  /**
   * What this document is: a training, an inference service, a notebook, a computation, a pool or a quota.
   */
  kind: 'quota';
  version?: Version;
  /**
   * The quota: what namespaces may use in all.
   */
  quota: {
    name: ResourceName;
    description?: Text;
  };
  /**
   * Amounts for the namespaces that leave one out. An amount that is missing in both places is not limited.
   */
  default?: {
    cpu?: Quantity;
    memory?: Quantity;
    gpu?: Count;
  };
  /**
   * Namespaces with their amounts. One that does not exist is made.
   */
  namespace?: {
    [k: string]: {
      cpu?: Quantity;
      memory?: Quantity;
      gpu?: Count;
    } | null;
  };
}
