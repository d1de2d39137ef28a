import type { Row } from './explain.ts';

/** Events of a pod that say why it does not get on, beside what its status says. */
export const POD_EVENT_ROWS: readonly Row[] = [
  {
    code: 'job.wait.scaling-up',
    text: 'job.wait.scaling-up.sizes',
    reason: /^TriggeredScaleUp$/,
    pattern: /\{(?<group>\S+) (?<from>\d+)->(?<to>\d+)/,
  },
  { code: 'job.wait.scaling-up', reason: /^TriggeredScaleUp$/ },
  { code: 'job.wait.no-scale-up', reason: /^NotTriggerScaleUp$/, pattern: /scale-?up[^:]*:\s*(?<why>.+)/s },
  {
    code: 'job.storage.in-use',
    reason: /^FailedAttachVolume$/,
    pattern: /Multi-Attach error for volume "(?<volume>[^"]+)"/,
  },
  { code: 'job.storage.attach', reason: /^FailedAttachVolume$/, pattern: /volume "(?<volume>[^"]+)"/ },
  { code: 'job.storage.host-path', reason: /^FailedMount$/, pattern: /hostPath type check failed: (?<folder>\S+)/ },
  { code: 'job.storage.late', reason: /^FailedMount$/, pattern: /unmounted volumes=\[(?<volumes>[^\]]*)\]/ },
  { code: 'job.storage.mount', reason: /^FailedMount$/, pattern: /volume "(?<volume>[^"]+)"/ },
  { code: 'job.ready.starting', reason: /^Unhealthy$/, pattern: /^Startup probe/ },
  { code: 'job.ready.no-answer', reason: /^Unhealthy$/, pattern: /^Readiness probe/ },
  { code: 'job.ready.hung', reason: /^Unhealthy$/, pattern: /^Liveness probe/ },
];

/** Conditions of a service whose newest version does not come up. */
export const ROLLOUT_ROWS: readonly Row[] = [{ code: 'job.rollout.stuck', reason: /^ProgressDeadlineExceeded$/ }];
