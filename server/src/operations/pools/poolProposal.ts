import { type Message, message } from '../../../../l10n/index.ts';
import { checkFile, documentsOf, errorsOf, modeOf } from '../../kinds/checkedFile.ts';
import { type GpuctlDocument, readDocument } from '../../kinds/document.ts';
import { isJob, type JobModel } from '../../kinds/kind.ts';
import type { Levels } from '../../kinds/levels.ts';
import { applyChanges } from '../../model/edits/pieces.ts';
import { toTextChanges } from '../../model/edits.ts';
import type { TextChange } from '../../model/finding.ts';
import type { ReadFile } from '../submit/chosenDocuments.ts';
import { nameOf } from '../submit/documentOrder.ts';

/** A file as it is now: of an open one, the text of the editor. */
export interface FileText {
  uri: string;
  text: string;
  languageId: string;
}

/** A job of a file, and what it would be in another pool. */
export interface ProposedJob {
  name: string;
  kind: string;
  /** The pool that it names; `undefined`: none. */
  from: string | undefined;
  /** Whether it names that pool already. */
  same: boolean;
  /** What it would mean there; `undefined` where an error keeps it from that. */
  model: JobModel | undefined;
  /** Why it cannot go there as it is written. */
  error: Message | undefined;
  /** Which gpuctl document of the file it is, from 0. */
  place: number;
}

/** Stands in a document for the nodes that belong to no pool. */
const NO_POOL = 'default';

/**
 * The jobs of a file with another pool (empty: none) in the place of theirs, and the changes of the text that make it so. Other documents stay.
 * Changes count in UTF-16 units of the whole text, in order. `whole`: there are no other documents. Pure.
 */
export function proposePool(
  { uri, text, languageId }: FileText,
  pool: string,
  levels: Levels,
): { jobs: ProposedJob[]; changes: TextChange[]; whole: boolean } {
  const mode = modeOf(languageId, uri);
  const file = checkFile(text, mode, undefined, levels);
  const jobs: ProposedJob[] = [];
  const changes: TextChange[] = [];
  const documents = documentsOf(file);
  for (const [place, { document, offset }] of documents.entries()) {
    const { model, kind } = document;
    if (kind && !kind.marks.includes('job')) continue;
    const base = { name: nameOf(document), kind: document.kindName, place };
    if (!model || errorsOf(file, document).length) {
      const error = message('submit.has-errors', { name: base.name });
      jobs.push({ ...base, from: undefined, same: false, model: undefined, error });
      continue;
    }
    if (!isJob(model)) continue;
    const from = model.sections.resources?.pool;
    if ((model.demand.pool ?? '') === pool) {
      jobs.push({ ...base, from, same: true, model, error: undefined });
      continue;
    }
    const edits = editsFor(document, pool || NO_POOL);
    const changed = edits && readDocument(applyChanges(document.text, edits), mode, levels)?.model;
    if (!edits || !changed || !isJob(changed)) {
      const error = message('pool.propose.cannot-change', { name: base.name });
      jobs.push({ ...base, from, same: false, model: undefined, error });
      continue;
    }
    jobs.push({ ...base, from, same: false, model: changed, error: undefined });
    changes.push(
      ...edits.map(({ range, text }) => ({ range: { start: range.start + offset, end: range.end + offset }, text })),
    );
  }
  return { jobs, changes, whole: jobs.length === documents.length };
}

const editsFor = (document: GpuctlDocument, pool: string): TextChange[] | undefined =>
  toTextChanges([{ do: 'set', path: ['resources', 'pool'], value: pool }], document.tree());

/** The text of a file whose jobs go to another pool, with what the file itself says. */
export function textInPool(file: FileText, pool: string, levels: Levels): Pick<ReadFile, 'text' | 'written'> {
  const { changes } = proposePool(file, pool, levels);
  return { text: applyChanges(file.text, changes), written: { text: file.text, changes } };
}
