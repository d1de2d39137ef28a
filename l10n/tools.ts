import type { Text } from './text.ts';

/** Findings about tools and GPUs, and the names of their fixes. */
export const toolTexts = {
  'fix.split-words': { en: 'Split into words', zh: '拆分为单词' },
  'finding.tools.tensor-parallel': {
    en: '{tool} takes {taken} of {gpus} GPUs by `{flag}`; the others stand idle. Raise `{flag}` or ask for fewer GPUs.',
    zh: '按 `{flag}`，{tool} 只用 {gpus} 张 GPU 中的 {taken} 张，其余闲置。请调大 `{flag}`，或减少申请的 GPU。',
  },
  'finding.tools.tensor-parallel.more': {
    en: '{tool} needs {taken} GPUs by `{flag}`, and the job has {gpus}: it will not start. Lower `{flag}` or ask for {taken} GPUs.',
    zh: '按 `{flag}`，{tool} 需要 {taken} 张 GPU，而任务只有 {gpus} 张，无法启动。请调小 `{flag}`，或申请 {taken} 张 GPU。',
  },
  'finding.tools.tensor-parallel.left-out': {
    en: '{tool} takes {taken} of {gpus} GPUs unless told otherwise. Add `{flag} {size}`.',
    zh: '未指定时 {tool} 只用 {gpus} 张 GPU 中的 {taken} 张。请加上 `{flag} {size}`。',
  },
  'finding.tools.tensor-parallel.sizes': {
    en: 'The parallel sizes of {tool} come to {taken} GPUs, and the job has {gpus}. Make their product {gpus}.',
    zh: '{tool} 的各并行度合计需要 {taken} 张 GPU，而任务有 {gpus} 张。请使其乘积等于 {gpus}。',
  },
  'finding.tools.port-differs': {
    en: '{tool} listens on port {port}, and `service.port` is {service}: nobody reaches it. Make them the same.',
    zh: '{tool} 监听端口 {port}，而 `service.port` 是 {service}，服务将无法访问。请改为一致。',
  },
  'finding.tools.port-differs.default': {
    en: '{tool} listens on port {port} unless told otherwise, and `service.port` is {service}: nobody reaches it. Set `service.port` to {port} or add `{flag} {service}`.',
    zh: '{tool} 默认监听端口 {port}，而 `service.port` 是 {service}，服务将无法访问。请把 `service.port` 设为 {port}，或加上 `{flag} {service}`。',
  },
  'finding.tools.listens-locally': {
    en: '{tool} listens on `{host}` only, where nobody outside the job reaches it. Use `{flag} 0.0.0.0`.',
    zh: '{tool} 只监听 `{host}`，任务之外无法访问。请使用 `{flag} 0.0.0.0`。',
  },
  'finding.tools.listens-locally.default': {
    en: '{tool} listens on 127.0.0.1 unless told otherwise, where nobody outside the job reaches it. Add `{flag} 0.0.0.0`.',
    zh: '{tool} 默认只监听 127.0.0.1，任务之外无法访问。请加上 `{flag} 0.0.0.0`。',
  },
  'finding.tools.engine-differs': {
    en: '`engine` is `{engine}`, and what is started is {tool}: metrics and health check would be the wrong ones.',
    zh: '`engine` 写的是 `{engine}`，实际启动的是 {tool}：指标和健康检查会不对应。',
  },

  'finding.command.one-word': {
    en: '`{word}` is one word here, and no program is called that. Give each word its own item: `[{words}]`.',
    zh: '`{word}` 在这里是一个词，没有叫这个名字的程序。请让每个词各占一项：`[{words}]`。',
  },
  'finding.tools.one-process': {
    en: '`{script}` runs as one process, and {gpus} GPUs are asked for on its node: unless it spreads over them itself, only one works. Start it with `{start}`.',
    zh: '`{script}` 只以一个进程运行，而在节点上请求了 {gpus} 张 GPU：除非脚本自行使用多张 GPU，否则只有一张在工作。请用 `{start}` 启动。',
  },
  'finding.tools.one-process.torchrun': {
    en: 'torchrun starts one process unless told otherwise, and {gpus} GPUs are asked for on the node. Start with `{start}`.',
    zh: '未指定时 torchrun 只启动一个进程，而在节点上请求了 {gpus} 张 GPU。请用 `{start}` 启动。',
  },
  'finding.tools.processes': {
    en: '`{argument}` starts {count} {count|process|processes} for {gpus} GPUs; the others stand idle.',
    zh: '`{argument}` 只启动 {count} 个进程，而 GPU 有 {gpus} 张，其余闲置。',
  },
  'finding.tools.processes.more': {
    en: '`{argument}` starts {count} processes, and there {gpus|is|are} {gpus} {gpus|GPU|GPUs}: those without one fail. Use {gpus}, or ask for more GPUs.',
    zh: '`{argument}` 会启动 {count} 个进程，而 GPU 只有 {gpus} 张，没有 GPU 的进程会失败。请改为 {gpus}，或申请更多 GPU。',
  },
  'finding.tools.nodes': {
    en: '`{argument}` is {count}, and the job has {nodes} nodes: they would train apart. Use {nodes}, or leave it out.',
    zh: '`{argument}` 是 {count}，而任务有 {nodes} 个节点，它们会各自训练。请改为 {nodes}，或去掉此参数。',
  },
  'finding.tools.nodes.more': {
    en: '`{argument}` is {count}, and the job has {nodes} {nodes|node|nodes}: it would wait for the others in vain. Use {nodes}, or set `nodeCount`.',
    zh: '`{argument}` 是 {count}，而任务只有 {nodes} 个节点，会一直等待其余节点。请改为 {nodes}，或设置 `nodeCount`。',
  },
  'finding.tools.nodes-apart': {
    en: '`{argument}` is the same on all {nodes} nodes, so they do not find each other. Leave it out: gpuctl tells each node its own.',
    zh: '`{argument}` 在全部 {nodes} 个节点上相同，节点之间无法会合。请去掉此参数：gpuctl 会告知每个节点各自的值。',
  },
  'finding.tools.nodes-apart.alone': {
    en: '`{argument}` keeps each of the {nodes} nodes to itself. Leave it out: gpuctl tells torchrun of the others.',
    zh: '`{argument}` 使 {nodes} 个节点各自独立。请去掉此参数：gpuctl 会告知 torchrun 其他节点。',
  },
  'finding.tools.nodes-apart.accelerate': {
    en: '`accelerate launch` is not told of the other nodes, so each of the {nodes} nodes trains for itself. Add `--num_machines` and its companions, or start with torchrun.',
    zh: '`accelerate launch` 不知道其他节点，{nodes} 个节点会各自训练。请加上 `--num_machines` 等参数，或改用 torchrun 启动。',
  },
  'finding.tools.force-torchrun': {
    en: 'With one GPU, LLaMA-Factory starts without torchrun and refuses DeepSpeed. Set `FORCE_TORCHRUN=1`.',
    zh: '只有一张 GPU 时，LLaMA-Factory 不会用 torchrun 启动，并会拒绝 DeepSpeed。请设置 `FORCE_TORCHRUN=1`。',
  },
  'finding.tools.force-torchrun.nodes': {
    en: 'With one GPU on a node, LLaMA-Factory starts without torchrun: each of the {nodes} nodes trains for itself. Set `FORCE_TORCHRUN=1`.',
    zh: '每个节点只有一张 GPU 时，LLaMA-Factory 不会用 torchrun 启动，{nodes} 个节点会各自训练。请设置 `FORCE_TORCHRUN=1`。',
  },
  'finding.tools.rendezvous-env': {
    en: '`{name}` is set to `{value}` for all {nodes} nodes and wins over the value that gpuctl would give each, so they may not find each other.',
    zh: '`{name}` 在全部 {nodes} 个节点上都是 `{value}`，并会覆盖 gpuctl 为各节点给出的值，节点之间可能无法会合。',
  },
  'finding.tools.image-lacks': {
    en: 'The image `{image}` as published does not hold {missing}. Use an image that does, or install it in the command first.',
    zh: '官方镜像 `{image}` 不含 {missing}。请使用包含它的镜像，或在命令中先安装。',
  },

  'finding.deepspeed.launcher-nodes': {
    en: 'Over {nodes} nodes the `deepspeed` launcher needs ssh between them, which there is not. Start the script with `torchrun`: gpuctl tells it of nodes and processes.',
    zh: '`deepspeed` 启动器跨 {nodes} 个节点时需要节点间的 ssh，这里没有。请用 `torchrun` 启动脚本：gpuctl 会告知它节点和进程数。',
  },
  'finding.deepspeed.not-passed': {
    en: '{tool} takes DeepSpeed settings only by an argument or from its own file. Add `{argument}`, unless its file names them.',
    zh: '{tool} 只从参数或自己的配置文件读取 DeepSpeed 设置。请加上 `{argument}`，除非其配置文件已写明。',
  },
  'finding.deepspeed.not-passed.script': {
    en: 'The Hugging Face Trainer finds the DeepSpeed settings by itself; another script takes them only by an argument such as `{argument}`.',
    zh: 'Hugging Face Trainer 会自行找到 DeepSpeed 设置；其他脚本则需要 `{argument}` 这样的参数。',
  },
  'finding.deepspeed.one-gpu': {
    en: 'ZeRO stage {stage} splits over GPUs, and there is one: it saves nothing without offload. Offload to the CPU, or leave DeepSpeed out.',
    zh: 'ZeRO 阶段 {stage} 是在多张 GPU 之间切分，而这里只有一张：不卸载就没有效果。请卸载到 CPU，或不使用 DeepSpeed。',
  },
  'finding.deepspeed.offload-stage': {
    en: '`offload_param` works at stage 3 only; at stage {stage} it has no effect.',
    zh: '`offload_param` 只在阶段 3 有效；在阶段 {stage} 不起作用。',
  },
  'finding.deepspeed.offload-stage.none': {
    en: 'Offload to `{offload}` has no effect at stage 0. It begins with stage 1; NVMe needs stage 3.',
    zh: '阶段 0 时卸载到 `{offload}` 不起作用。卸载从阶段 1 开始有效，NVMe 需要阶段 3。',
  },
  'finding.deepspeed.offload-stage.nvme': {
    en: 'At stage {stage} DeepSpeed offloads to CPU memory, not to NVMe, which needs stage 3.',
    zh: '在阶段 {stage}，DeepSpeed 会卸载到 CPU 内存而不是 NVMe；NVMe 需要阶段 3。',
  },
  'finding.deepspeed.offload-memory': {
    en: '`memory: {memory}` is little for offload: at about {bytes} bytes a trained parameter there is room for {room} billion, and the {gpus} {gpus|GPU|GPUs} of {each} GB hold {onGpus} billion without offload. Ask for more memory.',
    zh: '`memory: {memory}` 对卸载来说偏小：按每个训练参数约 {bytes} 字节，只够 {room}B 参数，而 {gpus} 张 {each} GB 的 GPU 不卸载就能放下 {onGpus}B。请申请更多内存。',
  },
  'finding.deepspeed.offload-memory.unset': {
    en: 'Offload moves about {bytes} bytes a trained parameter into memory (7 billion: {example} GB a node), and no `memory` is asked for: the node may not have it.',
    zh: '卸载会把每个训练参数约 {bytes} 字节移入内存（70 亿参数：每节点 {example} GB），但没有申请 `memory`，节点可能不够。',
  },

  'finding.gpu.no-bf16': {
    en: '`{argument}`: {gpu} has no {feature} (compute capability {has}, needed {needs}), so {tool} refuses it or is slow. Use FP16.',
    zh: '`{argument}`：{gpu} 不支持 {feature}（计算能力 {has}，需要 {needs}），{tool} 会拒绝或变慢。请使用 FP16。',
  },
  'finding.gpu.no-bf16.refused': {
    en: '`{argument}`: {gpu} has no {feature} (compute capability {has}, needed {needs}), and {tool} refuses to start. Use FP16.',
    zh: '`{argument}`：{gpu} 不支持 {feature}（计算能力 {has}，需要 {needs}），{tool} 会拒绝启动。请使用 FP16。',
  },
  'finding.gpu.no-fp8': {
    en: '`{argument}`: {gpu} has no {feature} (compute capability {has}, needed {needs}), so {tool} refuses it or gains nothing.',
    zh: '`{argument}`：{gpu} 不支持 {feature}（计算能力 {has}，需要 {needs}），{tool} 会拒绝或没有收益。',
  },
  'finding.gpu.no-fp8.slower': {
    en: '`{argument}`: {gpu} does not compute in {feature} (compute capability {has}, needed {needs}). {tool} may save memory by it, but no time.',
    zh: '`{argument}`：{gpu} 不能用 {feature} 计算（计算能力 {has}，需要 {needs}）。{tool} 可能因此节省显存，但不会更快。',
  },
  'finding.gpu.no-fp8.refused': {
    en: '`{argument}`: {gpu} has no {feature} (compute capability {has}, needed {needs}), and {tool} refuses to start.',
    zh: '`{argument}`：{gpu} 不支持 {feature}（计算能力 {has}，需要 {needs}），{tool} 会拒绝启动。',
  },
  'finding.gpu.no-flash-attention': {
    en: '`{argument}`: {feature} does not run on {gpu} (compute capability {has}, needed {needs}). Use another attention.',
    zh: '`{argument}`：{feature} 不能在 {gpu} 上运行（计算能力 {has}，需要 {needs}）。请改用其他注意力实现。',
  },
  'finding.gpu.no-flash-attention.refused': {
    en: '`{argument}`: {feature} does not run on {gpu} (compute capability {has}, needed {needs}), and {tool} refuses to start. Use another attention.',
    zh: '`{argument}`：{feature} 不能在 {gpu} 上运行（计算能力 {has}，需要 {needs}），{tool} 会拒绝启动。请改用其他注意力实现。',
  },
  'finding.gpu.too-old': {
    en: '{tool} as published needs GPUs of compute capability {needs} or more, and {gpu} has {has}.',
    zh: '{tool} 官方版本需要计算能力不低于 {needs} 的 GPU，而 {gpu} 是 {has}。',
  },
  'finding.gpu.image-too-old': {
    en: 'The image has CUDA {cuda}, and {gpu} (compute capability {has}) needs {needs} or newer.',
    zh: '镜像的 CUDA 版本是 {cuda}，而 {gpu}（计算能力 {has}）需要 {needs} 或更高版本。',
  },
  'finding.gpu.image-too-old.tool': {
    en: '{tool} {version} does not know {gpu} (compute capability {has}). Use {needs} or newer.',
    zh: '{tool} {version} 不支持 {gpu}（计算能力 {has}）。请使用 {needs} 或更高版本。',
  },
  'finding.gpu.visible-devices': {
    en: '`NVIDIA_VISIBLE_DEVICES={value}` may give the job GPUs that are not its own. Leave it out: the cluster sets it.',
    zh: '`NVIDIA_VISIBLE_DEVICES={value}` 可能让任务用到不属于它的 GPU。请去掉：集群会设置它。',
  },
  'finding.gpu.visible-devices.cuda': {
    en: 'With `CUDA_VISIBLE_DEVICES={value}` the program sees {seen} of {gpus} {gpus|GPU|GPUs}; those of a job count from 0. Leave it out to use them all.',
    zh: '设置 `CUDA_VISIBLE_DEVICES={value}` 后，程序只能看到 {gpus} 张 GPU 中的 {seen} 张；任务的 GPU 从 0 开始编号。去掉它即可全部使用。',
  },

  'fix.argument': { en: 'Change to `{argument}`', zh: '改为 `{argument}`' },
  'fix.add-argument': { en: 'Add `{argument}`', zh: '加上 `{argument}`' },
  'fix.add-env': { en: 'Set `{name}={value}`', zh: '设置 `{name}={value}`' },
  'fix.start-with': { en: 'Start with `{start}`', zh: '用 `{start}` 启动' },
} as const satisfies Record<string, Text>;
