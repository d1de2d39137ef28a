import * as vscode from 'vscode';
import { Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';

/** Asks whose free GPUs the status bar tells, and remembers that for this workspace and cluster. */
export async function selectPool({ server, configuration, connection, texts }: Infrastructure): Promise<void> {
  const { t } = texts;
  const { context } = connection.current;
  const chosen = configuration.pool(context);
  const mark = (isChosen: boolean) => (isChosen ? '$(check)' : '$(blank)');
  const automatic = {
    name: undefined,
    label: `${mark(chosen === undefined)} ${t('ui.target.pool.automatic')}`,
    description: t('ui.target.pool.automatic.about'),
  };
  const items = server.request(Requests.pools, undefined).then(({ pools }) => [
    automatic,
    ...pools.map(({ name, gpus }) => ({
      name,
      label: `${mark(chosen === name)} ${name || t('ui.pools.none')}`,
      description: texts.list(
        gpus.map(({ type, total, used, free }) =>
          used === undefined || free === undefined
            ? `${total}×${type} · ${t('ui.pools.useUnknown')}`
            : t('ui.pools.count', { used, total, type, free }),
        ),
      ),
    })),
  ]);
  const picked = await vscode.window.showQuickPick(items, { title: t('ui.target.pool.title') });
  if (picked) await configuration.rememberPool(context, picked.name);
}
