import * as vscode from 'vscode';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { LOG_LANGUAGE } from './logChannel.ts';
import { findError } from './logScan.ts';
import type { Logs } from './logs.ts';

/** Milliseconds after a change of the text until the mark is set again. */
const SETTLE = 200;
/** Lines of a file that are looked at in one go. */
const SLICE = 5_000;

/** Marks the first error of a log, in the output panel and in files, and goes to it. */
export function markFirstError({ boundary, commands, texts }: Infrastructure, logs: Logs): vscode.Disposable {
  const mark = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('inputValidation.errorBackground'),
    border: '1px solid',
    borderColor: new vscode.ThemeColor('inputValidation.errorBorder'),
    overviewRulerColor: new vscode.ThemeColor('editorError.foreground'),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
  let timer: NodeJS.Timeout | undefined;
  const show = async () => {
    timer = undefined;
    for (const editor of logEditors()) {
      const line = await findIn(logs, editor.document);
      const hoverMessage = texts.t('ui.log.first-error');
      editor.setDecorations(mark, line === undefined ? [] : [{ range: lineOf(line), hoverMessage }]);
    }
  };
  const later = () => {
    timer ??= setTimeout(() => void boundary.runQuietly(show), SETTLE);
  };
  later(); // a log may be in sight already
  commands.register('gpuctl.log.firstError', async () => {
    const active = vscode.window.activeTextEditor;
    const editor = active && isLog(active) ? active : (logEditors()[0] ?? undefined);
    const line = editor && (await findIn(logs, editor.document));
    if (!editor || line === undefined) {
      void vscode.window.showInformationMessage(texts.t('ui.log.no-error'));
      return;
    }
    const { document } = editor;
    const { end } = document.lineAt(line).range;
    editor.selection = new vscode.Selection(end, end);
    editor.revealRange(lineOf(line), vscode.TextEditorRevealType.InCenter);
    if (document.uri.scheme !== 'output') return;
    // The panel scrolls on until a person moves the cursor away from its end; only a command of the editor counts as that.
    await vscode.commands.executeCommand('workbench.panel.output.focus');
    await vscode.commands.executeCommand('cursorMove', { to: 'wrappedLineStart' });
  });
  return vscode.Disposable.from(
    mark,
    logs.onDidFindError(later),
    vscode.window.onDidChangeVisibleTextEditors(later),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.languageId === LOG_LANGUAGE) later();
    }),
    { dispose: () => clearTimeout(timer) },
  );
}

const isLog = ({ document }: vscode.TextEditor): boolean => document.languageId === LOG_LANGUAGE;
const logEditors = (): vscode.TextEditor[] => vscode.window.visibleTextEditors.filter(isLog);
const lineOf = (line: number): vscode.Range => new vscode.Range(line, 0, line, 0);

async function findIn(logs: Logs, document: vscode.TextDocument): Promise<number | undefined> {
  if (document.uri.scheme !== 'output') return findInFile(document);
  const { channel } = logs.of(document) ?? {};
  const { error } = channel ?? {};
  if (!channel || error === undefined) return undefined;
  const shift = channel.shiftOf(document, error, (text) => findError(text) !== undefined);
  return shift === undefined ? undefined : error + shift;
}

/** What was found, and in which version of a file. */
const known = new WeakMap<vscode.TextDocument, { version: number; line: number | undefined }>();

async function findInFile(document: vscode.TextDocument): Promise<number | undefined> {
  const { version } = document;
  const before = known.get(document);
  if (before?.version === version) return before.line;
  const line = await readFile(document);
  known.set(document, { version, line });
  return line;
}

/** In pieces, so that nothing stands still for a long file. */
async function readFile(document: vscode.TextDocument): Promise<number | undefined> {
  for (let from = 0; from < document.lineCount; from += SLICE) {
    const found = findError(document.getText(new vscode.Range(from, 0, from + SLICE, 0)));
    if (found !== undefined) return from + found;
    await new Promise((resolve) => setTimeout(resolve));
  }
  return undefined;
}
