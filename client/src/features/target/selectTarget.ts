import * as vscode from 'vscode';
import { Requests, type TargetList } from '../../../../server/src/protocol.ts';
import type { Target } from '../../infrastructure/configuration.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { selectPool } from './selectPool.ts';

/** Asks for the cluster, then for the namespace, and remembers both for this workspace. The kubeconfig is never written. */
export async function selectTarget(infrastructure: Infrastructure): Promise<void> {
  const { server, configuration, connection, commands, texts } = infrastructure;
  const { t } = texts;
  if (!configuration.trusted) {
    await vscode.commands.executeCommand('workbench.trust.manage');
    return;
  }
  const select = async (target: Target) => {
    const { context, namespace } = target;
    const wanted = { ...(context ? { context } : {}), ...(namespace ? { namespace } : {}) };
    connection.set(await server.request(Requests.selectTarget, wanted));
    await configuration.rememberTarget(wanted);
  };

  const targets = await server.request(Requests.listTargets, undefined);
  const context = await pickContext(targets, infrastructure);
  if (context === OPEN_KUBECONFIG) return commands.execute('gpuctl.kubeconfig.open');
  if (context === SELECT_POOL) return selectPool(infrastructure);
  const chosen = targets.contexts.find(({ name }) => name === context);
  if (!chosen) return;
  const changes = context !== targets.current;
  if (changes) await select({ context });
  const namespaces = changes
    ? server.request(Requests.listTargets, undefined).then((list) => list.namespaces)
    : targets.namespaces;
  const held = changes ? chosen.namespace : (connection.current.namespace ?? chosen.namespace);
  const namespace = await pickNamespace(
    namespaces,
    held,
    t('ui.target.namespaceTitle', { context: chosen.name }),
    infrastructure,
  );
  if (namespace) await select({ context, namespace });
  // Nobody looks at what was chosen: then there is no connection, and nothing would be seen of the choice.
  if ((changes || namespace) && connection.current.phase === 'off')
    await vscode.commands.executeCommand('workbench.view.extension.gpuctl');
}

/** Stand for the last rows of the first list. A context cannot have these names. */
const OPEN_KUBECONFIG = '\0kubeconfig';
const SELECT_POOL = '\0pool';

async function pickContext(
  { contexts, current }: TargetList,
  { texts, connection }: Infrastructure,
): Promise<string | undefined> {
  const { t } = texts;
  const items = contexts.map(({ name, cluster, namespace, user }) => ({
    name,
    label: name === current ? `$(check) ${name}` : `$(blank) ${name}`,
    description: [cluster === name ? '' : cluster, namespace, user].filter(Boolean).join(' · '),
  }));
  const other = { name: OPEN_KUBECONFIG, label: `$(go-to-file) ${t('ui.action.openKubeconfig')}`, description: '' };
  const pool = { name: SELECT_POOL, label: `$(layers) ${t('ui.target.pool')}`, description: '' };
  const separator = { name: '', label: '', kind: vscode.QuickPickItemKind.Separator };
  const others = connection.current.phase === 'connected' ? [pool, other] : [other];
  const picked = await vscode.window.showQuickPick([...items, separator, ...others], {
    title: t('ui.target.title'),
    placeHolder: items.length > 0 ? t('ui.target.context') : t('ui.target.noContext'),
    matchOnDescription: true,
  });
  return picked?.name;
}

/** Lets a namespace be chosen, or typed where it may not be listed. */
async function pickNamespace(
  listed: string[] | Promise<string[]>,
  current: string,
  title: string,
  { boundary, texts }: Infrastructure,
): Promise<string | undefined> {
  const { t } = texts;
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { name: string }>();
  const toItem = (name: string) => ({ name, label: name === current ? `$(check) ${name}` : `$(blank) ${name}` });
  let names = [current];
  const show = () => {
    const typed = pick.value.trim();
    const own =
      typed && !names.includes(typed)
        ? [{ name: typed, label: `$(edit) ${t('ui.target.typed', { namespace: typed })}` }]
        : [];
    pick.items = [...names.map(toItem), ...own];
  };
  pick.title = title;
  pick.placeholder = t('ui.target.namespace');
  pick.busy = true;
  show();
  pick.onDidChangeValue(show);
  void boundary
    .runQuietly(async () => {
      names = [...new Set([current, ...(await listed)])];
      show();
    })
    .then(() => {
      pick.busy = false;
    });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.name);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
