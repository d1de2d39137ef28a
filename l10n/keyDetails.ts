import type { Text } from './text.ts';

/** What comes of a key in the running job, in one sentence: `becomes.<path>`, where it is worth telling. */
export const becomesTexts = {
  'becomes.job.name': {
    en: 'The job and what belongs to it bear this name in the cluster.',
    zh: '集群中的任务及其附属对象使用此名称。',
  },
  'becomes.job.priority': {
    en: 'The order in which waiting jobs start, and who may push out whom.',
    zh: '决定排队任务的启动顺序以及谁可以抢占谁。',
  },
  'becomes.job.description': {
    en: 'Kept with the job, for all who see it.',
    zh: '随任务保存，所有能看到任务的人都可查看。',
  },
  'becomes.job.epochs': {
    en: 'The program finds it in the environment variable `GPUCTL_EPOCHS`.',
    zh: '程序可从环境变量 `GPUCTL_EPOCHS` 读取。',
  },
  'becomes.job.batchSize': {
    en: 'The program finds it in the environment variable `GPUCTL_BATCH_SIZE`.',
    zh: '程序可从环境变量 `GPUCTL_BATCH_SIZE` 读取。',
  },
  'becomes.environment.env': {
    en: 'Your value wins over one that gpuctl would set.',
    zh: '您的值优先于 gpuctl 设置的值。',
  },
  'becomes.resources.pool': {
    en: 'The job starts only on nodes of this pool.',
    zh: '任务只会在此资源池的节点上启动。',
  },
  'becomes.resources.gpu': {
    en: 'Each node gets an equal part. With at least one GPU, half of the memory limit (8 GiB without one) serves as shared memory at `/dev/shm`.',
    zh: '各节点平均分配。有 GPU 时，内存上限的一半（没有上限时为 8 GiB）用作 `/dev/shm` 共享内存。',
  },
  'becomes.resources.gpuType': {
    en: 'The job starts only on nodes with this type.',
    zh: '任务只会在具有此型号的节点上启动。',
  },
  'becomes.resources.nodeCount': {
    en: 'One rank on each node. `torchrun` and others find the rendezvous in `MASTER_ADDR`, `MASTER_PORT`, `NNODES`, `NODE_RANK`, `NPROC_PER_NODE` and the `PET_` variables.',
    zh: '每个节点一个 rank。`torchrun` 等工具可从 `MASTER_ADDR`、`MASTER_PORT`、`NNODES`、`NODE_RANK`、`NPROC_PER_NODE` 及 `PET_` 开头的变量得到汇合信息。',
  },
  'becomes.resources.cpu': {
    en: 'So much is set aside for the job, and it cannot use more.',
    zh: '为任务预留，且不能超过此数量。',
  },
  'becomes.resources.memory': {
    en: 'So much is set aside for the job; a program that takes more is ended.',
    zh: '为任务预留；超出的程序会被终止。',
  },
  'becomes.storage.workdirs.size': {
    en: 'A storage claim `<job name>-workdir-<number>`, which a new job of the same name finds again.',
    zh: '存储声明 `<任务名>-workdir-<序号>`，同名的新任务可继续使用。',
  },
  'becomes.deepspeed': {
    en: 'A file with the settings, and the variables `DEEPSPEED_CONFIG`, `ACCELERATE_USE_DEEPSPEED` and `ACCELERATE_DEEPSPEED_CONFIG_FILE` by which the Hugging Face Trainer finds it.',
    zh: '生成配置文件，并设置 `DEEPSPEED_CONFIG`、`ACCELERATE_USE_DEEPSPEED` 和 `ACCELERATE_DEEPSPEED_CONFIG_FILE`，Hugging Face Trainer 由此找到它。',
  },
  'becomes.deepspeed.stage': {
    en: 'Your program finds it in `DEEPSPEED_ZERO_STAGE`, too.',
    zh: '程序也可从 `DEEPSPEED_ZERO_STAGE` 读取。',
  },
  'becomes.distributed.ncclSocketIfname': {
    en: 'The environment variable `NCCL_SOCKET_IFNAME`.',
    zh: '环境变量 `NCCL_SOCKET_IFNAME`。',
  },
  'becomes.service.replicas': {
    en: 'So many times the GPUs of `resources.gpu` are taken.',
    zh: '占用的 GPU 为 `resources.gpu` 的相应倍数。',
  },
  'becomes.service.healthCheck': {
    en: 'Requests go to a replica only while it answers there; one that stays silent is started anew.',
    zh: '只有能够应答的副本才会收到请求；长时间不应答的副本会被重启。',
  },
  'becomes.service.port': {
    en: 'Other jobs reach it as `svc-<job name>` in the namespace.',
    zh: '命名空间内的其他任务可通过 `svc-<任务名>` 访问。',
  },
  'becomes.pool.name': {
    en: 'The nodes bear it as a label; a job is matched by it.',
    zh: '写入节点标签，任务据此匹配节点。',
  },
  'becomes.pool.site.restricted': {
    en: "Submitting asks whether the person has the right; gpuctl's documentation tells how the cluster enforces it.",
    zh: '提交时会检查是否有权使用；如何在集群中强制执行见 gpuctl 文档。',
  },
  'becomes.nodes': {
    en: 'Each node gets the label of the pool; those that left lose it.',
    zh: '列出的节点获得资源池标签，移除的节点失去该标签。',
  },
  'becomes.nodes.gpuType': { en: 'A label of the node.', zh: '写入节点标签。' },
  'becomes.namespace': {
    en: 'One quota `<quota name>-<namespace>` in each namespace.',
    zh: '在每个命名空间中创建配额 `<配额名>-<命名空间>`。',
  },
} as const satisfies Record<string, Text>;

