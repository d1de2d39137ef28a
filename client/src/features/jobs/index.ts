import * as vscode from 'vscode';
import { type JobRef, type JobsDto, Requests } from '../../../../server/src/protocol.ts';
import { drawBadges } from '../../infrastructure/badges.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { LiveView } from '../../infrastructure/liveView.ts';
import { findJob, pickJob } from '../../infrastructure/pickJob.ts';
import type { Row } from '../../infrastructure/row.ts';
import { contextOf } from '../../infrastructure/seenIn.ts';
import { Choice } from './choice.ts';
import { type Chosen, toChosen } from './chosen.ts';
import { deleteJobs } from './deleteJob.ts';
import { buildJobGroups, isShown, toJobsDescription, toJobsNote } from './jobGroups.ts';
import { resumeJobs, scaleJob, startJobs, stopJobs } from './lifecycle.ts';
import { Notifications } from './notifications.ts';
import { WantedRow } from './wantedRow.ts';

/** The view of jobs, showing one in it, what can be done with them, and what is told of those that the person started. */
export function activateJobs(
  infrastructure: Infrastructure,
  { workspaceState }: Pick<vscode.ExtensionContext, 'workspaceState'>,
): vscode.Disposable {
  const { commands, configuration, connection, forwards, server, texts } = infrastructure;
  const choice = new Choice(workspaceState, () => jobs.render());
  const notifications = new Notifications(infrastructure, workspaceState);
  const jobs = new LiveView<JobsDto>(infrastructure, {
    id: 'gpuctl.jobs',
    list: Requests.jobs,
    part: 'jobs',
    guides: true,
    toRows: (data, now) => {
      const { startTimeout } = configuration;
      return buildJobGroups(data, choice.current, {
        texts,
        now,
        namespace: connection.current.namespace,
        startTimeout,
        forwards: forwards.current,
        context: connection.current.context,
      });
    },
    toNote: (data) => toJobsNote(data, choice.current, texts),
    toDescription: () => toJobsDescription(choice.current, texts),
  });

  const wanted = new WantedRow();
  const reveal = () => {
    const job = wanted.in(connection.current.context, Date.now());
    const row = job && jobs.view.visible && jobs.find(isJob(job));
    if (!row) return;
    wanted.found();
    jobs.view.reveal(row, { select: true }).then(undefined, () => {});
  };
  // A job that was just submitted is not listed yet, and the view may be closed: it is shown as soon as it can be.
  const revealing = jobs.onDidRender(reveal);
  const forwarding = forwards.onDidChange(() => jobs.render());
  commands.register('gpuctl.job.reveal', async (job) => {
    wanted.want(job, connection.current.context, Date.now());
    reveal();
  });
  // A click: what hides its row is taken away, and what is not listed has a page that says so.
  commands.register('gpuctl.job.show', async ({ job, context: seen }) => {
    if (!job) return;
    const context = contextOf(infrastructure, seen);
    const known = await findJob(infrastructure, job);
    if (!known) return commands.execute('gpuctl.job.details', { job, context });
    const { me } = jobs.data ?? (await server.request(Requests.jobs, undefined));
    if (!isShown(known, me, choice.current, texts)) await choice.set({ mine: false, filter: '' });
    await vscode.commands.executeCommand('gpuctl.jobs.focus');
    wanted.want(job, context, Date.now());
    reveal();
  });
  commands.register('gpuctl.row.showMore', async (row) => row?.showMore?.());

  commands.register('gpuctl.jobs.group', () => choice.askGrouping(texts));
  commands.register('gpuctl.jobs.filter', () => choice.askFilter(texts));
  commands.register('gpuctl.jobs.clearFilter', () => choice.set({ filter: '' }));
  commands.register('gpuctl.jobs.showMine', () => choice.set({ mine: true }));
  commands.register('gpuctl.jobs.showAll', () => choice.set({ mine: false }));
  commands.register('gpuctl.jobs.await', (started, context) => notifications.add(started, context));
  commands.register('gpuctl.jobs.forget', (stopped, context) => notifications.remove(stopped, context));
  commands.register('gpuctl.jobs.notify', (target, all) =>
    notify(infrastructure, notifications, toChosen(target, all)),
  );

  commands.register('gpuctl.job.stop', (target, all) => stopJobs(infrastructure, toChosen(target, all)));
  commands.register('gpuctl.job.start', (target, all) => startJobs(infrastructure, toChosen(target, all)));
  commands.register('gpuctl.job.resume', (target, all) => resumeJobs(infrastructure, toChosen(target, all)));
  commands.register('gpuctl.job.scale', (target) => scaleJob(infrastructure, target));
  commands.register('gpuctl.job.delete', (target, all) => deleteJobs(infrastructure, toChosen(target, all)));
  return vscode.Disposable.from(jobs, revealing, forwarding, notifications, drawBadges());
}

/** Tells of the end of jobs, or no more where it was told of all of them already. */
async function notify(
  infrastructure: Infrastructure,
  notifications: Notifications,
  { jobs: chosen, context: seen }: Chosen,
): Promise<void> {
  const { t, list } = infrastructure.texts;
  const context = contextOf(infrastructure, seen);
  const jobs = chosen.length
    ? chosen
    : [await pickJob(infrastructure, t('ui.notify.pick'), 'log', ({ endedAt }) => endedAt === undefined)];
  const isOn = jobs.every((job) => notifications.awaits(job, context));
  if (isOn) await notifications.remove(jobs, context);
  else await notifications.add(jobs, context);
  const args = { name: list(jobs.map(({ name }) => name)), count: jobs.length };
  const said = isOn ? t('ui.notify.off', args) : t('ui.notify.on', args);
  vscode.window.setStatusBarMessage(said, 5_000);
}

const isJob =
  ({ namespace, name }: JobRef) =>
  ({ job, pod, context }: Row): boolean =>
    job?.name === name && job.namespace === namespace && pod === undefined && context !== 'reason';
