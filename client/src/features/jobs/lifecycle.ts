import * as vscode from 'vscode';
import { type JobDto, type JobRef, type JobTargetDto, Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { findJob, pickJob } from '../../infrastructure/pickJob.ts';
import { SERVICES } from './jobRows.ts';
import { openSavedLog } from './savedLog.ts';

type Verb = 'stop' | 'start' | 'resume' | 'scale';

/** The jobs with which a verb does something. */
const FITS: Record<Verb, (job: JobDto) => boolean> = {
  stop: ({ phase, held }) => (phase === 'running' || phase === 'waiting' || phase === 'unknown') && !held,
  start: ({ phase, held }) => phase === 'stopped' || held === true,
  resume: ({ phase, kind }) =>
    phase === 'stopped' || ((phase === 'failed' || phase === 'succeeded') && !SERVICES.includes(kind)),
  scale: ({ phase, kind }) => SERVICES.includes(kind) && (phase === 'running' || phase === 'waiting'),
};

/** Ends what a job runs and keeps the job; asks first, since what it has not saved is lost. */
export function stopJob(infrastructure: Infrastructure, job: JobRef | undefined): Promise<void> {
  const { server, texts } = infrastructure;
  return onTarget(infrastructure, 'stop', job, async (target) => {
    if (!(await agrees(infrastructure, 'stop', target))) return;
    const { done } = await progress(infrastructure, 'stop', target, (token) =>
      server.request(Requests.stop, target, token),
    );
    if (!done) void vscode.window.showInformationMessage(texts.t('ui.stop.already', { name: target.job.name }));
  });
}

/** Lets a stopped or held job run. */
export function startJob(infrastructure: Infrastructure, job: JobRef | undefined): Promise<void> {
  const { server, texts } = infrastructure;
  return onTarget(infrastructure, 'start', job, async (target) => {
    const { done } = await progress(infrastructure, 'start', target, (token) =>
      server.request(Requests.start, target, token),
    );
    if (!done) void vscode.window.showInformationMessage(texts.t('ui.start.already', { name: target.job.name }));
  });
}

/** Runs an ended job again under its name; asks first, since the last run goes. One that is stopped goes on, and loses nothing. */
export function resumeJob(infrastructure: Infrastructure, job: JobRef | undefined): Promise<void> {
  const { server, boundary, texts } = infrastructure;
  const { t, join } = texts;
  return onTarget(infrastructure, 'resume', job, async (target) => {
    const { name } = target.job;
    // Started, not resumed: should it have ended meanwhile, no run is deleted without a question.
    if ((await findJob(infrastructure, target.job))?.phase === 'stopped') {
      await progress(infrastructure, 'resume', target, (token) => server.request(Requests.start, target, token));
      void vscode.window.showInformationMessage(t('ui.resume.started', { name }));
      return;
    }
    if (!(await agrees(infrastructure, 'resume', target))) return;
    const { how, run, log, warnings } = await progress(infrastructure, 'resume', target, (token) =>
      server.request(Requests.resume, target, token),
    );
    const said = how === 'started' ? t('ui.resume.started', { name }) : t('ui.resume.next-run', { name, run });
    const open = t('ui.resume.open-log');
    // Not awaited: the resume has ended, whether or not somebody reads about it.
    void boundary.run(async () => {
      const chosen = await vscode.window.showInformationMessage(join(said, ...warnings), ...(log ? [open] : []));
      if (chosen === open && log) await openSavedLog(vscode.Uri.file(log), t('ui.resume.pick-log', { name }));
    });
  });
}

/** Sets the number of replicas of a service. */
export function scaleJob(infrastructure: Infrastructure, job: JobRef | undefined): Promise<void> {
  const { server, texts } = infrastructure;
  return onTarget(infrastructure, 'scale', job, async (target) => {
    const { name } = target.job;
    const now = (await findJob(infrastructure, target.job))?.podsWanted;
    const given = await vscode.window.showInputBox({
      title: texts.t('ui.scale.title', { name }),
      prompt: texts.t('ui.scale.prompt'),
      ...(now !== undefined && { value: String(now) }),
      validateInput: (value) => (/^\d{1,4}$/.test(value.trim()) ? undefined : texts.t('ui.scale.number')),
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
 * Does something with a job in the context in which it is seen now: what is asked about is done there and nowhere else, also when it is
 * tried again.
 */
async function onTarget(
  infrastructure: Infrastructure,
  verb: Verb,
  job: JobRef | undefined,
  run: (target: JobTargetDto) => Promise<void>,
): Promise<void> {
  const chosen = job ?? (await pickJob(infrastructure, infrastructure.texts.t(`ui.${verb}.pick`), verb, FITS[verb]));
  const { context } = infrastructure.connection.current;
  const target = { job: chosen, ...(context && { context }) };
  await infrastructure.boundary.run(() => run(target));
}

async function agrees({ connection, texts: { t } }: Infrastructure, verb: 'stop' | 'resume', { job }: JobTargetDto) {
  const { cluster = '' } = connection.current;
  const yes = t(`ui.${verb}.confirm`);
  const detail = [t('ui.delete.where', { cluster, namespace: job.namespace }), '', t(`ui.${verb}.detail`)].join('\n');
  const question = t(`ui.${verb}.question`, { name: job.name });
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

const progress = <T>(
  { texts: { t } }: Infrastructure,
  verb: Verb,
  { job: { name } }: JobTargetDto,
  run: (token: vscode.CancellationToken) => Thenable<T>,
): Thenable<T> =>
  vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t(`ui.${verb}.progress`, { name }), cancellable: true },
    (_, token) => run(token),
  );
