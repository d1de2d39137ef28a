import * as vscode from 'vscode';
import { setContextKey } from './contextKeys.ts';
import { bringsGpuctl, mayBeGpuctl } from './documents.ts';
import type { Infrastructure } from './infrastructure.ts';

/** Starts the server when a document may be ours, and keeps `gpuctl.editor` true while such a one is before the person. */
export function watchDocuments({ server, boundary }: Infrastructure): vscode.Disposable {
  const tellEditors = () => {
    const shown = vscode.window.visibleTextEditors.map(({ document }) => document);
    setContextKey(
      'gpuctl.editors',
      shown.filter(mayBeGpuctl).flatMap(({ uri }) => [uri.fsPath, uri.path]),
    );
  };
  const tellEditor = (ours: boolean) => {
    setContextKey('gpuctl.editor', ours);
    tellEditors();
  };
  const start = () => void boundary.runQuietly(() => server.startFirst());
  const look = () => {
    const active = vscode.window.activeTextEditor?.document;
    // The output panel counts as an editor: who reads a log there still has the file before them.
    if (active?.uri.scheme === 'output') return;
    const ours = active !== undefined && mayBeGpuctl(active);
    tellEditor(ours);
    if (ours) start();
  };
  look();
  tellEditors();
  if (vscode.workspace.textDocuments.some(mayBeGpuctl)) start();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(look),
    vscode.window.onDidChangeVisibleTextEditors(tellEditors),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (!mayBeGpuctl(document)) return;
      start();
      if (document === vscode.window.activeTextEditor?.document) tellEditor(true);
    }),
    vscode.workspace.onDidChangeTextDocument((event) => {
      if (!bringsGpuctl(event)) return;
      start();
      if (event.document === vscode.window.activeTextEditor?.document) tellEditor(true);
    }),
  );
}
