import type { JobDto, JobRef, JobsDto } from '../../../../server/src/protocol.ts';
import type { Texts } from '../../infrastructure/texts.ts';

/** A notebook as a server in the kernel picker. */
export interface ListedServer {
  id: string;
  label: string;
}

export const isNotebook = ({ kind }: JobDto): boolean => kind === 'notebook';
/** Running, or on the way to it. */
export const isUp = (job: JobDto): boolean => isNotebook(job) && (job.phase === 'running' || job.phase === 'waiting');

/**
 * The person's notebooks that run; all of them where the cluster does not say whose they are. One of another namespace than the window's says where it
 * is.
 */
export function listServers(
  { jobs, me }: JobsDto,
  { context, namespace }: { context: string; namespace: string | undefined },
  { t }: Texts,
): ListedServer[] {
  return jobs
    .filter((job) => isNotebook(job) && job.phase === 'running' && (job.mine || me === undefined))
    .map(({ ref }) => ({
      id: serverId(context, ref),
      label: ref.namespace === namespace ? ref.name : t('ui.notebook.server', { ...ref }),
    }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** Stays the same over restarts of the notebook, of the editor and of the way there: files remember it. */
export const serverId = (context: string, { namespace, name }: JobRef): string =>
  [context, namespace, name].map(encodeURIComponent).join('/');

/** The notebook behind an id of ours; `undefined` where it is none. */
export function jobOf(id: string): { job: JobRef; context: string } | undefined {
  const [context, namespace, name, more] = id.split('/').map(decodeURIComponent);
  return context !== undefined && namespace && name && more === undefined
    ? { job: { namespace, name }, context }
    : undefined;
}

/** Which run of a notebook it is, as long as its kernels live; `undefined` where it does not run. */
export function runOf({ phase, pods }: JobDto): string | undefined {
  const pod = phase === 'running' ? pods.find((one) => one.phase === 'running') : undefined;
  return pod?.startedAt && `${pod.startedAt}/${pod.restarts}`;
}