/** What a value means that is one of a few: `value.<path>.<value>`. */
export const valueTexts = {
  'value.kind.training': { en: 'Runs to its end, on one or several nodes.', zh: '运行至结束，可使用一个或多个节点。' },
  'value.kind.inference': {
    en: 'Serves a model, with replicas and autoscaling.',
    zh: '提供模型服务，支持多副本和自动伸缩。',
  },
  'value.kind.notebook': { en: 'A notebook that keeps its files.', zh: '保留文件的 Notebook。' },
  'value.kind.compute': { en: 'Any other service.', zh: '其他类型的服务。' },
  'value.kind.pool': { en: 'A group of nodes that jobs can ask for.', zh: '任务可以指定的一组节点。' },
  'value.kind.resource': { en: 'Older word for `pool`.', zh: '`pool` 的旧写法。' },
  'value.kind.quota': { en: 'What namespaces may use in all.', zh: '各命名空间总共可用的资源。' },
  'value.version.v0.1': { en: 'The present version.', zh: '当前版本。' },
  'value.version.v1': { en: 'The same as `v0.1`.', zh: '与 `v0.1` 相同。' },
  'value.job.priority.high': {
    en: 'Starts before others and may push out those below it.',
    zh: '优先启动，可抢占更低优先级的任务。',
  },
  'value.job.priority.medium': { en: 'The default; may push out `low`.', zh: '默认值；可抢占 `low`。' },
  'value.job.priority.low': {
    en: 'Waits, pushes out nobody, and may be pushed out itself.',
    zh: '等待空闲，不抢占他人，可能被抢占。',
  },
  'value.framework.native': { en: 'Needs nothing to be installed in the cluster.', zh: '无需在集群中安装任何组件。' },
  'value.framework.kubeflow': { en: 'Needs Kubeflow Trainer in the cluster.', zh: '需要集群中安装 Kubeflow Trainer。' },
  'value.framework.verl': { en: 'Reinforcement learning with verl.', zh: '使用 verl 进行强化学习。' },
  'value.deepspeed.stage.0': { en: 'Nothing is split: plain data parallelism.', zh: '不切分：普通数据并行。' },
  'value.deepspeed.stage.1': { en: 'Optimizer states are split.', zh: '切分优化器状态。' },
  'value.deepspeed.stage.2': { en: 'Optimizer states and gradients are split.', zh: '切分优化器状态和梯度。' },
  'value.deepspeed.stage.3': {
    en: 'Optimizer states, gradients and parameters are split: for models that do not fit into one GPU.',
    zh: '切分优化器状态、梯度和参数：用于单张 GPU 放不下的模型。',
  },
  'value.deepspeed.offload.none': { en: 'All stays in GPU memory: fastest.', zh: '全部留在显存中：最快。' },
  'value.deepspeed.offload.cpu': { en: 'Into main memory: slower, much room.', zh: '放入内存：较慢，空间大。' },
  'value.deepspeed.offload.nvme': {
    en: 'Onto fast local disks: slowest, most room; stage 3 only.',
    zh: '放入本地高速磁盘：最慢，空间最大；仅限阶段 3。',
  },
  'value.distributed.network.auto': { en: 'As the pool says.', zh: '采用资源池的设置。' },
  'value.distributed.network.pod': { en: 'The network of the cluster: works everywhere.', zh: '集群网络：处处可用。' },
  'value.distributed.network.host': {
    en: 'The network of the nodes: faster where it is allowed.',
    zh: '节点网络：在允许的环境中更快。',
  },
  'value.distributed.sameRack.preferred': { en: 'In one rack where there is room.', zh: '有空位时放在同一机架。' },
  'value.distributed.sameRack.required': { en: 'In one rack, or the job waits.', zh: '必须在同一机架，否则等待。' },
  'value.distributed.sameRack.off': { en: 'Anywhere in the pool.', zh: '资源池内任意位置。' },
  'value.service.expose.cluster': {
    en: 'From jobs in the cluster, and by port forwarding.',
    zh: '集群内的任务可访问，也可通过端口转发访问。',
  },
  'value.service.expose.nodePort': { en: 'On a port of every node.', zh: '可通过每个节点的端口访问。' },
  'value.service.expose.loadBalancer': {
    en: 'At an address of its own, where the cluster gives such.',
    zh: '在集群支持时拥有独立的地址。',
  },
  'value.engine.vllm': {
    en: 'vLLM: answers on port 8000, health at `/health`.',
    zh: 'vLLM：端口 8000，健康检查路径 `/health`。',
  },
  'value.engine.sglang': { en: 'SGLang: health at `/health`.', zh: 'SGLang：健康检查路径 `/health`。' },
  'value.engine.triton': {
    en: 'Triton Inference Server: health at `/v2/health/ready`.',
    zh: 'Triton Inference Server：健康检查路径 `/v2/health/ready`。',
  },
  'value.engine.tgi': {
    en: 'Text Generation Inference: health at `/health`.',
    zh: 'Text Generation Inference：健康检查路径 `/health`。',
  },
  'value.engine.custom': {
    en: 'Your own program: name port and health check yourself.',
    zh: '自己的程序：请自行填写端口和健康检查路径。',
  },
  'value.pool.site.network.pod': { en: 'The network of the cluster: works everywhere.', zh: '集群网络：处处可用。' },
  'value.pool.site.network.host': {
    en: 'The network of the nodes: faster where it is allowed.',
    zh: '节点网络：在允许的环境中更快。',
  },
} as const satisfies Record<string, Text>;
