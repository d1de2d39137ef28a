import type { Message } from '../../../../l10n/index.ts';
import type { PlacedDocument } from '../../kinds/checkedFile.ts';
import { toTextChanges } from '../../model/edits.ts';
import type { Finding, Fix, TextChange, TextRange } from '../../model/finding.ts';
import type { YamlTree } from '../../model/yamlTree.ts';
import type { LanguageHost, OpenFile } from '../host.ts';

/** Where actions are asked for: a stretch of a gpuctl document. Ranges count from the beginning of the document. */
export interface Place {
  host: LanguageHost;
  file: OpenFile;
  placed: PlacedDocument;
  range: TextRange;
}

/** Something that can be done to a document. */
export interface Offer {
  title: Message;
  changes: readonly TextChange[];
}

/** Whether a stretch of the document is asked about. */
export const touches = ({ range }: Place, { start, end }: TextRange): boolean =>
  start <= range.end && end >= range.start;

/** The text of a fix; `undefined` where it cannot be made, or would change nothing. */
export function changesOf({ edits, changes }: Fix, tree: () => YamlTree): readonly TextChange[] | undefined {
  const made = edits ?? toTextChanges(changes ?? [], tree());
  return made?.length ? made : undefined;
}

/** The one right fix of a finding, where it has one. */
export function preferredFix({ fixes }: Finding): Fix | undefined {
  const preferred = fixes?.filter((fix) => fix.preferred) ?? [];
  return preferred.length === 1 ? preferred[0] : undefined;
}
