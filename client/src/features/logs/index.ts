import * as vscode from 'vscode';
import type { JobTarget } from '../../infrastructure/commands.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { pickJob } from '../../infrastructure/pickJob.ts';
import { contextOf } from '../../infrastructure/seenIn.ts';
import { provideFileLinks } from './fileLinks.ts';
import { markFirstError } from './firstError.ts';
import { Logs, type Wanted } from './logs.ts';
import { deleteAllSavedLogs, searchSavedLogs, showSavedLogs } from './savedLogs.ts';
import { openWholeLog } from './wholeLog.ts';

/** Logs of jobs in output channels, as files, and those that are kept. */
export function activateLogs(infrastructure: Infrastructure): vscode.Disposable {
  const { commands, texts } = infrastructure;
  const { t } = texts;
  const logs = new Logs(infrastructure);
  const open = (wanted: Wanted) =>
    vscode.window.withProgress({ location: { viewId: 'gpuctl.jobs' } }, () => logs.open(wanted));
  const inPanel = (): Wanted | undefined =>
    vscode.window.visibleTextEditors.flatMap(({ document }) => logs.of(document)?.wanted ?? [])[0];
  /** The log that was named, else the one in the output panel where `shown` may be meant, else one that the person chooses. */
  const find = async (target: JobTarget | undefined, title: string, shown = false): Promise<Wanted> => {
    const found = target?.job ? { ...target, job: target.job } : shown ? inPanel() : undefined;
    const context = contextOf(infrastructure, found?.context);
    return found ? { ...toWanted(found), context } : { job: await pickJob(infrastructure, title, 'log'), context };
  };

  commands.register('gpuctl.job.log', async (target) => {
    await open(await find(target, t('ui.log.pick')));
  });
  commands.register('gpuctl.log.previous', async (target) => {
    await open({ ...(await find(target, t('ui.log.pick-previous'), true)), previous: true });
  });
  commands.register('gpuctl.log.openFile', async (target) => {
    const previous = target?.job ? undefined : inPanel()?.previous;
    const found = await find(target, t('ui.log.pick-whole'), true);
    await openWholeLog(infrastructure, { ...found, ...(previous && { previous }) });
  });
  commands.register('gpuctl.log.saved', () => showSavedLogs(infrastructure));
  commands.register('gpuctl.log.searchSaved', () => searchSavedLogs(infrastructure));
  commands.register('gpuctl.log.deleteSaved', () => deleteAllSavedLogs(infrastructure));

  commands.register('gpuctl.job.stopLog', async (target) => {
    if (target?.job) {
      if (await logs.stop({ ...target, job: target.job })) return;
      const { name } = target.job;
      void vscode.window.showInformationMessage(t('ui.log.notFollowed', { name: target.pod ?? name }));
      return;
    }
    const shown = inPanel();
    if (shown && logs.followed.includes(shown)) {
      await logs.stop(shown);
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
  return vscode.Disposable.from(logs, provideFileLinks(infrastructure, logs), markFirstError(infrastructure, logs));
}

const toWanted = ({ job, pod }: Wanted): Wanted => (pod === undefined ? { job } : { job, pod });
