import type { Text } from './text.ts';

/** Why a job waits for a place, and what to do. Each stands alone or behind “running 1 of 2”. */
export const waitTexts = {
  'job.wait.gpus': {
    en: 'waiting for {gpus} free {gpus|GPU|GPUs} on one node',
    zh: '等待单节点空闲 {gpus} 张 GPU',
  },
  'job.wait.gpus.pool': {
    en: 'needs {gpus} {gpus|GPU|GPUs} on one node, {pool} has {free} free (largest block {largest})',
    zh: '需要单节点 {gpus} 张 GPU，{pool} 空闲 {free} 张（单节点最多 {largest} 张）',
  },
  'job.wait.gpus.none': {
    en: 'needs {gpus} {gpus|GPU|GPUs} on one node, {pool} has none free of {total}',
    zh: '需要单节点 {gpus} 张 GPU，{pool} 的 {total} 张均已占用',
  },
  'hint.job.wait.gpus': {
    en: 'Ask for fewer GPUs on a node, use another pool, or wait until other jobs end.',
    zh: '请减少单节点 GPU 数、换一个资源池，或等待其他任务结束。',
  },
  'job.wait.memory': {
    en: 'waiting for {memory} of free memory on one node',
    zh: '等待单节点空闲 {memory} 内存',
  },
  'hint.job.wait.memory': {
    en: 'Its GPUs may be free: ask for less `memory`.',
    zh: 'GPU 可能有空闲：请减小 `memory`。',
  },
  'job.wait.cpu': {
    en: 'waiting for {cores} free CPU {cores|core|cores} on one node',
    zh: '等待单节点空闲 {cores} 个 CPU 核',
  },
  'hint.job.wait.cpu': { en: 'Its GPUs may be free: ask for less `cpu`.', zh: 'GPU 可能有空闲：请减小 `cpu`。' },
  'job.wait.disk': { en: 'waiting for free disk space on a node', zh: '等待节点空闲磁盘空间' },
  'hint.job.wait.disk': {
    en: 'Ask for less temporary storage, or wait until other jobs end.',
    zh: '请减少临时存储，或等待其他任务结束。',
  },
  'job.wait.resource': { en: 'waiting for free {resource} on a node', zh: '等待节点空闲 {resource}' },
  'hint.job.wait.resource': {
    en: 'Ask for less of it, use another pool, or wait until other jobs end.',
    zh: '请减少其数量、换一个资源池，或等待其他任务结束。',
  },
  'job.wait.full-nodes': {
    en: 'waiting: {count} {count|node holds|nodes hold} as many containers as they may',
    zh: '等待中：{count} 个节点的容器数量已达上限',
  },
  'hint.job.wait.full-nodes': { en: 'Wait until other jobs end.', zh: '请等待其他任务结束。' },
  'job.wait.no-such-node': {
    en: 'waiting: no node matches its pool and GPU type',
    zh: '等待中：没有符合资源池和 GPU 类型的节点',
  },
  'job.wait.no-such-node.types': {
    en: 'waiting: no node matches its pool and GPU type; {pool} has {types}',
    zh: '等待中：没有符合资源池和 GPU 类型的节点；{pool} 有 {types}',
  },
  'hint.job.wait.no-such-node': {
    en: 'Use a pool and a type that exist: the GPU pools view lists them.',
    zh: '请使用已有的资源池和类型：见“GPU 资源池”视图。',
  },
  'job.wait.tainted': {
    en: 'waiting: {count} {count|node is|nodes are} kept for other work',
    zh: '等待中：{count} 个节点留作他用',
  },
  'job.wait.tainted.key': {
    en: 'waiting: {count} {count|node is|nodes are} kept for other work (taint {taint})',
    zh: '等待中：{count} 个节点留作他用（污点 {taint}）',
  },
  'hint.job.wait.tainted': {
    en: 'Use another pool, or ask the administrator who may use these nodes.',
    zh: '请换一个资源池，或向管理员确认这些节点的使用权限。',
  },
  'job.wait.cordoned': {
    en: 'waiting: {count} {count|node takes|nodes take} no new jobs (cordoned)',
    zh: '等待中：{count} 个节点不接收新任务（已隔离）',
  },
  'hint.job.wait.cordoned': {
    en: 'Ask the administrator when they are opened again, or use another pool.',
    zh: '请向管理员询问何时恢复，或换一个资源池。',
  },
  'job.wait.ports': {
    en: 'waiting: the ports that it asks for are taken on {count} {count|node|nodes}',
    zh: '等待中：所需端口在 {count} 个节点上已被占用',
  },
  'hint.job.wait.ports': { en: 'Choose other ports.', zh: '请换用其他端口。' },
  'job.wait.together': {
    en: 'waiting: {count} {count|node is|nodes are} not in the rack of its other ranks',
    zh: '等待中：{count} 个节点不在其他副本所在的机架',
  },
  'hint.job.wait.together': {
    en: 'Wait for room in that rack, or stop and submit again so that another rack is chosen.',
    zh: '请等待该机架空出，或停止后重新提交以选择其他机架。',
  },
  'job.wait.apart': {
    en: 'waiting for a node of its own: {count} {count|has|have} a rank already',
    zh: '等待独占节点：{count} 个节点上已有副本',
  },
  'hint.job.wait.apart': {
    en: 'Ask for fewer nodes with more GPUs each, or wait until other jobs end.',
    zh: '请减少节点数并增加单节点 GPU 数，或等待其他任务结束。',
  },
  'job.wait.spread': {
    en: 'waiting: on {count} {count|node|nodes} its ranks would be spread unevenly',
    zh: '等待中：在 {count} 个节点上副本分布会不均匀',
  },
  'hint.job.wait.spread': {
    en: 'Wait until other nodes have room, or ask for fewer replicas.',
    zh: '请等待其他节点空出，或减少副本数。',
  },
  'job.wait.storage': { en: 'waiting for its storage', zh: '等待存储就绪' },
  'hint.job.wait.storage': {
    en: 'If it lasts: check the storage class, or ask the administrator whether storage is left.',
    zh: '若持续如此：请检查存储类，或向管理员确认存储是否有余量。',
  },
  'job.wait.storage-missing': {
    en: 'waiting for ever: there is no storage “{claim}”',
    zh: '会一直等待：没有存储“{claim}”',
  },
  'hint.job.wait.storage-missing': {
    en: 'Create it, or name one that exists in `storage`.',
    zh: '请创建它，或在 `storage` 中使用已有的存储。',
  },
  'job.wait.storage-elsewhere': {
    en: 'waiting: its storage cannot be reached from {count} {count|node|nodes}',
    zh: '等待中：{count} 个节点无法访问其存储',
  },
  'hint.job.wait.storage-elsewhere': {
    en: 'The storage belongs to certain nodes: use a pool with these, or storage that all nodes share.',
    zh: '该存储属于特定节点：请使用包含这些节点的资源池，或使用共享存储。',
  },
  'job.wait.storage-lost': {
    en: 'waiting for ever: the volume behind its storage is gone',
    zh: '会一直等待：存储对应的卷已不存在',
  },
  'hint.job.wait.storage-lost': {
    en: 'Make the storage anew, or ask the administrator to restore the volume.',
    zh: '请重新创建存储，或请管理员恢复该卷。',
  },
  'job.wait.storage-limit': {
    en: 'waiting: {count} {count|node has|nodes have} as many volumes as they can',
    zh: '等待中：{count} 个节点的卷数量已达上限',
  },
  'hint.job.wait.storage-limit': {
    en: 'Use fewer volumes, or wait until other jobs end.',
    zh: '请减少卷的数量，或等待其他任务结束。',
  },
  'job.wait.storage-none': {
    en: 'waiting: on {count} {count|node|nodes} there is no volume left for its storage',
    zh: '等待中：{count} 个节点上没有可用于其存储的卷',
  },
  'hint.job.wait.storage-none': {
    en: 'Use another storage class, or ask the administrator for more volumes.',
    zh: '请换一个存储类，或请管理员增加卷。',
  },
  'job.wait.devices': { en: 'waiting for devices that it claims', zh: '等待其申请的设备' },
  'hint.job.wait.devices': {
    en: 'Ask for fewer or other devices, or wait until other jobs end.',
    zh: '请减少或更换设备，或等待其他任务结束。',
  },
  'job.wait.devices-missing': {
    en: 'waiting for ever: there is no device claim “{claim}”',
    zh: '会一直等待：没有设备声明“{claim}”',
  },
  'hint.job.wait.devices-missing': { en: 'Create the claim first.', zh: '请先创建该声明。' },
  'job.wait.gang': { en: 'waiting for the rest of its ranks', zh: '等待其余副本就位' },
  'hint.job.wait.gang': {
    en: 'All ranks start together; they wait until there is room for each of them.',
    zh: '所有副本会一起启动，需等到每个副本都有位置。',
  },
  'job.wait.no-nodes': { en: 'waiting: the cluster has no nodes', zh: '等待中：集群没有节点' },
  'hint.job.wait.no-nodes': {
    en: 'Ask the administrator when nodes join, or use another cluster.',
    zh: '请向管理员询问节点何时加入，或使用其他集群。',
  },
  'job.wait.queue': { en: 'waiting in the queue', zh: '排队中' },
  'hint.job.wait.queue': {
    en: 'It starts as soon as its queue lets it; nothing is wrong.',
    zh: '队列放行后会自动启动，无需处理。',
  },
  'job.wait.unschedulable': { en: 'waiting: no node can take it', zh: '等待中：没有可用节点' },
  'job.wait.scaling-up': { en: 'waiting for a new node to start', zh: '等待新节点启动' },
  'job.wait.scaling-up.sizes': {
    en: 'waiting for a new node to start ({group}: {from} → {to})',
    zh: '等待新节点启动（{group}：{from} → {to}）',
  },
  'hint.job.wait.scaling-up': {
    en: 'The cluster adds nodes by itself; that takes some minutes.',
    zh: '集群会自动增加节点，需要几分钟。',
  },
  'job.wait.no-scale-up': {
    en: 'waiting: the cluster adds no node for it ({why})',
    zh: '等待中：集群不会为其增加节点（{why}）',
  },
  'hint.job.wait.no-scale-up': {
    en: 'The cluster adds no node for it ({why}). Ask for what its nodes offer, or ask the administrator for more nodes.',
    zh: '集群不会为其增加节点（{why}）。请按节点规格申请，或请管理员增加节点。',
  },
} as const satisfies Record<string, Text>;
