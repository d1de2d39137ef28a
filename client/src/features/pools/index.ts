import * as vscode from 'vscode';
import { type PoolsDto, Requests } from '../../../../server/src/protocol.ts';
import type { NodeTarget } from '../../infrastructure/commands.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { LiveView } from '../../infrastructure/liveView.ts';
import { addNodes, bindNodes, unbindNodes } from './bindNodes.ts';
import { buildPoolRows, poolRowId } from './poolRows.ts';
import { acceptFiles, submitToPool } from './submitToPool.ts';

/** The view of pools and their nodes, showing one in it, moving nodes between them, and submitting files to one. */
export function activatePools(infrastructure: Infrastructure): vscode.Disposable {
  const { commands, connection, texts } = infrastructure;
  const pools = new LiveView<PoolsDto>(infrastructure, {
    id: 'gpuctl.pools',
    list: Requests.pools,
    part: 'pools',
    toRows: (data, now) => buildPoolRows(data, { texts, now, namespace: connection.current.namespace }),
    toNote: ({ unknown }) => unknown,
    tree: { dragAndDropController: acceptFiles(infrastructure), showCollapseAll: true },
  });

  let wanted: string | undefined;
  const reveal = () => {
    const row = wanted !== undefined && pools.view.visible && pools.find(({ id }) => id === wanted);
    if (!row) return;
    wanted = undefined;
    pools.view.reveal(row, { select: true, expand: true }).then(undefined, () => {});
  };
  // A view that was closed has no rows yet: the pool is shown as soon as it can be.
  const revealing = pools.onDidRender(reveal);
  commands.register('gpuctl.pool.reveal', async (pool) => {
    wanted = poolRowId(pool);
    await vscode.commands.executeCommand('gpuctl.pools.focus');
    reveal();
  });

  commands.register('gpuctl.node.showJob', ({ job, context }) => commands.execute('gpuctl.job.show', { job, context }));
  commands.register('gpuctl.node.bind', (target, all) => bindNodes(infrastructure, toTargets(target, all)));
  commands.register('gpuctl.node.unbind', (target, all) => unbindNodes(infrastructure, toTargets(target, all)));
  commands.register('gpuctl.pool.addNodes', (target) => addNodes(infrastructure, target?.pool));
  commands.register('gpuctl.pool.submit', (target, file) =>
    // A menu gives the selected rows in the second place.
    submitToPool(infrastructure, target, file instanceof vscode.Uri ? file : undefined),
  );
  return vscode.Disposable.from(pools, revealing);
}

const toTargets = (target: NodeTarget | undefined, all: NodeTarget[] | undefined): NodeTarget[] =>
  all?.length ? all : target ? [target] : [];
