import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Severity } from '../model/finding.ts';
import type { Say } from '../operations/views.ts';

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/**
 * A finding of a document that begins at `offset`, as the editor shows it. `pages`: URI of the file with the pages of findings in the
 * person's language, to which its code then links.
 */
export function toDiagnostic(
  { code, severity, range, message, tag }: Finding,
  offset: number,
  file: TextDocument,
  say: Say,
  pages: string,
): Diagnostic {
  return {
    range: { start: file.positionAt(offset + range.start), end: file.positionAt(offset + range.end) },
    severity: SEVERITIES[severity],
    source: 'gpuctl',
    code,
    codeDescription: { href: `${pages}#${code.replaceAll('.', '')}` }, // as anchors are made of headings
    message: say(message),
    ...(tag && { tags: [tag === 'unnecessary' ? DiagnosticTag.Unnecessary : DiagnosticTag.Deprecated] }),
  };
}
