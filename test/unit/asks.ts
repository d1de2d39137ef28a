import type { Ask } from '../../server/src/capacity/ask.ts';
import { readPodNeeds } from '../../server/src/capacity/podNeeds.ts';
import type { Verdict } from '../../server/src/capacity/verdict.ts';

export const GPU = 'nvidia.com/gpu';

/** A job of medium priority in the one pool, of pods with a spec. */
export function ask(spec: object, more: Partial<Ask> = {}): Ask {
  const needs = readPodNeeds({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'job' }, spec });
  return {
    name: 'job',
    namespace: 'team',
    pool: 'training-pool',
    gpuType: undefined,
    pods: 1,
    needs,
    accelerator: GPU,
    gpusPerPod: needs.requests.gpus[GPU] ?? 0,
    priority: { value: 500_000, preempts: true },
    rackLabel: undefined,
    queue: undefined,
    ...more,
  };
}

export const container = (limits: Record<string, string | number>, more: object = {}): object => ({
  resources: { limits },
  ...more,
});

/** A job of pods that want GPUs and nothing else. */
export const wanting = (gpus: number, spec: object = {}, more: Partial<Ask> = {}): Ask =>
  ask({ containers: [container({ [GPU]: gpus })], ...spec }, more);

/** The nodes that a verdict names, else what it is. */
export const nodesOf = (verdict: Verdict): string[] | string =>
  verdict.is === 'fits' || verdict.is === 'preempts' ? verdict.nodes : verdict.is;
