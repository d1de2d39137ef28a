import { type Ask, plainAsk } from '../capacity/ask.ts';
import { judge, type Verdict } from '../capacity/verdict.ts';
import type { JobRef } from '../protocol.ts';
import type { Session } from './session.ts';

/** What a number of replicas would need beside those that a service has. */
export interface ScaleVerdict {
  /** Replicas that come, or go where it is negative. */
  more: number;
  gpusPerPod: number;
  ask: Ask;
  /** Of those that come; `undefined` where none do. */
  verdict: Verdict | undefined;
}

/** Judges another number of replicas of a service, by what is held; `undefined` where nothing can be judged. */
export function judgeScale(
  { state, status }: Pick<Session, 'state' | 'status'>,
  { namespace, name }: JobRef,
  replicas: number,
): ScaleVerdict | undefined {
  const workload = state.workload(namespace, name);
  if (!workload || status.capacityUnknown) return undefined;
  const { gpuType, gpusPerPod, podsWanted } = workload;
  const more = replicas - podsWanted;
  const [pod] = state.podsOf(namespace, name, workload);
  // What others made has no label of its pool: where it runs, it may run.
  const pool = workload.pool ?? (pod?.node === undefined ? undefined : state.node(pod.node)?.pool);
  const plain = plainAsk(state, {
    pool,
    gpuType,
    gpusPerPod,
    pods: Math.max(0, more),
    cpuMillis: undefined,
    memoryBytes: undefined,
    onePodPerNode: false,
    sameRack: 'off',
  });
  const requests = pod?.requests ?? plain.needs.requests;
  const [accelerator = plain.accelerator] = Object.keys(requests.gpus);
  const value = pod?.priority ?? 0;
  const preempts = [...state.priorities].find((one) => one.value === value)?.preempts ?? false;
  // Without its name: its own pods stay where they are.
  const ask: Ask = {
    ...plain,
    namespace,
    accelerator,
    priority: { value, preempts },
    needs: {
      ...plain.needs,
      requests,
      limits: requests,
      tolerations: [...new Set(['nvidia.com/gpu', accelerator])].map((key) => ({ key, operator: 'Exists' })),
    },
  };
  return { more, gpusPerPod, ask, verdict: more > 0 ? judge(state, ask) : undefined };
}
