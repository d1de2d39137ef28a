import type { Row } from './explain.ts';

/** `2.00 GiB`, as PyTorch writes amounts. */
const AMOUNT = String.raw`[\d.]{1,20} [KMGT]?i?B`;

/**
 * What programs say before they die: PyTorch, NCCL, vLLM, Hugging Face, Python, the loader. What only follows from another failure is marked: a
 * cause is told before it, wherever it stands. All gaps are bounded: a log is anybody's text, and may not keep us busy.
 */
export const LOG_ROWS: readonly Row[] = [
  {
    code: 'job.crash.gpu-memory',
    text: 'job.crash.gpu-memory.numbers',
    pattern: new RegExp(
      `(?:CUDA|HIP) out of memory\\. Tried to allocate (?<asked>${AMOUNT})\\.? (?:\\()?GPU (?<gpu>\\d+)(?: has a total capacity of |; )(?<total>${AMOUNT})[^\\n]{0,300}?(?:of which |allocated; )(?<free>${AMOUNT}) (?:is )?free`,
    ),
  },
  {
    code: 'job.crash.gpu-memory',
    text: 'job.crash.gpu-memory.asked',
    pattern: new RegExp(`(?:CUDA|HIP) out of memory\\. Tried to allocate (?<asked>${AMOUNT})`),
  },
  {
    code: 'job.crash.gpu-memory',
    pattern: /CUDA error: out of memory|(?:CUDA|HIP|NPU) out of memory|CUBLAS_STATUS_ALLOC_FAILED/,
  },
  {
    code: 'job.crash.model-length',
    pattern:
      /max seq len \((?<length>\d+)\), \(?(?<needed>[\d.]+) GiB KV cache is needed, which is larger than the available KV cache memory \((?<available>[\d.]+) GiB\)[\s\S]{0,200}?estimated maximum model length is (?<most>\d+)/,
  },
  {
    code: 'job.crash.model-length',
    text: 'job.crash.model-length.no-guess',
    pattern:
      /max seq len \((?<length>\d+)\), \(?(?<needed>[\d.]+) GiB KV cache is needed, which is larger than the available KV cache memory \((?<available>[\d.]+) GiB\)/,
  },
  {
    code: 'job.crash.gpu-in-use',
    pattern:
      /Free memory on device \S+ \((?<free>[\d.]+)\/(?<total>[\d.]+) GiB\) on startup is less than desired GPU memory utilization \([\d.]+, (?<wanted>[\d.]+) GiB\)/,
  },
  { code: 'job.crash.no-cache', pattern: /No available memory for the cache blocks/ },
  {
    code: 'job.crash.engine',
    pattern: /Engine core initialization failed|WorkerProc initialization failed/,
    consequence: true,
  },
  {
    code: 'job.crash.collective-timeout',
    pattern:
      /Watchdog caught collective operation timeout: WorkNCCL\([^)\n]{0,100}OpType=(?<operation>\w{1,40})\b[^\n]{0,200}?Timeout\(ms\)=(?<seconds>\d{1,9})000\)/,
    consequence: true,
  },
  {
    code: 'job.crash.remote-exited',
    pattern: /remote process exited|Connection (?:closed|reset) by (?:remote )?peer|Broken pipe/,
    consequence: true,
  },
  { code: 'job.crash.no-interface', pattern: /no socket interface found/ },
  { code: 'job.crash.rdma', pattern: /NCCL WARN[^\n]{0,300}(?<call>ibv_\w{1,80})/ },
  {
    code: 'job.crash.nccl',
    pattern:
      /(?:DistBackendError|RuntimeError): NCCL error[^\n]{0,300}?(?<error>unhandled (?:system|cuda) error|internal error|invalid usage|invalid argument)/,
    consequence: true,
  },
  {
    code: 'job.crash.meeting',
    pattern:
      /Timed out after (?<seconds>\d+) seconds waiting for clients\. (?<joined>\d+)\/(?<wanted>\d+) clients joined/,
    consequence: true,
  },
  { code: 'job.crash.port-taken', pattern: /EADDRINUSE|[Aa]ddress already in use/ },
  { code: 'job.crash.hub-unreachable', pattern: /We couldn't connect to '(?<host>https?:\/\/[^'\s]+)'/ },
  {
    code: 'job.crash.unknown-host',
    pattern: /Name or service not known|Temporary failure in name resolution|gai error/,
  },
  {
    code: 'job.crash.shared-memory',
    pattern:
      /killed by signal: Bus error|out of shared memory|\bBus error\b|No space left on device[^\n]{0,300}\/dev\/shm|\/dev\/shm[^\n]{0,300}No space left on device/,
  },
  { code: 'job.crash.gpu-too-new', pattern: /no kernel image is available/ },
  {
    code: 'job.crash.driver-too-old',
    pattern: /NVIDIA driver on your system is too old|driver version is insufficient for CUDA runtime/,
  },
  {
    code: 'job.crash.no-gpu',
    pattern: /no CUDA-capable device is detected|No CUDA GPUs are available|Found no NVIDIA driver/,
  },
  { code: 'job.crash.gpu-faulty', pattern: /uncorrectable ECC error/ },
  {
    code: 'job.crash.gpu-faulty',
    text: 'job.crash.gpu-faulty.xid',
    pattern: /NVRM: Xid \([^)\n]{0,200}\): (?<xid>\d+)/,
  },
  { code: 'job.crash.disk-full', pattern: /No space left on device|Disk quota exceeded/ },
  { code: 'job.crash.gated', pattern: /gated repo|Access to model \S+ is restricted/ },
  { code: 'job.crash.no-such-model', pattern: /Repository Not Found|RepositoryNotFoundError/ },
  { code: 'job.crash.no-module', pattern: /ModuleNotFoundError: No module named '(?<module>[^'\n]{1,200})'/ },
  { code: 'job.crash.launcher', pattern: /\b(?<error>\w{0,40}ChildFailedError|CalledProcessError)/, consequence: true },
];

/** Any other error of Python: the last one is what ended the program. */
export const ERROR_LINE =
  /^(?:\[\S+\]:? ?)?(?<error>(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Interrupt|Exit)(?:: .+)?)$/gm;
