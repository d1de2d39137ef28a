import { type Message, message } from '../../../l10n/index.ts';
import { severityOf } from '../kinds/findingList.ts';
import type { FindingCode, Path, RuleFinding } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import type { Ask } from './ask.ts';
import { type GpuCount, UNLABELLED } from './pools.ts';
import type { Verdict } from './verdict.ts';
import { amountOfWord, amountWord, bareAmount, countOfAmount, holderList, resourceWord, toList } from './words.ts';

/** The key by which a document asks for GPUs. */
export type GpuKey = 'gpu' | 'acceleratorCount';

/** How a document asks for what it demands. */
export interface Asking {
  /** The key by which it asks for GPUs. */
  gpuKey: GpuKey;
  /** Whether its pods are nodes of one job (`nodeCount`); else they are replicas, none of which can span nodes. */
  spreads: boolean;
}

/** Verdicts that say something of the cluster as it is now, and may be otherwise soon. */
const PASSING: readonly Verdict['is'][] = ['insufficient', 'fragmented', 'short', 'racks-full', 'unavailable'];
export const isPassing = ({ is }: Verdict): boolean => PASSING.includes(is);

/** What a verdict means for the document that makes the demand; nothing where it fits. */
export function toCapacityFindings(
  ask: Pick<Ask, 'pool' | 'namespace' | 'accelerator'>,
  verdict: Verdict,
  asking: Asking = { gpuKey: 'gpu', spreads: true },
): RuleFinding[] {
  const { gpuKey, spreads } = asking;
  const pool = ask.pool ?? message('finding.capacity.default-pool');
  const at = (key: string, code: FindingCode, said: Message, path: Path = ['resources', key]): RuleFinding[] => [
    { code, severity: severityOf(code), path, message: said },
  ];
  switch (verdict.is) {
    case 'fits':
    case 'nothing-asked':
      return [];
    case 'queued':
      // Its queue waits for what others hold; what can never be is said all the same.
      return isPassing(verdict.alone) || verdict.alone.is === 'preempts'
        ? []
        : toCapacityFindings(ask, verdict.alone, asking);
    case 'preempts': {
      const victims = holderList(verdict.victims, ask.namespace);
      const said = victims
        ? message('finding.capacity.preempts', { victims })
        : message('finding.capacity.preempts.none');
      return at(gpuKey, 'capacity.preempts', said);
    }
    case 'quota':
      return at(keyOf(verdict.resource, gpuKey), 'capacity.quota', sayQuota(verdict));
    case 'unsaid': {
      const { namespace, resource } = verdict;
      const said = message('finding.capacity.quota-unsaid', {
        namespace,
        resource: resourceWord(resource),
        key: resource,
      });
      return at(resource, 'capacity.quota-unsaid', said);
    }
    case 'insufficient': {
      const { type, asked, free, total } = verdict;
      const numbers = { pool, what: toWhat(type, total), asked, free, total };
      return at(gpuKey, 'capacity.insufficient-gpus', message('finding.capacity.insufficient-gpus', numbers));
    }
    case 'fragmented':
      return at(gpuKey, 'capacity.fragmented', sayFragmented(pool, verdict, spreads));
    case 'short':
      return at(keyOf(verdict.resource, gpuKey), 'capacity.short', sayShort(pool, verdict));
    case 'racks-full': {
      const { most, wanted } = verdict;
      return at('', 'capacity.racks-full', message('finding.capacity.racks-full', { pool, most, wanted }), SAME_RACK);
    }
    case 'no-rack': {
      const { most, wanted } = verdict;
      const said =
        most === undefined
          ? message('finding.capacity.no-rack.unknown', { pool })
          : message('finding.capacity.no-rack', { pool, most, wanted });
      return at('', 'capacity.no-rack', said, SAME_RACK);
    }
    case 'unavailable':
      return at(gpuKey, 'capacity.unavailable', sayUnavailable(pool, verdict));
    case 'too-many': {
      const { type, asked, total } = verdict;
      const numbers = { pool, what: toWhat(type, total), asked, total };
      return at(gpuKey, 'capacity.too-many', message('finding.capacity.too-many', numbers));
    }
    case 'node-too-small': {
      const { type, perNode, largest } = verdict;
      const numbers = { pool, what: toWhat(type, perNode), perNode, largest };
      const text = spreads ? 'finding.capacity.node-too-small' : 'finding.capacity.node-too-small.one';
      return at(gpuKey, 'capacity.node-too-small', message(text, numbers));
    }
    case 'too-few-nodes': {
      const { type, perNode, nodes, wanted } = verdict;
      const numbers = { pool, what: toWhat(type, perNode), perNode, nodes, wanted };
      return spreads
        ? at('nodeCount', 'capacity.too-few-nodes', message('finding.capacity.too-few-nodes', numbers))
        : at(gpuKey, 'capacity.too-few-nodes', message('finding.capacity.too-few-nodes.replicas', numbers), REPLICAS);
    }
    case 'too-large':
      return at(keyOf(verdict.resource, gpuKey), 'capacity.too-large', sayTooLarge(pool, verdict));
    case 'no-gpus':
      return at(gpuKey, 'capacity.no-gpus', sayNoGpus(pool, verdict, ask.accelerator));
    case 'no-such-type': {
      const has = toList(verdict.has.flatMap(toCount)) ?? '';
      const said = message('finding.capacity.no-such-type', { pool, type: verdict.type, has });
      return at('gpuType', 'capacity.no-such-type', said);
    }
    case 'no-nodes': {
      const text = ask.pool === undefined ? 'finding.capacity.no-nodes.default' : 'finding.capacity.no-nodes';
      return at('pool', 'capacity.no-nodes', message(text, { pool }));
    }
    case 'no-such-pool':
      return at('pool', 'capacity.no-such-pool', sayNoSuchPool(String(ask.pool), verdict.known));
  }
}

