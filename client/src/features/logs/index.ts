import * as vscode from 'vscode';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { pickJob } from '../../infrastructure/pickJob.ts';
import { Logs } from './logs.ts';

/** Logs of jobs in output channels. */
export function activateLogs(infrastructure: Infrastructure): vscode.Disposable {
  const { commands, texts } = infrastructure;
  const { t } = texts;
  const logs = new Logs(infrastructure);

  commands.register('gpuctl.job.log', async (target) => {
    const job = target?.job ?? (await pickJob(infrastructure, t('ui.log.pick'), 'log'));
    const { pod } = target ?? {};
    await vscode.window.withProgress({ location: { viewId: 'gpuctl.jobs' } }, () =>
      logs.open(pod === undefined ? { job } : { job, pod }),
    );
  });

  commands.register('gpuctl.job.stopLog', async (target) => {
    if (target?.job) {
      await logs.stop({ ...target, job: target.job });
      return;
    }
    const items = logs.followed.map((wanted) => ({
      wanted,
      label: wanted.pod ?? wanted.job.name,
      description: wanted.job.namespace,
    }));
    const picked = await vscode.window.showQuickPick(items, { title: t('ui.log.stop') });
    if (picked) await logs.stop(picked.wanted);
  });
  return logs;
}
