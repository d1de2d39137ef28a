import { message } from '../../../l10n/index.ts';
import { checkFile, documentsOf, errorsOf, modeOf } from '../kinds/checkedFile.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import { isJob, type JobModel } from '../kinds/kind.ts';
import type { Levels } from '../kinds/levels.ts';
import { type Built, type BuiltSettings, isBuiltJob } from '../kinds/manifests/built.ts';
import { OFFLINE, type Site } from '../kinds/manifests/site.ts';
import { LABEL_PREFIXES } from '../model/kubeObject.ts';
import { mergePatch } from '../model/mergePatch.ts';
import { hideSecrets, SECRET_MARKER, secretsIn } from '../model/secrets.ts';
import type { ComparedDto, CompareParams } from '../protocol.ts';
import { isEqual, type Sides, withoutNoise } from './difference.ts';
import { asGpuctlError, GpuctlError } from './error.ts';
import { findMain } from './mainResource.ts';
import { writeManifest } from './manifestText.ts';
import { ownedBy } from './owned.ts';
import { type Cluster, type KubeObject, refOf } from './ports.ts';
import { ignoreForbidden } from './priorityClass.ts';
import { buildDocument, listObjects, type Role } from './render.ts';
import type { Session } from './session.ts';
import { choosePrefix, findSite, readNodes } from './site.ts';
import { isStopped } from './submit/applyJob.ts';
import { findDocument } from './submit/chosenDocuments.ts';
import { hasErrors, requireContext } from './submit/submit.ts';
import type { Say } from './views.ts';
import { withoutSecrets } from './withoutSecrets.ts';

/** Name under which an object is tried without effect. Nothing of that name is ever made. */
const TRIAL = 'gpuctl-compare';
/** Annotations that differ with every submit, and tell of the submit and not of what runs. */
const BOOKKEEPING = ['source', 'source-path', 'git-commit', 'spec-hash', 'run', 'submitted-by'];
/** Added to a secret that would change: neither value is shown. */
const CHANGED_SECRET = ' (changed)';

interface Compared extends Sides {
  /** Why the cluster could not complete what would be. */
  untried?: GpuctlError;
}

interface FileToCompare extends Pick<CompareParams, 'uri' | 'document' | 'meant'> {
  context?: string | undefined;
  text: string;
  languageId: string;
  levels: Levels;
}

/** Compares the documents of a file, or one of them, with what the cluster has of them. Nothing is changed there. Throws where one has errors. */
export async function compareFile(
  session: Session,
  { uri, text, languageId, levels, document: place, meant, context }: FileToCompare,
  say: Say,
  signal: AbortSignal,
): Promise<ComparedDto> {
  const file = checkFile(text, modeOf(languageId, uri), undefined, levels);
  const all = documentsOf(file);
  const chosen = place === undefined ? all : [findDocument(all, place, meant)];
  const documents = chosen.map(({ document }) => document);
  if (!documents.length) throw new GpuctlError('submit.no-document', message('submit.no-document'));
  const broken = documents.find((document) => !document.model || errorsOf(file, document).length);
  if (broken) throw hasErrors(broken);
  return session.use(async (cluster) => {
    requireContext(cluster, meant?.name ?? uri.slice(uri.lastIndexOf('/') + 1), context);
    const compared: Compared[] = [];
    for (const document of documents) compared.push(...(await compareDocument(session, cluster, document, signal)));
    const secrets = secretsIn(compared.map(({ before, after }) => [before, after]));
    const shown = compared.map((one) => {
      const note = one.untried && [`# ${say(toNote(one, one.untried))}`];
      const before = one.before && withoutSecrets(one.before, secrets);
      const after = one.after && markChanged(one, before, withoutSecrets(one.after, secrets));
      return { before: toText(before, note), after: toText(after, note) };
    });
    const join = (side: 'before' | 'after') => shown.map((one) => one[side]).join('');
    const same = compared.every(({ before, after }) => isEqual(before, after));
    const [only] = documents;
    const namespace = documents.length === 1 && isJob(only?.model) && (only.model.namespace ?? session.namespace);
    const { cluster: name, context: now } = cluster.context;
    return {
      cluster: name,
      target: { context: now, namespace: session.namespace },
      ...(namespace && { namespace }),
      same,
      before: join('before'),
      after: join('after'),
    };
  });
}

