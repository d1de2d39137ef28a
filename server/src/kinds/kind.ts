import type { Value } from '../model/canonical.ts';
import type { RuleFinding } from '../model/finding.ts';
import type { JsonSchema } from '../model/schema.ts';
import type { Validate } from '../model/schemaFindings.ts';

/** What a job needs from the cluster, in words that no framework or Kubernetes version changes. */
export interface Demand {
  /** Name of the pool; `undefined` stands for the nodes that belong to none. */
  pool: string | undefined;
  gpuType: string | undefined;
  /** Pods that run at once. */
  pods: number;
  gpusPerPod: number;
  /** Millicores of each pod; `undefined` if none are asked for. */
  cpuMillis: number | undefined;
  /** Bytes of each pod. */
  memoryBytes: number | undefined;
  /** Whether no two pods may share a node. */
  onePodPerNode: boolean;
  sameRack: 'preferred' | 'required' | 'off';
}

/** Parts that every job kind has, with defaults filled in. */
export interface JobModel {
  kind: string;
  name: string;
  namespace: string | undefined;
  priority: 'high' | 'medium' | 'low';
  description: string | undefined;
  /** Which framework builds the resources. */
  framework: string;
  demand: Demand;
  environment: {
    image: string;
    imagePullSecret: string | undefined;
    command: string[];
    args: string[];
    env: EnvEntry[];
  };
  /** Environment that the document asks for beside `env`. */
  extraEnv: { name: string; value: string }[];
  workdirs: Workdir[];
  cpu: string | undefined;
  memory: string | undefined;
}

export type EnvEntry = { name: string; value: string } | { name: string; secret: string; key: string };

/** A mounted directory, and where it comes from. */
export interface Workdir {
  path: string;
  readOnly: boolean;
  source:
    | { from: 'hostPath'; path: string }
    | { from: 'claim'; name: string }
    | { from: 'nfs'; server: string; path: string }
    | { from: 'new'; size: string; storageClass: string | undefined };
}

/** One kind of document: its shape, its meaning, and the rules that a schema cannot say. All of it pure. */
export interface Kind<Model = unknown> {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly validate: Validate;
  /** Meaning of a document that has passed `validate`, with every default filled in. */
  toModel(value: Value): Model;
  rules(model: Model): RuleFinding[];
}
