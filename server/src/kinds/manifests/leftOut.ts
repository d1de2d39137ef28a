import { type Message, message } from '../../../../l10n/index.ts';
import type { JobModel, ServiceModel } from '../kind.ts';
import type { Site } from './site.ts';

/** What any job may ask for that a site does not have. */
export function commonLeftOut({ sections, demand }: JobModel, site: Site): Message[] {
  const { queue, gpuShare } = sections.resources ?? {};
  const gpus = demand.gpusPerPod * demand.pods;
  return [
    ...(queue !== undefined && site.queue === undefined ? [message('left-out.queue', { queue })] : []),
    ...(gpuShare !== undefined && !site.sharing ? [message('left-out.gpu-share', { gpus })] : []),
  ];
}

/** Nothing between a caller and a replica ends a request after some time. */
export const timeoutLeftOut = ({ timeoutSeconds }: ServiceModel): Message[] =>
  timeoutSeconds === undefined ? [] : [message('left-out.timeout')];
