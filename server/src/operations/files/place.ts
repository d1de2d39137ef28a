import { createHash } from 'node:crypto';
import { message } from '../../../../l10n/index.ts';
import { MAIN_CONTAINER } from '../../kinds/manifests/pod.ts';
import { toWorkload } from '../../state/project.ts';
import type { PodRecord } from '../../state/records.ts';
import { GpuctlError } from '../error.ts';
import { JobWatch } from '../jobWatch.ts';
import { findMain } from '../mainResource.ts';
import type { Cluster, KubeObject } from '../ports.ts';
import { failureOf, type Place, runScript } from './shell.ts';

/** Whose files are meant. */
export interface PlaceAsked {
  job: { namespace: string; name: string };
  /** One of its pods by name; else the one of a rank; else the first that runs. */
  pod?: string | undefined;
  rank?: number | undefined;
  /** Context in which the person saw the job; another one by now is refused. */
  context?: string | undefined;
  /** The same as the first eight digits of its SHA-256. */
  cluster?: string | undefined;
}

/** A container that runs, and the folders of the job in it. */
export interface FoundPlace extends Place {
  rank: number | undefined;
  /** Tells this run of the container from another one. */
  instance: string;
  /** The job's working folders, the first of which is where it works; never empty. */
  folders: string[];
}

interface ContainerSpec {
  name: string;
  workingDir?: string;
  volumeMounts?: { name: string; mountPath: string }[];
}

/** Finds a part of a job that runs. Throws `files.not-running`, `job.gone`, `job.other-cluster`. */
export async function findPlace(cluster: Cluster, asked: PlaceAsked, signal: AbortSignal): Promise<FoundPlace> {
  const { job, context } = asked;
  const now = cluster.context.context;
  if (context !== undefined && context !== now)
    throw new GpuctlError('job.other-cluster', message('lifecycle.other-cluster', { name: job.name, context, now }));
  const hash = createHash('sha256').update(now).digest('hex').slice(0, 8);
  if (asked.cluster !== undefined && asked.cluster !== hash)
    throw new GpuctlError('job.other-cluster', message('files.elsewhere', { name: job.name, now }), {
      actions: [{ do: 'selectTarget' }],
    });
  const found = await findPod(cluster, asked, signal);
  const { name, namespace = job.namespace } = found.object.metadata;
  const containers = (found.object.spec as { containers?: ContainerSpec[] }).containers ?? [];
  const container = containers.find((one) => one.name === MAIN_CONTAINER) ?? containers[0];
  if (!container) throw notRunning(job.name);
  const place = { cluster, pod: { namespace, name }, container: container.name };
  return {
    ...place,
    rank: found.rank,
    instance: instanceOf(found.object, container.name),
    folders: await foldersOf(place, container, signal),
  };
}

async function findPod(
  cluster: Cluster,
  { job, pod, rank }: PlaceAsked,
  signal: AbortSignal,
): Promise<{ object: KubeObject; rank: number | undefined }> {
  const read = (name: string) =>
    cluster.read({ apiVersion: 'v1', kind: 'Pod', namespace: job.namespace, name }, { signal });
  if (pod !== undefined) {
    const object = await read(pod);
    if (!object || !isRunning(object)) throw notRunning(job.name);
    return { object, rank };
  }
  const main = await findMain(cluster, job.namespace, job.name, signal);
  const workload = main && toWorkload(main);
  if (!main || !workload) throw new GpuctlError('job.gone', message('job.none', { ...job }));
  const watch = new JobWatch(cluster, main.apiVersion, workload);
  const pods = await watch.listPods(signal).finally(() => watch.dispose());
  const running = pods.filter(
    (one) => one.phase === 'Running' && !one.terminating && (rank === undefined || one.rank === rank),
  );
  const [first] = running.toSorted(byRank);
  const object = first && (await read(first.name));
  if (!first || !object || !isRunning(object)) throw notRunning(job.name);
  return { object, rank: first.rank };
}

const byRank = (a: PodRecord, b: PodRecord): number => (a.rank ?? 0) - (b.rank ?? 0) || a.name.localeCompare(b.name);

function instanceOf({ metadata, status }: KubeObject, container: string): string {
  const { containerStatuses = [] } = (status ?? {}) as { containerStatuses?: { name: string; containerID?: string }[] };
  return [metadata.uid, containerStatuses.find(({ name }) => name === container)?.containerID ?? ''].join('/');
}

function isRunning({ status, metadata }: KubeObject): boolean {
  return (status as { phase?: string } | undefined)?.phase === 'Running' && !metadata.deletionTimestamp;
}

const notRunning = (name: string): GpuctlError =>
  new GpuctlError('files.not-running', message('files.not-running', { name }), { actions: [{ do: 'retry' }] });

/** Where the job keeps its files: what its document calls working folders, else where it works. */
async function foldersOf(place: Place, container: ContainerSpec, signal: AbortSignal): Promise<string[]> {
  const mounts = (container.volumeMounts ?? []).filter(({ name }) => /^workdir-\d+$/.test(name));
  const works = container.workingDir;
  const folders = [...(works ? [works] : []), ...mounts.map(({ mountPath }) => mountPath)];
  if (folders.length) return [...new Set(folders.map((one) => one.replace(/(?<=.)\/+$/, '')))];
  const result = await runScript(place, { script: 'pwd', signal });
  const cwd = result.stdout.toString().trim();
  if (result.code || !cwd.startsWith('/')) throw failureOf(result, '/');
  return [cwd];
}
