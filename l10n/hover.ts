import type { Text } from './text.ts';

/** What hovers tell of a place in a document, and the hints between its words. */
export const hoverTexts = {
  'hover.required': { en: 'required', zh: '必填' },
  'hover.default': { en: 'default `{value}`', zh: '默认 `{value}`' },
  'hover.example': { en: 'Example: `{value}`', zh: '示例：`{value}`' },

  'hover.gpus.nodes': {
    en: '{perNode} {perNode|GPU|GPUs} on each of {nodes} nodes',
    zh: '{nodes} 个节点，每个节点 {perNode} 张 GPU',
  },
  'hover.gpus.replicas': {
    en: '{perReplica} {perReplica|GPU|GPUs} for each of {replicas} replicas, {total} in all',
    zh: '{replicas} 个副本，每个副本 {perReplica} 张 GPU，共 {total} 张',
  },
  'hover.gpus.most': {
    en: 'At most {total} {total|GPU|GPUs}, with {replicas} replicas',
    zh: '最多 {total} 张 GPU（{replicas} 个副本）',
  },
  'hover.shm': { en: 'Shared memory at `/dev/shm`: {size}', zh: '`/dev/shm` 共享内存：{size}' },
  'hover.ranks': {
    en: 'Ranks 0 to {last}; they find each other at `{address}`',
    zh: 'rank 0 至 {last}，通过 `{address}` 互相找到',
  },
  'hover.address': { en: 'Reached inside the cluster at `{address}`', zh: '集群内访问地址：`{address}`' },
  'hover.variable': { en: 'In the environment: `{assignment}`', zh: '环境变量：`{assignment}`' },
  'hover.tries': { en: 'It is tried {tries} {tries|time|times} at most', zh: '最多尝试 {tries} 次' },
  'hover.health': { en: 'Asked at `{path}` whether it is well', zh: '健康检查地址：`{path}`' },
  'hover.workdir.node': {
    en: 'The directory `{path}` of the node where it runs; made if absent',
    zh: '运行节点上的目录 `{path}`，不存在时会创建',
  },
  'hover.workdir.claim': { en: 'The storage claim `{name}`', zh: '存储声明 `{name}`' },
  'hover.workdir.nfs': { en: '`{path}` of the server `{server}`', zh: '服务器 `{server}` 上的 `{path}`' },
  'hover.workdir.new': {
    en: 'The storage claim `{name}` of {size}, made for the job and kept after it',
    zh: '为任务创建的存储声明 `{name}`（{size}），任务结束后保留',
  },
  'hover.deepspeed.made': {
    en: 'ZeRO stage {stage}, offload `{offload}`; in the job at `{path}`',
    zh: 'ZeRO 阶段 {stage}，offload 为 `{offload}`；任务内路径 `{path}`',
  },
  'hover.deepspeed.own': {
    en: 'Your own file at `{path}`; nothing is generated',
    zh: '使用您自己的文件 `{path}`，不生成配置',
  },
  'hover.tool': { en: 'Recognised as {tool}', zh: '识别为 {tool}' },
  'hover.added': { en: 'gpuctl adds `{words}`', zh: 'gpuctl 会追加 `{words}`' },

  'hover.pool.free': {
    en: '{type}: {free} of {total} free now, {largest} together on one node at most',
    zh: '{type}：共 {total} 张，当前空闲 {free} 张，单节点最多空闲 {largest} 张',
  },
  'hover.type.memory': { en: '{title}, {memory} GB of memory', zh: '{title}，显存 {memory} GB' },
  'hover.type.has': { en: 'Has {features}', zh: '支持 {features}' },
  'hover.type.lacks': { en: 'Lacks {features}', zh: '不支持 {features}' },

  'hover.size': { en: '`{written}` is {size}', zh: '`{written}` 即 {size}' },
  'hover.size.decimal': {
    en: '`{written}` is {size}: it counts in powers of 1000. `{other}` is {otherSize}',
    zh: '`{written}` 即 {size}（按 1000 进位）；`{other}` 为 {otherSize}',
  },
  'hover.cores': { en: '`{written}` is {cores} {cores|core|cores}', zh: '`{written}` 即 {cores} 核' },
  'hover.duration': { en: '`{written}` is {span}', zh: '`{written}` 即 {span}' },
  'hover.days': { en: '{count} {count|day|days}', zh: '{count} 天' },
  'hover.hours': { en: '{count} {count|hour|hours}', zh: '{count} 小时' },
  'hover.minutes': { en: '{count} {count|minute|minutes}', zh: '{count} 分钟' },
  'hover.seconds': { en: '{count} {count|second|seconds}', zh: '{count} 秒' },

  'inlay.perNode': { en: '{perNode} per node × {nodes}', zh: '每节点 {perNode} × {nodes}' },
  'inlay.perNode.tooltip': {
    en: '`gpu` counts the GPUs of the whole job. Each of the {nodes} nodes gets {perNode}.',
    zh: '`gpu` 是整个任务的 GPU 总数，{nodes} 个节点各得 {perNode} 张。',
  },
  'inlay.inAll': { en: '{total} {total|GPU|GPUs} in all', zh: '共 {total} 张 GPU' },
  'inlay.inAll.tooltip': {
    en: 'Each of the {replicas} replicas takes the GPUs of `resources.gpu`.',
    zh: '{replicas} 个副本各占用 `resources.gpu` 张 GPU。',
  },
  'inlay.upTo': { en: 'up to {total} {total|GPU|GPUs}', zh: '最多 {total} 张 GPU' },
  'inlay.upTo.tooltip': {
    en: 'So many are taken when all {replicas} replicas run. A quota or a full pool may keep some of them waiting.',
    zh: '{replicas} 个副本全部运行时占用的数量。配额不足或资源池已满时，部分副本会排队。',
  },
  'inlay.added.tooltip': {
    en: 'gpuctl puts this behind the command, since {tool} needs it and it follows from `resources.gpu`. Write it yourself to choose another value.',
    zh: '{tool} 需要此参数，gpuctl 根据 `resources.gpu` 追加在命令之后。如需其他值，请自行填写。',
  },
  'inlay.engine.tooltip': {
    en: 'Guessed from image and command. It decides the default of `healthCheck` and the metrics. Write `engine` to say it yourself.',
    zh: '根据镜像和命令推断，决定 `healthCheck` 的默认值和监控指标。可用 `engine` 明确指定。',
  },
  'inlay.default.tooltip': {
    en: 'Nothing is written here, so this applies.',
    zh: '此处未填写，使用该默认值。',
  },
  'inlay.size.tooltip': {
    en: '`{unit}` counts in powers of 1000. `{unit}i` would count in powers of 1024.',
    zh: '`{unit}` 按 1000 进位；`{unit}i` 按 1024 进位。',
  },
} as const satisfies Record<string, Text>;
