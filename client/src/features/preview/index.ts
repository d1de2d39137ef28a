import * as vscode from 'vscode';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { activateCompare } from './compare.ts';
import { activateCounterparts } from './counterparts.ts';
import { PREVIEW_SCHEME, Previews } from './previews.ts';

/** The resources that a file becomes, beside it and beside what the cluster has. */
export function activatePreview(infrastructure: Infrastructure): vscode.Disposable {
  const previews = new Previews(infrastructure);
  const compared = activateCompare(infrastructure);
  infrastructure.commands.register('gpuctl.document.preview', async (target) => {
    const source = toSource(target);
    if (source) await previews.open(source);
    else tellNothing(infrastructure);
  });
  infrastructure.commands.register('gpuctl.document.compare', async (target) => {
    const source = toSource(target);
    if (source) await compared.open(source);
    else tellNothing(infrastructure);
  });
  return vscode.Disposable.from(
    previews,
    activateCounterparts(previews),
    compared,
    vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, previews),
  );
}

/** The file that a gesture means: the one that a menu names, else the one that is looked at. */
function toSource(target: vscode.Uri | undefined): vscode.Uri | undefined {
  const uri = target instanceof vscode.Uri ? target : vscode.window.activeTextEditor?.document.uri;
  return uri && uri.scheme !== 'output' && !uri.scheme.startsWith('gpuctl-') ? uri : undefined;
}

function tellNothing({ texts }: Infrastructure): void {
  void vscode.window.showInformationMessage(texts.t('compare.nothing'));
}
