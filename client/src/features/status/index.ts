import * as vscode from 'vscode';
import type { ConnectionPhase } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { PoolInUse } from './poolInUse.ts';
import { toStatus } from './statusWords.ts';

const ICONS: Record<ConnectionPhase, string> = {
  off: 'server',
  none: 'server',
  connecting: 'loading~spin',
  connected: 'server',
  offline: 'debug-disconnect',
  failed: 'warning',
};

/** Where submits go, how the connection is and what is free, in one quiet item; shown once somebody needs the server. */
export function activateStatus(infrastructure: Infrastructure): vscode.Disposable {
  const { server, connection, configuration, texts } = infrastructure;
  const pool = new PoolInUse(infrastructure);
  const item = vscode.window.createStatusBarItem('gpuctl.target', vscode.StatusBarAlignment.Left, 10);
  item.command = 'gpuctl.target.select';
  const show = () => {
    if (!configuration.trusted) return item.hide();
    const { label, tooltip } = toStatus(connection.current, pool.current, texts, Date.now());
    item.name = texts.t('ui.status.name');
    const { phase, warning } = connection.current;
    item.text = `$(${warning && phase === 'connected' ? 'unlock' : ICONS[phase]}) ${label}`;
    item.tooltip = new vscode.MarkdownString(tooltip);
    item.accessibilityInformation = { label: `${texts.t('ui.status.name')}: ${label}`, role: 'button' };
    item.show();
  };
  return vscode.Disposable.from(
    item,
    pool,
    pool.onDidChange(show),
    server.onDidStart(show),
    connection.onDidChange(show),
    configuration.onDidChange(() => connection.current.phase !== 'off' && show()),
  );
}
