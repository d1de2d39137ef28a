import type { Value } from '../model/canonical.ts';
import type { JsonSchema } from '../model/schema.ts';
import type { Validate } from '../model/schemaFindings.ts';
import type { RecognisedTool } from '../tools/index.ts';
import type { JobSections } from './job.ts';
import type { Built, BuiltJob } from './manifests/built.ts';
import type { Site } from './manifests/site.ts';
import type { Rule } from './rule.ts';

/** What every document has. */
export interface DocumentModel {
  kind: string;
  name: string;
}

/** Whether a document is a job: training, inference, notebook or compute. */
export const isJob = (model: DocumentModel | undefined): model is JobModel => model !== undefined && 'demand' in model;

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
export interface JobModel extends DocumentModel {
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
  /** The known program that it runs; `undefined` where none is recognised. */
  tool: RecognisedTool | undefined;
  /** Arguments that are put behind the command because the tool needs them and they follow from the rest. */
  addedArgs: readonly string[];
  /** The shared sections as they are written, by their canonical keys: rules tell by them what is absent. */
  sections: JobSections;
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

/** How people reach a service. */
export interface ServiceModel {
  replicas: number;
  port: number;
  /** HTTP path that answers when the service is well; `undefined` where none is known. */
  healthCheck: string | undefined;
  /** Seconds that one request may take; `undefined` for no limit. */
  timeoutSeconds: number | undefined;
  expose: 'cluster' | 'nodePort' | 'loadBalancer';
}

/** One kind of document: its shape, its meaning, and the rules that a schema cannot say. All of it pure. */
export interface Kind<Model extends DocumentModel = DocumentModel> {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly validate: Validate;
  /** Root sections, any of which (complete or half-typed) marks a document in a plain YAML file as ours. */
  readonly marks: readonly string[];
  /** Meaning of a document that has passed `validate`, with every default filled in. */
  toModel(value: Value): Model;
  readonly rules: readonly Rule<Model>[];
  /** The resources that it becomes on a cluster with nothing added to it. */
  build(model: Model, site: Site): Model extends JobModel ? BuiltJob : Built;
}
