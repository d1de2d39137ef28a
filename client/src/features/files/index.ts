import path from 'node:path';
import * as vscode from 'vscode';
import { Requests } from '../../../../server/src/protocol.ts';
import type { JobTarget } from '../../infrastructure/commands.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { browse, openFile } from './browse.ts';
import { FILES_SCHEME, type JobPart, toPlace } from './jobUri.ts';
import { JobFileSystem } from './provider.ts';
import { chooseHere, choosePart, chooseThere, type Route, toThere } from './route.ts';
import { transfer } from './transfer.ts';
import { commonFolder } from './words.ts';

/** Where the folder of a job is kept that a folder here is synced with. */
const memoryKey = (here: string, { job, context, part }: JobPart): string =>
  `sync:${here}:${context}:${job.namespace}/${job.name}:${part ?? ''}`;

/** Files of jobs that run: transfers both ways, and as files of the editor. In an untrusted workspace there is none of it. */
export function activateFiles(
  infrastructure: Infrastructure,
  { workspaceState }: vscode.ExtensionContext,
): vscode.Disposable {
  const { commands, configuration } = infrastructure;
  const files = new JobFileSystem(infrastructure);
  commands.register('gpuctl.files.sync', async (target) => {
    if (configuration.trusted) await sync(infrastructure, workspaceState, target);
  });
  commands.register('gpuctl.files.upload', async (target, selected) => {
    if (configuration.trusted) await upload(infrastructure, target, selected);
  });
  commands.register('gpuctl.files.download', async (target) => {
    if (!configuration.trusted) return;
    if (target instanceof vscode.Uri) await download(infrastructure, target);
    else await browseFiles(infrastructure, target, infrastructure.texts.t('ui.files.pick.download'));
  });
  commands.register('gpuctl.files.browse', async (target) => {
    if (configuration.trusted)
      await browseFiles(infrastructure, target, infrastructure.texts.t('ui.files.pick.browse'));
  });
  return vscode.Disposable.from(
    files,
    vscode.workspace.registerFileSystemProvider(FILES_SCHEME, files, { isCaseSensitive: true }),
  );
}

async function sync(
  infrastructure: Infrastructure,
  memory: vscode.Memento,
  target: JobTarget | vscode.Uri | undefined,
): Promise<void> {
  const { t } = infrastructure.texts;
  const folder = target instanceof vscode.Uri ? target : await chooseHere(infrastructure);
  if (!folder || !isHere(infrastructure, [folder])) return;
  if (!(await saveFirst(infrastructure, [folder]))) return;
  const part = await choosePart(infrastructure, isJob(target), t('ui.files.pick.sync'));
  await syncWith(infrastructure, memory, folder, part);
}

async function syncWith(
  infrastructure: Infrastructure,
  memory: vscode.Memento,
  folder: vscode.Uri,
  part: JobPart,
): Promise<void> {
  const key = memoryKey(folder.fsPath, part);
  const there = memory.get<string>(key) ?? (await chooseThere(infrastructure, part, path.basename(folder.fsPath)));
  await memory.update(key, there);
  const hereName = vscode.workspace.asRelativePath(folder, true);
  const route: Route = {
    direction: 'both',
    here: folder.fsPath,
    hereName: path.isAbsolute(hereName) ? path.basename(hereName) : hereName,
    ...toThere(part, there),
  };
  await transfer(infrastructure, route, {
    title: infrastructure.texts.t('ui.files.pick.other'),
    run: async () => {
      await memory.update(key, undefined);
      await syncWith(infrastructure, memory, folder, part);
    },
  });
}

async function upload(
  infrastructure: Infrastructure,
  target: JobTarget | vscode.Uri | undefined,
  selected: readonly unknown[] = [],
  there?: string,
  to?: JobPart,
): Promise<void> {
  const { t } = infrastructure.texts;
  const clicked = target instanceof vscode.Uri ? [target] : [];
  const marked = selected.filter((one) => one instanceof vscode.Uri);
  const part = to ?? (await choosePart(infrastructure, isJob(target), t('ui.files.pick.upload')));
  const folders = { canSelectFiles: true, canSelectFolders: true, canSelectMany: true };
  const chosen = clicked.length
    ? marked.some((one) => String(one) === String(target))
      ? marked
      : clicked
    : await vscode.window.showOpenDialog({ ...folders, openLabel: t('ui.files.pick.upload.what') });
  if (!chosen?.length || !isHere(infrastructure, chosen) || !(await saveFirst(infrastructure, chosen))) return;
  const { folder, only } = commonFolder(
    chosen.map(({ fsPath }) => fsPath),
    path.sep,
  );
  const [first = ''] = only;
  const hereName = only.length === 1 ? path.basename(first) : `${path.basename(folder)} (${only.length})`;
  const place = toThere(part, there ?? (await chooseThere(infrastructure, part)));
  await transfer(infrastructure, { direction: 'up', here: folder, hereName, only, ...place });
}

