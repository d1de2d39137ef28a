import type { JobName } from '../deleteJob.ts';
import { asGpuctlError } from '../error.ts';
import { findMain } from '../mainResource.ts';
import type { Session } from '../session.ts';
import type { Logs } from './logs.ts';
import { savedLogBefore } from './savedLogs.ts';

/** Opens the log of the try before; where no rank has one, names the file of the run before. Throws `log.no-previous` where there is neither. */
export async function openPrevious(
  session: Session,
  logs: Logs,
  asked: { job: JobName; pod: string | undefined },
  signal: AbortSignal,
): Promise<{ log: string } | { file: string }> {
  try {
    return { log: await logs.openPrevious(asked, signal) };
  } catch (error) {
    if (asGpuctlError(error).code !== 'log.no-previous' || asked.pod !== undefined) throw error;
    const file = await session.use(async (cluster) => {
      const main = await findMain(cluster, asked.job.namespace, asked.job.name, signal);
      return main && savedLogBefore(cluster, main);
    });
    if (file === undefined) throw error;
    return { file };
  }
}
