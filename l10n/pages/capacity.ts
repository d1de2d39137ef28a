import type { Page } from './page.ts';

/** Findings that come from the connected cluster; they go by themselves when it changes. */
export const capacityPages: Record<string, Page> = {
  'capacity.insufficient-gpus': {
    en: {
      what: 'Fewer GPUs are free in the pool than are asked for.',
      more: 'Submitted anyway, the job waits, or pushes out jobs of lower priority: `high` and `medium` (the default) may do that, `low` never does. Where that would let it start, the finding says so instead, and names them. The quick fixes offer the largest sizes that fit now.',
    },
    zh: {
      what: '资源池中空闲的 GPU 少于请求的数量。',
      more: '仍然提交时，任务会排队，或挤出优先级更低的任务：`high` 和 `medium`（默认）可能会，`low` 不会。若因此可以启动，会改为提示会挤出哪些任务。快速修复会给出目前放得下的最大规模。',
    },
  },
  'capacity.preempts': {
    en: {
      what: 'The job fits only if jobs of lower priority are pushed out.',
      more: 'Jobs of `priority: high` and `medium` (the default) push out those of lower priority where nothing else helps; `low` never does. Who is named is what the scheduler would most likely choose. Submit asks before it does so; a job that is pushed out goes on from its last checkpoint, if it has one.',
    },
    zh: {
      what: '只有挤出优先级更低的任务，该任务才放得下。',
      more: '`priority: high` 和 `medium`（默认）的任务在别无他法时会挤出优先级更低的任务；`low` 不会。所列任务是调度器最可能选择的。提交前会询问；被挤出的任务若有检查点，会从最近的检查点继续。',
    },
  },
  'capacity.short': {
    en: {
      what: 'GPUs are free, but too little of another resource beside them.',
      more: 'CPU, memory, disk space and devices such as RDMA adapters count as GPUs do: each part of the job needs all of it on one node. The quick fix asks for as much as fits now.',
    },
    zh: {
      what: 'GPU 有空闲，但同一节点上的其他资源不足。',
      more: 'CPU、内存、磁盘空间以及 RDMA 等设备与 GPU 一样计算：任务的每一份都需要在同一节点上得到全部资源。快速修复会改为目前放得下的数量。',
    },
  },
  'capacity.too-large': {
    en: {
      what: 'More CPU, memory or another resource is asked for than nodes of the pool have.',
      more: 'No waiting mends this. What a node offers is less than what is built in: the system keeps a part of it.',
    },
    zh: {
      what: '请求的 CPU、内存或其他资源超过资源池节点所有。',
      more: '等待也无法满足。节点可提供的少于其硬件总量：系统会保留一部分。',
    },
  },
  'capacity.quota': {
    en: {
      what: 'The quota of the namespace would refuse the job, or a part of it.',
      more: 'A quota limits what all jobs of a namespace may have together. What the job itself holds already does not count against it.',
    },
    zh: {
      what: '命名空间的配额会拒绝该任务或其中一部分。',
      more: '配额限制命名空间内所有任务的总量。任务自己已占用的部分不重复计算。',
    },
  },
  'capacity.quota-unsaid': {
    en: {
      what: 'The quota of the namespace refuses jobs that do not say how much they need.',
      more: 'Where a quota limits CPU or memory and gives no default, every job has to name its own.',
    },
    zh: {
      what: '命名空间的配额会拒绝没有写明用量的任务。',
      more: '若配额限制了 CPU 或内存而没有默认值，每个任务都必须写明。',
    },
  },
  'capacity.racks-full': {
    en: {
      what: 'Enough nodes are free, but not in one rack.',
      more: 'With `sameRack: required` all nodes of a job are in one rack. `preferred` takes one rack where it can.',
    },
    zh: {
      what: '空闲节点足够，但不在同一机架。',
      more: '`sameRack: required` 要求任务的所有节点在同一机架。`preferred` 会尽量放在同一机架。',
    },
  },
  'capacity.no-rack': {
    en: {
      what: 'No rack can hold the job, or nothing tells which node stands in which rack.',
      more: 'Racks are told by a label of the nodes. A pool names it with `site.rackLabel`; without, labels that are in common use are looked for.',
    },
    zh: {
      what: '没有机架能容纳该任务，或无法得知节点在哪个机架。',
      more: '机架由节点的标签说明。资源池可用 `site.rackLabel` 写明该标签；未写明时会查找常用的标签。',
    },
  },
  'capacity.not-together': {
    en: {
      what: 'The jobs of this file do not all fit at once.',
      more: 'Each job is judged as if those above it were submitted before. Submitted alone, this one fits.',
    },
    zh: {
      what: '此文件中的任务不能同时放下。',
      more: '每个任务都按排在它前面的任务已提交来判断。单独提交时，该任务放得下。',
    },
  },
  'capacity.unknown': {
    en: {
      what: 'Whether the job fits cannot be told.',
      more: 'To count free GPUs, all nodes and all that runs on them must be seen. Submitting works all the same; ask for the named right to see more.',
    },
    zh: {
      what: '无法判断任务是否放得下。',
      more: '统计空闲 GPU 需要查看所有节点及其上运行的内容。仍可正常提交；申请所列权限后可看到更多。',
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
  'capacity.no-nodes': {
    en: {
      what: 'The pool has no nodes at all.',
      more: 'Nodes come into a pool by a document of `kind: pool` that lists them, or by a label. A job that names no pool uses the nodes that belong to none; where every node belongs to a pool, it has to name one.',
    },
    zh: {
      what: '资源池中没有任何节点。',
      more: '节点通过列出它的 `kind: pool` 文档或节点标签加入资源池。没有指定资源池的任务使用未分池的节点；若所有节点都已分池，就必须指定资源池。',
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
  'access.may-not-submit': {
    en: {
      what: 'You lack a right that this needs in the namespace where it would go.',
      more: 'Asked of the cluster for the namespace of the document, else that of the window. The finding names the right; `gpuctl: Check Cluster` lists all of them, and the page on submitting has a role to copy. Where the cluster does not tell, nothing is said.',
    },
    zh: {
      what: '您缺少提交到目标命名空间所需的权限。',
      more: '按文档的命名空间（未写则按窗口的命名空间）向集群询问。提示会写明缺少的权限；“gpuctl: 检查集群”会列出全部权限，提交说明中有可直接使用的角色。集群不回答时不作提示。',
    },
  },
  'access.pool-restricted': {
    en: {
      what: 'The pool is for some people only, and you are not one of them.',
      more: 'The pool bears `site.restricted: true`: it may be used by those who have the verb `use` on it. A submit would be refused.',
    },
    zh: {
      what: '该资源池仅限部分用户使用，不包括您。',
      more: '该资源池设置了 `site.restricted: true`，只有拥有其 `use` 权限的用户可以使用。提交会被拒绝。',
    },
  },
};
