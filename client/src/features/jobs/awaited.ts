import type { AwaitedJobDto, ConnectionDto, JobDto, JobPhase, JobRef } from '../../../../server/src/protocol.ts';

/** A job whose end somebody waits for. */
export interface Awaited {
  /** Context of the kubeconfig in which it was seen. */
  context: string;
  /** Which cluster that was, where it was known: see `ConnectionDto.id`. */
  cluster?: string;
  job: JobRef;
  /** When it was started from here; ISO 8601. */
  since: string;
  /** Of the run that is meant; not known at first. */
  uid?: string;
  /** As it was seen last, and since when it waits. */
  phase?: JobPhase;
  waitingSince?: string;
  /** What was told of it already, and is told once. */
  told?: ('trouble' | 'canRun')[];
}

/** What is told of a job. */
export interface Notice {
  what: 'failed' | 'trouble' | 'completed' | 'stopped' | 'canRun' | 'runs';
  job: JobDto;
  /** How long it waited, from when. */
  waitedSince?: string;
}

/** Milliseconds in which the news of a submit may still be those of the run before. */
const SETTLES = 10_000;
/** Milliseconds in which a job that was just started may not be listed yet. */
const COMES = 60_000;
/** Milliseconds after its end in which somebody who was away is told of it. */
const FRESH = 30 * 60_000;
/** Milliseconds of waiting after which one wants to know that it runs. */
const LONG = 60_000;

/** Milliseconds after which nobody waits any more. */
const FORGOTTEN = 7 * 24 * 60 * 60_000;

const ENDED: readonly JobPhase[] = ['failed', 'succeeded', 'stopped'];

/** Whether somebody waits for it still; what was left behind in another cluster ends, too. */
export const isAwaitedStill =
  (now: number) =>
  ({ since }: Pick<Awaited, 'since'>): boolean =>
    now - Date.parse(since) < FORGOTTEN;

/** Whether it is of the cluster of the window. A context of the same name in another kubeconfig is another one. */
export const isOf = ({ context, cluster }: Awaited, now: Pick<ConnectionDto, 'context' | 'id'>): boolean =>
  context === now.context && (cluster === undefined || now.id === undefined || cluster === now.id);

/** What to tell of a job as it is seen now, and what to go on waiting for; without `next`, it is not waited for any more. */
export function follow(
  awaited: Awaited,
  { is, canRun }: Pick<AwaitedJobDto, 'is' | 'canRun'>,
  now: number,
): { next?: Awaited; notice?: Notice } {
  const age = now - Date.parse(awaited.since);
  if (!is) return age < COMES && awaited.uid === undefined ? { next: awaited } : {};
  if (is.deleting) return { next: awaited }; // to make room for its next run, or because somebody wants it gone, who knows it
  const hasEnded = ENDED.includes(is.phase);
  if (awaited.uid === undefined && hasEnded && age < SETTLES) return { next: awaited };
  if (awaited.uid !== undefined && awaited.uid !== is.uid) return {}; // somebody's next run
  if (hasEnded) {
    const what = is.phase === 'failed' ? 'failed' : is.phase === 'succeeded' ? 'completed' : 'stopped';
    const isOld = is.endedAt !== undefined && now - Date.parse(is.endedAt) > FRESH;
    return isOld ? {} : { notice: { what, job: is } };
  }
  const { told = [] } = awaited;
  const next: Awaited = { ...awaited, uid: is.uid, phase: is.phase };
  const runs = is.phase === 'running';
  const { waitingSince } = awaited;
  if (runs) delete next.waitingSince;
  else next.waitingSince = waitingSince ?? new Date(now).toISOString();
  const waited = runs && waitingSince !== undefined && now - Date.parse(waitingSince) >= LONG;
  // A service does not end: that it runs is what one waits for.
  const isOver = runs && is.kind !== 'training' && is.podsRunning >= is.podsWanted;
  // A notebook is for its person to open, however short the wait was.
  const isReady = isOver && is.kind === 'notebook';
  const goOn = (more?: 'trouble' | 'canRun') =>
    isOver ? {} : { next: more ? { ...next, told: [...told, more] } : next };
  if (waited || isReady) {
    const since = waitingSince !== undefined && { waitedSince: waitingSince };
    return { ...goOn(), notice: { what: 'runs', job: is, ...since } };
  }
  if (canRun && !told.includes('canRun')) return { ...goOn('canRun'), notice: { what: 'canRun', job: is } };
  if (isStuck(is) && !told.includes('trouble')) return { ...goOn('trouble'), notice: { what: 'trouble', job: is } };
  return goOn();
}

/** Whether a job does not start for a reason that no waiting mends. A training that failed and is tried again is told when it has ended. */
const isStuck = ({ kind, phase, trouble }: JobDto): boolean =>
  phase === 'waiting' &&
  trouble !== undefined &&
  !/^job\.(?:wait|ready)\./.test(trouble.code) &&
  !(kind === 'training' && /^job\.(?:crash|node)\./.test(trouble.code));

/** Of what the person wants to be told. */
export const isWanted = ({ what }: Notice, level: 'all' | 'failures' | 'off'): boolean =>
  level === 'all' || (level === 'failures' && (what === 'failed' || what === 'trouble'));
