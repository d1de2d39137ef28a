/** A Kubernetes object as it goes over the wire; unknown fields are kept. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: KubeMetadata;
  [field: string]: unknown;
}

export interface KubeMetadata {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean }[];
  [field: string]: unknown;
}

/** The prefixes of our labels and annotations: ours, and that of the older command-line tool. Both are read, one is written. */
export const LABEL_PREFIXES = ['gpuctl', 'runwhere.ai'] as const;
export type LabelPrefix = (typeof LABEL_PREFIXES)[number];

/** The value of one of our labels or annotations, under either prefix. */
export function ourLabel(labels: Record<string, string> | undefined, name: string): string | undefined {
  for (const prefix of LABEL_PREFIXES) {
    const value = labels?.[`${prefix}/${name}`];
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The prefix under which an object of ours bears its labels. */
export const prefixOf = ({ metadata: { labels = {} } }: KubeObject): LabelPrefix =>
  LABEL_PREFIXES.find((prefix) => labels[`${prefix}/job-type`] !== undefined) ?? LABEL_PREFIXES[0];
