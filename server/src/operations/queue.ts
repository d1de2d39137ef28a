import { message } from '../../../l10n/index.ts';
import { queueOf } from '../kinds/manifests/queue.ts';
import type { KubeObject } from '../model/kubeObject.ts';
import { GpuctlError, isForbidden } from './error.ts';
import { isOwnedBy } from './owned.ts';
import { type Cluster, refOf } from './ports.ts';
import { ignoreForbidden } from './priorityClass.ts';

/** Versions of Kueue's API that we can speak, the newest first. */
const VERSIONS = ['kueue.x-k8s.io/v1beta2', 'kueue.x-k8s.io/v1beta1'] as const;

/** The version of Kueue's API to speak, and whether the cluster was seen to serve it: that may not be asked for everywhere. */
export interface Kueue {
  apiVersion: string;
  seen: boolean;
}

/** Kueue in this cluster; `undefined` where it has none. */
export async function findKueue(cluster: Cluster, signal: AbortSignal): Promise<Kueue | undefined> {
  let asked = true;
  for (const apiVersion of VERSIONS) {
    const served = await cluster.resources(apiVersion, { signal }).catch((error) => {
      ignoreForbidden(error);
      asked = false;
    });
    if (served?.includes('localqueues')) return { apiVersion, seen: true };
  }
  return asked ? undefined : { apiVersion: VERSIONS[1], seen: false };
}

/**
 * Tells Kueue to let a training go (`active`), or to leave it alone: it would undo a stop at once. Throws where that may not be told,
 * or where Kueue does not know a job to stop yet. Where the cluster has no Kueue there is nobody to tell.
 */
export async function setActive(
  cluster: Cluster,
  main: KubeObject,
  active: boolean,
  signal: AbortSignal,
): Promise<'changed' | 'was so' | 'nobody to tell'> {
  const kueue = await findKueue(cluster, signal);
  if (!kueue) return 'nobody to tell';
  const { name, namespace = '' } = main.metadata;
  const args = { name, namespace, queue: queueOf(main) ?? '' };
  try {
    const collection = { apiVersion: kueue.apiVersion, kind: 'Workload', namespace };
    const found = await cluster.list(collection, { signal });
    const mine = found.filter((one) => isOwnedBy(one, main));
    if (!active && !mine.length) {
      const hint = { hint: message('queue.not-taken-up.hint'), actions: [{ do: 'retry' as const }] };
      throw new GpuctlError('queue.not-taken-up', message('queue.not-taken-up', args), hint);
    }
    const other = mine.filter(({ spec }) => ((spec as { active?: boolean }).active ?? true) !== active);
    for (const one of other) await cluster.patch(refOf({ ...one, ...collection }), { spec: { active } }, { signal });
    return other.length ? 'changed' : 'was so';
  } catch (error) {
    if (!isForbidden(error)) throw error;
    const say = active ? message('queue.may-not-start', args) : message('queue.may-not-stop', args);
    const { detail } = error as GpuctlError;
    throw new GpuctlError('queue.forbidden', say, {
      hint: message('queue.forbidden.hint', { namespace }),
      ...(detail !== undefined && { detail }),
      status: 403,
    });
  }
}
