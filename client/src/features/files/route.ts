import * as vscode from 'vscode';
import { type FilesDirection, Requests } from '../../../../server/src/protocol.ts';
import type { JobTarget } from '../../infrastructure/commands.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { pickRunningPart } from '../../infrastructure/pickPart.ts';
import { type JobPart, toAuthority } from './jobUri.ts';

/** Two folders, and which way it goes. */
export interface Route {
  direction: FilesDirection;
  /** Paths of the folders, and what the person calls them. */
  here: string;
  there: string;
  hereName: string;
  thereName: string;
  /** Of the job, as its files are addressed. */
  authority: string;
  /** Only these paths below the folders. */
  only?: string[];
}

/** The part of a job whose files are meant. Throws when nothing is chosen. */
export async function choosePart(
  infrastructure: Infrastructure,
  target: JobTarget | undefined,
  title: string,
): Promise<JobPart> {
  const { t } = infrastructure.texts;
  const part = await pickRunningPart(infrastructure, target, {
    title,
    which: (name) => t('ui.files.pick.rank', { name }),
    none: (name) => t('ui.files.noPod', { name }),
  });
  if (!part) throw new vscode.CancellationError();
  const { job, context, pod, isOneOfMany } = part;
  return isOneOfMany ? { job, context, part: pod.rank ?? pod.name } : { job, context };
}

/** A folder of a job: one of its working folders, one in them that is called like the one here, or any. Throws when nothing is chosen. */
export async function chooseThere(
  { server, texts: { t } }: Infrastructure,
  part: JobPart,
  like?: string,
): Promise<string> {
  const { folders } = await server.request(Requests.jobFolders, {
    job: part.job,
    context: part.context,
    ...(typeof part.part === 'number' && { rank: part.part }),
    ...(typeof part.part === 'string' && { pod: part.part }),
  });
  const paths = folders.flatMap((one) => [one, ...(like ? [`${one === '/' ? '' : one}/${like}`] : [])]);
  const items = [
    ...paths.map((path) => ({ label: path, iconPath: vscode.ThemeIcon.Folder, path })),
    { label: t('ui.files.pick.other'), path: undefined },
  ];
  const title = t('ui.files.pick.there', { name: part.job.name });
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { path: string | undefined }>(items, {
    title,
  });
  if (!picked) throw new vscode.CancellationError();
  if (picked.path !== undefined) return picked.path;
  const typed = await vscode.window.showInputBox({
    title,
    prompt: t('ui.files.pick.path', { name: part.job.name }),
    value: paths[0] ?? '/',
    validateInput: (text) =>
      text.startsWith('/') && !text.split('/').includes('..') ? undefined : t('ui.files.pick.notAPath'),
  });
  if (typed === undefined) throw new vscode.CancellationError();
  return typed.replace(/(?<=.)\/+$/, '');
}

/** The folder of the workspace that is meant. Throws when nothing is chosen, and `undefined` where there is none. */
export async function chooseHere({ texts: { t } }: Infrastructure): Promise<vscode.Uri | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  if (!folders.length) void vscode.window.showInformationMessage(t('ui.files.noFolder'));
  if (folders.length < 2) return folders[0]?.uri;
  const items = folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, uri }));
  const picked = await vscode.window.showQuickPick(items, { title: t('ui.files.pick.folder') });
  if (!picked) throw new vscode.CancellationError();
  return picked.uri;
}

/** What a job’s folder is called before the person. */
export const nameOf = ({ job, part }: JobPart, path: string): string =>
  `${job.name}${part === undefined ? '' : ` (${part})`}:${path}`;

/** The parts of a route that name the job’s side. */
export const toThere = (part: JobPart, there: string): Pick<Route, 'there' | 'thereName' | 'authority'> => ({
  there,
  thereName: nameOf(part, there),
  authority: toAuthority(part),
});
