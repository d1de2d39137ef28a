import { message } from '../../../../l10n/index.ts';
import { type CheckedFile, checkFile, documentsOf, modeOf, type PlacedDocument } from '../../kinds/checkedFile.ts';
import type { Levels } from '../../kinds/levels.ts';
import type { TextChange } from '../../model/finding.ts';
import type { FileToSubmit, LookDto } from '../../protocol.ts';
import { GpuctlError } from '../error.ts';
import { nameOf } from './documentOrder.ts';

/** A file as it is now: of an open one, the text of the editor. */
export interface ReadFile extends FileToSubmit {
  text: string;
  languageId: string;
  /** Where `text` is not what stands in the file: that, and the changes that made it so, in order. */
  written?: { text: string; changes: readonly TextChange[] };
  /** Why it could not be read; `text` is empty then. */
  unread?: GpuctlError;
}

/** A document of a file that was chosen. */
export interface ChosenDocument {
  file: ReadFile;
  checked: CheckedFile;
  placed: PlacedDocument;
  /** Among the gpuctl documents of the file. */
  index: number;
}

/** What a document was when it was chosen. */
type Meant = FileToSubmit['meant'];

/**
 * The documents of files that are meant, in the order of the files. Throws where one that was chosen is gone. `before`: files as they were checked
 * before, of which what is the same is taken over; they are brought up to date.
 */
export function chooseDocuments(
  files: readonly ReadFile[],
  levels: Levels,
  before: Map<string, CheckedFile> = new Map(),
): ChosenDocument[] {
  return files.flatMap((file) => {
    if (file.unread) return [];
    const checked = checkFile(file.text, modeOf(file.languageId, file.uri), before.get(file.uri), levels);
    before.set(file.uri, checked);
    const all = documentsOf(checked);
    const wanted =
      file.document === undefined
        ? file.chosen
        : [{ document: file.document, ...(file.meant && { meant: file.meant }) }];
    const found = wanted?.map((one) => findDocument(all, one.document, 'name' in one ? one : one.meant)) ?? all;
    return found.map((placed) => ({ file, checked, placed, index: all.indexOf(placed) }));
  });
}

/** The document that was meant: it may stand at another place by now. Throws `submit.no-document` where it is gone. */
export function findDocument(all: readonly PlacedDocument[], place: number, meant: Meant): PlacedDocument {
  const isMeant = ({ document }: PlacedDocument) =>
    !meant || (document.kindName === meant.kind && nameOf(document) === meant.name);
  const found = all.slice(place, place + 1).find(isMeant) ?? (meant && all.find(isMeant));
  if (found) return found;
  throw new GpuctlError(
    'submit.no-document',
    meant ? message('submit.document-gone', { kind: meant.kind, name: meant.name }) : message('submit.no-document'),
  );
}

/** What was to be submitted of files that could not be read; a file of which nobody knows what is in it stands for itself. */
export function unreadIn(
  files: readonly ReadFile[],
): (Pick<LookDto, 'uri' | 'document' | 'kind' | 'name'> & { error: GpuctlError })[] {
  return files.flatMap(({ uri, document = 0, meant, chosen, unread: error }) => {
    if (!error) return [];
    const known = chosen ?? (meant && [{ ...meant, document }]);
    const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
    return (known ?? [{ document, kind: '', name }]).map((one) => ({ ...one, uri, error }));
  });
}

/** A place in what is submitted, as the editor counts in the file: lines and characters from 0. */
export function placeIn({ text, written }: ReadFile, offset: number): { line: number; character: number } {
  const before = (written?.text ?? text).slice(0, written ? offsetBefore(offset, written.changes) : offset);
  return { line: before.split('\n').length - 1, character: before.length - before.lastIndexOf('\n') - 1 };
}

/** Where an offset of a changed text was before the changes. */
function offsetBefore(offset: number, changes: readonly TextChange[]): number {
  let grown = 0;
  for (const { range, text } of changes) {
    const start = range.start + grown;
    if (offset < start) break;
    if (offset < start + text.length) return range.start;
    grown += text.length - (range.end - range.start);
  }
  return offset - grown;
}
