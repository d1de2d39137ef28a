import * as vscode from 'vscode';

/** Opens the log that a run left in a folder, one file a pod; asks for one where there are several. */
export async function openSavedLog(folder: vscode.Uri, title: string): Promise<void> {
  const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).sort();
  const name = names.length > 1 ? await vscode.window.showQuickPick(names, { title }) : names[0];
  if (name !== undefined) await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, name));
}
