import * as vscode from 'vscode';
import { type ProposalDto, Requests } from '../../../../server/src/protocol.ts';
import type { PoolTarget } from '../../infrastructure/commands.ts';
import { documentInFront, isFolder } from '../../infrastructure/documents.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import type { RowElement } from '../../infrastructure/rowTree.ts';
import { pickPool } from './pickPool.ts';
import { toProposal } from './proposalWords.ts';

const YAML = /\.ya?ml$/i;
const PATTERN = '**/*.gpuctl.{yaml,yml}';
/** Files that are offered. */
const OFFERED = 500;
const URI_LIST = 'text/uri-list';

/** Files that are dropped on a pool, or on something in it: of one is asked what it would mean; several, or a folder, are a list. */
export function acceptFiles(infrastructure: Infrastructure): vscode.TreeDragAndDropController<RowElement> {
  const { boundary, commands, texts } = infrastructure;
  return {
    dropMimeTypes: [URI_LIST],
    dragMimeTypes: [],
    handleDrop: (target, data) =>
      boundary.run(async () => {
        const text = (await data.get(URI_LIST)?.asString()) ?? '';
        const uris = text.split(/\r?\n/).filter((line) => line && !line.startsWith('#'));
        if (target?.pool === undefined) {
          void vscode.window.showInformationMessage(texts.t('ui.propose.nowhere'));
          return;
        }
        const { pool } = target;
        const files = [...new Set(uris)].map((uri) => vscode.Uri.parse(uri));
        const [file, ...others] = files;
        if (!file) return;
        if (!others.length && !(await isFolder(file))) return submitToPool(infrastructure, { pool }, file);
        await commands.execute('gpuctl.job.submit', { uri: file.toString(), pool }, files);
      }),
  };
}

/** Shows what submitting a file to a pool would mean, and does what the person chooses of it; the file is theirs to name. */
export async function submitToPool(
  infrastructure: Infrastructure,
  target: PoolTarget | undefined,
  file: vscode.Uri | undefined,
): Promise<void> {
  const { boundary, server, texts } = infrastructure;
  const { t } = texts;
  let pool = target?.pool;
  if (pool === undefined) {
    const { pools } = await server.request(Requests.pools, undefined);
    pool = await pickPool(pools, t('ui.propose.pick.pool'), texts);
  }
  const chosen = pool;
  const uri = file ?? (await pickFile(chosen, infrastructure));
  if (!YAML.test(uri.path)) {
    const name = uri.path.split('/').at(-1) ?? '';
    void vscode.window.showInformationMessage(t('ui.propose.not-yaml', { file: name }));
    return;
  }
  // Whoever tries again means the same file and the same pool.
  await boundary.run(() => propose(infrastructure, uri, chosen));
}

async function propose(infrastructure: Infrastructure, uri: vscode.Uri, pool: string): Promise<void> {
  const { server, texts } = infrastructure;
  const document = await vscode.workspace.openTextDocument(uri);
  for (;;) {
    const { version } = document;
    const params = { uri: uri.toString(), text: document.getText(), pool };
    const proposal = await server.request(Requests.proposePool, params);
    const file = vscode.workspace.asRelativePath(uri, false);
    const asked = toProposal(proposal, { pool, file, unsaved: document.isDirty }, texts);
    if ('nothing' in asked) {
      void vscode.window.showInformationMessage(asked.nothing);
      return;
    }
    const { question, detail, answers } = asked;
    const items = answers.map((answer) => ({ title: answer.title, answer: answer.does }));
    const given = await vscode.window.showInformationMessage(question, { modal: true, detail }, ...items);
    if (!given) return;
    // What was shown is what is done: of another text it is shown anew.
    if (document.version !== version) continue;
    if (given.answer === 'change') await change(document, proposal);
    await submit(infrastructure, uri, proposal, given.answer === 'submit' ? pool : undefined);
    return;
  }
}

async function change(document: vscode.TextDocument, { edits }: ProposalDto): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, text } of edits) {
    const { start, end } = range;
    const place = new vscode.Range(start.line, start.character, end.line, end.character);
    edit.replace(document.uri, place, text);
  }
  if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save())) throw new vscode.CancellationError();
}

async function submit(
  { commands }: Infrastructure,
  uri: vscode.Uri,
  { jobs, whole, context }: ProposalDto,
  pool: string | undefined,
): Promise<void> {
  const target = { uri: uri.toString(), ...(pool !== undefined && { pool }), ...(context && { context }) };
  if (whole && jobs.length > 1) return commands.execute('gpuctl.job.submit', target);
  // Pools and quotas of the file are none of this.
  for (const { document, kind, name, error } of jobs)
    if (!error) await commands.execute('gpuctl.job.submit', { ...target, document, meant: { kind, name } });
}

/** Lets a file of the workspace be chosen, the one before the person first, or any other. Throws when none is. */
async function pickFile(pool: string, { texts: { t } }: Infrastructure): Promise<vscode.Uri> {
  const found = await vscode.workspace.findFiles(PATTERN, '**/node_modules/**', OFFERED);
  const front = documentInFront();
  const uris = new Map([...(front ? [front] : []), ...found.sort(byPath)].map((uri) => [uri.toString(), uri]));
  const items = [...uris.values()].map((uri) => {
    const path = vscode.workspace.asRelativePath(uri, false);
    const [name = '', ...folders] = path.split('/').reverse();
    return { uri, label: `$(file) ${name}`, description: folders.reverse().join('/') };
  });
  const other = { uri: undefined, label: `$(folder-opened) ${t('ui.propose.other')}`, description: '' };
  const title = t('ui.propose.pick.file', { pool: pool || t('ui.pools.none') });
  const picked = await vscode.window.showQuickPick([...items, other], { title, matchOnDescription: true });
  if (picked?.uri) return picked.uri;
  const opened = picked && (await vscode.window.showOpenDialog({ title, filters: { YAML: ['yaml', 'yml'] } }));
  if (!opened?.[0]) throw new vscode.CancellationError();
  return opened[0];
}

const byPath = (a: vscode.Uri, b: vscode.Uri): number => a.path.localeCompare(b.path, 'en', { numeric: true });
