import type { Text } from './text.ts';

/** What is said of queues, and of what a cluster does not let a submit see. */
export const queueTexts = {
  'job.state.queued': { en: 'waiting in queue {queue}', zh: '在队列 {queue} 中等待' },
  'queue.unknown': {
    en: 'Whether this cluster has queues (Kueue) may not be asked. If it has none, the job waits in “{queue}” for ever: then submit it without a queue.',
    zh: '无权查询此集群是否有队列（Kueue）。如果没有，任务会一直在“{queue}”中等待：请改为不使用队列再提交。',
  },
  'queue.not-taken-up': {
    en: 'The queue “{queue}” does not know “{name}” in {namespace} yet, so it cannot be told to leave it stopped.',
    zh: '队列“{queue}”尚未接收 {namespace} 中的“{name}”，无法让其保持停止。',
  },
  'queue.not-taken-up.hint': { en: 'Try again in a moment, or delete the job.', zh: '请稍后重试，或删除该任务。' },
  'queue.may-not-stop': {
    en: 'The queue “{queue}” would start “{name}” in {namespace} again at once, and you may not tell it to leave the job alone.',
    zh: '队列“{queue}”会立即重新启动 {namespace} 中的“{name}”，而您无权让它不再启动该任务。',
  },
  'queue.may-not-start': {
    en: 'The queue “{queue}” was told to leave “{name}” in {namespace} alone, and you may not tell it to start the job again.',
    zh: '队列“{queue}”已被告知不启动 {namespace} 中的“{name}”，而您无权让它重新启动该任务。',
  },
  'queue.forbidden.hint': {
    en: 'Ask for “get, list, patch” on workloads of kueue.x-k8s.io in {namespace}. Deleting the job needs no such right.',
    zh: '请申请 {namespace} 中 kueue.x-k8s.io 的 workloads 的 get、list、patch 权限。删除任务不需要此权限。',
  },
  'submit.prefix-unknown': {
    en: 'Neither nodes nor jobs of this cluster may be listed, so its labels are taken to begin with `{prefix}/`. If they begin otherwise, set `gpuctl.labelPrefix`.',
    zh: '您无权查看此集群的节点和任务，因此假定其标签以 `{prefix}/` 开头。若并非如此，请设置 `gpuctl.labelPrefix`。',
  },
  'submit.rack-unseen': {
    en: 'You may not list the pods of all namespaces, so the rack {rack} was chosen without knowing which of its GPUs are free.',
    zh: '您无权查看所有命名空间的 pod，因此选择机架 {rack} 时不知道其中哪些 GPU 空闲。',
  },
} as const satisfies Record<string, Text>;
