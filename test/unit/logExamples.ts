/** Ends of real logs, shortened in the middle, and what we make of them. */
export interface LogExample {
  name: string;
  log: string;
  code: string;
  sentence: string;
  /** A line that has to be shown, and one that may not. */
  shows: string;
  hides?: string;
}

const traceback = (error: string, before = '') =>
  `${before}Traceback (most recent call last):\n  File "/app/train.py", line 41, in <module>\n    main()\n  File "/app/train.py", line 12, in main\n    step()\n${error}\n`;
const CHILD_FAILED = `E0731 10:00:05.1 api.py:869] failed (exitcode: 1) local_rank: 0 (pid: 77) of binary: /usr/bin/python
${traceback('torch.distributed.elastic.multiprocessing.errors.ChildFailedError: ')}============================================================
train.py FAILED
------------------------------------------------------------
Root Cause (first observed failure):
[0]:
  time      : 2026-07-31_10:00:05
  rank      : 1 (local_rank: 0)
  exitcode  : 1 (pid: 77)
============================================================
`;
const STEPS = 'loading\nstep 1 loss 2.1\nstep 2 loss 2.0\n';

export const LOGS: readonly LogExample[] = [
  {
    name: 'CUDA out of memory, PyTorch ≥ 2.1, under torchrun',
    log:
      STEPS +
      traceback(
        '[rank0]: torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.25 GiB of which 512.00 MiB is free. Process 12 has 78.75 GiB memory in use.',
      ) +
      CHILD_FAILED,
    code: 'job.crash.gpu-memory',
    sentence: 'ran out of GPU memory (2.00 GiB more asked for; GPU 0 has 79.25 GiB, 512.00 MiB free)',
    shows: '    step()',
    hides: 'step 1 loss 2.1',
  },
  {
    name: 'CUDA out of memory, PyTorch 1.x',
    log: traceback(
      'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 23.69 GiB total capacity; 22.00 GiB already allocated; 12.00 MiB free; 22.50 GiB reserved in total by PyTorch)',
    ),
    code: 'job.crash.gpu-memory',
    sentence: 'ran out of GPU memory (20.00 MiB more asked for; GPU 0 has 23.69 GiB, 12.00 MiB free)',
    shows: 'torch.cuda.OutOfMemoryError',
  },
  {
    name: 'HIP out of memory, without more',
    log: 'torch.OutOfMemoryError: HIP out of memory. Tried to allocate 1.50 GiB.\n',
    code: 'job.crash.gpu-memory',
    sentence: 'ran out of GPU memory (1.50 GiB more asked for)',
    shows: 'HIP',
  },
  {
    name: 'CUDA error: out of memory',
    log: traceback('RuntimeError: CUDA error: out of memory\nCUDA kernel errors might be asynchronously reported'),
    code: 'job.crash.gpu-memory',
    sentence: 'ran out of GPU memory',
    shows: 'RuntimeError: CUDA error: out of memory',
  },
  {
    name: 'vLLM: the model is too long, told before the engine that does not start',
    log: `INFO 07-31 10:00:00 [gpu_worker.py:298] Available KV cache memory: 6.38 GiB
${traceback("ValueError: To serve at least one request with the model's max seq len (131072), (16.00 GiB KV cache is needed, which is larger than the available KV cache memory (6.38 GiB). Based on the available memory, the estimated maximum model length is 52224. Try increasing `gpu_memory_utilization`.")}${traceback('RuntimeError: Engine core initialization failed. See root cause above. Failed core proc(s): {}', '(APIServer pid=1) ')}`,
    code: 'job.crash.model-length',
    sentence:
      'cannot serve the model: 131072 tokens need 16.00 GiB of cache, 6.38 GiB are there; 52224 tokens would fit',
    shows: 'ValueError: To serve',
    hides: 'Engine core',
  },
  {
    name: 'vLLM: the same without an estimate',
    log: "ValueError: To serve at least one request with the model's max seq len (8192), 16.00 GiB KV cache is needed, which is larger than the available KV cache memory (6.38 GiB). Try decreasing `max_model_len`.",
    code: 'job.crash.model-length',
    sentence: 'cannot serve the model: 8192 tokens need 16.00 GiB of cache, 6.38 GiB are there',
    shows: 'ValueError',
  },
  {
    name: 'vLLM: something else is on the GPU',
    log: 'ValueError: Free memory on device cuda:0 (20.11/79.25 GiB) on startup is less than desired GPU memory utilization (0.92, 72.91 GiB). Decrease GPU memory utilization or reduce GPU memory used by other processes.\n',
    code: 'job.crash.gpu-in-use',
    sentence: 'cannot start the model server: 20.11 of 79.25 GiB of GPU memory are free, it wants 72.91 GiB',
    shows: 'Free memory on device',
  },
  {
    name: 'vLLM: no cache blocks',
    log: traceback(
      'ValueError: No available memory for the cache blocks. Try increasing `gpu_memory_utilization` when initializing the engine.',
    ),
    code: 'job.crash.no-cache',
    sentence: 'cannot serve the model: no GPU memory is left for its cache',
    shows: 'No available memory',
  },
  {
    name: 'vLLM: only the consequence',
    log: traceback('RuntimeError: Engine core initialization failed. See root cause above.'),
    code: 'job.crash.engine',
    sentence: 'could not start the engine of its model server',
    shows: 'Engine core',
  },
  {
    name: 'NCCL: others did not come',
    log: `${STEPS}[rank0]:[E731 10:10:00.0 ProcessGroupNCCL.cpp:685] [Rank 0] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=412, OpType=ALLREDUCE, NumelIn=1, NumelOut=1, Timeout(ms)=600000) ran for 600029 milliseconds before timing out.\n`,
    code: 'job.crash.collective-timeout',
    sentence: 'waited 600 s for the other ranks in ALLREDUCE, in vain',
    shows: 'Watchdog',
  },
  {
    name: 'NCCL: another rank is gone, whatever Python makes of it',
    log: traceback(
      '[rank0]: torch.distributed.DistBackendError: NCCL error in: ProcessGroupNCCL.cpp:3690, remote process exited or there was a network error, NCCL version 2.21.5',
    ),
    code: 'job.crash.remote-exited',
    sentence: 'lost its connection to another rank',
    shows: 'DistBackendError',
  },
  {
    name: 'NCCL: unhandled system error',
    log: traceback(
      'torch.distributed.DistBackendError: NCCL error in: ProcessGroupNCCL.cpp:317, unhandled system error (run with NCCL_DEBUG=INFO for details), NCCL version 2.21.5',
    ),
    code: 'job.crash.nccl',
    sentence: 'cannot talk to the GPUs of others (NCCL: unhandled system error)',
    shows: 'unhandled system error',
  },
  {
    name: 'NCCL: RDMA',
    log: `x:77:90 [0] misc/ibvwrap.cc:190 NCCL WARN Call to ibv_create_cq failed with error Cannot allocate memory\n${traceback('torch.distributed.DistBackendError: NCCL error in: x.cpp:1, unhandled system error, NCCL version 2')}`,
    code: 'job.crash.rdma',
    sentence: 'cannot use the RDMA network (NCCL: ibv_create_cq)',
    shows: 'ibv_create_cq',
  },
  {
    name: 'NCCL: no interface',
    log: 'x:77:77 [0] bootstrap.cc:45 NCCL WARN Bootstrap : no socket interface found\n',
    code: 'job.crash.no-interface',
    sentence: 'found no network interface for NCCL',
    shows: 'no socket interface found',
  },
  {
    name: 'a peer that never came',
    log: traceback(
      'torch.distributed.DistStoreError: Timed out after 601 seconds waiting for clients. 1/2 clients joined.',
    ),
    code: 'job.crash.meeting',
    sentence: 'waited 601 s for all ranks to meet: 1 of 2 came',
    shows: 'DistStoreError',
  },
  {
    name: 'a port that is taken',
    log: traceback(
      'torch.distributed.DistNetworkError: The server socket has failed to listen on any local network address. port: 29500, useIpv6: false, code: -98, name: EADDRINUSE, message: address already in use',
    ),
    code: 'job.crash.port-taken',
    sentence: 'cannot listen: its port is taken',
    shows: 'EADDRINUSE',
  },
  {
    name: 'a name that is not known',
    log: '[W731 10:00:00.0 socket.cpp:752] [c10d] The IPv6 network addresses of (sft-0.sft, 29500) cannot be retrieved (gai error: -2 - Name or service not known).\n',
    code: 'job.crash.unknown-host',
    sentence: 'could not find another computer by its name',
    shows: 'Name or service not known',
  },
  {
    name: 'shared memory',
    log: traceback(
      "RuntimeError: DataLoader worker (pid 512) is killed by signal: Bus error. It is possible that dataloader's workers are out of shared memory. Please try to raise your shared memory limit.",
    ),
    code: 'job.crash.shared-memory',
    sentence: 'ran out of shared memory',
    shows: 'Bus error',
  },
  {
    name: 'a GPU that is too new',
    log: traceback('RuntimeError: CUDA error: no kernel image is available for execution on the device'),
    code: 'job.crash.gpu-too-new',
    sentence: 'has a PyTorch or CUDA that was not built for this type of GPU',
    shows: 'no kernel image',
  },
  {
    name: 'a driver that is too old',
    log: traceback('RuntimeError: The NVIDIA driver on your system is too old (found version 11040).'),
    code: 'job.crash.driver-too-old',
    sentence: 'has a GPU driver on its node that is too old for the CUDA of its image',
    shows: 'too old',
  },
  {
    name: 'no GPU',
    log: traceback('RuntimeError: CUDA error: no CUDA-capable device is detected'),
    code: 'job.crash.no-gpu',
    sentence: 'found no GPU',
    shows: 'no CUDA-capable',
  },
  {
    name: 'a broken GPU',
    log: traceback('RuntimeError: CUDA error: uncorrectable ECC error encountered'),
    code: 'job.crash.gpu-faulty',
    sentence: 'has a faulty GPU (ECC error)',
    shows: 'ECC',
  },
  {
    name: 'a broken GPU, as the driver says it',
    log: 'NVRM: Xid (PCI:0000:3b:00): 79, pid=77, GPU has fallen off the bus.\n',
    code: 'job.crash.gpu-faulty',
    sentence: 'has a faulty GPU (Xid 79)',
    shows: 'Xid',
  },
  {
    name: 'a full disk',
    log: traceback("OSError: [Errno 28] No space left on device: '/output/checkpoint-100'"),
    code: 'job.crash.disk-full',
    sentence: 'wrote until no disk space was left',
    shows: 'Errno 28',
  },
  {
    name: 'a gated model',
    log: traceback(
      'OSError: You are trying to access a gated repo.\n401 Client Error. Cannot access gated repo for url https://h.example/m/resolve/main/config.json.',
    ),
    code: 'job.crash.gated',
    sentence: 'may not download the model: access must be granted first',
    shows: 'gated repo',
  },
  {
    name: 'no such model',
    log: 'huggingface_hub.errors.RepositoryNotFoundError: 404 Client Error. Repository Not Found for url: https://h.example/api/models/x.\n',
    code: 'job.crash.no-such-model',
    sentence: 'asks for a model that does not exist or is private',
    shows: 'Repository Not Found',
  },
  {
    name: 'a hub that cannot be reached',
    log: traceback(
      "OSError: We couldn't connect to 'https://h.example' to load the files, and couldn't find them in the cached files.",
    ),
    code: 'job.crash.hub-unreachable',
    sentence: 'cannot reach https://h.example',
    shows: "couldn't connect",
  },
  {
    name: 'a module that is missing, under torchrun',
    log: traceback("ModuleNotFoundError: No module named 'flash_attn'") + CHILD_FAILED,
    code: 'job.crash.no-module',
    sentence: 'lacks the Python module “flash_attn” in its image',
    shows: 'Traceback (most recent call last):',
    hides: 'ChildFailedError',
  },
  {
    name: 'only torchrun itself',
    log: CHILD_FAILED,
    code: 'job.crash.launcher',
    sentence: 'failed in one of its processes (ChildFailedError)',
    shows: 'ChildFailedError',
  },
  {
    name: 'any other error of Python, with colours and a progress bar',
    log: `\u001b[31mstep 1\u001b[0m\r 10%|#\r 20%|##\n${traceback('ValueError: learning rate must be positive, got -1')}${CHILD_FAILED}`,
    code: 'job.crash.error',
    sentence: 'ended with exit code 1: ValueError: learning rate must be positive, got -1',
    shows: 'ValueError: learning rate',
    hides: '20%',
  },
];
