import { kindWord, type Message, message } from '../../../../l10n/index.ts';
import { toAsk } from '../../capacity/ask.ts';
import { pushesInPart } from '../../capacity/inPart.ts';
import { capacityFindings } from '../../capacity/liveRules.ts';
import { judge, placesNow, runs, type Verdict } from '../../capacity/verdict.ts';
import { holderList } from '../../capacity/words.ts';
import type { Framework } from '../../frameworks/framework.ts';
import type { GpuctlDocument } from '../../kinds/document.ts';
import type { JobModel } from '../../kinds/kind.ts';
import type { BuiltJob } from '../../kinds/manifests/built.ts';
import type { Site } from '../../kinds/manifests/site.ts';
import { type KubeObject, ourLabel } from '../../model/kubeObject.ts';
import { toWorkload } from '../../state/project.ts';
import type { WorkloadRecord } from '../../state/records.ts';
import type { JobName } from '../deleteJob.ts';
import { describeJob } from '../describeJob.ts';
import { keepLog } from '../logs/saveLog.ts';
import { findMain } from '../mainResource.ts';
import type { Cluster } from '../ports.ts';
import { ignoreForbidden } from '../priorityClass.ts';
import { requireReferences } from '../references.ts';
import type { Session } from '../session.ts';
import { findSite } from '../site.ts';
import { sourceAnnotations, specHash } from '../source.ts';
import { changeJob, createJob, held, isStopped, nameTaken, removeJob, unfinished } from './applyJob.ts';
import { forgetNextRun, type NextRun, readNextRun } from './journal.ts';
import type { Outcome, Plan, PlannedChange, Prepared } from './plan.ts';
import { type Trial, tryOut, type Way } from './tryOut.ts';

/** What is submitted, and from where. */
export interface Origin {
  document: GpuctlDocument;
  /** Where the file lies in the workspace. */
  path: string | undefined;
  gitCommit: string | undefined;
  /** Makes the job without starting it. */
  hold?: boolean;
  /** Its verdict beside the jobs that are submitted before it in one go. */
  beside?: Verdict | undefined;
}

