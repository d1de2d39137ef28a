import type { KubeObject } from '../model/kubeObject.ts';
import { podRequests } from '../state/amounts.ts';
import { type BoundSpec, hostPortsOf } from '../state/project.ts';
import type { Amounts } from '../state/records.ts';

/** A condition on a label, or on the name of a node (`metadata.name`). */
export interface Expression {
  key: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  values?: readonly string[];
}

export interface Toleration {
  key?: string;
  operator?: 'Exists' | 'Equal';
  value?: string;
  effect?: string;
}

/** What the scheduler looks at in a pod (kube-scheduler 1.31–1.36, default filters). */
export interface PodNeeds {
  /** What is set aside for it. */
  requests: Amounts;
  /** What it may use at most: of our pods what they ask for. */
  limits: Amounts;
  /** Labels that its node must have. */
  selector: readonly (readonly [key: string, value: string])[];
  /** Any one of these terms must hold, each with all its conditions; none: any node will do. */
  terms: readonly (readonly Expression[])[];
  tolerations: readonly Toleration[];
  hostPorts: readonly string[];
  /** Whether no two pods of the job may share a node. */
  apart: boolean;
  priorityClass: string | undefined;
}

interface Spec extends BoundSpec {
  nodeSelector?: Record<string, string>;
  tolerations?: Toleration[];
  priorityClassName?: string;
  affinity?: {
    nodeAffinity?: {
      requiredDuringSchedulingIgnoredDuringExecution?: {
        nodeSelectorTerms?: { matchExpressions?: Expression[]; matchFields?: Expression[] }[];
      };
    };
    podAntiAffinity?: { requiredDuringSchedulingIgnoredDuringExecution?: { topologyKey: string }[] };
  };
}

/** Reads what a pod needs out of its manifest, so that what is judged is what will be submitted. */
export function readPodNeeds(pod: KubeObject): PodNeeds {
  const spec = (pod.spec ?? {}) as Spec;
  const { nodeAffinity, podAntiAffinity } = spec.affinity ?? {};
  const terms = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const keptApart = podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const requests = podRequests(spec);
  return {
    requests,
    limits: requests,
    selector: Object.entries(spec.nodeSelector ?? {}),
    terms: terms.map(({ matchExpressions = [], matchFields = [] }) => [...matchExpressions, ...matchFields]),
    tolerations: spec.tolerations ?? [],
    hostPorts: hostPortsOf(spec) ?? [],
    apart: keptApart.some(({ topologyKey }) => topologyKey === 'kubernetes.io/hostname'),
    priorityClass: spec.priorityClassName,
  };
}
