import * as vscode from 'vscode';

/** A file of the workspace, and how it is named there. */
export interface WorkspaceFile {
  uri: vscode.Uri;
  path: string;
}

/** The file that a job was submitted from, as its annotation names it; `undefined` where it is not in the workspace. */
export async function findWorkspaceFile(path: string | undefined): Promise<WorkspaceFile | undefined> {
  // The annotation may be of anybody's hand: it leads nowhere else.
  if (path === undefined || !/\.ya?ml$/i.test(path) || path.startsWith('/') || /(^|[\\/])\.\.([\\/]|$)/.test(path))
    return undefined;
  for (const { uri: folder } of vscode.workspace.workspaceFolders ?? []) {
    const uri = vscode.Uri.joinPath(folder, path);
    const isThere = await vscode.workspace.fs.stat(uri).then(
      ({ type }) => (type & vscode.FileType.File) !== 0,
      () => false,
    );
    if (isThere) return { uri, path };
  }
  return undefined;
}
