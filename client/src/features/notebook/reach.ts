import * as vscode from 'vscode';
import { type NotebookAccessDto, type NotebookAccessParams, Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { longWork } from '../../infrastructure/longWork.ts';

/** A notebook, and the context in which the person saw it. */
export type Pinned = Required<Pick<NotebookAccessParams, 'job' | 'context'>>;

/** Where a notebook answers on this machine, and what a request to it bears. */
export interface Reached {
  /** `http://127.0.0.1:18888` */
  at: string;
  /** The same with the path where its addresses begin. */
  baseUrl: string;
  token: string;
  headers: Record<string, string> | undefined;
}

/** Passwords that were typed, until the window closes. */
const passwords = new Map<string, string>();

/**
 * Waits until a notebook answers and leads a port of this machine there, the same one each time. `asks`: a password that nobody can find is asked for;
 * otherwise the notebook is reached, and asks for it itself.
 */
export async function reach(
  infrastructure: Infrastructure,
  { job, context }: Pinned,
  token: vscode.CancellationToken,
  asks: boolean,
): Promise<Reached> {
  const { forwards, server } = infrastructure;
  const access = await server.request(Requests.notebookAccess, { job, context }, token);
  const forward = await forwards.start({ job, context, port: access.port, purpose: 'notebook' });
  if (forward.localPort === 0) throw failed(forward.why ?? '');
  // `localhost` may be asked for over IPv6 first, where somebody else may listen.
  const host = `127.0.0.1:${forward.localPort}`;
  const way = access.needsPassword && asks ? await logIn(infrastructure, { job, context }, host, token) : access;
  const at = `${way.scheme}://${host}`;
  return { at, baseUrl: at + way.path, token: way.token ?? '', headers: way.headers };
}

async function logIn(
  { server, texts: { t } }: Infrastructure,
  target: Pinned,
  host: string,
  token: vscode.CancellationToken,
): Promise<NotebookAccessDto> {
  const { name, namespace } = target.job;
  const key = [target.context, namespace, name].join('/');
  const secret =
    passwords.get(key) ??
    (await vscode.window.showInputBox({
      title: t('ui.notebook.password', { name }),
      prompt: t('ui.notebook.password.prompt'),
      password: true,
      ignoreFocusOut: true,
    }));
  if (!secret) throw new vscode.CancellationError();
  passwords.delete(key);
  const access = await server.request(Requests.notebookAccess, { ...target, password: { secret, host } }, token);
  passwords.set(key, secret);
  return access;
}

/** The same with a sign of the wait that the person can end. */
export function reachShown(infrastructure: Infrastructure, target: Pinned, asks: boolean): Promise<Reached> {
  const title = infrastructure.texts.t('ui.notebook.waiting', { name: target.job.name });
  return longWork(title, (token) => reach(infrastructure, target, token, asks));
}

const failed = (message: string): Error =>
  Object.assign(new Error(message), { data: { code: 'forward.failed', message, actions: [{ do: 'retry' }] } });
