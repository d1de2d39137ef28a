import * as vscode from 'vscode';
import type { PythonProcessDto } from '../../../../server/src/protocol.ts';
import { commonTail, nearest } from './commonTail.ts';

/** A folder of this machine, the same one in the job, and the workspace folder that it is in. */
export interface FolderMatch {
  localRoot: string;
  remoteRoot: string;
  workspace: vscode.WorkspaceFolder;
}

/**
 * Which folder of the workspace is which of the job: what is above the common end of the program's file and of the workspace's file that is most like
 * it, by its path. Where there is none, or two alike, the folder in which the program works is the workspace folder of the file in front, else the
 * first. `undefined` without a workspace.
 */
export async function matchFolders({ script, folder }: PythonProcessDto): Promise<FolderMatch | undefined> {
  const name = script?.split('/').at(-1);
  const files = name ? await vscode.workspace.findFiles(`**/${name.replace(/[[\]{}*?]/g, '[$&]')}`) : [];
  const path =
    script &&
    nearest(
      script,
      files.map((file) => file.path),
    );
  const file = files.find((one) => one.path === path);
  const workspace = file && vscode.workspace.getWorkspaceFolder(file);
  if (script && file && workspace) {
    // Not above the workspace: what has the same name there belongs to this machine.
    const below = file.path.slice(workspace.uri.path.length + 1).split('/').length;
    const up = Array<string>(Math.min(commonTail(script, file.path), below)).fill('..');
    const remoteRoot = script.split('/').slice(0, -up.length).join('/') || '/';
    return { localRoot: vscode.Uri.joinPath(file, ...up).fsPath, remoteRoot, workspace };
  }
  const inFront = vscode.window.activeTextEditor?.document.uri;
  const first = (inFront && vscode.workspace.getWorkspaceFolder(inFront)) ?? vscode.workspace.workspaceFolders?.[0];
  return first && { localRoot: first.uri.fsPath, remoteRoot: folder, workspace: first };
}
