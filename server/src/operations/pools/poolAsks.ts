import { type Message, message } from '../../../../l10n/index.ts';
import type { NodeLabels } from '../../kinds/manifests/built.ts';
import { toPod } from '../../state/project.ts';
import type { PodRecord } from '../../state/records.ts';
import type { Cluster } from '../ports.ts';
import { ignoreForbidden } from '../priorityClass.ts';
import type { Session } from '../session.ts';

/** Names that a sentence lists. */
const LISTED = 5;

/**
 * What others lose where nodes change their pool: each pool that nodes move away from, and those that leave one, with the jobs on them.
 * One sentence for all nodes that go the same way.
 */
export async function poolAsks(
  session: Session,
  cluster: Cluster,
  pool: string,
  nodes: readonly NodeLabels[],
  signal: AbortSignal,
): Promise<Message[]> {
  const moving = Map.groupBy(
    nodes.filter(({ from }) => from !== undefined),
    ({ from }) => from ?? '',
  );
  const leaving = nodes.filter(isLeaving);
  if (!moving.size && !leaving.length) return [];
  const jobsOn = await lookForJobs(session, cluster, signal);
  const asks = [...moving].map(([from, moved]) => {
    const names = moved.map(({ node }) => node);
    return message('settings.ask.moves', {
      count: names.length,
      nodes: list(names),
      from,
      to: pool,
      jobs: jobsOf(names, jobsOn),
    });
  });
  const losing = leaving.map(({ node }) => node);
  if (losing.length) {
    const jobs = jobsOf(losing, jobsOn);
    asks.push(message('settings.ask.leaves', { count: losing.length, nodes: list(losing), name: pool, jobs }));
  }
  return asks;
}

/** Which jobs run on nodes that come from no pool: for them, too, what starts anew goes elsewhere. */
export async function joinAsks(
  session: Session,
  cluster: Cluster,
  pool: string,
  nodes: readonly NodeLabels[],
  signal: AbortSignal,
): Promise<Message[]> {
  const names = nodes.flatMap(({ node, labels, from }) => (from === undefined && isJoining(labels) ? [node] : []));
  if (!names.length) return [];
  const jobs = jobsOf(names, await lookForJobs(session, cluster, signal));
  return [message('settings.ask.joins', { count: names.length, nodes: list(names), to: pool, jobs })];
}

const isJoining = (labels: NodeLabels['labels']): boolean =>
  Object.entries(labels).some(([key, value]) => key.endsWith('/pool') && value !== null);

/** A node that loses a label of a pool for no other pool. */
const isLeaving = ({ labels, from }: NodeLabels): boolean =>
  from === undefined && Object.entries(labels).some(([key, value]) => key.endsWith('/pool') && value === null);

type JobsOn = (node: string) => string[];

function jobsOf(nodes: readonly string[], jobsOn: JobsOn | undefined): Message {
  if (!jobsOn) return message('settings.jobs.unknown');
  const names = [...new Set(nodes.flatMap(jobsOn))].sort();
  if (!names.length) return message('settings.jobs.none');
  return message('settings.jobs.some', { jobs: names.length, names: list(names) });
}

/** Jobs that hold something of a node, as `namespace/name`, from what is held, else asked for now; `undefined` where that may not be seen. */
async function lookForJobs(session: Session, cluster: Cluster, signal: AbortSignal): Promise<JobsOn | undefined> {
  if (session.status.podsKnown && session.isOpen(cluster)) return (node) => jobsIn(session.state.podsOn(node));
  const found = await cluster.list({ apiVersion: 'v1', kind: 'Pod' }, { signal }).catch(ignoreForbidden);
  if (!found) return undefined;
  const running = found.map(toPod).filter(({ phase }) => phase === 'Pending' || phase === 'Running');
  const byNode = Map.groupBy(running, ({ node }) => node);
  return (node) => jobsIn(byNode.get(node) ?? []);
}

const jobsIn = (pods: Iterable<PodRecord>): string[] =>
  [...pods].flatMap(({ namespace, job }) => (job === undefined ? [] : [`${namespace}/${job}`]));

/** Names in a sentence: the first few, and how many more. */
export function list(names: readonly string[]): string | Message {
  const told = names.slice(0, LISTED).join(', ');
  const count = names.length - LISTED;
  return count > 0 ? message('settings.list.more', { names: told, count }) : told;
}
