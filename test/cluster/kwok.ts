// Thousands of nodes that are objects only: kwok keeps them Ready and says that their pods run. No process, no log, no exec.
import { type ApiClient, type KubernetesObject, until } from './apiClient.ts';

/** @see addKwokNodes */
export interface KwokNodes {
  count: number;
  /** GPUs of each node. Default 8. */
  gpus?: number;
  /** They are called `<prefix>-0` and so on. Default `fake`. */
  prefix?: string;
  /** Default: those of a pool `fake-pool` of A100-80G, 32 nodes to a rack. */
  labels?: (index: number) => Record<string, string>;
}

/**
 * Adds fake nodes to a cluster that was started with `kwok: true`, and waits until all are Ready and may be scheduled to
 * (1,000 take about half a minute). A pod there ends by itself after the time in its annotation
 * `gpuctl.test/complete-after` ("90s"), and else runs until it is deleted.
 */
export async function addKwokNodes(api: ApiClient, options: KwokNodes): Promise<void> {
  const { count, gpus = 8, prefix = 'fake', labels = defaultLabels } = options;
  const resources = {
    cpu: '96',
    memory: '960Gi',
    pods: '110',
    'ephemeral-storage': '1Ti',
    'nvidia.com/gpu': String(gpus),
  };
  await inParallel(count, 16, async (index) => {
    const name = `${prefix}-${index}`;
    await api.create({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        annotations: { 'kwok.x-k8s.io/node': 'fake' },
        labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', type: 'kwok', ...labels(index) },
      },
      status: { capacity: resources, allocatable: resources },
    });
  });
  await until(
    `${count} kwok nodes Ready`,
    async () => {
      const { items } = await api.get('/api/v1/nodes?labelSelector=type=kwok&resourceVersion=0');
      return items.filter(isUsable).length >= count;
    },
    30_000 + count * 200,
    300,
  );
}

/** Calls `act` for 0 … count−1, at most `width` at a time. */
export async function inParallel(
  count: number,
  width: number,
  act: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await act(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}

function defaultLabels(index: number): Record<string, string> {
  return {
    'gpuctl/pool': 'fake-pool',
    'gpuctl/gpu-type': 'A100-80G',
    'nvidia.com/gpu.product': 'NVIDIA-A100-SXM4-80GB',
    'cloud.provider.com/topology-rack': `fake-rack-${Math.floor(index / 32)}`,
  };
}

function isUsable(node: KubernetesObject): boolean {
  const ready = (condition: KubernetesObject) => condition.type === 'Ready' && condition.status === 'True';
  return !node.spec.taints?.length && (node.status.conditions ?? []).some(ready);
}
