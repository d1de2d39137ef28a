import type { CompletionItemKind } from 'vscode-languageserver';
import type { TextRange } from '../../model/finding.ts';

/** Something to put at the cursor. Ranges count from the document's start. */
export interface Proposal {
  label: string;
  kind: CompletionItemKind;
  /** A few words beside the label. */
  detail?: string | undefined;
  /** Markdown. */
  documentation?: string | undefined;
  /** What is compared with the word at the cursor; the label if absent. */
  filter?: string;
  text: string;
  /** Whether `text` has places to fill. */
  isSnippet?: boolean;
  range: TextRange;
  /** The very word that is typed: the one that Enter takes. */
  isTyped?: boolean;
  /** Whether there is something to propose where the cursor then stands. */
  goesOn?: boolean;
}

/** Text as it stands in a snippet. */
export const escapeSnippet = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

/** A place to fill with one of a few. */
export const choice = (index: number, options: readonly string[]): string =>
  `\${${index}|${options.map((option) => option.replace(/[\\,|$}]/g, '\\$&')).join(',')}|}`;

/** A value as it stands in YAML, in quotes where it would otherwise mean something else. */
export function toScalar(value: string, { flow, quote }: { flow: boolean; quote?: '"' | "'" | undefined }): string {
  if (quote === '"') return JSON.stringify(value).slice(1, -1);
  if (quote === "'") return value.replaceAll("'", "''");
  const odd = /^[\s?:,[\]{}#&*!|>'"%@`]|^-(?:\s|$)|:(?:\s|$)|\s#|\s$|[\n\t]/;
  return value === '' || odd.test(value) || (flow && /[,[\]{}]/.test(value)) ? JSON.stringify(value) : value;
}
