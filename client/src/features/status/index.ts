import * as vscode from 'vscode';
import type { ConnectionDto, ConnectionPhase } from '../../../../server/src/protocol.ts';
import { toTargetLabel } from '../../infrastructure/connection.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { escapeMarkdown } from '../../infrastructure/row.ts';
import type { Texts } from '../../infrastructure/texts.ts';

const ICONS: Record<ConnectionPhase, string> = {
  off: 'server',
  none: 'server',
  connecting: 'loading~spin',
  connected: 'server',
  offline: 'debug-disconnect',
  failed: 'warning',
};

/** Where submits go and how the connection is, in one quiet item; shown once somebody needs the server. */
export function activateStatus({ server, connection, configuration, texts }: Infrastructure): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('gpuctl.target', vscode.StatusBarAlignment.Left, 10);
  item.command = 'gpuctl.target.select';
  const show = () => {
    if (!configuration.trusted) return item.hide();
    const { label, tooltip } = toStatus(connection.current, texts, Date.now());
    item.name = texts.t('ui.status.name');
    const { phase, warning } = connection.current;
    item.text = `$(${warning && phase === 'connected' ? 'unlock' : ICONS[phase]}) ${label}`;
    item.tooltip = new vscode.MarkdownString(tooltip);
    item.accessibilityInformation = { label: `${texts.t('ui.status.name')}: ${label}`, role: 'button' };
    item.show();
  };
  return vscode.Disposable.from(
    item,
    server.onDidStart(show),
    connection.onDidChange(show),
    configuration.onDidChange(() => connection.current.phase !== 'off' && show()),
  );
}

/** The words of the item, and a tooltip with the reason and what to do. */
export function toStatus(
  connection: ConnectionDto,
  { t, time }: Texts,
  now: number,
): { label: string; tooltip: string } {
  const { phase, cluster, message, asOf, capacity, warning } = connection;
  // Without a cluster there is nothing that a namespace would be in.
  const target = phase === 'none' || phase === 'off' ? '' : toTargetLabel(connection);
  const word = t(`ui.connection.${phase}`);
  const label =
    phase === 'connected'
      ? [target, capacity.known ? '' : t('ui.status.capacityUnknown')].filter(Boolean).join(' · ')
      : [target, phase === 'connecting' && target ? '' : word].filter(Boolean).join(' · ');
  const lines = [
    [word, cluster].filter(Boolean).join(' · '),
    message,
    asOf && phase === 'offline' ? t('ui.view.asOf', { time: time(asOf, now) }) : undefined,
    phase === 'connected' && !capacity.known ? capacity.reason : undefined,
    warning,
    t('ui.status.click'),
  ];
  return { label: label || word, tooltip: lines.flatMap((line) => (line ? [escapeMarkdown(line)] : [])).join('\n\n') };
}