/** Looks what a submit of a job would do, and has the cluster judge it, without any effect. */
export async function planJob(
  session: Session,
  cluster: Cluster,
  framework: Framework,
  model: JobModel,
  origin: Origin,
  signal: AbortSignal,
): Promise<Prepared> {
  const { name } = model;
  const namespace = model.namespace ?? session.namespace;
  // What may not be read is not in the way yet: the try without effect tells.
  const existing = await findMain(cluster, namespace, name, signal).catch(ignoreForbidden);
  const workload = existing && requireOurs(existing);
  const isSame = ourLabel(existing?.metadata.annotations, 'spec-hash') === specHash(origin.document.text);
  let way: Way = existing && workload ? wayOf(existing, workload, model, isSame) : 'create';
  const [{ site, warnings, makePriorityClass }] = await Promise.all([
    findSite(session, cluster, model, namespace, existing, signal),
    requireReferences(cluster, model, namespace, signal),
  ]);
  const begun = await resumeBegun(cluster, { namespace, name }, existing);
  const user = await cluster.whoAmI({ signal }).catch(() => undefined);
  const isLost = workload && way === 'anew' && !existing?.metadata.deletionTimestamp;
  const asks = isLost ? whyAnew(session, workload, model) : [];
  const siteOf = (way: Way): Site => {
    const next = runOf(existing) + (way === 'anew' && workload?.outcome ? 1 : 0);
    const run = begun ? runOf(begun.built.main) : next;
    const said = existing && isSame && way !== 'anew' ? ownAnnotations(existing) : describe(origin, user, run);
    return { ...site, run, annotations: { ...said, ...lastOutcome(existing, workload, way, begun) } };
  };
  const trying = { cluster, existing, isSame, warnings, signal };
  const build = (given: Site): BuiltJob => {
    const built = framework.build(model, given);
    return origin.hold && way !== 'change' ? held(built, given.prefix) : built;
  };
  let trial = await tryOut(build, siteOf(way), way, trying);
  if (trial === 'immutable') {
    way = 'anew';
    if (workload) asks.push(whyReplaced(session, workload));
    trial = (await tryOut(build, siteOf(way), way, trying)) as Trial;
  }
  if (workload && existing && !existing.metadata.deletionTimestamp && (way === 'anew' || (way === 'change' && !isSame)))
    asks.push(...whoseElse(workload, existing, user, origin.path));
  const start = way === 'change' || origin.hold ? undefined : judgeStart(session, model, site, origin.beside);
  const canHold = start !== undefined && start.asks.length > 0;
  asks.push(...(start?.asks ?? []));
  warnings.push(...(start?.warnings ?? []));
  if (siteOf(way).annotations.source === undefined) warnings.push(message('submit.source-left-out'));
  if (existing && way === 'change' && isStopped(existing)) warnings.push(message('submit.stays-stopped', { name }));
  const { built, site: tried, changes } = trial;
  // Its pods are only made anew when somebody stops and starts it.
  const runs = existing && way === 'change' && !isStopped(existing);
  if (runs && changes.some(changesItsPods)) warnings.push(message('submit.takes-effect-later', { name }));
  const plan: Plan = {
    context: cluster.context.context,
    cluster: cluster.context.cluster,
    namespace,
    kind: model.kind,
    name,
    uid: existing?.metadata.uid,
    outcome: outcomeOf(way, changes, existing),
    changes,
    asks,
    warnings: [...warnings, ...built.leftOut],
    canHold,
  };
  return {
    plan,
    carryOut: async (signal) => {
      let final: BuiltJob = built;
      if (makePriorityClass) {
        await makePriorityClass();
        final = build({ ...tried, priorityClass: true });
      }
      const applying = { cluster, built: final, prefix: site.prefix, isSame, warnings: plan.warnings, signal };
      if (existing && way === 'change') return changeJob(applying, existing);
      if (existing && way === 'anew') {
        if (workload && existing.kind === 'Job' && asks.length) {
          const file = await keepLog(session, cluster, existing, signal);
          const { state } = describeJob(session.state, workload);
          plan.warnings.push(
            file ? message('submit.log-saved', { name, file }) : message('lifecycle.resume.no-log', { name, state }),
          );
        }
        await removeJob(cluster, existing, signal);
      }
      await createJob(applying, way === 'finish' ? existing : undefined);
      if (begun) await forgetNextRun(cluster, namespace, name);
    },
  };
}

/** A resume that was cut off after the run before it went, or while it goes: a submit is its next run. */
async function resumeBegun(
  cluster: Cluster,
  { namespace, name }: JobName,
  existing: KubeObject | undefined,
): Promise<NextRun | undefined> {
  const next = await readNextRun(cluster, namespace, name);
  return !existing || existing.metadata.uid === next?.replaces ? next : undefined;
}

function outcomeOf(way: Way, changes: readonly PlannedChange[], existing: KubeObject | undefined): Outcome {
  if (way === 'create' || way === 'finish') return 'created';
  const isGone = existing?.metadata.deletionTimestamp || (existing && unfinished(existing) === 'create');
  if (way === 'anew') return isGone ? 'created' : 'replaced';
  const isWhole = existing && unfinished(existing) === undefined;
  return isWhole && changes.every((change) => change.do === 'leave') ? 'unchanged' : 'changed';
}

/** A change of what the pods of a notebook are made from; a new description changes no pod. */
const changesItsPods = ({ object, fields }: PlannedChange): boolean =>
  object.kind === 'StatefulSet' && fields.some((field) => field.startsWith('spec.template.'));

/** Which run of its name a job is, from 1. */
export const runOf = (main: KubeObject | undefined): number =>
  Number(ourLabel(main?.metadata.annotations, 'run') ?? 1) || 1;

/** The main resource of that name, if it is one of ours. */
function requireOurs(existing: KubeObject): WorkloadRecord {
  const workload = toWorkload(existing);
  if (!workload) throw nameTaken(existing);
  return workload;
}

function wayOf(existing: KubeObject, workload: WorkloadRecord, model: JobModel, isSame: boolean): Way {
  if (existing.metadata.deletionTimestamp) return 'anew';
  if (unfinished(existing) === 'create') return isSame ? 'finish' : 'anew';
  return workload.outcome || workload.jobKind !== model.kind ? 'anew' : 'change';
}

