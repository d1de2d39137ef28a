import * as vscode from 'vscode';
import { ClientRequests, ServerNotifications } from '../../../../server/src/protocol.ts';
import type { JobTarget } from '../../infrastructure/commands.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { pickRunningPart } from '../../infrastructure/pickPart.ts';
import { PodTerminal } from './podTerminal.ts';

/** Terminals in the pods of jobs. In an untrusted workspace there are none. */
export function activatePodTerminal(infrastructure: Infrastructure): vscode.Disposable {
  const { commands, server, texts } = infrastructure;
  const open = new Map<vscode.Terminal, PodTerminal>();
  commands.register('gpuctl.pod.terminal', (target) => openTerminal(infrastructure, target, open));
  server.onRequest(ClientRequests.appendTerminal, async ({ terminal, text }) => {
    await Promise.all([...open.values()].map((one) => one.append(terminal, text)));
  });
  return vscode.Disposable.from(
    server.onNotification(ServerNotifications.terminalEnded, ({ terminal, message }) => {
      for (const one of open.values()) one.end(terminal, message);
    }),
    server.onDidGoAway(() => {
      for (const one of open.values()) one.lose(texts.t('ui.terminal.lost'));
    }),
    vscode.window.onDidCloseTerminal((terminal) => open.delete(terminal)),
    {
      dispose: () => {
        for (const terminal of open.keys()) terminal.dispose();
      },
    },
  );
}

async function openTerminal(
  infrastructure: Infrastructure,
  target: JobTarget | undefined,
  open: Map<vscode.Terminal, PodTerminal>,
): Promise<void> {
  const { configuration, texts } = infrastructure;
  const { t } = texts;
  if (!configuration.trusted) return;
  const part = await pickRunningPart(infrastructure, target, {
    title: t('ui.terminal.pick'),
    which: (name) => t('ui.terminal.pickRank', { name }),
    none: (name) => t('ui.terminal.noPod', { name }),
  });
  if (!part) return;
  const { job, context, pod, isOneOfMany } = part;
  const name =
    pod.rank === undefined || !isOneOfMany ? job.name : t('ui.terminal.name', { name: job.name, rank: pod.rank });
  const pty = new PodTerminal(infrastructure, { job, pod: pod.name, context, name });
  const terminal = vscode.window.createTerminal({
    name,
    pty,
    iconPath: new vscode.ThemeIcon('vm'),
    location: vscode.TerminalLocation.Panel,
    isTransient: true,
  });
  open.set(terminal, pty);
  terminal.show();
}
