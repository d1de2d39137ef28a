import { type Message, message } from '../../../../l10n/index.ts';
import type { BuiltJob } from '../../kinds/manifests/built.ts';
import { queueOf } from '../../kinds/manifests/queue.ts';
import { type KubeObject, type LabelPrefix, ourLabel, prefixOf } from '../../model/kubeObject.ts';
import { mergePatch } from '../../model/mergePatch.ts';
import { cancelled, GpuctlError } from '../error.ts';
import { asApplied } from '../fieldOwner.ts';
import { ownedBy } from '../owned.ts';
import { type Cluster, refOf } from '../ports.ts';

/** How long what a deleted job leaves may take to go once its pods have ended, in milliseconds. */
const LEFTOVER_LIMIT = 180_000;
const LEFTOVER_LOOK = 250;

/** Annotation of a main resource of which something is still to be done: `create` until it may start, `change` until its parts fit. */
export const UNFINISHED = 'unfinished';
/** Annotation of a main resource that a person has stopped: how many replicas it had. */
export const STOPPED = 'stopped';

/** KEDA holds a ScaledObject at this number of replicas while it bears the annotation. */
export const KEDA_PAUSED = 'autoscaling.keda.sh/paused-replicas';
/** Whether an object sets the number of replicas by itself. */
export const isScaler = ({ kind }: KubeObject): boolean =>
  kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject';

/** What was begun with a main resource and not finished, because somebody was cut off. */
export const unfinished = ({ metadata }: KubeObject): string | undefined => ourLabel(metadata.annotations, UNFINISHED);

/** Whether a person has stopped it: then a change of it does not start it. */
export const isStopped = ({ metadata }: KubeObject): boolean => ourLabel(metadata.annotations, STOPPED) !== undefined;

/** A write that hits this very object, and nothing else of its name: the server refuses it where that is gone by now. */
export const onlyThis = <T extends object>(change: T, { metadata: { uid } }: KubeObject): T =>
  mergePatch(change, { metadata: { uid } });

const withAnnotation = (object: KubeObject, key: string, value: string): KubeObject =>
  mergePatch(object, { metadata: { annotations: { [key]: value } } });

/**
 * The main resource as a change leaves it: running if it runs, stopped if it is stopped, and with the number of replicas that an
 * autoscaler or a person gave it where the document has not changed that.
 */
export function changedMain(built: BuiltJob, existing: KubeObject, isSame: boolean): KubeObject {
  const { main, start, owned } = built;
  if (unfinished(existing) === 'create') return main;
  const live = existing.spec as { replicas?: number; suspend?: boolean };
  const running = mergePatch(main, start);
  if (main.kind === 'Job') {
    const isHeld = live.suspend && queueOf(existing) === undefined; // the label of a queue would have it started
    return mergePatch(isHeld ? main : running, { spec: { suspend: live.suspend ?? false } });
  }
  if (isStopped(existing)) {
    const after = isSame ? ourLabel(existing.metadata.annotations, STOPPED) : replicasOf(built);
    return stoppedAt(mergePatch(running, { spec: { replicas: 0 } }), prefixOf(existing), after ?? '1');
  }
  const isScaled = owned.some(isScaler);
  return isSame || isScaled ? mergePatch(running, { spec: { replicas: live.replicas ?? 1 } }) : running;
}

/** A job as it is made without being started: a training is suspended as it is, a service remembers how many replicas it is to have. */
export function held(built: BuiltJob, prefix: LabelPrefix): BuiltJob {
  if (built.main.kind === 'Job') return { ...built, start: {} };
  return {
    ...built,
    main: stoppedAt(built.main, prefix, replicasOf(built)),
    owned: built.owned.map((object) =>
      object.kind === 'ScaledObject' ? withAnnotation(object, KEDA_PAUSED, '0') : object,
    ),
    start: {},
  };
}

const replicasOf = ({ start }: BuiltJob): string =>
  String((start as { spec?: { replicas?: number } }).spec?.replicas ?? 1);
