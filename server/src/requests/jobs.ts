import type { JobTarget } from '../operations/lifecycle.ts';
import { refusalNow } from '../operations/rights.ts';
import { toJobsDto, toWhyDto } from '../operations/views.ts';
import { type JobTargetDto, Requests } from '../protocol.ts';
import type { RequestHost } from './requestHost.ts';

/** Requests about the jobs that are there. */
export function registerJobRequests({ handle, session, say, onCluster }: RequestHost): void {
  handle(Requests.jobs, async () => toJobsDto(session, say));
  handle(Requests.awaited, async ({ jobs }, signal) => (await onCluster()).awaitedJobs(session, jobs, say, signal));
  handle(Requests.planDelete, async (job, signal) => {
    const { planDelete } = await onCluster();
    const { removes, keeps, ...plan } = await planDelete(session, job, signal);
    return { job, ...plan, removes: removes.map(say), keeps: keeps.map(say) };
  });
  handle(Requests.delete, async (deletion, signal) => (await onCluster()).deleteJob(session, deletion, signal));
  handle(Requests.stop, async (target, signal) => ({
    done: await (await onCluster()).stop(session, toTarget(target), signal),
  }));
  handle(Requests.start, async (target, signal) => ({
    done: await (await onCluster()).start(session, toTarget(target), signal),
  }));
  handle(Requests.scale, async ({ replicas, ...target }, signal) => ({
    done: await (await onCluster()).scale(session, toTarget(target), replicas, signal),
  }));
  handle(Requests.resume, async (target, signal) => {
    const { resume } = await onCluster();
    const { how, run, log, warnings } = await resume(session, toTarget(target), signal);
    return { how, run, ...(log && { log }), warnings: warnings.map(say) };
  });
  handle(Requests.refusal, async ({ job, gesture }) => {
    const why = await refusalNow(session, job, gesture);
    return why ? say(why) : null;
  });
  handle(Requests.why, async ({ job }, signal) => {
    const why = await (await onCluster()).whyFailed(session, job, signal);
    return why ? toWhyDto(why, say) : null;
  });
}

const toTarget = ({ job, context }: JobTargetDto): JobTarget => ({ job, context });
