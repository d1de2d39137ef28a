import { message } from '../../../l10n/index.ts';
import { PRIORITIES, priorityClassOf } from '../kinds/manifests/priority.ts';
import type { Change, Fix, Path } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import { amountOf } from '../state/amounts.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { OtherPool } from './advice.ts';
import { type Ask, askFor, ofType } from './ask.ts';
import { SAME_RACK } from './findings.ts';
import { UNLABELLED } from './pools.ts';
import { counterOf, type Room, roomsFor } from './room.ts';
import { type Situation, shapesFor, toShapeFix } from './shapes.ts';
import { judge, type Verdict } from './verdict.ts';

/** How many pools or types are offered in place of one that does not do. */
const OFFERED = 4;

/** What a job could ask for instead, so that it can run: the nearest to what it asks for first. */
export function capacityFixes(situation: Situation, verdict: Verdict, others: readonly OtherPool[]): Fix[] {
  const { ask, state } = situation;
  switch (verdict.is) {
    case 'no-such-pool':
      return replaceBy(['resources', 'pool'], ask.pool ?? '', withoutRestricted(verdict.known, state));
    case 'no-such-type': {
      const types = verdict.has.map(({ type }) => type).filter((type) => type !== UNLABELLED);
      const path = ['resources', 'gpuType'];
      if (types.length) return replaceBy(path, verdict.type, types);
      return [{ title: message('fix.remove', { key: 'gpuType' }), changes: [{ do: 'remove', path }] }];
    }
    case 'queued':
      return capacityFixes(situation, verdict.alone, others);
    case 'preempts':
      return [
        ...otherShapes(situation, verdict),
        ...elsewhere(situation, others),
        { title: message('fix.priority.wait'), changes: [set(['job', 'priority'], 'low')] },
      ];
    case 'fragmented':
    case 'insufficient':
    case 'unavailable':
      return [
        ...otherShapes(situation, verdict),
        ...elsewhere(situation, others),
        ...inQueue(situation),
        ...moreUrgent(situation),
      ];
    case 'too-many':
    case 'node-too-small':
    case 'too-few-nodes':
      return [...otherShapes(situation, verdict), ...elsewhere(situation, others)];
    case 'short':
      return [...lessOf(ask, verdict.resource, state), ...elsewhere(situation, others), ...moreUrgent(situation)];
    case 'too-large':
      return [...lessOf(ask, verdict.resource, state), ...elsewhere(situation, others)];
    case 'racks-full':
    case 'no-rack':
      return [{ title: message('fix.same-rack'), changes: [set(SAME_RACK, 'preferred')] }];
    default:
      return [];
  }
}

/** Pools that everybody may use. */
export const withoutRestricted = (pools: readonly string[], state: ClusterState): string[] =>
  pools.filter((pool) => !state.pool(pool)?.site.restricted);

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
function otherShapes(situation: Situation, verdict: Verdict): Fix[] {
  const { model, ask, asking, state } = situation;
  const { spreads } = asking;
  return shapesFor(situation, verdict).map((shape) => {
    const fix = toShapeFix(model, shape, asking);
    const other = askFor(ask, shape.pods, shape.gpus, spreads ? shape.pods > 1 : ask.needs.apart);
    return judge(state, other).is === 'fits' ? { ...fix, title: message('fix.fits-now', { fix: fix.title }) } : fix;
  });
}

/** Another type of the same pool that has room, and other pools that have. */
function elsewhere({ model, ask, state }: Situation, others: readonly OtherPool[]): Fix[] {
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

/**
 * To wait where the whole job starts at once: a queue that another pool of this cluster has its jobs wait in. Each namespace has queues of
 * its own (Kueue, LocalQueue), and which is not held.
 */
function inQueue({ ask, state, queues: served }: Situation): Fix[] {
  if (ask.queue !== undefined || served === false) return [];
  const { namespace } = ask;
  const queues = new Set([...state.pools].flatMap(({ site }) => (site.queue && !site.restricted ? [site.queue] : [])));
  return [...queues].slice(0, OFFERED).map((queue) => ({
    title: message('fix.queue', { queue, namespace }),
    changes: [set(['resources', 'queue'], queue)],
  }));
}

/** A higher priority, where that lets it run; it names who would be pushed out. */
function moreUrgent({ model, ask, state }: Situation): Fix[] {
  if (ask.needs.priorityClass !== priorityClassOf(model.priority)) return []; // then the key decides nothing
  const levels = ['low', 'medium', 'high'] as const;
  for (const priority of levels.slice(levels.indexOf(model.priority) + 1)) {
    const { value, preemptionPolicy } = PRIORITIES[priority];
    const priorityClass = priorityClassOf(priority);
    const known = [...state.priorities].find(({ name }) => name === priorityClass);
    const preempts = known?.preempts ?? preemptionPolicy !== 'Never';
    const verdict = judge(state, {
      ...ask,
      priority: { value: known?.value ?? value, preempts },
      needs: { ...ask.needs, priorityClass }, // quotas may be of one class
    });
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

/** The most memory or CPU with which the job fits now, in whole cores and GiB. */
function lessOf(ask: Ask, resource: string, state: ClusterState): Fix[] {
  if (resource !== 'cpu' && resource !== 'memory') return [];
  const unit = resource === 'cpu' ? 1000 : 2 ** 30;
  const rooms = roomsFor(state, ask).filter(({ open }) => open);
  let value = 0;
  let tooMuch = Math.ceil(amountOf(ask.needs.requests, resource) / unit);
  while (tooMuch - value > 1) {
    const middle = Math.floor((value + tooMuch) / 2);
    if (hasRoomFor(withAmount(ask, resource, middle * unit), rooms)) value = middle;
    else tooMuch = middle;
  }
  if (value < 1 || judge(state, withAmount(ask, resource, value * unit)).is !== 'fits') return [];
  const written = resource === 'cpu' ? String(value) : `${value}Gi`;
  return [
    {
      title: message('fix.amount', { key: resource, value: written }),
      changes: [set(['resources', resource], resource === 'cpu' ? value : written)],
    },
  ];
}

/** The same job with another amount of a resource for each pod; a limit follows where there is one. */
function withAmount(ask: Ask, resource: 'cpu' | 'memory', amount: number): Ask {
  const { requests, limits } = ask.needs;
  const key = resource === 'cpu' ? 'cpuMillis' : 'memoryBytes';
  const changed = { ...limits, ...(limits[key] && { [key]: amount }) };
  return { ...ask, needs: { ...ask.needs, requests: { ...requests, [key]: amount }, limits: changed } };
}

function hasRoomFor(ask: Ask, rooms: readonly Room[]): boolean {
  const counts = counterOf(ask);
  let places = 0;
  return rooms.some(({ node, held }) => {
    places += counts(node, held);
    return places >= ask.pods;
  });
}
