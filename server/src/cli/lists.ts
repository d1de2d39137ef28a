import { type Message, message } from '../../../l10n/index.ts';
import { asGpuctlError, type GpuctlError } from '../operations/error.ts';
import { toPoolsDto } from '../operations/pools/poolViews.ts';
import { type QuotaUse, watchQuotas } from '../operations/quotas.ts';
import type { Session } from '../operations/session.ts';
import { toJobsDto } from '../operations/views.ts';
import type { Cli } from './cli.ts';
import { type Columns, jobColumns, nodeColumns, poolColumns, quotaColumns } from './columns.ts';
import {
  type JobItem,
  type ListItem,
  type ListName,
  type QuotaItem,
  toJobItem,
  toNodeItem,
  toPoolItem,
  toQuotaItem,
} from './items.ts';
import { connect, holdState, nextChange } from './liveSession.ts';

/** A list that is held and changes. */
export interface List<Item> {
  columns: Columns<Item>;
  items(): Item[];
  keyOf(item: Item): string;
  /** Sentences about what the list may lack. */
  notes(): string[];
  /** What is wrong with the connection at the moment. */
  trouble(): string | undefined;
  /** Nothing there at all; nothing of that name. */
  empty(): Message;
  none(name: string): Message;
  /** Settles with the next change. */
  next(): Promise<void>;
  dispose(): void;
}

/** Opens a list; it is known when this settles. Throws GpuctlError. */
export async function openList(
  what: ListName,
  session: Session,
  cli: Cli,
  all: boolean,
  signal: AbortSignal,
): Promise<List<ListItem>> {
  if (what === 'quotas') return openQuotas(session, cli, all, signal);
  await holdState(cli, session);
  const base = {
    next: () => nextChange(session, signal),
    dispose: () => {},
    trouble: () => {
      const { error, phase } = session.status;
      return error && phase !== 'connected' ? cli.say(error.say) : undefined;
    },
  };
  const pools = () => toPoolsDto(session, cli.say);
  const notes = () => {
    const { unknown } = pools();
    return unknown === undefined ? [] : [unknown];
  };
  switch (what) {
    case 'jobs':
      return { ...base, ...jobList(session, cli, all) };
    case 'pools':
      return {
        ...base,
        columns: poolColumns,
        items: () => pools().pools.map(toPoolItem),
        keyOf: ({ name }) => name,
        notes,
        empty: () => message('cli.none.pools'),
        none: (name) => message('cli.none.pool', { name }),
      };
    case 'nodes':
      return {
        ...base,
        columns: nodeColumns,
        items: () => pools().pools.flatMap((pool) => pool.nodes.map((node) => toNodeItem(node, pool))),
        keyOf: ({ name }) => name,
        notes,
        empty: () => message('cli.none.nodes'),
        none: (name) => message('cli.none.node', { name }),
      };
  }
}

function jobList(session: Session, cli: Cli, all: boolean) {
  const { namespace } = session;
  return {
    columns: jobColumns,
    items: () =>
      toJobsDto(session, cli.say)
        .jobs.filter(({ ref }) => all || ref.namespace === namespace)
        .map(toJobItem),
    keyOf: (job: JobItem) => `${job.namespace}/${job.name}`,
    notes: () => {
      const { incomplete } = toJobsDto(session, cli.say);
      return incomplete !== undefined && (all || session.hidden.length) ? [incomplete] : [];
    },
    empty: () => (all ? message('cli.none.jobs.all') : message('cli.none.jobs', { namespace })),
    none: (name: string) => message('job.none', { name, namespace }),
  };
}

/** Quotas are watched for themselves: nobody else looks at them. */
async function openQuotas(session: Session, cli: Cli, all: boolean, signal: AbortSignal): Promise<List<QuotaItem>> {
  const cluster = await connect(session, signal);
  const namespace = all ? undefined : session.namespace;
  let quotas: readonly QuotaUse[] | undefined;
  let failure: GpuctlError | undefined;
  let isRefused = false;
  let told = false;
  let wake = () => {};
  const watch = watchQuotas(cluster, namespace, (news, refused) => {
    if (news instanceof Error) failure = asGpuctlError(news);
    else {
      quotas = news;
      failure = undefined;
    }
    isRefused = refused;
    told = true;
    wake();
  });
  const next = async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    const stop = () => resolve();
    signal.addEventListener('abort', stop);
    if (!told && !signal.aborted) await promise;
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
    told = false;
    if (isRefused) throw failure;
  };
  try {
    while (!quotas && !failure) await next();
    if (!quotas && failure) throw failure;
  } catch (error) {
    watch.dispose();
    throw error;
  }
  return {
    columns: quotaColumns,
    items: () => (quotas ?? []).map(toQuotaItem),
    keyOf: ({ name, namespace: at }) => `${name}/${at}`,
    notes: () => [],
    trouble: () => (failure && !isRefused ? cli.say(failure.say) : undefined),
    empty: () => (all ? message('cli.none.quotas.all') : message('cli.none.quotas', { namespace: session.namespace })),
    none: (name) => message('cli.none.quota', { name }),
    next,
    dispose: () => watch.dispose(),
  };
}
