import type { Page } from './page.ts';

/** Findings that come from the connected cluster; they go by themselves when it changes. */
export const capacityPages: Record<string, Page> = {
  'capacity.insufficient-gpus': {
    en: {
      what: 'Fewer GPUs are free in the pool than are asked for.',
      more: 'Submitted anyway, the job waits, or pushes out jobs of lower priority: `high` and `medium` (the default) may do that, `low` never does. This version does not say beforehand which. The quick fixes offer the largest sizes that fit now.',
    },
    zh: {
      what: '资源池中空闲的 GPU 少于请求的数量。',
      more: '仍然提交时，任务会排队，或挤出优先级更低的任务：`high` 和 `medium`（默认）可能会，`low` 不会。当前版本不会提前告知会挤出哪些任务。快速修复会给出目前放得下的最大规模。',
    },
  },
  'capacity.fragmented': {
    en: {
      what: 'Enough GPUs are free, but not together on one node.',
      more: 'If an even split over other nodes fits now, the finding names it and a quick fix makes it. Replicas and notebooks cannot be split.',
    },
    zh: {
      what: '空闲的 GPU 足够，但不在同一节点上。',
      more: '如果平均分到其他节点数后目前放得下，提示会写明，快速修复会改好。副本和 Notebook 不能拆分。',
    },
  },
  'capacity.unavailable': {
    en: {
      what: 'It would fit, but nodes of the pool take no jobs at the moment.',
      more: 'They are cordoned, not ready, or keep jobs off by a taint. Submitted anyway, the job waits for them. The quick fixes offer what fits on the others.',
    },
    zh: {
      what: '本来放得下，但资源池中有节点目前不接收任务。',
      more: '这些节点被停止调度、未就绪，或有污点拒绝任务。仍然提交时，任务会等待它们恢复。快速修复会给出其他节点放得下的规模。',
    },
  },
  'capacity.too-many': {
    en: {
      what: 'More is asked for than the pool has when all its nodes are empty.',
      more: 'No waiting mends this. The quick fixes offer the largest sizes that the pool can hold, those that fit now first.',
    },
    zh: {
      what: '请求超过了资源池全部空闲时的总量。',
      more: '等待也无法满足。快速修复会给出资源池能容纳的最大规模，优先给出目前放得下的。',
    },
  },
  'capacity.node-too-small': {
    en: {
      what: 'More is asked for on one node than any node has.',
      more: 'A training can be spread with `nodeCount`, which the quick fix does. A replica or a notebook has to fit on one node: ask for fewer GPUs.',
    },
    zh: {
      what: '单个节点的请求超过了任何节点的数量。',
      more: '训练可以用 `nodeCount` 分到多个节点，快速修复会改好。副本和 Notebook 必须放在一个节点上：请减少 GPU。',
    },
  },
  'capacity.too-few-nodes': {
    en: {
      what: 'The pool has fewer nodes of that size than are asked for.',
      more: 'The nodes are large enough, but there are not as many. Lower `nodeCount` (or `replicas`), or ask for fewer GPUs on each.',
    },
    zh: {
      what: '资源池中满足规模的节点少于请求的数量。',
      more: '节点足够大，但数量不够。请减小 `nodeCount`（或 `replicas`），或减少每个节点的 GPU。',
    },
  },
  'capacity.no-such-type': {
    en: {
      what: 'No node of the pool has that GPU type.',
      more: 'Types are compared without regard to upper and lower case, with the label of the node and with the product name that the driver reports. The quick fixes offer the types that are there.',
    },
    zh: {
      what: '资源池中没有该型号的 GPU。',
      more: '型号不区分大小写，会与节点标签和驱动报告的产品名比较。快速修复会给出现有的型号。',
    },
  },
  'capacity.no-gpus': {
    en: {
      what: 'The pool has no GPU of the kind that `gpu` asks for.',
      more: '`gpu` asks for whole GPUs (`nvidia.com/gpu`). MIG slices, shared GPUs and the devices of other vendors do not count.',
    },
    zh: {
      what: '资源池中没有 `gpu` 所请求的 GPU。',
      more: '`gpu` 请求的是整卡（`nvidia.com/gpu`）。MIG 切片、共享 GPU 和其他厂商的设备不计入。',
    },
  },
  'capacity.no-such-pool': {
    en: {
      what: 'The cluster has no pool of that name.',
      more: 'Neither a configuration nor a label of a node names it. The quick fixes offer the pools that there are; a new one is made by submitting a document of `kind: pool`.',
    },
    zh: {
      what: '集群中没有该名称的资源池。',
      more: '既没有它的配置，也没有节点带有它的标签。快速修复会给出现有的资源池；提交 `kind: pool` 的文档可以新建资源池。',
    },
  },
  'pool.unknown-node': {
    en: {
      what: 'The pool lists a node that the cluster does not have.',
      more: 'Nothing is done for it until a node of that name joins. Where a near name exists, a quick fix puts it there.',
    },
    zh: {
      what: '资源池列出了集群中不存在的节点。',
      more: '在同名节点加入之前不会做任何事。若有相近的名称，快速修复会换成它。',
    },
  },
  'pool.node-moves': {
    en: {
      what: 'A listed node belongs to another pool now.',
      more: 'A node belongs to one pool: submitting takes it from the other. Jobs that run on it go on running.',
    },
    zh: {
      what: '列出的节点目前属于另一个资源池。',
      more: '一个节点只属于一个资源池：提交后会从另一个中移出。正在其上运行的任务会继续运行。',
    },
  },
};
