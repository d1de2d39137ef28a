import { type Message, message } from '../../../l10n/index.ts';
import type { Ask } from '../capacity/ask.ts';
import { isPassing, toWhat } from '../capacity/findings.ts';
import { capacityFindings } from '../capacity/liveRules.ts';
import { isOpenFor } from '../capacity/matching.ts';
import type { Outlook } from '../capacity/outlook.ts';
import type { Verdict } from '../capacity/verdict.ts';
import { amountOfWord, bareAmount, clock, resourceWord, toList } from '../capacity/words.ts';
import type { JobModel } from '../kinds/kind.ts';
import type { ClusterState } from '../state/clusterState.ts';

/** Characters that the names of nodes may take on one line, and that the name of a pool may. */
const NODES = 28;
const POOL = 24;
/** Nodes that a sentence names. */
const NAMED = 8;

/** A verdict in a few words, with the icon that goes with it: what is compared first comes first, and a line holds it. */
export interface FewWords {
  icon: string;
  title: Message;
}

/** The words for a job on the cluster as it is held. */
export function fewWordsFor(model: JobModel, outlook: Outlook): FewWords {
  const [ask, verdict] = [outlook.ask(model), outlook.verdict(model)];
  const words = inFewWords(verdict, ask, outlook.state);
  const at = isPassing(verdict) ? outlook.whenFree(model).when?.at : undefined;
  return at === undefined ? words : { ...words, title: message('lens.until', { said: words.title, time: clock(at) }) };
}

/** The words for a verdict on a cluster. */
export function inFewWords(verdict: Verdict, ask: Ask, state: ClusterState): FewWords {
  switch (verdict.is) {
    case 'fits':
      return { icon: 'pass', title: fits(verdict, ask, state, fewNodes(verdict.nodes), short(ask.pool), 'lens.fits') };
    case 'nothing-asked':
      return { icon: 'pass', title: message('lens.nothing-asked') };
    case 'preempts': {
      const [first, ...others] = verdict.victims;
      if (!first) return { icon: 'warning', title: message('lens.preempts.some') };
      const title = others.length
        ? message('lens.preempts', { count: verdict.victims.length })
        : message('lens.preempts.one', { job: cut(first.job, POOL) });
      return { icon: 'warning', title };
    }
    case 'queued':
      return queued(verdict, ask, state);
    case 'quota':
    case 'unsaid':
      return { icon: 'law', title: overQuota(verdict) };
    case 'fragmented':
      return { icon: 'split-horizontal', title: fragmented(verdict) };
    case 'insufficient':
    case 'short':
    case 'racks-full':
    case 'unavailable':
      return { icon: 'watch', title: busy(verdict) };
    default:
      return { icon: 'error', title: message('lens.impossible', { why: impossible(verdict, ask) }) };
  }
}

/** The whole sentence: with whom it waits for, until when, and where else it would fit. */
export function verdictSentence(model: JobModel, outlook: Outlook): Message {
  const [ask, verdict] = [outlook.ask(model), outlook.verdict(model)];
  const [finding] = capacityFindings(model, outlook);
  if (finding) return finding.message;
  if (verdict.is === 'queued')
    return message('fit.sentence.queued', {
      queue: verdict.queue,
      alone: inFewWords(verdict.alone, ask, outlook.state).title,
    });
  if (verdict.is !== 'fits') return inFewWords(verdict, ask, outlook.state).title;
  const names = verdict.nodes.slice(0, NAMED);
  const count = verdict.nodes.length - names.length;
  const list = toList(names) ?? '';
  const nodes = count ? message('fit.nodes.more', { nodes: list, count }) : list;
  return fits(verdict, ask, outlook.state, nodes, poolWord(ask.pool), 'fit.sentence');
}

/** The first nodes, as many as a line has room for. */
export function fewNodes(nodes: readonly string[]): string | Message {
  const named: string[] = [];
  for (const node of nodes) {
    if (named.length && named.join(', ').length + node.length + 2 > NODES) break;
    named.push(cut(node, NODES));
  }
  const count = nodes.length - named.length;
  const list = toList(named) ?? '';
  return count ? message('fit.nodes.more', { nodes: list, count }) : list;
}

export const poolWord = (pool: string | undefined): string | Message => pool ?? message('fit.no-pool');
const short = (pool: string | undefined): string | Message => (pool === undefined ? poolWord(pool) : cut(pool, POOL));
const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

