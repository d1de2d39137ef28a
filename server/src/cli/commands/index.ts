/** The commands that need documents or a cluster: one chunk, loaded when one of them is run. */
export { create } from './create.ts';
export { remove } from './delete.ts';
export { describe } from './describe.ts';
export { diff } from './diff.ts';
export { doctor } from './doctor.ts';
export { get } from './get.ts';
export { resumeJobs, scaleJobs, startJobs, stopJobs } from './lifecycle.ts';
export { logs } from './logs.ts';
export { render } from './render.ts';
export { validate } from './validate.ts';
