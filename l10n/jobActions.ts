import type { Text } from './text.ts';

/** Gestures on one job: the document behind it, its changes, its replicas, its commands. */
export const jobActionTexts = {
  'source.rebuilt': {
    en: 'Rebuilt from what runs: {kind} {name} in {namespace}, cluster {cluster}. No document was kept with it.',
    zh: '根据集群 {cluster} 命名空间 {namespace} 中运行的 {kind} {name} 重建，提交时未保存文档。',
  },
  'source.rebuilt.read': {
    en: 'Read it before you submit it: what gpuctl adds by itself is left out, and comments are lost.',
    zh: '提交前请先检查：gpuctl 自动添加的内容已省略，原有注释无法恢复。',
  },
  'source.rebuilt.lost': {
    en: 'Could not be rebuilt, since a document cannot say it so:',
    zh: '以下内容无法重建，文档中没有对应写法：',
  },
  'source.rebuilt.traceless': {
    en: 'May have stood in the document and left nothing to see: {keys}.',
    zh: '原文档中可能有、但在集群中不留痕迹的键：{keys}。',
  },
  'scale.verdict': { en: '{more} more: {said}', zh: '增加 {more} 个：{said}' },
  'scale.frees': { en: 'frees {gpus} {gpus|GPU|GPUs}', zh: '将释放 {gpus} 张 GPU' },

  'ui.source.pick': { en: 'Open the document of which job?', zh: '打开哪个任务的文档？' },
  'ui.source.progress': { en: 'Reading the document of {name}', zh: '正在读取 {name} 的文档' },
  'ui.resource.gone': { en: '{kind} {name} is not there any more.', zh: '{kind} {name} 已不存在。' },
  'ui.source.copied': {
    en: 'The file of this job is not what was submitted any more, so this is a copy of the document.',
    zh: '该任务的文件已与提交时不同，因此打开的是文档副本。',
  },
  'ui.changes.ask': {
    en: 'Submit these changes of {name} to {cluster}, namespace {namespace}?',
    zh: '将 {name} 的这些更改提交到 {cluster}，命名空间 {namespace}？',
  },
  'ui.changes.ask.cluster': {
    en: 'Submit these changes of {name} to {cluster}?',
    zh: '将 {name} 的这些更改提交到 {cluster}？',
  },
  'ui.changes.edited': {
    en: '{name} was edited after it was compared. Nothing was submitted; it is compared again.',
    zh: '{name} 在比较之后又被编辑，未提交任何内容，正在重新比较。',
  },
  'ui.changes.no-document': {
    en: 'The document of {name} is not in a file of this workspace. Open its file to compare and submit it.',
    zh: '{name} 的文档不在此工作区的文件中。请打开其文件后再比较并提交。',
  },
  'ui.changes.submit': { en: 'Submit', zh: '提交' },
  'ui.changes.same': {
    en: 'Nothing of what runs would change: {name} differs in comments or spelling only.',
    zh: '运行中的内容不会有任何更改：{name} 仅注释或写法不同。',
  },
  'ui.command.pick': { en: 'Copy a command of which job?', zh: '复制哪个任务的命令？' },
  'ui.command.title': { en: 'Copy a command for {name}', zh: '复制 {name} 的命令' },
  'ui.command.log': { en: 'Follow its log', zh: '跟踪日志' },
  'ui.command.describe': { en: 'Describe it', zh: '查看详情' },
  'ui.command.create': { en: 'Submit its file', zh: '提交其文件' },
  'ui.command.stop': { en: 'Stop it', zh: '停止' },
  'ui.command.start': { en: 'Start it', zh: '启动' },
  'ui.command.resume': { en: 'Resume it', zh: '继续' },
  'ui.command.delete': { en: 'Delete it', zh: '删除' },
  'ui.command.copied': { en: 'Copied: {command}', zh: '已复制：{command}' },
  'ui.actions.title': { en: 'What to do with this document', zh: '对此文档的操作' },
  'ui.actions.none': { en: 'Put the cursor into a gpuctl document first.', zh: '请先将光标放到 gpuctl 文档中。' },
} as const satisfies Record<string, Text>;
