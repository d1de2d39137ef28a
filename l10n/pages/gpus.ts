import type { Page } from './page.ts';

/** Findings on DeepSpeed settings and on what GPUs can do. */
export const gpuPages: Record<string, Page> = {
  'deepspeed.launcher-nodes': {
    en: {
      what: 'The `deepspeed` launcher over several nodes needs ssh between them, which there is not.',
      more: '`torchrun` needs nothing: gpuctl tells it of nodes and processes, and scripts of DeepSpeed run under it unchanged. The quick fix puts it there.',
    },
    zh: {
      what: '`deepspeed` 启动器跨节点时需要节点间的 ssh，这里没有。',
      more: '`torchrun` 不需要 ssh：gpuctl 会告知它节点数和进程数，DeepSpeed 脚本无需修改即可运行。快速修复会改用它。',
    },
    wrong: 'environment:\n  image: trainer:1\n  command: [deepspeed, train.py]\nresources:\n  gpu: 8\n  nodeCount: 2\n',
    right: 'environment:\n  image: trainer:1\n  command: [torchrun, train.py]\nresources:\n  gpu: 8\n  nodeCount: 2\n',
  },
  'deepspeed.not-passed': {
    en: {
      what: 'The trainer takes DeepSpeed settings by an argument only, which is not there.',
      more: 'The Hugging Face Trainer finds the settings of the section `deepspeed` by itself. LLaMA-Factory and scripts that call DeepSpeed themselves want an argument. `$(DEEPSPEED_CONFIG)` stands for the path of the generated file.',
    },
    zh: {
      what: '训练程序只从参数读取 DeepSpeed 设置，而命令中没有该参数。',
      more: 'Hugging Face Trainer 会自行找到 `deepspeed` 小节的设置。LLaMA-Factory 和自行调用 DeepSpeed 的脚本需要参数。`$(DEEPSPEED_CONFIG)` 代表生成的文件路径。',
    },
    wrong:
      'environment:\n  image: llama-factory:0.9.5\n  command: [llamafactory-cli, train, sft.yaml]\nresources:\n  gpu: 4\ndeepspeed:\n  stage: 2\n',
    right:
      'environment:\n  image: llama-factory:0.9.5\n  command: [llamafactory-cli, train, sft.yaml, deepspeed=$(DEEPSPEED_CONFIG)]\nresources:\n  gpu: 4\ndeepspeed:\n  stage: 2\n',
  },
  'deepspeed.one-gpu': {
    en: {
      what: 'ZeRO splits over GPUs, and the job has one.',
      more: 'Without offload nothing is saved by it. Offload to the CPU, or leave DeepSpeed out.',
    },
    zh: {
      what: 'ZeRO 在多张 GPU 之间切分，而任务只有一张。',
      more: '不卸载就没有效果。请卸载到 CPU，或不使用 DeepSpeed。',
    },
    wrong: 'resources:\n  gpu: 1\ndeepspeed:\n  stage: 2\n',
    right: 'resources:\n  gpu: 1\ndeepspeed:\n  stage: 2\n  offload: cpu\n',
  },
  'deepspeed.offload-stage': {
    en: {
      what: 'What is to be offloaded cannot be at this stage.',
      more: 'Stage 0 offloads nothing, stages 1 and 2 the optimizer to the memory of the CPU, stage 3 parameters too, and to NVMe.',
    },
    zh: {
      what: '在此阶段不能进行所写的卸载。',
      more: '阶段 0 不卸载，阶段 1 和 2 可把优化器卸载到 CPU 内存，阶段 3 还可卸载参数，并可卸载到 NVMe。',
    },
    wrong: 'resources:\n  gpu: 4\ndeepspeed:\n  stage: 2\n  offload: nvme\n',
    right: 'resources:\n  gpu: 4\ndeepspeed:\n  stage: 3\n  offload: nvme\n',
  },
  'deepspeed.offload-memory': {
    en: {
      what: 'The memory of the job is little for what offload moves into it.',
      more: 'Training with Adam in mixed precision keeps about 16 bytes for each parameter. With offload they lie in the memory of the node: if that is smaller than the memory of the GPUs, offload makes less room than it takes. Ask for more memory.',
    },
    zh: {
      what: '任务的内存不足以容纳卸载的内容。',
      more: '使用 Adam 的混合精度训练，每个参数约占 16 字节。卸载后它们位于节点内存中：如果内存比显存还小，卸载反而得不偿失。请申请更多内存。',
    },
    wrong: 'resources:\n  gpu: 4\n  gpuType: A100-80G\n  memory: 64Gi\ndeepspeed:\n  stage: 3\n  offload: cpu\n',
    right: 'resources:\n  gpu: 4\n  gpuType: A100-80G\n  memory: 800Gi\ndeepspeed:\n  stage: 3\n  offload: cpu\n',
  },
  'gpu.no-bf16': {
    en: {
      what: 'BF16 is asked for, and the GPU type does not have it.',
      more: 'BF16 begins with Ampere (A100, A10, RTX 30). On older types some programs refuse, which is an error, and others are slow. Use FP16 there.',
    },
    zh: {
      what: '请求了 BF16，而该 GPU 型号不支持。',
      more: 'BF16 从 Ampere（A100、A10、RTX 30）开始支持。在更早的型号上，有的程序会拒绝启动（此时是错误），有的会变慢。请改用 FP16。',
    },
    wrong:
      'environment:\n  image: trainer:1\n  command: [torchrun, --nproc-per-node=4, train.py, --bf16]\nresources:\n  gpu: 4\n  gpuType: V100\n',
    right:
      'environment:\n  image: trainer:1\n  command: [torchrun, --nproc-per-node=4, train.py, --fp16]\nresources:\n  gpu: 4\n  gpuType: V100\n',
  },
  'gpu.no-fp8': {
    en: {
      what: 'FP8 is asked for, and the GPU type does not compute in it.',
      more: 'FP8 begins with Ada and Hopper (L40S, RTX 40, H100). On Ampere some programs keep weights in FP8 and compute in 16 bits: that saves memory and no time, and is an information. Where the program refuses, it is an error.',
    },
    zh: {
      what: '请求了 FP8，而该 GPU 型号不能用 FP8 计算。',
      more: 'FP8 从 Ada 和 Hopper（L40S、RTX 40、H100）开始支持。在 Ampere 上，有的程序以 FP8 存放权重、以 16 位计算：节省显存但不会更快，此时只是信息。程序拒绝启动时是错误。',
    },
    wrong:
      'kind: inference\nenvironment:\n  image: vllm/vllm-openai:v0.10.0\n  command: [vllm, serve, m, --quantization=fp8]\nresources:\n  gpu: 1\n  gpuType: V100\n',
    right:
      'kind: inference\nenvironment:\n  image: vllm/vllm-openai:v0.10.0\n  command: [vllm, serve, m, --quantization=fp8]\nresources:\n  gpu: 1\n  gpuType: H100\n',
  },
  'gpu.no-flash-attention': {
    en: {
      what: 'FlashAttention is asked for, and it does not run on the GPU type.',
      more: 'Version 2 begins with Ampere, version 3 is for Hopper. Use another attention (`sdpa`), or another type.',
    },
    zh: {
      what: '请求了 FlashAttention，而它不能在该 GPU 型号上运行。',
      more: '版本 2 从 Ampere 开始支持，版本 3 用于 Hopper。请改用其他注意力实现（`sdpa`），或换用其他型号。',
    },
    wrong:
      'environment:\n  image: llama-factory:0.9.5\n  command: [llamafactory-cli, train, sft.yaml, flash_attn=fa2]\nresources:\n  gpu: 4\n  gpuType: V100\n',
    right:
      'environment:\n  image: llama-factory:0.9.5\n  command: [llamafactory-cli, train, sft.yaml, flash_attn=sdpa]\nresources:\n  gpu: 4\n  gpuType: V100\n',
  },
  'gpu.too-old': {
    en: {
      what: 'The program, as it is published, does not run on so old a GPU.',
      more: 'Programs are built for GPUs from some compute capability on. Use a newer type, or an image that is built for the older one.',
    },
    zh: {
      what: '程序的官方版本不能在这样旧的 GPU 上运行。',
      more: '程序只针对一定计算能力以上的 GPU 构建。请使用更新的型号，或为旧型号构建的镜像。',
    },
    wrong:
      'kind: inference\nenvironment:\n  image: vllm/vllm-openai:v0.10.0\n  command: [vllm, serve, m]\nresources:\n  gpu: 1\n  gpuType: P100\n',
    right:
      'kind: inference\nenvironment:\n  image: vllm/vllm-openai:v0.10.0\n  command: [vllm, serve, m]\nresources:\n  gpu: 1\n  gpuType: A10\n',
  },
  'gpu.image-too-old': {
    en: {
      what: 'The image is older than the GPU type: what is in it does not know such GPUs.',
      more: 'Its version of CUDA, as the tag tells it, or of the program, has nothing for them. Use a newer image.',
    },
    zh: {
      what: '镜像比 GPU 型号更早，其中的内容不支持这种 GPU。',
      more: '标签所示的 CUDA 版本或程序版本还不支持它。请使用更新的镜像。',
    },
    wrong:
      'environment:\n  image: pytorch/pytorch:2.6.0-cuda12.4-cudnn9-runtime\n  command: [torchrun, --nproc-per-node=2, train.py]\nresources:\n  gpu: 2\n  gpuType: B200\n',
    right:
      'environment:\n  image: pytorch/pytorch:2.7.0-cuda12.8-cudnn9-runtime\n  command: [torchrun, --nproc-per-node=2, train.py]\nresources:\n  gpu: 2\n  gpuType: B200\n',
  },
  'gpu.visible-devices': {
    en: {
      what: 'A variable decides which GPUs the program sees, and not the cluster.',
      more: '`NVIDIA_VISIBLE_DEVICES` can give a job GPUs that belong to others. `CUDA_VISIBLE_DEVICES` hides some of its own; they count from 0 in every job. Leave both out.',
    },
    zh: {
      what: '由变量而不是集群决定程序能看到哪些 GPU。',
      more: '`NVIDIA_VISIBLE_DEVICES` 可能让任务用到属于其他任务的 GPU。`CUDA_VISIBLE_DEVICES` 会隐藏任务自己的一部分 GPU；每个任务的 GPU 都从 0 开始编号。请都去掉。',
    },
    wrong: 'environment:\n  image: trainer:1\n  env:\n    NVIDIA_VISIBLE_DEVICES: all\nresources:\n  gpu: 1\n',
    right: 'environment:\n  image: trainer:1\nresources:\n  gpu: 1\n',
  },
};
