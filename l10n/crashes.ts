import type { Text } from './text.ts';

/** How a program ended, by its exit code and by what its log says, and what to do. Each stands alone or behind “rank 1”. */
export const crashTexts = {
  'why.log': { en: 'From the log of {pod}:', zh: '{pod} 的日志：' },
  'why.said': { en: 'What the cluster says:', zh: '集群原文：' },
  'why.late': { en: 'The log did not come in time.', zh: '日志未能及时返回。' },
  'job.crash.restarting': {
    en: '{why}, restarted {restarts} {restarts|time|times}',
    zh: '{why}，已重启 {restarts} 次',
  },
  'job.crash.out-of-memory': { en: 'ran out of memory', zh: '内存不足' },
  'job.crash.out-of-memory.limit': { en: 'ran out of memory (limit {limit})', zh: '内存不足（上限 {limit}）' },
  'hint.job.crash.out-of-memory': {
    en: 'This is the main memory, shared memory included, not that of the GPU: raise `memory`, or load less at once (fewer data workers, smaller shards).',
    zh: '这是主内存（含共享内存），不是显存：请增大 `memory`，或减少一次加载的数据（减少数据加载进程、缩小分片）。',
  },
  'job.crash.killed': { en: 'was killed (exit code {code})', zh: '被强制终止（退出码 {code}）' },
  'hint.job.crash.killed': {
    en: 'Most often its node had no memory left, or it took too long to stop: raise `memory`, and see its log.',
    zh: '通常是节点内存耗尽或停止过慢：请增大 `memory`，并查看日志。',
  },
  'job.crash.terminated': { en: 'was told to stop (exit code {code})', zh: '收到停止信号（退出码 {code}）' },
  'hint.job.crash.terminated': {
    en: 'Somebody or something ended it: another rank may have failed first.',
    zh: '由外部结束：可能是其他副本先失败。',
  },
  'job.crash.segfault': {
    en: 'crashed: it used memory that is not its own (exit code {code})',
    zh: '崩溃：访问了无效内存（退出码 {code}）',
  },
  'hint.job.crash.segfault': {
    en: 'A compiled library is at fault, often one built for another CUDA or Python: compare the versions in the image.',
    zh: '多为编译库的问题，常见于 CUDA 或 Python 版本不匹配：请核对镜像中的版本。',
  },
  'job.crash.aborted': { en: 'gave up by itself (exit code {code})', zh: '自行中止（退出码 {code}）' },
  'hint.job.crash.aborted': {
    en: 'The last lines of its log say why; NCCL does so when another rank does not answer.',
    zh: '日志末尾会说明原因；当其他副本没有响应时，NCCL 会这样中止。',
  },
  'job.crash.shared-memory': { en: 'ran out of shared memory', zh: '共享内存不足' },
  'job.crash.shared-memory.code': {
    en: 'ran out of shared memory (exit code {code})',
    zh: '共享内存不足（退出码 {code}）',
  },
  'hint.job.crash.shared-memory': {
    en: 'Use fewer data workers, or raise `memory`: shared memory is a part of it.',
    zh: '请减少数据加载进程，或增大 `memory`：共享内存包含在其中。',
  },
  'job.crash.not-executable': {
    en: 'ended with exit code {code}: its command may not be run',
    zh: '以退出码 {code} 结束：命令无法执行',
  },
  'hint.job.crash.not-executable': {
    en: 'Make the script executable, or run it by its interpreter (`[bash, …]`, `[python, …]`).',
    zh: '请赋予脚本执行权限，或用解释器运行（`[bash, …]`、`[python, …]`）。',
  },
  'job.crash.no-command': {
    en: 'ended with exit code {code}: its command was not found',
    zh: '以退出码 {code} 结束：找不到命令',
  },
  'hint.job.crash.no-command': {
    en: 'Correct `environment.command`, or use an image that has the program.',
    zh: '请修正 `environment.command`，或使用包含该程序的镜像。',
  },
  'job.crash.signal': {
    en: 'was ended by signal {signal} (exit code {code})',
    zh: '被信号 {signal} 终止（退出码 {code}）',
  },
  'job.crash.exit': { en: 'ended with exit code {code}', zh: '以退出码 {code} 结束' },
  'hint.job.crash.signal': { en: 'The last lines of its log say why.', zh: '请查看日志末尾的原因。' },
  'hint.job.crash.exit': { en: 'The last lines of its log say why.', zh: '请查看日志末尾的原因。' },
  'job.crash.error': { en: 'ended with exit code {code}: {error}', zh: '以退出码 {code} 结束：{error}' },
  'hint.job.crash.error': {
    en: 'The lines above it in the log name the place in the program.',
    zh: '日志中该行之上的内容指明了程序中的位置。',
  },

  'job.crash.gpu-memory': { en: 'ran out of GPU memory', zh: '显存不足' },
  'job.crash.gpu-memory.asked': {
    en: 'ran out of GPU memory ({asked} more asked for)',
    zh: '显存不足（还需 {asked}）',
  },
  'job.crash.gpu-memory.numbers': {
    en: 'ran out of GPU memory ({asked} more asked for; GPU {gpu} has {total}, {free} free)',
    zh: '显存不足（还需 {asked}；GPU {gpu} 共 {total}，空闲 {free}）',
  },
  'hint.job.crash.gpu-memory': {
    en: 'Use a smaller batch or a shorter sequence, gradient checkpointing, a higher ZeRO stage, or more GPUs.',
    zh: '请减小批大小或序列长度、启用梯度检查点、提高 ZeRO 级别，或增加 GPU。',
  },
  'job.crash.model-length': {
    en: 'cannot serve the model: {length} tokens need {needed} GiB of cache, {available} GiB are there; {most} tokens would fit',
    zh: '无法提供模型服务：{length} 个词元需要 {needed} GiB 缓存，可用 {available} GiB；最多可设 {most}',
  },
  'job.crash.model-length.no-guess': {
    en: 'cannot serve the model: {length} tokens need {needed} GiB of cache, {available} GiB are there',
    zh: '无法提供模型服务：{length} 个词元需要 {needed} GiB 缓存，可用 {available} GiB',
  },
  'hint.job.crash.model-length': {
    en: 'Set `--max-model-len` to what fits, give it more GPUs, or raise `--gpu-memory-utilization`.',
    zh: '请将 `--max-model-len` 设为可容纳的值、增加 GPU，或提高 `--gpu-memory-utilization`。',
  },
  'job.crash.gpu-in-use': {
    en: 'cannot start the model server: {free} of {total} GiB of GPU memory are free, it wants {wanted} GiB',
    zh: '无法启动模型服务：显存共 {total} GiB，空闲 {free} GiB，需要 {wanted} GiB',
  },
  'hint.job.crash.gpu-in-use': {
    en: 'Lower `--gpu-memory-utilization`; if something else is on that GPU, tell the administrator.',
    zh: '请降低 `--gpu-memory-utilization`；若该 GPU 上有其他程序，请联系管理员。',
  },
  'job.crash.no-cache': {
    en: 'cannot serve the model: no GPU memory is left for its cache',
    zh: '无法提供模型服务：没有剩余显存用于缓存',
  },
  'hint.job.crash.no-cache': {
    en: 'Raise `--gpu-memory-utilization`, use more GPUs, or a smaller or quantised model.',
    zh: '请提高 `--gpu-memory-utilization`、增加 GPU，或使用更小或量化的模型。',
  },
  'job.crash.engine': { en: 'could not start the engine of its model server', zh: '模型服务引擎未能启动' },
  'hint.job.crash.engine': {
    en: 'The cause stands further up in its log.',
    zh: '原因在日志更靠前的位置。',
  },
  'job.crash.collective-timeout': {
    en: 'waited {seconds} s for the other ranks in {operation}, in vain',
    zh: '在 {operation} 中等待其他副本 {seconds} 秒未果',
  },
  'hint.job.crash.collective-timeout': {
    en: 'Another rank failed or fell behind: look for the first that ended, or for one that loads more slowly.',
    zh: '其他副本失败或落后：请查看最先结束的副本，或加载较慢的副本。',
  },
  'job.crash.remote-exited': { en: 'lost its connection to another rank', zh: '与其他副本的连接中断' },
  'hint.job.crash.remote-exited': {
    en: 'Another rank ended first: its log has the cause.',
    zh: '其他副本先结束：原因在其日志中。',
  },
  'job.crash.no-interface': {
    en: 'found no network interface for NCCL',
    zh: 'NCCL 找不到可用的网络接口',
  },
  'hint.job.crash.no-interface': {
    en: 'Take NCCL_SOCKET_IFNAME out of `env`, or name an interface that the nodes have.',
    zh: '请从 `env` 中移除 NCCL_SOCKET_IFNAME，或填写节点上存在的接口。',
  },
  'job.crash.rdma': { en: 'cannot use the RDMA network (NCCL: {call})', zh: 'NCCL 无法使用 RDMA 网络（{call}）' },
  'hint.job.crash.rdma': {
    en: 'Set NCCL_IB_DISABLE=1 to go without, or ask the administrator for RDMA devices on these nodes.',
    zh: '可设置 NCCL_IB_DISABLE=1 不使用 RDMA，或请管理员在这些节点上提供 RDMA 设备。',
  },
  'job.crash.nccl': {
    en: 'cannot talk to the GPUs of others (NCCL: {error})',
    zh: 'GPU 之间无法通信（NCCL：{error}）',
  },
  'hint.job.crash.nccl': {
    en: 'Set NCCL_DEBUG=INFO in `env` and look at the first warning of each rank.',
    zh: '请在 `env` 中设置 NCCL_DEBUG=INFO，并查看各副本的第一条警告。',
  },
  'job.crash.meeting': {
    en: 'waited {seconds} s for all ranks to meet: {joined} of {wanted} came',
    zh: '等待所有副本会合 {seconds} 秒：{wanted} 个中到达 {joined} 个',
  },
  'hint.job.crash.meeting': {
    en: 'A rank never started: look at the ranks that wait, and at the first that ended.',
    zh: '有副本从未启动：请查看等待中的副本和最先结束的副本。',
  },
  'job.crash.port-taken': { en: 'cannot listen: its port is taken', zh: '监听端口已被占用' },
  'hint.job.crash.port-taken': {
    en: 'Choose another port, or stop what runs on it in the same container.',
    zh: '请换一个端口，或停止同一容器中占用它的程序。',
  },
  'job.crash.unknown-host': { en: 'could not find another computer by its name', zh: '无法解析其他主机的名称' },
  'hint.job.crash.unknown-host': {
    en: 'If it is the address of rank 0, that rank had not started; else correct the name.',
    zh: '若是 rank 0 的地址，则该副本尚未启动；否则请修正名称。',
  },
  'job.crash.gpu-too-new': {
    en: 'has a PyTorch or CUDA that was not built for this type of GPU',
    zh: '其 PyTorch 或 CUDA 不支持此型号 GPU',
  },
  'hint.job.crash.gpu-too-new': {
    en: 'Use an image with a build for this GPU, or another `gpuType`.',
    zh: '请使用支持该 GPU 的镜像，或更换 `gpuType`。',
  },
  'job.crash.driver-too-old': {
    en: 'has a GPU driver on its node that is too old for the CUDA of its image',
    zh: '所在节点的 GPU 驱动版本低于镜像中 CUDA 的要求',
  },
  'hint.job.crash.driver-too-old': {
    en: 'Use an image with an older CUDA, or ask the administrator for a newer driver.',
    zh: '请使用 CUDA 版本更低的镜像，或请管理员升级驱动。',
  },
  'job.crash.no-gpu': { en: 'found no GPU', zh: '未找到 GPU' },
  'hint.job.crash.no-gpu': {
    en: 'Ask for one with `gpu`; if it has one, tell the administrator that its node does not hand it on.',
    zh: '请用 `gpu` 申请；若已申请，请告知管理员该节点未提供 GPU。',
  },
  'job.crash.gpu-faulty': { en: 'has a faulty GPU (ECC error)', zh: 'GPU 硬件故障（ECC 错误）' },
  'job.crash.gpu-faulty.xid': { en: 'has a faulty GPU (Xid {xid})', zh: 'GPU 硬件故障（Xid {xid}）' },
  'hint.job.crash.gpu-faulty': {
    en: 'Tell the administrator which node it was, and resume on another.',
    zh: '请告知管理员所在节点，并在其他节点上恢复。',
  },
  'job.crash.disk-full': { en: 'wrote until no disk space was left', zh: '磁盘空间已写满' },
  'hint.job.crash.disk-full': {
    en: 'Write to larger `storage`, and keep fewer checkpoints.',
    zh: '请写入更大的 `storage`，并减少保留的检查点。',
  },
  'job.crash.gated': {
    en: 'may not download the model: access must be granted first',
    zh: '无权下载模型：需先获得访问授权',
  },
  'hint.job.crash.gated': {
    en: 'Accept its terms on the model’s page, and give HF_TOKEN by a secret.',
    zh: '请在模型页面接受条款，并通过密钥提供 HF_TOKEN。',
  },
  'job.crash.no-such-model': {
    en: 'asks for a model that does not exist or is private',
    zh: '没有这个模型，或它是私有的',
  },
  'hint.job.crash.no-such-model': {
    en: 'Correct its name; for a private one, give HF_TOKEN by a secret.',
    zh: '请修正名称；私有模型请通过密钥提供 HF_TOKEN。',
  },
  'job.crash.hub-unreachable': { en: 'cannot reach {host}', zh: '无法访问 {host}' },
  'hint.job.crash.hub-unreachable': {
    en: 'Set HF_ENDPOINT to a mirror, or load the model from `storage`.',
    zh: '请将 HF_ENDPOINT 设为镜像站，或从 `storage` 加载模型。',
  },
  'job.crash.no-module': {
    en: 'lacks the Python module “{module}” in its image',
    zh: '镜像中没有 Python 模块“{module}”',
  },
  'hint.job.crash.no-module': {
    en: 'Install it in the image or in the command (`pip install …`), or correct PYTHONPATH.',
    zh: '请在镜像或命令中安装（`pip install …`），或修正 PYTHONPATH。',
  },
  'job.crash.launcher': { en: 'failed in one of its processes ({error})', zh: '其某个进程失败（{error}）' },
  'hint.job.crash.launcher': {
    en: 'The traceback of that process stands further up in its log.',
    zh: '该进程的错误堆栈在日志更靠前的位置。',
  },
} as const satisfies Record<string, Text>;
