/** What is done on a cluster. One module, so that it is loaded when it is first asked for: the editor starts without. */

export { awaitedJobs } from './awaitedJobs.ts';
export { bindNodes } from './bindNodes.ts';
export { checkCluster, toReportDto } from './checkCluster.ts';
export { compareFile } from './compare.ts';
export { deleteJob, planDelete } from './deleteJob.ts';
export { JobFiles } from './files/browse.ts';
export { FileTransfers, type TransferPlan } from './files/transfers.ts';
export { Forwards } from './forwards.ts';
export { attachDebugger, listPython } from './inside/debugPython.ts';
export { TensorBoards } from './inside/tensorBoards.ts';
export { readJobParts, readJobResource } from './jobParts.ts';
export { readJobSource } from './jobSource.ts';
export { scale, start, stop } from './lifecycle.ts';
export { fetchActivity } from './notebookActivity.ts';
export { readSize, resize } from './notebookSize.ts';
export { findAccess } from './notebooks.ts';
export { Tickets, toAddress } from './notebookTicket.ts';
export { openPrevious } from './openPrevious.ts';
export { resume } from './resume.ts';
export { deleteSavedLogs, listSavedLogs, savedLogsFolder } from './savedLogs.ts';
export { saveWholeLog } from './saveLog.ts';
export { servedPorts } from './servedPorts.ts';
export { submitFiles } from './submitFiles.ts';
export { Terminals } from './terminals.ts';
export { whyFailed } from './whyFailed.ts';
