import type { Page } from './page.ts';

/** Findings on what a job or quota asks for. */
export const sizePages: Record<string, Page> = {
  'pool.absent': {
    en: {
      what: 'No pool is named, so only the nodes that belong to no pool are used.',
      more: 'Older files leave `resources.pool` out and mean these nodes; where all GPU nodes are in pools, such a job waits for ever. While a cluster is connected that has pools with GPUs, this is a warning and names them. Name a pool, or write `pool: default` to say that the nodes without a pool are meant.',
    },
    zh: {
      what: '没有指定资源池，只会使用未分池的节点。',
      more: '较早的文件不写 `resources.pool`，指的就是这些节点；如果所有 GPU 节点都已分池，这样的任务会一直等待。连接到有 GPU 资源池的集群时，此项为警告并列出资源池。请指定资源池；若确实要用未分池的节点，请写 `pool: default`。',
    },
    wrong: 'resources:\n  gpu: 8\n',
    right: 'resources:\n  pool: training-pool\n  gpu: 8\n',
  },
  'gpu.not-divisible': {
    en: {
      what: '`gpu` is the total over all nodes and has to be a multiple of `nodeCount`.',
      more: 'Each node of a job has the same number of GPUs. The quick fixes offer the nearest totals, and the nearest number of nodes that shares the GPUs evenly.',
    },
    zh: {
      what: '`gpu` 是所有节点的总数，必须是 `nodeCount` 的倍数。',
      more: '任务的每个节点使用相同数量的 GPU。快速修复会给出最接近的总数，以及能平均分配的最接近的节点数。',
    },
    wrong: 'resources:\n  gpu: 6\n  nodeCount: 4\n',
    right: 'resources:\n  gpu: 8\n  nodeCount: 4\n',
  },
  'node-count.replica': {
    en: {
      what: '`nodeCount` has no effect: a replica or a notebook cannot span nodes.',
      more: 'Only a training spreads over nodes. A service grows by `service.replicas`, each with the GPUs that `resources.gpu` says. The quick fixes remove `nodeCount`, or turn nodes into replicas.',
    },
    zh: {
      what: '`nodeCount` 不起作用：副本和 Notebook 不能跨节点。',
      more: '只有训练可以跨节点。服务通过 `service.replicas` 扩展，每个副本使用 `resources.gpu` 指定的 GPU。快速修复可以删除 `nodeCount`，或把节点数改为副本数。',
    },
    wrong: 'kind: inference\nresources:\n  gpu: 16\n  nodeCount: 2\n',
    right: 'kind: inference\nresources:\n  gpu: 8\nservice:\n  replicas: 2\n',
  },
  'gpu-share.whole-gpus': {
    en: {
      what: 'GPUs are not shared yet: whole ones are taken.',
      more: 'The job gets as many whole GPUs as `gpu` says, as with the older command-line tool. Where `gpu` is 0 or absent it gets none at all.',
    },
    zh: {
      what: '目前还不能共享 GPU：会占用整卡。',
      more: '与较早的命令行工具一样，任务得到 `gpu` 所写数量的整卡。`gpu` 为 0 或没有写时，任务得不到 GPU。',
    },
    wrong: 'resources:\n  gpu: 1\n  gpuShare: 2Gi\n',
    right: 'resources:\n  gpu: 1\n',
  },
  'resources.no-requests': {
    en: {
      what: 'GPUs are asked for, but no `cpu` or no `memory`.',
      more: 'What a job does not ask for is not kept for it: the cluster may put so many others onto the node that the data loaders starve or the job is ended for want of memory. About 8 cores and 64 Gi for each GPU are common; the numbers count for each node.',
    },
    zh: {
      what: '请求了 GPU，却没有请求 `cpu` 或 `memory`。',
      more: '没有请求的资源不会预留：集群可能在同一节点上放置过多任务，导致数据加载变慢，或任务因内存不足被终止。常见配置是每张 GPU 约 8 核、64 Gi；数值按每个节点计算。',
    },
    wrong: 'resources:\n  gpu: 8\n',
    right: 'resources:\n  gpu: 8\n  cpu: 64\n  memory: 512Gi\n',
  },
  'memory.tiny': {
    en: {
      what: 'The memory is below 1 MiB, most likely for want of a unit.',
      more: 'A number without a unit is bytes, and `m` is a thousandth of a byte, as in Kubernetes. Write `64Gi` (powers of 1024) or `64G` (powers of 1000).',
    },
    zh: {
      what: '内存不到 1 MiB，很可能漏写了单位。',
      more: '与 Kubernetes 一样，没有单位的数字表示字节，`m` 表示千分之一字节。请写 `64Gi`（以 1024 为进位）或 `64G`（以 1000 为进位）。',
    },
    wrong: 'resources:\n  memory: 64\n',
    right: 'resources:\n  memory: 64Gi\n',
  },
  'autoscaling.min-above-max': {
    en: {
      what: '`minReplicas` is above `maxReplicas`.',
      more: 'The number of replicas has to lie between them. The quick fix exchanges the two.',
    },
    zh: { what: '`minReplicas` 大于 `maxReplicas`。', more: '副本数必须在两者之间。快速修复会互换两者。' },
    wrong: 'kind: inference\nautoscaling:\n  minReplicas: 4\n  maxReplicas: 2\n  targetQPS: 50\n',
    right: 'kind: inference\nautoscaling:\n  minReplicas: 2\n  maxReplicas: 4\n  targetQPS: 50\n',
  },
  'autoscaling.no-target': {
    en: {
      what: 'Nothing says what the number of replicas follows.',
      more: 'Without a target the number never changes. Targets are `targetGPUUtilization` and `targetGPUMemoryUtilization` (percent), `targetQPS` (requests a second for each replica) and `targetQueueLength` (waiting requests for each replica).',
    },
    zh: {
      what: '没有说明副本数依据什么调整。',
      more: '没有目标，副本数就不会变化。可用的目标有 `targetGPUUtilization`、`targetGPUMemoryUtilization`（百分比）、`targetQPS`（每个副本每秒请求数）和 `targetQueueLength`（每个副本排队的请求数）。',
    },
    wrong: 'kind: inference\nautoscaling:\n  maxReplicas: 4\n',
    right: 'kind: inference\nautoscaling:\n  maxReplicas: 4\n  targetQPS: 50\n',
  },
  'autoscaling.replicas-outside': {
    en: {
      what: '`service.replicas` is not between `minReplicas` and `maxReplicas`.',
      more: 'Autoscaling brings the number within its bounds as soon as it looks, so the written one lasts a moment only.',
    },
    zh: {
      what: '`service.replicas` 不在 `minReplicas` 与 `maxReplicas` 之间。',
      more: '自动伸缩一开始工作就会把副本数调整到范围内，所写的数值只会短暂生效。',
    },
    wrong:
      'kind: inference\nservice:\n  replicas: 1\nautoscaling:\n  minReplicas: 2\n  maxReplicas: 4\n  targetQPS: 50\n',
    right:
      'kind: inference\nservice:\n  replicas: 2\nautoscaling:\n  minReplicas: 2\n  maxReplicas: 4\n  targetQPS: 50\n',
  },
  'quota.no-limits': {
    en: {
      what: 'A namespace of the quota is not limited in anything.',
      more: 'A limit that stands neither at the namespace nor in `default` is no limit. Give `cpu`, `memory` or `gpu` in one of the two places.',
    },
    zh: {
      what: '配额中的某个命名空间没有任何限制。',
      more: '命名空间处和 `default` 中都没有写的项就没有限制。请在其中一处写上 `cpu`、`memory` 或 `gpu`。',
    },
    wrong: 'kind: quota\nquota:\n  name: teams\nnamespace:\n  team-a:\n',
    right: 'kind: quota\nquota:\n  name: teams\nnamespace:\n  team-a:\n    gpu: 16\n',
  },
};
