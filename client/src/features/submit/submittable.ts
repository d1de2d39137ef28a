import * as vscode from 'vscode';
import type { FileToSubmit, SubmitParams } from '../../../../server/src/protocol.ts';
import type { SubmitTarget } from '../../infrastructure/commands.ts';

/** What is submitted, whatever the person looks at by then. */
export type Target = Omit<SubmitTarget, 'uri'> & { uri: vscode.Uri };

/** A text to submit, and what is to be said of it. */
export interface Submittable {
  params: SubmitParams;
  /** Whether it is the text of an editor that is not saved. */
  unsaved: boolean;
}

/** A file with its text as it is now, and whether it is that of an editor that is not saved. */
export interface FileText {
  uri: vscode.Uri;
  file: FileToSubmit & { text: string };
  unsaved: boolean;
}

/** The open buffer, else the file: read through VS Code, so that files of virtual folders are found, too. */
export async function readFile(uri: vscode.Uri): Promise<FileText> {
  const open = vscode.workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri.toString());
  const text = open ? open.getText() : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const path = inWorkspace ? { path: vscode.workspace.asRelativePath(uri, false) } : {};
  return { uri, file: { uri: uri.toString(), text, ...path }, unsaved: open?.isDirty ?? false };
}

/** A file with the commit that holds this very text, if one does. */
export async function withCommit({ uri, file, unsaved }: FileText): Promise<FileToSubmit> {
  const gitCommit = unsaved ? undefined : await findCommit(getRepository(uri), uri, file.text);
  return { ...file, ...(gitCommit ? { gitCommit } : {}) };
}

/** One file, or one document of it, as it is now. */
export async function toSubmittable({ uri, document, meant, context, namespace, pool }: Target): Promise<Submittable> {
  const read = await readFile(uri);
  const file = {
    ...(await withCommit(read)),
    ...(document === undefined ? {} : { document }),
    ...(meant ? { meant } : {}),
    ...(pool === undefined ? {} : { pool }),
  };
  const seen = { ...(context === undefined ? {} : { context }), ...(namespace === undefined ? {} : { namespace }) };
  return { params: { files: [file], ...seen }, unsaved: read.unsaved };
}

/** The part we use of a repository of VS Code's own git extension. */
export interface Repository {
  state: { HEAD?: { commit?: string } };
  /** The text of a file in a commit; rejects where it has none. */
  show(commit: string, path: string): Promise<string>;
}
interface GitExtension {
  getAPI(version: 1): { getRepository(uri: vscode.Uri): Repository | null };
}

/** The repository that a file lies in; only what the git extension knows already. */
function getRepository(uri: vscode.Uri): Repository | null {
  const git = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (!git?.isActive) return null;
  try {
    return git.exports.getAPI(1).getRepository(uri);
  } catch {
    return null; // The git extension is switched off by a setting.
  }
}

/** The commit that is checked out, if it holds this very text: not where the file was changed, is not tracked or is ignored. */
export async function findCommit(
  repository: Repository | null,
  uri: vscode.Uri,
  text: string,
): Promise<string | undefined> {
  const commit = repository?.state.HEAD?.commit;
  if (!commit) return undefined;
  const committed = await repository.show(commit, uri.fsPath).catch(() => undefined);
  return committed !== undefined && normalise(committed) === normalise(text) ? commit : undefined;
}

/** Git may keep other line ends than the file has. */
const normalise = (text: string): string => text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
