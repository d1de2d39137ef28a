import * as vscode from 'vscode';
import { type JobDto, type JobTargetDto, Requests } from '../../../../server/src/protocol.ts';
import { askBeforeLoss } from '../../infrastructure/askBeforeLoss.ts';
import type { JobTarget } from '../../infrastructure/commands.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { longWork } from '../../infrastructure/longWork.ts';
import { findJob, pickJob } from '../../infrastructure/pickJob.ts';
import { contextOf } from '../../infrastructure/seenIn.ts';
import type { Chosen } from './chosen.ts';
import { SERVICES } from './jobSigns.ts';
import { judgeReplicas } from './scaleVerdict.ts';
import { onSeveral } from './several.ts';

type Verb = 'stop' | 'start' | 'resume' | 'scale';
/** A job, and where it was seen. */
type Pinned = Required<JobTargetDto>;

/** The jobs with which a verb does something. */
const FITS: Record<Verb, (job: JobDto) => boolean> = {
  stop: ({ phase, held }) => (phase === 'running' || phase === 'waiting' || phase === 'unknown') && !held,
  start: ({ phase, held }) => phase === 'stopped' || held === true,
  resume: ({ phase, kind }) =>
    phase === 'stopped' || ((phase === 'failed' || phase === 'succeeded') && !SERVICES.includes(kind)),
  scale: ({ phase, kind }) => SERVICES.includes(kind) && (phase === 'running' || phase === 'waiting'),
};

const toOne = ({ jobs: [job], context }: Chosen): JobTarget | undefined => job && { job, context };

/** Ends what jobs run and keeps the jobs; asks first, since what they have not saved is lost. */
export function stopJobs(infrastructure: Infrastructure, chosen: Chosen): Promise<void> {
  return chosen.jobs.length > 1 ? several(infrastructure, 'stop', chosen) : stopJob(infrastructure, toOne(chosen));
}

/** Lets stopped or held jobs run. */
export function startJobs(infrastructure: Infrastructure, chosen: Chosen): Promise<void> {
  return chosen.jobs.length > 1 ? several(infrastructure, 'start', chosen) : startJob(infrastructure, toOne(chosen));
}

/** Runs ended jobs again under their names; asks first, since the last run goes. One that is stopped goes on, and loses nothing. */
export function resumeJobs(infrastructure: Infrastructure, chosen: Chosen): Promise<void> {
  return chosen.jobs.length > 1 ? several(infrastructure, 'resume', chosen) : resumeJob(infrastructure, toOne(chosen));
}

/** All in the context in which they were seen. */
async function several(
  infrastructure: Infrastructure,
  verb: 'stop' | 'start' | 'resume',
  { jobs, context: seen }: Chosen,
): Promise<void> {
  const { server, boundary, texts } = infrastructure;
  const context = contextOf(infrastructure, seen);
  return boundary.run(() =>
    onSeveral<JobTargetDto>(infrastructure, jobs, context, {
      gesture: verb,
      fits: FITS[verb],
      prepare: async (job) => ({ job, context }),
      detail: () => (verb === 'start' ? [] : [texts.t(`ui.several.${verb}.detail`)]),
      run: (target, token) => server.request<JobTargetDto, unknown>(Requests[verb], target, token),
    }),
  );
}

function stopJob(infrastructure: Infrastructure, chosen: JobTarget | undefined): Promise<void> {
  const { server, commands, texts } = infrastructure;
  return onTarget(infrastructure, 'stop', chosen, async (target) => {
    const kind = (await findJob(infrastructure, target.job))?.kind;
    const detail = kind === 'notebook' ? 'ui.notebook.stopDetail' : 'ui.stop.detail';
    if (!(await agrees(infrastructure, 'stop', target, detail))) return;
    const { done } = await progress(infrastructure, 'stop', target, (token) =>
      server.request(Requests.stop, target, token),
    );
    await commands.execute('gpuctl.jobs.forget', [target.job], target.context); // who stopped it knows
    if (!done) void vscode.window.showInformationMessage(texts.t('ui.stop.already', { name: target.job.name }));
  });
}

function startJob(infrastructure: Infrastructure, chosen: JobTarget | undefined): Promise<void> {
  const { server, commands, texts } = infrastructure;
  return onTarget(infrastructure, 'start', chosen, async (target) => {
    const { done } = await progress(infrastructure, 'start', target, (token) =>
      server.request(Requests.start, target, token),
    );
    if (done) await commands.execute('gpuctl.jobs.await', [target.job], target.context);
    else void vscode.window.showInformationMessage(texts.t('ui.start.already', { name: target.job.name }));
  });
}

