import { type Message, message } from '../../../../l10n/index.ts';
import { MAIN_CONTAINER } from '../../kinds/manifests/pod.ts';
import type { PodRecord, WorkloadRecord } from '../../state/records.ts';
import type { GpuctlError } from '../error.ts';
import type { Cluster } from '../ports.ts';

/** Which of a job's pods are asked for; all where neither is told. */
export interface PodsAsked {
  /** Name of the only one. */
  pod?: string | undefined;
  rank?: number | undefined;
}

export const isAsked = ({ name, rank }: PodRecord, asked: PodsAsked): boolean =>
  (asked.pod === undefined || name === asked.pod) && (asked.rank === undefined || rank === asked.rank);

/** Whether it has something to say. */
export const hasStarted = (pod: PodRecord): boolean =>
  pod.phase === 'Running' ||
  pod.phase === 'Succeeded' ||
  (pod.phase === 'Failed' && pod.startedAt !== undefined) ||
  pod.restarts > 0;

/** What each line of a pod begins with, where lines of several come together. */
export function prefixOf(pod: PodRecord, { podsWanted }: WorkloadRecord, asked: PodsAsked): string {
  if (podsWanted < 2 || asked.pod !== undefined || asked.rank !== undefined) return '';
  return pod.rank === undefined ? `[${pod.name}] ` : `[rank ${pod.rank}] `;
}

/** What the tries of a rank have in common; of replicas, which have none, each stands for itself. */
export const tryOf = ({ rank, name }: PodRecord, { podsWanted }: WorkloadRecord): number | string =>
  rank ?? (podsWanted < 2 ? '' : name);

/** By rank, and the tries of each as they were started. */
export const inOrder = (pods: PodRecord[]): PodRecord[] =>
  pods.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || (a.startedAt ?? '9').localeCompare(b.startedAt ?? '9'));

/** Stands between two tries of a rank. */
export function startedAgain({ rank, node = '?' }: PodRecord, { podsWanted }: WorkloadRecord): Message {
  return rank === undefined || podsWanted < 2
    ? message('log.again', { node })
    : message('log.again-rank', { rank, node });
}

/** That the rest of a log is missing, and why. */
export function unread(
  { rank, name }: { rank?: number | undefined; name: string },
  { podsWanted }: WorkloadRecord,
  { say: why }: GpuctlError,
): Message {
  if (podsWanted < 2) return message('log.unread', { why });
  return rank === undefined ? message('log.unread-one', { name, why }) : message('log.unread-rank', { rank, why });
}

/** Name of a pod's own container: jobs of older tools name it otherwise. Throws `error` where there is no other. */
export async function firstContainer(
  cluster: Cluster,
  { namespace, name }: { namespace: string; name: string },
  error: GpuctlError,
  signal: AbortSignal,
): Promise<string> {
  const object = await cluster.read({ apiVersion: 'v1', kind: 'Pod', namespace, name }, { signal });
  const first = (object?.spec as { containers?: { name: string }[] } | undefined)?.containers?.[0]?.name;
  if (first === undefined || first === MAIN_CONTAINER) throw error;
  return first;
}
