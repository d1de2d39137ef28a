import { type Message, message } from '../../../l10n/index.ts';
import type { BuiltJob } from '../kinds/manifests/built.ts';
import { type KubeObject, type LabelPrefix, ourLabel } from '../model/kubeObject.ts';
import { mergePatch } from '../model/mergePatch.ts';
import { GpuctlError } from './error.ts';
import { asApplied } from './fieldOwner.ts';
import { ownedBy } from './owned.ts';
import { type Cluster, refOf } from './ports.ts';

/** How long what a deleted job leaves may take to go, in milliseconds: its pods have two minutes to write a checkpoint. */
const LEFTOVER_LIMIT = 180_000;
const LEFTOVER_LOOK = 250;

/** Annotation of a main resource of which something is still to be done: `create` until it may start, `change` until its parts fit. */
export const UNFINISHED = 'unfinished';
/** Annotation of a main resource that a person has stopped: how many replicas it had. */
export const STOPPED = 'stopped';

/** What was begun with a main resource and not finished, because somebody was cut off. */
export const unfinished = ({ metadata }: KubeObject): string | undefined => ourLabel(metadata.annotations, UNFINISHED);

/** Whether a person has stopped it: then a change of it does not start it. */
export const isStopped = ({ metadata }: KubeObject): boolean => ourLabel(metadata.annotations, STOPPED) !== undefined;

const withAnnotation = (object: KubeObject, key: string, value: string): KubeObject =>
  mergePatch(object, { metadata: { annotations: { [key]: value } } });

/**
 * The main resource as a change leaves it: running if it runs, stopped if it is stopped, and with the number of replicas that an
 * autoscaler or a person gave it where the document has not changed that.
 */