const stoppedAt = (main: KubeObject, prefix: LabelPrefix, replicas: string): KubeObject =>
  withAnnotation(main, `${prefix}/${STOPPED}`, replicas);

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
      const name = await nameOf(cluster, object, main.metadata.uid ?? '', signal);
      if (name === 'free') await create(object, () => cluster.apply(object, { signal }));
      if (name === 'nobodys') await cluster.apply(object, { force: true, signal });
    }
    const owners = asApplied(main);
    const letGo = {
      ...built.start,
      metadata: {
        ...(built.start as Partial<KubeObject>).metadata,
        annotations: withoutMark(main),
        ...(owners && { managedFields: owners }),
      },
    };
    await cluster.patch(refOf(main), onlyThis(letGo, main), { signal });
  } catch (error) {
    // Somebody else was faster, and may use the same storage by now.
    const isTaken = error instanceof GpuctlError && error.code === 'connection.exists';
    for (const object of made.reverse()) {
      if (isTaken && object.kind === 'PersistentVolumeClaim') continue;
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
  const wanted = onlyThis(
    withAnnotation(changedMain(built, existing, isSame), `${prefix}/${UNFINISHED}`, 'change'),
    existing,
  );
  const owners = asApplied(existing);
  if (owners)
    await cluster.patch(refOf(existing), onlyThis({ metadata: { managedFields: owners } }, existing), { signal });
  const { object: main } = await cluster.apply(wanted, { force: true, signal });
  const owned = ownedOf(built, main);
  const known = await ownedBy(cluster, main, { signal });
  for (const object of owned) {
    const name = await nameOf(cluster, object, main.metadata.uid ?? '', signal);
    if (object.kind === 'Secret' && name === 'ours') continue; // made once
    await cluster.apply(object, { force: name !== 'free', signal });
  }
  for (const object of known) {
    if (owned.some((one) => isNamesake(one, object))) continue;
    const { uid } = object.metadata;
    await cluster.remove(refOf(object), { ...(uid && { uid }), propagation: 'Background', signal });
  }
  await cluster.patch(refOf(main), onlyThis({ metadata: { annotations: withoutMark(main) } }, main), { signal });
}

/** Deletes a main resource with all that belongs to it, and waits until its name is free. */
export async function removeJob(cluster: Cluster, existing: KubeObject, signal: AbortSignal): Promise<void> {
  const ref = refOf(existing);
  const { uid, name, namespace = '' } = existing.metadata;
  const { template } = existing.spec as { template?: { spec?: { terminationGracePeriodSeconds?: number } } };
  const grace = (template?.spec?.terminationGracePeriodSeconds ?? 0) * 1000;
  await cluster.remove(ref, { ...(uid && { uid }), propagation: 'Foreground', signal });
  for (const end = Date.now() + LEFTOVER_LIMIT + grace; ; ) {
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
 * Who has the name of an owned object: nobody, this very job, or none any more that has an owner. What a deleted run of that name left
 * is about to be collected: it is waited for. What belongs to somebody else stays, and ends the submit.
 */
async function nameOf(
  cluster: Cluster,
  object: KubeObject,
  owner: string,
  signal: AbortSignal,
): Promise<'free' | 'ours' | 'nobodys'> {
  for (const end = Date.now() + LEFTOVER_LIMIT; ; ) {
    const found = await cluster.read(refOf(object), { signal });
    if (!found) return 'free';
    if (found.metadata.ownerReferences?.some(({ uid }) => uid === owner)) return 'ours';
    partTaken(found, object);
    if (isNobodys(found)) return 'nobodys';
    if (Date.now() > end) {
      const { kind, metadata } = object;
      const say = message('submit.leftover', { kind, name: metadata.name, namespace: metadata.namespace ?? '' });
      throw new GpuctlError('submit.leftover', say, { hint: message('submit.wait'), actions: [{ do: 'retry' }] });
    }
    await rest(signal);
  }
}

/** Whether an object of ours has lost its owner, or never had one: applied by hand, or its job was deleted alone. No one will collect it. */
export const isNobodys = ({ metadata: { ownerReferences, deletionTimestamp } }: KubeObject): boolean =>
  !ownerReferences?.length && !deletionTimestamp;

/** The name of a job is taken by what gpuctl did not make. */
export function nameTaken({ kind, metadata: { name, namespace = '' } }: KubeObject): GpuctlError {
  const say = message('submit.name-taken', { name, namespace, kind });
  return new GpuctlError('submit.name-taken', say, { hint: message('submit.other-name') });
}

/** Throws where the name of a part is taken by what gpuctl did not make. */
export function partTaken(found: KubeObject, { kind, metadata: { name, namespace = '' } }: KubeObject): void {
  if (found.metadata.labels?.['app.kubernetes.io/managed-by'] === 'gpuctl') return;
  const say = message('submit.part-taken', { kind, name, namespace });
  throw new GpuctlError('submit.part-taken', say, { hint: message('submit.other-name') });
}

/** A moment, unless it is called off. */
function rest(signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw cancelled();
  return new Promise((resolve) => setTimeout(resolve, LEFTOVER_LOOK));
}
