import type { Page } from './page.ts';

/** Findings on the programs that jobs run, and on what these need of GPUs. */
export const toolPages: Record<string, Page> = {
  'framework.not-available': {
    en: {
      what: 'This version builds jobs with `framework: native` only.',
      more: '`native` needs nothing to be installed in the cluster. There are `kubeflow` and `verl` besides, which a later version may build.',
    },
    zh: {
      what: '当前版本只能用 `framework: native` 构建任务。',
      more: '`native` 不需要在集群中安装任何组件。此外还有 `kubeflow` 和 `verl`，以后的版本可能支持。',
    },
    wrong: 'framework: kubeflow\n',
    right: 'framework: native\n',
  },
  'tools.tensor-parallel': {
    en: {
      what: 'The parallel sizes in the command and the GPUs of a replica differ.',
      more: 'vLLM and SGLang use as many GPUs as their tensor-parallel size (times the other parallel sizes) says, and one where nothing is said. Fewer than `gpu` leaves GPUs idle, more does not start. Where the command is a plain list that says nothing, gpuctl adds the argument by itself; a line of a shell it leaves alone.',
    },
    zh: {
      what: '命令中的并行度与副本的 GPU 数量不一致。',
      more: 'vLLM 和 SGLang 使用的 GPU 数等于张量并行度（乘以其他并行度），没有指定时为一张。少于 `gpu` 会有 GPU 闲置，多于则无法启动。命令是普通列表且没有指定时，gpuctl 会自动加上参数；shell 命令行则不会改动。',
    },
    wrong:
      'kind: inference\nenvironment:\n  image: vllm/vllm-openai:v0.10.0\n  command: [vllm, serve, m, --tensor-parallel-size, "2"]\nresources:\n  gpu: 4\n',
    right:
      'kind: inference\nenvironment:\n  image: vllm/vllm-openai:v0.10.0\n  command: [vllm, serve, m, --tensor-parallel-size, "4"]\nresources:\n  gpu: 4\n',
  },
  'command.one-word': {
    en: {
      what: 'The command is one item with blanks in it.',
      more: 'Each item of `command` is one word. An item with blanks names a program that is called so, blanks and all, and there is none. A line for a shell has to say so: `[sh, -c, "python prepare.py && python train.py"]`.',
    },
    zh: {
      what: '命令只有一项，其中含有空格。',
      more: '`command` 的每一项是一个词。含有空格的一项会被当作程序名，而没有这样的程序。要写 shell 命令行，请写明：`[sh, -c, "python prepare.py && python train.py"]`。',
    },
    wrong: 'environment:\n  image: trainer:1\n  command: [torchrun train.py]\n',
    right: 'environment:\n  image: trainer:1\n  command: [torchrun, train.py]\n',
  },
  'tools.one-process': {
    en: {
      what: 'One process is started on a node with several GPUs.',
      more: 'Most training scripts use one GPU for each process. `torchrun --nproc-per-node=…` starts one for each GPU; over several nodes gpuctl tells torchrun of nodes and processes by itself. Of a script this is an information: one that spreads over the GPUs itself (`device_map="auto"`, its own launcher) is right as it is. Silence the finding there.',
    },
    zh: {
      what: '节点上有多张 GPU，却只启动一个进程。',
      more: '多数训练脚本每个进程使用一张 GPU。`torchrun --nproc-per-node=…` 会为每张 GPU 启动一个进程；多节点时，gpuctl 会告知 torchrun 节点数和进程数。对脚本，此项只是信息：自行使用多张 GPU 的脚本（`device_map="auto"`、自带启动器）没有问题，可在该处忽略此项。',
    },
    wrong: 'environment:\n  image: trainer:1\n  command: [python, train.py]\nresources:\n  gpu: 4\n',
    right:
      'environment:\n  image: trainer:1\n  command: [torchrun, --nproc-per-node=4, train.py]\nresources:\n  gpu: 4\n',
  },
  'tools.processes': {
    en: {
      what: 'The launcher starts another number of processes than there are GPUs.',
      more: 'Fewer leave GPUs idle. More have no GPU of their own and fail, which is an error. `--nproc-per-node` counts for one node, `--num_processes` of accelerate for all of them.',
    },
    zh: {
      what: '启动器启动的进程数与 GPU 数量不一致。',
      more: '少于 GPU 会有 GPU 闲置；多于 GPU 时，多出的进程没有 GPU，会失败，因此是错误。`--nproc-per-node` 按单个节点计算，accelerate 的 `--num_processes` 按所有节点计算。',
    },
    wrong:
      'environment:\n  image: trainer:1\n  command: [torchrun, --nproc-per-node=2, train.py]\nresources:\n  gpu: 4\n',
    right:
      'environment:\n  image: trainer:1\n  command: [torchrun, --nproc-per-node=4, train.py]\nresources:\n  gpu: 4\n',
  },
  'tools.nodes': {
    en: {
      what: 'The launcher is told of another number of nodes than `nodeCount`.',
      more: 'With fewer, the nodes train apart. With more, they wait for those that never come, which is an error. Leave the argument out: gpuctl tells the launcher.',
    },
    zh: {
      what: '启动器的节点数与 `nodeCount` 不一致。',
      more: '少于实际节点数时，各节点会各自训练；多于时，会一直等待不存在的节点，因此是错误。请去掉该参数，gpuctl 会告知启动器。',
    },
    wrong:
      'environment:\n  image: trainer:1\n  command: [torchrun, --nnodes=4, train.py]\nresources:\n  gpu: 8\n  nodeCount: 2\n',
    right: 'environment:\n  image: trainer:1\n  command: [torchrun, train.py]\nresources:\n  gpu: 8\n  nodeCount: 2\n',
  },
  'tools.nodes-apart': {
    en: {
      what: 'An argument keeps the nodes of the job from finding each other.',
      more: 'Every node runs the same command line, so a rank or an address in it is the same on all of them, and `--standalone` keeps each to itself. Leave such arguments out: gpuctl gives each node its own by the environment. `accelerate launch` reads no such environment and has to be told by arguments.',
    },
    zh: {
      what: '某个参数使任务的各节点无法会合。',
      more: '每个节点运行相同的命令行，因此其中的 rank 或地址在所有节点上都一样，而 `--standalone` 使每个节点各自独立。请去掉这类参数：gpuctl 会通过环境变量告知每个节点各自的值。`accelerate launch` 不读取这些环境变量，需要用参数指定。',
    },
    wrong:
      'environment:\n  image: trainer:1\n  command: [torchrun, --standalone, train.py]\nresources:\n  gpu: 8\n  nodeCount: 2\n',
    right: 'environment:\n  image: trainer:1\n  command: [torchrun, train.py]\nresources:\n  gpu: 8\n  nodeCount: 2\n',
  },
  'tools.force-torchrun': {
    en: {
      what: 'LLaMA-Factory does not start torchrun with one GPU on a node.',
      more: 'It counts the GPUs that it sees. With one it runs as a plain process: DeepSpeed is refused, and the nodes of a job train apart. The variable `FORCE_TORCHRUN=1` makes it use torchrun.',
    },
    zh: {
      what: '节点上只有一张 GPU 时，LLaMA-Factory 不会启动 torchrun。',
      more: '它按看到的 GPU 数量决定。只有一张时以普通进程运行：会拒绝 DeepSpeed，多节点任务的各节点也会各自训练。设置变量 `FORCE_TORCHRUN=1` 即可使用 torchrun。',
    },
    wrong:
      'environment:\n  image: llama-factory:0.9.5\n  command: [llamafactory-cli, train, sft.yaml]\nresources:\n  gpu: 2\n  nodeCount: 2\n',
    right:
      'environment:\n  image: llama-factory:0.9.5\n  command: [llamafactory-cli, train, sft.yaml]\n  env:\n    FORCE_TORCHRUN: 1\nresources:\n  gpu: 2\n  nodeCount: 2\n',
  },
  'tools.port-differs': {
    en: {
      what: 'The program listens on another port than `service.port`.',
      more: 'Requests and health checks go to `service.port`, where nobody answers. The port of the program comes from its arguments, or is the one that it uses unless told otherwise.',
    },
    zh: {
      what: '程序监听的端口与 `service.port` 不同。',
      more: '请求和健康检查都发往 `service.port`，而那里没有响应。程序的端口来自其参数，没有指定时为其默认端口。',
    },
    wrong:
      'kind: inference\nenvironment:\n  image: vllm/vllm-openai:v0.10.0\n  command: [vllm, serve, m, --port, "9000"]\nservice:\n  port: 8000\n',
    right:
      'kind: inference\nenvironment:\n  image: vllm/vllm-openai:v0.10.0\n  command: [vllm, serve, m, --port, "9000"]\nservice:\n  port: 9000\n',
  },
  'tools.listens-locally': {
    en: {
      what: 'The program listens where only the job itself reaches it.',
      more: '`localhost` and `127.0.0.1` mean the inside of the job. Requests and health checks come from outside: let the program listen on `0.0.0.0`.',
    },
    zh: {
      what: '程序只在任务内部可以访问的地址上监听。',
      more: '`localhost` 和 `127.0.0.1` 指任务内部。请求和健康检查来自外部：请让程序监听 `0.0.0.0`。',
    },
    wrong:
      'kind: inference\nenvironment:\n  image: vllm/vllm-openai:v0.10.0\n  command: [vllm, serve, m, --host=localhost]\n',
    right:
      'kind: inference\nenvironment:\n  image: vllm/vllm-openai:v0.10.0\n  command: [vllm, serve, m, --host=0.0.0.0]\n',
  },
  'tools.engine-differs': {
    en: {
      what: '`engine` names another program than the one that is started.',
      more: 'The engine decides which metrics and which health path are used. Leave it out, and it is told from image and command.',
    },
    zh: {
      what: '`engine` 与实际启动的程序不一致。',
      more: '`engine` 决定使用哪些指标和健康检查路径。不写时会根据镜像和命令判断。',
    },
    wrong:
      'kind: inference\nengine: sglang\nenvironment:\n  image: vllm/vllm-openai:v0.10.0\n  command: [vllm, serve, m]\n',
    right:
      'kind: inference\nengine: vllm\nenvironment:\n  image: vllm/vllm-openai:v0.10.0\n  command: [vllm, serve, m]\n',
  },
  'tools.rendezvous-env': {
    en: {
      what: 'A variable that gpuctl would set for each node is fixed for all of them.',
      more: "Your own value always wins. For `NODE_RANK`, `MASTER_ADDR` and their like it is then the same on every node, and the nodes may not find each other. Leave the variable out, unless the program's own rendezvous needs it.",
    },
    zh: {
      what: 'gpuctl 会为各节点分别设置的变量被固定为同一个值。',
      more: '自己写的值始终优先。`NODE_RANK`、`MASTER_ADDR` 等变量因此在每个节点上都一样，节点之间可能无法会合。请去掉该变量，除非程序自己的会合方式需要它。',
    },
    wrong:
      'environment:\n  image: trainer:1\n  command: [torchrun, train.py]\n  env:\n    MASTER_ADDR: 10.0.0.7\nresources:\n  gpu: 8\n  nodeCount: 2\n',
    right: 'environment:\n  image: trainer:1\n  command: [torchrun, train.py]\nresources:\n  gpu: 8\n  nodeCount: 2\n',
  },
  'tools.image-lacks': {
    en: {
      what: 'The image, as it is published, does not hold the program that the command starts.',
      more: 'Only well-known public images are judged, by what their makers put into them. If yours is one of the same name with more in it, silence the finding.',
    },
    zh: {
      what: '官方镜像不含命令要启动的程序。',
      more: '只判断知名的公开镜像，依据是其发布者放入的内容。如果你的镜像同名但内容更多，可以忽略此项。',
    },
    wrong:
      'kind: inference\nenvironment:\n  image: pytorch/pytorch:2.7.0-cuda12.8-cudnn9-runtime\n  command: [vllm, serve, m]\n',
    right: 'kind: inference\nenvironment:\n  image: vllm/vllm-openai:v0.10.0\n  command: [vllm, serve, m]\n',
  },
};
