import { type Message, message } from '../../../l10n/index.ts';
import type { BuiltJob, Framework, Site } from '../frameworks/framework.ts';
import { frameworkNamed } from '../frameworks/index.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import { isJob, type JobModel } from '../kinds/kind.ts';
import { type KubeObject, ourLabel } from '../model/kubeObject.ts';
import { toWorkload } from '../state/project.ts';
import { createJob } from './createJob.ts';
import { describeJob } from './describeJob.ts';
import { GpuctlError } from './error.ts';
import type { Cluster, ObjectRef } from './ports.ts';
import type { Session } from './session.ts';
import { findSite, ignoreForbidden } from './site.ts';
import { sourceAnnotations, specHash } from './source.ts';

export interface SubmitRequest {
  document: GpuctlDocument;
  /** Where the file lies in the workspace. */
  path: string | undefined;
  gitCommit: string | undefined;
  /** Context that the person saw; another one by now is refused. */
  context: string | undefined;
  signal: AbortSignal;
}

export interface Submitted {
  namespace: string;
  name: string;
  kind: string;
  /** `unchanged`: the very same was submitted before and is still there. */
  outcome: 'created' | 'unchanged';
  warnings: Message[];
}

/** Why a document with errors is not submitted. */
export const hasErrors = ({ name, kindName }: GpuctlDocument): GpuctlError =>
  new GpuctlError('submit.has-errors', message('submit.has-errors', { name: name ?? kindName }));

/** Kinds of main resources: the name of a job is unique over them. */
const MAIN_RESOURCES: readonly Pick<ObjectRef, 'apiVersion' | 'kind'>[] = [
  { apiVersion: 'batch/v1', kind: 'Job' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
];

/**
 * Submits one document: look, try it without effect, create. The main resource comes first and cannot start; then what it owns;
 * then it is let go. So nothing can be orphaned, and whatever fails halfway is taken back.
 */
export async function submit(session: Session, request: SubmitRequest): Promise<Submitted> {
  const { document } = request;
  const { model } = document;
  if (!model) throw hasErrors(document);
  const framework = isJob(model) ? frameworkNamed(model.framework) : undefined;
  if (!isJob(model) || (framework && !framework.builds.includes(model.kind)))
    throw new GpuctlError('submit.not-yet', message('submit.not-yet', { kind: model.kind }));
  if (!framework) {
    const say = message('finding.framework.not-available', { framework: model.framework });
    throw new GpuctlError('submit.no-framework', say);
  }
  return session.use((cluster) => submitTo(cluster, framework, model, session, request));
}

async function submitTo(
  cluster: Cluster,
  framework: Framework,
  model: JobModel,
  session: Session,
  { document, path, gitCommit, context, signal }: SubmitRequest,
): Promise<Submitted> {
  const now = cluster.context.context;
  if (context !== undefined && context !== now) {
    throw new GpuctlError('submit.other-cluster', message('submit.other-cluster', { name: model.name, context, now }));
  }
  const namespace = model.namespace ?? session.namespace;
  const done = { namespace, name: model.name, kind: model.kind };
  // What may not be read is not in the way yet: the try without effect tells.
  const existing = await findMain(cluster, namespace, model.name, signal).catch(ignoreForbidden);
  if (existing && !isHalfMade(existing, document)) {
    if (isSame(existing, document) && !toWorkload(existing)?.outcome)
      return { ...done, outcome: 'unchanged', warnings: [] };
    throw nameTaken(session, existing, done);
  }
  const { site, warnings, makePriorityClass } = await findSite(session, cluster, model, namespace, signal);
  site.annotations = { ...sourceAnnotations(document, path, gitCommit), ...(await submitter(cluster, signal)) };
  if (site.annotations.source === undefined) warnings.push(message('submit.source-left-out'));
  let built = await tryOut(cluster, framework, model, site, existing !== undefined, warnings, signal);
  if (makePriorityClass) {
    await makePriorityClass();
    built = framework.build(model, { ...site, priorityClass: true });
  }
  await createJob(cluster, built, existing, warnings, signal);
  return { ...done, outcome: 'created', warnings };
}

/** The main resource of a name, of whichever kind. Where nothing is found, a kind that may not be read is a refusal, not an absence. */
export async function findMain(
  cluster: Cluster,
  namespace: string,
  name: string,
  signal?: AbortSignal,
): Promise<KubeObject | undefined> {
  const options = signal ? { signal } : {};
  const answers = await Promise.allSettled(
    MAIN_RESOURCES.map((resource) => cluster.read({ ...resource, namespace, name }, options)),
  );
  for (const answer of answers) if (answer.status === 'fulfilled' && answer.value) return answer.value;
  for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
  return undefined;
}

const isSame = (existing: KubeObject, document: GpuctlDocument): boolean =>
  ourLabel(existing.metadata.annotations, 'spec-hash') === specHash(document.text);

/** What a submit left that was cut off: ours, of this very document, and never let go. It is finished instead of refused. */
function isHalfMade(existing: KubeObject, document: GpuctlDocument): boolean {
  const workload = toWorkload(existing);
  return workload?.suspended === true && workload.startedAt === undefined && isSame(existing, document);
}

function nameTaken(session: Session, existing: KubeObject, job: { namespace: string; name: string }): GpuctlError {
  const { namespace, name } = job;
  const workload = toWorkload(existing);
  if (!workload) {
    return new GpuctlError(
      'submit.name-taken',
      message('submit.name-taken', { name, namespace, kind: existing.kind }),
      {
        hint: message('submit.other-name'),
      },
    );
  }
  if (existing.metadata.deletionTimestamp) {
    return new GpuctlError('submit.being-deleted', message('submit.being-deleted', { name, namespace }), {
      actions: [{ do: 'retry' }],
    });
  }
  const { state } = describeJob(session.state, workload);
  return new GpuctlError('submit.job-exists', message('submit.job-exists', { name, namespace, state }), {
    hint: message('submit.delete-or-rename'),
    actions: [{ do: 'openJob', job: { namespace, name } }],
  });
}

async function submitter(cluster: Cluster, signal: AbortSignal): Promise<Record<string, string>> {
  const name = await cluster.whoAmI({ signal }).catch(() => undefined);
  return name ? { 'submitted-by': name } : {};
}

/**
 * Has the cluster judge the job and its pod before anything exists: quota, security rules and webhooks speak only at pods. Where pods may not be
 * created by hand, that half of the answer is unknown, which is no reason to stop.
 */
async function tryOut(
  cluster: Cluster,
  framework: Framework,
  model: JobModel,
  site: Site,
  exists: boolean,
  warnings: Message[],
  signal: AbortSignal,
): Promise<BuiltJob> {
  const built = framework.build(model, site);
  try {
    if (!exists) await cluster.create(built.main, { dryRun: true, signal });
    await cluster.create(built.pod, { dryRun: true, signal });
    return built;
  } catch (error) {
    if (!(error instanceof GpuctlError)) throw error;
    if (site.priorityClass && /no PriorityClass with name/i.test(error.detail ?? '')) {
      warnings.push(message('submit.no-priority', { priority: model.priority }));
      return tryOut(cluster, framework, model, { ...site, priorityClass: false }, exists, warnings, signal);
    }
    if (error.code === 'connection.forbidden' && / pods? |"pods"/.test(error.detail ?? '')) return built;
    throw error;
  }
}
