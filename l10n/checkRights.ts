import type { Text } from './text.ts';

/** What "Check Cluster" and `gpuctl doctor` tell of rights. */
export const checkRightTexts = {
  'check.rights.there': {
    en: '“{verbs}” on {resource} in namespace {namespace}',
    zh: '命名空间 {namespace} 中 {resource} 的“{verbs}”',
  },
  'check.rights.everywhere': {
    en: '“{verbs}” on {resource} in the whole cluster',
    zh: '整个集群中 {resource} 的“{verbs}”',
  },
  'check.rights.good': { en: 'You have {list}.', zh: '您拥有：{list}。' },
  'check.rights.missing': { en: 'You lack {list}.', zh: '您缺少：{list}。' },
  'check.rights.unknown': {
    en: 'The cluster does not say whether you have {list}.',
    zh: '集群没有说明您是否拥有：{list}。',
  },
  'check.rights.how.user': {
    en: 'Ask the administrator for the role `gpuctl-user` of the page on submitting, bound in this namespace; or choose another namespace.',
    zh: '请向管理员申请提交说明中的角色 `gpuctl-user`（绑定到该命名空间），或选择其他命名空间。',
  },
  'check.rights.how.right': {
    en: 'Ask the administrator for it; the roles of the page on submitting do not have it.',
    zh: '请向管理员申请；提交说明中的角色不包含此权限。',
  },
  'check.rights.how.capacity': {
    en: 'Ask the administrator for the roles `gpuctl-capacity` and `gpuctl-pools` of the page on submitting.',
    zh: '请向管理员申请提交说明中的角色 `gpuctl-capacity` 和 `gpuctl-pools`。',
  },
  'check.rights.how.pools': {
    en: 'Only who looks after pools needs it: the role of the page on pools.',
    zh: '只有管理资源池的人需要：见资源池说明中的角色。',
  },
  'check.rights.how.quotas': {
    en: 'Only who looks after quotas needs it: the role of the page on quotas.',
    zh: '只有管理配额的人需要：见配额说明中的角色。',
  },
  'check.rights.see': { en: 'See jobs', zh: '查看任务' },
  'check.rights.see.gives': { en: 'Jobs and their state.', zh: '任务及其状态。' },
  'check.rights.logs': { en: 'Read logs', zh: '读取日志' },
  'check.rights.logs.gives': { en: 'What a job says.', zh: '任务的输出。' },
  'check.rights.training': { en: 'Submit trainings', zh: '提交训练' },
  'check.rights.training.gives': { en: 'Documents of `kind: training`.', zh: '`kind: training` 文档。' },
  'check.rights.services': { en: 'Submit services', zh: '提交服务' },
  'check.rights.services.gives': {
    en: 'Documents of `kind: inference` and `kind: compute`.',
    zh: '`kind: inference` 和 `kind: compute` 文档。',
  },
  'check.rights.notebooks': { en: 'Submit notebooks', zh: '提交 Notebook' },
  'check.rights.notebooks.gives': { en: 'Documents of `kind: notebook`.', zh: '`kind: notebook` 文档。' },
  'check.rights.change': { en: 'Stop, start and scale', zh: '停止、启动和调整副本数' },
  'check.rights.change.gives': {
    en: 'GPUs are given back without losing the job.',
    zh: '释放 GPU 而不丢失任务。',
  },
  'check.rights.delete': { en: 'Delete jobs', zh: '删除任务' },
  'check.rights.delete.gives': { en: 'Delete, resume of ended jobs.', zh: '删除任务、继续已结束的任务。' },
  'check.rights.exec': { en: 'Open a terminal in a job', zh: '在任务中打开终端' },
  'check.rights.exec.gives': {
    en: 'A shell beside the program that runs, and its files.',
    zh: '在运行的程序旁打开 shell，以及访问其文件。',
  },
  'check.rights.forward': { en: 'Forward a port', zh: '转发端口' },
  'check.rights.forward.gives': {
    en: 'Notebooks, and services in the browser.',
    zh: 'Notebook，以及在浏览器中打开服务。',
  },
  'check.rights.nodes': { en: 'See nodes', zh: '查看节点' },
  'check.rights.nodes.gives': { en: 'Pools, and whether a job fits.', zh: '资源池，以及任务能否放得下。' },
  'check.rights.allPods': { en: 'See who holds GPUs', zh: '查看谁在占用 GPU' },
  'check.rights.allPods.gives': { en: 'What is free, and until when.', zh: '空闲数量及何时空闲。' },
  'check.rights.poolsRead': { en: 'Read settings of pools', zh: '读取资源池设置' },
  'check.rights.poolsRead.gives': {
    en: 'Networks, racks and queues of pools are respected.',
    zh: '遵循资源池的网络、机架和队列设置。',
  },
  'check.rights.quotasRead': { en: 'Read quotas', zh: '读取配额' },
  'check.rights.quotasRead.gives': {
    en: 'What the namespace may still take.',
    zh: '命名空间还能使用多少。',
  },
  'check.rights.poolsChange': { en: 'Change pools', zh: '更改资源池' },
  'check.rights.poolsChange.gives': { en: 'Documents of `kind: pool`.', zh: '`kind: pool` 文档。' },
  'check.rights.quotasChange': { en: 'Change quotas', zh: '更改配额' },
  'check.rights.quotasChange.gives': { en: 'Documents of `kind: quota`.', zh: '`kind: quota` 文档。' },
} as const satisfies Record<string, Text>;
