import * as vscode from 'vscode';
import { FINDING_SCHEME } from '../../infrastructure/findingPages.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';

/** Names that a page may be taken from; anybody can write a link. */
const BUNDLED = /^findings(?:\.[\w-]+)?\.md$/;

/** The page of a finding, which its code links to: its section of the bundled file of all; and the menu of what mends one. */
export function activateFindings({ commands }: Infrastructure, extension: vscode.Uri): vscode.Disposable {
  commands.register('gpuctl.finding.fix', async (uri, line, character) => {
    const at = new vscode.Position(line, character);
    const editor = await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(at, at) });
    editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    await vscode.commands.executeCommand('editor.action.quickFix');
  });
  return vscode.workspace.registerTextDocumentContentProvider(FINDING_SCHEME, {
    async provideTextDocumentContent({ path, query }) {
      if (!BUNDLED.test(query)) return undefined;
      const file = vscode.Uri.joinPath(extension, 'docs', query);
      const all = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      return toPage(all, path.replace(/^\/|\.md$/g, ''));
    },
  });
}

/** The section of a finding, by its heading, up to the next one; all of them where it has none. */
export function toPage(all: string, code: string): string {
  const lines = all.split(/\r?\n/);
  const begin = lines.indexOf(`### ${code}`);
  if (begin < 0) return all;
  let inExample = false;
  const rest = lines.slice(begin + 1);
  const end = rest.findIndex((line) => {
    if (line.startsWith('```')) inExample = !inExample; // a comment in YAML begins as a heading does
    return !inExample && /^#{1,3} /.test(line);
  });
  return [`# ${code}`, ...rest.slice(0, end < 0 ? undefined : end)].join('\n').trimEnd();
}
