import { createHash } from 'node:crypto';
import type { Message } from '../../../l10n/index.ts';
import { message } from '../../../l10n/index.ts';
import type { ConnectionDto, JobDto, JobsDto, TroubleDto, WhyDto } from '../protocol.ts';
import type { WorkloadRecord } from '../state/records.ts';
import { briefly } from './briefly.ts';
import { describeJob, type JobTrouble } from './describeJob.ts';
import { refusedGestures } from './rights.ts';
import type { Session } from './session.ts';
import type { Why } from './whyFailed.ts';

/** Puts a message into the reader's language. */
export type Say = (message: Message) => string;

/** The connection as the client shows it. */
export function toConnectionDto({ status }: Session, say: Say): ConnectionDto {
  const { phase, target, heading, namespace, error, capacityUnknown, asOf } = status;
  const { context, cluster, server } = heading ?? {};
  return {
    phase,
    ...((heading?.namespace || namespace !== 'default') && { namespace }),
    ...(context && { context }),
    ...(cluster && { cluster }),
    ...(server && { id: idOf(server) }),
    ...(error && {
      message: [error.say, error.hint]
        .filter((one) => one !== undefined)
        .map(say)
        .join(' '),
    }),
    ...(error?.detail && { detail: error.detail }),
    ...(target?.insecure && { warning: say(message('connection.insecure', { cluster: target.cluster })) }),
    capacity: capacityUnknown ? { known: false, reason: say(capacityUnknown) } : { known: true },
    ...(asOf !== undefined && { asOf: new Date(asOf).toISOString() }),
  };
}

/** An address may hold what is nobody's business. */
const idOf = (server: string): string => createHash('sha256').update(server).digest('hex').slice(0, 16);

/** All jobs that are held: newest first. */
export function toJobsDto(session: Session, say: Say): JobsDto {
  const { state, namespaces, hidden, user } = session;
  const jobs = [...state.workloads].map((workload) => toJobDto(session, workload, say));
  jobs.sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? '') || a.ref.name.localeCompare(b.ref.name));
  return {
    jobs,
    ...(user !== undefined && { me: user }),
    ...(namespaces && { namespaces, incomplete: say(whyIncomplete(namespaces.join(', '), hidden)) }),
  };
}

const whyIncomplete = (namespace: string, hidden: string[]): Message =>
  hidden.length
    ? message('jobs.hidden', { namespace, resources: hidden.join(', ') })
    : message('jobs.only-namespace', { namespace });

/** A job that is held, with its pods. */
export function toJobDto(session: Session, workload: WorkloadRecord, say: Say): JobDto {
  const { state } = session;
  const { namespace, name } = workload;
  const described = describeJob(state, workload, session.status.podsKnown);
  const { phase, state: line, trouble, pods, podsRunning, gpuType } = described;
  const { uid, endedAt, submittedBy, run } = workload;
  const brief = briefly(line);
  const step = session.steps.of(uid);
  const activity = phase === 'running' ? session.activities.of(uid) : undefined;
  return {
    ref: { namespace, name },
    uid,
    kind: workload.jobKind,
    phase,
    state: say(line),
    ...(brief && { brief: say(brief) }),
    gpus: workload.gpusPerPod * Math.max(workload.podsWanted, 0),
    podsWanted: workload.podsWanted,
    podsRunning,
    restarts: pods.reduce((sum, { pod }) => sum + pod.restarts, 0),
    ...(phase === 'waiting' && workload.suspended && workload.queue === undefined && { held: true }),
    ...(workload.deleting && { deleting: true }),
    ...(trouble && { trouble: toTroubleDto(trouble, say) }),
    pods: pods.map(({ pod, phase: podPhase, state: podLine, trouble: podTrouble }) => ({
      name: pod.name,
      phase: podPhase,
      state: say(podLine),
      restarts: pod.restarts,
      ...(pod.rank !== undefined && { rank: pod.rank }),
      ...(pod.node && { node: pod.node }),
      ...(pod.startedAt && { startedAt: pod.startedAt }),
      ...(podTrouble && { trouble: toTroubleDto(podTrouble, say) }),
    })),
    ...(gpuType && { gpuType }),
    ...(workload.pool && { pool: workload.pool }),
    ...(submittedBy && { submittedBy }),
    ...(submittedBy !== undefined && submittedBy === session.user && { mine: true }),
    ...(run > 1 && { run }),
    ...(step && { step }),
    ...(activity && { activity }),
    ...(workload.createdAt && { createdAt: workload.createdAt }),
    ...(workload.startedAt && { startedAt: workload.startedAt }),
    ...(endedAt && { endedAt }),
    ...toRefused(session, workload, say),
  };
}

/** What is wrong, in the reader's language. */
export const toTroubleDto = ({ code, hint, raw }: JobTrouble, say: Say): TroubleDto => ({
  code,
  ...(hint && { hint: say(hint) }),
  ...(raw && { detail: raw }),
});

/** Why a job failed, in the reader's language. */
export const toWhyDto = ({ say: sentence, trouble, pod, lines, unread }: Why, say: Say): WhyDto => ({
  message: say(sentence),
  ...toTroubleDto(trouble, say),
  ...(pod && { pod: pod.name }),
  ...(pod?.rank !== undefined && { rank: pod.rank }),
  ...(pod?.endedAt && { endedAt: pod.endedAt }),
  lines,
  ...(unread && { unread: say(unread) }),
});

function toRefused(session: Session, workload: WorkloadRecord, say: Say): Pick<JobDto, 'refused'> {
  const refused = Object.entries(refusedGestures(session, workload));
  return refused.length ? { refused: Object.fromEntries(refused.map(([gesture, why]) => [gesture, say(why)])) } : {};
}
