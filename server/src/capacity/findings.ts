import { type Message, message } from '../../../l10n/index.ts';
import { severityOf } from '../kinds/findingList.ts';
import type { Demand } from '../kinds/kind.ts';
import { DEFAULT_ACCELERATOR } from '../model/accelerators.ts';
import type { FindingCode, Path, RuleFinding } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import { type GpuCount, UNLABELLED } from './pools.ts';
import type { Verdict } from './verdict.ts';

/** The key by which a document asks for GPUs. */
export type GpuKey = 'gpu' | 'acceleratorCount';

/** How a document asks for what it demands. */
export interface Asking {
  /** The key by which it asks for GPUs. */
  gpuKey: GpuKey;
  /** Whether its pods are nodes of one job (`nodeCount`); else they are replicas, none of which can span nodes. */
  spreads: boolean;
}

/** What a verdict means for the document that makes the demand; nothing where it fits. */
export function toCapacityFindings(
  demand: Demand,
  verdict: Verdict,
  { gpuKey, spreads }: Asking = { gpuKey: 'gpu', spreads: true },
): RuleFinding[] {
  const pool = demand.pool ?? message('finding.capacity.default-pool');
  const at = (key: string, code: FindingCode, said: Message, path: Path = ['resources', key]): RuleFinding[] => [
    { code, severity: severityOf(code), path, message: said },
  ];
  switch (verdict.is) {
    case 'fits':
    case 'no-gpus-asked':
      return [];
    case 'insufficient': {
      const { type, asked, free, total } = verdict;
      const numbers = { pool, what: toWhat(type, total), asked, free, total };
      return at(gpuKey, 'capacity.insufficient-gpus', message('finding.capacity.insufficient-gpus', numbers));
    }
    case 'fragmented':
      return at(gpuKey, 'capacity.fragmented', sayFragmented(pool, verdict, spreads));
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
    case 'no-gpus': {
      const has = toList(verdict.has.map(toCount));
      const said = has
        ? message('finding.capacity.no-gpus.others', { pool, resource: DEFAULT_ACCELERATOR, has })
        : message('finding.capacity.no-gpus', { pool });
      return at(gpuKey, 'capacity.no-gpus', said);
    }
    case 'no-such-type': {
      const has = toList(verdict.has.map(toCount)) ?? '';
      const said = message('finding.capacity.no-such-type', { pool, type: verdict.type, has });
      return at('gpuType', 'capacity.no-such-type', said);
    }
    case 'no-such-pool':
      return at('pool', 'capacity.no-such-pool', sayNoSuchPool(String(demand.pool), verdict.known));
  }
}

const REPLICAS: Path = ['service', 'replicas'];

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

/** Either the sum of the GPUs is too small for now, or the number of nodes with enough of them. */
function sayUnavailable(pool: string | Message, verdict: Verdict & { is: 'unavailable' }): Message {
  const { type, asked, total, perNode, nodes, wanted, all } = verdict;
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
function toWhat(type: string | undefined, count: number): Message {
  return type === undefined
    ? message('finding.capacity.of-any-type', { count })
    : message('finding.capacity.of-type', { type });
}

function toCount({ type, total, unavailable }: GpuCount): Message {
  const count = total + unavailable;
  return type === UNLABELLED
    ? message('finding.capacity.count.unlabelled', { count })
    : message('finding.capacity.count', { type, count });
}

/** One part after the other, with the comma of the reader's language; `undefined` where there are none. */
function toList(parts: readonly (string | Message)[]): string | Message | undefined {
  return parts.reduceRight<string | Message | undefined>(
    (rest, first) => (rest === undefined ? first : message('finding.capacity.list', { first, rest })),
    undefined,
  );
}
