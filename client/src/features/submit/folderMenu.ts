import * as vscode from 'vscode';
import { setContextKey } from '../../infrastructure/contextKeys.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';

const PATTERN = '**/*.gpuctl.{yaml,yml}';
const NEVER = '**/node_modules/**';

/**
 * Offers the submit of folders to those who have gpuctl files. The workspace is looked through once gpuctl is used, not for everybody who has
 * a YAML file, and again when a file of ours or a folder comes or goes.
 */
export function watchFolderMenu({ boundary, server }: Infrastructure): vscode.Disposable {
  let isUsed = false;
  const look = () => {
    if (!isUsed) return;
    void boundary.runQuietly(async () => {
      const found = await vscode.workspace.findFiles(PATTERN, NEVER, 1);
      setContextKey('gpuctl.workspace', found.length > 0);
    });
  };
  const files = vscode.workspace.createFileSystemWatcher(PATTERN, false, true, false);
  return vscode.Disposable.from(
    files,
    files.onDidCreate(look),
    files.onDidDelete(look),
    vscode.workspace.onDidChangeWorkspaceFolders(look),
    server.onDidStart(() => {
      if (isUsed) return;
      isUsed = true;
      look();
    }),
  );
}
