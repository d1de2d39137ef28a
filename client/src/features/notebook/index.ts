import * as vscode from 'vscode';
import { type JobDto, Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { JupyterServers } from './jupyterServers.ts';
import { newNotebook, untilRuns } from './newNotebook.ts';
import { watchNotebooks } from './notices.ts';
import { openInBrowser, openNotebook, toPinned } from './openNotebook.ts';
import { resizeNotebook } from './resizeNotebook.ts';
import { type ListedServer, serverId } from './serverList.ts';

/** Notebooks of the cluster in this window and in the browser. In an untrusted workspace there are none. */
export function activateNotebook(
  infrastructure: Infrastructure,
  { workspaceState }: Pick<vscode.ExtensionContext, 'workspaceState'>,
): vscode.Disposable {
  const { commands, configuration, texts } = infrastructure;
  const { t } = texts;
  const servers = new JupyterServers(infrastructure, () => create(infrastructure, workspaceState));
  commands.register('gpuctl.notebook.new', async () => {
    await submitNew(infrastructure, workspaceState);
  });
  commands.register('gpuctl.notebook.open', async (target) => {
    if (!configuration.trusted) return;
    await openNotebook(infrastructure, servers, await toPinned(infrastructure, target, t('ui.notebook.pick')));
  });
  commands.register('gpuctl.notebook.openInBrowser', async (target) => {
    if (!configuration.trusted) return;
    await openInBrowser(infrastructure, await toPinned(infrastructure, target, t('ui.notebook.pick')));
  });
  commands.register('gpuctl.notebook.resize', async (target) => {
    if (!configuration.trusted) return;
    const fits = ({ kind, endedAt }: JobDto) => kind === 'notebook' && endedAt === undefined;
    const pinned = await toPinned(infrastructure, target, t('ui.notebook.pickResize'), { fits });
    await resizeNotebook(infrastructure, pinned);
  });
  return vscode.Disposable.from(servers, watchNotebooks(infrastructure));
}

/** Makes a document by questions and submits it where the person agrees; gives its name, and the uids of the jobs before it. */
async function submitNew(
  infrastructure: Infrastructure,
  memory: vscode.Memento,
): Promise<{ name: string; before: ReadonlySet<string> } | undefined> {
  const { commands, configuration, server, texts } = infrastructure;
  const { t } = texts;
  const made = await newNotebook(infrastructure, memory);
  if (!made || !configuration.trusted) return undefined;
  const { name, uri } = made;
  const submit = t('ui.notebook.new.submit');
  const chosen = await vscode.window.showInformationMessage(t('ui.notebook.new.made', { name }), submit);
  if (chosen !== submit) return undefined;
  const before = new Set((await server.request(Requests.jobs, undefined)).jobs.map(({ uid }) => uid));
  await commands.execute('gpuctl.job.submit', { uri: uri.toString() });
  const { jobs } = await server.request(Requests.jobs, undefined);
  const isThere = jobs.some(({ ref, uid }) => ref.name === name && !before.has(uid));
  return isThere ? { name, before } : undefined; // it may not have been submitted after all
}

/** The same, for the list of kernels: gives the notebook when it runs. */
async function create(infrastructure: Infrastructure, memory: vscode.Memento): Promise<ListedServer | undefined> {
  const submitted = await submitNew(infrastructure, memory);
  const job = submitted && (await untilRuns(infrastructure, submitted.name, submitted.before));
  const { context } = infrastructure.connection.current;
  return job && context !== undefined ? { id: serverId(context, job.ref), label: job.ref.name } : undefined;
}
