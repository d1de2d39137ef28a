import * as vscode from 'vscode';
import { documentInFront } from '../../infrastructure/documents.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { activateCompare } from './compare.ts';
import { activateCounterparts } from './counterparts.ts';
import { PREVIEW_SCHEME, Previews } from './previews.ts';

/** The resources that a file becomes, beside it and beside what the cluster has. */
export function activatePreview(infrastructure: Infrastructure): vscode.Disposable {
  const previews = new Previews(infrastructure);
  const compared = activateCompare(infrastructure);
  const { boundary, commands, texts } = infrastructure;
  // Whoever tries again means the same file, not the one before them by then.
  const onFile = (open: (source: vscode.Uri) => Promise<void>) => async (target: vscode.Uri | undefined) => {
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
    onFile((source) => compared.open(source)),
  );
  return vscode.Disposable.from(
    previews,
    activateCounterparts(previews),
    compared,
    vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, previews),
  );
}

/** The file that a gesture means: the one that a menu names, else the one that is looked at. */
function toSource(target: vscode.Uri | undefined): vscode.Uri | undefined {
  const uri = target instanceof vscode.Uri ? target : documentInFront();
  return uri?.scheme.startsWith('gpuctl-') ? undefined : uri;
}
