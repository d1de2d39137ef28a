import type { Text } from './text.ts';

/** What is said of what somebody may not do. */
export const accessTexts = {
  'finding.access.may-not-submit': {
    en: 'You may not submit {kind} jobs to namespace {namespace} in cluster {cluster}. Ask its administrator for “{verb}” on {resource} there, or choose another namespace.',
    zh: '您无权向集群 {cluster} 的命名空间 {namespace} 提交{kind}任务。请向管理员申请该命名空间中 {resource} 的“{verb}”权限，或选择其他命名空间。',
  },
  'finding.access.may-not-submit.settings': {
    en: 'You may not submit a {kind} to cluster {cluster}. Ask its administrator for “{verb}” on {resource}.',
    zh: '您无权向集群 {cluster} 提交{kind}。请向管理员申请 {resource} 的“{verb}”权限。',
  },
  'finding.access.pool-restricted': {
    en: 'The pool {pool} is not for everybody, and you may not use it. Ask the administrator of cluster {cluster} for “use” on it, or name another pool.',
    zh: '资源池 {pool} 仅限部分用户使用，您无权使用。请向集群 {cluster} 的管理员申请其“use”权限，或改用其他资源池。',
  },

  'access.may-not': {
    en: 'You may not {what} in namespace {namespace} of cluster {cluster}. Ask its administrator for “{verb}” on {resource}.',
    zh: '您无权在集群 {cluster} 的命名空间 {namespace} 中{what}。请向管理员申请 {resource} 的“{verb}”权限。',
  },
  'access.may-not-move': {
    en: 'You may not move nodes between the pools of cluster {cluster}. Ask its administrator for “{verb}” on {resource}.',
    zh: '您无权在集群 {cluster} 的资源池之间移动节点。请向管理员申请 {resource} 的“{verb}”权限。',
  },
  'access.gesture.log': { en: 'read logs', zh: '读取日志' },
  'access.gesture.terminal': { en: 'open terminals in jobs', zh: '在任务中打开终端' },
  'access.gesture.forward': { en: 'reach ports of jobs', zh: '访问任务的端口' },
  'access.gesture.stop': { en: 'stop {kind} jobs', zh: '停止{kind}任务' },
  'access.gesture.start': { en: 'start {kind} jobs', zh: '启动{kind}任务' },
  'access.gesture.resume': { en: 'resume {kind} jobs', zh: '继续{kind}任务' },
  'access.gesture.scale': { en: 'scale {kind} jobs', zh: '调整{kind}任务的副本数' },
  'access.gesture.delete': { en: 'delete {kind} jobs', zh: '删除{kind}任务' },
} as const satisfies Record<string, Text>;
