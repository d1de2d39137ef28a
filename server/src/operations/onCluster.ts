/** What is done on a cluster. One module, so that it is loaded when it is first asked for: the editor starts without. */

export { awaitedJobs } from './awaitedJobs.ts';
export { checkCluster, toReportDto } from './checkCluster.ts';
export { compareFile } from './compare.ts';
export { deleteJob, planDelete } from './deleteJob.ts';
export { JobFiles } from './files/browse.ts';
export { FileTransfers, type TransferPlan } from './files/transfers.ts';
export { Forwards } from './forwards/forwards.ts';
export { servedPorts } from './forwards/servedPorts.ts';
export { attachDebugger, listPython } from './inside/debugPython.ts';
export { TensorBoards } from './inside/tensorBoards.ts';
export { readJobParts, readJobResource } from './jobParts.ts';
export { readJobSource } from './jobSource.ts';
export { scale, start, stop } from './lifecycle.ts';
export { openPrevious } from './logs/openPrevious.ts';
export { deleteSavedLogs, listSavedLogs, savedLogsFolder } from './logs/savedLogs.ts';
export { saveWholeLog } from './logs/saveLog.ts';
export { fetchActivity } from './notebooks/notebookActivity.ts';
export { readSize, resize } from './notebooks/notebookSize.ts';
export { findAccess } from './notebooks/notebooks.ts';
export { Tickets, toAddress } from './notebooks/notebookTicket.ts';
export { bindNodes } from './pools/bindNodes.ts';
export { resume } from './resume.ts';
export { submitFiles } from './submit/submitFiles.ts';
export { Terminals } from './terminals.ts';
export { whyFailed } from './whyFailed.ts';
