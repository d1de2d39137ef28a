import * as vscode from 'vscode';
import type { Infrastructure } from './infrastructure.ts';

/** Says what no view can: that the server is not started again, and that it is of another version than we are. */
export function watchServer({ server, boundary, texts: { t } }: Infrastructure, version: string): vscode.Disposable {
  return vscode.Disposable.from(
    server.onDidGoAway(({ ended }) => {
      if (!ended) return;
      const start = () => boundary.run(() => server.start());
      const failure = { code: 'server.ended', message: t('ui.server.ended'), actions: [{ do: 'retry' } as const] };
      void boundary.show(failure, start);
    }),
    server.onDidStart(async (offered) => {
      if (offered.version === undefined || offered.version === version) return;
      const reload = t('ui.action.reload');
      const chosen = await vscode.window.showWarningMessage(t('ui.server.otherVersion'), reload);
      if (chosen) await vscode.commands.executeCommand('workbench.action.reloadWindow');
    }),
  );
}
