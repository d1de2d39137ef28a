// A control plane in which many cases of randomCluster.ts stand side by side, and what the real scheduler makes of them.
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Verdict } from '../../server/src/capacity/verdict.ts';
import { createClusters } from '../../server/src/cluster/index.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import { Session } from '../../server/src/operations/session.ts';
import { prepare } from '../../server/src/operations/submit/submit.ts';
import { toQuota } from '../../server/src/state/projectLimits.ts';
import { type ApiClient, collectionOf, until } from './apiClient.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { inParallel } from './kwok.ts';
import { type Case, modelOf } from './randomCluster.ts';
import { FINALIZER, isKept, OTHERS, PRIORITY_CLASSES, RUNTIME_CLASS } from './randomPool.ts';
import type { Outcome } from './schedulerFixtures.ts';

/** A case that has been tried. */
export interface Tried {
  case: Case;
  verdict: Verdict;
  outcome: Outcome;
  /** Nodes of its pods, one for each pod that has one. */
  nodes: string[];
  /** Names of the pods of others that were pushed out. */
  pushedOut: string[];
  /** Why submit itself refused it. */
  refused: string | undefined;
  /** The case as the API server has it, defaults filled in: what a fixture holds. */
  before: Pick<Case, 'nodes' | 'pods' | 'quotas' | 'limitRanges' | 'pools'>;
}

/** Writes at once. */
const WIDTH = 24;
/** Milliseconds between looks at a whole cluster, and for as long as that is waited. */
const PAUSE = 700;
const PATIENCE = 120_000;
/** Codes of errors by which submit says that a job cannot run. */
const REFUSALS = ['connection.quota', 'connection.quota-unspecified', 'submit.no-rack', 'submit.racks-unknown'];
const never = new AbortController().signal;

/** Tries cases, all at once, in a cluster of their own. */
export async function tryCases(cases: readonly Case[]): Promise<Tried[]> {
  const cluster = await startCluster({ nodes: 'none', kwok: true });
  const session = new Session(createClusters(process.env), { onStatus: () => undefined, onState: () => undefined });
  try {
    const api = cluster.api();
    await setUp(api, cases);
    session.configure({ kubeconfig: cluster.kubeconfig, context: 'admin' }, true);
    session.setInterest(true);
    await untilHeld(session, api);
    const before = await readAll(api);
    const verdicts = new Map(cases.map((one) => [one, session.outlook.verdict(modelIn(one))]));
    const submitted = new Map<Case, Submitted>();
    await inParallel(cases.length, WIDTH, async (index) => {
      const one = cases[index] as Case;
      submitted.set(one, await submit(session, one));
    });
    await untilIdle(cluster, api, submitted);
    const after = await readAll(api);
    return cases.map((one) => {
      const { wanted, refused } = submitted.get(one) as Submitted;
      const ours = after.pods.filter(isOf(one));
      const nodes = ours.flatMap(({ spec }) => (spec as { nodeName?: string }).nodeName ?? []);
      const left = new Set(after.pods.map(({ metadata }) => metadata.uid));
      const names = new Set(one.pods.map(({ metadata }) => metadata.name));
      const others = before.pods.filter((pod) => names.has(pod.metadata.name) && !hasEnded(pod));
      const pushedOut = others.filter(({ metadata }) => !left.has(metadata.uid)).map(({ metadata }) => metadata.name);
      const isBound = !refused && nodes.length === wanted;
      return {
        case: one,
        verdict: verdicts.get(one) as Verdict,
        outcome: !isBound ? 'not all bound' : pushedOut.length ? 'bound by preemption' : 'bound',
        nodes,
        pushedOut,
        refused,
        before: partOf(one, before),
      };
    });
  } finally {
    session.dispose();
    await cluster.stop();
  }
}

const slowly = (what: string, ask: () => Promise<boolean | undefined>) => until(what, ask, PATIENCE, PAUSE);

function modelIn({ text }: Case) {
  const model = modelOf(text);
  if (!model) throw new Error(`no job: ${text}`);
  return model;
}