const toNote = ({ before, after }: Sides, { say }: GpuctlError) =>
  message('compare.untried', {
    object: [(after ?? before)?.kind, (after ?? before)?.metadata.name].join(' '),
    reason: say,
  });

const toText = (object: KubeObject | undefined, note: readonly string[] = []): string =>
  object ? ['---', ...note, ...writeManifest(object).map(({ text }) => text), ''].join('\n') : '';

async function compareDocument(
  session: Session,
  cluster: Cluster,
  document: GpuctlDocument,
  signal: AbortSignal,
): Promise<Compared[]> {
  const { kind, model, text } = document;
  if (!kind || !model) return [];
  const site = isJob(model)
    ? await findJobSite(session, cluster, model, signal)
    : await findSettingsSite(session, cluster, text, signal);
  const built = buildDocument(kind, model, site);
  const objects = listObjects(built);
  const compared = await Promise.all(
    objects.map(({ role, object }) => compareObject(cluster, role, object, built, signal)),
  );
  const wanted = new Set(objects.map(({ object }) => idOf(object)));
  const left = (await listObsolete(cluster, built, signal)).filter((object) => !wanted.has(idOf(object)));
  const removed = left.map((object) => reduced(object, undefined, naming(object)));
  return [...compared, ...removed, ...(isBuiltJob(built) ? [] : compareNodes(built, site))];
}

/** The site of a job as a submit would find it, which makes the priority where that is missing. */
async function findJobSite(session: Session, cluster: Cluster, model: JobModel, signal: AbortSignal): Promise<Site> {
  const namespace = model.namespace ?? session.namespace;
  const existing = await findMain(cluster, namespace, model.name, signal).catch(ignoreForbidden);
  const { site, makePriorityClass } = await findSite(session, cluster, model, namespace, existing, signal);
  return { ...site, priorityClass: site.priorityClass || makePriorityClass !== undefined };
}

/** The site of a pool or a quota, as a submit would find it. */
async function findSettingsSite(session: Session, cluster: Cluster, text: string, signal: AbortSignal): Promise<Site> {
  const nodes = await readNodes(cluster, signal); // what is held may be behind a pool that was submitted just before
  const source = hideSecrets(text, SECRET_MARKER);
  return { ...OFFLINE, prefix: choosePrefix(session, nodes), nodes, annotations: { source } };
}

async function compareObject(
  cluster: Cluster,
  role: Role,
  object: KubeObject,
  built: Built,
  signal: AbortSignal,
): Promise<Compared> {
  const wanted = role === 'main' && isBuiltJob(built) ? mergePatch(object, built.start) : object;
  const live = await cluster.read(refOf(object), { signal });
  if (!live) return { before: undefined, after: wanted };
  // What is kept is never changed, and a Secret is made once.
  if (role === 'kept' || object.kind === 'Secret') return reduced(live, live, naming(object));
  const tried = await complete(cluster, wanted, signal);
  const after = role === 'main' ? withOthersSay(tried.object, live, built) : tried.object;
  return { ...reduced(live, after, wanted), ...(tried.error && { untried: tried.error }) };
}

/**
 * What the cluster would make of an object: its defaults, its way to write quantities. Tried under a name that is free, for an object that is
 * there would refuse a change of what can never change, and would keep what we do not set any more.
 */
