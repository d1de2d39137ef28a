import { type Message, message } from '../../../l10n/index.ts';
import { MAIN_CONTAINER } from '../kinds/manifests/pod.ts';
import type { KubeObject } from '../model/kubeObject.ts';
import { secretsIn } from '../model/secrets.ts';
import { ClusterState } from '../state/clusterState.ts';
import { EVENT_SELECTOR, toEvent } from '../state/events.ts';
import { readCause, toPlain, toShown } from '../state/explain/readCause.ts';
import { toPod, toWorkload } from '../state/project.ts';
import type { PodRecord, WorkloadRecord } from '../state/records.ts';
import type { JobName } from './deleteJob.ts';
import { type DescribedPod, describeJob, firstBad, isReplaced, type JobTrouble } from './describeJob.ts';
import { asGpuctlError, GpuctlError } from './error.ts';
import { podsOf } from './jobWatch.ts';
import { findMain } from './mainResource.ts';
import type { Cluster } from './ports.ts';
import type { Session } from './session.ts';

/** Why a job failed or does not get on. */
export interface Why {
  say: Message;
  trouble: JobTrouble;
  /** The pod that failed first. */
  pod?: PodRecord;
  /** The lines of its log that matter, without secrets. */
  lines: string[];
  /** Why its log could not be read. */
  unread?: Message;
}

/** Milliseconds for all logs together: a node that does not answer keeps nobody waiting. */
const PATIENCE = 10_000;
/** Lines that are read of a log, and what is kept of them; ranks of the same second that are looked at. */
const TAIL_LINES = 500;
const MOST = 500_000;
const RANKS = 4;
/** Last lines that are shown where no cause is found in them. */
const LAST = 15;

/**
 * Finds the first rank that failed and reads why in its log; what other ranks say may follow from it. `undefined` where nothing is wrong.
 * Asks the cluster, so that it is true where nothing is held. Throws `job.gone`.
 */
export function whyFailed(
  session: Session,
  job: JobName,
  signal: AbortSignal,
  patience = PATIENCE,
): Promise<Why | undefined> {
  return session.use(async (cluster) => {
    const main = await findMain(cluster, job.namespace, job.name, signal);
    const workload = main && toWorkload(main);
    if (!workload) throw new GpuctlError('job.gone', message('job.none', { ...job }));
    const state = await readState(cluster, workload, signal);
    const { pods } = describeJob(state, workload);
    // Who ran out of time, or got there in the end, did not fail by what a rank says.
    const isOwn = workload.outcome === 'complete' || workload.reason === 'DeadlineExceeded';
    const failed = isOwn ? [] : pods.filter((one) => one.phase === 'failed' && !isReplaced(one, pods));
    const first = firstBad(failed);
    if (!first) {
      // What waits is told with what is free, where that is held.
      const held = session.state.workload(job.namespace, job.name);
      const known = held?.uid === workload.uid && session.status.podsKnown;
      const { state: say, trouble } = known ? describeJob(session.state, held, true) : describeJob(state, workload);
      if (!trouble && workload.outcome !== 'failed') return undefined;
      return { say, trouble: trouble ?? NOTHING_KNOWN, lines: [] };
    }
    return readRanks(cluster, workload, sameSecond(failed, first), secretsIn(main), signal, patience);
  });
}

const NOTHING_KNOWN: JobTrouble = { code: 'job.failed', hint: undefined, raw: undefined };

/** The job with its pods and what was said of them, as they are now. */
async function readState(cluster: Cluster, workload: WorkloadRecord, signal: AbortSignal): Promise<ClusterState> {
  const { namespace, resource } = workload;
  const state = new ClusterState();
  state.applyWorkloads(resource, [{ type: 'reset', items: [workload] }]);
  // Who may not see events hears less.
  const events = { apiVersion: 'v1', kind: 'Event', namespace, fieldSelector: EVENT_SELECTOR };
  const [pods, said] = await Promise.all([
    cluster.list(podsOf(workload), { signal }),
    cluster.list(events, { signal }).catch((): KubeObject[] => []),
  ]);
  signal.throwIfAborted();
  state.applyPods([{ type: 'reset', items: pods.map(toPod) }]);
  state.applyEvents([{ type: 'reset', items: said.flatMap((event) => toEvent(event) ?? []) }]);
  return state;
}

