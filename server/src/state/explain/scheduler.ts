import { isAccelerator } from '../../model/accelerators.ts';
import { type Explanation, explain, type Facts, type Row, withoutSecrets } from './explain.ts';

/** One reason of the scheduler's text; `count` is absent where it holds for the job whatever the node. */
export interface SchedulerReason {
  count: number | undefined;
  text: string;
}

/**
 * Takes the scheduler's text apart (`FitError`, Kubernetes 1.20–1.36): `0/N nodes are available: n reason, n reason. preemption: …`. A node may give
 * several reasons, so that the counts together exceed N. What is said of preemption is left out: it mends nothing.
 */
export function readSchedulerText(text: string): { nodes: number | undefined; reasons: SchedulerReason[] } {
  const [, nodes, rest = ''] = /^(?:0\/(\d+) nodes are available: )?(.*)$/s.exec(text) ?? [];
  const own = rest.replace(/[.,]?\s*(?:no new claims to deallocate[,.]?\s*)?(?:preemption: .*)?$/s, '');
  const reasons = own
    .split(/, (?=\d+ )/)
    .map((one) => /^(?:(\d+) )?(.*?)\.?$/s.exec(one.trim()) ?? [])
    .flatMap(([, count, reason]) =>
      reason ? [{ count: count ? Number(count) : undefined, text: reason.replace(LACK, toAccelerators) }] : [],
    );
  return { nodes: nodes === undefined ? undefined : Number(nodes), reasons };
}

/** Accelerators have many names, and one meaning. */
const LACK = /(?<=Insufficient )\S+/;
const toAccelerators = (resource: string): string => (isAccelerator(resource) ? 'accelerators' : resource);

/** Whole texts, not about nodes. */
const SCHEDULER_TEXTS: readonly Row[] = [
  { code: 'job.wait.queue', reason: /^SchedulingGated$/ },
  { code: 'job.wait.gang', pattern: /waiting for minCount pods from a gang/ },
  { code: 'job.wait.no-nodes', pattern: /no nodes available to schedule pods/ },
];

/** Reasons of nodes that are the right ones but have no room, and what keeps the job from all nodes. */
const SCHEDULER_REASONS: readonly Row[] = [
  { code: 'job.wait.storage-missing', pattern: /persistentvolumeclaim "(?<claim>[^"]+)" not found/ },
  { code: 'job.wait.storage', pattern: /unbound immediate PersistentVolumeClaims/ },
  { code: 'job.wait.storage-lost', pattern: /bound to non-existent pv/ },
  { code: 'job.wait.devices-missing', pattern: /resourceclaim\S* "?(?<claim>[^"\s]+)"? (?:does not exist|not found)/ },
  { code: 'job.wait.devices', pattern: /cannot allocate all claims/ },
  { code: 'job.wait.gpus', pattern: /Insufficient accelerators/ },
  { code: 'job.wait.memory', pattern: /Insufficient memory/ },
  { code: 'job.wait.cpu', pattern: /Insufficient cpu/ },
  { code: 'job.wait.disk', pattern: /Insufficient ephemeral-storage/ },
  { code: 'job.wait.resource', pattern: /Insufficient (?<resource>\S+)/ },
  { code: 'job.wait.full-nodes', pattern: /Too many pods/ },
  { code: 'job.wait.ports', pattern: /free ports for the requested pod ports/ },
  { code: 'job.wait.storage-elsewhere', pattern: /volume node affinity conflict/ },
  { code: 'job.wait.storage-limit', pattern: /exceed max volume count/ },
  { code: 'job.wait.storage-none', pattern: /find available persistent volumes to bind/ },
  { code: 'job.wait.apart', pattern: /anti-affinity/ },
  { code: 'job.wait.together', pattern: /pod affinity rules/ },
  { code: 'job.wait.spread', pattern: /topology spread constraints/ },
];

/** Reasons of nodes that the job is not for: told where no node is. The scheduler asks in this order, so nodes of other pools are among them. */
const SCHEDULER_EXCLUSIONS: readonly Row[] = [
  { code: 'job.wait.cordoned', pattern: /were unschedulable/ },
  { code: 'job.wait.tainted', pattern: /untolerated taint\(s\)|taints? that the pod didn't tolerate/ },
  {
    code: 'job.wait.tainted',
    text: 'job.wait.tainted.key',
    pattern: /untolerated taint \{(?<taint>[^:}]+)(?::[^}]*)?\}/,
  },
];

/** Told where nothing else is. */
const NOT_MATCHING: Row = { code: 'job.wait.no-such-node', pattern: /match Pod's node (?:affinity|selector)/ };

/** What the scheduler says when it knows no node, or none of these. */
const NONE: Row = { code: 'job.wait.unschedulable' };

/** All lines, for those who look at them one by one. */
export const SCHEDULER_ROWS: readonly Row[] = [
  ...SCHEDULER_TEXTS,
  ...SCHEDULER_REASONS,
  ...SCHEDULER_EXCLUSIONS,
  NOT_MATCHING,
  NONE,
];

/**
 * Why the scheduler finds no node: of what stops it on the right nodes, that which stops it on most of them; else why nodes are not the right
 * ones. `hasNodes`: whether there are nodes of the pool and type at all, where that is known.
 */
export function explainScheduler(
  said: { reason?: string | undefined; text?: string | undefined },
  facts: Facts,
  hasNodes?: boolean,
): Explanation | undefined {
  const { text = '' } = said;
  const whole = explain(SCHEDULER_TEXTS, said);
  if (whole) return whole;
  const { reasons } = readSchedulerText(text);
  const byMost = [...reasons].sort((a, b) => (b.count ?? Infinity) - (a.count ?? Infinity));
  const tables = hasNodes
    ? [SCHEDULER_REASONS, SCHEDULER_EXCLUSIONS, [NOT_MATCHING]]
    : [SCHEDULER_REASONS, [NOT_MATCHING], SCHEDULER_EXCLUSIONS];
  for (const rows of tables) {
    const most = byMost.flatMap(({ count, text }) => {
      const found = explain(rows, { text }, { ...facts, count });
      return found ? [{ found, count, row: rows.findIndex((row) => row.code === found.code) }] : [];
    });
    // As many nodes: what comes first in the table.
    const best = most.sort((a, b) => (b.count ?? Infinity) - (a.count ?? Infinity) || a.row - b.row)[0];
    if (best) return { ...best.found, raw: withoutSecrets(text) };
  }
  return explain([NONE], { text }, facts);
}
