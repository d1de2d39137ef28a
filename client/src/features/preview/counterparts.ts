import * as vscode from 'vscode';
import type { RangeDto, RenderedDto } from '../../../../server/src/protocol.ts';
import type { Preview, Previews } from './previews.ts';

/** Marks and reveals the counterpart of the cursor: in the preview what a key gives, in the file what gave a field. */
export function activateCounterparts(previews: Previews): vscode.Disposable {
  const mark = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.wordHighlightStrongBackground'),
    border: '1px solid',
    borderColor: new vscode.ThemeColor('contrastActiveBorder'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.wordHighlightStrongForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
  const show = (editor: vscode.TextEditor | undefined) => {
    if (!editor) return;
    const preview = previews.find(editor.document);
    if (!preview) return;
    editor.setDecorations(mark, []);
    const other = isOf(editor, preview.uri) ? preview.source : preview.uri;
    for (const shown of vscode.window.visibleTextEditors)
      if (isOf(shown, other) && isFresh(preview, editor, shown)) point(shown, mark, toCounterpart(preview, editor));
  };
  const showActive = () => {
    const editors = vscode.window.visibleTextEditors;
    for (const editor of findAlone(editors, previews)) editor.setDecorations(mark, []);
    show(vscode.window.activeTextEditor);
  };
  return vscode.Disposable.from(
    mark,
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor === vscode.window.activeTextEditor) show(textEditor);
    }),
    vscode.window.onDidChangeActiveTextEditor(showActive),
    vscode.window.onDidChangeVisibleTextEditors(showActive),
    previews.onDidRender(showActive),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (previews.find(document)?.uri.toString() === document.uri.toString()) showActive();
    }),
    vscode.workspace.onDidCloseTextDocument(showActive),
  );
}

/** Editors without the other side beside them, which have nothing to mark (any more). */
export function findAlone<E extends { document: vscode.TextDocument }>(
  editors: readonly E[],
  previews: Pick<Previews, 'find'>,
): E[] {
  return editors.filter((editor) => {
    const preview = previews.find(editor.document);
    const other = preview && (isOf(editor, preview.uri) ? preview.source : preview.uri);
    return !other || !editors.some((one) => isOf(one, other));
  });
}

/** What to mark, and where to look if nothing can be marked. */
interface Counterpart {
  ranges: vscode.Range[];
  otherwise: vscode.Range | undefined;
}

const isOf = ({ document }: { document: vscode.TextDocument }, uri: vscode.Uri): boolean =>
  document.uri.toString() === uri.toString();

/** Whether both sides show what the preview knows: the places of another version would be wrong. */
function isFresh({ uri, rendered }: Preview, ...editors: vscode.TextEditor[]): boolean {
  return editors.every((editor) =>
    isOf(editor, uri) ? editor.document.getText() === rendered?.text : editor.document.version === rendered?.version,
  );
}

function toCounterpart({ uri, rendered }: Preview, editor: vscode.TextEditor): Counterpart {
  const { active } = editor.selection;
  if (!rendered) return { ranges: [], otherwise: undefined };
  return isOf(editor, uri) ? inFile(rendered, active.line) : inPreview(rendered, active);
}

/** The places of the file that gave a line. */
export function inFile({ counterparts, documents }: RenderedDto, line: number): Counterpart {
  const document = documents.findLast((one) => one.line <= line);
  return {
    ranges: (counterparts.find((one) => one.line === line)?.sources ?? []).map(toRange),
    otherwise: document && toRange(document.range),
  };
}

/** The lines that came from the smallest place around a position of the file. */
export function inPreview({ counterparts, documents }: RenderedDto, at: vscode.Position): Counterpart {
  const around = counterparts.flatMap(({ line, sources }) =>
    sources.map(toRange).flatMap((range) => (range.contains(at) ? [{ line, range }] : [])),
  );
  const [smallest] = around.map(({ range }) => range).sort((a, b) => (a.contains(b) ? 1 : b.contains(a) ? -1 : 0));
  const lines = around.filter(({ range }) => smallest && range.isEqual(smallest)).map(({ line }) => line);
  const index = documents.findIndex(({ range }) => toRange(range).contains(at));
  const [document, next] = documents.slice(index, index + 2);
  const end = next ? next.line - 1 : Number.MAX_SAFE_INTEGER;
  return {
    ranges: lines.map((line) => new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER)),
    otherwise: index >= 0 && document ? new vscode.Range(document.line, 0, end, 0) : undefined,
  };
}

const toRange = ({ start, end }: RangeDto): vscode.Range =>
  new vscode.Range(start.line, start.character, end.line, end.character);

/** Marks the ranges and brings the first into sight if none is; without any, the document, if nothing of it is in sight. */
function point(
  editor: vscode.TextEditor,
  mark: vscode.TextEditorDecorationType,
  { ranges, otherwise }: Counterpart,
): void {
  editor.setDecorations(mark, ranges);
  const inSight = (range: vscode.Range) => editor.visibleRanges.some((visible) => visible.intersection(range));
  const [first] = ranges;
  if (first && !ranges.some(inSight)) editor.revealRange(first, vscode.TextEditorRevealType.InCenter);
  if (!first && otherwise && !inSight(otherwise)) {
    editor.revealRange(new vscode.Range(otherwise.start, otherwise.start), vscode.TextEditorRevealType.AtTop);
  }
}
