import type { JobDto, JobPhase } from '../../../../server/src/protocol.ts';

/** The order in which states stand one below the other. */
export const PHASES: readonly JobPhase[] = ['running', 'waiting', 'unknown', 'stopped', 'failed', 'succeeded'];

/** A state as shape and colour, and as the sign at the end of a row; the word stands beside it. */
export const STATES: Record<JobPhase, { icon: string; color: string; sign: string }> = {
  waiting: { icon: 'clockface', color: 'charts.yellow', sign: '◌' },
  running: { icon: 'circle-filled', color: 'charts.green', sign: '●' },
  succeeded: { icon: 'pass', color: 'charts.blue', sign: '✓' },
  failed: { icon: 'error', color: 'charts.red', sign: '✗' },
  stopped: { icon: 'circle-slash', color: 'disabledForeground', sign: '■' },
  unknown: { icon: 'question', color: 'disabledForeground', sign: '?' },
};

/** A job that should be whole by now, and is not. */
const IN_PART = { color: 'charts.orange', sign: '!' };

/** Icons of kinds, in the order in which they are grouped. */
export const KINDS = {
  training: 'mortar-board',
  inference: 'server-process',
  notebook: 'notebook',
  compute: 'package',
} as const;

export const isKnownKind = (kind: string): kind is keyof typeof KINDS => Object.hasOwn(KINDS, kind);

/** Kinds that have replicas. */
export const SERVICES: readonly string[] = ['inference', 'compute'];

const MINUTE = 60_000;

/** The icon of a job's kind in the colour of its state, and the sign of its state. */
export function signsOf(
  { kind, phase }: JobDto,
  isLate: boolean,
): { icon: { name: string; color: string }; sign: string } {
  const { color, sign } = isLate ? IN_PART : STATES[phase];
  return { icon: { name: isKnownKind(kind) ? KINDS[kind] : 'symbol-misc', color }, sign };
}

/**
 * Whether a training has run in part for longer than it may: some of its ranks hold their GPUs and wait for others that never ran. A rank
 * that ran and is down for a while is another matter, and so is a replica of a service. `startTimeout`: minutes; 0 for no end.
 */
export function isOverdue(job: JobDto, now: number, startTimeout = 0): boolean {
  const { kind, phase, podsRunning, podsWanted, pods, startedAt, createdAt } = job;
  if (kind !== 'training' || phase !== 'running' || podsRunning >= podsWanted || startTimeout <= 0) return false;
  const ran = new Set(pods.flatMap(({ startedAt, rank, name }) => (startedAt ? [rank ?? name] : [])));
  return ran.size < podsWanted && now - Date.parse(startedAt ?? createdAt ?? '') > startTimeout * MINUTE;
}
