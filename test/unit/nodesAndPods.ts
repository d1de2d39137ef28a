import { Outlook } from '../../server/src/capacity/outlook.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { ClusterState } from '../../server/src/state/clusterState.ts';
import { toNode, toPod } from '../../server/src/state/project.ts';

/** What is said of a node. */
export interface NodeOptions {
  pool?: string;
  gpus?: number;
  type?: string;
  cordoned?: boolean;
  ready?: boolean;
  taint?: string;
  prefix?: string;
  rack?: string;
  /** Other resources that the node offers. */
  more?: Record<string, string>;
}
/** A node as Kubernetes tells it. */
export function node(
  name: string,
  { pool, gpus = 8, type = 'A100-80G', cordoned, ready = true, taint, prefix = 'gpuctl', rack, more }: NodeOptions,
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        ...(rack && { 'topology.kubernetes.io/rack': rack }),
        ...(pool && { [`${prefix}/pool`]: pool }),
        ...(gpus && type && { [`${prefix}/gpu-type`]: type, 'nvidia.com/gpu.product': `NVIDIA-${type}` }),
      },
    },
    spec: { unschedulable: cordoned, taints: taint ? [{ key: taint, effect: 'NoSchedule' }] : [] },
    status: {
      allocatable: {
        cpu: '64',
        memory: '512Gi',
        pods: '110',
        ...(gpus && { 'nvidia.com/gpu': String(gpus) }),
        ...more,
      },
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'Unknown' }],
    },
  };
}
/** A pod of somebody else that holds accelerators, and that no job pushes out. */
export function pod(
  name: string,
  on: string | undefined,
  gpus: number,
  phase = 'Running',
  more: object = {},
  resource = 'nvidia.com/gpu',
  memory?: string,
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'others', uid: name, ...more },
    spec: {
      nodeName: on,
      priority: 1_000_000,
      containers: [{ resources: { limits: { [resource]: String(gpus), ...(memory && { memory }) } } }],
    },
    status: { phase },
  };
}
/** The state of a cluster that has just been listed. */
export function stateOf(nodes: KubeObject[], pods: KubeObject[]): ClusterState {
  const state = new ClusterState();
  state.applyNodes([{ type: 'reset', items: nodes.map(toNode) }]);
  state.applyPods([{ type: 'reset', items: pods.map(toPod) }]);
  return state;
}
/** Puts a node into the one pool. */
export const POOL = { pool: 'training-pool' };
/** 4 nodes × 8; free 0, 4, 3, 7. */
export const fourteenFree = () =>
  stateOf(
    [
      node('n1', POOL),
      node('n2', POOL),
      node('n3', POOL),
      node('n4', POOL),
      node('n5', { ...POOL, cordoned: true }),
      node('n6', { ...POOL, ready: false }),
    ],
    [pod('a', 'n1', 8), pod('b', 'n2', 4), pod('c', 'n3', 5), pod('d', 'n4', 1)],
  );

/** A state as jobs of the namespace `default` are judged on it. */
export const outlookOn = (state: ClusterState): Outlook =>
  new Outlook(state, { namespace: 'default', labelPrefix: undefined, prometheus: undefined });