/** The cluster knows ends in whole seconds: who failed in that of the first may have been the first. */
const sameSecond = (failed: DescribedPod[], first: DescribedPod): DescribedPod[] => [
  first,
  ...failed
    .filter((one) => one !== first && one.pod.endedAt && one.pod.endedAt === first.pod.endedAt)
    .slice(0, RANKS - 1),
];

async function readRanks(
  cluster: Cluster,
  { podsWanted }: WorkloadRecord,
  ranks: DescribedPod[],
  secrets: readonly string[],
  signal: AbortSignal,
  patience: number,
): Promise<Why> {
  const late = AbortSignal.timeout(patience);
  const both = AbortSignal.any([signal, late]);
  const read = await Promise.all(ranks.map((rank) => readRank(cluster, rank, secrets, both)));
  signal.throwIfAborted();
  const found = read.find(({ isCause }) => isCause) ?? read[0];
  const { described, state, trouble, lines, unread } = found as RankRead;
  const { pod } = described;
  const say =
    pod.rank === undefined || podsWanted < 2
      ? message('job.state.failed-why', { why: state })
      : message('job.state.failed-rank', { rank: pod.rank, why: state });
  return { say, trouble, pod, lines, ...(unread && { unread }) };
}

interface RankRead {
  described: DescribedPod;
  /** Whether it did not only lose another rank. */
  isCause: boolean;
  state: Message;
  trouble: JobTrouble;
  lines: string[];
  unread?: Message;
}

async function readRank(
  cluster: Cluster,
  described: DescribedPod,
  secrets: readonly string[],
  signal: AbortSignal,
): Promise<RankRead> {
  const { pod, trouble, state } = described;
  const known = { described, isCause: !trouble?.consequence, state, trouble: trouble ?? NOTHING_KNOWN, lines: [] };
  // A container that never started has no log.
  if (pod.startedAt === undefined && pod.restarts === 0) return known;
  let log: string;
  try {
    log = await readTail(cluster, pod, signal);
  } catch (error) {
    const { code, say } = asGpuctlError(error);
    return { ...known, unread: code === 'cancelled' ? message('why.late') : say };
  }
  const safe = secrets.reduce((text, secret) => text.replaceAll(secret, '<secret>'), log);
  const cause = readCause(safe, { code: pod.exitCode });
  // Who was killed from outside, or for its memory, does not say so itself.
  const isOwnWord = trouble === undefined || (trouble.code.startsWith('job.crash.') && !KILLED.includes(trouble.code));
  if (!cause || !isOwnWord) return { ...known, lines: lastLines(safe) };
  const { explanation, lines } = cause;
  const { code, hint, raw, consequence } = explanation;
  return { described, isCause: !consequence, state: explanation.state, trouble: { code, hint, raw }, lines };
}

const KILLED = ['job.crash.out-of-memory', 'job.crash.terminated'];

const lastLines = (log: string): string[] =>
  toPlain(log)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-LAST)
    .map(toShown);

/** The end of what a pod has said; of one that was started again, of the run before. */
async function readTail(cluster: Cluster, pod: PodRecord, signal: AbortSignal): Promise<string> {
  const ofBefore = pod.restarts > 0 && (pod.reason === 'CrashLoopBackOff' || pod.phase === 'Running');
  const tries = ofBefore
    ? [{ container: MAIN_CONTAINER, previous: true }, { previous: true }, { container: MAIN_CONTAINER }, {}]
    : [{ container: MAIN_CONTAINER }, {}];
  for (let at = 0; ; at++) {
    try {
      let text = '';
      const options = { follow: false, tailLines: TAIL_LINES, signal, ...tries[at] };
      for await (const chunk of cluster.log(pod, options)) text = (text + chunk).slice(-MOST);
      return text;
    } catch (error) {
      if (asGpuctlError(error).code !== 'log.none' || at === tries.length - 1) throw error;
    }
  }
}
