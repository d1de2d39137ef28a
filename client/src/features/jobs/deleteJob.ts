import { type DeletePlan, type JobRef, Requests } from '../../../../server/src/protocol.ts';
import { askBeforeLoss } from '../../infrastructure/askBeforeLoss.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { longWork } from '../../infrastructure/longWork.ts';
import { pickJob } from '../../infrastructure/pickJob.ts';
import { contextOf } from '../../infrastructure/seenIn.ts';
import type { Chosen } from './chosen.ts';
import { onSeveral } from './several.ts';

/** Deletes jobs, after a question that names where they are, what goes and what stays. */
export async function deleteJobs(infrastructure: Infrastructure, { jobs, context: seen }: Chosen): Promise<void> {
  const { server } = infrastructure;
  const context = contextOf(infrastructure, seen);
  const [first] = jobs;
  if (jobs.length <= 1) return deleteJob(infrastructure, first, context);
  await onSeveral<DeletePlan>(infrastructure, jobs, context, {
    gesture: 'delete',
    fits: () => true,
    prepare: (job) => server.request(Requests.planDelete, { ...job, context }),
    detail: (plans) => toLines(infrastructure, [], [...new Set(plans.flatMap(({ keeps }) => keeps))]),
    // What was confirmed is deleted, and nothing else: not another job of that name, not in another cluster.
    run: ({ job, context, uid }, token) => server.request(Requests.delete, { job, context, uid }, token),
  });
}

async function deleteJob(infrastructure: Infrastructure, target: JobRef | undefined, seen: string): Promise<void> {
  const { server, commands, texts } = infrastructure;
  const { t } = texts;
  const job = target ?? (await pickJob(infrastructure, t('ui.delete.pick'), 'delete'));
  const { cluster, context, uid, removes, keeps } = await server.request(Requests.planDelete, {
    ...job,
    context: seen,
  });
  const where = t('ui.delete.where', { cluster, namespace: job.namespace });
  const detail = [where, '', ...toLines(infrastructure, removes, keeps)].join('\n').trim();
  const confirm = t('ui.delete.confirm');
  const look = { title: t('ui.delete.look'), run: () => commands.execute('gpuctl.job.details', { job, context }) };
  const question = t('ui.delete.question', { name: job.name });
  if (!(await askBeforeLoss({ question, detail, look }, { title: confirm }))) return;
  const title = t('ui.delete.progress', { name: job.name, cluster, namespace: job.namespace });
  // What was confirmed is deleted, and nothing else: not another job of that name, not in another cluster.
  await longWork(title, (token) => server.request(Requests.delete, { job, context, uid }, token));
}

/** What goes and what stays; a log that is on this machine always does. */
function toLines({ texts: { t } }: Infrastructure, removes: readonly string[], keeps: readonly string[]): string[] {
  const list = (heading: string, lines: readonly string[]) =>
    lines.length > 0 ? [heading, ...lines.map((line) => `• ${line}`), ''] : [];
  return [
    ...list(t('ui.delete.removes'), removes),
    ...list(t('ui.delete.keeps'), [...keeps, t('ui.delete.keepsLogs')]),
  ];
}
