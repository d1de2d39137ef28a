import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Severity } from '../model/finding.ts';
import type { Say } from '../operations/views.ts';

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** A finding of a document that begins at `offset`, as the editor shows it. */
export function toDiagnostic(
  { code, severity, range, message }: Finding,
  offset: number,
  file: TextDocument,
  say: Say,
): Diagnostic {
  return {
    range: { start: file.positionAt(offset + range.start), end: file.positionAt(offset + range.end) },
    severity: SEVERITIES[severity],
    source: 'gpuctl',
    code,
    message: say(message),
  };
}
