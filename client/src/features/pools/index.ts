import type * as vscode from 'vscode';
import { type PoolsDto, Requests } from '../../../../server/src/protocol.ts';
import type { Infrastructure } from '../../infrastructure/infrastructure.ts';
import { LiveView } from '../../infrastructure/liveView.ts';
import { buildPoolRows } from './poolRows.ts';

/** The view of pools and their nodes. */
export function activatePools(infrastructure: Infrastructure): vscode.Disposable {
  return new LiveView<PoolsDto>(infrastructure, {
    id: 'gpuctl.pools',
    list: Requests.pools,
    part: 'pools',
    toRows: (data) => buildPoolRows(data, infrastructure.texts),
    toNote: ({ unknown }) => unknown,
  });
}
