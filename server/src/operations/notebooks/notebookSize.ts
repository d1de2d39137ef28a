import { type Message, message } from '../../../../l10n/index.ts';
import { sharedMemoryBytes } from '../../kinds/job.ts';
import { DEFAULT_ACCELERATOR, isAccelerator } from '../../model/accelerators.ts';
import { toBytes, toMillicores } from '../../model/quantity.ts';
import { asGpuctlError, GpuctlError } from '../error.ts';
import { type JobTarget, onJob, start, stop } from '../lifecycle.ts';
import { pause } from '../pause.ts';
import { type Cluster, type KubeObject, type ObjectRef, refOf } from '../ports.ts';
import type { Session } from '../session.ts';
import { mainContainer, runningPod } from './notebooks.ts';

type Quantities = Record<string, string | number>;
interface Resources {
  limits?: Quantities;
  requests?: Quantities;
}
interface Container {
  name: string;
  resources?: Resources;
}
interface PodSpec {
  containers: Container[];
  volumes?: { name: string; emptyDir?: { medium?: string; sizeLimit?: string } }[];
}
interface PodStatus {
  containerStatuses?: Container[];
  conditions?: { type: string; status: string; reason?: string; message?: string }[];
}

/** Quantities as Kubernetes writes them, and whole GPUs. */
export interface NotebookAmounts {
  cpu: string | undefined;
  memory: string | undefined;
  gpus: number;
}

/** What a notebook has, and has from the next start on. */
export interface NotebookSize {
  next: NotebookAmounts;
  /** `undefined` where it does not run. */
  now: NotebookAmounts | undefined;
  resizing: { is: 'going' | 'waiting' | 'refused'; say: Message } | undefined;
}

export interface Resized {
  how: 'asked' | 'restarted' | 'next-start' | 'same';
  why?: Message;
}

/** Milliseconds that the cluster may take to begin to end a pod, and between two looks at it. */
const PATIENCE = 30_000;
const LOOK = 200;
const IN_PLACE = ['cpu', 'memory'] as const;

/** Reads what a notebook has, and what becomes of a change of it. */
export function readSize(session: Session, target: JobTarget, signal: AbortSignal): Promise<NotebookSize> {
  return onJob(session, target, signal, async (cluster, main) => {
    const pod = await runningPod(cluster, main.metadata, signal);
    const template = mainContainer(templateOf(main).containers);
    return { next: amountsOf(template?.resources), now: pod && nowOf(pod), resizing: pod && resizingOf(pod) };
  });
}

/**
 * Changes what a notebook may use, and keeps that for its next start. CPU and memory change while it runs where the cluster can do that; another
 * number of GPUs starts it again, and its kernels are gone. Throws where nothing was changed.
 */
export function resize(
  session: Session,
  target: JobTarget,
  wanted: { cpu?: string; memory?: string; gpus?: number },
  signal: AbortSignal,
): Promise<Resized> {
  return onJob(session, target, signal, async (cluster, main) => {
    const { name } = main.metadata;
    if (main.kind !== 'StatefulSet') throw new GpuctlError('notebook.kind', message('notebook.resize.kind', { name }));
    const template = mainContainer(templateOf(main).containers);
    const before = amountsOf(template?.resources);
    if (before.gpus === 0 && (wanted.gpus ?? 0) > 0) {
      const hint = message('notebook.resize.first-gpu.hint');
      throw new GpuctlError('notebook.first-gpu', message('notebook.resize.first-gpu', { name }), { hint });
    }
    const changes = toChanges(template?.resources, wanted);
    const pod = await runningPod(cluster, main.metadata, signal);
    const now = pod && mainContainer((pod.spec as unknown as PodSpec).containers)?.resources;
    const isSame = (resources: Resources | undefined, changes: Quantities) =>
      Object.entries(changes).every(([key, value]) => sameAmount(key, resources?.limits?.[key], value));
    if (isSame(template?.resources, changes) && (!now || isSame(now, changes))) return { how: 'same' };
    const keep = (dryRun: boolean) => patchTemplate(cluster, refOf(main), changes, dryRun, signal);
    await keep(true);
    if (wanted.gpus !== undefined && wanted.gpus !== before.gpus) {
      await keep(false);
      if (!pod) return { how: 'next-start' };
      await startAgain(session, target, cluster, pod, signal);
      return { how: 'restarted' };
    }
    const resized: Resized = pod ? await resizePod(cluster, pod, changes, signal) : { how: 'next-start' };
    await keep(false);
    return resized;
  });
}

