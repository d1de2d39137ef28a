import * as vscode from 'vscode';
import { type NotebookSizeDto, Requests, type ResizeNotebookParams } from '../../../../server/src/protocol.ts';
import { askBeforeLoss } from '../../infrastructure/askBeforeLoss.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { longWork } from '../../infrastructure/longWork.ts';
import { JUPYTER_NOTEBOOK } from './jupyterApi.ts';
import type { Pinned } from './reach.ts';
import { isAmount, toSizeRows } from './sizeRows.ts';

/** Milliseconds between two looks at what became of a change. */
const LOOK = 1_000;

/** Asks what of a notebook is to be changed, does it, and tells what became of it. */
export async function resizeNotebook(infrastructure: Infrastructure, target: Pinned): Promise<void> {
  const { server, texts } = infrastructure;
  const { t } = texts;
  const { name } = target.job;
  const size = await server.request(Requests.notebookSize, target);
  const title = t('ui.notebook.size.title', { name });
  const row = await vscode.window.showQuickPick(toSizeRows(size, texts), { title });
  if (!row) return;
  const { what } = row;
  const known = size.next[what];
  const text = await vscode.window.showInputBox({
    title,
    prompt: t(`ui.notebook.size.${what}.prompt`),
    ...(known !== undefined && { value: String(known) }),
    validateInput: (typed) => (isAmount(what, typed) ? undefined : t('ui.notebook.size.wrong')),
  });
  if (text === undefined) return;
  const wanted = what === 'gpus' ? { gpus: Number(text) } : { [what]: text.trim() };
  if (what === 'gpus' && Number(text) !== size.next.gpus && size.now) {
    if (!(await agrees(infrastructure, target, Number(text), size))) return;
    await saveNotebooks();
  }
  await change(infrastructure, { ...target, ...wanted }, Number(text));
}

async function change(
  { boundary, commands, server, texts: { t, join } }: Infrastructure,
  params: ResizeNotebookParams & Pinned,
  gpus: number,
): Promise<void> {
  const { job, context } = params;
  const { name } = job;
  const title = t('ui.notebook.size.changing', { name });
  const said = await longWork(title, async (token, progress) => {
    const { how, why } = await server.request(Requests.resizeNotebook, params, token);
    if (how === 'same') return { say: t('ui.notebook.size.same', { name }) };
    if (how === 'restarted') return { say: t('ui.notebook.size.restarted', { name, gpus }) };
    if (how === 'next-start') return { say: join(why, t('ui.notebook.size.later', { name })) };
    // Who stops looking stops nothing.
    for (let last = ''; !token.isCancellationRequested; ) {
      const { resizing } = await server.request(Requests.notebookSize, { job, context });
      if (!resizing) return { say: t('ui.notebook.size.done', { name }) };
      if (resizing.is === 'refused') return { say: resizing.text, isBad: true };
      if (resizing.text !== last) progress.report({ message: resizing.text });
      last = resizing.text;
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
    return undefined;
  });
  if (!said) return;
  const show = said.isBad ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const details = t('ui.jobs.details');
  // Not awaited: it is done, whether or not somebody reads about it.
  void boundary.run(async () => {
    if ((await show(said.say, details)) === details) await commands.execute('gpuctl.job.details', { job, context });
  });
}

async function agrees(
  { commands, connection, texts: { t } }: Infrastructure,
  { job, context }: Pinned,
  gpus: number,
  { activity }: NotebookSizeDto,
): Promise<boolean> {
  const { cluster = context } = connection.current;
  const detail = [
    t('ui.delete.where', { cluster, namespace: job.namespace }),
    '',
    ...toLoss(activity, t),
    t('ui.notebook.size.kept'),
  ].join('\n');
  const question = t('ui.notebook.size.question', { name: job.name, gpus });
  const look = { title: t('ui.delete.look'), run: () => commands.execute('gpuctl.job.details', { job, context }) };
  return (await askBeforeLoss({ question, detail, look }, { title: t('ui.notebook.size.confirm') })) !== undefined;
}

/** Lines that say what kernels lose by it. */
function toLoss(activity: NotebookSizeDto['activity'], t: Infrastructure['texts']['t']): string[] {
  if (!activity) return [t('ui.notebook.size.lost.unknown')];
  const { kernels, busy } = activity;
  if (kernels === 0) return [t('ui.notebook.size.lost.none')];
  const lost = t('ui.notebook.size.lost', { kernels });
  return busy === 0 ? [lost] : [lost, t('ui.notebook.size.lost.busy', { busy })];
}

/** What is written in files of this window outlives any kernel. */
async function saveNotebooks(): Promise<void> {
  for (const document of vscode.workspace.notebookDocuments) {
    const { notebookType, isDirty, isUntitled } = document;
    if (notebookType === JUPYTER_NOTEBOOK && isDirty && !isUntitled) await document.save();
  }
}
