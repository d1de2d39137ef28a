import * as vscode from 'vscode';
import type { SubmitParams } from '../../../../server/src/protocol.ts';
import type { SubmitTarget } from '../../infrastructure/commands.ts';

type Target = Omit<SubmitTarget, 'uri'> & { uri: vscode.Uri };

/** What a gesture means to submit: the lens names a document, the explorer a file, the palette means the active editor. */
export function toTarget(from: SubmitTarget | vscode.Uri | undefined): Target | undefined {
  if (from instanceof vscode.Uri) return { uri: from };
  if (from) return { ...from, uri: vscode.Uri.parse(from.uri) };
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri && { uri };
}

/** The open buffer, else the file: read through VS Code, so that files of virtual folders are found, too. */
export async function toSubmitParams({ uri, document, context }: Target): Promise<SubmitParams> {
  const open = vscode.workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri.toString());
  const text = open ? open.getText() : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const gitCommit = getGitCommit(uri);
  const file = {
    uri: uri.toString(),
    text,
    ...(document === undefined ? {} : { document }),
    ...(inWorkspace ? { path: vscode.workspace.asRelativePath(uri, false) } : {}),
    ...(gitCommit ? { gitCommit } : {}),
  };
  return { files: [file], ...(context === undefined ? {} : { context }) };
}

/** The part we use of the API of VS Code's own git extension. */
interface GitExtension {
  getAPI(version: 1): { getRepository(uri: vscode.Uri): { state: { HEAD?: { commit?: string } } } | null };
}

/** The commit that is checked out where the file lies; only what the git extension knows already. */
function getGitCommit(uri: vscode.Uri): string | undefined {
  const git = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (!git?.isActive) return undefined;
  try {
    return git.exports.getAPI(1).getRepository(uri)?.state.HEAD?.commit;
  } catch {
    return undefined; // The git extension is switched off by a setting.
  }
}
