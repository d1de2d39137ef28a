import type { Text } from './text.ts';

/** What the line above a document tells of its job in the cluster, and what one can do with it there. */
export const jobLensTexts = {
  'lens.job.running': { en: 'Running {running}/{wanted}', zh: '运行中 {running}/{wanted}' },
  'lens.job.waiting': { en: 'Waiting', zh: '排队中' },
  'lens.job.held': { en: 'Held, not started', zh: '已挂起，尚未启动' },
  'lens.job.stopped': { en: 'Stopped', zh: '已停止' },
  'lens.job.failed': { en: 'Failed {age} ago', zh: '{age}前失败' },
  'lens.job.failed.now': { en: 'Failed just now', zh: '刚刚失败' },
  'lens.job.succeeded': { en: 'Completed {age} ago', zh: '{age}前完成' },
  'lens.job.succeeded.now': { en: 'Completed just now', zh: '刚刚完成' },
  'lens.job.unknown': { en: 'State unknown', zh: '状态未知' },
  'lens.job.why': { en: '{said}: {why}', zh: '{said}：{why}' },
  'lens.job.rank': { en: 'rank {rank} {why}', zh: 'rank {rank} {why}' },
  'lens.job.timed-out': { en: 'its timeout is over', zh: '超过了 timeout 时限' },
  'lens.job.and': { en: '{said} · {more}', zh: '{said} · {more}' },
  'lens.job.step': { en: 'step {at}', zh: '第 {at} 步' },
  'lens.job.step.of': { en: 'step {at}/{of}', zh: '第 {at}/{of} 步' },
  'lens.job.as-of': { en: '{said} · as of {time}', zh: '{said} · 截至 {time}' },
  'lens.job.others': { en: 'Another job of that name: {said}', zh: '已有另一个同名任务：{said}' },
  'lens.job.tooltip': { en: '{said}\nClick to see it among the jobs.', zh: '{said}\n点击在任务列表中查看。' },
  'lens.job.others.user': {
    en: 'The job “{name}” in {namespace} was submitted by {user}.',
    zh: '{namespace} 中的任务“{name}”由 {user} 提交。',
  },
  'lens.job.others.file': {
    en: 'The job “{name}” in {namespace} was submitted from {path}.',
    zh: '{namespace} 中的任务“{name}”提交自 {path}。',
  },
  'lens.job.others.kind': {
    en: 'The job “{name}” in {namespace} is of another kind: {kind}.',
    zh: '{namespace} 中的任务“{name}”是另一种类型：{kind}。',
  },

  'lens.log': { en: 'Log', zh: '日志' },
  'lens.details': { en: 'Details', zh: '详情' },
  'lens.why': { en: 'Why', zh: '原因' },
  'lens.stop': { en: 'Stop', zh: '停止' },
  'lens.start': { en: 'Start', zh: '启动' },
  'lens.release': { en: 'Release', zh: '放行' },
  'lens.resume': { en: 'Resume', zh: '继续' },
  'lens.run-again': { en: 'Run Again', zh: '再次运行' },
  'lens.submit-changes': { en: 'Submit Changes', zh: '提交更改' },
  'lens.submit-changes.tooltip': {
    en: 'This document is not what runs in cluster {cluster}, namespace {namespace}. Shows what a submit would change, then asks.',
    zh: '此文档与集群 {cluster} 命名空间 {namespace} 中运行的内容不同。先显示提交会更改的内容，再询问。',
  },
  'lens.look': { en: 'Look at It', zh: '查看' },
  'lens.rename': { en: 'Change the Name', zh: '修改名称' },
  'lens.preview': { en: 'Preview', zh: '预览' },
  'lens.preview.tooltip': { en: 'Shows what Submit would create. Read-only.', zh: '显示提交后将创建的内容（只读）。' },

  'lens.age.minutes': { en: '{minutes} m', zh: '{minutes} 分钟' },
  'lens.age.hours': { en: '{hours} h', zh: '{hours} 小时' },
  'lens.age.hours-minutes': { en: '{hours} h {minutes} m', zh: '{hours} 小时 {minutes} 分' },
  'lens.age.days': { en: '{days} d', zh: '{days} 天' },
  'lens.age.days-hours': { en: '{days} d {hours} h', zh: '{days} 天 {hours} 小时' },
} as const satisfies Record<string, Text>;