/** As a person would: whatever breaks in between leaves a notebook that is stopped, and can be started. */
async function startAgain(
  session: Session,
  target: JobTarget,
  cluster: Cluster,
  { metadata: { uid, namespace = '', name } }: KubeObject,
  signal: AbortSignal,
): Promise<void> {
  await stop(session, target, signal);
  // From here on it is carried through, also where nobody waits any more.
  const patience = AbortSignal.timeout(PATIENCE);
  try {
    for (;;) {
      const pod = await cluster.read({ apiVersion: 'v1', kind: 'Pod', namespace, name }, { signal: patience });
      if (pod?.metadata.uid !== uid || pod?.metadata.deletionTimestamp) break;
      await pause(LOOK, patience);
    }
    await start(session, target, AbortSignal.timeout(PATIENCE));
  } catch (error) {
    const { detail = '' } = asGpuctlError(error);
    throw new GpuctlError('notebook.resize.stopped', message('notebook.resize.stopped', { name: target.job.name }), {
      hint: message('notebook.resize.stopped.hint'),
      ...(detail && { detail }),
    });
  }
}

const templateOf = (main: KubeObject): PodSpec =>
  (main.spec as { template?: { spec?: PodSpec } } | undefined)?.template?.spec ?? { containers: [] };

function amountsOf({ limits = {}, requests = {} }: Resources = {}): NotebookAmounts {
  const amount = (key: string) => limits[key] ?? requests[key];
  const text = (key: string) => {
    const value = amount(key);
    return value === undefined ? undefined : String(value);
  };
  const gpus = Number(amount(acceleratorOf(limits)) ?? 0);
  return { cpu: text('cpu'), memory: text('memory'), gpus };
}

const acceleratorOf = (limits: Quantities): string => Object.keys(limits).find(isAccelerator) ?? DEFAULT_ACCELERATOR;

/** What the node has given; where it does not say, what it was asked for. */
function nowOf({ spec, status }: KubeObject): NotebookAmounts {
  const asked = mainContainer((spec as unknown as PodSpec).containers);
  const given = (status as PodStatus).containerStatuses?.find(({ name }) => name === asked?.name)?.resources;
  const gpus = amountsOf(asked?.resources).gpus;
  return { ...amountsOf(given?.limits || given?.requests ? given : asked?.resources), gpus };
}

/** Kubernetes 1.33 and later tell of it by conditions; before they stand there, what was asked for differs from what was given. */
function resizingOf(pod: KubeObject): NotebookSize['resizing'] {
  const { conditions = [], containerStatuses = [] } = pod.status as PodStatus;
  const condition = (type: string) => conditions.find((one) => one.type === type && one.status === 'True');
  const pending = condition('PodResizePending');
  const going = condition('PodResizeInProgress');
  const raw = (pending ?? going)?.message ?? '';
  if (pending?.reason === 'Infeasible') return { is: 'refused', say: message('notebook.resize.never', { raw }) };
  if (pending) return { is: 'waiting', say: message('notebook.resize.waiting', { raw }) };
  if (going?.reason === 'Error') return { is: 'refused', say: message('notebook.resize.failed', { raw }) };
  if (going) return { is: 'going', say: message('notebook.resize.going') };
  const asked = mainContainer((pod.spec as unknown as PodSpec).containers);
  const given = containerStatuses.find(({ name }) => name === asked?.name)?.resources;
  const differs = IN_PLACE.some((key) => {
    const [want, have] = [asked?.resources?.limits?.[key], given?.limits?.[key]];
    return want !== undefined && have !== undefined && !sameAmount(key, want, have);
  });
  return differs ? { is: 'going', say: message('notebook.resize.going') } : undefined;
}

