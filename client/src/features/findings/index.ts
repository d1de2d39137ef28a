import * as vscode from 'vscode';
import { FINDING_SCHEME } from '../../infrastructure/findingPages.ts';

/** Names that a page may be taken from; anybody can write a link. */
const BUNDLED = /^findings(?:\.[\w-]+)?\.md$/;

/** The page of a finding, which its code links to: its section of the bundled file of all. */
export function activateFindings(extension: vscode.Uri): vscode.Disposable {
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
