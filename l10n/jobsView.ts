import type { Text } from './text.ts';

/** The view of jobs: groups, filter, rows, what is done with several jobs, and what is told of those that the person started. */
export const jobsViewTexts = {
  'ui.view.more': { en: 'Show {next} More ({rest} left)', zh: '再显示 {next} 个（还有 {rest} 个）' },

  'ui.jobs.none': { en: 'No jobs.', zh: '暂无任务。' },
  'ui.jobs.newFile': { en: 'New gpuctl File…', zh: '新建 gpuctl 文件…' },
  'ui.jobs.checkCluster': { en: 'Check Cluster', zh: '检查集群' },
  'ui.jobs.running': { en: 'Running', zh: '运行中' },
  'ui.jobs.waiting': { en: 'Waiting', zh: '排队中' },
  'ui.jobs.stopped': { en: 'Stopped', zh: '已停止' },
  'ui.jobs.today': { en: 'Ended today', zh: '今天结束' },
  'ui.jobs.earlier': { en: 'Ended earlier', zh: '更早结束' },
  'ui.jobs.count': { en: '{count} {count|job|jobs}', zh: '{count} 个任务' },
  'ui.jobs.noOwner': { en: 'owner not known', zh: '提交者未知' },
  'ui.jobs.me': { en: '{owner} (you)', zh: '{owner}（您）' },
  'ui.jobs.mine': { en: 'only yours', zh: '仅自己的' },
  'ui.jobs.filtered': { en: '“{filter}”', zh: '“{filter}”' },
  'ui.jobs.meUnknown': {
    en: 'The cluster does not say who you are, so the jobs of all are shown.',
    zh: '集群未提供您的身份，因此显示所有人的任务。',
  },
  'ui.jobs.noneMine': {
    en: 'None of the jobs here ({all}) was submitted by {me}.',
    zh: '{all} 个任务中没有由 {me} 提交的。',
  },
  'ui.jobs.noneMatch': {
    en: 'None of the jobs here ({all}) has “{filter}”.',
    zh: '{all} 个任务中没有与“{filter}”匹配的。',
  },
  'ui.jobs.clearFilter': { en: 'Clear Filter', zh: '清除筛选' },
  'ui.jobs.showAll': { en: 'Show the Jobs of All', zh: '显示所有人的任务' },
  'ui.jobs.by': { en: 'Group Jobs By', zh: '任务分组方式' },
  'ui.jobs.by.current': { en: 'as now', zh: '当前' },
  'ui.jobs.by.state': { en: 'State', zh: '状态' },
  'ui.jobs.by.kind': { en: 'Kind', zh: '类型' },
  'ui.jobs.by.pool': { en: 'Pool', zh: '资源池' },
  'ui.jobs.by.namespace': { en: 'Namespace', zh: '命名空间' },
  'ui.jobs.by.owner': { en: 'Owner', zh: '提交者' },
  'ui.jobs.filter': { en: 'Filter Jobs', zh: '筛选任务' },
  'ui.jobs.filter.placeholder': {
    en: 'Words of the name, pool, GPU type, node, owner, state or reason',
    zh: '名称、资源池、GPU 型号、节点、提交者、状态或原因中的词',
  },
  'ui.jobs.details': { en: 'Details', zh: '详情' },
  'ui.jobs.why': { en: 'Why', zh: '原因' },
  'ui.jobs.log': { en: 'Log', zh: '日志' },
  'ui.jobs.step': { en: 'step {step}', zh: '第 {step} 步' },
  'ui.jobs.restarts': { en: '{restarts} {restarts|restart|restarts}', zh: '重启 {restarts} 次' },
  'ui.fact.run': { en: 'Run', zh: '第几次运行' },

  'ui.delete.look': { en: 'Show Details', zh: '查看详情' },
  'ui.delete.keepsLogs': {
    en: 'logs of it that were saved on this computer',
    zh: '已保存在本机的日志',
  },

  'ui.several.where': { en: 'In cluster {cluster}:', zh: '在集群 {cluster} 中：' },
  'ui.several.left': {
    en: 'Left as they are, since it does nothing there or is not allowed: {names}.',
    zh: '以下任务不受影响（不适用或无权操作）：{names}。',
  },
  'ui.several.more': { en: '{names} and {rest} more', zh: '{names} 等，另有 {rest} 个' },
  'ui.several.look': { en: 'Show Jobs', zh: '查看任务' },
  'ui.several.stop.none': { en: '{count|This job|These jobs} cannot be stopped.', zh: '这 {count} 个任务均无法停止。' },
  'ui.several.stop.question': { en: 'Stop {count} {count|job|jobs}?', zh: '停止 {count} 个任务？' },
  'ui.several.stop.detail': {
    en: 'Their GPUs become free. What they have not saved is lost; their storage is kept, and they can be started again.',
    zh: '其 GPU 将被释放。未保存的内容会丢失；存储会保留，之后可再次启动。',
  },
  'ui.several.stop.confirm': { en: 'Stop {count}', zh: '停止 {count} 个' },
  'ui.several.stop.progress': { en: 'Stopping {count} {count|job|jobs}', zh: '正在停止 {count} 个任务' },
  'ui.several.stop.done': { en: 'Stopped {done} of {all} {all|job|jobs}.', zh: '已停止 {all} 个任务中的 {done} 个。' },
  'ui.several.start.none': {
    en: '{count|This job|These jobs} cannot be started.',
    zh: '这 {count} 个任务均无法启动。',
  },
  'ui.several.start.question': { en: 'Start {count} {count|job|jobs}?', zh: '启动 {count} 个任务？' },
  'ui.several.start.confirm': { en: 'Start {count}', zh: '启动 {count} 个' },
  'ui.several.start.progress': { en: 'Starting {count} {count|job|jobs}', zh: '正在启动 {count} 个任务' },
  'ui.several.start.done': { en: 'Started {done} of {all} {all|job|jobs}.', zh: '已启动 {all} 个任务中的 {done} 个。' },
  'ui.several.resume.none': {
    en: '{count|This job|These jobs} cannot be resumed.',
    zh: '这 {count} 个任务均无法继续。',
  },
  'ui.several.resume.question': { en: 'Resume {count} {count|job|jobs}?', zh: '继续 {count} 个任务？' },
  'ui.several.resume.detail': {
    en: 'They run again under the same names. The last run of each is deleted; its log is saved on this machine first. Storage is kept.',
    zh: '将以相同名称再次运行。各任务的上一次运行会被删除，其日志会先保存到本机。存储会保留。',
  },
  'ui.several.resume.confirm': { en: 'Resume {count}', zh: '继续 {count} 个' },
  'ui.several.resume.progress': { en: 'Resuming {count} {count|job|jobs}', zh: '正在继续 {count} 个任务' },
  'ui.several.resume.done': {
    en: 'Resumed {done} of {all} {all|job|jobs}.',
    zh: '已继续 {all} 个任务中的 {done} 个。',
  },
  'ui.several.delete.none': {
    en: '{count|This job|These jobs} cannot be deleted.',
    zh: '这 {count} 个任务均无法删除。',
  },
  'ui.several.delete.question': { en: 'Delete {count} {count|job|jobs}?', zh: '删除 {count} 个任务？' },
  'ui.several.delete.confirm': { en: 'Delete {count}', zh: '删除 {count} 个' },
  'ui.several.delete.progress': { en: 'Deleting {count} {count|job|jobs}', zh: '正在删除 {count} 个任务' },
  'ui.several.delete.done': {
    en: 'Deleted {done} of {all} {all|job|jobs}.',
    zh: '已删除 {all} 个任务中的 {done} 个。',
  },

  'ui.notify.pick': { en: 'Tell of the end of which job?', zh: '哪个任务结束时提醒？' },
  'ui.notify.on': { en: 'You are told when {name} {count|ends|end}.', zh: '{name} 结束时会提醒您。' },
  'ui.notify.off': { en: 'You are not told when {name} {count|ends|end}.', zh: '{name} 结束时不再提醒。' },
  'ui.notify.completed': { en: '{name} in {namespace} has completed.', zh: '{namespace} 中的 {name} 已完成。' },
  'ui.notify.completed.after': {
    en: '{name} in {namespace} has completed after {took}.',
    zh: '{namespace} 中的 {name} 已完成，用时 {took}。',
  },
  'ui.notify.stopped': { en: '{name} in {namespace} was stopped.', zh: '{namespace} 中的 {name} 已被停止。' },
  'ui.notify.canRun': {
    en: '{name} in {namespace} is held and can run now: there is room for it.',
    zh: '{namespace} 中已挂起的 {name} 现在可以运行：资源已足够。',
  },
  'ui.notify.runs': {
    en: '{name} in {namespace} runs now, after {waited} of waiting.',
    zh: '{namespace} 中的 {name} 已开始运行，此前等待了 {waited}。',
  },
  'ui.notify.failed': { en: '{name} in {namespace} {why}.', zh: '{namespace} 中的 {name} {why}。' },
  'ui.notify.several': {
    en: '{count} jobs have news, {failed} of them failed: {names} and others.',
    zh: '{count} 个任务有新状态，其中 {failed} 个失败：{names} 等。',
  },
  'ui.notify.start': { en: 'Start', zh: '启动' },
  'ui.notify.look': { en: 'Show Jobs', zh: '查看任务' },
} as const satisfies Record<string, Text>;
