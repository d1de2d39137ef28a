import type { JobTarget } from '../lifecycle.ts';
import type { Session } from '../session.ts';
import type { NotebookActivity } from './activities.ts';
import { callJupyter, jsonOf } from './jupyterCalls.ts';
import { findAccess, type NotebookAccess } from './notebooks.ts';

/** Milliseconds that all of it may take. */
const PATIENCE = 15_000;

/** Ways in that are known, by the uid of the pod; a server that was started again may want another. */
const known = new WeakMap<Session, Map<string, NotebookAccess>>();

/** Asks a notebook's own server what it does; being asked counts as nothing done. Throws what `findAccess` throws. */
export async function fetchActivity(
  session: Session,
  target: JobTarget,
  signal: AbortSignal,
): Promise<NotebookActivity | undefined> {
  const ends = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  const ways = known.get(session) ?? new Map<string, NotebookAccess>();
  known.set(session, ways);
  const { namespace, name } = target.job;
  const key = `${target.context ?? ''}/${namespace}/${name}`;
  for (const isNew of ways.has(key) ? [false, true] : [true]) {
    const access = isNew ? await findAccess(session, target, { patience: 0 }, ends) : ways.get(key);
    if (!access || access.needsPassword) return undefined;
    ways.set(key, access);
    const answer = await session
      .use((cluster) => ask(cluster, access, ends))
      .catch((error) => {
        if (isNew) throw error;
      });
    if (answer) return answer;
    ways.delete(key);
  }
  return undefined;
}

async function ask(
  cluster: Parameters<typeof callJupyter>[0],
  { place, path, headers }: NotebookAccess,
  signal: AbortSignal,
): Promise<NotebookActivity | undefined> {
  const get = (what: string) =>
    callJupyter(cluster, place, `${path}api/${what}?no_track_activity=1`, { headers, signal });
  const [kernels, status] = await Promise.all([get('kernels'), get('status')]);
  if (kernels.status !== 200 || status.status !== 200) return undefined;
  return readActivity(jsonOf(kernels), jsonOf(status));
}

/** What `/api/kernels` and `/api/status` say together. */
export function readActivity(kernels: unknown, status: unknown): NotebookActivity | undefined {
  if (!Array.isArray(kernels)) return undefined;
  const all = kernels as { execution_state?: unknown; last_activity?: unknown }[];
  const moments = [(status as { last_activity?: unknown } | undefined)?.last_activity]
    .concat(all.map((one) => one.last_activity))
    .flatMap((one) => (typeof one === 'string' && Number.isFinite(Date.parse(one)) ? [Date.parse(one)] : []));
  return {
    kernels: all.length,
    busy: all.filter((one) => one.execution_state === 'busy').length,
    lastActivity: moments.length ? new Date(Math.max(...moments)).toISOString() : undefined,
  };
}
