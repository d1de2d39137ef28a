import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { LanguageHost } from './host.ts';

/** Edits by file. Where the client knows versions, an edit of an open file holds for the version that it was made of. */
export function toWorkspaceEdit(edits: ReadonlyMap<string, TextEdit[]>, host: LanguageHost): WorkspaceEdit {
  if (!host.client.workspace?.workspaceEdit?.documentChanges) return { changes: Object.fromEntries(edits) };
  return {
    documentChanges: [...edits].map(([uri, own]) => ({
      textDocument: { uri, version: host.file(uri)?.document.version ?? null },
      edits: own,
    })),
  };
}
