import { type Message, message } from '../../../../l10n/index.ts';
import type { ClusterState } from '../../state/clusterState.ts';
import type { EventRecord } from '../../state/events.ts';
import { readRefusal } from '../../state/explain/admission.ts';
import { type Explanation, withoutSecrets } from '../../state/explain/explain.ts';
import { explainImage } from '../../state/explain/images.ts';
import { explainScheduler } from '../../state/explain/scheduler.ts';
import type { PodRecord, WorkloadRecord } from '../../state/records.ts';
import type { DescribedPod } from '../describeJob.ts';
import { explainEvent, factsOf } from '../describePod.ts';

/** What was said of a job or of some of its pods, in our words; equal words together. */
export interface JobEvent {
  at: string | undefined;
  count: number;
  /** Of whom; `undefined` for the job itself. */
  about: Message | string | undefined;
  say: Message;
  reason: string;
  /** The cluster's own words, without secrets. */
  raw: string;
}

/** Events that are told. */
const MOST = 50;

/** What the cluster said of a job and its pods, newest first, and how much more it said. */
export function eventsOf(
  state: ClusterState,
  workload: WorkloadRecord,
  pods: readonly DescribedPod[],
): { events: JobEvent[]; more: number } {
  const said = [
    ...state.eventsOf(workload).map((event) => ({ event, pod: undefined })),
    ...pods.flatMap(({ pod }) => state.eventsOf(pod).map((event) => ({ event, pod }))),
  ];
  const groups = Map.groupBy(said, ({ event, pod }) => JSON.stringify([event.reason, event.message, !pod]));
  const events = [...groups.values()]
    .map((group) => toJobEvent(group, workload))
    .sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
  return { events: events.slice(0, MOST), more: Math.max(0, events.length - MOST) };
}

function toJobEvent(group: { event: EventRecord; pod: PodRecord | undefined }[], workload: WorkloadRecord): JobEvent {
  const [first] = group as [(typeof group)[0], ...typeof group];
  const { reason } = first.event;
  const raw = withoutSecrets(first.event.message);
  return {
    at: group
      .flatMap(({ event }) => event.lastAt ?? [])
      .sort()
      .at(-1),
    count: group.reduce((sum, { event }) => sum + event.count, 0),
    about: aboutWhom(
      group.flatMap(({ pod }) => pod ?? []),
      workload,
    ),
    say: inOurWords(first.event, first.pod)?.state ?? message('page.event.other'),
    reason,
    raw,
  };
}

function aboutWhom(pods: readonly PodRecord[], { resource, podsWanted }: WorkloadRecord): JobEvent['about'] {
  const [first] = pods;
  // Of a job of one pod all is said of the job.
  if (!first || (resource === 'Job' && podsWanted < 2)) return undefined;
  const count = new Set(pods.map(({ rank, name }) => rank ?? name)).size;
  if (count > 1) return message(first.rank === undefined ? 'page.about.replicas' : 'page.about.ranks', { count });
  return first.rank === undefined ? first.name : message('page.about.rank', { rank: first.rank });
}

function inOurWords(event: EventRecord, pod: PodRecord | undefined): Pick<Explanation, 'state'> | undefined {
  const { reason, message: text } = event;
  if (reason === 'FailedScheduling')
    return explainScheduler({ reason: 'Unschedulable', text }, pod ? factsOf(pod) : {});
  if (reason === 'FailedCreate') {
    const refusal = readRefusal(withoutSecrets(text));
    return refusal && { state: message('job.rollout.refused', { why: refusal.say }) };
  }
  if (reason === 'Failed' && /pull|image/i.test(text)) return explainImage({ reason: 'ErrImagePull', text });
  return explainEvent(event);
}
