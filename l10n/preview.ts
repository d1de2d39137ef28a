import type { Text } from './text.ts';

/** Comments of the preview of resources, and what the comparison with the cluster says. */
export const previewTexts = {
  'preview.offline': {
    en: 'What Submit would make of {file}. Read-only. No cluster is connected: where a cluster decides, the usual is taken.',
    zh: '提交 {file} 后将创建的内容，只读。尚未连接集群：由集群决定的部分按通常情况处理。',
  },
  'preview.cluster': {
    en: 'What Submit would make of {file} in cluster {cluster}. Read-only.',
    zh: '将 {file} 提交到集群 {cluster} 后创建的内容，只读。',
  },
  'preview.assumed.queue': {
    en: 'Not looked up here: whether the cluster has the queue. It is shown without one; Submit looks.',
    zh: '此处未查询集群是否有该队列，按没有队列显示；提交时会查询。',
  },
  'preview.assumed.scaling': {
    en: 'Not looked up here: what the cluster measures load with. Autoscaling is shown with KEDA and Prometheus; Submit looks.',
    zh: '此处未查询集群用什么测量负载，自动伸缩按 KEDA 加 Prometheus 显示；提交时会查询。',
  },
  'preview.assumed.share': {
    en: 'Not looked up here: how nodes share GPUs. Whole GPUs are shown; Submit looks.',
    zh: '此处未查询节点如何共享 GPU，按整卡显示；提交时会查询。',
  },
  'preview.assumed.rack': {
    en: 'Not chosen here: the rack. Submit looks for one that has room.',
    zh: '此处未选定机架；提交时会选择有空位的机架。',
  },
  'preview.gone': {
    en: 'No longer followed: the file {file} is not there any more. What follows is what it was.',
    zh: '不再更新：文件 {file} 已不存在。以下为之前的内容。',
  },
  'preview.nothing': {
    en: 'There is no gpuctl document in {file}.',
    zh: '{file} 中没有 gpuctl 文档。',
  },
  'preview.too-many': {
    en: '{file} has {all} documents; the first {most} are shown.',
    zh: '{file} 共有 {all} 个文档，仅显示前 {most} 个。',
  },
  'preview.stale': {
    en: '{name} (line {line}) has {count} {count|error|errors} now. What follows is what it was before.',
    zh: '{name}（第 {line} 行）现有 {count} 处错误，以下为出错前的内容。',
  },
  'preview.not-yet': {
    en: '{name} (line {line}) has {count} {count|error|errors}. Its resources are shown here once they are mended.',
    zh: '{name}（第 {line} 行）有 {count} 处错误，修正后在此显示其资源。',
  },
  'preview.unknown': {
    en: '{name}: not checked, so not shown here.',
    zh: '{name}：未经检查，因此不在此显示。',
  },
  'preview.main': {
    en: '{name} (line {line}): made unable to start, and let go once all else is there',
    zh: '{name}（第 {line} 行）：创建时不启动，待其余对象就绪后启动',
  },
  'preview.owned': {
    en: '{name} (line {line}): belongs to the job and is deleted with it',
    zh: '{name}（第 {line} 行）：属于该任务，随任务一起删除',
  },
  'preview.kept': {
    en: '{name} (line {line}): made where there is none, and kept when the rest is deleted',
    zh: '{name}（第 {line} 行）：不存在时创建，删除时保留',
  },
  'preview.applied': {
    en: '{name} (line {line}): made, or changed where it is there',
    zh: '{name}（第 {line} 行）：不存在时创建，已存在则更新',
  },
  'preview.node': { en: 'Node {node}: {labels}', zh: '节点 {node}：{labels}' },

  'compare.title': { en: '{file}: {cluster} ↔ Document', zh: '{file}：{cluster} ↔ 文档' },
  'compare.same': {
    en: '{file} and what runs in cluster {cluster} agree: a submit would change nothing.',
    zh: '{file} 与集群 {cluster} 中的内容一致：提交不会产生任何更改。',
  },
  'compare.progress': { en: 'Comparing {file} with the cluster', zh: '正在将 {file} 与集群比较' },
  'compare.untried': {
    en: '{object}: the cluster could not complete it ({reason}), so values may differ in their writing only.',
    zh: '{object}：集群未能补全该对象（{reason}），部分差异可能仅是写法不同。',
  },
  'compare.again': {
    en: 'What was compared is not held any more. Compare the document again.',
    zh: '比较结果已不再保留，请重新比较该文档。',
  },
  'compare.nothing': {
    en: 'Open a gpuctl file first.',
    zh: '请先打开一个 gpuctl 文件。',
  },
} as const satisfies Record<string, Text>;
