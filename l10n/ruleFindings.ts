import type { Text } from './text.ts';

/** What rules beyond the schema say; those about tools are in `tools.ts`. */
export const ruleFindingTexts = {
  'finding.name.too-long': {
    en: 'The name has {length} characters; at most {limit} are possible, since {why}.',
    zh: '名称有 {length} 个字符，最多 {limit} 个，因为{why}。',
  },
  'finding.name.too-long.ranks': {
    en: 'each rank of a job on several nodes adds its number',
    zh: '多节点任务的每个 rank 会加上序号',
  },
  'finding.name.too-long.service': {
    en: 'its address on the network is `svc-` and the name',
    zh: '其网络地址是 `svc-` 加上名称',
  },
  'finding.name.too-long.notebook': {
    en: 'the cluster adds 11 characters to that of a notebook',
    zh: '集群会给 Notebook 的名称加上 11 个字符',
  },
  'finding.name.first-letter': {
    en: 'The name of a job on several nodes has to begin with a letter, since its ranks find each other by it.',
    zh: '多节点任务的名称必须以字母开头，各 rank 要靠它互相找到。',
  },
  'finding.job.twice-in-file': {
    en: '{count} documents of this file are a job `{name}` in the same namespace; only one of them can run.',
    zh: '此文件中有 {count} 个文档是同一命名空间的任务 `{name}`，只有一个能运行。',
  },
  'finding.quota.twice-in-file': {
    en: '{count} documents of this file are the quota `{name}`; the last one that is submitted replaces the others. Give each its own name.',
    zh: '此文件中有 {count} 个文档是配额 `{name}`，后提交的会取代先提交的。请各取不同的名称。',
  },
  'finding.quota.no-limits': {
    en: 'Nothing is limited in `{namespace}`: neither `cpu`, `memory` nor `gpu` stands here or in `default`.',
    zh: '`{namespace}` 没有任何限制：此处和 `default` 中都没有 `cpu`、`memory`、`gpu`。',
  },
  'finding.quota.no-limits.no-namespace': {
    en: 'This quota limits nothing: it names no namespace. List them below `namespace`.',
    zh: '此配额没有任何限制：没有列出命名空间。请写在 `namespace` 下。',
  },
  'finding.node-count.replica': {
    en: 'One replica cannot span nodes, so `nodeCount: {nodes}` has no effect. More replicas take more nodes.',
    zh: '一个副本不能跨节点，`nodeCount: {nodes}` 不起作用。增加副本数可以使用更多节点。',
  },
  'finding.node-count.replica.notebook': {
    en: 'A notebook runs on one node, so `nodeCount: {nodes}` has no effect.',
    zh: 'Notebook 只在一个节点上运行，`nodeCount: {nodes}` 不起作用。',
  },
  'finding.resources.no-requests': {
    en: 'GPUs are asked for without {missing}, so other jobs may use these up on the node.',
    zh: '请求了 GPU 却没有请求 {missing}：节点上的这些资源可能被其他任务占满。',
  },
  'finding.resources.no-requests.both': { en: '`cpu` and `memory`', zh: '`cpu` 和 `memory`' },
  'finding.memory.tiny': {
    en: '`{memory}` is {bytes} {bytes|byte|bytes}, too little for any program. Write an amount such as `64Gi`.',
    zh: '`{memory}` 只有 {bytes} 字节，任何程序都不够用。请写成 `64Gi` 这样的数量。',
  },
  'finding.memory.tiny.guess': {
    en: '`{memory}` is {bytes} {bytes|byte|bytes}, too little for any program. Did you mean `{guess}`?',
    zh: '`{memory}` 只有 {bytes} 字节，任何程序都不够用。是否想写 `{guess}`？',
  },
  'finding.autoscaling.min-above-max': {
    en: '`minReplicas` ({min}) is above `maxReplicas` ({max}). Raise one or lower the other.',
    zh: '`minReplicas`（{min}）大于 `maxReplicas`（{max}）。请调整其中一个。',
  },
  'finding.autoscaling.no-target': {
    en: 'Nothing says what the number of replicas follows, so it never changes. Add `targetGPUUtilization`, `targetGPUMemoryUtilization`, `targetQPS` or `targetQueueLength`.',
    zh: '没有说明副本数依据什么调整，因此不会变化。请添加 `targetGPUUtilization`、`targetGPUMemoryUtilization`、`targetQPS` 或 `targetQueueLength`。',
  },
  'finding.autoscaling.replicas-outside': {
    en: '`replicas` ({replicas}) is not between `minReplicas` ({min}) and `maxReplicas` ({max}): autoscaling makes it {inside} at once.',
    zh: '`replicas`（{replicas}）不在 `minReplicas`（{min}）与 `maxReplicas`（{max}）之间：自动伸缩会立即改为 {inside}。',
  },
  'finding.gpu.not-divisible': {
    en: '{gpus} {gpus|GPU|GPUs} cannot be shared evenly between {nodes} nodes. {fit} would work.',
    zh: '{gpus} 张 GPU 无法平均分到 {nodes} 个节点。可以改为 {fit} 张。',
  },
  'finding.output.missing-dir': {
    en: '`resumeFromCheckpoint` needs `output.dir`, the directory where the checkpoints are.',
    zh: '`resumeFromCheckpoint` 需要 `output.dir`，即检查点所在目录。',
  },
  'finding.output.not-shared': {
    en: '`{dir}` lies in no workdir, so the checkpoints go with the job and there is nothing to resume from. Put it into one that lasts.',
    zh: '`{dir}` 不在任何 workdir 中，检查点会随任务消失，无法恢复。请放到能长期保留的 workdir 中。',
  },
  'finding.output.not-shared.host-path': {
    en: '`{dir}` lies on the disk of each node by itself: after a restart a rank may stand on another of the {nodes} nodes and miss its checkpoint. Use a `claim` or `nfs`, unless all nodes mount the same storage there.',
    zh: '`{dir}` 位于各节点自己的磁盘上：重启后 rank 可能换到 {nodes} 个节点中的另一个，找不到检查点。请使用 `claim` 或 `nfs`，除非各节点在此挂载了同一存储。',
  },
  'finding.output.read-only': {
    en: '`{dir}` lies in the workdir `{path}`, which is `readOnly`: nothing can be written there.',
    zh: '`{dir}` 位于只读（`readOnly`）的 workdir `{path}` 中，无法写入。',
  },
  'finding.storage.shared-writer': {
    en: '{pods} run at once and write here, but many classes of storage let one node have it only: then the others never start. Name a `storageClass` that many nodes can mount, or set `readOnly`.',
    zh: '有 {pods} 个实例同时在此写入，而许多存储类只允许一个节点挂载：其余实例将无法启动。请指定支持多节点挂载的 `storageClass`，或设置 `readOnly`。',
  },
  'finding.storage.shared-writer.class': {
    en: '{pods} run at once and write here: `{storageClass}` has to be a class that many nodes can mount.',
    zh: '有 {pods} 个实例同时在此写入：`{storageClass}` 必须是支持多节点挂载的存储类。',
  },
  'finding.storage.host-path-nodes': {
    en: '{paths} {count|is a directory|are directories} of each node by itself, and {pods} run at once: each sees what its own node has there, unless all nodes mount the same storage. Otherwise use a `claim` or `nfs`.',
    zh: '{paths} 是各节点自己的目录，而有 {pods} 个实例同时运行：每个实例只能看到所在节点上的内容，除非各节点在此挂载了同一存储。否则请使用 `claim` 或 `nfs`。',
  },
  'finding.storage.two-sources': {
    en: 'A workdir comes from one place: `{used}` counts, `{key}` has no effect.',
    zh: '一个 workdir 只有一个来源：以 `{used}` 为准，`{key}` 不起作用。',
  },
  'finding.storage.class-without-size': {
    en: '`storageClass` has an effect only with `size`, which has storage made for the job.',
    zh: '`storageClass` 只有与 `size` 一起使用才起作用，`size` 会为任务创建存储。',
  },
  'finding.storage.path-twice': {
    en: 'Two workdirs cannot be mounted at `{path}`. Give one of them another path.',
    zh: '`{path}` 不能挂载两个 workdir，请为其中一个换一个路径。',
  },
  'finding.storage.path-twice.shm': {
    en: 'A job with GPUs has `{path}` already, as memory that its processes share. Give the workdir another path.',
    zh: '使用 GPU 的任务已有 `{path}`，即各进程共享的内存。请为此 workdir 换一个路径。',
  },
  'finding.secret.in-env': {
    en: 'The value of `{name}` looks like a secret, and everyone who sees this file or the job can read it. Take it from a secret of the cluster.',
    zh: '`{name}` 的值像是密钥，能看到此文件或任务的人都能读到。请改为从集群的 Secret 读取。',
  },
  'finding.secret.in-command': {
    en: 'A secret seems to stand in the command line, and everyone who sees this file or the job can read it. Take it from a secret of the cluster: `$({name})` stands for the variable here.',
    zh: '命令行中似乎含有密钥，能看到此文件或任务的人都能读到。请改为从集群的 Secret 读取，在此用 `$({name})` 引用变量。',
  },
  'finding.secret.left-out': {
    en: '{marker} stands for a secret that was not kept with the job. Write the value here, or take it from a secret of the cluster.',
    zh: '{marker} 代表未随任务保存的密钥。请在此填写实际的值，或改为从集群的 Secret 读取。',
  },
  'finding.notebook.empty-token': {
    en: 'The token is empty: everyone who reaches the port can run code here. Without this, gpuctl makes a token.',
    zh: 'token 为空：能访问该端口的人都可以在此执行代码。去掉它，gpuctl 会生成 token。',
  },
  'finding.image.no-tag': {
    en: 'Without a tag this is `{image}:latest`, which may be another image tomorrow. Name a version.',
    zh: '没有标签即为 `{image}:latest`，它指向的镜像随时会变。请指明版本。',
  },
  'finding.image.latest': {
    en: '`latest` may be another image tomorrow, and on another node. Name a version.',
    zh: '`latest` 指向的镜像随时会变，不同节点上也可能不同。请指明版本。',
  },
  'finding.framework.not-available': {
    en: 'This version cannot use the framework `{framework}` yet. Use `native`, which needs nothing to be installed.',
    zh: '当前版本还不能使用框架 `{framework}`。请使用 `native`，它无需安装任何组件。',
  },
} as const satisfies Record<string, Text>;
