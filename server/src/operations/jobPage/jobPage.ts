import { message } from '../../../../l10n/index.ts';
import type { JobPageDto } from '../../protocol.ts';
import { toWorkload } from '../../state/project.ts';
import type { WorkloadRecord } from '../../state/records.ts';
import type { JobName } from '../deleteJob.ts';
import { describeJob } from '../describeJob.ts';
import { GpuctlError } from '../error.ts';
import { gesturesFor } from '../gestures.ts';
import { findMain } from '../mainResource.ts';
import type { Session } from '../session.ts';
import { type Say, toJobDto } from '../views.ts';
import { eventsOf } from './jobEvents.ts';
import { momentsOf } from './jobMoments.ts';

/** All that is held of a job; the verdict is known to whoever has its document. */
export function toJobPage(session: Session, workload: WorkloadRecord, say: Say): Omit<JobPageDto, 'revision'> {
  const { state, status } = session;
  const described = describeJob(state, workload, status.podsKnown);
  const { events, more } = eventsOf(state, workload, described.pods);
  return {
    job: toJobDto(session, workload, say),
    moments: momentsOf(workload, described).map(({ what, say: text, at, until }) => ({
      what,
      text: say(text),
      ...(at && { at }),
      ...(until !== undefined && { until }),
    })),
    events: events.map(({ at, count, about = '', say: text, reason, raw }) => ({
      count,
      about: typeof about === 'string' ? about : say(about),
      text: say(text),
      reason,
      raw,
      ...(at && { at }),
    })),
    moreEvents: more,
    gestures: gesturesFor(workload),
  };
}

/** Whether a job waits for room, so that it is of use to know whether and when it fits. */
export function waitsForRoom({ state, status }: Session, workload: WorkloadRecord): boolean {
  const { phase, pods } = describeJob(state, workload, status.podsKnown);
  // A try that has failed has no place any more, though it names one.
  const open = pods.filter(({ pod }) => pod.phase !== 'Failed');
  const isBetweenTries = pods.length > 0 && open.length === 0;
  return phase === 'waiting' && !isBetweenTries && open.every(({ pod }) => pod.node === undefined);
}

/** Milliseconds in which what is in the cluster is held, too. */
const SOON = 3_000;

/**
 * The job as it is held; what was submitted a moment ago is waited for. `undefined` where there is none. Throws `job.unseen` where its
 * namespace is not looked at, and the refusal where it may not be read.
 */
export async function heldJob(
  session: Session,
  { namespace, name }: JobName,
  signal: AbortSignal,
  patience = SOON,
): Promise<WorkloadRecord | undefined> {
  const held = () => session.state.workload(namespace, name);
  const known = held();
  if (known) return known;
  const main = await session.use((cluster) => findMain(cluster, namespace, name, signal));
  if (!main || !toWorkload(main)) return undefined;
  const isSeen = session.namespaces?.includes(namespace) ?? true;
  const found = isSeen ? (held() ?? (await waitFor(session, held, signal, patience))) : undefined;
  if (found) return found;
  const hint = message('page.unseen.hint');
  throw new GpuctlError('job.unseen', message('page.unseen', { namespace }), {
    hint,
    actions: [{ do: 'selectTarget' }],
  });
}

async function waitFor<T>(
  session: Session,
  look: () => T | undefined,
  signal: AbortSignal,
  patience: number,
): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<T | undefined>();
  const listening = session.onChange(() => {
    const found = look();
    if (found !== undefined) resolve(found);
  });
  const late = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  late.addEventListener('abort', () => resolve(look()), { once: true });
  try {
    return await promise;
  } finally {
    listening.dispose();
  }
}
