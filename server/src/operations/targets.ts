import type { TargetList } from '../protocol.ts';
import type { Clusters } from './ports.ts';
import type { Session } from './session.ts';

/** Contexts that can be chosen, and the namespaces of the connected one as far as they may be listed. */
export async function listTargets(session: Session, clusters: Clusters, signal: AbortSignal): Promise<TargetList> {
  const { current, contexts } = await clusters.contents(session.connectionOptions);
  const cluster = await session.cluster().catch(() => undefined); // said by the status
  const namespaces = await cluster
    ?.list({ apiVersion: 'v1', kind: 'Namespace' }, { signal, timeout: 5_000 })
    .catch(() => []);
  const chosen = cluster?.context.context ?? session.connectionOptions.context ?? current;
  return {
    contexts: contexts.map(({ context, cluster: name, namespace, user }) => ({
      name: context,
      cluster: name,
      namespace,
      user,
    })),
    namespaces: (namespaces ?? []).map(({ metadata }) => metadata.name).sort(),
    ...(chosen !== undefined && { current: chosen }),
  };
}
