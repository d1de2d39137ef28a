import type { Text } from './text.ts';

/** Submitting several documents at once. */
export const submitManyTexts = {
  'submit.ask.beside': {
    en: '“{name}” fits alone, but not beside the other jobs that are submitted with it. Started like this, some of its {pods} nodes may hold GPUs and wait for the rest. Hold it, and start it when all of it fits.',
    zh: '“{name}”单独提交时可以容纳，但与一同提交的其他任务不能同时容纳。现在启动，它的 {pods} 个节点中可能有一部分占住 GPU 并等待其余节点。可以先挂起任务，待全部满足时再启动。',
  },
  'submit.ask.ended.all': {
    en: '{count} jobs of these names have ended. To run them again, those runs are deleted; their logs are saved on this machine first, and storage is kept.',
    zh: '{count} 个同名任务已结束。再次运行会删除这些运行；其日志会先保存到本机，存储会保留。',
  },
  'submit.ask.replace.all': {
    en: '{count} jobs of these names are there already, and what you changed cannot be changed in a job that was started. They are ended, deleted and started anew; their logs are saved on this machine first, and storage is kept.',
    zh: '已有 {count} 个同名任务，而您修改的内容无法在已启动的任务上更改。它们将被终止、删除并重新启动；其日志会先保存到本机，存储会保留。',
  },
  'submit.ask.other-kind.all': {
    en: '{count} of these names belong to jobs of another kind. Those are ended and deleted to make room; storage is kept.',
    zh: '其中 {count} 个名称已被其他类型的任务占用。那些任务将被终止并删除；存储会保留。',
  },
  'submit.ask.other-user.all': {
    en: '{count} jobs of these names were submitted by somebody else.',
    zh: '{count} 个同名任务由其他人提交。',
  },
  'submit.ask.other-file.all': {
    en: '{count} jobs of these names were submitted from other files.',
    zh: '{count} 个同名任务提交自其他文件。',
  },
  'submit.ask.in-part.all': {
    en: '{count} jobs would only start in part now: they would hold GPUs and wait for the rest. Hold them, and start each when all of it fits.',
    zh: '{count} 个任务目前只能部分启动：它们会占住 GPU 并等待其余节点。可以先挂起，待全部满足时再逐个启动。',
  },
  'submit.ask.preempts-in-part.all': {
    en: '{count} jobs do not fit as a whole. Started now, a part of each would push out jobs of lower priority, whose work since the last checkpoint is lost, and wait for the rest. Hold them, and start each when there is room.',
    zh: '{count} 个任务无法整体运行。现在启动，每个任务都会有一部分挤出优先级更低的任务（自上一个检查点以来的工作会丢失），并等待其余部分。可以先挂起，待有空闲时再逐个启动。',
  },
  'submit.ask.beside.all': {
    en: '{count} jobs fit alone, but not beside the others that are submitted with them: they may start in part, hold GPUs and wait for the rest. Hold them, and start each when all of it fits.',
    zh: '{count} 个任务单独提交时可以容纳，但与一同提交的其他任务不能同时容纳：它们可能部分启动，占住 GPU 并等待其余节点。可以先挂起，待全部满足时再逐个启动。',
  },
  'submit.ask.preempts.all': {
    en: '{count} jobs fit now only by pushing out jobs of lower priority, whose work since the last checkpoint is lost. Hold them, and start each when there is room.',
    zh: '目前只有挤出优先级更低的任务，这 {count} 个任务才能运行；被挤出的任务自上一个检查点以来的工作会丢失。可以先挂起，待有空闲时再逐个启动。',
  },

  'submit.look.not-beside': { en: 'fits alone, not beside those above', zh: '单独可容纳，与上面的任务不能同时容纳' },
  'submit.look.not-beside.sentence': {
    en: 'It fits alone, but not beside the jobs that are submitted before it. It waits until there is room.',
    zh: '单独提交时可以容纳，但与先提交的任务不能同时容纳。它会排队等待空闲。',
  },
  'submit.look.unknown': { en: 'Whether they fit is not known.', zh: '无法判断是否能够容纳。' },
  'submit.look.all-fit': {
    en: 'All {count} jobs fit beside each other now.',
    zh: '目前 {count} 个任务可以同时容纳。',
  },
  'submit.look.some-fit': {
    en: '{fits} of {count} jobs fit beside each other now; the rest would wait.',
    zh: '目前 {count} 个任务中有 {fits} 个可以同时容纳，其余的会排队。',
  },
  'submit.look.ended': {
    en: 'run again: the last run ({state}) is deleted',
    zh: '再次运行：上一次运行（{state}）会被删除',
  },
  'submit.look.same': { en: 'there already ({state}), just as written', zh: '已存在（{state}），内容相同' },
  'submit.look.there': { en: 'there already ({state}): is changed', zh: '已存在（{state}）：会被更改' },
  'submit.look.other-kind': {
    en: 'takes the place of a job of kind {kind} ({state})',
    zh: '会替换一个“{kind}”类型的任务（{state}）',
  },

  'ui.submit.list.title': {
    en: 'Submit to {cluster}, Namespace {namespace}',
    zh: '提交到 {cluster}，命名空间 {namespace}',
  },
  'ui.submit.list.title.nowhere': { en: 'Submit', zh: '提交' },
  'ui.submit.list.pool': { en: 'to {pool}', zh: '资源池 {pool}' },
  'ui.submit.list.choose': { en: 'Choose what to submit', zh: '选择要提交的文档' },
  'ui.submit.list.errors': { en: 'Not submitted: has errors', zh: '不可提交：存在错误' },
  'ui.submit.list.error': { en: 'line {line}: {message}', zh: '第 {line} 行：{message}' },
  'ui.submit.list.error.more': {
    en: 'line {line}: {message} ({count} more {count|error|errors})',
    zh: '第 {line} 行：{message}（另有 {count} 个错误）',
  },
  'ui.submit.list.open': { en: 'Open', zh: '打开' },
  'ui.submit.list.unsaved': { en: 'not saved', zh: '未保存' },
  'ui.submit.list.reading': { en: 'Looking for gpuctl documents', zh: '正在查找 gpuctl 文档' },
  'ui.submit.list.none': {
    en: 'There is no gpuctl document in what you chose.',
    zh: '所选内容中没有 gpuctl 文档。',
  },
  'ui.submit.list.capped': {
    en: 'only the first {count} files were looked at',
    zh: '仅查看了前 {count} 个文件',
  },
  'ui.submit.several.progress': { en: 'Submitting {count} {count|document|documents}', zh: '正在提交 {count} 个文档' },
  'ui.submit.several.done': { en: '{done} of {of}: {name}', zh: '{done}/{of}：{name}' },
  'ui.submit.ask.all': { en: 'Submit these {count} jobs?', zh: '提交这 {count} 个任务？' },
  'ui.submit.ask.all.where': {
    en: 'In cluster {cluster}, namespace {namespaces}:',
    zh: '在集群 {cluster} 的命名空间 {namespaces} 中：',
  },
  'ui.submit.ask.all.more': { en: '… and {count} more', zh: '…… 另有 {count} 个' },
  'ui.submit.ask.all.hold': { en: 'Hold All', zh: '全部挂起' },
  'ui.submit.ask.all.start': { en: 'Start All Anyway', zh: '仍然全部启动' },
  'ui.submit.ask.all.run-again': { en: 'Run All Again', zh: '全部再次运行' },
  'ui.submit.ask.all.change': { en: 'Change All', zh: '全部更改' },
  'ui.submit.ask.all.replace': { en: 'Replace All', zh: '全部替换' },
  'ui.submit.ask.all.each': { en: 'Ask for Each', zh: '逐个询问' },
  'ui.submit.outcome.file': { en: 'Submit {number}', zh: '提交结果 {number}' },
  'ui.submit.outcome.forgotten': {
    en: 'What became of this submit is not kept over a restart of the window.',
    zh: '窗口重新启动后不再保留此次提交的结果。',
  },
  'ui.submit.outcome.nothing': { en: 'Nothing of this is left to submit.', zh: '此处没有待提交的文档。' },
  'ui.submit.outcome.title': { en: 'Submitted to {cluster}', zh: '提交到 {cluster} 的结果' },
  'ui.submit.outcome.created': { en: 'submitted', zh: '已提交' },
  'ui.submit.outcome.changed': { en: 'changed', zh: '已更改' },
  'ui.submit.outcome.replaced': { en: 'submitted anew', zh: '已重新提交' },
  'ui.submit.outcome.unchanged': { en: 'unchanged', zh: '无变化' },
  'ui.submit.outcome.failed': { en: 'failed', zh: '失败' },
  'ui.submit.outcome.skipped': { en: 'skipped', zh: '已跳过' },
  'ui.submit.outcome.not-agreed': { en: 'not submitted, as you chose', zh: '已按您的选择未提交' },
  'ui.submit.outcome.cancelled': { en: 'cancelled before it was submitted', zh: '提交前已取消' },
  'ui.submit.outcome.left': { en: 'Not Submitted', zh: '未提交' },
  'ui.submit.outcome.done': { en: 'Submitted', zh: '已提交' },
  'ui.submit.outcome.all': {
    en: 'Submitted {count} {count|document|documents} to {cluster}.',
    zh: '已将 {count} 个文档提交到 {cluster}。',
  },
  'ui.submit.outcome.some': {
    en: '{left} of {count} {count|document|documents} {left|was|were} not submitted to {cluster}.',
    zh: '{count} 个文档中有 {left} 个未提交到 {cluster}。',
  },
  'ui.submit.outcome.show': { en: 'Show Outcome', zh: '显示结果' },
  'ui.submit.outcome.again': { en: 'Submit Again', zh: '重新提交' },
} as const satisfies Record<string, Text>;