/** Limits that are to be, by the names of the cluster. */
function toChanges(
  { limits = {} }: Resources = {},
  { cpu, memory, gpus }: { cpu?: string; memory?: string; gpus?: number },
): Quantities {
  if (cpu !== undefined && !((toMillicores(cpu) ?? 0) > 0))
    throw new GpuctlError('notebook.bad-amount', message('notebook.resize.bad', { text: cpu }));
  if (memory !== undefined && !((toBytes(memory) ?? 0) >= 2 ** 20))
    throw new GpuctlError('notebook.bad-amount', message('notebook.resize.bad', { text: memory }));
  return {
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
    ...(gpus !== undefined && { [acceleratorOf(limits)]: gpus }),
  };
}

function sameAmount(key: string, a: string | number | undefined, b: string | number): boolean {
  return key === 'cpu' ? toMillicores(a) === toMillicores(b) : toBytes(a) === toBytes(b);
}

/** Requests follow their limits where both stand there, so that the class of the pod stays what it is. */
function withAmounts({ limits = {}, requests }: Resources = {}, changes: Quantities): Resources {
  const asked = Object.entries(changes).filter(([key]) => requests?.[key] !== undefined);
  return {
    limits: { ...limits, ...changes },
    ...(requests && { requests: { ...requests, ...Object.fromEntries(asked) } }),
  };
}

/** A list is replaced as a whole, so whoever changes it at the same moment wins: `resourceVersion`. */
async function patchTemplate(
  cluster: Cluster,
  ref: ObjectRef,
  changes: Quantities,
  dryRun: boolean,
  signal: AbortSignal,
): Promise<void> {
  const main = await cluster.read(ref, { signal });
  const { name, namespace = '' } = ref;
  if (!main) throw new GpuctlError('job.gone', message('delete.gone', { name, namespace }));
  const spec = templateOf(main);
  const target = mainContainer(spec.containers);
  const containers = spec.containers.map((one) =>
    one === target ? { ...one, resources: withAmounts(one.resources, changes) } : one,
  );
  const memoryBytes = toBytes(changes.memory);
  const shared = memoryBytes === undefined ? 0 : sharedMemoryBytes({ demand: { memoryBytes } });
  const volumes = spec.volumes?.map((one) =>
    one.name === 'shm' && one.emptyDir ? { ...one, emptyDir: { ...one.emptyDir, sizeLimit: String(shared) } } : one,
  );
  const template = { spec: { containers, ...(volumes && shared && { volumes }) } };
  const { resourceVersion } = main.metadata as { resourceVersion?: string };
  // One that was not made by us would be started again by the change itself.
  const updateStrategy = { type: 'OnDelete', rollingUpdate: null };
  await cluster.patch(ref, { metadata: { resourceVersion }, spec: { template, updateStrategy } }, { dryRun, signal });
}

/** Asks the node for another size of what runs. */
async function resizePod(
  cluster: Cluster,
  pod: KubeObject,
  changes: Quantities,
  signal: AbortSignal,
): Promise<Resized> {
  const spec = pod.spec as unknown as PodSpec;
  const target = mainContainer(spec.containers);
  const later = (why: Message): Resized => ({ how: 'next-start', why });
  const served = await cluster.resources('v1', { signal });
  if (!served?.includes('pods/resize')) return later(message('notebook.resize.unserved'));
  // What has no limit cannot get one while it runs: the class of the pod would be another.
  if (Object.keys(changes).some((key) => target?.resources?.limits?.[key] === undefined))
    return later(message('notebook.resize.no-limit'));
  const containers = spec.containers.map((one) =>
    one === target ? { ...one, resources: withAmounts(one.resources, changes) } : one,
  );
  const { resourceVersion } = pod.metadata as { resourceVersion?: string };
  const ref: ObjectRef = refOf(pod);
  try {
    await cluster.patch(
      ref,
      { metadata: { resourceVersion }, spec: { containers } },
      { subresource: 'resize', signal },
    );
    return { how: 'asked' };
  } catch (failure) {
    const error = asGpuctlError(failure);
    const { detail = '' } = error;
    if (/enough allocatable/.test(detail)) {
      const hint = message('notebook.resize.too-much.hint');
      throw new GpuctlError('notebook.too-much', message('notebook.resize.too-much'), { hint, detail });
    }
    // Enough may be allowed in place to keep it for the next start.
    if (error.status === 403) return later(error.say);
    if (error.status === 422) return later(message('notebook.resize.not-here', { raw: detail }));
    throw error;
  }
}