async function complete(
  cluster: Cluster,
  object: KubeObject,
  signal: AbortSignal,
): Promise<{ object: KubeObject; error?: GpuctlError }> {
  const { name, namespace } = object.metadata;
  try {
    const trial = { ...object, metadata: { ...object.metadata, name: TRIAL } };
    const { object: made } = await cluster.apply(trial, { dryRun: true, force: true, signal });
    const metadata = { ...made.metadata, name, ...(namespace && { namespace }) };
    return { object: { ...made, metadata } };
  } catch (error) {
    if (signal.aborted) throw error;
    return { object, error: asGpuctlError(error) };
  }
}

/** Whether a job may start, where a queue says so, and how many replicas it has, where an autoscaler says so: that is as it is. */
function withOthersSay(after: KubeObject, live: KubeObject, built: Built): KubeObject {
  if (!isBuiltJob(built)) return after;
  const isScaled = built.owned.some(({ kind }) => kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject');
  const [spec, liveSpec] = [after.spec, live.spec] as [Record<string, unknown>, Record<string, unknown>];
  return {
    ...after,
    spec: {
      ...spec,
      ...('suspend' in spec && { suspend: liveSpec.suspend ?? false }),
      ...((isScaled || isStopped(live)) && liveSpec.replicas !== undefined && { replicas: liveSpec.replicas }),
    },
  };
}

/** What was made for the document before and is not any more. */
async function listObsolete(cluster: Cluster, built: Built, signal: AbortSignal): Promise<KubeObject[]> {
  if (isBuiltJob(built)) {
    const main = await cluster.read(refOf(built.main), { signal });
    return main ? ownedBy(cluster, main, { signal }) : [];
  }
  if (!built.obsolete) return [];
  const { apiVersion, kind } = built.obsolete;
  const found = await cluster.list(built.obsolete, { signal });
  return found.map((object) => ({ ...object, apiVersion, kind }));
}

/** The labels that nodes get or lose, as objects that have nothing else. */
const compareNodes = ({ nodes }: BuiltSettings, site: Site): Sides[] =>
  nodes.map(({ node: name, labels }) => {
    const now = site.nodes.find((node) => node.name === name)?.labels;
    const node = (all: [string, string | null | undefined][]): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: Object.fromEntries(all.filter((one): one is [string, string] => one[1] != null)) },
    });
    const keys = Object.keys(labels);
    return { before: node(keys.map((key) => [key, now?.[key]])), after: node(Object.entries(labels)) };
  });

function reduced(live: KubeObject, after: KubeObject | undefined, wanted: object): Sides {
  return withoutNoise(withoutBookkeeping(live), after && withoutBookkeeping(after), wanted);
}

function withoutBookkeeping(object: KubeObject): KubeObject {
  const { annotations, ownerReferences: _, ...metadata } = object.metadata;
  const rest = Object.entries(annotations ?? {}).filter(
    ([key]) => !LABEL_PREFIXES.some((prefix) => BOOKKEEPING.some((name) => key === `${prefix}/${name}`)),
  );
  return { ...object, metadata: { ...metadata, ...(rest.length && { annotations: Object.fromEntries(rest) }) } };
}

/** What names an object, of which nothing else is wanted. */
const naming = ({ apiVersion, kind, metadata: { name, namespace } }: KubeObject): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace && { namespace }) },
});

const idOf = ({ kind, metadata: { namespace, name } }: KubeObject): string => `${kind} ${namespace} ${name}`;

/** A secret that is another one afterwards shows as a change, though neither value does. */
function markChanged<T>(raw: { before: unknown; after: unknown }, before: unknown, after: T): T {
  if (typeof after === 'string')
    return raw.before !== raw.after && before === after ? ((after + CHANGED_SECRET) as T) : after;
  if (typeof after !== 'object' || after === null || typeof before !== 'object' || before === null) return after;
  const part = (value: unknown, key: string) => (value as Record<string, unknown> | undefined)?.[key];
  const entries = Object.entries(after).map(([key, child]) => [
    key,
    markChanged({ before: part(raw.before, key), after: part(raw.after, key) }, part(before, key), child),
  ]);
  return (Array.isArray(after) ? entries.map(([, child]) => child) : Object.fromEntries(entries)) as T;
}
