import { kindWord, type Message, message } from '../../../../l10n/index.ts';
import { MAIN_CONTAINER } from '../../kinds/manifests/pod.ts';
import type { WorkloadRecord } from '../../state/records.ts';
import { describeJob } from '../describeJob.ts';
import { asGpuctlError, GpuctlError } from '../error.ts';
import { type JobTarget, onJob } from '../lifecycle.ts';
import { pause } from '../pause.ts';
import type { Cluster, KubeObject } from '../ports.ts';
import type { Session } from '../session.ts';
import { callJupyter, type JupyterPlace, jsonOf } from './jupyterCalls.ts';
import { logInToJupyter } from './jupyterLogin.ts';
import { listJupyterServers } from './jupyterServers.ts';

/** How the server in a notebook is reached. */
export interface NotebookAccess {
  place: JupyterPlace;
  /** Of the pod: kernels live as long as it does. */
  uid: string;
  /** Where its addresses begin; begins and ends with `/`. */
  path: string;
  /** Empty where it lets everybody in, or only those with a password. */
  token: string;
  /** What a request bears. */
  headers: Readonly<Record<string, string>>;
  needsPassword: boolean;
}

export interface AccessOptions {
  /** Milliseconds that it may take until the server answers. */
  patience?: number;
  /** `host`: as which the server will be asked for; what it gives for a password holds for that alone. */
  password?: { secret: string; host: string };
}

/** What is read of the resources behind a notebook. */
interface PodTemplate {
  spec: { containers: Container[] };
}
interface Container {
  name: string;
  ports?: { containerPort: number }[];
  env?: { name: string; value?: string; valueFrom?: { secretKeyRef?: { name: string; key: string } } }[];
}

const PATIENCE = 120_000;
/** Milliseconds until it is looked again, the first time and at the most; and between two questions that start a program in the job. */
const AGAIN = [250, 2_000] as const;
const ASK_AGAIN = 10_000;
/** Where Jupyter listens if it is not told. */
const PORT = 8888;
/** What is over when a notebook has started. */
const PASSES = /^(notebook\.(starting|no-answer)|forward\.(refused|none|torn)|exec\.(none|torn))$/;

/**
 * How the server in a notebook is reached, asked anew: by the token that gpuctl made, else by what Jupyter tells in the job. Waits until it answers.
 * Throws `notebook.*` where there is no way in.
 */
export async function findAccess(
  session: Session,
  target: JobTarget,
  { patience = PATIENCE, password }: AccessOptions,
  signal: AbortSignal,
): Promise<NotebookAccess> {
  const until = Date.now() + patience;
  const asked = { at: 0 };
  for (let wait: number = AGAIN[0]; ; wait = Math.min(wait * 2, AGAIN[1])) {
    try {
      return await onNotebook(session, target, signal, async (cluster, main, workload) => {
        const access = await lookAt(cluster, main, whyNotYet(session, workload), asked, signal);
        return password && access.needsPassword ? logInToJupyter(cluster, access, password, signal) : access;
      });
    } catch (failure) {
      signal.throwIfAborted();
      const error = asGpuctlError(failure);
      if (!PASSES.test(error.code) || Date.now() + wait > until) throw error;
    }
    await pause(wait, signal);
  }
}

/** Runs with the main resource of a notebook that is not stopped. */
export const onNotebook: typeof onJob = (session, target, signal, run) =>
  onJob(session, target, signal, async (cluster, main, workload) => {
    const { name, namespace, jobKind } = workload;
    if (main.kind !== 'StatefulSet')
      throw new GpuctlError('notebook.kind', message('notebook.kind', { name, kind: kindWord(jobKind) }));
    const { replicas = 1 } = main.spec as { replicas?: number };
    if (replicas === 0) {
      const hint = message('notebook.stopped.hint');
      throw new GpuctlError('notebook.stopped', message('notebook.stopped', { name, namespace }), { hint });
    }
    return run(cluster, main, workload);
  });

/** What it does in place of answering, as far as that is held. */
function whyNotYet({ state, status }: Session, { namespace, name, uid }: WorkloadRecord): Message | undefined {
  const held = state.workload(namespace, name);
  if (held?.uid !== uid || !status.podsKnown) return undefined;
  const described = describeJob(state, held, true);
  return described.phase === 'running' ? undefined : described.state;
}

/** The one pod of a notebook that runs; `undefined` while there is none. */
export async function runningPod(
  cluster: Cluster,
  { namespace = '', name }: KubeObject['metadata'],
  signal: AbortSignal,
): Promise<KubeObject | undefined> {
  const pod = await cluster.read({ apiVersion: 'v1', kind: 'Pod', namespace, name: `${name}-0` }, { signal });
  const isRunning = (pod?.status as { phase?: string } | undefined)?.phase === 'Running';
  return isRunning && !pod?.metadata.deletionTimestamp ? pod : undefined;
}

/** The container of a notebook; older tools name it otherwise. */
export const mainContainer = <T extends { name: string }>(containers: readonly T[]): T | undefined =>
  containers.find(({ name }) => name === MAIN_CONTAINER) ?? containers[0];

