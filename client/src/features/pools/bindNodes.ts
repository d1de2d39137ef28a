import * as vscode from 'vscode';
import { type BindPlanDto, type PoolDto, type PoolsDto, Requests } from '../../../../server/src/protocol.ts';
import { askBeforeLoss } from '../../infrastructure/askBeforeLoss.ts';
import type { NodeTarget } from '../../infrastructure/commands.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { longWork } from '../../infrastructure/longWork.ts';
import { contextOf } from '../../infrastructure/seenIn.ts';
import { buildNodeItems, nodeNames, toQuestion } from './bindWords.ts';
import { pickPool, refusal } from './pickPool.ts';

/** Puts nodes into another pool: those of the rows, else those that the person chooses. */
export async function bindNodes(infrastructure: Infrastructure, targets: readonly NodeTarget[]): Promise<void> {
  const { t } = infrastructure.texts;
  const { pools } = await listPools(infrastructure);
  const nodes = namesOf(targets) ?? (await pickNodes(infrastructure, pools, t('ui.bind.pick.any')));
  const from = new Set(pools.filter((pool) => pool.nodes.some(({ name }) => nodes.includes(name))));
  const others = pools.filter((pool) => pool.name && !(from.size === 1 && from.has(pool)));
  if (!others.length) {
    void vscode.window.showInformationMessage(t('ui.bind.no-pools'));
    return;
  }
  const title = t('ui.bind.pick.pool', { nodes: nodeNames(nodes, infrastructure.texts) });
  await carryOut(infrastructure, nodes, await pickPool(others, title, infrastructure.texts));
}

/** Takes nodes out of their pools. */
export async function unbindNodes(infrastructure: Infrastructure, targets: readonly NodeTarget[]): Promise<void> {
  const { pools } = await listPools(infrastructure);
  const pooled = pools.filter(({ name }) => name);
  const title = infrastructure.texts.t('ui.unbind.pick');
  await carryOut(infrastructure, namesOf(targets) ?? (await pickNodes(infrastructure, pooled, title)), undefined);
}

/** Puts nodes that the person chooses into a pool. */
export async function addNodes(infrastructure: Infrastructure, chosen: string | undefined): Promise<void> {
  const { t } = infrastructure.texts;
  const { pools } = await listPools(infrastructure);
  const named = pools.filter(({ name }) => name);
  const pool = chosen ?? (await pickPool(named, t('ui.bind.pick.title'), infrastructure.texts));
  const others = pools.filter(({ name }) => name !== pool);
  await carryOut(infrastructure, await pickNodes(infrastructure, others, t('ui.bind.pick.nodes', { pool })), pool);
}

const namesOf = (targets: readonly NodeTarget[]): string[] | undefined => {
  const names = targets.flatMap(({ node }) => node ?? []);
  // The order of a selection is that of clicks, or none.
  return names.length ? [...new Set(names)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })) : undefined;
};

/** The pools as they are now. Throws the reason where the person is known not to be allowed to move nodes. */
async function listPools({ server }: Infrastructure): Promise<PoolsDto> {
  const data = await server.request(Requests.pools, undefined);
  if (data.refused !== undefined) throw refusal(data.refused);
  return data;
}

/** Lets several nodes be chosen, each with its pool and what it holds. Throws when none is. */
async function pickNodes(
  { texts, connection }: Infrastructure,
  pools: readonly PoolDto[],
  title: string,
): Promise<string[]> {
  const items = buildNodeItems(pools, texts);
  if (!items.length) {
    void vscode.window.showInformationMessage(texts.t('ui.bind.none'));
    throw new vscode.CancellationError();
  }
  const placeHolder = connection.current.cluster;
  const picked = await vscode.window.showQuickPick(items, {
    title,
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    ...(placeHolder && { placeHolder }),
  });
  if (!picked?.length) throw new vscode.CancellationError();
  return picked.map(({ label }) => label);
}

/** Shows what would be done, and does it where the person agrees; where it is another by then, it is shown again. */
async function carryOut(infrastructure: Infrastructure, nodes: string[], pool: string | undefined): Promise<void> {
  const { boundary, server, texts } = infrastructure;
  const context = contextOf(infrastructure, undefined);
  const params = { nodes, ...(pool !== undefined && { pool }), context };
  const names = nodeNames(nodes, texts);
  const count = nodes.length;
  // Whoever tries again means the same nodes.
  await boundary.run(async () => {
    for (let agreed: string | undefined; ; ) {
      const { done, plan } = await longWork(
        texts.t(agreed ? 'ui.bind.moving' : 'ui.bind.progress', { nodes: names }),
        (token) => server.request(Requests.bindNodes, { ...params, ...(agreed && { agreed }) }, token),
      );
      if (done || !plan.changes.length) return tell(infrastructure, { done, plan, names, count, pool });
      const { question, detail, confirm } = toQuestion(plan, { names, count, pool }, texts);
      const look = {
        title: texts.t('ui.bind.look'),
        run: () => vscode.commands.executeCommand('gpuctl.pools.focus'),
      };
      if (!(await askBeforeLoss({ question, detail, look }, { title: confirm }))) return;
      agreed = plan.digest;
    }
  });
}

interface Outcome {
  done: boolean;
  plan: BindPlanDto;
  names: string;
  count: number;
  pool: string | undefined;
}

function tell({ texts: { t, join } }: Infrastructure, { done, plan, names: nodes, count, pool }: Outcome): void {
  const { cluster, warnings } = plan;
  const said =
    pool === undefined
      ? done
        ? t('ui.unbind.done', { nodes, count, cluster })
        : t('ui.unbind.nothing', { nodes, count })
      : done
        ? t('ui.bind.done', { nodes, count, pool, cluster })
        : t('ui.bind.nothing', { nodes, count });
  const show = warnings.length ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(join(said, ...warnings));
}
