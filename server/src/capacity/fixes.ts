import { message } from '../../../l10n/index.ts';
import type { JobModel } from '../kinds/kind.ts';
import { PRIORITIES, priorityClassOf } from '../kinds/manifests/priority.ts';
import type { Change, Fix, Path } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import { amountOf } from '../state/amounts.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { OtherPool } from './advice.ts';
import { type Ask, askFor, ofType } from './ask.ts';
import { type Asking, SAME_RACK } from './findings.ts';
import { UNLABELLED } from './pools.ts';
import { type Room, roomsFor } from './room.ts';
import { shapesFor, toShapeFix } from './shapes.ts';
import { judge, runs, type Verdict } from './verdict.ts';

/** How many pools or types are offered in place of one that does not do. */
const OFFERED = 4;

/** What a job could ask for instead, so that it can run: the nearest to what it asks for first. */
export function capacityFixes(
  model: JobModel,
  ask: Ask,
  verdict: Verdict,
  asking: Asking,
  state: ClusterState,
  others: readonly OtherPool[],
): Fix[] {
  switch (verdict.is) {
    case 'no-such-pool':
      return replaceBy(['resources', 'pool'], ask.pool ?? '', verdict.known);
    case 'no-such-type': {
      const types = verdict.has.map(({ type }) => type).filter((type) => type !== UNLABELLED);
      const path = ['resources', 'gpuType'];
      if (types.length) return replaceBy(path, verdict.type, types);
      return [{ title: message('fix.remove', { key: 'gpuType' }), changes: [{ do: 'remove', path }] }];
    }
    case 'queued':
      return capacityFixes(model, ask, verdict.alone, asking, state, others);
    case 'preempts':
      return [
        ...otherShapes(model, ask, verdict, asking, state),
        ...elsewhere(model, ask, others, state),
        { title: message('fix.priority.wait'), changes: [set(['job', 'priority'], 'low')] },
      ];
    case 'fragmented':
    case 'insufficient':
    case 'unavailable':
    case 'too-many':
    case 'node-too-small':
    case 'too-few-nodes':
      return [
        ...otherShapes(model, ask, verdict, asking, state),
        ...elsewhere(model, ask, others, state),
        ...inQueue(ask, state),
        ...moreUrgent(model, ask, state),
      ];
    case 'short':
    case 'too-large':
      return [
        ...lessOf(ask, verdict.resource, state),
        ...elsewhere(model, ask, others, state),
        ...moreUrgent(model, ask, state),
      ];
    case 'racks-full':
    case 'no-rack':
      return [{ title: message('fix.same-rack'), changes: [set(SAME_RACK, 'preferred')] }];
    default:
      return [];
  }
}

const set = (path: Path, value: string | number): Change => ({ do: 'set', path, value });

/** The one that was most likely meant may be taken without a look. */
function replaceBy(path: Path, found: string, known: readonly string[]): Fix[] {
  const guess = nearest(found, known);
  const others = known.filter((one) => one !== guess).slice(0, OFFERED - (guess === undefined ? 0 : 1));
  return [...(guess === undefined ? [] : [guess]), ...others].map((text) => ({
    title: message('fix.replace-with', { text }),
    changes: [set(path, text)],
    ...(text === guess && { preferred: true }),
  }));
}

/** The same on other nodes, or less; those that would fit now say so. */
function otherShapes(model: JobModel, ask: Ask, verdict: Verdict, asking: Asking, state: ClusterState): Fix[] {
  const { spreads } = asking;
  return shapesFor(model, ask, verdict, spreads, state).map((shape) => {
    const fix = toShapeFix(model, shape, asking);
    const other = askFor(ask, shape.pods, shape.gpus, spreads ? shape.pods > 1 : ask.needs.apart);
    return judge(state, other).is === 'fits' ? { ...fix, title: message('fix.fits-now', { fix: fix.title }) } : fix;
  });
}

