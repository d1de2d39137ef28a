import { type Message, message } from '../../../../l10n/index.ts';
import { holdersOf } from '../../capacity/holders.ts';
import { countByType, type GpuCount, type NodeCapacity, poolCapacities } from '../../capacity/pools.ts';
import { toResource } from '../../capacity/quotas.ts';
import { bareAmount, resourceWord } from '../../capacity/words.ts';
import { isAccelerator } from '../../model/accelerators.ts';
import type { GpuCountDto, NodeDto, PoolInUseDto, PoolsDto, QuotaDto, QuotaLimitDto } from '../../protocol.ts';
import type { ClusterState } from '../../state/clusterState.ts';
import type { QuotaRecord } from '../../state/records.ts';
import { POOL_RIGHTS, resourceOf } from '../gestures.ts';
import type { Session } from '../session.ts';
import type { Say } from '../views.ts';

type Holder = NodeDto['holders'][number];

/** All pools with their nodes; what is not known is said, not counted. */
export function toPoolsDto(session: Session, say: Say): PoolsDto {
  const { capacityUnknown, phase, podsKnown } = session.status;
  const { state } = session;
  if (!state.hasNodes) return { pools: [], ...(capacityUnknown && { unknown: say(capacityUnknown) }) };
  return {
    pools: poolCapacities(state).map(({ pool, gpus, nodes }) => {
      const known = pool === undefined ? undefined : state.pool(pool);
      const rackLabel = known?.site.rackLabel;
      return {
        name: pool ?? '',
        gpus: toCounts(gpus, podsKnown),
        nodes: nodes.map((node) => toNodeDto(state, node, rackLabel, podsKnown)),
        ...(known?.description && { description: known.description }),
      };
    }),
    ...(capacityUnknown && phase === 'connected' && { unknown: say(capacityUnknown) }),
  };
}

/** What stands beside the pools: the quotas of the window's namespace, and why nodes may not be moved. */
export function besidePools(session: Session, say: Say): Pick<PoolsDto, 'quotas' | 'refused'> {
  const { rights, state, namespace, status } = session;
  const quotas = state.quotasIn(namespace).map((quota) => toQuotaDto(quota, say));
  const hasDocuments = !state.pools[Symbol.iterator]().next().done;
  // Nothing is made: where a pool has a document, that is changed along with the nodes.
  const needed = POOL_RIGHTS.filter(({ verb, resource }) => verb === 'patch' && (resource === 'nodes' || hasDocuments));
  const lacking = rights.lacking(needed);
  const cluster = status.target?.cluster ?? '';
  return {
    ...(quotas.length && { quotas: quotas.sort((a, b) => a.name.localeCompare(b.name)) }),
    ...(lacking && {
      refused: say(message('access.may-not-move', { cluster, verb: lacking.verb, resource: resourceOf(lacking) })),
    }),
  };
}

/** Where not all pods are seen, only what the nodes themselves tell is known. */
const toCounts = (gpus: GpuCount[], podsKnown: boolean): GpuCountDto[] =>
  podsKnown
    ? gpus
    : gpus.map(({ type, total, unavailable, unhealthy }) => ({
        type,
        total,
        unavailable,
        ...(unhealthy && { unhealthy }),
      }));

function toNodeDto(
  state: ClusterState,
  capacity: NodeCapacity,
  rackLabel: string | undefined,
  podsKnown: boolean,
): NodeDto {
  const { node, usable } = capacity;
  const { ready, cordoned } = node;
  const rack = rackLabel && node.labels[rackLabel];
  return {
    name: node.name,
    ready,
    cordoned,
    ...(ready && !cordoned && !usable && { closed: true }),
    gpus: toCounts(countByType([capacity]), podsKnown),
    holders: podsKnown ? gpuHoldersOf(state, node.name) : [],
    ...(rack && { rack }),
  };
}

/** Jobs that hold GPUs of a node, most first. */
const gpuHoldersOf = (state: ClusterState, node: string): NodeDto['holders'] =>
  holdersOf(state, state.podsOn(node))
    .filter(({ gpus }) => gpus > 0)
    .map(({ job, namespace, gpus, since }) => ({
      job,
      namespace,
      gpus,
      ...(since && { since }),
      ...otherOf(state, node, namespace, job),
    }));

/** A pod of nobody's job bears its own name here. */
function otherOf(state: ClusterState, node: string, namespace: string, job: string): Pick<Holder, 'other'> {
  if (state.workload(namespace, job)) return {};
  const pods = [...state.podsOn(node)].filter((pod) => pod.namespace === namespace);
  return { other: pods.some((pod) => pod.job === job) ? 'unseen' : 'no-job' };
}

function toQuotaDto({ name, namespace, hard, used }: QuotaRecord, say: Say): QuotaDto {
  const word = (text: string | Message) => (typeof text === 'string' ? text : say(text));
  const limits = new Map<string, QuotaLimitDto>();
  // What may be asked for and what may be used are often limited alike: then one line says it.
  for (const [key, limit] of Object.entries(hard)) {
    const resource = toResource(key);
    const taken = used[key];
    if (resource === undefined) continue;
    const told: QuotaLimitDto = {
      what: word(resourceWord(resource)),
      hard: word(bareAmount(resource, limit)),
      ...(taken !== undefined && {
        used: word(bareAmount(resource, taken)),
        share: limit > 0 ? taken / limit : 1,
      }),
      ...(isAccelerator(resource) && { gpus: true }),
    };
    const before = limits.get(resource);
    if (!before || (before.share ?? 0) < (told.share ?? 0)) limits.set(resource, told);
  }
  const all = [...limits.values()].sort((a, b) => Number(b.gpus ?? 0) - Number(a.gpus ?? 0));
  return { name, namespace, limits: all };
}

/** What the person's work goes to: the chosen pool, else that of the job before them, of their newest job, or the only one. */
export function findPoolInUse(
  session: Session,
  { chosen, document }: { chosen: string | undefined; document: string | undefined },
): PoolInUseDto | undefined {
  const { state, status } = session;
  const found = chosen !== undefined ? ({ name: chosen, why: 'chosen' } as const) : inUse(session, document);
  if (!found) return undefined;
  const pool = poolCapacities(state).find((one) => (one.pool ?? '') === found.name);
  const seen = state.hasNodes ? (pool ? {} : { absent: true as const }) : { unknown: true as const };
  return { ...found, gpus: toCounts(pool?.gpus ?? [], status.podsKnown), ...seen };
}

function inUse(session: Session, document: string | undefined): Pick<PoolInUseDto, 'name' | 'why'> | undefined {
  if (document !== undefined) return { name: document, why: 'document' };
  const last = lastPoolOf(session);
  if (last !== undefined) return { name: last, why: 'job' };
  const names = new Set<string>();
  for (const { pool, allocatable } of session.state.nodes)
    if (pool !== undefined && Object.values(allocatable.gpus).some((count) => count > 0)) names.add(pool);
  const [only] = names;
  return only !== undefined && names.size === 1 ? { name: only, why: 'only' } : undefined;
}

/** The pool of the job that the person submitted last. */
function lastPoolOf({ state, user }: Session): string | undefined {
  let last: { at: string; pool: string } | undefined;
  for (const { submittedBy, createdAt = '', pool } of state.workloads) {
    if (user === undefined || submittedBy !== user || pool === undefined) continue;
    if (!last || last.at < createdAt) last = { at: createdAt, pool };
  }
  return last?.pool;
}
