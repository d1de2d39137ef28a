import * as vscode from 'vscode';

/** A folder of this machine, and the workspace folder that it is in. */
export interface LocalRoot {
  root: string;
  workspace: vscode.WorkspaceFolder;
}

/**
 * The folder of the workspace that belongs to the one in which a program works: the one below which the only file of that name is, else the
 * workspace folder of the file in front, else the first. `undefined` without a workspace. `program`: its path below the folder in which it works.
 */
export async function findLocalRoot(program: string): Promise<LocalRoot | undefined> {
  const files = /\.py$/.test(program) ? await vscode.workspace.findFiles(`**/${program}`, undefined, 2) : [];
  const [file, another] = files;
  const workspace = file && vscode.workspace.getWorkspaceFolder(file);
  if (file && workspace && !another) {
    const root = vscode.Uri.joinPath(file, ...program.split('/').map(() => '..'));
    return { root: root.fsPath, workspace };
  }
  const inFront = vscode.window.activeTextEditor?.document.uri;
  const first = (inFront && vscode.workspace.getWorkspaceFolder(inFront)) ?? vscode.workspace.workspaceFolders?.[0];
  return first && { root: first.uri.fsPath, workspace: first };
}