/** Another type of the same pool that has room, and other pools that have. */
function elsewhere(model: JobModel, ask: Ask, others: readonly OtherPool[], state: ClusterState): Fix[] {
  const pools = others.slice(0, OFFERED).map(({ pool, type, free }): Fix => {
    const changes = [set(['resources', 'pool'], pool)];
    if (ask.gpuType !== undefined && type !== UNLABELLED) changes.push(set(['resources', 'gpuType'], type));
    return { title: message('fix.pool', { pool, free, type }), changes };
  });
  if (ask.gpuType === undefined) return pools;
  const types = new Set([...state.nodesIn(ask.pool)].map(({ gpuType }) => gpuType));
  types.delete(undefined);
  const ofPool = [...types].flatMap((type): Fix[] => {
    if (type === undefined || type === UNLABELLED || type.toLowerCase() === ask.gpuType?.toLowerCase()) return [];
    const verdict = judge(state, {
      ...ask,
      gpuType: type,
      needs: { ...ask.needs, terms: ofType(state, ask.pool, type) },
    });
    if (verdict.is !== 'fits') return [];
    return [
      {
        title: message('fix.type', { type, free: verdict.free }),
        changes: [set(['resources', 'gpuType'], type)],
      },
    ];
  });
  return model.sections.resources?.pool === undefined ? ofPool : [...ofPool, ...pools];
}

/** To wait where the whole job starts at once: a queue that another pool of this cluster has its jobs wait in. */
function inQueue(ask: Ask, state: ClusterState): Fix[] {
  if (ask.queue !== undefined) return [];
  const queues = new Set([...state.pools].map(({ site }) => site.queue));
  queues.delete(undefined);
  return [...queues].slice(0, OFFERED).map((queue) => ({
    title: message('fix.queue', { queue: queue as string }),
    changes: [set(['resources', 'queue'], queue as string)],
  }));
}

/** A higher priority, where that lets it run; it names who would be pushed out. */
function moreUrgent(model: JobModel, ask: Ask, state: ClusterState): Fix[] {
  const levels = ['low', 'medium', 'high'] as const;
  for (const priority of levels.slice(levels.indexOf(model.priority) + 1)) {
    const { value, preemptionPolicy } = PRIORITIES[priority];
    const known = [...state.priorities].find(({ name }) => name === priorityClassOf(priority));
    const preempts = known?.preempts ?? preemptionPolicy !== 'Never';
    const verdict = judge(state, { ...ask, priority: { value: known?.value ?? value, preempts } });
    if (verdict.is !== 'preempts') continue;
    const [first, ...others] = verdict.victims.map(({ job }) => job);
    const list = first ?? '';
    const victims = others.length ? message('verdict.more', { list, count: others.length }) : list;
    return [
      { title: message('fix.priority.push', { priority, victims }), changes: [set(['job', 'priority'], priority)] },
    ];
  }
  return [];
}

/** As much memory or CPU as there is room for now. */
function lessOf(ask: Ask, resource: string, state: ClusterState): Fix[] {
  if (resource !== 'cpu' && resource !== 'memory') return [];
  const most = leftOver(ask, resource, roomsFor(state, ask));
  const value = resource === 'cpu' ? Math.floor(most / 1000) : Math.floor(most / 2 ** 30);
  if (value < 1) return [];
  const smaller = resource === 'cpu' ? { cpuMillis: value * 1000 } : { memoryBytes: value * 2 ** 30 };
  const requests = { ...ask.needs.requests, ...smaller };
  if (!runs(judge(state, { ...ask, needs: { ...ask.needs, requests } }))) return [];
  const written = resource === 'cpu' ? String(value) : `${value}Gi`;
  return [
    {
      title: message('fix.amount', { key: resource, value: written }),
      changes: [set(['resources', resource], resource === 'cpu' ? value : written)],
    },
  ];
}

/** The most of a resource that so many nodes have free as the job has pods. */
function leftOver(ask: Ask, resource: string, rooms: readonly Room[]): number {
  const free = rooms
    .filter(({ open }) => open)
    .map(({ node, held }) => amountOf(node.allocatable, resource) - amountOf(held.amounts, resource))
    .sort((a, b) => b - a);
  return free[ask.needs.apart ? ask.pods - 1 : 0] ?? 0;
}