/** Downloads a file or folder of a job into a folder that the person chooses. */
async function download(infrastructure: Infrastructure, uri: vscode.Uri): Promise<void> {
  const { server, texts } = infrastructure;
  const asked = toPlace(uri.authority);
  if (!asked) return;
  const { kind } = await server.request(Requests.statFile, { ...asked, path: uri.path });
  const defaultUri = vscode.workspace.workspaceFolders?.find((one) => one.uri.scheme === 'file')?.uri;
  const [to] =
    (await vscode.window.showOpenDialog({
      ...{ canSelectFiles: false, canSelectFolders: true, openLabel: texts.t('ui.files.pick.download.to') },
      ...(defaultUri && { defaultUri }),
    })) ?? [];
  if (!to || !isHere(infrastructure, [to])) return;
  const name = path.posix.basename(uri.path);
  const inFolder: Pick<Route, 'there' | 'here' | 'only'> =
    kind === 'folder'
      ? { there: uri.path, here: path.join(to.fsPath, name) }
      : { there: path.posix.dirname(uri.path), here: to.fsPath, only: [name] };
  const names = { hereName: path.basename(to.fsPath) || to.fsPath, thereName: `${asked.job.name}:${uri.path}` };
  await transfer(infrastructure, { direction: 'down', ...inFolder, ...names, authority: uri.authority });
}

async function browseFiles(
  infrastructure: Infrastructure,
  target: JobTarget | undefined,
  title: string,
): Promise<void> {
  const part = await choosePart(infrastructure, target, title);
  const place = { job: part.job, context: part.context };
  const { folders } = await infrastructure.server.request(Requests.jobFolders, {
    ...place,
    ...(typeof part.part === 'number' && { rank: part.part }),
    ...(typeof part.part === 'string' && { pod: part.part }),
  });
  const chosen = await browse(infrastructure, part, folders[0] ?? '/');
  if (chosen?.do === 'open')
    await openFile(infrastructure, chosen.uri, chosen.size, () => download(infrastructure, chosen.uri));
  else if (chosen?.do === 'download') await download(infrastructure, chosen.uri);
  else if (chosen?.do === 'upload') await upload(infrastructure, undefined, [], chosen.folder, part);
  else if (chosen) addToWorkspace(chosen.uri, part);
}

/** After the folders that are there, so that the window stays as it is where it has several already. */
function addToWorkspace(uri: vscode.Uri, { job, part }: JobPart): void {
  const count = vscode.workspace.workspaceFolders?.length ?? 0;
  const name = part === undefined ? job.name : `${job.name} (${part})`;
  vscode.workspace.updateWorkspaceFolders(count, 0, { uri, name });
}

const isJob = (target: JobTarget | vscode.Uri | undefined): JobTarget | undefined =>
  target instanceof vscode.Uri ? undefined : target;

/** Whether the server can reach these: it works on the files of its own machine. */
function isHere({ texts: { t } }: Infrastructure, uris: readonly vscode.Uri[]): boolean {
  if (uris.every(({ scheme }) => scheme === 'file')) return true;
  void vscode.window.showInformationMessage(t('ui.files.notHere'));
  return false;
}

/** What is not saved of these files and folders would not be copied: that is asked. */
async function saveFirst({ texts: { t } }: Infrastructure, copied: readonly vscode.Uri[]): Promise<boolean> {
  const unsaved = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) =>
      isDirty && uri.scheme === 'file' && copied.some(({ path }) => `${uri.path}/`.startsWith(`${path}/`)),
  );
  if (!unsaved.length) return true;
  const [save, without] = [t('ui.files.unsaved.save'), t('ui.files.unsaved.without')];
  const question = t('ui.files.unsaved', { count: unsaved.length });
  const chosen = await vscode.window.showInformationMessage(question, { modal: true }, save, without);
  if (chosen === save) await Promise.all(unsaved.map((document) => document.save()));
  return chosen !== undefined;
}
