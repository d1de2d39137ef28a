import { createHash } from 'node:crypto';
import type { FilesPlaceDto, JobRef } from '../../../../server/src/protocol.ts';

/** Scheme of files in jobs. */
export const FILES_SCHEME = 'gpuctl';

/** A job, or one part of it, where it was seen. */
export interface JobPart {
  job: JobRef;
  context: string;
  /** A rank, or the name of a replica, which has none; of a job with one part, nothing. */
  part?: number | string;
}

/** `job~namespace~cluster`, and `~rank` or `~replica`. The cluster is a short hash: names of contexts hold what an URI does not. */
export function toAuthority({ job, context, part }: JobPart): string {
  const cluster = createHash('sha256').update(context).digest('hex').slice(0, 8);
  return [job.name, job.namespace, cluster, ...(part === undefined ? [] : [part])].join('~');
}

/** Whose file an authority names, for the server; `undefined` where it is none of ours. */
export function toPlace(authority: string): FilesPlaceDto | undefined {
  const [name, namespace, cluster, part, ...more] = authority.split('~');
  if (!name || !namespace || !cluster || more.length) return undefined;
  return { job: { namespace, name }, cluster, ...(part !== undefined && toPart(part)) };
}

const toPart = (part: string): { rank: number } | { pod: string } =>
  /^\d+$/.test(part) ? { rank: Number(part) } : { pod: part };
