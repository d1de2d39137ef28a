import * as vscode from 'vscode';

const LANGUAGES = ['gpuctl', 'yaml'];
const SCHEMES = ['file', 'untitled', 'vscode-remote', 'vscode-vfs'];
const LINES = 5000;

/** `kind:` with nothing yet or a word in lower case; the kinds of Kubernetes begin with a capital. */
const KIND = /^(?:\uFEFF|---[ \t]+)?["']?kind["']?[ \t]*:[ \t]*(?:["']?[a-z]|#|$)/m;

/** Schemes of documents that people edit: not `git:`, not the sides of a diff, not previews. */
function schemes(): string[] {
  const virtual = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.scheme);
  return [...new Set([...SCHEMES, ...virtual])];
}

/** The documents that the language server looks at. */
export function documentSelector(): { scheme: string; language: string }[] {
  return schemes().flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language })));
}

/** Whether a document may hold gpuctl YAML: a cheap look, made before the server is started for it. */
export function mayBeGpuctl(document: vscode.TextDocument): boolean {
  if (!schemes().includes(document.uri.scheme)) return false;
  if (document.languageId === 'gpuctl') return true;
  return document.languageId === 'yaml' && KIND.test(document.getText(new vscode.Range(0, 0, LINES, 0)));
}

/** Whether a text may hold gpuctl YAML, by the same look. */
export const textMayBeGpuctl = (text: string): boolean => KIND.test(text);

/**
 * The document that a person means who names none: the one before them. To VS Code the output panel is an editor, too; then the tab tells.
 * Where a page is before them that is no text, it is the only document of ours that stands beside it.
 */
export function documentInFront(): vscode.Uri | undefined {
  const active = vscode.window.activeTextEditor?.document.uri;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const tab = input instanceof vscode.TabInputText ? input.uri : undefined;
  const uri = active?.scheme === 'output' ? tab : (active ?? tab ?? onlyOneInSight());
  return uri && schemes().includes(uri.scheme) ? uri : undefined;
}

function onlyOneInSight(): vscode.Uri | undefined {
  const [only, ...others] = vscode.window.visibleTextEditors.filter(({ document }) => mayBeGpuctl(document));
  return others.length === 0 ? only?.document.uri : undefined;
}

/** Whether it is a folder; what cannot be looked at is none. */
export async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch {
    return false;
  }
}

/** Whether a change brought a `kind:` of ours into a document; looks at the changed lines only. */
export function bringsGpuctl({ document, contentChanges }: vscode.TextDocumentChangeEvent): boolean {
  if (document.languageId !== 'yaml' || !schemes().includes(document.uri.scheme)) return false;
  return contentChanges.some(({ range: { start }, text }) => {
    const end = Math.min(start.line + text.split('\n').length, start.line + LINES);
    return KIND.test(document.getText(new vscode.Range(start.line, 0, end, 0)));
  });
}
