import * as vscode from 'vscode';
import { type PoolsDto, Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { LiveView } from '../../infrastructure/liveView.ts';
import { buildPoolRows, poolRowId } from './poolRows.ts';

/** The view of pools and their nodes, and showing one in it. */
export function activatePools(infrastructure: Infrastructure): vscode.Disposable {
  const pools = new LiveView<PoolsDto>(infrastructure, {
    id: 'gpuctl.pools',
    list: Requests.pools,
    part: 'pools',
    toRows: (data, now) => buildPoolRows(data, infrastructure.texts, now),
    toNote: ({ unknown }) => unknown,
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
  infrastructure.commands.register('gpuctl.pool.reveal', async (pool) => {
    wanted = poolRowId(pool);
    await vscode.commands.executeCommand('gpuctl.pools.focus');
    reveal();
  });
  return vscode.Disposable.from(pools, revealing);
}
