import { type Message, message } from '../../../../l10n/index.ts';
import type { BuiltJob } from '../../kinds/manifests/built.ts';
import { queueOf, wantedQueue } from '../../kinds/manifests/queue.ts';
import type { Site } from '../../kinds/manifests/site.ts';
import { differences } from '../../model/differences.ts';
import type { KubeObject } from '../../model/kubeObject.ts';
import { GpuctlError } from '../error.ts';
import { isOwnedBy, ownedBy } from '../owned.ts';
import { type Cluster, refOf } from '../ports.ts';
import { changedMain, isNobodys, nameTaken, partTaken } from './applyJob.ts';
import type { PlannedChange } from './plan.ts';

/**
 * How a job comes to be what the document says: made; made to the end, where that was begun; changed where it stands; or the one
 * of that name is deleted and another made.
 */
export type Way = 'create' | 'finish' | 'change' | 'anew';

/** What was built and passed, and what it would change. */
export interface Trial {
  built: BuiltJob;
  site: Site;
  changes: PlannedChange[];
}

interface Trying {
  cluster: Cluster;
  existing: KubeObject | undefined;
  /** Whether the same document was submitted before. */
  isSame: boolean;
  warnings: Message[];
  signal: AbortSignal;
}

/**
 * Has the cluster judge everything before anything exists: the main resource, what it owns, and a pod as it will be made, since quota, security rules
 * and webhooks speak only at pods. Where pods may not be created by hand, that half of the answer is unknown, which is no
 * reason to stop. `immutable`: what differs can never be changed in place.
 */
export async function tryOut(
  build: (site: Site) => BuiltJob,
  site: Site,
  way: Way,
  trying: Trying,
): Promise<Trial | 'immutable'> {
  const built = build(site);
  try {
    const main = await tryMain(built, way, trying);
    if (main === 'immutable') return main;
    if (way !== 'change' || main.fields.some((field) => field.startsWith('spec.template'))) await tryPod(built, trying);
    const [kept, owned] = await Promise.all([planKept(built, trying), planOwned(built, way, trying)]);
    return { built, site, changes: [...kept, main, ...owned] };
  } catch (error) {
    const hasNoClass = error instanceof GpuctlError && /no PriorityClass with name (\S+)/i.exec(error.detail ?? '');
    if (!site.priorityClass || !hasNoClass) throw error;
    const priority = (hasNoClass[1] ?? '').replace(/^gpuctl-/, '');
    trying.warnings.push(message('submit.no-priority', { priority }));
    return tryOut(build, { ...site, priorityClass: false }, way, trying);
  }
}

async function tryMain(built: BuiltJob, way: Way, trying: Trying): Promise<PlannedChange | 'immutable'> {
  const { cluster, existing, isSame, signal } = trying;
  const object = refOf(built.main);
  if (way === 'create') await cluster.create(built.main, { dryRun: true, signal });
  if (way === 'create') return { do: 'create', object, fields: [] };
  if (way === 'finish') return { do: 'change', object, fields: ['spec'] };
  if (way === 'anew' || !existing) {
    await tryInPlace(built, trying);
    return { do: 'replace', object, fields: [] };
  }
  // A queue that has taken up a job does not let go of it by a label.
  const queue = queueOf(existing);
  if (existing.kind === 'Job' && queue !== undefined && queue !== wantedQueue(built.main)) return 'immutable';
  try {
    const wanted = changedMain(built, existing, isSame);
    const { object: changed } = await cluster.apply(wanted, { dryRun: true, force: true, signal });
    const fields = changedFields(existing, changed);
    return { do: fields.length ? 'change' : 'leave', object, fields };
  } catch (error) {
    if (error instanceof GpuctlError && error.code === 'connection.immutable') return 'immutable';
    throw error;
  }
}

/** Tries what takes the place of a job that ended, as `tryOut` does: nothing of the old is deleted before. */
export async function tryNew(built: BuiltJob, trying: Trying): Promise<void> {
  await tryInPlace(built, trying);
  await tryPod(built, trying);
}