async function lookAt(
  cluster: Cluster,
  main: KubeObject,
  whyNot: Message | undefined,
  asked: { at: number },
  signal: AbortSignal,
): Promise<NotebookAccess> {
  const { name, namespace = '' } = main.metadata;
  const pod = await runningPod(cluster, main.metadata, signal);
  if (!pod) {
    const say = whyNot
      ? message('notebook.starting.why', { name, why: whyNot })
      : message('notebook.starting', { name });
    throw new GpuctlError('notebook.starting', say, { actions: [{ do: 'retry' }] });
  }
  const container = mainContainer((pod as unknown as PodTemplate).spec.containers);
  const port = container?.ports?.[0]?.containerPort ?? PORT;
  const place: JupyterPlace = { namespace, name: pod.metadata.name, port, scheme: 'http' };
  const uid = pod.metadata.uid ?? '';
  const usual = { place, uid, path: '/', needsPassword: false };
  const token = container ? await tokenIn(cluster, namespace, container, signal) : '';
  const first = await probe(cluster, usual, token, signal);
  if (first === 'in') return { ...usual, token, headers: headersFor(token) };
  // While nobody answers it may be elsewhere, and mostly it has not started: then no program is started beside it, nor at every look.
  const isAway = PASSES.test(first.code);
  if (isAway && Date.now() - asked.at < ASK_AGAIN) throw first;
  asked.at = Date.now();
  const at = { namespace, name: pod.metadata.name, container: container?.name ?? MAIN_CONTAINER };
  const servers = await listJupyterServers(cluster, at, isAway ? 'files' : 'all', signal);
  const why = first;
  // What one tells that is long gone opens nothing.
  for (const server of servers.toSorted((a, b) => Number(b.port === port) - Number(a.port === port))) {
    const there = { ...usual, place: { ...place, port: server.port, scheme: server.scheme }, path: server.path };
    const answer = await probe(cluster, there, server.token, signal);
    if (answer === 'in') return { ...there, token: server.token, headers: headersFor(server.token) };
    // Nobody answered at this port a moment ago: what refuses now has only begun, and what was read may be of another in the same home folder.
    if (isAway && server.port === port) continue;
    if (answer.code === 'notebook.no-token' && (await wantsPassword(cluster, there, signal)))
      return { ...there, token: '', headers: {}, needsPassword: true };
  }
  throw why;
}

/** Whether a token opens it, or why not. */
async function probe(
  cluster: Cluster,
  { place, path }: Pick<NotebookAccess, 'place' | 'path'>,
  token: string,
  signal: AbortSignal,
): Promise<'in' | GpuctlError> {
  try {
    // Or the question itself would count as something that is done there.
    const asked = `${path}api/status?no_track_activity=1`;
    const answer = await callJupyter(cluster, place, asked, { headers: headersFor(token), signal });
    if (answer.status === 200 && jsonOf<{ started?: unknown }>(answer)?.started !== undefined) return 'in';
    const isRefused = [401, 403].includes(answer.status) || /login/.test(answer.headers.location ?? '');
    const { port } = place;
    return isRefused
      ? new GpuctlError('notebook.no-token', message('notebook.no-token'), { hint: message('notebook.no-token.hint') })
      : new GpuctlError('notebook.not-jupyter', message('notebook.not-jupyter', { port: String(port) }), {
          hint: message('notebook.not-jupyter.hint'),
        });
  } catch (failure) {
    signal.throwIfAborted();
    const error = asGpuctlError(failure);
    if (error.code === 'internal' || error.status === 403) throw error;
    return error;
  }
}

/** Whether its page to log in has a place for a password: what it tells of itself leaves out those that its newer settings name. */
async function wantsPassword(
  cluster: Cluster,
  { place, path }: Pick<NotebookAccess, 'place' | 'path'>,
  signal: AbortSignal,
): Promise<boolean> {
  const { status, text } = await callJupyter(cluster, place, `${path}login`, { signal });
  return status === 200 && /<input[^>]+type=["']?password/i.test(text);
}

const headersFor = (token: string): Record<string, string> => (token ? { authorization: `token ${token}` } : {});

/** The token that the environment of a container sets, as far as one may read it; empty where that is not known. */
async function tokenIn(
  cluster: Cluster,
  namespace: string,
  { env = [] }: Container,
  signal: AbortSignal,
): Promise<string> {
  const entry = env.findLast(({ name }) => name === 'JUPYTER_TOKEN');
  const ref = entry?.valueFrom?.secretKeyRef;
  if (!ref) return entry?.value ?? '';
  try {
    const secret = await cluster.read({ apiVersion: 'v1', kind: 'Secret', namespace, name: ref.name }, { signal });
    return Buffer.from((secret?.data as Record<string, string> | undefined)?.[ref.key] ?? '', 'base64').toString();
  } catch (error) {
    signal.throwIfAborted();
    if (asGpuctlError(error).status === 403) return ''; // Jupyter itself tells it
    throw error;
  }
}
