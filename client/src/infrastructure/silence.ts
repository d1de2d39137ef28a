import type { JobDto, PodDto } from '../../../server/src/protocol.ts';

/** Whether a pod may have a log: what never started has said nothing. */
export const hasSpoken = ({ startedAt, restarts }: PodDto): boolean => startedAt !== undefined || restarts > 0;

/** Whether a job waits and has said nothing yet, so that its log is not what somebody looks for. */
export const isSilent = ({ phase, pods }: JobDto): boolean => phase === 'waiting' && !pods.some(hasSpoken);
