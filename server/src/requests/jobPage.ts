import { createHash } from 'node:crypto';
import { verdictSentence } from '../language/fewWords.ts';
import { heldJob, toJobPage, waitsForRoom } from '../operations/jobPage/jobPage.ts';
import { SubmittedModels } from '../operations/jobPage/submittedModels.ts';
import { Requests } from '../protocol.ts';
import type { WorkloadRecord } from '../state/records.ts';
import type { RequestHost } from './requestHost.ts';

/** Requests of the page of one job. */
export function registerJobPageRequests({ handle, session, live, say, onCluster }: RequestHost): void {
  const models = new SubmittedModels();

  const verdictOf = async (workload: WorkloadRecord) => {
    const outlook = live.outlook();
    if (!outlook || 'unknown' in outlook || !waitsForRoom(session, workload)) return undefined;
    const model = await models.of(session, workload);
    return model && say(verdictSentence(model, outlook));
  };

  handle(Requests.jobPage, async ({ job, revision: known }, signal) => {
    const workload = await heldJob(session, job, signal);
    if (!workload) return null;
    const verdict = await verdictOf(workload);
    const page = { ...toJobPage(session, workload, say), ...(verdict && { verdict }) };
    const revision = createHash('sha1').update(JSON.stringify(page)).digest('base64');
    return revision === known ? 'unchanged' : { revision, ...page };
  });
  handle(Requests.jobParts, async ({ job }, signal) => {
    const { readJobParts } = await onCluster();
    return (await readJobParts(session, job, signal)) ?? null;
  });
  handle(Requests.jobResource, async ({ job, context, kind, name }, signal) => {
    const { readJobResource } = await onCluster();
    return (await readJobResource(session, { job, context }, { kind, name }, signal)) ?? null;
  });
}
