import * as vscode from 'vscode';
import { type JobRef, type JobsDto, Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { LiveView } from '../../infrastructure/liveView.ts';
import type { Row } from '../../infrastructure/row.ts';
import { deleteJob } from './deleteJob.ts';
import { buildJobRows, toJobsNote } from './jobRows.ts';
import { resumeJob, scaleJob, startJob, stopJob } from './lifecycle.ts';

/** The view of jobs, showing one in it, and what can be done with one. */
export function activateJobs(infrastructure: Infrastructure): vscode.Disposable {
  const { commands, configuration, connection, texts } = infrastructure;
  const jobs = new LiveView<JobsDto>(infrastructure, {
    id: 'gpuctl.jobs',
    list: Requests.jobs,
    part: 'jobs',
    guides: true,
    toRows: (data, now) => {
      const { startTimeout } = configuration;
      return buildJobRows(data, { texts, now, namespace: connection.current.namespace, startTimeout });
    },
    toNote: (data) => toJobsNote(data, texts),
  });

  let wanted: JobRef | undefined;
  const reveal = () => {
    const row = wanted && jobs.view.visible && jobs.find(isJob(wanted));
    if (!row) return;
    wanted = undefined;
    jobs.view.reveal(row, { select: true }).then(undefined, () => {});
  };
  // A job that was just submitted is not listed yet, and the view may be closed: it is shown as soon as it can be.
  const revealing = jobs.onDidRender(reveal);
  commands.register('gpuctl.job.reveal', async (job) => {
    wanted = job;
    reveal();
  });

  commands.register('gpuctl.job.stop', (target) => stopJob(infrastructure, target?.job));
  commands.register('gpuctl.job.start', (target) => startJob(infrastructure, target?.job));
  commands.register('gpuctl.job.resume', (target) => resumeJob(infrastructure, target?.job));
  commands.register('gpuctl.job.scale', (target) => scaleJob(infrastructure, target?.job));
  commands.register('gpuctl.job.delete', (target) => deleteJob(infrastructure, target?.job));
  return vscode.Disposable.from(jobs, revealing);
}

const isJob =
  ({ namespace, name }: JobRef) =>
  ({ job, pod }: Row): boolean =>
    job?.name === name && job.namespace === namespace && pod === undefined;