export function changedMain({ main, start, owned }: BuiltJob, existing: KubeObject, isSame: boolean): KubeObject {
  if (unfinished(existing) === 'create') return main;
  const live = existing.spec as { replicas?: number; suspend?: boolean };
  const running = mergePatch(main, start);
  if (main.kind === 'Job') return mergePatch(running, { spec: { suspend: live.suspend ?? false } });
  const isScaled = owned.some(({ kind }) => kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject');
  return isStopped(existing) || isSame || isScaled
    ? mergePatch(running, { spec: { replicas: live.replicas ?? 1 } })
    : running;
}

interface Applying {
  cluster: Cluster;
  built: BuiltJob;
  prefix: LabelPrefix;
  /** Whether the same document was submitted before: then it says nothing new of the number of replicas. */
  isSame: boolean;
  warnings: Message[];
  signal: AbortSignal;
}

/**
 * Makes what a job was built to, or finishes what an earlier try left. The main resource comes first and cannot start, then what it
 * owns, then it is let go. Whatever fails, or is called off, takes back what this try has made, also where a lost answer leaves open
 * whether it was made; whoever is killed leaves a mark on the main resource, so that the next submit goes on.
 */
export async function createJob(applying: Applying, existing: KubeObject | undefined): Promise<void> {
  const { cluster, built, prefix, warnings, signal } = applying;
  const made: KubeObject[] = [];
  const create = async (object: KubeObject, write: () => Promise<{ object: KubeObject; warnings: string[] }>) => {
    try {
      const written = await write();
      made.push(written.object);
      for (const text of written.warnings) warnings.push(message('submit.cluster-warns', { text }));
      return written.object;
    } catch (error) {
      // Without an answer nobody knows whether it was made. It was not there before.
      const unsure = error instanceof GpuctlError && error.status === undefined;
      const found = unsure ? await cluster.read(refOf(object)).catch(() => undefined) : undefined;
      if (found) made.push(found);
      throw error;
    }
  };
  try {
    await makeKept(applying, (claim) => create(claim, () => cluster.create(claim, { signal })));
    const wanted = withAnnotation(built.main, `${prefix}/${UNFINISHED}`, 'create');
    const main = existing ?? (await create(wanted, () => cluster.create(wanted, { signal })));
    for (const object of ownedOf(built, main)) {
      if (await isFree(cluster, object, main.metadata.uid ?? '', signal))
        await create(object, () => cluster.apply(object, { signal }));
    }
    const owners = asApplied(main);
    const letGo = {
      ...built.start,
      metadata: { annotations: withoutMark(main), ...(owners && { managedFields: owners }) },
    };
    await cluster.patch(refOf(main), letGo, { signal });
  } catch (error) {
    for (const object of made.reverse()) {
      const { uid } = object.metadata;
      await cluster.remove(refOf(object), { ...(uid && { uid }), propagation: 'Background' }).catch(() => undefined);
    }
    throw error;
  }
}

/** Changes a job that is there. Nothing is taken back where it fails: it is marked until all is done, and the next submit goes on. */
export async function changeJob(applying: Applying, existing: KubeObject): Promise<void> {
  const { cluster, built, prefix, isSame, signal } = applying;
  await makeKept(applying, (claim) => cluster.create(claim, { signal }));
  const wanted = withAnnotation(changedMain(built, existing, isSame), `${prefix}/${UNFINISHED}`, 'change');
  const owners = asApplied(existing);
  if (owners) await cluster.patch(refOf(existing), { metadata: { managedFields: owners } }, { signal });
  const { object: main } = await cluster.apply(wanted, { force: true, signal });
  const owned = ownedOf(built, main);
  const known = await ownedBy(cluster, main, { signal });
  for (const object of owned) {
    const free = await isFree(cluster, object, main.metadata.uid ?? '', signal);
    if (object.kind === 'Secret' && !free) continue; // made once
    await cluster.apply(object, { force: !free, signal });
  }
  for (const object of known) {
    if (owned.some((one) => isNamesake(one, object))) continue;
    const { uid } = object.metadata;
    await cluster.remove(refOf(object), { ...(uid && { uid }), propagation: 'Background', signal });
  }
  await cluster.patch(refOf(main), { metadata: { annotations: withoutMark(main) } }, { signal });
}

/** Deletes a main resource with all that belongs to it, and waits until its name is free. */
export async function removeJob(cluster: Cluster, existing: KubeObject, signal: AbortSignal): Promise<void> {
  const ref = refOf(existing);
  const { uid, name, namespace = '' } = existing.metadata;
  await cluster.remove(ref, { ...(uid && { uid }), propagation: 'Foreground', signal });
  for (const end = Date.now() + LEFTOVER_LIMIT; ; ) {
    const found = await cluster.read(ref, { signal });
    if (!found || found.metadata.uid !== uid) return;
    if (Date.now() > end) {
      const say = message('submit.being-deleted', { name, namespace });
      throw new GpuctlError('submit.being-deleted', say, { actions: [{ do: 'retry' }] });
    }
    await rest(signal);
  }
}

async function makeKept({ cluster, built, signal }: Applying, create: (claim: KubeObject) => Promise<unknown>) {
  for (const claim of built.kept) if (!(await cluster.read(refOf(claim), { signal }))) await create(claim);
}

const isNamesake = (one: KubeObject, other: KubeObject): boolean =>
  one.kind === other.kind && one.metadata.name === other.metadata.name;

const withoutMark = ({ metadata }: KubeObject): Record<string, null> =>
  Object.fromEntries(
    Object.keys(metadata.annotations ?? {})
      .filter((key) => key.endsWith(`/${UNFINISHED}`))
      .map((key) => [key, null]),
  );

/** What a main resource owns, with its owner. */
function ownedOf({ owned }: BuiltJob, { apiVersion, kind, metadata: { name, uid = '' } }: KubeObject): KubeObject[] {
  const owner = { apiVersion, kind, name, uid, controller: true };
  return owned.map((object) => ({ ...object, metadata: { ...object.metadata, ownerReferences: [owner] } }));
}

/**
 * Whether the name of an owned object can be taken; `false` where this very job has it already. What a deleted run of that name
 * left is about to be collected: it is waited for. What belongs to somebody else stays, and ends the submit.
 */
async function isFree(cluster: Cluster, object: KubeObject, owner: string, signal: AbortSignal): Promise<boolean> {
  for (const end = Date.now() + LEFTOVER_LIMIT; ; ) {
    const found = await cluster.read(refOf(object), { signal });
    if (!found) return true;
    if (found.metadata.ownerReferences?.some(({ uid }) => uid === owner)) return false;
    partTaken(found, object);
    if (Date.now() > end) {
      const { kind, metadata } = object;
      const say = message('submit.leftover', { kind, name: metadata.name, namespace: metadata.namespace ?? '' });
      throw new GpuctlError('submit.leftover', say, { hint: message('submit.wait'), actions: [{ do: 'retry' }] });
    }
    await rest(signal);
  }
}

/** Throws where the name of a part is taken by what gpuctl did not make. */
export function partTaken(found: KubeObject, { kind, metadata: { name, namespace = '' } }: KubeObject): void {
  if (found.metadata.labels?.['app.kubernetes.io/managed-by'] === 'gpuctl') return;
  const say = message('submit.part-taken', { kind, name, namespace });
  throw new GpuctlError('submit.part-taken', say, { hint: message('submit.other-name') });
}

/** A moment, unless it is called off. */
function rest(signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw new GpuctlError('cancelled', message('connection.cancelled'));
  return new Promise((resolve) => setTimeout(resolve, LEFTOVER_LOOK));
}
