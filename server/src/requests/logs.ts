import { message } from '../../../l10n/index.ts';
import { GpuctlError } from '../operations/error.ts';
import { type JobRef, type LogOpened, Requests, ServerNotifications } from '../protocol.ts';
import type { RequestHost } from './requestHost.ts';

/** Requests about logs. */
export function registerLogRequests({ handle, notify, session, logs, onCluster }: RequestHost): void {
  // Answered at once: where no connection is open yet, the place that it leads to is looked at.
  handle(Requests.openLog, async ({ job, pod, context, from }) => {
    requireContext(session.status.heading?.context, job, context);
    return opened(logs.open({ job, pod, from }), pod ?? job.name);
  });
  handle(Requests.openPreviousLog, async ({ job, pod, context }, signal) => {
    requireContext((await session.cluster()).context.context, job, context);
    const { openPrevious } = await onCluster();
    const found = await openPrevious(session, logs, { job, pod }, signal);
    return 'file' in found ? found : opened(found.log, pod ?? job.name);
  });
  handle(Requests.closeLog, async ({ log }) => logs.close(log));
  handle(Requests.saveLog, async ({ job, pod, context, progress, previous }, signal) => {
    requireContext((await session.cluster()).context.context, job, context);
    const { saveWholeLog } = await onCluster();
    const tell = (bytes: number) => notify(ServerNotifications.logSaving, { progress, bytes });
    return saveWholeLog(session, { job, pod, previous, signal, progress: now(tell) });
  });
  handle(Requests.savedLogs, async () => {
    const { listSavedLogs, savedLogsFolder } = await onCluster();
    return { folder: savedLogsFolder(), logs: await listSavedLogs() };
  });
  handle(Requests.deleteSavedLogs, async ({ files }) => {
    const { deleteSavedLogs } = await onCluster();
    return { deleted: await deleteSavedLogs(files) };
  });
}

function requireContext(now: string | undefined, { name }: JobRef, context: string | undefined): void {
  if (context === undefined || now === undefined || context === now) return;
  throw new GpuctlError('job.other-cluster', message('lifecycle.other-cluster', { name, context, now }));
}

const opened = (log: string, title: string): LogOpened => ({ log, title });

/** Tells no more often than people read. */
function now(tell: (bytes: number) => void): (bytes: number) => void {
  let last = 0;
  return (bytes) => {
    if (Date.now() - last < 250) return;
    last = Date.now();
    tell(bytes);
  };
}
