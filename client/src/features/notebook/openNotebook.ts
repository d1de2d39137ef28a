import * as vscode from 'vscode';
import { type JobDto, type JobGesture, Requests } from '../../../../server/src/protocol.ts';
import type { JobTarget } from '../../infrastructure/commands.ts';
import { setContextKey } from '../../infrastructure/contextKeys.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { pickJob } from '../../infrastructure/pickJob.ts';
import { contextOf } from '../../infrastructure/seenIn.ts';
import { JUPYTER, JUPYTER_NOTEBOOK } from './jupyterApi.ts';
import type { JupyterServers } from './jupyterServers.ts';
import { type Pinned, reachShown } from './reach.ts';
import { isUp, serverId } from './serverList.ts';

/** Files that are offered at the most. */
const FILES = 50;

/** The notebook that is meant, and where it was seen; asked for where none is named. */
export async function toPinned(
  infrastructure: Infrastructure,
  target: JobTarget | undefined,
  title: string,
  { gesture, fits }: { gesture?: JobGesture; fits: (job: JobDto) => boolean } = { gesture: 'forward', fits: isUp },
): Promise<Pinned> {
  const context = contextOf(infrastructure, target?.context);
  return { context, job: target?.job ?? (await pickJob(infrastructure, title, gesture, fits)) };
}

/** Opens a notebook file in this window, and the list of kernels for it; without the Jupyter extension says what else can be done. */
export async function openNotebook(
  infrastructure: Infrastructure,
  servers: JupyterServers,
  target: Pinned,
): Promise<void> {
  const { boundary, commands, texts } = infrastructure;
  const { t } = texts;
  const { name } = target.job;
  await reachShown(infrastructure, target, servers.isThere);
  if (!servers.isThere) {
    const [browser, install] = [t('ui.notebook.browser'), t('ui.notebook.install')];
    // Not awaited: what can be done is said, and stays there.
    void boundary.run(async () => {
      const chosen = await vscode.window.showInformationMessage(t('ui.notebook.noJupyter', { name }), browser, install);
      if (chosen === browser) await commands.execute('gpuctl.notebook.openInBrowser', target);
      if (chosen === install) await vscode.commands.executeCommand('workbench.extensions.search', `@id:${JUPYTER}`);
    });
    return;
  }
  const document = await chooseFile(t, name);
  if (!document) return;
  const editor = await vscode.window.showNotebookDocument(document);
  setContextKey('gpuctl.notebookOpened', true);
  await servers.prepare();
  // Jupyter has no way to choose for somebody: what is to be chosen is said beside the list.
  if (!servers.wasUsed(serverId(target.context, target.job)))
    void boundary.run(async () => {
      const browser = t('ui.notebook.browser');
      const step = t('ui.notebook.step', { collection: t('ui.notebook.collection'), name });
      if ((await vscode.window.showInformationMessage(step, browser)) === browser)
        await commands.execute('gpuctl.notebook.openInBrowser', target);
    });
  await vscode.commands.executeCommand('notebook.selectKernel', { notebookEditor: editor });
}

/** The notebook file in front, else one of the workspace, or a new one. */
async function chooseFile(t: Infrastructure['texts']['t'], name: string): Promise<vscode.NotebookDocument | undefined> {
  const inFront = vscode.window.activeNotebookEditor?.notebook;
  if (inFront?.notebookType === JUPYTER_NOTEBOOK) return inFront;
  const files = await vscode.workspace.findFiles('**/*.ipynb', undefined, FILES);
  const rows: (vscode.QuickPickItem & { uri?: vscode.Uri })[] = files
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const fresh = { label: `$(add) ${t('ui.notebook.file.new')}`, description: t('ui.notebook.file.new.about') };
  const title = t('ui.notebook.file', { name });
  const chosen = rows.length ? await vscode.window.showQuickPick([fresh, ...rows], { title }) : fresh;
  if (!chosen) return undefined;
  const { uri } = chosen as { uri?: vscode.Uri };
  if (uri) return vscode.workspace.openNotebookDocument(uri);
  const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, '', 'python');
  return vscode.workspace.openNotebookDocument(JUPYTER_NOTEBOOK, new vscode.NotebookData([cell]));
}

/** Opens a notebook in the browser by an address that is good once, so that its token is in nothing that starts a program. */
export async function openInBrowser(infrastructure: Infrastructure, target: Pinned): Promise<void> {
  const { at } = await reachShown(infrastructure, target, false);
  const outside = await vscode.env.asExternalUri(vscode.Uri.parse(at));
  const ticket = { ...target, at: outside.toString(true) };
  const { url } = await infrastructure.server.request(Requests.notebookTicket, ticket);
  if (await vscode.env.openExternal(vscode.Uri.parse(url))) setContextKey('gpuctl.notebookOpened', true);
}
