import * as vscode from 'vscode';
import { type JobTargetDto, Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { toPort } from './ports.ts';

/** The port of a job that is meant. `only`: the single one that it serves on is it, without a question. */
export async function askPort(
  infrastructure: Infrastructure,
  target: JobTargetDto,
  only: boolean,
): Promise<number | undefined> {
  const { server, texts } = infrastructure;
  const { t } = texts;
  const { ports } = await server.request(Requests.forwardPorts, target);
  if (only && ports.length === 1) return ports[0];
  const title = t('ui.forward.port', { name: target.job.name });
  if (ports.length) {
    const items: (vscode.QuickPickItem & { port?: number })[] = ports.map((port) => ({ port, label: String(port) }));
    const picked = await vscode.window.showQuickPick([...items, { label: t('ui.forward.otherPort') }], { title });
    if (picked?.port !== undefined || !picked) return picked?.port;
  }
  const typed = await vscode.window.showInputBox({
    title,
    prompt: t('ui.forward.port.prompt'),
    placeHolder: '8080',
    validateInput: (text) => (toPort(text) === undefined ? t('ui.forward.port.wrong') : undefined),
  });
  return typed === undefined ? undefined : toPort(typed);
}
