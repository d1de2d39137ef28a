import type { Text } from './text.ts';

/** What submitting and deleting say. */
export const submitTexts = {
  'submit.other-cluster': {
    en: 'The cluster has changed from {context} to {now} meanwhile. Nothing was submitted; look where “{name}” would go now, and submit again.',
    zh: '集群已从 {context} 切换为 {now}，未提交任何内容。请确认“{name}”的去向后重新提交。',
  },
  'submit.being-deleted': {
    en: 'The job “{name}” in {namespace} is still being deleted. Try again in a moment.',
    zh: '{namespace} 中的任务“{name}”仍在删除中，请稍后重试。',
  },
  'submit.leftover': {
    en: 'The {kind} “{name}” of a deleted job is still in {namespace}.',
    zh: '{namespace} 中仍有已删除任务留下的 {kind}“{name}”。',
  },
  'submit.part-taken': {
    en: 'This job needs a {kind} named “{name}”, but {namespace} has one that gpuctl did not make.',
    zh: '此任务需要名为“{name}”的 {kind}，但 {namespace} 中已有一个非 gpuctl 创建的同名对象。',
  },
  'submit.wait': { en: 'Try again in a moment.', zh: '请稍后重试。' },
  'submit.source-left-out': {
    en: 'The document is too long to be kept with the job (over 200 KiB), so the job cannot be reopened from the cluster.',
    zh: '文档过长（超过 200 KiB），未随任务保存，因此无法从集群重新打开。',
  },
  'submit.nodes-unknown': {
    en: 'The nodes of this cluster may not be listed, so pool and GPU type are taken just as they are written.',
    zh: '您无权查看此集群的节点，资源池和 GPU 类型将按原文使用。',
  },
  'delete.other-cluster': {
    en: 'The cluster has changed from {context} to {now} meanwhile, so the job “{name}” was not deleted.',
    zh: '集群已从 {context} 切换为 {now}，因此未删除任务“{name}”。',
  },
} as const satisfies Record<string, Text>;
