import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../model/finding.ts';
import type { Say } from '../operations/views.ts';

/** The fixes of a finding, tied to the diagnostic that shows it. */
export function toCodeActions(
  finding: Finding,
  diagnostic: Diagnostic,
  offset: number,
  file: TextDocument,
  say: Say,
): CodeAction[] {
  return (finding.fixes ?? []).map(({ title, edits }) => ({
    title: say(title),
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred: true,
    edit: {
      changes: {
        [file.uri]: edits.map(({ range, text }) => ({
          range: { start: file.positionAt(offset + range.start), end: file.positionAt(offset + range.end) },
          newText: text,
        })),
      },
    },
  }));
}
