import type { Row } from './explain.ts';

const NOT_STARTED =
  /^(?:CreateContainerConfigError|CreateContainerError|RunContainerError|StartError|ContainerCannotRun|PreStartHookError|PostStartHookError|FailedMount|FailedCreatePodSandBox|FailedCreatePodContainer)$/;

/** What kubelet and container runtimes (runc, crun, nvidia-container-toolkit) say of a container that cannot start. */
export const START_ROWS: readonly Row[] = [
  {
    code: 'job.start.driver',
    reason: NOT_STARTED,
    pattern:
      /nvidia-container-cli|could not select device driver|unresolvable CDI device|nvml error|driver\/library version mismatch/i,
  },
  {
    code: 'job.start.no-key',
    reason: NOT_STARTED,
    pattern: /couldn't find key (?<key>\S+) in (?<kind>Secret|ConfigMap) (?:[^/\s]+\/)?(?<name>\S+)/,
  },
  { code: 'job.start.no-secret', reason: NOT_STARTED, pattern: /\bsecret "(?<name>[^"]+)" not found/i },
  { code: 'job.start.no-config', reason: NOT_STARTED, pattern: /\bconfigmap "(?<name>[^"]+)" not found/i },
  {
    code: 'job.start.not-executable',
    reason: NOT_STARTED,
    pattern: /exec:? ?[`'"\\]+(?<program>[^`'"\\]+)[`'"\\]+.*(?:permission denied|exec format error)/s,
  },
  {
    code: 'job.start.no-folder',
    reason: NOT_STARTED,
    pattern:
      /(?:chdir to cwd|working directory|cwd) \(?[`'"\\]*(?<folder>\/[^`'"\\)]*)[`'"\\]*\)?.*(?:no such file|not a directory|does not exist)/is,
  },
  {
    code: 'job.start.no-program',
    reason: NOT_STARTED,
    pattern: /exec(?:utable file)?[:`'"\\ ]+(?<program>[^`'"\\]+)[`'"\\].*(?:not found|no such file or directory)/s,
  },
  {
    code: 'job.start.runtime',
    reason: NOT_STARTED,
    pattern: /(?:no runtime for|find runtime handler|RuntimeHandler) "?(?<runtime>[\w.-]+)"?/,
  },
  { code: 'job.start.network', reason: /^FailedCreatePodSandBox$/, pattern: /network|\bCNI\b|plugin type=/i },
  { code: 'job.start.failed', reason: /^(?!FailedMount$)/ },
];

/** Who ended a pod from outside, or did not take it: reasons of `status.reason` and of the condition DisruptionTarget (Kubernetes 1.31–1.36). */
export const REMOVAL_ROWS: readonly Row[] = [
  { code: 'job.node.preempted', reason: /^(?:Preempting|PreemptionByScheduler)$/ },
  {
    code: 'job.node.memory',
    text: 'job.node.memory.used',
    reason: /^(?:Evicted|TerminationByKubelet)$/,
    pattern: /low on resource: memory.*was using (?<used>[^,]+), request is (?<asked>[^,]+)/s,
  },
  { code: 'job.node.memory', reason: /^(?:Evicted|TerminationByKubelet)$/, pattern: /low on resource: memory/ },
  {
    code: 'job.node.disk',
    text: 'job.node.disk.limit',
    reason: /^(?:Evicted|TerminationByKubelet)$/,
    pattern: /(?:exceeds the (?:total )?limit(?: of containers)?|local ephemeral storage limit) "?(?<limit>[\d.]+\w*)/,
  },
  { code: 'job.node.disk', reason: /^(?:Evicted|TerminationByKubelet)$/, pattern: /ephemeral|inodes|EmptyDir|disk/i },
  { code: 'job.node.shutdown', reason: /^(?:Evicted|TerminationByKubelet)$/, pattern: /shutdown/ },
  { code: 'job.node.evicted', reason: /^(?:Evicted|TerminationByKubelet)$/ },
  { code: 'job.node.drained', reason: /^EvictionByEvictionAPI$/ },
  { code: 'job.node.shutdown', reason: /^(?:Terminated|Shutdown|NodeShutdown)$/ },
  { code: 'job.node.lost', reason: /^(?:NodeLost|DeletionByTaintManager|DeletionByPodGC)$/ },
  { code: 'job.node.timed-out', reason: /^DeadlineExceeded$/ },
  {
    code: 'job.node.no-devices',
    reason: /^UnexpectedAdmissionError$/,
    pattern: /Requested: (?<asked>\d+), Available: (?<available>\d+)/,
  },
  { code: 'job.node.unhealthy', reason: /^UnexpectedAdmissionError$/, pattern: /no healthy devices/ },
  {
    code: 'job.node.full',
    reason: /^OutOf/,
    pattern: /(?:resource: |for resource:? |of )?(?<resource>cpu|memory|pods|ephemeral-storage|[\w.-]+\/[\w.-]+)/,
  },
  { code: 'job.node.changed', reason: /^NodeAffinity$/ },
  { code: 'job.node.refused', reason: /^(?:UnexpectedAdmissionError|TopologyAffinityError|OutOf.+)$/ },
];

/** How a program ended; the text is its exit code. Those over 128 are signals. */
export const EXIT_ROWS: readonly Row[] = [
  { code: 'job.crash.out-of-memory', text: 'job.crash.out-of-memory.limit', reason: /^OOMKilled with limit$/ },
  { code: 'job.crash.out-of-memory', reason: /^OOMKilled/ },
  { code: 'job.crash.not-executable', pattern: /^126$/ },
  { code: 'job.crash.no-command', pattern: /^127$/ },
  { code: 'job.crash.aborted', pattern: /^134$/ },
  { code: 'job.crash.shared-memory', text: 'job.crash.shared-memory.code', pattern: /^135$/ },
  { code: 'job.crash.killed', pattern: /^137$/ },
  { code: 'job.crash.segfault', pattern: /^139$/ },
  { code: 'job.crash.terminated', pattern: /^143$/, consequence: true },
  { code: 'job.crash.signal', pattern: /^1(?:29|[3-5]\d|6[0-4])$/ },
  { code: 'job.crash.exit' },
];
