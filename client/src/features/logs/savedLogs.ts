import * as vscode from 'vscode';
import { Requests, type SavedLogDto } from '../../../../server/src/protocol.ts';
import { askBeforeLoss } from '../../infrastructure/askBeforeLoss.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { toSize } from '../../infrastructure/size.ts';

/** Names that a question lists. */
const NAMED = 12;

type Item = vscode.QuickPickItem & { log: SavedLogDto };

/** Offers the logs that are kept: to open, to delete, to search in. */
export async function showSavedLogs(infrastructure: Infrastructure): Promise<void> {
  const { server, texts, commands, boundary } = infrastructure;
  const { t } = texts;
  const { logs } = await server.request(Requests.savedLogs, undefined);
  if (!logs.length) return tellNone(infrastructure);
  const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: t('ui.log.saved.delete') };
  const removeAll = { iconPath: new vscode.ThemeIcon('clear-all'), tooltip: t('ui.log.saved.deleteAll') };
  const search = { iconPath: new vscode.ThemeIcon('search'), tooltip: t('ui.log.saved.search') };
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = t('ui.log.saved');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.buttons = [search, removeAll];
  pick.items = logs.map((log) => ({
    log,
    label: log.name,
    description: t('ui.log.saved.run', {
      run: log.run,
      at: texts.time(log.createdAt || log.savedAt, Date.now()),
      size: toSize(log.bytes),
    }),
    detail: t('ui.log.saved.where', { namespace: log.namespace, cluster: log.cluster }),
    buttons: [remove],
  }));
  pick.onDidTriggerItemButton(({ item }) =>
    boundary.run(async () => {
      if (!(await deleteLogs(infrastructure, [item.log]))) return;
      pick.items = pick.items.filter((one) => one !== item);
      if (!pick.items.length) pick.hide();
    }),
  );
  pick.onDidTriggerButton((button) => {
    pick.hide();
    void commands.execute(button === search ? 'gpuctl.log.searchSaved' : 'gpuctl.log.deleteSaved');
  });
  pick.onDidAccept(() => {
    const [chosen] = pick.selectedItems;
    pick.hide();
    if (chosen) void vscode.commands.executeCommand('vscode.open', vscode.Uri.file(chosen.log.file));
  });
  pick.onDidHide(() => pick.dispose());
  pick.ignoreFocusOut = true; // the question before a delete takes the focus
  pick.show();
}

/** Opens the editor's own search, on the folder of the logs. */
export async function searchSavedLogs(infrastructure: Infrastructure): Promise<void> {
  const { folder, logs } = await infrastructure.server.request(Requests.savedLogs, undefined);
  if (!logs.length) return tellNone(infrastructure);
  await vscode.commands.executeCommand('workbench.action.findInFiles', {
    query: '',
    filesToInclude: folder,
    useExcludeSettingsAndIgnoreFiles: false,
  });
}

/** Deletes all logs that are kept. */
export async function deleteAllSavedLogs(infrastructure: Infrastructure): Promise<void> {
  const { logs } = await infrastructure.server.request(Requests.savedLogs, undefined);
  if (logs.length) await deleteLogs(infrastructure, logs);
  else tellNone(infrastructure);
}

async function deleteLogs({ commands, server, texts }: Infrastructure, logs: readonly SavedLogDto[]): Promise<boolean> {
  const { t } = texts;
  const yes = t('ui.log.saved.delete');
  const question = t('ui.log.saved.confirm', { logs: logs.length });
  const names = texts.list([...new Set(logs.map(({ name }) => name))].slice(0, NAMED));
  const size = toSize(logs.reduce((all, { bytes }) => all + bytes, 0));
  const detail = t('ui.log.saved.lost', { names, size });
  const look = { title: t('ui.log.saved.look'), run: () => commands.execute('gpuctl.log.saved') };
  if (!(await askBeforeLoss({ question, detail, look }, { title: yes }))) return false;
  await server.request(Requests.deleteSavedLogs, { files: logs.map(({ file }) => file) });
  return true;
}

function tellNone({ texts, configuration }: Infrastructure): void {
  const why = configuration.keepLogs ? 'ui.log.saved.none' : 'ui.log.saved.off';
  void vscode.window.showInformationMessage(texts.t(why));
}
