import type { Message, TextKey } from '../../../l10n/index.ts';
import type { Value } from './canonical.ts';

/** Every finding has a text `finding.<code>` in the catalogue; the rest of the key is its stable code. */
export type FindingCode = Extract<TextKey, `finding.${string}`> extends `finding.${infer Code}` ? Code : never;

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A stretch of text by UTF-16 offsets, `end` exclusive. */
export interface TextRange {
  start: number;
  end: number;
}

/** A replacement of text. */
export interface TextChange {
  range: TextRange;
  text: string;
}

/**
 * A change of the document's value, which `toTextChanges` (model/edits.ts) turns into changes of its text: comments stay, and what is
 * new is written in the style of its surroundings. A section on the way that is absent is made.
 */
export type Change =
  /** Gives a key (made if absent) or a list item another value. */
  | { do: 'set'; path: Path; value: Value }
  /** Adds an item to a list (made if absent). */
  | { do: 'append'; path: Path; value: Value }
  /** Renames a key. */
  | { do: 'rename'; path: Path; to: string }
  /** Removes a key with its value, or a list item. */
  | { do: 'remove'; path: Path };

/** What mends a finding, as text or as changes of the value. Of several, a preferred one is what "fix all" takes. */
export interface Fix {
  title: Message;
  edits?: readonly TextChange[];
  changes?: readonly Change[];
  /** The one right way, so that it may be applied without a look. */
  preferred?: boolean;
}

/** Something to tell about a document: a value, never an exception. The range counts from the document's start. */
export interface Finding {
  code: FindingCode;
  severity: Severity;
  range: TextRange;
  message: Message;
  fixes?: readonly Fix[];
  /** Shown faded or struck through: it does nothing, or another word has taken its place. */
  tag?: 'unnecessary' | 'deprecated';
}

/** Where in a document's value something is: property names and list indexes from the root. */
export type Path = readonly (string | number)[];

/** Whether a finding is about a key or about its value. */
export type At = 'key' | 'value';

/** A finding that pure rules make: it names a place in the value; the document knows the range. */
export interface RuleFinding extends Omit<Finding, 'range'> {
  path: Path;
  at?: At;
}
