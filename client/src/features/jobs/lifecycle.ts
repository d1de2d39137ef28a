import * as vscode from 'vscode';
import { type JobRef, type JobTargetDto, Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { pickJob } from '../../infrastructure/pickJob.ts';

type Verb = 'stop' | 'start' | 'resume' | 'scale';

/** Ends what a job runs and keeps the job; asks first, since what it has not saved is lost. */
export async function stopJob(infrastructure: Infrastructure, job: JobRef | undefined): Promise<void> {
  const { server, texts } = infrastructure;
  const target = await toTarget(infrastructure, 'stop', job);
  if (!(await agrees(infrastructure, 'stop', target))) return;
  const { done } = await progress(infrastructure, 'stop', target, (token) =>
    server.request(Requests.stop, target, token),
  );
  if (!done) void vscode.window.showInformationMessage(texts.t('ui.stop.already', { name: target.job.name }));
}

/** Lets a stopped job run. */
export async function startJob(infrastructure: Infrastructure, job: JobRef | undefined): Promise<void> {
  const { server, texts } = infrastructure;
  const target = await toTarget(infrastructure, 'start', job);
  const { done } = await progress(infrastructure, 'start', target, (token) =>
    server.request(Requests.start, target, token),
  );
  if (!done) void vscode.window.showInformationMessage(texts.t('ui.start.already', { name: target.job.name }));
}

/** Runs an ended job again under its name; asks first, since the last run goes. */
export async function resumeJob(infrastructure: Infrastructure, job: JobRef | undefined): Promise<void> {
  const { server, boundary, texts } = infrastructure;
  const { t, join } = texts;
  const target = await toTarget(infrastructure, 'resume', job);
  if (!(await agrees(infrastructure, 'resume', target))) return;
  const { how, run, log, warnings } = await progress(infrastructure, 'resume', target, (token) =>
    server.request(Requests.resume, target, token),
  );
  const { name } = target.job;
  const said = how === 'started' ? t('ui.resume.started', { name }) : t('ui.resume.next-run', { name, run });
  const open = t('ui.resume.open-log');
  // Not awaited: the resume has ended, whether or not somebody reads about it.
  void boundary.run(async () => {
    const chosen = await vscode.window.showInformationMessage(join(said, ...warnings), ...(log ? [open] : []));
    if (chosen === open && log) await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(log));
  });
}

/** Sets the number of replicas of a service. */
export async function scaleJob(infrastructure: Infrastructure, job: JobRef | undefined): Promise<void> {
  const { server, texts } = infrastructure;
  const target = await toTarget(infrastructure, 'scale', job);
  const { name } = target.job;
  const given = await vscode.window.showInputBox({
    title: texts.t('ui.scale.title', { name }),
    prompt: texts.t('ui.scale.prompt'),
    validateInput: (value) => (/^\d{1,4}$/.test(value.trim()) ? undefined : texts.t('ui.scale.number')),
  });
  if (given === undefined) return;
  const replicas = Number(given);
  if (replicas === 0 && !(await agrees(infrastructure, 'stop', target))) return;
  await progress(infrastructure, 'scale', target, (token) =>
    server.request(Requests.scale, { ...target, replicas }, token),
  );
}

/** The job with the context in which it is seen now: what is asked about is done there and nowhere else. */
async function toTarget(infrastructure: Infrastructure, verb: Verb, job: JobRef | undefined): Promise<JobTargetDto> {
  const chosen = job ?? (await pickJob(infrastructure, infrastructure.texts.t(`ui.${verb}.pick`)));
  const { context } = infrastructure.connection.current;
  return { job: chosen, ...(context && { context }) };
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
