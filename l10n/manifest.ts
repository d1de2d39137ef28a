import type { Text } from './text.ts';

/** What `package.json` names as `%key%`. VS Code shows these in its own display language. */
export const manifestTexts = {
  'manifest.extension.displayName': { en: 'gpuctl', zh: 'gpuctl' },
  'manifest.extension.description': {
    en: 'Run training, inference and notebooks on a GPU cluster from a YAML file, without knowing Kubernetes.',
    zh: '用一个 YAML 文件在 GPU 集群上运行训练、推理和 Notebook，无需了解 Kubernetes。',
  },
  'manifest.container.title': { en: 'GPU', zh: 'GPU' },
  'manifest.view.jobs': { en: 'Jobs', zh: '任务' },
  'manifest.view.pools': { en: 'Pools', zh: '资源池' },

  'manifest.command.submit': { en: 'Submit', zh: '提交' },
  'manifest.command.newFile': { en: 'New gpuctl File…', zh: '新建 gpuctl 文件…' },
  'manifest.command.stop': { en: 'Stop Job…', zh: '停止任务…' },
  'manifest.command.start': { en: 'Start Job', zh: '启动任务' },
  'manifest.command.resume': { en: 'Resume Job…', zh: '继续任务…' },
  'manifest.command.scale': { en: 'Scale Service…', zh: '调整服务副本数…' },
  'manifest.command.delete': { en: 'Delete Job…', zh: '删除任务…' },
  'manifest.command.log': { en: 'Show Log', zh: '查看日志' },
  'manifest.command.stopLog': { en: 'Stop Following Log', zh: '停止跟踪日志' },
  'manifest.command.preview': { en: 'Preview Resources', zh: '预览资源' },
  'manifest.command.compare': { en: 'Compare with Cluster', zh: '与集群比较' },
  'manifest.command.selectTarget': { en: 'Choose Cluster and Namespace…', zh: '选择集群和命名空间…' },
  'manifest.command.reconnect': { en: 'Connect Again', zh: '重新连接' },
  'manifest.command.checkCluster': { en: 'Check Cluster', zh: '检查集群' },
  'manifest.command.openKubeconfig': { en: 'Open Kubeconfig', zh: '打开 kubeconfig' },
  'manifest.command.showOutput': { en: 'Show Output', zh: '显示输出' },

  'manifest.token.job': { en: 'Name of a job', zh: '任务名称' },
  'manifest.token.pool': { en: 'Name of a pool', zh: '资源池名称' },
  'manifest.token.image': { en: 'Container image', zh: '容器镜像' },
  'manifest.token.quantity': { en: 'Amount of CPU, memory or storage', zh: 'CPU、内存或存储的数量' },
  'manifest.token.gpuType': { en: 'Type of GPU', zh: 'GPU 型号' },

  'manifest.welcome.untrusted': {
    en: 'In Restricted Mode no cluster is contacted.\n[Manage Workspace Trust](command:workbench.trust.manage)',
    zh: '受限模式下不会连接集群。\n[管理工作区信任](command:workbench.trust.manage)',
  },
  'manifest.welcome.noJobs': {
    en: 'No jobs yet. Open a gpuctl file and choose Submit above its first line.\n[New gpuctl File…](command:gpuctl.job.newFile)',
    zh: '暂无任务。打开一个 gpuctl 文件，点击首行上方的“提交”。\n[新建 gpuctl 文件…](command:gpuctl.job.newFile)',
  },
  'manifest.welcome.noPools': {
    en: 'No nodes or pools in this cluster.',
    zh: '此集群中没有节点或资源池。',
  },

  'manifest.setting.kubeconfig': {
    en: 'Path of the kubeconfig. Empty: the one that kubectl uses (`KUBECONFIG`, else `~/.kube/config`). The file is only read.',
    zh: 'kubeconfig 的路径。留空则与 kubectl 一致（`KUBECONFIG`，否则 `~/.kube/config`）。该文件只会被读取。',
  },
  'manifest.setting.language': {
    en: 'Language of findings, trees and messages.',
    zh: '检查结果、列表和消息所用的语言。',
  },
  'manifest.setting.language.auto': { en: "VS Code's display language", zh: '与 VS Code 的显示语言一致' },
  'manifest.setting.language.en': { en: 'English', zh: '英文' },
  'manifest.setting.language.zh': { en: 'Chinese (simplified)', zh: '简体中文' },
  'manifest.setting.rules': {
    en: 'Severities of findings: `error`, `warning`, `information`, `hint` or `off`, by the code that stands behind a finding (`image.latest`) or by its first word for all of a group (`image`). What a job could not run with stays an error. One place is silenced by the comment `# gpuctl-ignore: <code>` there.',
    zh: '检查结果的级别：`error`、`warning`、`information`、`hint` 或 `off`。键为结果后面显示的代码（如 `image.latest`），或用第一个词表示整组（如 `image`）。任务无法带着运行的问题始终是错误。只忽略一处时，在该处写注释 `# gpuctl-ignore: <代码>`。',
  },
  'manifest.setting.rules.off': { en: 'Not shown', zh: '不显示' },
  'manifest.setting.rules.error': { en: 'Error', zh: '错误' },
  'manifest.setting.rules.warning': { en: 'Warning', zh: '警告' },
  'manifest.setting.rules.information': { en: 'Information', zh: '信息' },
  'manifest.setting.rules.hint': { en: 'A quiet hint', zh: '轻微提示' },
  'manifest.setting.startTimeout': {
    en: 'Minutes after which a job that runs only in part is marked with what holds the rest. `0` marks none.',
    zh: '任务仅部分运行超过多少分钟后，标出其余部分受阻的原因。`0` 表示不标记。',
  },
  'manifest.setting.labelPrefix': {
    en: 'Prefix of the labels that gpuctl writes to nodes and jobs. Both are always read.',
    zh: 'gpuctl 在节点和任务上写入的标签前缀。两种前缀都会被读取。',
  },
  'manifest.setting.labelPrefix.auto': {
    en: 'The one that the cluster’s nodes or jobs bear already, else `gpuctl`',
    zh: '集群节点或任务已使用的前缀；没有则为 `gpuctl`',
  },
  'manifest.setting.labelPrefix.gpuctl': { en: 'Always `gpuctl/…`', zh: '始终为 `gpuctl/…`' },
  'manifest.setting.labelPrefix.older': {
    en: 'Always `runwhere.ai/…`, as the older command-line tool',
    zh: '始终为 `runwhere.ai/…`，与旧版命令行工具一致',
  },
  'manifest.setting.prometheus': {
    en: 'Address of the Prometheus that autoscaling asks, as the cluster reaches it. Empty: the one of the pool’s `site.prometheus`, else one that is found in the cluster.',
    zh: '自动伸缩所查询的 Prometheus 的地址（集群内可访问）。留空则使用资源池的 `site.prometheus`，否则使用集群中找到的。',
  },
  'manifest.setting.trace': {
    en: 'What of the conversation with the language server goes to the output. Needs the log level *Trace* of that output.',
    zh: '将与语言服务器的通信记录到输出中的详细程度。需要将该输出的日志级别设为 *Trace*。',
  },
  'manifest.setting.trace.off': { en: 'Nothing', zh: '不记录' },
  'manifest.setting.trace.messages': { en: 'Names of messages', zh: '消息名称' },
  'manifest.setting.trace.verbose': { en: 'Messages with their content', zh: '消息及其内容' },

  'manifest.untrusted': {
    en: 'In Restricted Mode files are checked, but no cluster is contacted and no program started.',
    zh: '受限模式下仅检查文件，不连接集群，也不启动任何程序。',
  },
  'manifest.virtual': {
    en: 'In a virtual workspace files are submitted without the git commit.',
    zh: '在虚拟工作区中提交文件时不附带 git 提交信息。',
  },
} as const satisfies Record<string, Text>;