/** Of another kind than what it replaces, its own name may be taken, too. */
async function tryInPlace({ main }: BuiltJob, trying: Trying): Promise<void> {
  const { cluster, existing, signal } = trying;
  const there = existing && existing.kind !== main.kind ? await cluster.read(refOf(main), { signal }) : undefined;
  if (there) throw nameTaken(there);
  await besideTheOld(trying, () => cluster.create(unnamed(main), { dryRun: true, signal }));
}

/** Tries a pod as it will be made. Where pods may not be created by hand, that is unknown. */
async function tryPod({ pod }: BuiltJob, trying: Trying): Promise<void> {
  const { cluster, signal } = trying;
  try {
    await besideTheOld(trying, () => cluster.create(unnamed(pod), { dryRun: true, signal }));
  } catch (error) {
    const { code, detail = '' } = error as GpuctlError;
    if (code !== 'connection.forbidden' || !/ pods? |"pods"/.test(detail)) throw error;
  }
}

/** What is there already counts against the quota, and is gone by the time that the new is made: a quota that is full says nothing then. */
async function besideTheOld({ existing, warnings }: Trying, attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if (!existing || !(error instanceof GpuctlError) || error.code !== 'connection.quota') throw error;
    const { name, namespace = '' } = existing.metadata;
    const warning = message('submit.quota-unknown', { name, namespace, reason: error.say });
    if (!warnings.some(({ key }) => key === warning.key)) warnings.push(warning);
  }
}

/** An object under a name that is free: its own may be taken by what it replaces, or by somebody's bare pod. */
function unnamed({ metadata: { name, ...metadata }, ...rest }: KubeObject): KubeObject {
  return { ...rest, metadata: { ...metadata, generateName: `${name}-` } } as unknown as KubeObject;
}

const planKept = ({ kept }: BuiltJob, { cluster, signal }: Trying): Promise<PlannedChange[]> =>
  Promise.all(
    kept.map(async (claim): Promise<PlannedChange> => {
      const object = refOf(claim);
      if (await cluster.read(object, { signal })) return { do: 'leave', object, fields: [] };
      await cluster.create(claim, { dryRun: true, signal });
      return { do: 'create', object, fields: [] };
    }),
  );

/** What happens to the objects beside the main resource. Those of a job that goes are gone by the time that these are made. */
async function planOwned(built: BuiltJob, way: Way, { cluster, existing, signal }: Trying): Promise<PlannedChange[]> {
  const known = existing ? await ownedBy(cluster, existing, { signal }) : [];
  const planned = await Promise.all(
    built.owned.map(async (part): Promise<PlannedChange> => {
      const object = refOf(part);
      const there = await cluster.read(object, { signal });
      const mine = there && existing && isOwnedBy(there, existing) ? there : undefined;
      if (mine && way === 'anew') return { do: 'replace', object, fields: [] };
      if (mine && part.kind === 'Secret') return { do: 'leave', object, fields: [] };
      if (there && !mine) partTaken(there, part);
      if (there && !mine && !isNobodys(there)) return { do: 'replace', object, fields: [] };
      const { object: after } = await cluster.apply(part, { dryRun: true, force: there !== undefined, signal });
      if (!there) return { do: 'create', object, fields: [] };
      const fields = changedFields(there, after);
      return { do: fields.length || !mine ? 'change' : 'leave', object, fields };
    }),
  );
  const gone = known.filter(
    (one) => !built.owned.some((part) => part.kind === one.kind && part.metadata.name === one.metadata.name),
  );
  return [...planned, ...gone.map((one): PlannedChange => ({ do: 'remove', object: refOf(one), fields: [] }))];
}

/** What a write would change, without what every write changes and what only the server writes. */
export const changedFields = (before: KubeObject, after: KubeObject): string[] =>
  differences(comparable(before), comparable(after));

function comparable({ metadata, status: _, apiVersion: __, kind: ___, ...rest }: KubeObject): object {
  const { labels = {}, annotations = {} } = metadata;
  return { metadata: { labels, annotations }, ...rest };
}
