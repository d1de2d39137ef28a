import { message } from '../../../l10n/index.ts';
import type { Outlook } from '../capacity/outlook.ts';
import { runs } from '../capacity/verdict.ts';
import { documentsOf } from '../kinds/checkedFile.ts';
import { isJob, type JobModel } from '../kinds/kind.ts';
import { verdictSentence } from '../language/fewWords.ts';
import type { OpenFile } from '../language/host.ts';
import { Lines } from '../language/lines.ts';
import type { FileText, ProposedJob } from '../operations/pools/poolProposal.ts';
import { besidePools, findPoolInUse, toPoolsDto } from '../operations/pools/poolViews.ts';
import { type PoolInUseDto, type ProposalDto, type ProposedJobDto, Requests } from '../protocol.ts';
import type { RequestHost } from './requestHost.ts';

/** Requests about pools: what they have, which nodes are in them, and which one is in use. */
export function registerPoolRequests(host: RequestHost): void {
  const { handle, session, checks, say, onCluster } = host;
  handle(Requests.pools, async () => ({ ...toPoolsDto(session, say), ...besidePools(session, say) }));
  handle(Requests.bindNodes, async (params, signal) => (await onCluster()).bindNodes(session, params, say, signal));
  handle(Requests.proposePool, async ({ uri, text, pool }) => {
    const open = host.document(uri);
    const given = open?.getText() ?? text ?? (await host.readFile(uri));
    return propose(host, { uri, text: given, languageId: open?.languageId ?? 'yaml' }, pool);
  });
  handle(Requests.poolInUse, async ({ chosen, uri, line }): Promise<PoolInUseDto | null> => {
    const file = uri === undefined ? undefined : checks.get(uri);
    const document = file && poolOfFile(file, line ?? 0);
    return findPoolInUse(session, { chosen, document }) ?? null;
  });
}

async function propose(
  { session, checks, live, say }: RequestHost,
  file: FileText,
  pool: string,
): Promise<ProposalDto> {
  const { proposePool } = await import('../operations/pools/poolProposal.ts');
  const { jobs, changes, whole } = proposePool(file, pool, checks.levels);
  const lines = new Lines(file.text);
  const positionOf = (offset: number) => {
    const line = lines.lineOf(offset);
    return { line, character: offset - lines.startOf(line) };
  };
  const { target, namespace } = session.status;
  const known = live.outlook();
  const judge = (model: JobModel): Pick<ProposedJobDto, 'verdict' | 'fits'> => {
    if (known === undefined) return { verdict: say(message('pool.propose.no-cluster')) };
    if ('unknown' in known) return { verdict: say(message('finding.capacity.unknown', { reason: known.unknown })) };
    return { verdict: say(verdictSentence(model, known as Outlook)), fits: runs((known as Outlook).verdict(model)) };
  };
  const toDto = ({ name, kind, from, same, model, error, place }: ProposedJob): ProposedJobDto => ({
    name,
    kind,
    namespace: model?.namespace ?? namespace,
    ...(from !== undefined && { from }),
    ...(same && { same }),
    ...(model ? judge(model) : { verdict: '' }),
    ...(error && { error: say(error) }),
    document: place,
  });
  return {
    ...(target && { context: target.context, cluster: target.cluster }),
    jobs: jobs.map(toDto),
    whole,
    edits: changes.map(({ range, text }) => ({
      range: { start: positionOf(range.start), end: positionOf(range.end) },
      text,
    })),
  };
}

/** The pool of the job that a line stands in, else of the first job of the file that wants GPUs; the empty name is that of no pool. */
function poolOfFile(file: OpenFile, line: number): string | undefined {
  const lines = new Lines(file.document.getText());
  const jobs = documentsOf(file.checked).flatMap(({ document: { model }, offset }) =>
    isJob(model) ? [{ model, line: lines.lineOf(offset) }] : [],
  );
  const at = jobs.findLast((job) => job.line <= line) ?? jobs[0];
  const wanted = [at, ...jobs].find(
    (job) => job && (job.model.demand.pool !== undefined || job.model.demand.gpusPerPod > 0),
  );
  return wanted && (wanted.model.demand.pool ?? '');
}
