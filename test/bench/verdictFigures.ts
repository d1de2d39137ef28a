/**
 * How long a verdict takes for a document that was just edited, from the held state of the large cluster: in one of its pools, and were all
 * of it one pool. `node test/bench/verdictFigures.ts` runs it alone.
 */
import { Outlook } from '../../server/src/capacity/outlook.ts';
import type { Verdict } from '../../server/src/capacity/verdict.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import { isJob, type JobModel } from '../../server/src/kinds/kind.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { ClusterState } from '../../server/src/state/clusterState.ts';
import { toNode, toPod } from '../../server/src/state/project.ts';
import { toPriority, toQuota } from '../../server/src/state/projectLimits.ts';
import { recordedNode, recordedPod, SIZE } from './recordedCluster.ts';

/** Milliseconds that verdicts of one kind took. */
export interface VerdictFigure {
  verdict: Verdict['is'];
  /** Nodes of the pool. */
  nodes: number;
  median: number;
  max: number;
}

const RUNS = 60;
const WARM_UP = 20;

/** What documents ask for, so that each verdict is among the answers; `gpuNodes` are those of the pool, `open` those of them that take jobs. */
const asks = (gpuNodes: number, open: number): [resources: string, more?: string][] => [
  ['gpu: 2, cpu: 4, memory: 16Gi'],
  ['gpu: 8, nodeCount: 8, cpu: 4, memory: 16Gi'],
  ['gpu: 16, nodeCount: 2, cpu: 4, memory: 16Gi', 'high'],
  [`gpu: ${8 * open}, nodeCount: ${open}`, 'low'],
  ['gpu: 8, cpu: 1', 'low'],
  ['gpu: 2, cpu: 127', 'low'],
  ['gpu: 2, memory: 1Gi', 'medium, namespace: strict'],
  ['gpu: 2, cpu: 16', 'medium, namespace: strict'],
  ['gpu: 48, nodeCount: 12, cpu: 1', 'low\ndistributed: {sameRack: required}'],
  ['gpu: 64, nodeCount: 16', 'medium\ndistributed: {sameRack: required}'],
  [`gpu: ${8 * gpuNodes}, nodeCount: ${gpuNodes}`],
  [`gpu: ${8 * gpuNodes + 8}, nodeCount: ${gpuNodes + 1}`],
  ['gpu: 9'],
  [`gpu: ${gpuNodes + 1}, nodeCount: ${gpuNodes + 1}`],
  ['gpu: 2, cpu: 500'],
  ['gpu: 2, gpuType: B300'],
];

/** The state with the pools that it has, of 250 nodes each, or with but one. */
function heldState(inOne: boolean): ClusterState {
  const state = new ClusterState();
  const nodes = Array.from({ length: SIZE.nodes }, (_, index) => {
    const node = recordedNode(index);
    if (inOne) node.metadata.labels = { ...node.metadata.labels, 'gpuctl/pool': 'pool-0' };
    return toNode(node);
  });
  const pods = Array.from({ length: SIZE.pods }, (_, index) => {
    const pod = recordedPod(index);
    // Two nodes in three are full of training, half of it of less priority than others.
    Object.assign(pod.spec as object, { priority: index % 3 ? 500_000 : 100 });
    return toPod(pod);
  });
  state.applyNodes([{ type: 'reset', items: nodes }]);
  state.applyPods([{ type: 'reset', items: pods }]);
  const hard = { cpu: '8', 'requests.nvidia.com/gpu': '100' };
  const quota: KubeObject = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'strict', namespace: 'strict' },
    spec: { hard },
    status: { hard, used: { cpu: '0', 'requests.nvidia.com/gpu': '0' } },
  };
  state.applyQuotas([{ type: 'reset', items: [toQuota(quota) ?? []].flat() }]);
  state.applyPriorities([
    {
      type: 'reset',
      items: ['high', 'medium', 'low'].map((name, index) =>
        toPriority({
          apiVersion: 'scheduling.k8s.io/v1',
          kind: 'PriorityClass',
          metadata: { name: `gpuctl-${name}` },
          value: [1_000_000, 500_000, 100][index],
        } as KubeObject),
      ),
    },
  ]);
  return state;
}

const text = (resources: string, more = 'medium') => {
  const [job, rest = ''] = more.split('\n');
  return `kind: training
job: {name: edited, priority: ${job}}
environment: {image: example/train:1, command: [torchrun, train.py]}
resources: {pool: pool-0, ${resources}}
${rest}`;
};

function modelOf(yaml: string): JobModel {
  const model = readDocument(yaml, 'gpuctl')?.model;
  if (!model || !isJob(model)) throw new Error(`no job: ${yaml}`);
  return model;
}

/** Times of all verdicts. */
export function verdictFigures(): VerdictFigure[] {
  return [false, true].flatMap((inOne) => {
    const state = heldState(inOne);
    const members = [...state.nodesIn('pool-0')];
    const withGpus = members.filter(({ gpuType }) => gpuType !== undefined);
    const open = withGpus.filter(({ ready, cordoned }) => ready && !cordoned);
    const nodes = members.length;
    const outlook = new Outlook(state, { namespace: 'default', labelPrefix: undefined, prometheus: undefined });
    const byVerdict = new Map<Verdict['is'], number[]>();
    for (const [resources, more] of asks(withGpus.length, open.length)) {
      // A fresh model each time, as after a key.
      const models = Array.from({ length: RUNS + WARM_UP }, () => modelOf(text(resources, more)));
      const times = models.map((model): [Verdict['is'], number] => {
        const began = performance.now();
        const { is } = outlook.verdict(model);
        return [is, performance.now() - began];
      });
      for (const [is, time] of times.slice(WARM_UP)) byVerdict.set(is, [...(byVerdict.get(is) ?? []), time]);
    }
    return [...byVerdict].map(([verdict, times]) => {
      times.sort((a, b) => a - b);
      return { verdict, nodes, median: times[times.length >> 1] as number, max: times.at(-1) as number };
    });
  });
}

if (import.meta.main) console.table(verdictFigures());
