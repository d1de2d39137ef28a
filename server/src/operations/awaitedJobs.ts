import type { Ask } from '../capacity/ask.ts';
import { readPodNeeds } from '../capacity/podNeeds.ts';
import { judge } from '../capacity/verdict.ts';
import { DEFAULT_ACCELERATOR } from '../model/accelerators.ts';
import type { AwaitedJobDto, JobRef } from '../protocol.ts';
import type { WorkloadRecord } from '../state/records.ts';
import { findMain } from './mainResource.ts';
import type { Session } from './session.ts';
import { type Say, toJobDto } from './views.ts';

/** What became of jobs that somebody waits for. Those of which nothing is known now are left out. */
export async function awaitedJobs(
  session: Session,
  jobs: readonly JobRef[],
  say: Say,
  signal: AbortSignal,
): Promise<AwaitedJobDto[]> {
  const { status, namespaces, state } = session;
  if (status.phase !== 'connected' || session.missing.length) return [];
  const seen = jobs.filter(({ namespace }) => !namespaces || namespaces.includes(namespace));
  return Promise.all(
    seen.map(async (job) => {
      const workload = state.workload(job.namespace, job.name);
      if (!workload) return { job, is: null };
      const is = toJobDto(session, workload, say);
      return { job, is, ...(is.held && (await hasRoom(session, workload, signal)) && { canRun: true as const }) };
    }),
  );
}

/** What held jobs ask for, by uid: a main resource that is there keeps its pods as they were submitted. One that could not be read is asked again later. */
const asks = new WeakMap<Session, Map<string, { ask: Ask } | { notBefore: number }>>();

/** Whether a held job would run if it were started now; false also where that is not known. */
async function hasRoom(session: Session, workload: WorkloadRecord, signal: AbortSignal): Promise<boolean> {
  if (session.status.capacityUnknown) return false;
  let known = asks.get(session);
  if (!known) {
    known = new Map();
    asks.set(session, known);
  }
  let one = known.get(workload.uid);
  if (!one || ('notBefore' in one && one.notBefore <= Date.now())) {
    const ask = await readAsk(session, workload, signal).catch(() => undefined); // told by the connection where it is to blame
    if (signal.aborted) return false;
    one = ask ? { ask } : { notBefore: Date.now() + PAUSE };
    if (known.size >= REMEMBERED) known.clear();
    known.set(workload.uid, one);
  }
  return 'ask' in one && judge(session.state, one.ask).is === 'fits';
}

/** Held jobs of which it is remembered what they ask for. */
const REMEMBERED = 200;
/** Milliseconds after which what could not be read is asked for again. */
const PAUSE = 30_000;

async function readAsk(
  session: Session,
  { uid, namespace, name, pool, gpuType, podsWanted }: WorkloadRecord,
  signal: AbortSignal,
): Promise<Ask | undefined> {
  const main = await session.use((cluster) => findMain(cluster, namespace, name, signal));
  const template = (main?.spec as { template?: { spec?: object } } | undefined)?.template;
  if (main?.metadata.uid !== uid || !template) return undefined;
  const needs = readPodNeeds({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: template.spec ?? {} });
  const accelerator = Object.keys(needs.requests.gpus)[0] ?? DEFAULT_ACCELERATOR;
  return {
    ...{ name, namespace, pool, gpuType, pods: podsWanted, needs, accelerator },
    gpusPerPod: needs.requests.gpus[accelerator] ?? 0,
    priority: { value: 0, preempts: false },
    rackLabel: undefined,
    queue: undefined,
  };
}
