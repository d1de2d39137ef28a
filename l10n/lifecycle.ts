import type { Text } from './text.ts';

/** What stopping, starting, scaling and resuming say. */
export const lifecycleTexts = {
  'lifecycle.other-cluster': {
    en: 'The cluster has changed from {context} to {now} meanwhile, so nothing was done to the job “{name}”.',
    zh: '集群已从 {context} 切换为 {now}，因此未对任务“{name}”做任何操作。',
  },
  'lifecycle.not-ours': {
    en: '“{name}” in {namespace} was not made by gpuctl, so gpuctl leaves it alone.',
    zh: '{namespace} 中的“{name}”不是由 gpuctl 创建的，gpuctl 不会改动它。',
  },
  'lifecycle.unfinished': {
    en: 'The submit of “{name}” in {namespace} was cut off before it was done.',
    zh: '{namespace} 中“{name}”的提交在完成前被中断。',
  },
  'lifecycle.unfinished.hint': {
    en: 'Submit its file again to finish it, or delete it.',
    zh: '请再次提交其文件以完成，或将其删除。',
  },
  'lifecycle.stop.ended': {
    en: 'The job “{name}” in {namespace} has ended already: {state}.',
    zh: '{namespace} 中的任务“{name}”已经结束：{state}。',
  },
  'lifecycle.start.ended': {
    en: 'The job “{name}” in {namespace} has ended: {state}.',
    zh: '{namespace} 中的任务“{name}”已结束：{state}。',
  },
  'lifecycle.start.ended.hint': { en: 'Resume it to run it again.', zh: '请使用“继续”再次运行它。' },
  'lifecycle.scale.kind': {
    en: '“{name}” is a {kind}, and only services have replicas.',
    zh: '“{name}”的类型是“{kind}”，只有服务才有副本。',
  },
  'lifecycle.scale.training': {
    en: 'To use more nodes, change `nodeCount` in its file and submit it again.',
    zh: '如需使用更多节点，请修改其文件中的 `nodeCount` 并重新提交。',
  },
  'lifecycle.scale.notebook': {
    en: 'Stop it to free its GPUs, and start it when you need it.',
    zh: '停止它即可释放 GPU，需要时再启动。',
  },
  'lifecycle.scale.autoscaled': {
    en: '“{name}” in {namespace} follows its load by itself, between {least} and {most} replicas.',
    zh: '{namespace} 中的“{name}”会在 {least} 到 {most} 个副本之间自动伸缩。',
  },
  'lifecycle.scale.autoscaled.hint': {
    en: 'Change `autoscaling.minReplicas` or `maxReplicas` in its file and submit it again.',
    zh: '请修改其文件中的 `autoscaling.minReplicas` 或 `maxReplicas` 并重新提交。',
  },
  'lifecycle.scale.stopped': {
    en: '“{name}” in {namespace} is stopped.',
    zh: '{namespace} 中的“{name}”已停止。',
  },
  'lifecycle.scale.stopped.hint': { en: 'Start it first.', zh: '请先启动它。' },
  'lifecycle.resume.runs': {
    en: 'The job “{name}” in {namespace} has not ended: {state}. There is nothing to resume.',
    zh: '{namespace} 中的任务“{name}”尚未结束：{state}，无需继续。',
  },
  'lifecycle.resume.no-log': {
    en: 'The log of the last run of “{name}” ({state}) was not saved: there is none left, it may not be read, or this machine cannot keep it.',
    zh: '未保存“{name}”上一次运行（{state}）的日志：日志已不存在、无权读取，或本机无法保存。',
  },

  'ui.stop.pick': { en: 'Stop which job?', zh: '停止哪个任务？' },
  'ui.stop.question': { en: 'Stop {name}?', zh: '停止 {name}？' },
  'ui.stop.detail': {
    en: 'Its GPUs become free. What it has not saved is lost; its storage is kept, and it can be started again.',
    zh: '其 GPU 将被释放。未保存的内容会丢失；存储会保留，之后可再次启动。',
  },
  'ui.stop.confirm': { en: 'Stop', zh: '停止' },
  'ui.stop.progress': { en: 'Stopping {name}', zh: '正在停止 {name}' },
  'ui.stop.already': { en: '{name} is stopped already.', zh: '{name} 已处于停止状态。' },
  'ui.start.pick': { en: 'Start which job?', zh: '启动哪个任务？' },
  'ui.start.progress': { en: 'Starting {name}', zh: '正在启动 {name}' },
  'ui.start.already': { en: '{name} is not stopped.', zh: '{name} 未处于停止状态。' },
  'ui.resume.pick': { en: 'Resume which job?', zh: '继续哪个任务？' },
  'ui.resume.question': { en: 'Resume {name}?', zh: '继续 {name}？' },
  'ui.resume.detail': {
    en: 'It runs again under the same name. The last run is deleted; its log is saved on this machine first. Storage is kept.',
    zh: '将以相同名称再次运行。上一次运行会被删除，其日志会先保存到本机。存储会保留。',
  },
  'ui.resume.confirm': { en: 'Resume', zh: '继续' },
  'ui.resume.progress': { en: 'Resuming {name}', zh: '正在继续 {name}' },
  'ui.resume.started': { en: '{name} goes on.', zh: '{name} 继续运行。' },
  'ui.resume.next-run': { en: 'Run {run} of {name} was started.', zh: '已启动 {name} 的第 {run} 次运行。' },
  'ui.resume.open-log': { en: 'Show the Last Log', zh: '查看上次日志' },
  'ui.scale.pick': { en: 'Scale which service?', zh: '调整哪个服务？' },
  'ui.scale.title': { en: 'Replicas of {name}', zh: '{name} 的副本数' },
  'ui.scale.prompt': {
    en: 'How many copies serve requests. It holds until its file is changed and submitted again.',
    zh: '同时处理请求的副本数量，直到修改并重新提交其文件为止。',
  },
  'ui.scale.number': { en: 'Write a whole number, such as 2.', zh: '请输入整数，例如 2。' },
  'ui.scale.already': {
    en: '{name} has {replicas} {replicas|replica|replicas} already.',
    zh: '{name} 已是 {replicas} 个副本。',
  },
  'ui.scale.progress': { en: 'Scaling {name}', zh: '正在调整 {name}' },
} as const satisfies Record<string, Text>;
