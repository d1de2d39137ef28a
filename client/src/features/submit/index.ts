import * as vscode from 'vscode';
import { ClientRequests } from '../../../../server/src/protocol.ts';
import type { SubmitTarget } from '../../infrastructure/commands.ts';
import { documentInFront, isFolder } from '../../infrastructure/documents.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { agrees } from './agree.ts';
import { mayHoldSeveral } from './chosenFiles.ts';
import { watchFolderMenu } from './folderMenu.ts';
import { SubmitMany } from './submitMany.ts';
import { submitTarget } from './submitOne.ts';
import { readFile, type Target } from './submittable.ts';

/** Submitting documents: one as the lens names it, those of a file, and those of whatever is selected in the explorer. */
export function activateSubmit(infrastructure: Infrastructure): vscode.Disposable {
  const { commands, server } = infrastructure;
  const many = new SubmitMany(infrastructure);
  commands.register('gpuctl.job.submit', (target, selected) => submit(infrastructure, many, target, selected));
  server.onRequest(ClientRequests.agree, async (ask) => ({ answer: await agrees(infrastructure, ask) }));
  return vscode.Disposable.from(many, watchFolderMenu(infrastructure));
}

/** Whoever tries again means the same, not what is before them by then: what a gesture means is found out once. */
async function submit(
  infrastructure: Infrastructure,
  many: SubmitMany,
  from: SubmitTarget | vscode.Uri | undefined,
  selected: unknown,
): Promise<void> {
  const { boundary, texts } = infrastructure;
  if (from && !(from instanceof vscode.Uri)) {
    const { pool } = from;
    if (areUris(selected)) return boundary.run(() => many.submit(selected, { pool }));
    const target: Target = { ...from, uri: vscode.Uri.parse(from.uri) };
    return boundary.run(() => submitTarget(infrastructure, target));
  }
  const uris = toUris(from, selected);
  const [uri, ...others] = uris;
  if (uri && !others.length && !(await isList(uri))) return boundary.run(() => submitTarget(infrastructure, { uri }));
  if (uri) return boundary.run(() => many.submit(uris));
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri);
  if (folders.length) return boundary.run(() => many.submit(folders, { chosen: false }));
  void vscode.window.showInformationMessage(texts.t('ui.submit.nothing'));
}

/** What a gesture means to submit: the explorer names files and folders, all that are selected; the palette means the active editor. */
function toUris(clicked: vscode.Uri | undefined, selected: unknown): vscode.Uri[] {
  if (areUris(selected)) return selected;
  const uri = clicked ?? documentInFront();
  return uri ? [uri] : [];
}

const areUris = (selected: unknown): selected is vscode.Uri[] =>
  Array.isArray(selected) && selected.length > 0 && selected.every((one) => one instanceof vscode.Uri);

/** Whether there may be several documents to choose from. */
async function isList(uri: vscode.Uri): Promise<boolean> {
  if (await isFolder(uri)) return true;
  const read = await readFile(uri).catch(() => undefined);
  return read !== undefined && mayHoldSeveral(read.file.text);
}