/** What is lost where a job of that name goes: nothing of one that never started. */
function whyAnew(session: Session, workload: WorkloadRecord, { kind }: JobModel): Message[] {
  const { namespace, name, outcome, jobKind } = workload;
  const { state } = describeJob(session.state, workload);
  if (outcome) return [message('submit.ask.ended', { name, namespace, state })];
  return jobKind === kind
    ? []
    : [message('submit.ask.other-kind', { name, namespace, kind: kindWord(jobKind), state })];
}

function whyReplaced(session: Session, workload: WorkloadRecord): Message {
  const { namespace, name } = workload;
  const { state } = describeJob(session.state, workload);
  return message('submit.ask.replace', { name, namespace, state });
}

/** What a start costs, and why it would not run. Nothing where that is not known. */
function judgeStart(
  session: Session,
  model: JobModel,
  site: Site,
  beside: Verdict | undefined,
): { asks: Message[]; warnings: Message[] } {
  const { state, status } = session;
  if (status.capacityUnknown) return { asks: [], warnings: [] };
  const { name, demand } = model;
  const ask = toAsk(model, site, state);
  const verdict = judge(state, ask);
  if (verdict.is === 'preempts') {
    const victims = holderList(verdict.victims, ask.namespace);
    return { asks: [message('submit.ask.preempts', { name, victims })], warnings: [] };
  }
  const part = site.queue || runs(verdict) ? undefined : pushesInPart(state, ask);
  if (part) {
    const victims = holderList(part.victims, ask.namespace);
    const { pods } = demand;
    return { asks: [message('submit.ask.preempts-in-part', { name, pods, now: part.places, victims })], warnings: [] };
  }
  const now = site.queue || runs(verdict) ? 0 : placesNow(state, ask);
  if (demand.onePodPerNode && now > 0 && now < demand.pods) {
    // It would hold GPUs and wait for the rest, maybe for ever (`decisions.md` 27).
    const { pods, gpusPerPod: gpus } = demand;
    return { asks: [message('submit.ask.in-part', { name, pods, gpus, now })], warnings: [] };
  }
  if (beside && runs(verdict) && !runs(beside) && !site.queue) {
    if (demand.onePodPerNode)
      return { asks: [message('submit.ask.beside', { name, pods: demand.pods })], warnings: [] };
    return { asks: [], warnings: [message('finding.capacity.not-together')] };
  }
  return { asks: [], warnings: capacityFindings(model, session.outlook).map((finding) => finding.message) };
}

/** A job of that name that somebody else submitted, or that came from another file. */
function whoseElse(
  { namespace, name, submittedBy }: WorkloadRecord,
  existing: KubeObject,
  user: string | undefined,
  path: string | undefined,
): Message[] {
  const from = ourLabel(existing.metadata.annotations, 'source-path');
  if (submittedBy !== undefined && user !== undefined && submittedBy !== user)
    return [message('submit.ask.other-user', { name, namespace, user: submittedBy })];
  if (from !== undefined && path !== undefined && from !== path)
    return [message('submit.ask.other-file', { name, namespace, path: from })];
  return [];
}

const describe = ({ document, path, gitCommit }: Origin, user: string | undefined, run: number) => ({
  ...sourceAnnotations(document, path, gitCommit),
  ...(user && { 'submitted-by': user }),
  ...(run > 1 && { run: String(run) }),
});

/** How the run before ended: kept where the job stays, written where its next run takes its place. */
function lastOutcome(
  existing: KubeObject | undefined,
  workload: WorkloadRecord | undefined,
  way: Way,
  begun: NextRun | undefined,
): Record<string, string> {
  const { outcome, reason } = workload ?? {};
  if (way === 'anew' && outcome) return { 'last-outcome': outcomeText(outcome, reason) };
  const kept = ourLabel((begun?.built.main ?? existing)?.metadata.annotations, 'last-outcome');
  return kept === undefined ? {} : { 'last-outcome': kept };
}

/** `failed: exit code 1`, for people and for the next run. */
export const outcomeText = (outcome: string, reason: string | undefined): string =>
  reason ? `${outcome}: ${reason}` : outcome;

/** What was told of a job when it was submitted: the same document says nothing new. */
function ownAnnotations({ metadata }: KubeObject): Record<string, string> {
  const names = ['source', 'spec-hash', 'source-path', 'git-commit', 'submitted-by', 'run'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = ourLabel(metadata.annotations, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
