import { message } from '../../../../l10n/index.ts';
import { ourLabel } from '../../model/kubeObject.ts';
import { asGpuctlError, GpuctlError } from '../../operations/error.ts';
import { findMain } from '../../operations/mainResource.ts';
import { toPoolsDto } from '../../operations/pools/poolViews.ts';
import type { Session } from '../../operations/session.ts';
import { toJobsDto, toWhyDto } from '../../operations/views.ts';
import { whyFailed } from '../../operations/whyFailed.ts';
import type { GpuCountDto, WhyDto } from '../../protocol.ts';
import { ageOf } from '../age.ts';
import type { Cli } from '../cli.ts';
import { nodeColumns, nodeState, stateCell } from '../columns.ts';
import { EXIT } from '../exit.ts';
import { type JobItem, type NodeItem, toJobItem, toNodeItem, toPoolItem } from '../items.ts';
import { holdState, withSession } from '../liveSession.ts';
import { type Cell, Table, widthOf } from '../table.ts';

/** `describe`: everything that is known of one job, pool or node. */
export async function describe(cli: Cli, [what = '', name = '']: string[]): Promise<number> {
  return withSession(cli, async (session) => {
    await holdState(cli, session);
    const known = { job: describeJob, pool: describePool, node: describeNode }[what as 'job' | 'pool' | 'node'];
    await known(cli, session, name);
    return EXIT.ok;
  });
}

async function describeJob(cli: Cli, session: Session, name: string): Promise<void> {
  const { namespace } = session;
  const found = toJobsDto(session, cli.say).jobs.find(({ ref }) => ref.name === name && ref.namespace === namespace);
  if (!found) throw new GpuctlError('job.gone', message('job.none', { name, namespace }));
  const job = toJobItem(found);
  const main = await session.use((cluster) => findMain(cluster, namespace, name, cli.signal));
  const told = (key: string) => ourLabel(main?.metadata.annotations, key);
  const time = (at: string | undefined) => at && `${at} (${ageOf(at, Date.now())})`;
  const why = job.trouble && (await askWhy(cli, session, name));
  await facts(cli, [
    ['cli.column.name', name],
    ['cli.column.namespace', namespace],
    ['cli.column.kind', job.kind],
    ['cli.column.state', stateCell(job.phase, job.phase === 'failed' ? (why?.message ?? job.state) : job.state)],
    ['cli.fact.next', why?.hint ?? job.trouble?.hint],
    ['cli.column.gpus', [job.gpus, job.gpuType].filter((one) => one !== undefined).join(' × ')],
    ['cli.column.pool', job.pool],
    ['cli.column.running', `${job.podsRunning}/${job.podsWanted}`],
    ['cli.fact.run', told('run')],
    ['cli.column.submittedBy', job.submittedBy],
    ['cli.fact.file', told('source-path')],
    ['cli.fact.commit', told('git-commit')],
    ['cli.fact.created', time(job.createdAt)],
    ['cli.fact.started', time(job.startedAt)],
    ['cli.fact.ended', time(job.endedAt)],
  ]);
  if (job.pods.length) await printPods(cli, job);
  if (why) await printWhy(cli, why);
}

/** Who may not see the pods is told the rest. */
async function askWhy(cli: Cli, session: Session, name: string): Promise<WhyDto | undefined> {
  try {
    const why = await whyFailed(session, { name, namespace: session.namespace }, cli.signal);
    return why && toWhyDto(why, cli.say);
  } catch (error) {
    const { code, say } = asGpuctlError(error);
    if (code === 'cancelled' || cli.signal.aborted) throw error;
    await cli.out.note(cli.say(say));
    return undefined;
  }
}

/** The lines of the log that matter; else what the cluster says itself. */
async function printWhy(cli: Cli, { pod, lines, unread, detail }: WhyDto): Promise<void> {
  await cli.out.line('');
  if (unread) await cli.out.note(unread);
  const heading = lines.length ? cli.t('why.log', { pod: pod ?? '' }) : detail && cli.t('why.said');
  if (!heading) return;
  await cli.out.line(cli.out.style('bold', heading));
  for (const line of lines.length ? lines : (detail ?? '').split('\n')) await cli.out.line(`  ${line}`);
}

