import { listTargets } from '../operations/targets.ts';
import { toConnectionDto } from '../operations/views.ts';
import { Requests } from '../protocol.ts';
import type { RequestHost } from './requestHost.ts';

/** Requests about the connection and the cluster as a whole. */
export function registerConnectionRequests({ handle, session, clusters, say, onCluster }: RequestHost): void {
  handle(Requests.connection, async () => toConnectionDto(session, say));
  handle(Requests.reconnect, async () => {
    session.reconnect();
    return toConnectionDto(session, say);
  });
  handle(Requests.checkCluster, async (_, signal) => {
    const { checkCluster, toReportDto } = await onCluster();
    return toReportDto(await checkCluster(session, signal), say);
  });
  handle(Requests.listTargets, async (_, signal) => listTargets(session, clusters, signal));
  handle(Requests.selectTarget, async ({ context, namespace }) => {
    const { context: _, namespace: __, ...others } = session.connectionOptions;
    const chosen = { ...(context && { context }), ...(namespace && { namespace }) };
    session.configure({ ...others, ...chosen }, session.isTrusted);
    return toConnectionDto(session, say);
  });
}
