import * as vscode from 'vscode';
import { type JobRef, Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { pickJob } from '../../infrastructure/pickJob.ts';

/** Deletes a job, after a question that names where it is, what goes and what stays. */
export async function deleteJob(infrastructure: Infrastructure, target: JobRef | undefined): Promise<void> {
  const { server, texts } = infrastructure;
  const { t } = texts;
  const job = target ?? (await pickJob(infrastructure, t('ui.delete.pick'), 'delete'));
  const { cluster, context, uid, removes, keeps } = await server.request(Requests.planDelete, job);
  const list = (heading: string, lines: string[]) =>
    lines.length > 0 ? [heading, ...lines.map((line) => `• ${line}`), ''] : [];
  const detail = [
    t('ui.delete.where', { cluster, namespace: job.namespace }),
    '',
    ...list(t('ui.delete.removes'), removes),
    ...list(t('ui.delete.keeps'), keeps),
  ];
  const confirm = t('ui.delete.confirm');
  const question = t('ui.delete.question', { name: job.name });
  const answer = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail: detail.join('\n').trim() },
    confirm,
  );
  if (answer !== confirm) return;
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t('ui.delete.progress', { name: job.name, cluster, namespace: job.namespace }),
      cancellable: true,
    },
    // What was confirmed is deleted, and nothing else: not another job of that name, not in another cluster.
    (_, token) => server.request(Requests.delete, { job, context, uid }, token),
  );
}
