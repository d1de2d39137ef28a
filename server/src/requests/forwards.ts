import { message } from '../../../l10n/index.ts';
import { GpuctlError } from '../operations/error.ts';
import type { Forwards } from '../operations/forwards/forwards.ts';
import { Requests, ServerNotifications } from '../protocol.ts';
import type { RequestHost } from './requestHost.ts';

/** Requests about ports of jobs on this machine. Returns what ends them all. */
export function registerForwardRequests({ handle, notify, onCluster, session, say }: RequestHost): () => Promise<void> {
  let made: Promise<Forwards> | undefined;
  const make = async () => {
    const { Forwards } = await onCluster();
    const forwards: Forwards = new Forwards(session, say, () =>
      notify(ServerNotifications.forwardsChanged, forwards.list()),
    );
    return forwards;
  };
  handle(Requests.forwardStart, async (target) => {
    made ??= make();
    return (await made).start(target);
  });
  handle(Requests.forwardStop, async ({ id }) => (await made)?.stop(id));
  handle(Requests.forwardRestart, async ({ id }) => {
    made ??= make();
    return (await made).restart(id);
  });
  handle(Requests.forwardList, async () => (await made)?.list() ?? []);
  handle(Requests.forwardPorts, ({ job, context }, signal) =>
    session.use(async (cluster) => {
      const now = cluster.context.context;
      if (context !== undefined && context !== now)
        throw new GpuctlError(
          'job.other-cluster',
          message('lifecycle.other-cluster', { name: job.name, context, now }),
        );
      const { servedPorts } = await onCluster();
      return { ports: await servedPorts(cluster, job, signal) };
    }),
  );
  return async () => (await made)?.dispose();
}
