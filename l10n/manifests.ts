import type { Text } from './text.ts';

/** What of a document has no effect on this cluster, and why. */
export const leftOutTexts = {
  'left-out.queue': {
    en: 'The queue `{queue}` is not used, since no queues are known here: the job starts as soon as there is room.',
    zh: '此处没有已知的队列，未使用队列 `{queue}`：一有空闲资源，任务就会启动。',
  },
  'left-out.gpu-share': {
    en: 'No node is known to share GPUs, so `gpuShare` has no effect: {gpus} whole {gpus|GPU is|GPUs are} taken.',
    zh: '没有已知的节点支持共享 GPU，`gpuShare` 不生效：将占用 {gpus} 张整卡。',
  },
  'left-out.timeout': {
    en: '`timeout` ends no request, since nothing between the caller and the service does. A replica that is replaced gets that long to finish its requests.',
    zh: '`timeout` 不会中断请求，因为调用方与服务之间没有负责此事的组件。副本被替换时，有这么长的时间处理完手上的请求。',
  },
  'left-out.rdma': {
    en: '`rdma: true` has no effect: the pool does not name its RDMA devices. Ask for `site.rdmaResource` in the pool.',
    zh: '`rdma: true` 不生效：资源池没有说明其 RDMA 设备。请让管理员在资源池中设置 `site.rdmaResource`。',
  },
  'left-out.rack': {
    en: '`sameRack: required` cannot be kept here, since no rack is known; it is only preferred.',
    zh: '此处没有已知的机架，`sameRack: required` 无法保证，只作为优先条件。',
  },
  'left-out.resume': {
    en: 'How this program goes on from a checkpoint is not known, so it is started as it is written. Have it look for its newest checkpoint in `{dir}` itself.',
    zh: '不清楚此程序如何从检查点继续，将按原样启动。请让程序自行在 `{dir}` 中查找最新的检查点。',
  },
  'left-out.resume.shell': {
    en: 'The program stands in a line for a shell, which is left as it is: it will not go on from a checkpoint. Write `command` as a list of words, or add `{argument}` to the line.',
    zh: '程序写在一行 shell 命令中，不会改动：任务不会从检查点继续。请把 `command` 写成单词列表，或在该行加上 `{argument}`。',
  },
  'left-out.scaling': {
    en: '`autoscaling` has no effect: nothing in this cluster measures the load (KEDA with Prometheus would, or a metrics adapter). {replicas} {replicas|replica runs|replicas run}.',
    zh: '`autoscaling` 不生效：此集群没有测量负载的组件（例如 KEDA 加 Prometheus，或指标适配器）。将运行 {replicas} 个副本。',
  },
  'left-out.scaling.zero': {
    en: '`minReplicas: 0` is taken as 1: the load is measured at running replicas, so from 0 none would ever start again. Stop the job by hand while nobody needs it.',
    zh: '`minReplicas: 0` 按 1 处理：负载在运行中的副本上测量，降到 0 之后就不会再启动。没有人使用时，请手动停止任务。',
  },
  'left-out.scaling.gpus': {
    en: '`{key}` is not followed: this is measured on NVIDIA GPUs, and the pool has `{accelerator}`.',
    zh: '`{key}` 不生效：该指标只能在 NVIDIA GPU 上测量，而资源池中是 `{accelerator}`。',
  },
  'left-out.scaling.engine': {
    en: '`{key}` is not followed: it is not known how this program tells it. It is known of vLLM, SGLang, Triton and TGI (`engine`).',
    zh: '`{key}` 不生效：不清楚此程序如何给出该指标。已知 vLLM、SGLang、Triton 和 TGI 的指标（`engine`）。',
  },
  'left-out.scaling.flag': {
    en: '`{key}` is not followed: {tool} tells it only with `{flag}`. Add that to the command.',
    zh: '`{key}` 不生效：{tool} 只有加上 `{flag}` 才会给出该指标。请在命令中添加。',
  },
  'left-out.scaling.not-served': {
    en: '`{key}` is not followed: the metrics adapter of this cluster does not serve it.',
    zh: '`{key}` 不生效：此集群的指标适配器没有提供该指标。',
  },
} as const satisfies Record<string, Text>;
