import { message } from '../../../../l10n/index.ts';
import type { JobRef } from '../../protocol.ts';
import { GpuctlError } from '../error.ts';
import { findMain } from '../mainResource.ts';
import type { Cluster } from '../ports.ts';

interface PodTemplate {
  spec?: { containers?: { ports?: { containerPort?: number; protocol?: string }[] }[] };
}

/** TCP ports that a job says it serves on, those of its own program first. Throws `job.gone`. */
export async function servedPorts(
  cluster: Cluster,
  { namespace, name }: JobRef,
  signal: AbortSignal,
): Promise<number[]> {
  const main = await findMain(cluster, namespace, name, signal);
  if (!main) throw new GpuctlError('job.gone', message('delete.gone', { namespace, name }));
  const { template } = (main.spec ?? {}) as { template?: PodTemplate };
  const ports = (template?.spec?.containers ?? []).flatMap(({ ports = [] }) => ports);
  const numbers = ports.flatMap(({ containerPort, protocol = 'TCP' }) =>
    containerPort !== undefined && protocol === 'TCP' ? [containerPort] : [],
  );
  return [...new Set(numbers)];
}
