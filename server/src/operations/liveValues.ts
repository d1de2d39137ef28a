import type { Message } from '../../../l10n/index.ts';
import { plainAsk } from '../capacity/ask.ts';
import type { Outlook } from '../capacity/outlook.ts';
import { countByType, type GpuCount, poolCapacities } from '../capacity/pools.ts';
import { judge } from '../capacity/verdict.ts';
import type { Demand } from '../kinds/kind.ts';
import type { JobGesture, StepDto } from '../protocol.ts';
import type { WorkloadRecord } from '../state/records.ts';
import { describeJob, type JobDescription } from './describeJob.ts';
import { type KnownNames, type NamedKind, Names } from './names.ts';
import { refusedGestures } from './rights.ts';
import type { Session } from './session.ts';

export type { NamedKind } from './names.ts';

/** A pool as completion offers it; `gpus` is `undefined` where it is not known what is free. */
export interface LivePool {
  /** `undefined` for the nodes that belong to no pool. */
  name: string | undefined;
  description: string | undefined;
  gpus: readonly GpuCount[] | undefined;
}

/** A job that is in the cluster. */
export interface HeldJob {
  workload: WorkloadRecord;
  /** What it is doing, in words. */
  describe(): JobDescription;
  /** What the person is known not to be allowed to do with it, and why. */
  refused(): Partial<Record<JobGesture, Message>>;
  /** How far it is, where its log told. */
  step: StepDto | undefined;
  /** Whether somebody else submitted it; false also where that is not known. */
  isOthers: boolean;
  /** When that was last heard, in milliseconds since 1970, where the cluster does not answer. */
  asOf: number | undefined;
}

/** What the cluster offers at this moment, from what is held: nothing here waits. What is not known is empty. */
export interface LiveValues {
  /** The one with the most free GPUs first; the nodes that belong to none last. */
  pools(): readonly LivePool[];
  /** Types of GPU with their counts, of one pool or of all. */
  gpuTypes(pool?: string): readonly GpuCount[];
  /** The held state as jobs are judged on it; where nothing can be judged, why. `undefined`: there is no cluster. */
  outlook(): Outlook | { unknown: Message } | undefined;
  /** Whether there are GPUs for a job now; false where that is not known. */
  fits(demand: Demand): boolean;
  /** The job of that name; the name is unique over the kinds of a namespace. */
  job(namespace: string, name: string): HeldJob | undefined;
  nodes(): readonly { name: string; pool: string | undefined; gpuType: string | undefined; gpus: number }[];
  /**
   * Names, by lists of metadata only, fetched when first asked for, where the right is there. `complete` is false while
   * they are under way: whoever asks again has them then.
   */
  names(kind: NamedKind, namespace?: string): KnownNames;
}

/** GPUs that are free in a pool, of all types. */
const freeIn = ({ gpus = [] }: LivePool): number => gpus.reduce((sum, { free }) => sum + free, 0);

/** The live values of a session. */
export function createLiveValues(session: Session): LiveValues {
  const names = new Names(session);
  const known = () => !session.status.capacityUnknown;
  return {
    pools: () =>
      poolCapacities(session.state)
        .map(({ pool, gpus }) => ({
          name: pool,
          description: pool === undefined ? undefined : session.state.pool(pool)?.description,
          gpus: known() ? gpus : undefined,
        }))
        .sort((a, b) => Number(b.name !== undefined) - Number(a.name !== undefined) || freeIn(b) - freeIn(a)),
    gpuTypes: (only) =>
      known()
        ? countByType(
            poolCapacities(session.state)
              .filter(({ pool }) => only === undefined || (pool ?? 'default') === only)
              .flatMap(({ nodes }) => nodes),
          )
        : [],
    outlook: () => outlookOf(session),
    fits: (demand) => known() && judge(session.state, plainAsk(session.state, demand)).is === 'fits',
    job: (namespace, name) => {
      const workload = session.state.workload(namespace, name);
      return workload && heldJob(session, workload);
    },
    nodes: () =>
      [...session.state.nodes].map(({ name, pool, gpuType, allocatable }) => ({
        name,
        pool,
        gpuType,
        gpus: Object.values(allocatable.gpus).reduce((sum, count) => sum + count, 0),
      })),
    names: (kind, namespace) => names.get(kind, namespace),
  };
}

/** The held state as jobs are judged on it; where nothing can be judged, why. `undefined`: there is no cluster to judge on. */
export function outlookOf(session: Session): Outlook | { unknown: Message } | undefined {
  const { capacityUnknown, phase } = session.status;
  if (!capacityUnknown) return session.outlook;
  return phase === 'connected' ? { unknown: capacityUnknown } : undefined;
}

function heldJob(session: Session, workload: WorkloadRecord): HeldJob {
  const { state } = session;
  const { submittedBy } = workload;
  return {
    workload,
    describe: () => describeJob(state, workload, session.status.podsKnown),
    refused: () => refusedGestures(session, workload),
    step: session.steps.of(workload.uid),
    isOthers: submittedBy !== undefined && session.user !== undefined && submittedBy !== session.user,
    get asOf() {
      const { phase, asOf } = session.status;
      return phase === 'offline' ? asOf : undefined;
    },
  };
}
