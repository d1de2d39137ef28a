import type { Message, TextKey } from '../../../l10n/index.ts';

/** Every finding has a text `finding.<code>` in the catalogue; the rest of the key is its stable code. */
export type FindingCode = Extract<TextKey, `finding.${string}`> extends `finding.${infer Code}` ? Code : never;

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A stretch of text by UTF-16 offsets, `end` exclusive. */
export interface TextRange {
  start: number;
  end: number;
}

/** One change that mends a finding. */
export interface Fix {
  title: Message;
  edits: { range: TextRange; text: string }[];
}

/** Something to tell about a document: a value, never an exception. The range counts from the document's start. */
export interface Finding {
  code: FindingCode;
  severity: Severity;
  range: TextRange;
  message: Message;
  fixes?: Fix[];
}

/** Where in a document's value something is: property names and list indexes from the root. */
export type Path = readonly (string | number)[];

/** Whether a finding is about a key or about its value. */
export type At = 'key' | 'value';

/** A finding that pure rules make: it names a place in the value; the document knows the range. */
export interface RuleFinding {
  code: FindingCode;
  severity: Severity;
  path: Path;
  at?: At;
  message: Message;
}