function resumeJob(infrastructure: Infrastructure, chosen: JobTarget | undefined): Promise<void> {
  const { server, boundary, commands, texts } = infrastructure;
  const { t, join } = texts;
  return onTarget(infrastructure, 'resume', chosen, async (target) => {
    const { name } = target.job;
    // Started, not resumed: should it have ended meanwhile, no run is deleted without a question.
    if ((await findJob(infrastructure, target.job))?.phase === 'stopped') {
      await progress(infrastructure, 'resume', target, (token) => server.request(Requests.start, target, token));
      await commands.execute('gpuctl.jobs.await', [target.job], target.context);
      void vscode.window.showInformationMessage(t('ui.resume.started', { name }));
      return;
    }
    if (!(await agrees(infrastructure, 'resume', target))) return;
    const { how, run, log, warnings } = await progress(infrastructure, 'resume', target, (token) =>
      server.request(Requests.resume, target, token),
    );
    await commands.execute('gpuctl.jobs.await', [target.job], target.context);
    const said = how === 'started' ? t('ui.resume.started', { name }) : t('ui.resume.next-run', { name, run });
    const open = t('ui.resume.open-log');
    // Not awaited: the resume has ended, whether or not somebody reads about it.
    void boundary.run(async () => {
      const chosen = await vscode.window.showInformationMessage(join(said, ...warnings), ...(log ? [open] : []));
      if (chosen === open && log) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(log));
    });
  });
}

/** Sets the number of replicas of a service. */
export function scaleJob(infrastructure: Infrastructure, chosen: JobTarget | undefined): Promise<void> {
  const { server, texts } = infrastructure;
  return onTarget(infrastructure, 'scale', chosen, async (target) => {
    const { name } = target.job;
    const now = (await findJob(infrastructure, target.job))?.podsWanted;
    const given = await vscode.window.showInputBox({
      title: texts.t('ui.scale.title', { name }),
      prompt: texts.t('ui.scale.prompt'),
      ...(now !== undefined && { value: String(now) }),
      validateInput: (value) => judgeReplicas(infrastructure, target.job, value),
    });
    if (given === undefined) return;
    const replicas = Number(given);
    if (replicas === 0 && !(await agrees(infrastructure, 'stop', target))) return;
    const { done } = await progress(infrastructure, 'scale', target, (token) =>
      server.request(Requests.scale, { ...target, replicas }, token),
    );
    if (!done) void vscode.window.showInformationMessage(texts.t('ui.scale.already', { name, replicas }));
  });
}

/**
 * Does something with a job in the context in which it was seen: what is asked about is done there and nowhere else, also when it is tried
 * again.
 */
async function onTarget(
  infrastructure: Infrastructure,
  verb: Verb,
  chosen: JobTarget | undefined,
  run: (target: Pinned) => Promise<void>,
): Promise<void> {
  const context = contextOf(infrastructure, chosen?.context);
  const title = infrastructure.texts.t(`ui.${verb}.pick`);
  const job = chosen?.job ?? (await pickJob(infrastructure, title, verb, FITS[verb]));
  await infrastructure.boundary.run(() => run({ job, context }));
}

async function agrees(
  { connection, commands, texts: { t } }: Infrastructure,
  verb: 'stop' | 'resume',
  { job, context }: Pinned,
  loss: 'ui.stop.detail' | 'ui.resume.detail' | 'ui.notebook.stopDetail' = `ui.${verb}.detail`,
): Promise<boolean> {
  // While the window connects the cluster has no name yet, and the context names it.
  const { cluster = context } = connection.current;
  const where = t('ui.delete.where', { cluster, namespace: job.namespace });
  const detail = [where, '', t(loss)].join('\n');
  const look = { title: t('ui.delete.look'), run: () => commands.execute('gpuctl.job.details', { job, context }) };
  const question = t(`ui.${verb}.question`, { name: job.name });
  return (await askBeforeLoss({ question, detail, look }, { title: t(`ui.${verb}.confirm`) })) !== undefined;
}

const progress = <T>(
  { texts: { t } }: Infrastructure,
  verb: Verb,
  { job: { name } }: JobTargetDto,
  run: (token: vscode.CancellationToken) => Thenable<T>,
): Promise<T> => longWork(t(`ui.${verb}.progress`, { name }), run);
