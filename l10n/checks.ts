import type { Text } from './text.ts';

/** What "Check Cluster" and `gpuctl doctor` tell of a cluster. */
export const checkTexts = {
  'check.list': { en: '{first}, {rest}', zh: '{first}、{rest}' },
  'check.list.more': { en: '{more} more', zh: '另有 {more} 项' },
  'check.late': { en: 'No answer within {seconds} s.', zh: '{seconds} 秒内没有响应。' },
  'check.served': { en: 'The cluster serves {api}.', zh: '集群提供 {api}。' },
  'check.not-served': { en: 'The cluster does not serve {api}.', zh: '集群未提供 {api}。' },
  'check.no-gpu-nodes': { en: 'No node offers GPUs.', zh: '没有节点提供 GPU。' },

  'check.area.connection': { en: 'Connection', zh: '连接' },
  'check.area.gpus': { en: 'GPUs', zh: 'GPU' },
  'check.area.metrics': { en: 'Metrics', zh: '指标' },
  'check.area.scheduling': { en: 'Queues and priorities', zh: '队列与优先级' },
  'check.area.storage': { en: 'Storage', zh: '存储' },
  'check.area.rights': { en: 'Your rights', zh: '您的权限' },
  'check.status.good': { en: 'good', zh: '正常' },
  'check.status.missing': { en: 'missing', zh: '缺失' },
  'check.status.unknown': { en: 'unknown', zh: '未知' },

  'doctor.title': {
    en: 'Cluster {cluster} (context {context}), namespace {namespace}',
    zh: '集群 {cluster}（上下文 {context}），命名空间 {namespace}',
  },
  'doctor.needed': { en: '{what} (needed)', zh: '{what}（必需）' },
  'doctor.line': { en: '{what}: {found}', zh: '{what}：{found}' },
  'doctor.gives': { en: 'It would give: {gives}', zh: '作用：{gives}' },
  'doctor.how': { en: 'How to get it: {how}', zh: '如何获得：{how}' },
  'doctor.fit': {
    en: 'All that is needed is there: jobs can be submitted, seen and read.',
    zh: '所需条件均已满足：可以提交、查看任务并读取日志。',
  },
  'doctor.not-fit': {
    en: 'Something that is needed is not there, or you may submit no kind of job: see above.',
    zh: '缺少必需的条件，或您无权提交任何类型的任务：见上文。',
  },
  'doctor.again': {
    en: 'This report is gone. Run “gpuctl: Check Cluster” again.',
    zh: '此报告已失效，请重新运行“gpuctl: 检查集群”。',
  },
  'doctor.progress': { en: 'Checking cluster {cluster}', zh: '正在检查集群 {cluster}' },
  'doctor.file': { en: 'Cluster {cluster}', zh: '集群 {cluster}' },
  'doctor.where': { en: 'Context {context}, namespace {namespace}.', zh: '上下文 {context}，命名空间 {namespace}。' },

  'check.version': { en: 'Kubernetes', zh: 'Kubernetes 版本' },
  'check.version.gives': {
    en: 'What gpuctl builds is understood by the cluster.',
    zh: '集群能理解 gpuctl 生成的内容。',
  },
  'check.version.good': {
    en: '{version}; {oldest} or newer is needed.',
    zh: '{version}，满足 {oldest} 或更高的要求。',
  },
  'check.version.old': { en: '{version} is older than {oldest}.', zh: '{version} 低于 {oldest}。' },
  'check.version.unknown': { en: 'The server does not say its version.', zh: '服务器没有给出版本。' },
  'check.version.how': {
    en: 'Ask the administrator to bring the cluster to {oldest} or newer.',
    zh: '请让管理员将集群升级到 {oldest} 或更高版本。',
  },
  'check.user': { en: 'Who you are', zh: '您的身份' },
  'check.user.gives': { en: 'Jobs bear the name of who submitted them.', zh: '任务会记录提交者的名字。' },
  'check.user.good': {
    en: '“{user}” by context {context}; submits go to namespace {namespace}.',
    zh: '“{user}”（上下文 {context}），提交到命名空间 {namespace}。',
  },
  'check.user.unknown': {
    en: 'The cluster does not say it; context {context}, submits go to namespace {namespace}.',
    zh: '集群没有给出；上下文 {context}，提交到命名空间 {namespace}。',
  },

  'check.gpus': { en: 'GPUs on nodes', zh: '节点上的 GPU' },
  'check.gpus.gives': { en: 'Jobs can be given GPUs.', zh: '任务可以分配到 GPU。' },
  'check.gpus.plugin': {
    en: '{list} on {nodes} of {all} nodes, offered by a device plugin.',
    zh: '{all} 个节点中有 {nodes} 个提供 {list}（由设备插件提供）。',
  },
  'check.gpus.operator': {
    en: '{list} on {nodes} of {all} nodes, offered by the GPU operator.',
    zh: '{all} 个节点中有 {nodes} 个提供 {list}（由 GPU Operator 提供）。',
  },
  'check.gpus.none': {
    en: 'None of the {nodes} nodes offers a GPU.',
    zh: '{nodes} 个节点中没有一个提供 GPU。',
  },
  'check.gpus.not-offered': {
    en: '{idle} of {nodes} nodes have GPUs, and none of them offers them.',
    zh: '{nodes} 个节点中有 {idle} 个装有 GPU，但都没有提供出来。',
  },
  'check.gpus.how': {
    en: 'Have the administrator install the GPU operator, or the device plugin of the GPUs’ vendor.',
    zh: '请让管理员安装 GPU Operator，或 GPU 厂商的设备插件。',
  },
  'check.types': { en: 'GPU types', zh: 'GPU 型号' },
  'check.types.gives': {
    en: 'A document can name a `gpuType`, and pools say what they have.',
    zh: '文档可以指定 `gpuType`，资源池会显示各型号的数量。',
  },
  'check.types.one': { en: '{pool}: {count} × {type}', zh: '{pool}：{count} × {type}' },
  'check.types.good': { en: '{list}.', zh: '{list}。' },
  'check.types.unnamed': {
    en: '{count} {count|node has|nodes have} GPUs without a type: {nodes}. Known: {list}.',
    zh: '{count} 个节点的 GPU 没有型号：{nodes}。已知：{list}。',
  },
  'check.types.how': {
    en: 'Give the nodes a `gpuType` in a document of `kind: pool`, or have GPU feature discovery installed.',
    zh: '在 `kind: pool` 文档中为节点写明 `gpuType`，或安装 GPU Feature Discovery。',
  },
  'check.pools': { en: 'Pools', zh: '资源池' },
  'check.pools.gives': { en: 'Teams share GPUs by name.', zh: '团队可以按名称共享 GPU。' },
  'check.pools.good': {
    en: '{count} {count|pool|pools}: {list}; {outside} {outside|node|nodes} with GPUs outside of them.',
    zh: '{count} 个资源池：{list}；另有 {outside} 个 GPU 节点不属于任何资源池。',
  },
  'check.pools.none': { en: 'No node belongs to a pool.', zh: '没有节点属于资源池。' },
  'check.pools.how': { en: 'Submit a document of `kind: pool`.', zh: '提交一个 `kind: pool` 的文档。' },
  'check.racks': { en: 'Racks', zh: '机架' },
  'check.racks.gives': {
    en: '`sameRack` keeps the nodes of a training together.',
    zh: '`sameRack` 可以让训练的各节点处于同一机架。',
  },
  'check.racks.good': {
    en: '{racks} by the label {label}; {without} {without|node|nodes} with GPUs without it.',
    zh: '按标签 {label} 有 {racks} 个；{without} 个 GPU 节点没有该标签。',
  },
  'check.racks.none': {
    en: 'No node with GPUs says in which rack it stands.',
    zh: '没有 GPU 节点标明所在机架。',
  },
  'check.racks.how': {
    en: 'Have the nodes labelled, and name the label in the pool’s `site.rackLabel`.',
    zh: '请给节点打上标签，并在资源池的 `site.rackLabel` 中写明该标签。',
  },

  'check.dcgm': { en: 'GPU metrics (DCGM)', zh: 'GPU 指标（DCGM）' },
  'check.dcgm.gives': {
    en: 'Figures of how busy GPUs and their memory are.',
    zh: 'GPU 利用率和显存占用的数据。',
  },
  'check.dcgm.good': {
    en: 'The exporter runs {count} {count|time|times}.',
    zh: '导出程序共运行 {count} 个。',
  },
  'check.dcgm.service': { en: 'The exporter is there: {list}.', zh: '导出程序已安装：{list}。' },
  'check.dcgm.none': { en: 'No exporter is found by its usual labels.', zh: '按常用标签没有找到导出程序。' },
  'check.dcgm.how': {
    en: 'The GPU operator brings it; else have DCGM exporter installed.',
    zh: 'GPU Operator 自带；否则请安装 DCGM Exporter。',
  },
  'check.prometheus': { en: 'Prometheus', zh: 'Prometheus 监控' },
  'check.prometheus.gives': {
    en: 'Autoscaling of services by their load.',
    zh: '服务按负载自动伸缩。',
  },
  'check.prometheus.setting': { en: '{address}, by the setting.', zh: '设置中为 {address}。' },
  'check.prometheus.pool': { en: '{address}, named by a pool.', zh: '资源池中为 {address}。' },
  'check.prometheus.good': { en: 'Found at {address}.', zh: '位于 {address}。' },
  'check.prometheus.unread': {
    en: 'Found at {address}. You may not read it from here: that needs “get” on services/proxy in namespace {namespace}.',
    zh: '位于 {address}。您无法从此处读取：需要命名空间 {namespace} 中 services/proxy 的“get”权限。',
  },
  'check.prometheus.none': {
    en: 'None is found by its usual labels and names.',
    zh: '按常用标签和名称没有找到。',
  },
  'check.prometheus.how': {
    en: 'Name its address in the setting `gpuctl.prometheus.address` or the pool’s `site.prometheus`, or have one installed.',
    zh: '请在设置 `gpuctl.prometheus.address` 或资源池的 `site.prometheus` 中写明地址，或安装 Prometheus。',
  },
  'check.keda': { en: 'KEDA', zh: 'KEDA 自动伸缩' },
  'check.keda.gives': {
    en: 'Autoscaling of services by figures of Prometheus.',
    zh: '服务可按 Prometheus 的指标自动伸缩。',
  },
  'check.keda.how': { en: 'Have KEDA installed.', zh: '请安装 KEDA。' },
  'check.pod-metrics': { en: 'Custom metrics', zh: '自定义指标' },
  'check.pod-metrics.gives': {
    en: 'Autoscaling of services where there is no KEDA.',
    zh: '没有 KEDA 时，服务也能自动伸缩。',
  },
  'check.pod-metrics.good': {
    en: '{count} {count|metric|metrics} of replicas.',
    zh: '副本有 {count} 个指标。',
  },
  'check.pod-metrics.empty': {
    en: 'The adapter is there, and has no metric of replicas.',
    zh: '适配器已安装，但没有副本的指标。',
  },
  'check.pod-metrics.how': {
    en: 'Have prometheus-adapter installed and told of the services’ metrics; with KEDA it is not needed.',
    zh: '请安装 prometheus-adapter 并配置服务的指标；使用 KEDA 时不需要。',
  },

  'check.kueue': { en: 'Kueue', zh: 'Kueue 队列' },
  'check.kueue.gives': {
    en: 'Trainings wait in a queue, and start whole or not at all.',
    zh: '训练在队列中等待，要么整体启动，要么不启动。',
  },
  'check.kueue.good': {
    en: '{count} {count|queue|queues} in namespace {namespace}: {list}.',
    zh: '命名空间 {namespace} 中有 {count} 个队列：{list}。',
  },
  'check.kueue.none': { en: 'The cluster has no Kueue.', zh: '集群没有安装 Kueue。' },
  'check.kueue.how': { en: 'Have Kueue installed.', zh: '请安装 Kueue。' },
  'check.kueue.no-queue': {
    en: 'Kueue is there; namespace {namespace} has no queue.',
    zh: '已安装 Kueue；命名空间 {namespace} 没有队列。',
  },
  'check.kueue.no-queue.how': {
    en: 'Ask the administrator for a LocalQueue in namespace {namespace}.',
    zh: '请向管理员申请命名空间 {namespace} 的 LocalQueue。',
  },
  'check.priorities': { en: 'Priority classes', zh: '优先级' },
  'check.priorities.gives': {
    en: '`job.priority` decides who goes first.',
    zh: '`job.priority` 决定谁先运行。',
  },
  'check.priorities.good': { en: '{list}.', zh: '{list}。' },
  'check.priorities.absent': { en: 'Not there: {list}.', zh: '缺少：{list}。' },
  'check.priorities.made': {
    en: 'The first submit that wants one makes it.',
    zh: '首次用到时，提交会自动创建。',
  },
  'check.priorities.how': {
    en: 'Ask the administrator to make them, or for “create” on priorityclasses.',
    zh: '请让管理员创建，或申请 priorityclasses 的“create”权限。',
  },

  'check.storage.none': { en: 'The cluster has no storage class.', zh: '集群没有存储类。' },
  'check.shared': { en: 'Shared storage', zh: '共享存储' },
  'check.shared.gives': {
    en: 'Several nodes write to one folder: checkpoints of a distributed training.',
    zh: '多个节点可写入同一目录，例如分布式训练的检查点。',
  },
  'check.shared.good': { en: 'Storage classes: {list}.', zh: '存储类：{list}。' },
  'check.shared.unknown': {
    en: 'Whether several nodes can share a volume of these is not known: {list}.',
    zh: '不清楚以下存储类的卷能否由多个节点共享：{list}。',
  },
  'check.shared.single': {
    en: 'Only for one node at a time: {list}.',
    zh: '同一时间只能由一个节点使用：{list}。',
  },
  'check.shared.ask': {
    en: 'Ask the administrator whether one of them offers ReadWriteMany.',
    zh: '请向管理员确认其中是否有支持 ReadWriteMany 的。',
  },
  'check.shared.how': {
    en: 'Have a storage class of a network file system (NFS, CephFS, JuiceFS …) installed, or use `nfs:` in `workdirs`.',
    zh: '请安装网络文件系统（NFS、CephFS、JuiceFS 等）的存储类，或在 `workdirs` 中使用 `nfs:`。',
  },
  'check.default-class': { en: 'Default storage class', zh: '默认存储类' },
  'check.default-class.gives': {
    en: 'Storage by size alone, without a `storageClass`.',
    zh: '只写大小即可申请存储，无需 `storageClass`。',
  },
  'check.default-class.good': { en: '{list}.', zh: '{list}。' },
  'check.default-class.none': {
    en: 'None of {count} is the default: {list}.',
    zh: '{count} 个存储类都不是默认：{list}。',
  },
  'check.default-class.how': {
    en: 'Name a `storageClass` in documents or in the pool’s `site`, or ask the administrator to mark one as the default.',
    zh: '请在文档或资源池的 `site` 中写明 `storageClass`，或让管理员设置默认存储类。',
  },
} as const satisfies Record<string, Text>;