async function printPods(cli: Cli, job: JobItem): Promise<void> {
  await cli.out.line('');
  const headers = [
    cli.t('cli.column.rank'),
    cli.t('cli.column.pod'),
    cli.t('cli.column.node'),
    cli.t('cli.column.restarts'),
    cli.t('cli.column.age'),
    cli.t('cli.column.state'),
  ];
  await new Table(cli.out, headers).print(
    job.pods.map(({ rank, name: pod, node, restarts, startedAt, phase, state }) => [
      String(rank ?? '-'),
      pod,
      node ?? '-',
      String(restarts),
      ageOf(startedAt, Date.now()),
      stateCell(phase, state),
    ]),
  );
}

async function describePool(cli: Cli, session: Session, name: string): Promise<void> {
  const { pools, unknown } = toPoolsDto(session, cli.say);
  const found = pools.find((pool) => toPoolItem(pool).name === name);
  if (!found) throw new GpuctlError('get.none', message('cli.none.pool', { name }));
  if (unknown) await cli.out.note(unknown);
  const pool = toPoolItem(found);
  await facts(cli, [
    ['cli.column.name', pool.name],
    ['cli.column.description', pool.description],
    ...pool.gpus.map((count) => ['cli.column.gpus', sayCount(cli, count)] as const),
  ]);
  if (!found.nodes.length) return;
  await cli.out.line('');
  const table = new Table(
    cli.out,
    nodeColumns.headers(true, false).map((key) => cli.say(message(key as 'cli.column.name'))),
  );
  const nodes = found.nodes.map((node) => toNodeItem(node, found));
  await table.print(nodes.flatMap((node) => nodeColumns.rows(node, cli, true, false)));
}

async function describeNode(cli: Cli, session: Session, name: string): Promise<void> {
  const { pools, unknown } = toPoolsDto(session, cli.say);
  let found: NodeItem | undefined;
  for (const pool of pools) {
    const node = pool.nodes.find((one) => one.name === name);
    if (node) found = toNodeItem(node, pool);
  }
  if (!found) throw new GpuctlError('get.none', message('cli.none.node', { name }));
  if (unknown) await cli.out.note(unknown);
  await facts(cli, [
    ['cli.column.name', name],
    ['cli.column.pool', found.pool],
    ['cli.column.state', nodeState(found, cli)],
    ['cli.column.rack', found.rack],
    ...found.gpus.map((count) => ['cli.column.gpus', sayCount(cli, count)] as const),
  ]);
  if (!found.jobs.length) return;
  await cli.out.line('');
  const headers = [cli.t('cli.column.namespace'), cli.t('cli.column.job'), cli.t('cli.column.gpus')];
  await new Table(cli.out, headers).print(found.jobs.map((job) => [job.namespace, job.name, String(job.gpus)]));
}

function sayCount(cli: Cli, { type, total, used, free, unavailable, unhealthy, largestBlock }: GpuCountDto): string {
  const numbers =
    free === undefined || used === undefined || largestBlock === undefined
      ? cli.t('cli.gpus.unknown', { type, total })
      : cli.t('cli.gpus', { type, total, used, free, block: largestBlock });
  return [
    numbers,
    ...(unavailable ? [cli.t('cli.gpus.unavailable', { unavailable })] : []),
    ...(unhealthy ? [cli.t('cli.gpus.unhealthy', { unhealthy })] : []),
  ].join(' ');
}

/** Lines of `label  value`; what is not known has none. */
async function facts(cli: Cli, all: readonly (readonly [FactKey, Cell | undefined])[]): Promise<void> {
  const known = all.flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [{ label: cli.t(key), value }],
  );
  const width = Math.max(...known.map(({ label }) => widthOf(label)));
  for (const { label, value } of known) {
    const text = typeof value === 'string' ? value : cli.out.style(value.style, value.text);
    await cli.out.line(`${cli.out.style('bold', label)}${' '.repeat(width - widthOf(label) + 3)}${text}`);
  }
}

type FactKey =
  | `cli.column.${'name' | 'namespace' | 'kind' | 'state' | 'gpus' | 'pool' | 'running' | 'submittedBy' | 'description' | 'rack'}`
  | `cli.fact.${'run' | 'file' | 'commit' | 'created' | 'started' | 'ended' | 'next'}`;
