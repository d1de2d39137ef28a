import * as vscode from 'vscode';
import { documentInFront } from '../../infrastructure/documents.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { activateCompare, nameOf } from './compare.ts';
import { activateCounterparts } from './counterparts.ts';
import { PREVIEW_SCHEME, Previews } from './previews.ts';
import { activateSubmitChanges } from './submitChanges.ts';

/** The resources that a file becomes, beside it and beside what the cluster has. */
export function activatePreview(infrastructure: Infrastructure): vscode.Disposable {
  const previews = new Previews(infrastructure);
  const compared = activateCompare(infrastructure);
  const { boundary, commands, texts } = infrastructure;
  // Whoever tries again means the same file, not the one before them by then.
  const onFile = (open: (source: vscode.Uri) => Promise<void>) => async (target: vscode.Uri | string | undefined) => {
    const source = toSource(target);
    if (source) await boundary.run(() => open(source));
    else void vscode.window.showInformationMessage(texts.t('compare.nothing'));
  };
  commands.register(
    'gpuctl.document.preview',
    onFile((source) => previews.open(source)),
  );
  commands.register(
    'gpuctl.document.compare',
    onFile(async (source) => {
      const target = { uri: source.toString() };
      const { same, cluster } = await compared.open(target);
      if (same) void vscode.window.showInformationMessage(texts.t('compare.same', { file: nameOf(target), cluster }));
    }),
  );
  activateSubmitChanges(infrastructure, compared);
  return vscode.Disposable.from(
    previews,
    activateCounterparts(previews),
    compared,
    vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, previews),
  );
}

/** The file that a gesture means: the one that a menu or the line above a document names, else the one that is looked at. */
function toSource(target: vscode.Uri | string | undefined): vscode.Uri | undefined {
  const named = typeof target === 'string' ? vscode.Uri.parse(target) : target;
  const uri = named instanceof vscode.Uri ? named : documentInFront();
  return uri?.scheme.startsWith('gpuctl-') ? undefined : uri;
}
