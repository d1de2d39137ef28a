import { becomesTexts, valueTexts } from './keyDetails.ts';
import type { Text } from './text.ts';

/**
 * What each key of the dialect means: `key.<path>`, the canonical path without list indexes and without the person's own names
 * (`nodes.gpuType`). Markdown. The one source: hover, completion, `docs/keys.md` and the descriptions in the schemas come from here.
 */
const meaningTexts = {
  'key.kind': {
    en: 'What this document is: a training, an inference service, a notebook, a computation, a pool or a quota.',
    zh: '此文档的类型：训练、推理服务、Notebook、计算、资源池或配额。',
  },
  'key.version': {
    en: 'Version of the file format. `v0.1` and `v1` mean the same today.',
    zh: '文件格式的版本。目前 `v0.1` 与 `v1` 含义相同。',
  },
  'key.job': {
    en: 'Who this job is: its name, where it belongs, how urgent it is.',
    zh: '任务的基本信息：名称、所属命名空间和优先级。',
  },
  'key.job.name': {
    en: 'Name of the job, unique in its namespace: lower-case letters, digits and `-`, with a letter or digit at both ends. At most 63 characters; 59 for inference and compute, 52 for a notebook, 50 for a training on several nodes.',
    zh: '任务名称，在命名空间内唯一：小写字母、数字和 `-`，首尾为字母或数字。最多 63 个字符；推理和计算 59 个，Notebook 52 个，多节点训练 50 个。',
  },
  'key.job.namespace': {
    en: 'Namespace to run in. Default: the one chosen in the status bar.',
    zh: '运行所在的命名空间。默认：状态栏中选择的命名空间。',
  },
  'key.job.priority': {
    en: 'How urgent the job is. `high` and `medium` may push out jobs of lower priority, `low` never does.',
    zh: '任务的紧急程度。`high` 和 `medium` 可以抢占更低优先级的任务，`low` 从不抢占。',
  },
  'key.job.description': { en: 'What this job is for, in your words.', zh: '用自己的话说明此任务的用途。' },
  'key.job.epochs': { en: 'Epochs to train, for your program to read.', zh: '训练轮数，供程序读取。' },
  'key.job.batchSize': { en: 'Batch size, for your program to read.', zh: '批大小，供程序读取。' },
  'key.environment': {
    en: 'What runs: image, command, arguments and environment variables.',
    zh: '运行内容：镜像、命令、参数和环境变量。',
  },
  'key.environment.image': {
    en: 'Container image, with a tag or digest. Without a tag it is `latest`, which changes under your feet.',
    zh: '容器镜像，带标签或摘要。不写标签即为 `latest`，其内容可能随时变化。',
  },
  'key.environment.imagePullSecret': {
    en: 'Name of the secret with the login of the image registry.',
    zh: '保存镜像仓库登录信息的密钥名称。',
  },
  'key.environment.command': {
    en: 'Program and arguments, one list item for each word. Default: what the image starts. Numbers and `true`/`false` are taken as they are written.',
    zh: '程序及其参数，列表中每个词一项。默认：镜像自带的启动命令。数字和 `true`/`false` 按原样使用。',
  },
  'key.environment.args': {
    en: 'Arguments that are put behind `command`, or behind what the image starts.',
    zh: '追加在 `command` 或镜像启动命令之后的参数。',
  },
  'key.environment.env': {
    en: 'Environment variables: a list of entries with `name` and `value` (or `name`, `secret` and `key`), or a mapping of names to values.',
    zh: '环境变量：由 `name` 与 `value`（或 `name`、`secret`、`key`）组成的列表，或名称到值的映射。',
  },
  'key.environment.env.name': {
    en: 'Name of the variable: letters, digits, `_`, `-` and `.`, and no digit in front.',
    zh: '变量名：字母、数字、`_`、`-`、`.`，不能以数字开头。',
  },
  'key.environment.env.value': {
    en: 'Value of the variable, taken as it is written: `1e-5` stays `1e-5`.',
    zh: '变量的值，按原样使用：`1e-5` 仍是 `1e-5`。',
  },
  'key.environment.env.secret': {
    en: 'Name of the secret that holds the value, so that it stands in no file.',
    zh: '保存该值的密钥名称，值本身不写入文件。',
  },
  'key.environment.env.key': { en: 'Key in that secret.', zh: '密钥中的键名。' },
  'key.resources': {
    en: 'What the job needs: pool, GPUs, nodes, CPU and memory.',
    zh: '任务所需资源：资源池、GPU、节点、CPU 和内存。',
  },
  'key.resources.pool': {
    en: 'Pool to run in. Absent or `default`: nodes that belong to no pool.',
    zh: '运行所在的资源池。不写或写 `default`：不属于任何资源池的节点。',
  },
  'key.resources.gpu': {
    en: 'GPUs **in total, over all nodes**; of a service, for one replica.',
    zh: 'GPU 张数，为**所有节点的总和**；服务则为单个副本的张数。',
  },
  'key.resources.acceleratorCount': {
    en: 'Another name of `gpu`. Write one of the two.',
    zh: '`gpu` 的另一种写法，两者只写其一。',
  },
  'key.resources.gpuType': {
    en: 'Type of GPU as the pool names it, in upper or lower case. Empty: any.',
    zh: 'GPU 型号，与资源池中的名称一致，不区分大小写。留空表示任意型号。',
  },
  'key.resources.nodeCount': {
    en: 'Nodes that a training runs on. `gpu` is shared evenly between them, so it has to be a multiple.',
    zh: '训练使用的节点数。`gpu` 平均分到各节点，因此必须是它的整数倍。',
  },
  'key.resources.queue': {
    en: 'Queue that decides when the job starts: all of it or none. Default: the queue of the pool.',
    zh: '决定任务何时启动的队列：要么全部启动，要么都不启动。默认：资源池的队列。',
  },
  'key.resources.cpu': {
    en: "CPU cores for each node's part of the job, or each replica: `8`, `0.5`, `500m` (thousandths).",
    zh: '每个节点（或每个副本）的 CPU 核数：`8`、`0.5`、`500m`（千分之一核）。',
  },
  'key.resources.memory': {
    en: "Main memory for each node's part of the job, or each replica: `400Gi`. `32G` (powers of 1000) is less than `32Gi` (powers of 1024); a number without a unit is bytes.",
    zh: '每个节点（或每个副本）的内存：`400Gi`。`32G`（1000 进制）小于 `32Gi`（1024 进制）；没有单位的数字表示字节。',
  },
  'key.resources.gpuShare': {
    en: 'Memory of a GPU that is enough, where the nodes of the pool can share GPUs: `2Gi`. Elsewhere whole GPUs are taken.',
    zh: '所需的 GPU 显存，用于支持 GPU 共享的资源池：`2Gi`。其他情况下占用整张 GPU。',
  },
  'key.storage': { en: 'Directories that the job sees.', zh: '任务可见的目录。' },
  'key.storage.workdirs': {
    en: 'Directories to mount. The first one is where relative paths begin.',
    zh: '要挂载的目录。相对路径从第一个目录开始。',
  },
  'key.storage.workdirs.path': {
    en: 'Where the job sees the directory: an absolute path. Alone, the directory of that path on the node.',
    zh: '任务看到的目录：绝对路径。单独使用时，对应节点上的同名目录。',
  },
  'key.storage.workdirs.hostPath': {
    en: 'Directory on the node. Default: the same as `path`.',
    zh: '节点上的目录。默认与 `path` 相同。',
  },
  'key.storage.workdirs.claim': {
    en: 'Name of an existing storage claim; object stores come as such a claim, too.',
    zh: '已有存储声明的名称；对象存储也以这种方式使用。',
  },
  'key.storage.workdirs.nfs': { en: 'Directory of an NFS server.', zh: 'NFS 服务器上的目录。' },
  'key.storage.workdirs.nfs.server': { en: 'Address of the NFS server.', zh: 'NFS 服务器地址。' },
  'key.storage.workdirs.nfs.path': { en: 'Directory that the server exports.', zh: '服务器导出的目录。' },
  'key.storage.workdirs.size': {
    en: 'Makes storage of this size for the job, and keeps it when the job is deleted: `100Gi`.',
    zh: '为任务创建该大小的存储，删除任务后仍保留：`100Gi`。',
  },
  'key.storage.workdirs.storageClass': {
    en: "Kind of storage to make. Default: the pool's, else the cluster's.",
    zh: '要创建的存储类型。默认：资源池的设置，其次是集群的设置。',
  },
  'key.storage.workdirs.readOnly': { en: 'The job may only read.', zh: '任务只能读取。' },
  'key.framework': {
    en: 'What runs the training. `native` needs nothing to be installed in the cluster.',
    zh: '运行训练的框架。`native` 无需在集群中安装任何组件。',
  },
  'key.deepspeed': {
    en: 'DeepSpeed settings, made for you. Batch size, learning rate and precision are left to the trainer.',
    zh: '自动生成的 DeepSpeed 配置。批大小、学习率和精度由训练程序决定。',
  },
  'key.deepspeed.stage': {
    en: 'ZeRO stage: what is split over the GPUs instead of being held by each.',
    zh: 'ZeRO 阶段：哪些内容分散到各 GPU，而不是每张都保存一份。',
  },
  'key.deepspeed.offload': {
    en: 'Where optimizer states (and at stage 3 parameters) go that do not fit into GPU memory.',
    zh: '显存放不下的优化器状态（阶段 3 时还有参数）存放在哪里。',
  },
  'key.deepspeed.config': {
    en: 'Your own DeepSpeed settings; they win over the generated ones.',
    zh: '自己的 DeepSpeed 设置，优先于自动生成的设置。',
  },
  'key.deepspeed.path': {
    en: 'Where the settings appear in the job, absolute or relative to the first workdir. With `path` alone it is your own file and none is made.',
    zh: '配置文件在任务中的位置，绝对路径或相对于第一个 workdir。只写 `path` 时使用自己的文件，不再生成。',
  },
  'key.distributed': {
    en: 'How the nodes of the training talk to each other. The settings of the pool are the default.',
    zh: '训练各节点之间的通信方式。默认采用资源池的设置。',
  },
  'key.distributed.network': { en: 'Network that the nodes use.', zh: '节点使用的网络。' },
  'key.distributed.ncclSocketIfname': {
    en: "Network interface for NCCL, such as `eth0`. Default: the pool's.",
    zh: 'NCCL 使用的网络接口，例如 `eth0`。默认采用资源池的设置。',
  },
  'key.distributed.rdma': { en: 'Use the RDMA devices of the pool.', zh: '使用资源池的 RDMA 设备。' },
  'key.distributed.sameRack': {
    en: 'Whether the nodes have to stand in one rack.',
    zh: '各节点是否必须位于同一机架。',
  },
  'key.output': { en: 'Where results and checkpoints are written.', zh: '结果和检查点的写入位置。' },
  'key.output.dir': {
    en: 'Directory of the checkpoints. On shared storage the job can go on from them on any node.',
    zh: '检查点目录。放在共享存储上，任务便可在任意节点上继续。',
  },
  'key.output.resumeFromCheckpoint': {
    en: 'Go on from the newest checkpoint when the job starts again; needs `output.dir`. A first run starts from the beginning.',
    zh: '任务再次启动时从最新的检查点继续；需要 `output.dir`。首次运行从头开始。',
  },
  'key.retries': { en: 'Further tries after the first one has failed.', zh: '首次失败后的重试次数。' },
  'key.timeout': {
    en: 'Time after which the training is ended, finished or not: `90s`, `15m`, `12h`, `2d`, `1h30m`. A bare number is seconds.',
    zh: '超过此时间训练会被结束：`90s`、`15m`、`12h`、`2d`、`1h30m`。没有单位的数字表示秒。',
  },
  'key.service': { en: 'How the service is run and reached.', zh: '服务的运行和访问方式。' },
  'key.service.replicas': {
    en: 'Copies of the service that run at once, each with its own GPUs.',
    zh: '同时运行的副本数，每个副本有自己的 GPU。',
  },
  'key.service.port': { en: 'Port that the program listens on, 1 to 65535.', zh: '程序监听的端口，1 到 65535。' },
  'key.service.healthCheck': {
    en: 'HTTP path that answers when the service is well. Default: the one of the engine, where that is known.',
    zh: '服务健康时能够应答的 HTTP 路径。默认：已知引擎的路径。',
  },
  'key.service.timeout': {
    en: 'Time that one request may take: `10m`. A bare number is seconds.',
    zh: '单个请求允许的时间：`10m`。没有单位的数字表示秒。',
  },
  'key.service.expose': { en: 'From where the service can be reached.', zh: '服务可从何处访问。' },
  'key.autoscaling': {
    en: 'Lets the number of replicas follow the load. Needs a source of metrics in the cluster.',
    zh: '让副本数随负载变化。集群中需要有指标来源。',
  },
  'key.autoscaling.minReplicas': { en: 'Replicas that run without load, too.', zh: '没有负载时也保持运行的副本数。' },
  'key.autoscaling.maxReplicas': {
    en: 'Replicas at most; each takes the `gpu` of `resources`.',
    zh: '副本数上限；每个副本占用 `resources` 中的 `gpu`。',
  },
  'key.autoscaling.targetGPUUtilization': {
    en: 'GPU utilization to keep, in percent. Under vLLM and SGLang it is near 100 at any load: a queue length is the better target there.',
    zh: '要保持的 GPU 利用率，百分比。vLLM 和 SGLang 下任何负载都接近 100，用队列长度作目标更合适。',
  },
  'key.autoscaling.targetGPUMemoryUtilization': {
    en: 'GPU memory in use to keep, in percent. vLLM and SGLang take theirs at the start, whatever the load.',
    zh: '要保持的显存使用率，百分比。vLLM 和 SGLang 启动时就占满显存，与负载无关。',
  },
  'key.autoscaling.targetQPS': {
    en: 'Requests a second that one replica should serve.',
    zh: '每个副本每秒应处理的请求数。',
  },
  'key.autoscaling.targetQueueLength': {
    en: 'Requests that may wait at one replica.',
    zh: '每个副本允许排队的请求数。',
  },
  'key.engine': {
    en: 'The program that serves the model. Default: as image and command tell, else `custom`.',
    zh: '提供模型服务的程序。默认：根据镜像和命令判断，否则为 `custom`。',
  },
  'key.model': { en: 'Which model is served, for people and tools to read.', zh: '所服务的模型，供人和工具查看。' },
  'key.model.source': {
    en: 'Where the model comes from: a name at a model hub, or a path.',
    zh: '模型来源：模型库中的名称或路径。',
  },
  'key.model.name': { en: 'Name of the model.', zh: '模型名称。' },
  'key.model.version': { en: 'Version of the model.', zh: '模型版本。' },
  'key.model.format': { en: 'Format of the weights, such as `safetensors`.', zh: '权重格式，例如 `safetensors`。' },
  'key.model.cache': { en: 'Directory where the weights are kept.', zh: '权重的缓存目录。' },
  'key.pool': { en: 'The pool: a group of nodes for one purpose.', zh: '资源池：为同一用途划分的一组节点。' },
  'key.pool.name': {
    en: 'Name of the pool, as jobs write it in `resources.pool`.',
    zh: '资源池名称，任务在 `resources.pool` 中使用。',
  },
  'key.pool.description': { en: 'What this pool is for, in your words.', zh: '用自己的话说明此资源池的用途。' },
  'key.pool.site': {
    en: 'What jobs in this pool need to know of the site, so that no job has to say it.',
    zh: '此资源池中的任务需要了解的机房信息，任务无需重复填写。',
  },
  'key.pool.site.rackLabel': { en: 'Node label that tells the rack of a node.', zh: '标明节点所在机架的节点标签。' },
  'key.pool.site.network': { en: 'Network that jobs on several nodes use here.', zh: '多节点任务在此使用的网络。' },
  'key.pool.site.ncclSocketIfname': {
    en: 'Network interface for NCCL on the nodes of this pool, such as `eth0`.',
    zh: '此资源池节点上 NCCL 使用的网络接口，例如 `eth0`。',
  },
  'key.pool.site.rdmaResource': {
    en: 'Name under which the nodes offer their RDMA devices, such as `rdma/hca`.',
    zh: '节点提供 RDMA 设备的资源名，例如 `rdma/hca`。',
  },
  'key.pool.site.storageClass': {
    en: 'Kind of storage that is made for jobs of this pool.',
    zh: '为此资源池的任务创建的存储类型。',
  },
  'key.pool.site.queue': {
    en: 'Queue that jobs of this pool wait in, unless they name another.',
    zh: '此资源池的任务默认使用的队列。',
  },
  'key.pool.site.prometheus': {
    en: 'Address of the Prometheus with the metrics of this pool.',
    zh: '保存此资源池指标的 Prometheus 地址。',
  },
  'key.pool.site.restricted': {
    en: 'Only those who were given the right may use this pool.',
    zh: '只有获得授权的人可以使用此资源池。',
  },
  'key.nodes': {
    en: 'Nodes of the pool by name. Nodes that leave the list leave the pool.',
    zh: '资源池的节点，按名称列出。从列表中删去的节点会离开资源池。',
  },
  'key.nodes.gpuType': {
    en: "Type of the node's GPUs, as jobs write it in `resources.gpuType`.",
    zh: '节点的 GPU 型号，任务在 `resources.gpuType` 中使用。',
  },
  'key.quota': { en: 'The quota: what namespaces may use in all.', zh: '配额：各命名空间总共可以使用的资源。' },
  'key.quota.name': { en: 'Name of the quota.', zh: '配额名称。' },
  'key.quota.description': { en: 'What this quota is for, in your words.', zh: '用自己的话说明此配额的用途。' },
  'key.default': {
    en: 'Amounts for the namespaces that leave one out. An amount that is missing in both places is not limited.',
    zh: '命名空间未填写时采用的数量。两处都没有填写的项不受限制。',
  },
  'key.default.cpu': {
    en: 'CPU cores that all jobs of a namespace may ask for together.',
    zh: '一个命名空间内所有任务合计可请求的 CPU 核数。',
  },
  'key.default.memory': {
    en: 'Main memory that all jobs of a namespace may ask for together.',
    zh: '一个命名空间内所有任务合计可请求的内存。',
  },
  'key.default.gpu': {
    en: 'GPUs that all jobs of a namespace may hold together.',
    zh: '一个命名空间内所有任务合计可占用的 GPU 张数。',
  },
  'key.namespace': {
    en: 'Namespaces with their amounts. One that does not exist is made.',
    zh: '各命名空间及其数量。不存在的命名空间会被创建。',
  },
  'key.namespace.cpu': {
    en: 'CPU cores that all jobs of this namespace may ask for together. Default: the one of `default`.',
    zh: '此命名空间内所有任务合计可请求的 CPU 核数。默认采用 `default` 中的值。',
  },
  'key.namespace.memory': {
    en: 'Main memory that all jobs of this namespace may ask for together. Default: the one of `default`.',
    zh: '此命名空间内所有任务合计可请求的内存。默认采用 `default` 中的值。',
  },
  'key.namespace.gpu': {
    en: 'GPUs that all jobs of this namespace may hold together. Default: the one of `default`.',
    zh: '此命名空间内所有任务合计可占用的 GPU 张数。默认采用 `default` 中的值。',
  },
} as const satisfies Record<string, Text>;

export const keyTexts = { ...meaningTexts, ...becomesTexts, ...valueTexts } as const satisfies Record<string, Text>;
