import * as vscode from 'vscode';

/** Scheme of the pages that explain a finding each: `gpuctl-finding:/key.unknown.md?findings.zh-cn.md`. */
export const FINDING_SCHEME = 'gpuctl-finding';

/**
 * Lets the code of a finding open the page of that finding alone, as a preview (by an editor association of the manifest). The
 * server links to the file of all findings, which every editor can open. A command cannot stand here: the editor's hover runs none.
 */
export function linkToPages(diagnostics: vscode.Diagnostic[]): vscode.Diagnostic[] {
  for (const diagnostic of diagnostics) {
    const { code } = diagnostic;
    if (typeof code !== 'object' || code.target.scheme !== 'file') continue;
    const query = code.target.path.split('/').at(-1) ?? '';
    const target = vscode.Uri.from({ scheme: FINDING_SCHEME, path: `/${code.value}.md`, query });
    diagnostic.code = { value: code.value, target };
  }
  return diagnostics;
}
