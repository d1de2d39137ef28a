/** What is done on a cluster. One module, so that it is loaded when it is first asked for: the editor starts without. */
export { checkCluster, toReportDto } from './checkCluster.ts';
export { compareFile } from './compare.ts';
export { deleteJob, planDelete } from './deleteJob.ts';
export { scale, start, stop } from './lifecycle.ts';
export { resume } from './resume.ts';
export { submitFiles } from './submitFiles.ts';
export { whyFailed } from './whyFailed.ts';
