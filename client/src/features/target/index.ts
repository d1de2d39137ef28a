import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';
import { Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { selectTarget } from './selectTarget.ts';

/** Choosing cluster and namespace, connecting again, and the kubeconfig behind it. */
export function activateTarget(infrastructure: Infrastructure): void {
  const { commands, connection, configuration, server, texts } = infrastructure;
  const { t } = texts;

  commands.register('gpuctl.target.select', () => selectTarget(infrastructure));

  commands.register('gpuctl.connection.reconnect', async () => {
    await vscode.window.withProgress({ location: { viewId: 'gpuctl.jobs' } }, async () =>
      connection.set(await server.request(Requests.reconnect, undefined)),
    );
  });

  commands.register('gpuctl.kubeconfig.open', async (named) => {
    const path = typeof named === 'string' ? named : (configuration.kubeconfig ?? defaultKubeconfig());
    const uri = vscode.Uri.file(path);
    if (await exists(uri)) {
      await vscode.window.showTextDocument(uri);
      return;
    }
    const settings = t('ui.action.settings');
    const chosen = await vscode.window.showInformationMessage(t('ui.kubeconfig.missing', { path }), settings);
    if (chosen) await vscode.commands.executeCommand('workbench.action.openSettings', 'gpuctl.kubeconfig');
  });
}

/** What kubectl reads: the first file of `KUBECONFIG`, else the one in the home folder. */
function defaultKubeconfig(): string {
  const first = process.env.KUBECONFIG?.split(delimiter).find((path) => path !== '');
  return first ?? join(homedir(), '.kube', 'config');
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
