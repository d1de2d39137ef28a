import { type Message, message } from '../../../l10n/index.ts';
import type { BuiltJob, Framework, Site } from '../frameworks/framework.ts';
import { frameworkNamed } from '../frameworks/index.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import type { JobModel } from '../kinds/kind.ts';
import { type KubeObject, ourLabel } from '../model/kubeObject.ts';
import { toWorkload } from '../state/project.ts';
import { describeJob } from './describeJob.ts';
import { GpuctlError } from './error.ts';
import type { Cluster, ObjectRef } from './ports.ts';
import type { Session } from './session.ts';
import { findSite } from './site.ts';
import { sourceAnnotations, specHash } from './source.ts';

export interface SubmitRequest {
  document: GpuctlDocument;
  /** Where the file lies in the workspace. */
  path: string | undefined;
  gitCommit: string | undefined;
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

/** Kinds of main resources: the name of a job is unique over them. */
export const MAIN_RESOURCES: readonly Pick<ObjectRef, 'apiVersion' | 'kind'>[] = [
  { apiVersion: 'batch/v1', kind: 'Job' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
];

/**
 * Submits one document: look, try it without effect, create. The main resource comes first and cannot start; then what it owns; then it is let
 * go. So nothing can be orphaned, and whatever fails halfway is taken back.
 */
export async function submit(session: Session, request: SubmitRequest): Promise<Submitted> {
  const { document, signal } = request;
  const { model } = document;
  if (!model)
    throw new GpuctlError(
      'submit.has-errors',
      message('submit.has-errors', { name: document.name ?? document.kindName }),
    );
  const framework = frameworkNamed(model.framework);
  if (!framework)
    throw new GpuctlError(
      'submit.no-framework',
      message('finding.framework.not-available', { framework: model.framework }),
    );
  const cluster = await session.cluster();
  const namespace = model.namespace ?? session.namespace;
  const result = (outcome: Submitted['outcome'], warnings: Message[]): Submitted => ({
    namespace,
    name: model.name,
    kind: model.kind,
    outcome,
    warnings,
  });

  const existing = await findMain(cluster, namespace, model.name, signal);
  if (existing && !isHalfMade(existing, document)) {
    if (isSame(existing, document) && !toWorkload(existing)?.outcome) return result('unchanged', []);
    throw jobExists(session, existing, namespace, model.name);
  }
  const { site, warnings } = await findSite(session, cluster, model, namespace, signal);
  site.annotations = {
    ...sourceAnnotations(document, request.path, request.gitCommit),
    ...(await submitter(cluster, signal)),
  };
  const built = await tryOut(cluster, framework, model, site, existing !== undefined, warnings, signal);
  await create(cluster, built, existing, warnings, signal);
  return result('created', warnings);
}

/** The main resource of a name, of whichever kind. */
export async function findMain(
  cluster: Cluster,
  namespace: string,
  name: string,
  signal?: AbortSignal,
): Promise<KubeObject | undefined> {
  const options = signal ? { signal } : {};
  const found = await Promise.all(
    MAIN_RESOURCES.map((resource) => cluster.read({ ...resource, namespace, name }, options)),
  );
  return found.find((object) => object !== undefined);
}

const isSame = (existing: KubeObject, document: GpuctlDocument): boolean =>
  ourLabel(existing.metadata.annotations, 'spec-hash') === specHash(document.text);

/** What a submit left that was cut off: ours, of this very document, and never let go. It is finished instead of refused. */
function isHalfMade(existing: KubeObject, document: GpuctlDocument): boolean {
  const workload = toWorkload(existing);
  return workload?.suspended === true && workload.startedAt === undefined && isSame(existing, document);
}

function jobExists(session: Session, existing: KubeObject, namespace: string, name: string): GpuctlError {
  const workload = toWorkload(existing);
  const job = { namespace, name };
  if (!workload) {
    return new GpuctlError(
      'submit.name-taken',
      message('submit.name-taken', { name, namespace, kind: existing.kind }),
      {
        hint: message('submit.other-name'),
      },
    );
  }
  const { state } = describeJob(session.state, workload);
  return new GpuctlError('submit.job-exists', message('submit.job-exists', { name, namespace, state }), {
    hint: message('submit.delete-or-rename'),
    actions: [{ do: 'openJob', job }],
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

async function create(
  cluster: Cluster,
  built: BuiltJob,
  existing: KubeObject | undefined,
  warnings: Message[],
  signal: AbortSignal,
): Promise<void> {
  const undo: (() => Promise<unknown>)[] = [];
  try {
    for (const claim of built.kept) {
      if (await createIfAbsent(cluster, claim, signal)) undo.push(() => cluster.remove(refOf(claim)));
    }
    let main = existing;
    if (!main) {
      const written = await cluster.create(built.main, { signal });
      main = written.object;
      const { uid } = main.metadata;
      undo.push(() => cluster.remove(refOf(built.main), { ...(uid && { uid }), propagation: 'Background' }));
      for (const text of written.warnings) warnings.push(message('submit.cluster-warns', { text }));
    }
    const owner = {
      apiVersion: main.apiVersion ?? built.main.apiVersion,
      kind: built.main.kind,
      name: main.metadata.name,
      uid: main.metadata.uid ?? '',
    };
    for (const object of built.owned) {
      await createIfAbsent(
        cluster,
        { ...object, metadata: { ...object.metadata, ownerReferences: [{ ...owner, controller: true }] } },
        signal,
      );
    }
    await cluster.patch(refOf(built.main), built.start, { signal });
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => undefined);
    throw error;
  }
}

/** Whether it was created; an object that is there already is ours from an earlier try, or kept storage. */
async function createIfAbsent(cluster: Cluster, object: KubeObject, signal: AbortSignal): Promise<boolean> {
  try {
    await cluster.create(object, { signal });
    return true;
  } catch (error) {
    if (error instanceof GpuctlError && error.reason === 'AlreadyExists') {
      const found = await cluster.read(refOf(object), { signal });
      const mine =
        object.kind === 'PersistentVolumeClaim' ||
        found?.metadata.labels?.['app.kubernetes.io/managed-by'] === 'gpuctl';
      if (found && mine) return false;
    }
    throw error;
  }
}

const refOf = ({ apiVersion, kind, metadata }: KubeObject): ObjectRef => ({
  apiVersion,
  kind,
  name: metadata.name,
  ...(metadata.namespace && { namespace: metadata.namespace }),
});
