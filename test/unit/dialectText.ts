/** Documents of the dialect as text, and what is found in them, in short forms for tests. */
import { toText } from '../../l10n/index.ts';
import { readDocument } from '../../server/src/kinds/document.ts';
import type { DocumentModel } from '../../server/src/kinds/kind.ts';
import { type FileMode, recognise } from '../../server/src/kinds/recognise.ts';
import type { Change, Finding } from '../../server/src/model/finding.ts';

/** A training with what it must have, and more. */
export const training = (more = ''): string => `kind: training\njob:\n  name: a\nenvironment:\n  image: a:1\n${more}`;

const findingsOf = (text: string, code: string): readonly Finding[] =>
  (readDocument(text, 'gpuctl')?.findings ?? []).filter((finding) => finding.code.startsWith(code));

/** Findings whose code begins so, as `severity «marked text»` or as their English text. */
export const about = (text: string, code: string, as: 'place' | 'text' = 'place'): string[] =>
  findingsOf(text, code).map(({ severity, range, message }) =>
    as === 'text' ? toText(message, 'en') : `${severity} «${text.slice(range.start, range.end)}»`,
  );

/** What the fixes of these findings put into the text, or change. */
export const fixesOf = (text: string, code: string): (string | Change)[] =>
  findingsOf(text, code).flatMap(({ fixes = [] }) =>
    fixes.flatMap(({ edits = [], changes = [] }): (string | Change)[] => [
      ...edits.map(({ text }) => text),
      ...changes,
    ]),
  );

/** What a document of a gpuctl file means. */
export const modelOf = (text: string): DocumentModel | undefined => readDocument(text, 'gpuctl')?.model;

/** The kind by which a document is recognised. */
export const kindOf = (text: string, mode: FileMode): string | undefined => recognise(text, mode);
