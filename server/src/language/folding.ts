import type { FoldingRange } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CheckedChunk } from '../kinds/checkedFile.ts';
import type { GpuctlDocument } from '../kinds/document.ts';
import type { LanguageHost, OpenFile } from './host.ts';
import { Lines } from './lines.ts';
import { type Entry, type Outline, outlineOf } from './outline.ts';

/** Lines to fold, counted from a document's first. */
type Fold = FoldingRange;

/** What was found in a document of ours: an edit elsewhere changes nothing of it. */
const known = new WeakMap<GpuctlDocument, readonly Fold[]>();

/** Folds sections, lists, long values, comments and whole documents. Ours takes the place of the editor's own folding by indentation. */
export function registerFolding(host: LanguageHost): void {
  host.connection.onFoldingRanges(({ textDocument }) => {
    const file = host.file(textDocument.uri);
    return file && host.isGeneric(file) ? buildFolds(file) : null;
  });
}

/** What can be folded in a file, foreign documents included. */
export function buildFolds({ checked, document }: Pick<OpenFile, 'checked' | 'document'>): FoldingRange[] {
  const several = checked.chunks.length > 1;
  return checked.chunks.flatMap((chunk) => {
    const line = chunk.offset && document.positionAt(chunk.offset).line;
    const folds = foldsOf(chunk).map((fold) => ({
      ...fold,
      startLine: line + fold.startLine,
      endLine: line + fold.endLine,
    }));
    return several ? [...wholeDocument(chunk, document), ...folds] : folds;
  });
}

function wholeDocument({ text, offset }: CheckedChunk, file: TextDocument): Fold[] {
  const startLine = file.positionAt(offset + text.length - text.trimStart().length).line;
  const endLine = file.positionAt(offset + text.trimEnd().length).line;
  return endLine > startLine ? [{ startLine, endLine }] : [];
}

function foldsOf({ text, document }: CheckedChunk): readonly Fold[] {
  const cached = document && known.get(document);
  if (cached) return cached;
  const folds = findFolds(outlineOf(text), text);
  if (document) known.set(document, folds);
  return folds;
}

function findFolds({ entries, comments }: Outline, text: string): Fold[] {
  if (!entries.length && !comments.length) return []; // maybe too large to be cut into lines
  const lines = new Lines(text);
  const folds: Fold[] = [];
  const visit = (entry: Entry) => {
    const startLine = lines.lineOf(entry.start);
    const lastLine = lines.lineOf(Math.max(entry.start, entry.valueEnd - 1));
    const closed = entry.style === 'flow' && /^\s*[\]}]/.test(text.slice(lines.startOf(lastLine), entry.valueEnd));
    const endLine = closed ? lastLine - 1 : lastLine; // the bracket that closes stays in sight
    if (endLine > startLine) folds.push({ startLine, endLine });
    for (const child of entry.children) visit(child);
  };
  for (const entry of entries) visit(entry);
  const commentLines = comments.map((offset) => lines.lineOf(offset));
  return [...folds, ...commentBlocks(commentLines), ...regions(comments, text, commentLines)];
}

/** Comments in lines that follow each other. */
function commentBlocks(lines: readonly number[]): Fold[] {
  const folds: Fold[] = [];
  for (let i = 0; i < lines.length; i++) {
    const startLine = lines[i] as number;
    while (lines[i + 1] === (lines[i] as number) + 1) i++;
    const endLine = lines[i] as number;
    if (endLine > startLine) folds.push({ startLine, endLine, kind: 'comment' });
  }
  return folds;
}

/** `# region` to `# endregion`. */
function regions(comments: readonly number[], text: string, lines: readonly number[]): Fold[] {
  const folds: Fold[] = [];
  const open: number[] = [];
  comments.forEach((offset, index) => {
    const line = lines[index] as number;
    const word = /^#\s*(region|endregion)\b/.exec(text.slice(offset, offset + 40))?.[1];
    if (word === 'region') open.push(line);
    const startLine = word === 'endregion' ? open.pop() : undefined;
    if (startLine !== undefined) folds.push({ startLine, endLine: line, kind: 'region' });
  });
  return folds;
}