/** Puts everything into the cluster that is there before the jobs. */
async function setUp(api: ApiClient, cases: readonly Case[]): Promise<void> {
  const all = <T>(items: readonly T[], act: (item: T) => Promise<unknown>) =>
    inParallel(items.length, WIDTH, (index) => act(items[index] as T));
  const namespaces = ['gpuctl-system', OTHERS, ...cases.map(({ namespace }) => namespace)];
  await all(namespaces, (name) => api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  await all(PRIORITY_CLASSES, (one) => api.create(one));
  await api.call('POST', '/apis/node.k8s.io/v1/runtimeclasses', RUNTIME_CLASS);
  const nodes = cases.flatMap((one) => one.nodes);
  await all(nodes, (node) => api.create(node));
  await all(
    cases.flatMap(({ quotas, limitRanges, pools }) => [...quotas, ...limitRanges, ...pools]),
    ({ status: _, ...object }) => api.create(object),
  );
  await slowly('service accounts and quotas', async () => {
    const { items: accounts } = await api.get('/api/v1/serviceaccounts?fieldSelector=metadata.name=default');
    const { items: quotas } = await api.get('/api/v1/resourcequotas');
    const isKnown = ({ status }: KubeObject) => (status as { hard?: object }).hard !== undefined;
    return accounts.length >= namespaces.length && quotas.every(isKnown);
  });
  await all(
    cases.flatMap(({ pods }) => pods),
    createPod(api),
  );
  await slowly('nodes and pods as they are to be', async () => {
    const { items: found } = await api.get('/api/v1/nodes');
    const wanted = new Map(nodes.map((node) => [node.metadata.name, node]));
    if (!found.every((node: KubeObject) => isSettled(node, wanted.get(node.metadata.name) as KubeObject))) return false;
    const { items: pods } = await api.get('/api/v1/pods');
    return pods.every((pod: KubeObject) => hasEnded(pod) || !endsAtOnce(pod));
  });
}

/** What limits of the namespace refuse goes elsewhere. */
const createPod =
  (api: ApiClient) =>
  async ({ metadata, spec }: KubeObject): Promise<void> => {
    const { uid: _, deletionTimestamp, ...kept } = metadata;
    let pod = { apiVersion: 'v1', kind: 'Pod', metadata: kept, spec };
    const { status, text } = await api.request('POST', collectionOf(pod), pod);
    if (status === 403 || status === 422) {
      pod = { ...pod, metadata: { ...kept, namespace: OTHERS } };
      await api.create(pod);
    } else if (status >= 300) throw new Error(`${kept.name}: ${text}`);
    if (deletionTimestamp) await api.call('DELETE', `${collectionOf(pod)}/${kept.name}?gracePeriodSeconds=0`);
  };

const endsAtOnce = ({ metadata }: KubeObject) => metadata.annotations?.['gpuctl.test/complete-after'] !== undefined;
const hasEnded = ({ status }: KubeObject): boolean =>
  (status as { phase: string }).phase === 'Succeeded' || (status as { phase: string }).phase === 'Failed';

/** Whether the taints by which the controller says how a node is doing are there, or gone. */
function isSettled(node: KubeObject, wanted: KubeObject): boolean {
  const keys = ((node.spec as { taints?: { key: string }[] }).taints ?? []).map(({ key }) => key);
  const isCordoned = (wanted.spec as { unschedulable?: boolean }).unschedulable === true;
  return (
    keys.some((key) => /not-ready|unreachable/.test(key)) !== isKept(wanted) &&
    keys.includes('node.kubernetes.io/unschedulable') === isCordoned
  );
}

/** Until what the session holds is what the API server has. */
async function untilHeld(session: Session, api: ApiClient): Promise<void> {
  await slowly('the state is held', async () => {
    if (session.status.phase !== 'connected') return false;
    const { state } = session;
    const { nodes, pods, quotas } = await readAll(api);
    const bound = pods.filter((pod) => (pod.spec as { nodeName?: string }).nodeName && !hasEnded(pod)).length;
    const held = [...state.nodes];
    return (
      held.length === nodes.length &&
      nodes.every((node) => state.node(node.metadata.name)?.taints.length === countTaints(node)) &&
      held.reduce((sum, { name }) => sum + state.usageOf(name).pods, 0) === bound &&
      quotas.every((quota) => isDeepStrictEqual(state.quotasIn(quota.metadata.namespace ?? '')[0], toQuota(quota)))
    );
  });
  await sleep(PAUSE);
}

const countTaints = ({ spec }: KubeObject): number =>
  ((spec as { taints?: { effect: string }[] }).taints ?? []).filter(({ effect }) => effect !== 'PreferNoSchedule')
    .length;

type Objects = Tried['before'];
async function readAll(api: ApiClient): Promise<Objects> {
  const list = async (url: string, apiVersion: string, kind: string): Promise<KubeObject[]> =>
    (await api.get(url)).items.map((item: KubeObject) => ({ ...item, apiVersion, kind }));
  const [nodes, pods, quotas, limitRanges, pools] = await Promise.all([
    list('/api/v1/nodes', 'v1', 'Node'),
    list('/api/v1/pods', 'v1', 'Pod'),
    list('/api/v1/resourcequotas', 'v1', 'ResourceQuota'),
    list('/api/v1/limitranges', 'v1', 'LimitRange'),
    list('/api/v1/namespaces/gpuctl-system/configmaps', 'v1', 'ConfigMap'),
  ]);
  return { nodes, pods, quotas, limitRanges, pools } as Objects;
}

function partOf(one: Case, { nodes, pods, quotas, limitRanges, pools }: Objects): Objects {
  const among = (some: readonly KubeObject[]) => {
    const names = new Set(some.map(({ metadata }) => metadata.name));
    return ({ metadata }: KubeObject) => names.has(metadata.name);
  };
  const own = ({ metadata }: KubeObject) => metadata.namespace === one.namespace;
  return {
    nodes: nodes.filter(among(one.nodes)),
    pods: pods.filter(among(one.pods)),
    quotas: quotas.filter(own),
    limitRanges: limitRanges.filter(own),
    pools: pools.filter(among(one.pools)),
  };
}

interface Submitted {
  /** Pods that it should have. */
  wanted: number;
  refused: string | undefined;
}

/** Submits the document of a case as the product does; what it would ask a person is agreed to. */
async function submit(session: Session, { text }: Case): Promise<Submitted> {
  const document = readDocument(text, 'gpuctl');
  if (!document?.model) throw new Error(text);
  const origin = { document, path: undefined, gitCommit: undefined };
  const wanted = modelIn({ text } as Case).demand.pods;
  try {
    await session.use(async (cluster) => (await prepare(session, cluster, origin, never)).carryOut(never));
    return { wanted, refused: undefined };
  } catch (error) {
    if (error instanceof GpuctlError && REFUSALS.includes(error.code)) return { wanted, refused: error.code };
    throw error;
  }
}

const isOf =
  ({ namespace, pods }: Case) =>
  ({ metadata }: KubeObject): boolean =>
    metadata.namespace === namespace && !pods.some((pod) => pod.metadata.name === metadata.name);

/**
 * Until the scheduler has nothing more to do: every pod has a node or was tried, none is to be tried again, and no further attempt is made
 * for a moment. What a quota keeps from being made tells so by an event.
 */
async function untilIdle(cluster: Cluster, api: ApiClient, submitted: ReadonlyMap<Case, Submitted>): Promise<void> {
  let last = '';
  await slowly('the scheduler is idle', async () => {
    const now = await readScheduler(cluster.ports.scheduler);
    if (now.waiting > 0) return false;
    const { items: pods } = (await api.get('/api/v1/pods')) as { items: KubeObject[] };
    const { items: events } = await api.get('/api/v1/events?fieldSelector=reason=FailedCreate');
    const refused = new Set(events.map(({ metadata }: KubeObject) => metadata.namespace));
    const isDone = [...submitted].every(([one, { wanted, refused: isRefused }]) => {
      if (isRefused) return true;
      const ours = pods.filter(isOf(one));
      return (ours.length === wanted || refused.has(one.namespace)) && ours.every(wasTried);
    });
    const isClear = pods.every((pod) => !pod.metadata.deletionTimestamp || isHeld(pod));
    const seen = `${now.attempts} ${pods.length}`;
    const isQuiet = seen === last;
    last = seen;
    return isDone && isClear && isQuiet;
  });
}

const isHeld = ({ metadata }: KubeObject): boolean =>
  (metadata as { finalizers?: string[] }).finalizers?.includes(FINALIZER) === true;

function wasTried({ spec, status }: KubeObject): boolean {
  const { conditions = [] } = status as { conditions?: { type: string; status: string }[] };
  return (
    (spec as { nodeName?: string }).nodeName !== undefined ||
    conditions.some((one) => one.type === 'PodScheduled' && one.status === 'False')
  );
}

/** Pods that the scheduler will look at without a cause from outside, and how often it has tried one. */
async function readScheduler(port: number): Promise<{ waiting: number; attempts: number }> {
  const text = await new Promise<string>((resolve, reject) => {
    // Its certificate is its own.
    const options = { rejectUnauthorized: false };
    https
      .get(`https://127.0.0.1:${port}/metrics`, options, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (piece) => {
          body += piece;
        });
        response.on('end', () => (response.statusCode === 200 ? resolve(body) : reject(new Error(body))));
      })
      .on('error', reject);
  });
  const sum = (line: RegExp) => [...text.matchAll(line)].reduce((total, [, value]) => total + Number(value), 0);
  return {
    waiting: sum(/^scheduler_pending_pods\{queue="(?:active|backoff)"\} (\S+)/gm),
    attempts: sum(/^scheduler_schedule_attempts_total\{[^}]*\} (\S+)/gm),
  };
}