function fits(
  { free, type }: Verdict & { is: 'fits' },
  ask: Ask,
  state: ClusterState,
  nodes: string | Message,
  pool: string | Message,
  text: 'lens.fits' | 'fit.sentence',
): Message {
  const asked = ask.pods * ask.gpusPerPod;
  if (asked === 0) return message(text === 'lens.fits' ? 'lens.fits.no-gpus' : 'fit.sentence.no-gpus', { nodes });
  const share = Math.max(1, Math.round((100 * asked) / gpusOfPool(state, ask)));
  return message(text, { nodes, asked, free, what: toWhat(type, free), share, pool });
}

/** All that jobs may use of a pool, of whatever type. */
function gpusOfPool(state: ClusterState, { pool, needs, accelerator }: Ask): number {
  let gpus = 0;
  for (const node of state.nodesIn(pool)) if (isOpenFor(needs, node)) gpus += node.allocatable.gpus[accelerator] ?? 0;
  return gpus;
}

function queued({ queue, alone }: Verdict & { is: 'queued' }, ask: Ask, state: ClusterState): FewWords {
  if (alone.is === 'fits' || alone.is === 'preempts')
    return { icon: 'list-ordered', title: message('lens.queued.room', { queue: cut(queue, POOL) }) };
  if (isPassing(alone)) return { icon: 'list-ordered', title: message('lens.queued', { queue: cut(queue, POOL) }) };
  return inFewWords(alone, ask, state);
}

function overQuota(verdict: Verdict & { is: 'quota' | 'unsaid' }): Message {
  if (verdict.is === 'unsaid') return message('lens.quota.unsaid', { key: verdict.resource });
  const { resource, never } = verdict;
  const numbers = { asked: amountOfWord(resource, verdict.asked), hard: bareAmount(resource, verdict.hard) };
  return never
    ? message('lens.quota.never', numbers)
    : message('lens.quota', { ...numbers, used: bareAmount(resource, verdict.used) });
}

function fragmented({ type, free, perNode, nodes, wanted, largest }: Verdict & { is: 'fragmented' }): Message {
  return nodes === 0
    ? message('lens.fragmented', { perNode, free, what: toWhat(type, free), largest })
    : message('lens.fragmented.nodes', { nodes, wanted, perNode, what: toWhat(type, perNode) });
}

function busy(verdict: Verdict & { is: 'insufficient' | 'short' | 'racks-full' | 'unavailable' }): Message {
  switch (verdict.is) {
    case 'insufficient': {
      const { asked, free, total, type } = verdict;
      return message('lens.busy', { asked, free, total, what: toWhat(type, total) });
    }
    case 'short':
      return verdict.resource === 'pods'
        ? message('lens.short.pods')
        : message('lens.short', { resource: resourceWord(verdict.resource) });
    case 'racks-full':
      return message('lens.racks-full', { wanted: verdict.wanted });
    case 'unavailable':
      return message('lens.unavailable');
  }
}

type Impossible = Verdict & {
  is:
    | 'too-many'
    | 'node-too-small'
    | 'too-few-nodes'
    | 'too-large'
    | 'no-rack'
    | 'no-such-type'
    | 'no-gpus'
    | 'no-nodes'
    | 'no-such-pool';
};

function impossible(verdict: Impossible, ask: Ask): Message {
  const pool = short(ask.pool);
  switch (verdict.is) {
    case 'too-many': {
      const { type, total } = verdict;
      return message('lens.impossible.total', { pool, total, what: toWhat(type, total) });
    }
    case 'node-too-small': {
      const { type, perNode } = verdict;
      return message('lens.impossible.node', { perNode, what: toWhat(type, perNode) });
    }
    case 'too-few-nodes':
      return message('lens.impossible.nodes', { nodes: verdict.nodes, wanted: verdict.wanted });
    case 'too-large':
      return verdict.places === 0 && verdict.resource !== 'pods'
        ? message('lens.impossible.resource', { resource: resourceWord(verdict.resource) })
        : message('lens.impossible.places', { places: verdict.places, wanted: verdict.wanted });
    case 'no-rack':
      return verdict.most === undefined
        ? message('lens.impossible.racks-unknown')
        : message('lens.impossible.rack', { wanted: verdict.wanted });
    case 'no-such-type':
      return message('lens.impossible.what', { pool, what: cut(verdict.type, POOL) });
    case 'no-nodes':
      return message('lens.impossible.no-nodes', { pool });
    case 'no-gpus':
      if (verdict.has.length && verdict.has.every(({ total, unavailable }) => total + unavailable === 0))
        return message('lens.impossible.broken', { pool });
      return message('lens.impossible.what', { pool, what: resourceWord(ask.accelerator) });
    case 'no-such-pool':
      return message('lens.impossible.pool', { pool });
  }
}