/** The key of `resources` that asks for a resource. */
const keyOf = (resource: string, gpuKey: GpuKey): string =>
  resource === 'cpu' || resource === 'memory' ? resource : gpuKey;

function sayQuota({ never, quota, namespace, resource, asked, used, hard }: Verdict & { is: 'quota' }): Message {
  const bare = (of: number) => bareAmount(resource, of);
  const counts = { count: countOfAmount(resource, used), more: countOfAmount(resource, asked) };
  if (never) {
    const numbers = { asked: amountOfWord(resource, asked), more: counts.more, hard: amountWord(resource, hard) };
    return message('finding.capacity.quota.never', { namespace, ...numbers, quota });
  }
  const numbers = { namespace, used: bare(used), asked: bare(asked), ...counts };
  return resource === 'pods'
    ? message('finding.capacity.quota.pods', { ...numbers, hard })
    : message('finding.capacity.quota', { ...numbers, hard: amountOfWord(resource, hard) });
}

function sayShort(pool: string | Message, verdict: Verdict & { is: 'short' }): Message {
  const { resource, places, wanted } = verdict;
  if (resource === 'pods') return message('finding.capacity.short.pods', { pool });
  const [perPod, largest] = [amountWord(resource, verdict.perPod), amountWord(resource, verdict.largest)];
  const numbers = { pool, resource: resourceWord(resource), perPod, largest };
  return wanted === 1
    ? message('finding.capacity.short.one', numbers)
    : message('finding.capacity.short', { ...numbers, places, wanted });
}

function sayTooLarge(pool: string | Message, verdict: Verdict & { is: 'too-large' }): Message {
  const { resource, places, wanted } = verdict;
  if (resource === 'pods')
    return message('finding.capacity.too-large.pods', { pool, places, wanted, largest: verdict.largest });
  const numbers = {
    pool,
    perPod: amountOfWord(resource, verdict.perPod),
    largest: amountWord(resource, Math.max(0, verdict.largest)),
  };
  return places === 0
    ? message('finding.capacity.too-large.one', { ...numbers, count: countOfAmount(resource, verdict.perPod) })
    : message('finding.capacity.too-large', { ...numbers, places, wanted });
}

const REPLICAS: Path = ['service', 'replicas'];
export const SAME_RACK: Path = ['distributed', 'sameRack'];

/** Only a job of several nodes can be split: what stands for a replica stays together. */
function sayFragmented(pool: string | Message, verdict: Verdict & { is: 'fragmented' }, spreads: boolean): Message {
  const { type, free, perNode, nodes, wanted, largest, split } = verdict;
  const blocks =
    nodes === 0
      ? message('finding.capacity.blocks.none', { perNode })
      : message('finding.capacity.blocks', { nodes, perNode, wanted });
  const numbers = { pool, what: toWhat(type, free), free, blocks, largest };
  return split && spreads
    ? message('finding.capacity.fragmented.split', { ...numbers, splitNodes: split.nodes, splitGpus: split.gpus })
    : message('finding.capacity.fragmented', numbers);
}

/** What is there instead; those that are broken are no GPUs for now, and come back. */
function sayNoGpus(pool: string | Message, verdict: Verdict & { is: 'no-gpus' }, resource: string): Message {
  const has = toList(verdict.has.flatMap(toCount));
  const count = brokenIn(verdict.has);
  if (!has)
    return count
      ? message('finding.capacity.no-gpus.broken', { pool, count })
      : message('finding.capacity.no-gpus', { pool });
  const said = message('finding.capacity.no-gpus.others', { pool, resource, has });
  return count ? message('finding.capacity.and-broken', { said, count }) : said;
}

/** GPUs that their driver takes for broken. */
const brokenIn = (counts: readonly GpuCount[]): number => counts.reduce((sum, { unhealthy = 0 }) => sum + unhealthy, 0);

/** Either the sum of the GPUs is too small for now, or the number of nodes with enough of them. */
function sayUnavailable(pool: string | Message, verdict: Verdict & { is: 'unavailable' }): Message {
  const { type, asked, total, perNode, nodes, wanted, all } = verdict;
  if (perNode === 0) return message('finding.capacity.unavailable.no-gpus', { pool, nodes, all: all.nodes });
  if (asked > total) {
    const numbers = { away: all.gpus - total, all: all.gpus, asked, total };
    return message('finding.capacity.unavailable', { pool, what: toWhat(type, all.gpus), ...numbers });
  }
  const numbers = { perNode, nodes, wanted, all: all.nodes };
  return message('finding.capacity.unavailable.nodes', { pool, what: toWhat(type, perNode), ...numbers });
}

function sayNoSuchPool(pool: string, known: readonly string[]): Message {
  const guess = nearest(pool, known);
  if (guess) return message('finding.capacity.no-such-pool.guess', { pool, guess });
  const list = toList(known);
  return list
    ? message('finding.capacity.no-such-pool', { pool, count: known.length, known: list })
    : message('finding.capacity.no-such-pool.none', { pool });
}

/** The type after a number; where there is no one type, the word GPU in the form that goes with the number. */
export function toWhat(type: string | undefined, count: number): Message {
  return type === undefined
    ? message('finding.capacity.of-any-type', { count })
    : message('finding.capacity.of-type', { type });
}

/** How many of a type there are, be they taken or not; nothing where all are broken. */
function toCount({ type, total, unavailable }: GpuCount): Message[] {
  const count = total + unavailable;
  if (count === 0) return [];
  return [
    type === UNLABELLED
      ? message('finding.capacity.count.unlabelled', { count })
      : message('finding.capacity.count', { type, count }),
  ];
}
