import { type Message, message } from '../../../../l10n/index.ts';
import type { JobMomentDto } from '../../protocol.ts';
import type { PodRecord, WorkloadRecord } from '../../state/records.ts';
import { type DescribedPod, isReplaced, type JobDescription } from '../describeJob.ts';

/** Something in the life of a job; as in `JobMomentDto`. */
export interface JobMoment extends Pick<JobMomentDto, 'what' | 'until'> {
  say: Message;
  at: string | undefined;
}

/** Restarts that are told one by one, the newest of them. */
const RESTARTS = 5;
/** Milliseconds of waiting that are worth a word once it is over. */
const WORTH_TELLING = 5_000;

/** The life of a job as far as it is known, in order. The cluster keeps no time of a stop, and of restarts only the last. */
export function momentsOf(workload: WorkloadRecord, described: JobDescription): JobMoment[] {
  const started = startOf(workload, described.pods);
  return [
    submitted(workload),
    ...waited(workload, described, started),
    ...(started === undefined ? [] : [ran(workload, described, started)]),
    ...restartsOf(described.pods, workload),
    ...ended(workload, described),
  ];
}

function submitted({ submittedBy: who, createdAt: at, run }: WorkloadRecord): JobMoment {
  if (run > 1) return { what: 'submitted', say: message('page.moment.run', { run }), at };
  const say = who === undefined ? message('page.moment.submitted') : message('page.moment.submitted-by', { who });
  return { what: 'submitted', say, at };
}

/** When it first ran. A pod that was started again tells only when that was. */
function startOf({ startedAt, resource }: WorkloadRecord, pods: readonly DescribedPod[]): string | undefined {
  const first = (of: readonly DescribedPod[]) => of.flatMap(({ pod }) => pod.startedAt ?? []).sort()[0];
  const known = first(pods.filter(({ pod }) => pod.restarts === 0));
  const ran = first(pods);
  if (resource !== 'Job') return known ?? ran;
  // What ended long ago may have no pods left; the job itself knows when it was let go, which is before it ran.
  return known ?? (ran === undefined && pods.length ? undefined : startedAt);
}

function waited(
  { createdAt: at, queue }: WorkloadRecord,
  { phase, state }: JobDescription,
  started: string | undefined,
): JobMoment[] {
  if (started === undefined) {
    if (phase !== 'waiting') return [];
    if (state.key === 'job.state.held') return [{ what: 'waited', say: message('page.moment.held'), at, until: null }];
    const say = queue === undefined ? message('page.moment.waiting') : message('page.moment.queue', { queue });
    return [{ what: 'waited', say, at, until: null }];
  }
  if (at === undefined || Date.parse(started) - Date.parse(at) < WORTH_TELLING) return [];
  const say = queue === undefined ? message('page.moment.waited') : message('page.moment.queue', { queue });
  return [{ what: 'waited', say, at, until: started }];
}

function ran({ resource, endedAt }: WorkloadRecord, { phase }: JobDescription, started: string): JobMoment {
  const moment = { what: 'started', at: started } as const;
  if (resource !== 'Job') return { ...moment, say: message('page.moment.oldest'), until: null };
  if (phase === 'running') return { ...moment, say: message('page.moment.running'), until: null };
  if (phase === 'succeeded' || phase === 'failed')
    return { ...moment, say: message('page.moment.ran'), ...(endedAt && { until: endedAt }) };
  // What is tried again does not run now; of what was stopped it is not known when.
  return { ...moment, say: message('page.moment.first-ran') };
}

function restartsOf(pods: readonly DescribedPod[], workload: WorkloadRecord): JobMoment[] {
  const all = pods.flatMap((one): (JobMoment & { count: number })[] => {
    const { pod } = one;
    const [who, count] = [whoIs(pod, workload), pod.restarts];
    if (one.phase === 'failed' && isTriedAgain(one, pods, workload))
      return [{ what: 'restarted', say: message('page.moment.tried-again', { who }), at: pod.endedAt, count: 1 }];
    if (count === 0) return [];
    return [{ what: 'restarted', say: message('page.moment.restarted', { who, count }), at: pod.endedAt, count }];
  });
  const sorted = all.sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
  const told = sorted.slice(-RESTARTS).map(({ count: _, ...moment }) => moment);
  const count = sorted.slice(0, -RESTARTS).reduce((sum, one) => sum + one.count, 0);
  const more = { what: 'restarted', say: message('page.moment.more-restarts', { count }), at: undefined } as const;
  return count ? [more, ...told] : told;
}

/** Whether another pod took the place of one that failed; a job of one pod does not number its tries. */
const isTriedAgain = (one: DescribedPod, pods: readonly DescribedPod[], { resource }: WorkloadRecord): boolean =>
  one.pod.rank === undefined
    ? resource === 'Job' &&
      pods.some(({ pod, phase }) => phase !== 'failed' || (pod.endedAt ?? '') > (one.pod.endedAt ?? ''))
    : isReplaced(one, pods);

const whoIs = ({ rank, name }: PodRecord, { resource, podsWanted }: WorkloadRecord): Message | string => {
  if (resource === 'Job' && podsWanted < 2) return message('page.who.program');
  return rank === undefined ? name : message('page.who.rank', { rank });
};

function ended({ endedAt: at }: WorkloadRecord, { phase }: JobDescription): JobMoment[] {
  if (phase !== 'succeeded' && phase !== 'failed' && phase !== 'stopped') return [];
  return [{ what: phase, say: message(`page.moment.${phase}`), at: phase === 'stopped' ? undefined : at }];
}
