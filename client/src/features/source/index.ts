import * as vscode from 'vscode';
import { type JobRef, type JobSourceDto, type LineCommandDto, Requests } from '../../../../server/src/protocol.ts';
import type { JobTarget } from '../../infrastructure/commands.ts';
import { documentInFront } from '../../infrastructure/documents.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { findJob, pickJob } from '../../infrastructure/pickJob.ts';
import { contextOf } from '../../infrastructure/seenIn.ts';
import { buildJobCommands } from './jobCommands.ts';
import { activateResources } from './resources.ts';
import { fromUri, SOURCE_SCHEME, SourceDocuments } from './sourceDocuments.ts';

/** The document behind a job, to read and to go on from; its command lines; and what a document's own line offers, by keyboard. */
export function activateSource(infrastructure: Infrastructure): vscode.Disposable {
  const { commands, server } = infrastructure;
  const documents = new SourceDocuments((uri) => server.request(Requests.jobSource, fromUri(uri)));
  commands.register('gpuctl.job.source', (target) => openSource(infrastructure, documents, target));
  commands.register('gpuctl.source.edit', (target) => editCopy(infrastructure, documents, target));
  commands.register('gpuctl.job.copyCommand', (target) => copyCommand(infrastructure, target));
  commands.register('gpuctl.document.rename', rename);
  commands.register('gpuctl.document.actions', () => offerActions(infrastructure));
  return vscode.Disposable.from(documents, activateResources(infrastructure));
}

const nameOf = async (infrastructure: Infrastructure, target: JobTarget | undefined, title: string): Promise<JobRef> =>
  target?.job ?? (await pickJob(infrastructure, title, undefined));

/** Opens the document behind a job, also of one that was submitted elsewhere. Read-only: it is what was submitted, not a file. */
async function openSource(infrastructure: Infrastructure, documents: SourceDocuments, target: JobTarget | undefined) {
  const { boundary, server, texts } = infrastructure;
  const context = contextOf(infrastructure, target?.context);
  const job = await nameOf(infrastructure, target, texts.t('ui.source.pick'));
  await boundary.run(async () => {
    const title = texts.t('ui.source.progress', { name: job.name });
    const source = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title, cancellable: false },
      () => server.request(Requests.jobSource, { job, context }),
    );
    const document = await vscode.workspace.openTextDocument(documents.hold(job, source));
    await vscode.window.showTextDocument(document, { preview: true });
  });
}

/** Opens the file that was submitted where it still is what was submitted, else a copy that can be changed and saved. */
async function editCopy({ server, texts }: Infrastructure, documents: SourceDocuments, target: vscode.Uri | undefined) {
  const uri = target ?? vscode.window.activeTextEditor?.document.uri;
  if (uri?.scheme !== SOURCE_SCHEME) return;
  const source = await documents.find(uri);
  const file = await findFile(server, source);
  if (file) {
    const at = new vscode.Position(file.line, 0);
    await vscode.window.showTextDocument(file.uri, { selection: new vscode.Range(at, at) });
    return;
  }
  await vscode.window.showTextDocument(await openCopy(fromUri(uri).job.name, source.text));
  if (source.path !== undefined && !source.rebuilt)
    void vscode.window.showInformationMessage(texts.t('ui.source.copied'));
}

/** An unsaved document, named after the job and lying in the workspace where that name is free there. */
async function openCopy(name: string, content: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = folder && vscode.Uri.joinPath(folder, `${name}.gpuctl.yaml`);
  const isFree =
    uri &&
    (await vscode.workspace.fs.stat(uri).then(
      () => false,
      () => true,
    ));
  const copy = uri?.with({ scheme: 'untitled', authority: '' });
  const isOpen = vscode.workspace.textDocuments.some((one) => one.uri.toString() === copy?.toString());
  if (!copy || !isFree || isOpen) return vscode.workspace.openTextDocument({ language: 'gpuctl', content });
  const document = await vscode.workspace.openTextDocument(copy);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(copy, new vscode.Position(0, 0), content);
  await vscode.workspace.applyEdit(edit);
  return document;
}

async function findFile(
  server: Infrastructure['server'],
  { path, hash }: JobSourceDto,
): Promise<{ uri: vscode.Uri; line: number } | undefined> {
  // The annotation may be of anybody's hand: it leads nowhere outside of the workspace.
  if (!path || !hash || path.startsWith('/') || /(^|[\\/])\.\.([\\/]|$)/.test(path)) return undefined;
  for (const { uri: folder } of vscode.workspace.workspaceFolders ?? []) {
    const uri = vscode.Uri.joinPath(folder, path);
    const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    const bytes = open ? undefined : await vscode.workspace.fs.readFile(uri).then(undefined, () => undefined);
    const text = open?.getText() ?? (bytes && new TextDecoder().decode(bytes));
    const found = text === undefined ? null : await server.request(Requests.findDocument, { text, hash });
    if (found) return { uri, line: found.line };
  }
  return undefined;
}

/** Copies a command line of a job, for a terminal. */
async function copyCommand(infrastructure: Infrastructure, target: JobTarget | undefined): Promise<void> {
  const { server, texts } = infrastructure;
  const { t } = texts;
  const context = contextOf(infrastructure, target?.context);
  const job = await nameOf(infrastructure, target, t('ui.command.pick'));
  const [known, source] = await Promise.all([
    findJob(infrastructure, job),
    server.request(Requests.jobSource, { job, context }).catch(() => undefined),
  ]);
  if (!known) return;
  const file = source?.rebuilt ? undefined : source?.path;
  const lines = buildJobCommands(known, { shell: vscode.env.shell, context, file });
  const items = lines.map(({ about, line }) => ({ label: line, description: t(`ui.command.${about}`) }));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('ui.command.title', { name: job.name }),
    matchOnDescription: true,
  });
  if (!picked) return;
  await vscode.env.clipboard.writeText(picked.label);
  vscode.window.setStatusBarMessage(t('ui.command.copied', { command: picked.label }), 5_000);
}

/** Opens the box that changes the name of a document, where that stands. */
async function rename(uri: string, line: number, character: number): Promise<void> {
  const at = new vscode.Position(line, character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(at, at) });
  await vscode.commands.executeCommand('editor.action.rename');
}

/** What the line above the document at the cursor says and offers, as a list. */
async function offerActions({ server, texts: { t } }: Infrastructure): Promise<void> {
  const uri = documentInFront();
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri?.toString());
  if (!editor) {
    void vscode.window.showInformationMessage(t('ui.actions.none'));
    return;
  }
  const line = editor.selection.active.line;
  const asked = { textDocument: { uri: editor.document.uri.toString() }, line };
  const { commands } = await server.request(Requests.lineCommands, asked);
  if (!commands.length) {
    void vscode.window.showInformationMessage(t('ui.actions.none'));
    return;
  }
  const items = commands.map((command: LineCommandDto) => ({ label: command.title, command }));
  const picked = await vscode.window.showQuickPick(items, { title: t('ui.actions.title') });
  if (picked?.command.command)
    await vscode.commands.executeCommand(picked.command.command, ...(picked.command.arguments ?? []));
}
