import * as vscode from 'vscode';
import { ClientNotifications, ClientRequests } from '../../../server/src/protocol.ts';
import type { Server } from './server.ts';

const PATTERN = '**/*.gpuctl.{yaml,yml}';

/** Shows the server the files of the workspace: also those of virtual folders, which only the editor can read. */
export function serveWorkspaceFiles(server: Server): vscode.Disposable {
  server.onRequest(ClientRequests.listFiles, async ({ limit }) => {
    const found = await vscode.workspace.findFiles(PATTERN, '**/node_modules/**', limit);
    return { uris: found.map(String) };
  });
  server.onRequest(ClientRequests.readFile, async ({ uri, limit }) => ({ text: await read(uri, limit) }));

  const watcher = vscode.workspace.createFileSystemWatcher(PATTERN);
  const changed = new Set<string>();
  const deleted = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  /** A checkout touches many files at once: they are told together. */
  const tell = () => {
    timer = undefined;
    server.notify(ClientNotifications.filesChanged, { changed: [...changed], deleted: [...deleted] });
    changed.clear();
    deleted.clear();
  };
  const note = (uri: vscode.Uri, to: Set<string>, from: Set<string>) => {
    from.delete(String(uri));
    to.add(String(uri));
    timer ??= setTimeout(tell, 100);
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate((uri) => note(uri, changed, deleted)),
    watcher.onDidChange((uri) => note(uri, changed, deleted)),
    watcher.onDidDelete((uri) => note(uri, deleted, changed)),
    { dispose: () => clearTimeout(timer) },
  );
}

/** The text of a file of the workspace; null where it is not of it, too large, or cannot be read. */
async function read(uri: string, limit: number): Promise<string | null> {
  const file = vscode.Uri.parse(uri, true);
  if (!vscode.workspace.getWorkspaceFolder(file)) return null;
  try {
    if ((await vscode.workspace.fs.stat(file)).size > limit) return null;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return null;
  }
}
