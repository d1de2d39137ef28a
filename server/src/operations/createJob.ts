import { type Message, message } from '../../../l10n/index.ts';
import type { BuiltJob } from '../frameworks/framework.ts';
import type { KubeObject } from '../model/kubeObject.ts';
import { GpuctlError } from './error.ts';
import type { Cluster, ObjectRef } from './ports.ts';

/** How long the objects of a deleted run of the same name may take to go, in milliseconds. */
const LEFTOVER_LIMIT = 10_000;
const LEFTOVER_LOOK = 250;

/**
 * Creates what a job was built to, or finishes what an earlier try left (`existing`). Whatever fails, or is called off, takes back what
 * this try has made, also where a lost answer leaves open whether it was made.
 */
export async function createJob(
  cluster: Cluster,
  { main: wanted, owned, kept, start }: BuiltJob,
  existing: KubeObject | undefined,
  warnings: Message[],
  signal: AbortSignal,
): Promise<void> {
  const made: KubeObject[] = [];
  const create = async (object: KubeObject): Promise<KubeObject> => {
    try {
      const written = await cluster.create(object, { signal });
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
    for (const claim of kept) if (!(await cluster.read(refOf(claim), { signal }))) await create(claim);
    const main = existing ?? (await create(wanted));
    const { apiVersion, kind } = wanted;
    const owner = { apiVersion, kind, name: wanted.metadata.name, uid: main.metadata.uid ?? '', controller: true };
    for (const object of owned) {
      const mine = { ...object, metadata: { ...object.metadata, ownerReferences: [owner] } };
      if (await isFree(cluster, mine, owner.uid, signal)) await create(mine);
    }
    await cluster.patch(refOf(wanted), start, { signal });
  } catch (error) {
    for (const object of made.reverse()) {
      const { uid } = object.metadata;
      await cluster.remove(refOf(object), { ...(uid && { uid }), propagation: 'Background' }).catch(() => undefined);
    }
    throw error;
  }
}

/**
 * Whether the name of an owned object can be taken; `false` where this very job has it already. What a deleted run of that name
 * left is about to be collected: it is waited for. What belongs to somebody else stays, and ends the submit.
 */
async function isFree(cluster: Cluster, object: KubeObject, owner: string, signal: AbortSignal): Promise<boolean> {
  const { kind, metadata } = object;
  for (const end = Date.now() + LEFTOVER_LIMIT; ; ) {
    const found = await cluster.read(refOf(object), { signal });
    if (!found) return true;
    if (found.metadata.ownerReferences?.some(({ uid }) => uid === owner)) return false;
    const ours = found.metadata.labels?.['app.kubernetes.io/managed-by'] === 'gpuctl';
    if (!ours || Date.now() > end) {
      const say = ours ? 'submit.leftover' : 'submit.part-taken';
      throw new GpuctlError(say, message(say, { kind, name: metadata.name, namespace: metadata.namespace ?? '' }), {
        hint: message(ours ? 'submit.wait' : 'submit.other-name'),
        actions: ours ? [{ do: 'retry' }] : [],
      });
    }
    await new Promise((resolve) => setTimeout(resolve, LEFTOVER_LOOK));
  }
}

const refOf = ({ apiVersion, kind, metadata }: KubeObject): ObjectRef => ({
  apiVersion,
  kind,
  name: metadata.name,
  ...(metadata.namespace && { namespace: metadata.namespace }),
});
