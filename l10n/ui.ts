import type { Text } from './text.ts';

/** What the client says by itself. What is known of cluster, jobs and files, the server says. */
export const uiTexts = {
  'ui.age.now': { en: 'now', zh: '刚刚' },
  'ui.age.minutes': { en: '{minutes}m', zh: '{minutes}分钟' },
  'ui.age.hours': { en: '{hours}h', zh: '{hours}小时' },
  'ui.age.hoursMinutes': { en: '{hours}h{minutes}m', zh: '{hours}小时{minutes}分' },
  'ui.age.days': { en: '{days}d', zh: '{days}天' },
  'ui.age.daysHours': { en: '{days}d{hours}h', zh: '{days}天{hours}小时' },
  'ui.length.seconds': { en: '{seconds} s', zh: '{seconds} 秒' },
  'ui.age.ago': { en: '{age} ago', zh: '{age}前' },

  'ui.action.openJob': { en: 'Show Job', zh: '查看任务' },
  'ui.action.rename': { en: 'Change the Name', zh: '修改名称' },
  'ui.action.selectTarget': { en: 'Choose Cluster', zh: '选择集群' },
  'ui.action.openKubeconfig': { en: 'Open Kubeconfig', zh: '打开 kubeconfig' },
  'ui.action.retry': { en: 'Try Again', zh: '重试' },
  'ui.action.reconnect': { en: 'Connect Again', zh: '重新连接' },
  'ui.action.details': { en: 'Show Details', zh: '显示详情' },
  'ui.action.log': { en: 'Show Log', zh: '查看日志' },
  'ui.action.settings': { en: 'Open Settings', zh: '打开设置' },
  'ui.action.reload': { en: 'Reload Window', zh: '重新加载窗口' },

  'ui.failure.unexpected': {
    en: 'Something went wrong in gpuctl. The details are in its output.',
    zh: 'gpuctl 内部出错，详情见其输出。',
  },
  'ui.server.lost': {
    en: 'gpuctl was interrupted before this was answered. Look whether it was done, then try again.',
    zh: 'gpuctl 在得到答复之前中断了。请先确认操作是否已完成，再重试。',
  },
  'ui.server.restarting': { en: 'gpuctl was interrupted and is starting again.', zh: 'gpuctl 已中断，正在重新启动。' },
  'ui.server.ended': {
    en: 'gpuctl was interrupted several times in a row and is no longer started by itself.',
    zh: 'gpuctl 连续多次中断，不再自动启动。',
  },
  'ui.server.otherVersion': {
    en: 'gpuctl was updated. Reload the window to use the new version.',
    zh: 'gpuctl 已更新，请重新加载窗口以使用新版本。',
  },

  'ui.view.connecting': { en: 'Connecting…', zh: '正在连接…' },
  'ui.view.connectingTo': { en: 'Connecting to {context}…', zh: '正在连接 {context}…' },
  'ui.view.loading': { en: 'Loading…', zh: '正在加载…' },
  'ui.view.none': { en: 'No kubeconfig with a usable cluster was found.', zh: '未找到包含可用集群的 kubeconfig。' },
  'ui.view.failed': { en: 'The cluster cannot be reached.', zh: '无法连接集群。' },
  'ui.view.asOf': { en: 'As of {time}.', zh: '截至 {time}。' },

  'ui.phase.waiting': { en: 'waiting', zh: '排队中' },
  'ui.phase.running': { en: 'running', zh: '运行中' },
  'ui.phase.succeeded': { en: 'completed', zh: '已完成' },
  'ui.phase.failed': { en: 'failed', zh: '失败' },
  'ui.phase.stopped': { en: 'stopped', zh: '已停止' },
  'ui.phase.unknown': { en: 'unknown', zh: '未知' },

  'ui.kind.training': { en: 'training', zh: '训练' },
  'ui.kind.inference': { en: 'inference', zh: '推理' },
  'ui.kind.notebook': { en: 'notebook', zh: 'Notebook' },
  'ui.kind.compute': { en: 'compute', zh: '通用计算' },
  'ui.kind.pool': { en: 'pool', zh: '资源池' },
  'ui.kind.quota': { en: 'quota', zh: '配额' },

  'ui.pod.rank': { en: 'rank {rank}', zh: 'rank {rank}' },
  'ui.gpus': { en: '{count} {count|GPU|GPUs}', zh: '{count} 张 GPU' },

  'ui.fact.state': { en: 'State', zh: '状态' },
  'ui.fact.kind': { en: 'Kind', zh: '类型' },
  'ui.fact.gpu': { en: 'GPU', zh: 'GPU' },
  'ui.fact.pool': { en: 'Pool', zh: '资源池' },
  'ui.fact.replica': { en: 'Replica', zh: '副本' },
  'ui.fact.replicas': { en: 'Replicas running', zh: '运行中的副本' },
  'ui.fact.namespace': { en: 'Namespace', zh: '命名空间' },
  'ui.fact.submittedBy': { en: 'Submitted by', zh: '提交者' },
  'ui.fact.submitted': { en: 'Submitted', zh: '提交时间' },
  'ui.fact.started': { en: 'Started', zh: '开始时间' },
  'ui.fact.ended': { en: 'Ended', zh: '结束时间' },
  'ui.fact.restarts': { en: 'Restarts', zh: '重启次数' },
  'ui.fact.details': { en: 'Details', zh: '详细信息' },
  'ui.fact.node': { en: 'Node', zh: '节点' },
  'ui.fact.nodes': { en: 'Nodes', zh: '节点' },
  'ui.fact.rack': { en: 'Rack', zh: '机架' },

  'ui.pools.none': { en: 'no pool', zh: '未分配资源池' },
  'ui.pools.useUnknown': { en: 'use unknown', zh: '使用情况未知' },
  'ui.pools.noneUsable': { en: 'none usable now', zh: '目前均不可用' },
  'ui.pools.nodes': { en: '{count} {count|node|nodes}', zh: '{count} 个节点' },
  'ui.pools.noGpu': { en: 'no GPU', zh: '无 GPU' },
  'ui.pools.sentence': {
    en: '{used} of {total} in use, {free} free, at most {block} together on one node',
    zh: '共 {total} 张，已用 {used} 张，空闲 {free} 张，单节点最多空闲 {block} 张',
  },
  'ui.pools.sentence.unknown': { en: '{total} in all, use unknown', zh: '共 {total} 张，使用情况未知' },
  'ui.pools.unavailable': {
    en: '{sentence}, {unavailable} on nodes that take no jobs',
    zh: '{sentence}，另有 {unavailable} 张位于不接收任务的节点上',
  },
  'ui.pools.unhealthy': { en: '{sentence}, {unhealthy} broken', zh: '{sentence}，另有 {unhealthy} 张故障' },
  'ui.pools.onlyUnhealthy': {
    en: '{unhealthy}, {unhealthy|broken|all of them broken}',
    zh: '{unhealthy} 张，均已故障',
  },
  'ui.pools.onlyUnavailable': {
    en: '{unavailable}, of which none can be used now',
    zh: '{unavailable} 张，目前均不可用',
  },
  'ui.node.ready': { en: 'ready', zh: '就绪' },
  'ui.node.cordoned': { en: 'cordoned', zh: '已停止调度' },
  'ui.node.notReady': { en: 'not ready', zh: '未就绪' },
  'ui.node.heldSince': { en: '{held} since {time}', zh: '{held}，始于 {time}' },
  'ui.node.holders': { en: 'used by {jobs}', zh: '使用者：{jobs}' },

  'ui.submit.progress': { en: 'Submitting {file}', zh: '正在提交 {file}' },
  'ui.submit.to': { en: 'to {cluster}', zh: '到 {cluster}' },
  'ui.submit.nothing': {
    en: 'Open the file of the job first, then submit it.',
    zh: '请先打开任务文件，再提交。',
  },
  'ui.submit.created': {
    en: 'Submitted {name} to {cluster}, namespace {namespace}.',
    zh: '已将 {name} 提交到 {cluster}，命名空间 {namespace}。',
  },
  'ui.submit.changed': {
    en: 'Changed {name} in {cluster}, namespace {namespace}, to what is written here.',
    zh: '已按此处内容更改 {cluster} 的命名空间 {namespace} 中的 {name}。',
  },
  'ui.submit.replaced': {
    en: 'Submitted {name} anew to {cluster}, namespace {namespace}.',
    zh: '已将 {name} 重新提交到 {cluster}，命名空间 {namespace}。',
  },
  'ui.submit.created.settings': { en: 'Made {name} in {cluster}.', zh: '已在 {cluster} 中创建 {name}。' },
  'ui.submit.changed.settings': {
    en: 'Changed {name} in {cluster} to what is written here.',
    zh: '已按此处内容更改 {cluster} 中的 {name}。',
  },
  'ui.submit.replaced.settings': { en: 'Made {name} anew in {cluster}.', zh: '已在 {cluster} 中重新创建 {name}。' },
  'ui.submit.unchanged.settings': {
    en: '{name} is in {cluster} already, just as written here. Nothing was changed.',
    zh: '{cluster} 中已有内容相同的 {name}，未做任何更改。',
  },
  'ui.submit.several': {
    en: 'Submitted {done} of {all} documents to {cluster}.',
    zh: '已将 {all} 个文档中的 {done} 个提交到 {cluster}。',
  },
  'ui.submit.unsaved': {
    en: 'This is the text of the editor, which is not saved.',
    zh: '提交的是编辑器中尚未保存的内容。',
  },
  'ui.submit.declined': { en: 'Not submitted, as you chose: {names}.', zh: '已按您的选择未提交：{names}。' },
  'ui.submit.cancelled': {
    en: 'Cancelled before {count} more {count|was|were} submitted.',
    zh: '已取消，另有 {count} 个未提交。',
  },
  'ui.submit.others-failed': {
    en: '{others} {others|other was|others were} not submitted either.',
    zh: '另有 {others} 个也未提交。',
  },
  'ui.submit.ask': { en: 'Submit {name}?', zh: '提交 {name}？' },
  'ui.submit.ask.where': { en: 'In cluster {cluster}:', zh: '在集群 {cluster} 中：' },
  'ui.submit.ask.start': { en: 'Start Anyway', zh: '仍然启动' },
  'ui.submit.ask.run-again': { en: 'Run It Again', zh: '再次运行' },
  'ui.submit.ask.hold': { en: 'Hold', zh: '挂起' },
  'ui.submit.ask.change': { en: 'Change It', zh: '更改' },
  'ui.submit.ask.replace': { en: 'Replace It', zh: '替换' },
  'ui.submit.unchanged': {
    en: '{name} is already in {cluster}, namespace {namespace}, just as written here. Nothing was changed.',
    zh: '{cluster} 的命名空间 {namespace} 中已有内容相同的 {name}，未做任何更改。',
  },

  'ui.target.left': {
    en: 'This was seen in cluster {seen}, and the window is in {now} now, so nothing was done. Choose that cluster again, or look at this one afresh.',
    zh: '此内容来自集群 {seen}，而窗口现在位于 {now}，因此未做任何操作。请重新选择该集群，或查看当前集群的最新状态。',
  },
  'ui.target.unknown': {
    en: 'The window is not connected yet, so it is not known which cluster is meant. Nothing was done; try again when it is.',
    zh: '窗口尚未连接，无法确定是哪个集群，因此未做任何操作。请在连接后重试。',
  },
  'ui.submit.ask.look': { en: 'Show Jobs', zh: '查看任务' },
  'ui.delete.pick': { en: 'Delete a Job', zh: '删除任务' },
  'ui.delete.question': { en: 'Delete the job {name}?', zh: '删除任务 {name}？' },
  'ui.delete.where': { en: 'Cluster {cluster}, namespace {namespace}', zh: '集群 {cluster}，命名空间 {namespace}' },
  'ui.delete.removes': { en: 'Will be removed:', zh: '将删除：' },
  'ui.delete.keeps': { en: 'Will be kept:', zh: '将保留：' },
  'ui.delete.confirm': { en: 'Delete', zh: '删除' },
  'ui.delete.progress': {
    en: 'Deleting {name} from {cluster}, namespace {namespace}',
    zh: '正在从 {cluster} 的命名空间 {namespace} 删除 {name}',
  },

  'ui.pick.job': { en: 'Choose a job', zh: '选择任务' },
  'ui.pick.none': { en: 'There is no job to do this with now.', zh: '目前没有可执行此操作的任务。' },

  'ui.connection.off': { en: 'GPU: not connected', zh: 'GPU：未连接' },
  'ui.connection.none': { en: 'GPU: no cluster', zh: 'GPU：无集群' },
  'ui.connection.connecting': { en: 'connecting', zh: '正在连接' },
  'ui.connection.connected': { en: 'connected', zh: '已连接' },
  'ui.connection.offline': { en: 'offline', zh: '离线' },
  'ui.connection.failed': { en: 'not reachable', zh: '无法连接' },
  'ui.status.name': { en: 'GPU cluster', zh: 'GPU 集群' },
  'ui.status.capacityUnknown': { en: 'capacity unknown', zh: '容量未知' },
  'ui.status.click': {
    en: 'Click to choose cluster, namespace, and the pool that is told here.',
    zh: '点击可选择集群、命名空间，以及此处显示的资源池。',
  },

  'ui.target.title': { en: 'Choose Cluster', zh: '选择集群' },
  'ui.target.context': { en: 'A context of your kubeconfig', zh: 'kubeconfig 中的上下文' },
  'ui.target.noContext': { en: 'No context found in the kubeconfig', zh: 'kubeconfig 中没有可用的上下文' },
  'ui.target.namespaceTitle': { en: 'Choose Namespace in {context}', zh: '选择 {context} 中的命名空间' },
  'ui.target.namespace': { en: 'Choose a namespace, or type its name', zh: '选择命名空间，或直接输入名称' },
  'ui.target.typed': { en: 'Use {namespace}', zh: '使用 {namespace}' },

  'ui.kubeconfig.missing': {
    en: 'There is no file {path}. Put the kubeconfig you were given there, or name another file in the settings.',
    zh: '文件 {path} 不存在。请将获得的 kubeconfig 放到此处，或在设置中指定其他文件。',
  },
} as const satisfies Record<string, Text>;
