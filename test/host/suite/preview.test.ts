import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findAlone, inFile, inPreview } from '../../../client/src/features/preview/counterparts.ts';
import { Previews } from '../../../client/src/features/preview/previews.ts';
import type { RenderedDto } from '../../../server/src/protocol.ts';
import { StandIn } from './standIn.ts';
import { eventually, show } from './window.ts';

const training = (name: string, more = '') =>
  `kind: training\njob:\n  name: ${name}\nenvironment:\n  image: x:1\n${more}`;

const previewOf = ({ uri }: vscode.TextDocument) =>
  vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.scheme === 'gpuctl-preview' && document.uri.query === uri.toString(),
  );
const preview = async (document: vscode.TextDocument): Promise<vscode.TextEditor> => {
  await vscode.commands.executeCommand('gpuctl.document.preview');
  return eventually('the preview', () => previewOf(document));
};
const edit = async (document: vscode.TextDocument, text: string) => {
  const change = new vscode.WorkspaceEdit();
  change.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(change);
};
const shows = (editor: vscode.TextEditor, text: RegExp) =>
  eventually(String(text), () => text.test(editor.document.getText()));

describe('the preview of resources', function () {
  this.timeout(60_000);

  it('stands beside the file, follows each edit, and keeps what was good while there are errors', async () => {
    const document = await show('preview.gpuctl.yaml', training('first'));
    const editor = await preview(document);
    assert.equal(editor.document.languageId, 'yaml');
    assert.equal(vscode.window.activeTextEditor?.document, document, 'the cursor stays in the file');
    await shows(editor, /name: first/);
    await edit(document, training('第二'));
    await shows(editor, /has 1 error now[\s\S]*name: first/);
    await edit(document, training('second'));
    await shows(editor, /name: second/);
    await document.save();
  });

  it('is one for a file, can be closed and opened again, and is there for what was never saved', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'gpuctl', content: training('unsaved') });
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    const editor = await preview(document);
    await preview(document);
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.query === document.uri.toString());
    assert.equal(tabs.length, 1);
    await vscode.window.tabGroups.close(tabs);
    assert.equal(previewOf(document), undefined);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await shows(await preview(document), /name: unsaved/);
    assert.ok(editor.document.isClosed || !editor.document.isDirty);
  });

  it('brings the document under the cursor into sight', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `job-${index}`);
    const document = await show('many.gpuctl.yaml', names.map((name) => training(name)).join('---\n'));
    const editor = await preview(document);
    await shows(editor, /name: job-11/);
    const source = vscode.window.activeTextEditor ?? assert.fail('no active editor');
    const at = document.positionAt(document.getText().indexOf('name: job-11') + 8);
    source.selection = new vscode.Selection(at, at);
    const line = editor.document
      .getText()
      .split('\n')
      .findIndex((text) => text.includes('name: job-11'));
    await eventually('the part of job-11', () =>
      editor.visibleRanges.some(({ start, end }) => start.line <= line + 40 && line <= end.line),
    );
  });

  it('goes on where the language of its editor was changed', async () => {
    const document = await show('spoken.gpuctl.yaml', training('first'));
    const editor = await preview(document);
    await shows(editor, /name: first/);
    const other = await vscode.languages.setTextDocumentLanguage(editor.document, 'plaintext');
    await edit(document, training('second'));
    await eventually('the second', () => /name: second/.test(other.getText()));
    await document.save();
  });

  it('follows a file whose tab was closed, and says so when the file goes', async () => {
    const document = await show('closed.gpuctl.yaml', training('first'));
    const { uri } = document;
    const editor = await preview(document);
    await shows(editor, /name: first/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.writeFile(uri, Buffer.from(training('on-disk')));
    await shows(editor, /name: on-disk/);
    await vscode.workspace.fs.delete(uri);
    await shows(editor, /^# No longer followed: the file closed\.gpuctl\.yaml.*\n[\s\S]*name: on-disk/);
    await show('closed.gpuctl.yaml', training('again'));
    await shows(editor, /^# What Submit[\s\S]*name: again/);
  });

  it('is followed where it stood there before us, as after a restart of the extensions', async () => {
    const document = await show('before.gpuctl.yaml', training('first'));
    await shows(await preview(document), /name: first/);
    const server = new StandIn();
    const previews = new Previews(server.infrastructure);
    try {
      const wanted = { textDocument: { uri: document.uri.toString() } };
      const isAsked = () => server.asked.some(({ params }) => JSON.stringify(params) === JSON.stringify(wanted));
      await eventually('the question for it', isAsked);
    } finally {
      previews.dispose();
    }
  });
});

describe('the counterpart of the cursor', () => {
  const range = (line: number, start: number, end: number) => ({
    start: { line, character: start },
    end: { line, character: end },
  });
  const rendered: RenderedDto = {
    version: 1,
    text: '',
    documents: [
      { line: 2, range: { start: { line: 0, character: 0 }, end: { line: 5, character: 8 } } },
      { line: 20, range: { start: { line: 6, character: 0 }, end: { line: 9, character: 0 } } },
    ],
    counterparts: [
      { line: 5, sources: [range(3, 2, 8)] },
      { line: 7, sources: [range(3, 2, 8), range(4, 2, 14)] },
    ],
  };

  it('is, for a line of the preview, all that gave it; else its document', () => {
    assert.deepEqual(
      inFile(rendered, 7).ranges.map(({ start }) => start.line),
      [3, 4],
    );
    assert.deepEqual(inFile(rendered, 8).ranges, []);
    assert.equal(inFile(rendered, 8).otherwise?.start.line, 0);
    assert.equal(inFile(rendered, 25).otherwise?.start.line, 6);
    assert.equal(inFile(rendered, 0).otherwise, undefined);
  });

  it('is, for a key of the file, every line that it gave; else the part of its document', () => {
    assert.deepEqual(
      inPreview(rendered, new vscode.Position(3, 4)).ranges.map(({ start }) => start.line),
      [5, 7],
    );
    assert.deepEqual(inPreview(rendered, new vscode.Position(1, 4)).ranges, []);
    assert.equal(inPreview(rendered, new vscode.Position(7, 0)).otherwise?.start.line, 20);
  });

  it('is marked only while both sides are in sight', () => {
    const [file, shown, foreign] = ['file:/a.yaml', 'gpuctl-preview:/a.yaml', 'file:/b.yaml'].map((uri) => ({
      document: { uri: vscode.Uri.parse(uri) } as vscode.TextDocument,
    })) as [Side, Side, Side];
    const pair = { uri: shown.document.uri, source: file.document.uri, rendered: undefined };
    const find = ({ uri }: vscode.TextDocument) => (uri.path === '/a.yaml' ? pair : undefined);
    assert.deepEqual(findAlone([file, shown, foreign], { find }), [foreign]);
    assert.deepEqual(findAlone([file, foreign], { find }), [file, foreign]);
    assert.deepEqual(findAlone([file], { find: () => undefined }), [file]);
  });
});

type Side = { document: vscode.TextDocument };
